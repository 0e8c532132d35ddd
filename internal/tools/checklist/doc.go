// Package checklist writes CHECKLIST.md beside each package: questions about the caller, the table
// of limits, and a line for each budget and rule.
//
// A package describes its limits in its package comment, in one table that
// [LimitsTable] reads; what it checks stands in its Rules(). [Generate] takes both, adds which
// requirement of OWASP ASVS 5.0 a rule supports, and holds all of it to its form, so that a rule
// without a constant, a field without a row or a claim about a rule that is gone fails here and not
// in a reader's hands.
//
// The packages are registered in ./gen, one line each. This package imports none of them, so that
// their tests can import it.
package checklist

//go:generate go run ./gen ../../..
