package limits

import (
	"log/slog"
	"math"
	"strconv"
	"strings"
	"time"
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

// limitsOf is the inverse of Limits.values.
func limitsOf(values *[resourceCount]int64) Limits {
	return Limits{
		InputBytes:  Bytes(values[InputBytes]),
		OutputBytes: Bytes(values[OutputBytes]),
		Items:       values[Items],
		Depth:       values[Depth],
		Steps:       values[Steps],
		MemoryBytes: Bytes(values[MemoryBytes]),
		Time:        time.Duration(values[Time]),
	}
}

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

// String returns the form that [Parse] reads, with the set fields only, in their order. No limits
// at all are "". An [UnsafeUnlimited] field is written as "unsafe-unlimited", which only
// [UnsafeParse] reads: a log must not lie.
func (l Limits) String() string {
	var s strings.Builder
	for r := InputBytes; r <= Time; r++ {
		v := l.value(r)
		if v == 0 {
			continue
		}
		if s.Len() > 0 {
			s.WriteByte(' ')
		}
		s.WriteString(resourceNames[r].key + "=" + r.parseable(v))
	}
	return s.String()
}

// MarshalText returns the form of [Limits.String], in JSON as a string. It fails with a
// [*ConfigError] on limits that [Limits.Check] does not accept and on those that hold
// [UnsafeUnlimited], so that what is written can be read again.
func (l Limits) MarshalText() ([]byte, error) {
	const op = "limits.Limits"
	problems := l.problems("", nil)
	for r := InputBytes; r <= Time; r++ {
		if l.value(r) == UnsafeUnlimited {
			problems = append(problems, FieldProblem{Field: r.field(), Reason: notWritten})
		}
	}
	if problems != nil {
		return nil, &ConfigError{Op: op, Problems: problems}
	}
	return []byte(l.String()), nil
}

// UnmarshalText reads what [Parse] reads, from a JSON string too. It replaces all fields; on an
// error l stays as it was.
func (l *Limits) UnmarshalText(text []byte) error { return l.Set(string(text)) }

// Set makes *Limits a [flag.Value]. It reads what [Parse] reads and replaces all fields, those left
// out become unset; on an error l stays as it was.
func (l *Limits) Set(s string) error {
	if l == nil {
		return misuse("limits.Limits", "the pointer to set", "is nil")
	}
	parsed, err := Parse(s)
	if err != nil {
		return err
	}
	*l = parsed
	return nil
}

// LogValue makes Limits a [slog.LogValuer]: a group with the keys of [Parse] and the set fields
// only.
func (l Limits) LogValue() slog.Value {
	var attrs []slog.Attr
	for r := InputBytes; r <= Time; r++ {
		if v := l.value(r); v != 0 {
			attrs = append(attrs, slog.String(resourceNames[r].key, r.parseable(v)))
		}
	}
	return slog.GroupValue(attrs...)
}
