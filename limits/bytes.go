package limits

import (
	"log/slog"
	"math"
	"strconv"
	"strings"
)

// Bytes is an amount of data. As a field of [Limits] it is a budget if it is positive, unset if it
// is zero, and no budget if it is [UnsafeUnlimited].
type Bytes int64

// The units. They are powers of 1024: 10 * MiB is 10,485,760 bytes.
const (
	B   Bytes = 1
	KiB       = 1024 * B
	MiB       = 1024 * KiB
	GiB       = 1024 * MiB
	TiB       = 1024 * GiB
)

// unlimitedWord is what UnsafeUnlimited is called in every text form, so that a search for "unsafe"
// finds it in logs and configuration files too.
const unlimitedWord = "unsafe-unlimited"

// byteUnit returns the factor of a unit that may stand after a number, or 0. Spelling matters: "b"
// is a bit to half the world, so "Mb" and "mb" are refused rather than guessed.
func byteUnit(name string) Bytes {
	switch name {
	case "", "B":
		return B
	case "k", "K", "KiB":
		return KiB
	case "m", "M", "MiB":
		return MiB
	case "g", "G", "GiB":
		return GiB
	case "t", "T", "TiB":
		return TiB
	case "kB", "KB":
		return 1e3
	case "MB":
		return 1e6
	case "GB":
		return 1e9
	case "TB":
		return 1e12
	default:
		return 0
	}
}

// ParseBytes reads an amount such as "10MiB", "1.5 GiB", "512k" or "1048576".
//
//	B, or nothing          1
//	KiB MiB GiB TiB        powers of 1024
//	k K m M g G t T        powers of 1024 too, as in dd, nginx, the JVM and docker (not as in Kubernetes)
//	kB KB MB GB TB         powers of 1000, as SI has it
//
// One or more spaces may stand between the number and the unit and around the whole. A fraction is
// read exactly and must come out as a whole number of bytes: "1.5 KiB" is 1536, "1.5 B" is an
// error. So are a sign, an exponent, a bit ("Mb"), and whatever exceeds 2^63-1. So is the word
// "unsafe-unlimited", which [UnsafeParseBytes] reads. The error is a [*ConfigError].
func ParseBytes(s string) (Bytes, error) {
	n, reason := parseBytes(s)
	if reason == "" && n == UnsafeUnlimited {
		reason = needsUnsafe("limits.UnsafeParseBytes")
	}
	if reason != "" {
		return 0, misuse("limits.ParseBytes", Quote(s), reason)
	}
	return n, nil
}

// UnsafeParseBytes is [ParseBytes] for text that you trust as much as the source of your program:
// it takes the word "unsafe-unlimited" for [UnsafeUnlimited].
func UnsafeParseBytes(s string) (Bytes, error) {
	n, reason := parseBytes(s)
	if reason != "" {
		return 0, misuse("limits.UnsafeParseBytes", Quote(s), reason)
	}
	return n, nil
}

// needsUnsafe says why a word that lifts a protection is not read, and which function reads it.
func needsUnsafe(reader string) string {
	return "lifts a protection, which text that was not written with the program must not do: write a number; " +
		reader + " reads it from text that you trust"
}

// notWritten says why UnsafeUnlimited does not become text that is meant to be read again.
const notWritten = "is " + unlimitedWord + ", which only limits.UnsafeParse reads back: write a number"

// parseBytes returns the reason for which s is no amount, or "".
func parseBytes(s string) (Bytes, string) {
	s = strings.Trim(s, " ")
	if s == unlimitedWord {
		return UnsafeUnlimited, ""
	}
	end := strings.IndexFunc(s, func(c rune) bool { return c != '.' && (c < '0' || c > '9') })
	if end < 0 {
		end = len(s)
	}
	number, name := s[:end], strings.TrimLeft(s[end:], " ")
	whole, fraction, dot := strings.Cut(number, ".")
	if whole == "" || (dot && fraction == "") || strings.Contains(fraction, ".") {
		return 0, "is not an amount: write it like 1048576, 512 KiB or 1.5GiB"
	}
	unit := byteUnit(name)
	if unit == 0 {
		return 0, "has a unit that is not known or could be misread: write B, KiB, MiB, GiB, TiB or kB, MB, GB, TB"
	}
	n, ok := parseDigits(whole, math.MaxInt64/int64(unit))
	if !ok {
		return 0, "is more than 2^63-1 bytes"
	}
	part, ok := fractionOf(fraction, int64(unit))
	if !ok {
		return 0, "is not a whole number of bytes"
	}
	n *= int64(unit)
	if part > math.MaxInt64-n {
		return 0, "is more than 2^63-1 bytes"
	}
	return Bytes(n + part), ""
}

// parseDigits reads decimal digits and reports whether the number is at most limit. It never
// multiplies before it has compared.
func parseDigits(digits string, limit int64) (int64, bool) {
	var n int64
	for i := range len(digits) {
		d := int64(digits[i] - '0')
		if n > limit/10 || d > limit-n*10 {
			return 0, false
		}
		n = n*10 + d
	}
	return n, true
}

// fractionOf returns 0.digits * unit if that is a whole number. It works from the last digit to the
// first, and each remainder must vanish at once: what is not whole there cannot become whole
// further on. So nothing exceeds 10 * unit, and nothing is rounded however many digits there
// are.
func fractionOf(digits string, unit int64) (int64, bool) {
	var n int64
	for i := len(digits) - 1; i >= 0; i-- {
		n += int64(digits[i]-'0') * unit
		if n%10 != 0 {
			return 0, false
		}
		n /= 10
	}
	return n, true
}

// String returns the amount exactly, in the largest unit that needs at most two decimals: "1.5
// MiB", "1048577 B". [ParseBytes] reads it back, unless it is negative; [UnsafeUnlimited] is
// "unsafe-unlimited", which [UnsafeParseBytes] reads.
func (b Bytes) String() string {
	if b == UnsafeUnlimited {
		return unlimitedWord
	}
	number, unit := b.split()
	return number + " " + unit
}

// compact is String without a space, for the text form of Limits.
func (b Bytes) compact() string {
	return strings.Replace(b.String(), " ", "", 1)
}

func (b Bytes) split() (number, unit string) {
	for _, u := range [...]struct {
		name string
		size Bytes
	}{{"TiB", TiB}, {"GiB", GiB}, {"MiB", MiB}, {"KiB", KiB}} {
		// A quarter of a unit is the smallest part that two decimals say exactly.
		if b < u.size || b%(u.size/4) != 0 {
			continue
		}
		quarters := [...]string{"", ".25", ".5", ".75"}
		return strconv.FormatInt(int64(b/u.size), 10) + quarters[b%u.size/(u.size/4)], u.name
	}
	return strconv.FormatInt(int64(b), 10), "B"
}

// MarshalText returns the form of [Bytes.String], in JSON as a string. It fails with a
// [*ConfigError] on a negative number, [UnsafeUnlimited] included, so that what is written can be
// read again.
func (b Bytes) MarshalText() ([]byte, error) {
	const op = "limits.Bytes"
	switch {
	case b == UnsafeUnlimited:
		return nil, misuse(op, "the value", notWritten)
	case b < 0:
		return nil, &ConfigError{Op: op, Problems: []FieldProblem{{Field: "the value",
			Reason: invalidReason(strconv.FormatInt(int64(b), 10)), Unset: true}}}
	}
	return []byte(b.String()), nil
}

// UnmarshalText reads what [ParseBytes] reads. On an error b stays as it was.
func (b *Bytes) UnmarshalText(text []byte) error { return b.Set(string(text)) }

// Set makes *Bytes a [flag.Value]. It reads what [ParseBytes] reads; on an error b stays as it was.
func (b *Bytes) Set(s string) error {
	if b == nil {
		return misuse("limits.Bytes", "the pointer to set", "is nil")
	}
	n, err := ParseBytes(s)
	if err != nil {
		return err
	}
	*b = n
	return nil
}

// LogValue makes Bytes a [slog.LogValuer] that reads like [Bytes.String] in every handler.
func (b Bytes) LogValue() slog.Value { return slog.StringValue(b.String()) }
