package limits_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"log/slog"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
)

// full is a set of limits in which every field is set.
var full = limits.Limits{
	InputBytes:  10 * limits.MiB,
	OutputBytes: 100 * limits.MiB,
	Items:       1000,
	Depth:       32,
	Steps:       100_000_000,
	MemoryBytes: 64 * limits.MiB,
	Time:        5 * time.Second,
}

const fullText = "input=10MiB output=100MiB items=1000 depth=32 steps=1e8 memory=64MiB time=5s"

func TestParse(t *testing.T) {
	for _, tc := range []struct {
		name, in string
		want     limits.Limits
	}{
		{"all", fullText, full},
		{"nothing", "", limits.Limits{}},
		{"white space", " \t\n", limits.Limits{}},
		{"another order, other space", "\ttime=5s\n steps=1e8\r\n", limits.Limits{Steps: 1e8, Time: 5 * time.Second}},
		{"exponents", "items=1.5e6 depth=25E1 steps=0.3e1", limits.Limits{Items: 1_500_000, Depth: 250, Steps: 3}},
		{"whole fractions", "items=1.0 steps=12.500e1", limits.Limits{Items: 1, Steps: 125}},
		{"plus in an exponent is not needed", "steps=9e18", limits.Limits{Steps: 9e18}},
		{"the largest", "items=9223372036854775807 input=9223372036854775807 time=2562047h47m16.854775807s",
			limits.Limits{Items: math.MaxInt64, InputBytes: math.MaxInt64, Time: math.MaxInt64}},
		{"near 2^63", "items=9223372036854775.806e3", limits.Limits{Items: math.MaxInt64 - 1}},
		{"the shortest time", "time=1ms", limits.Limits{Time: time.Millisecond}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := limits.Parse(tc.in)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	for _, tc := range []struct {
		name, in, reason string
		unset            bool // the problem is that of a limit's value
	}{
		{"unknown key", "bytes=1", `"bytes=1" is not one of`, false},
		{"field name", "InputBytes=1", "is not one of", false},
		{"no equals sign", "input", "input has no value", false},
		{"no value", "input=", "input has no value", false},
		{"no key", "=1", "is not one of", false},
		{"space before the unit", "input=10 MiB", `"MiB" is not one of`, false},
		{"twice", "items=1 items=1", "items is given twice", false},
		{"twice, first bad", "items=x items=1", "items is given twice", true},
		{"zero bytes", "input=0", "is not a budget", true},
		{"zero count", "items=0", "is not a budget", true},
		{"zero with an exponent", "items=0e5", "is not a budget", true},
		{"zero time", "time=0", "is not a budget", true},
		{"negative bytes", "input=-1", "not an amount", true},
		{"negative count", "items=-1", "is not a number", true},
		{"negative time", "time=-5s", "is not a time", true},
		{"sign", "items=+1", "is not a number", true},
		{"sign of a time", "time=+1s", "is not a time", true},
		{"negative exponent", "items=100e-1", "is not a number", true},
		{"no exponent", "items=1e", "is not a number", true},
		{"only an exponent", "items=e8", "is not a number", true},
		{"no whole part", "items=.5e1", "is not a number", true},
		{"no decimals", "items=1.e1", "is not a number", true},
		{"two points", "items=1.0.0", "is not a number", true},
		{"two exponents", "items=1e1e1", "is not a number", true},
		{"hexadecimal", "items=0x10", "is not a number", true},
		{"infinity", "items=inf", "is not a number", true},
		{"not whole", "items=1.5", "is not a whole number", true},
		{"not whole by an exponent", "items=1.55e1", "is not a whole number", true},
		{"2^63", "items=9223372036854775808", "is more than 2^63-1", true},
		{"10^19", "items=1e19", "is more than 2^63-1", true},
		{"a large exponent", "items=1e999999999999999999999999", "is more than 2^63-1", true},
		{"bytes too large", "memory=8388608TiB", "is more than 2^63-1", true},
		{"time without a unit", "time=5", "is not a time", true},
		{"time too large", "time=9999999h", "is not a time", true},
		{"30 nanoseconds", "time=30ns", "is it the right unit? at least 1ms", true},
		{"just under", "time=999.999us", "is it the right unit? at least 1ms", true},
		{"hostile text", "\u202eitems=\x1b[2J", `"\u202eitems=\x1b[2J" is not one of`, false},
		{"a number of its own", "input=-9223372036854775808", "not an amount", true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := limits.Parse(tc.in)
			if diff := cmp.Diff(limits.Limits{}, got); diff != "" {
				t.Errorf("limits beside an error: %s", diff)
			}
			if _, ok := errors.AsType[*limits.ConfigError](err); !ok {
				t.Fatalf("got %v, want a ConfigError", err)
			}
			if got := errors.Is(err, limits.ErrUnset); got != tc.unset {
				t.Errorf("Is(ErrUnset) = %v, want %v", got, tc.unset)
			}
			if !strings.Contains(err.Error(), tc.reason) {
				t.Errorf("the error is %q, want %q in it", err, tc.reason)
			}
			checkText(t, err.Error())
		})
	}
}

func TestParseTellsEverything(t *testing.T) {
	_, err := limits.Parse("input=1Mb x=1 items=-1 time=30ns items=2 depth=")
	var config *limits.ConfigError
	if !errors.As(err, &config) {
		t.Fatalf("got %v, want a ConfigError", err)
	}
	var fields []string
	for _, p := range config.Problems {
		fields = append(fields, p.Field)
	}
	want := []string{`input="1Mb"`, `"x=1"`, `items="-1"`, `time="30ns"`, "items", "depth"}
	if diff := cmp.Diff(want, fields); diff != "" {
		t.Error(diff)
	}
}

func TestLimitsString(t *testing.T) {
	for _, tc := range []struct {
		in   limits.Limits
		want string
	}{
		{full, fullText},
		{limits.Limits{}, ""},
		{limits.Limits{Items: 1_000_000}, "items=1e6"},
		{limits.Limits{Items: 1_500_000}, "items=1500000"},
		{limits.Limits{Items: 25_000_000}, "items=25e6"},
		{limits.Limits{Steps: math.MaxInt64}, "steps=9223372036854775807"},
		{limits.Limits{MemoryBytes: 1536, Time: 90 * time.Second}, "memory=1.5KiB time=1m30s"},
		{limits.Limits{InputBytes: limits.UnsafeUnlimited, Depth: limits.UnsafeUnlimited,
			Time: limits.UnsafeUnlimited}, "input=unsafe-unlimited depth=unsafe-unlimited time=unsafe-unlimited"},
		{limits.Limits{InputBytes: -1, Items: -1_000_000, Time: -1}, "input=-1B items=-1e6 time=-1ns"},
	} {
		if got := tc.in.String(); got != tc.want {
			t.Errorf("got %q, want %q", got, tc.want)
		}
	}
}

// TestTextRoundTrip holds String and Parse to be inverses over limits of all sizes.
func TestTextRoundTrip(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	amount := func(least int64) int64 {
		switch rnd.IntN(6) {
		case 0:
			return 0
		case 1:
			return limits.UnsafeUnlimited
		case 2:
			return max(least, math.MaxInt64-rnd.Int64N(3))
		case 3:
			return max(least, int64(1)<<rnd.IntN(63))
		default:
			return least + rnd.Int64N(math.MaxInt64-least)>>rnd.IntN(62)
		}
	}
	for range 20_000 {
		want := limits.Limits{
			InputBytes:  limits.Bytes(amount(1)),
			OutputBytes: limits.Bytes(amount(1)),
			Items:       amount(1),
			Depth:       amount(1),
			Steps:       amount(1),
			MemoryBytes: limits.Bytes(amount(1)),
			Time:        time.Duration(amount(int64(time.Millisecond))),
		}
		got, err := limits.UnsafeParse(want.String())
		if err != nil || got != want {
			t.Fatalf("%q: %v\n%s", want, err, cmp.Diff(want, got))
		}
		trusted := strings.Contains(want.String(), "unsafe")
		if got, err := limits.Parse(want.String()); trusted != (err != nil) || !trusted && got != want {
			t.Fatalf("%q: %v\n%s", want, err, cmp.Diff(want, got))
		}
	}
}

func TestLimitsText(t *testing.T) {
	type config struct{ Upload limits.Limits }
	text, err := json.Marshal(config{full})
	if want := `{"Upload":"` + fullText + `"}`; err != nil || string(text) != want {
		t.Fatalf("got %s, %v; want %s", text, err, want)
	}
	var got config
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(full, got.Upload); diff != "" {
		t.Error(diff)
	}
	if text, err := (limits.Limits{Items: -1}).MarshalText(); text != nil || !errors.Is(err, limits.ErrUnset) {
		t.Errorf("MarshalText of -1 = %q, %v; want ErrUnset", text, err)
	}
}

func TestLimitsFlag(t *testing.T) {
	l := limits.Limits{Items: 7, Depth: 3}
	flags := flag.NewFlagSet("", flag.ContinueOnError)
	flags.SetOutput(new(strings.Builder))
	flags.Var(&l, "limits", "limits")
	if err := flags.Parse([]string{"-limits", "items=0"}); err == nil || l != (limits.Limits{Items: 7, Depth: 3}) {
		t.Errorf("after a bad flag: %v, %v; want an error and the old value", l, err)
	}
	if err := flags.Parse([]string{"-limits", "items=9"}); err != nil || l != (limits.Limits{Items: 9}) {
		t.Errorf("after a good flag: %v, %v; want what it says and nothing else", l, err)
	}
}

func TestLogValues(t *testing.T) {
	var out bytes.Buffer
	log := slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{ReplaceAttr: func(groups []string,
		a slog.Attr) slog.Attr {
		if len(groups) > 0 {
			return a
		}
		if a.Key == slog.TimeKey || a.Key == slog.LevelKey || a.Key == slog.MessageKey {
			return slog.Attr{}
		}
		return a
	}}))
	log.Info("", "limits", limits.Limits{InputBytes: limits.MiB, Steps: 1e8, Time: limits.UnsafeUnlimited})
	log.Info("", "usage", limits.Usage{OutputBytes: 1536, Items: 3, Depth: 2, MemoryBytes: 1, Elapsed: time.Second})
	log.Info("", "usage", limits.Usage{})
	log.Info("", "size", limits.Bytes(1536))
	want := "limits.input=1MiB limits.steps=1e8 limits.time=unsafe-unlimited\n" +
		"usage.output=1536 usage.items=3 usage.depth=2 usage.memory=1 usage.time=1s\n" +
		"\n" +
		"size=\"1.5 KiB\"\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{fullText, "", "input=0", "items=1.5e6", "time=1h1h", "time=.5s",
		"steps=unsafe-unlimited", "depth=1 depth=1", "memory=9223372036854775807B", "items=9223372036854775808",
		"a=b=c", "\x00=\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		l, err := limits.Parse(s)
		if err != nil {
			if l != (limits.Limits{}) || !errors.Is(err, limits.ErrConfig) || errors.Is(err, limits.ErrRefused) {
				t.Fatalf("%q: %v, %v", s, l, err)
			}
			checkText(t, err.Error())
			return
		}
		if err := l.Check("test"); err != nil {
			t.Fatalf("%q reads as limits that are not valid: %v", s, err)
		}
		if trusted, err := limits.UnsafeParse(s); err != nil || trusted != l {
			t.Fatalf("%q: UnsafeParse reads %v, %v", s, trusted, err)
		}
		if text, err := json.Marshal(l); err != nil {
			t.Fatalf("%q reads as what cannot be written: %v: %s", s, err, text)
		}
		again, err := limits.Parse(l.String())
		if err != nil || again != l {
			t.Fatalf("%q: %q does not read back: %v\n%s", s, l, err, cmp.Diff(l, again))
		}
		if again.String() != l.String() {
			t.Fatalf("%q has two forms: %q and %q", s, l, again)
		}
	})
}
