package limits

import (
	"math"
	"strings"
)

// Parse reads limits such as
//
//	input=10MiB output=100MiB items=1000 depth=32 steps=1e8 memory=64MiB time=5s
//
// in any order, separated by spaces, tabs or newlines. A key that is left out is unset.
//
//	input output memory    as ParseBytes reads them, without a space before the unit
//	items depth steps      digits, which may have a fraction and an exponent if the number is whole: 100000000, 1e8, 1.5e6
//	time                   as time.ParseDuration reads it: 5s, 1m30s, at least 1ms
//
// Unknown and repeated keys, empty values, signs, zero, numbers that are not whole and numbers
// above 2^63-1 are errors; all are told at once in a [*ConfigError]. Arithmetic is exact. So is the
// word "unsafe-unlimited" an error, as [UnsafeUnlimited] is written: a flag or a configuration file
// must not lift a protection that a review of the source finds in force. [UnsafeParse] reads it.
//
// Parse reads back exactly what [Limits.String] writes for limits that [Limits.Check] accepts and
// that hold no UnsafeUnlimited.
func Parse(s string) (Limits, error) { return parseLimits("limits.Parse", s, false) }

// UnsafeParse is [Parse] for text that you trust as much as the source of your program: it takes
// the word "unsafe-unlimited" for [UnsafeUnlimited].
func UnsafeParse(s string) (Limits, error) { return parseLimits("limits.UnsafeParse", s, true) }

// parseLimits is Parse, and UnsafeParse if trusted is set.
func parseLimits(op, s string, trusted bool) (Limits, error) {
	var values [resourceCount]int64
	var problems []FieldProblem
	for _, word := range strings.FieldsFunc(s, func(c rune) bool {
		return c == ' ' || c == '\t' || c == '\n' ||
			c == '\r'
	}) {
		key, value, _ := strings.Cut(word, "=")
		r := resourceOf(key)
		switch {
		case r == 0:
			problems = append(problems, FieldProblem{Field: Quote(word),
				Reason: "is not one of input=, output=, items=, depth=, steps=, memory= and time= with a value and no space in it"})
		case value == "":
			problems = append(problems, FieldProblem{Field: key, Reason: "has no value: write " + key +
				"=..., or leave it out"})
		case values[r] != 0:
			problems = append(problems, FieldProblem{Field: key, Reason: "is given twice"})
		default:
			n, reason := r.parse(value)
			switch {
			case reason != "":
			case n == 0:
				reason = "is not a budget: use a positive number, or leave it out"
			case n == UnsafeUnlimited && !trusted:
				reason = needsUnsafe("limits.UnsafeParse")
			}
			if reason != "" {
				problems = append(problems, FieldProblem{Field: key + "=" + Quote(value), Reason: reason, Unset: true})
				n = math.MaxInt64 // So that a repeated key is told as well.
			}
			values[r] = n
		}
	}
	if problems != nil {
		return Limits{}, &ConfigError{Op: op, Problems: problems}
	}
	return limitsOf(&values), nil
}

// resourceOf returns the resource of a key, or 0.
func resourceOf(key string) Resource {
	for r := InputBytes; r <= Time; r++ {
		if resourceNames[r].key == key {
			return r
		}
	}
	return 0
}
