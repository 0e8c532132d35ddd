package limits_test

import (
	"encoding/json"
	"errors"
	"flag"
	"log/slog"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
)

func TestParseBytes(t *testing.T) {
	const mib = 1 << 20
	for _, tc := range []struct {
		in   string
		want limits.Bytes
	}{
		{"0", 0},
		{"1", 1},
		{"1048576", mib},
		{"7B", 7},
		{"7 B", 7},
		{"10MiB", 10 * mib},
		{"10  MiB", 10 * mib},
		{" 10 MiB ", 10 * mib},
		{"10 MB", 10_000_000},
		{"10 kB", 10_000},
		{"10 KB", 10_000},
		{"10GB", 10_000_000_000},
		{"10TB", 10_000_000_000_000},
		{"512k", 512 << 10},
		{"512K", 512 << 10},
		{"512KiB", 512 << 10},
		{"3m", 3 << 20},
		{"3M", 3 << 20},
		{"3g", 3 << 30},
		{"3GiB", 3 << 30},
		{"3t", 3 << 40},
		{"3T", 3 << 40},
		{"3TiB", 3 << 40},
		{"1.5 MiB", mib * 3 / 2},
		{"1.5KiB", 1536},
		{"0.5k", 512},
		{"2.0", 2},
		{"1.000", 1},
		{"0.0009765625KiB", 1},
		{"0.000000000000909494701772928237915039062500 TiB", 1},
		{"1.001 kB", 1001},
		{"0007", 7},
		{strings.Repeat("0", 100) + "1", 1},
		{"9223372036854775807", math.MaxInt64},
		{"9223372036854775807B", math.MaxInt64},
		// Floating point is off by hundreds of bytes here.
		{"9007199254740991.9990234375 KiB", math.MaxInt64},
		{"9223372036854775.807 kB", math.MaxInt64},
		{"8388607.99999904632568359375TiB", 1<<63 - 1<<20},
	} {
		got, err := limits.ParseBytes(tc.in)
		if err != nil || got != tc.want {
			t.Errorf("ParseBytes(%q) = %d, %v; want %d", tc.in, int64(got), err, int64(tc.want))
		}
	}
}

func TestParseBytesRefuses(t *testing.T) {
	for _, tc := range []struct{ name, in, reason string }{
		{"nothing", "", "not an amount"},
		{"only spaces", "  ", "not an amount"},
		{"only a unit", "MiB", "not an amount"},
		{"minus", "-1", "not an amount"},
		{"plus", "+1", "not an amount"},
		{"no whole part", ".5 MiB", "not an amount"},
		{"no decimals", "5. MiB", "not an amount"},
		{"two points", "1.2.3", "not an amount"},
		{"exponent", "1e6", "unit"},
		{"underscore", "1_000", "unit"},
		{"comma", "1,5 MiB", "unit"},
		{"megabit", "10Mb", "unit"},
		{"lower case", "10mb", "unit"},
		{"lower case binary", "10mib", "unit"},
		{"kibibit", "10Kib", "unit"},
		{"exbibyte", "1EiB", "unit"},
		{"unit twice", "1MiBMiB", "unit"},
		{"tab", "1\tMiB", "unit"},
		{"unlimited in other words", "unlimited", "not an amount"},
		{"Arabic digits", "\u0661", "not an amount"},
		{"half a byte", "1.5", "not a whole number"},
		{"a third", "0.333333 MiB", "not a whole number"},
		{"almost one", "0.99999999999999999999999999 TiB", "not a whole number"},
		{"2^63", "9223372036854775808", "more than 2^63-1"},
		{"2^63 in KiB", "9007199254740992KiB", "more than 2^63-1"},
		{"2^63 in TiB", "8388608 TiB", "more than 2^63-1"},
		{"whole fits, sum does not", "9223372036854775807.0000000000000000009 B", "not a whole number"},
		{"2^63 by its decimals", "9223372036854775.808 kB", "more than 2^63-1"},
		{"2^64 + 1", "18446744073709551617", "more than 2^63-1"},
		{"2^64 in KiB", "18014398509481984k", "more than 2^63-1"},
		{"very long", strings.Repeat("9", 10_000), "more than 2^63-1"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := limits.ParseBytes(tc.in)
			if got != 0 || !errors.Is(err, limits.ErrConfig) || errors.Is(err, limits.ErrRefused) {
				t.Fatalf("got %d, %v; want a ConfigError", int64(got), err)
			}
			if !strings.Contains(err.Error(), tc.reason) {
				t.Errorf("the error is %q, want %q in it", err, tc.reason)
			}
			if len(err.Error()) > 400 {
				t.Errorf("the error has %d bytes", len(err.Error()))
			}
		})
	}
}

func TestBytesString(t *testing.T) {
	for _, tc := range []struct {
		in   limits.Bytes
		want string
	}{
		{0, "0 B"},
		{1, "1 B"},
		{1023, "1023 B"},
		{1024, "1 KiB"},
		{1025, "1025 B"},
		{1280, "1.25 KiB"},
		{1536, "1.5 KiB"},
		{1792, "1.75 KiB"},
		{1152, "1152 B"},
		{limits.MiB * 3 / 2, "1.5 MiB"},
		{limits.MiB + 1, "1048577 B"},
		{limits.MiB + limits.KiB, "1025 KiB"},
		{1000 * limits.GiB, "1000 GiB"},
		{1024 * limits.GiB, "1 TiB"},
		{math.MaxInt64, "9223372036854775807 B"},
		{-1, "-1 B"},
		{limits.UnsafeUnlimited, "unsafe-unlimited"},
	} {
		if got := tc.in.String(); got != tc.want {
			t.Errorf("Bytes(%d) = %q, want %q", int64(tc.in), got, tc.want)
		}
		if got := tc.in.LogValue(); got.Kind() != slog.KindString || got.String() != tc.want {
			t.Errorf("LogValue of %d = %v, want %q", int64(tc.in), got, tc.want)
		}
	}
}

func TestBytesText(t *testing.T) {
	type config struct{ Max limits.Bytes }
	for _, want := range []limits.Bytes{0, 1, 1500, limits.MiB * 3 / 2, math.MaxInt64} {
		text, err := json.Marshal(config{want})
		if err != nil {
			t.Fatal(err)
		}
		var got config
		if err := json.Unmarshal(text, &got); err != nil || got.Max != want {
			t.Errorf("%s came back as %d, %v", text, int64(got.Max), err)
		}
	}
	if text, err := limits.Bytes(-1).MarshalText(); text != nil || !errors.Is(err, limits.ErrUnset) {
		t.Errorf("MarshalText of -1 = %q, %v; want ErrUnset", text, err)
	}
}

func TestBytesFlag(t *testing.T) {
	size := 3 * limits.MiB
	flags := flag.NewFlagSet("", flag.ContinueOnError)
	flags.SetOutput(new(strings.Builder))
	flags.Var(&size, "max", "size")
	if err := flags.Parse([]string{"-max", "10 Mb"}); err == nil || size != 3*limits.MiB {
		t.Errorf("after a bad flag: %v, %v; want an error and the old value", size, err)
	}
	if err := flags.Parse([]string{"-max", "10 MiB"}); err != nil || size != 10*limits.MiB {
		t.Errorf("after a good flag: %v, %v", size, err)
	}
}

func FuzzParseBytes(f *testing.F) {
	for _, s := range []string{"10MiB", "10 MB", "512k", "1048576", "1.5 GiB", "0.0009765625 KiB",
		"9223372036854775807", "9223372036854775808", "8388608TiB", "10Mb", "-1", "1e9", "unsafe-unlimited", "1.",
		".1", "\x00", "\u202e1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := limits.ParseBytes(s)
		if err != nil {
			if n != 0 || !errors.Is(err, limits.ErrConfig) {
				t.Fatalf("%q: %d, %v", s, int64(n), err)
			}
			checkText(t, err.Error())
			return
		}
		if n < 0 {
			t.Fatalf("%q is negative: %d", s, int64(n))
		}
		again, err := limits.ParseBytes(n.String())
		if diff := cmp.Diff(n, again); err != nil || diff != "" {
			t.Fatalf("%q: %v does not read back: %v\n%s", s, n, err, diff)
		}
	})
}

// checkText fails if text could do something to a terminal.
func checkText(t *testing.T, text string) {
	t.Helper()
	if i := strings.IndexFunc(text, func(r rune) bool { return r < ' ' || r > '~' }); i >= 0 {
		t.Fatalf("%+q holds something else than printable ASCII at %d", text, i)
	}
}
