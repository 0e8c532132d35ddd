package limits

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// A Resource is one of the things an operation may run out of. There is one for each field of
// [Limits]; the zero Resource stands for none.
type Resource uint8

// The resources, in the order of the fields of [Limits].
const (
	InputBytes  Resource = iota + 1 // bytes read from the untrusted source
	OutputBytes                     // bytes produced from it by expansion, in total
	Items                           // entries, nodes, matches, code points
	Depth                           // deepest nesting at once
	Steps                           // deterministic work
	MemoryBytes                     // bytes held at once, the one gauge
	Time                            // wall clock, in nanoseconds
)

// resourceCount is the length of an array that is indexed by Resource.
const resourceCount = int(Time) + 1

// resourceNames holds what a resource is called in an error, in Go and in the text form of Limits.
var resourceNames = [resourceCount]struct{ text, field, key string }{
	InputBytes:  {"input bytes", "InputBytes", "input"},
	OutputBytes: {"output bytes", "OutputBytes", "output"},
	Items:       {"items", "Items", "items"},
	Depth:       {"depth", "Depth", "depth"},
	Steps:       {"steps", "Steps", "steps"},
	MemoryBytes: {"memory bytes", "MemoryBytes", "memory"},
	Time:        {"time", "Time", "time"},
}

// String returns the name of r as an error says it: "output bytes". A value that is not a resource
// reads "resource(0)".
func (r Resource) String() string {
	if !r.known() {
		return "resource(" + strconv.Itoa(int(r)) + ")"
	}
	return resourceNames[r].text
}

// Key returns the name of r in the text form of Limits and in JSON: "output". A value that is not a
// resource reads as in String.
func (r Resource) Key() string {
	if !r.known() {
		return r.String()
	}
	return resourceNames[r].key
}

// field returns the name of the field of Limits that bounds r.
func (r Resource) field() string {
	if !r.known() {
		return r.String()
	}
	return resourceNames[r].field
}

func (r Resource) known() bool { return r >= InputBytes && r <= Time }

// spendable reports whether r is a total that only ever grows, the spending of which looks at the
// clock. Memory is a gauge, depth has no state, and time passes by itself.
func (r Resource) spendable() bool { return int(r) < len(betweenLooks) && betweenLooks[r] != 0 }

// format writes an amount of r in its unit.
func (r Resource) format(n int64) string {
	switch {
	case r.bytes():
		return Bytes(n).String()
	case r == Time:
		return strings.Replace(time.Duration(n).String(), "µ", "u", 1) // Errors are ASCII.
	default:
		return strconv.FormatInt(n, 10)
	}
}

// bytes reports whether r is counted in bytes.
func (r Resource) bytes() bool { return r == InputBytes || r == OutputBytes || r == MemoryBytes }

// parse reads a value of r, or says why it is none.
func (r Resource) parse(s string) (n int64, reason string) {
	if s == unlimitedWord {
		return UnsafeUnlimited, ""
	}
	switch {
	case r.bytes():
		b, reason := parseBytes(s)
		return int64(b), reason
	case r == Time:
		d, err := time.ParseDuration(s)
		switch {
		case err != nil || s[0] == '-' || s[0] == '+':
			return 0, "is not a time: write it like 5s, 250ms or 1m30s"
		case d < minTime && d != 0:
			return 0, "is too short: is it the right unit? at least " + minTime.String()
		}
		return int64(d), ""
	default:
		return parseCount(s)
	}
}

// parseable writes a value of r as parse reads it.
func (r Resource) parseable(n int64) string {
	if n == UnsafeUnlimited {
		return unlimitedWord
	}
	switch {
	case r.bytes():
		return Bytes(n).compact()
	case r == Time:
		return time.Duration(n).String()
	default:
		return formatCount(n)
	}
}

// parseCount reads a whole number that may be written with a fraction and an exponent: 1.5e6.
func parseCount(s string) (n int64, reason string) {
	const (
		notNumber = "is not a number: write it like 1000 or 1e8"
		tooLarge  = "is more than 2^63-1"
	)
	mantissa, exponent := s, ""
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		mantissa, exponent = s[:i], s[i+1:]
		if exponent == "" {
			return 0, notNumber
		}
	}
	whole, fraction, dot := strings.Cut(mantissa, ".")
	if whole == "" || (dot && fraction == "") || !digitsOnly(whole+fraction+exponent) {
		return 0, notNumber
	}
	// 2^63-1 has 19 digits, so no larger exponent can help; neither can it do harm here.
	zeros, ok := parseDigits(exponent, 19)
	if !ok {
		return 0, tooLarge
	}
	fraction = strings.TrimRight(fraction, "0")
	if int64(len(fraction)) > zeros {
		return 0, "is not a whole number"
	}
	n, ok = parseDigits(whole+fraction+strings.Repeat("0", int(zeros)-len(fraction)), math.MaxInt64)
	if !ok {
		return 0, tooLarge
	}
	return n, ""
}

func digitsOnly(s string) bool {
	return strings.IndexFunc(s, func(c rune) bool { return c < '0' || c > '9' }) < 0
}

// formatCount writes round numbers from a million up with an exponent: 1e8, 25e6.
func formatCount(n int64) string {
	zeros := 0
	for m := n; m != 0 && m%10 == 0; m /= 10 {
		zeros++
	}
	digits := strconv.FormatInt(n, 10)
	if zeros < 6 {
		return digits
	}
	return digits[:len(digits)-zeros] + "e" + strconv.Itoa(zeros)
}
