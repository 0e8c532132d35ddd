// Package ucd holds the parts of the Unicode Character Database that names are judged by, at
// version 15.0.0 for good: properties, normalization (UAX 15), full case folding, extended grapheme
// clusters (UAX 29) and confusables (UTS 39).
//
// The standard library's tables follow the toolchain, and those of x/text the module's version and
// the toolchain: both are right for text on its way through, and wrong for a key that is stored and
// compared years later. Here nothing changes unless the generator is run on other sources.
// Normalization is our own for the same reason, and because x/text inserts U+034F into long runs of
// marks, so that a mapping built on it has to take its own separators out again. The tests hold
// both to the consortium's test files and to x/text wherever the two must agree.
//
// Every function takes any string; bytes that are not UTF-8 read as U+FFFD. Nothing is written
// after the program is built.
package ucd

//go:generate go run ../tools/ucdgen .

// Version is the version of Unicode that all tables are of.
const Version = "15.0.0"

// Confusables names the table of lookalikes: Unicode's, and the revision of
// internal/tools/ucdgen/overlay.txt.
const Confusables = Version + "+6"
