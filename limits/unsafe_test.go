package limits_test

import (
	"encoding/json"
	"errors"
	"flag"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
)

// wantNeedsUnsafe fails unless err is the caller's mistake and says which function reads the word.
func wantNeedsUnsafe(t *testing.T, err error, reader string) {
	t.Helper()
	var e *limits.ConfigError
	if !errors.As(err, &e) || errors.Is(err, limits.ErrRefused) || !strings.Contains(err.Error(), reader) {
		t.Errorf("%v; want a ConfigError that names %s", err, reader)
	}
}

// TestUnlimitedIsNotRead: no way in from a flag, a file or JSON sets UnsafeUnlimited, and what was
// there stays.
func TestUnlimitedIsNotRead(t *testing.T) {
	for _, r := range all {
		word := with(limits.Limits{}, r, limits.UnsafeUnlimited).String()
		for _, text := range []string{word, "  " + word + "\n", word + " " + strings.Replace(fullText,
			strings.Fields(fullText)[r-1], "", 1)} {
			l, err := limits.Parse(text)
			if l != (limits.Limits{}) {
				t.Errorf("%q reads as %v", text, l)
			}
			wantNeedsUnsafe(t, err, "limits.UnsafeParse")
			for name, read := range map[string]func(*limits.Limits) error{
				"Set":           func(l *limits.Limits) error { return l.Set(text) },
				"UnmarshalText": func(l *limits.Limits) error { return l.UnmarshalText([]byte(text)) },
				"JSON": func(l *limits.Limits) error {
					quoted, err := json.Marshal(text)
					if err != nil {
						return err
					}
					return json.Unmarshal(quoted, l)
				},
			} {
				was := full
				wantNeedsUnsafe(t, read(&was), "limits.UnsafeParse")
				if was != full {
					t.Errorf("%s of %q leaves %v", name, text, was)
				}
			}
		}
	}
	flags := flag.NewFlagSet("", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	l, size := full, limits.Bytes(7)
	flags.Var(&l, "limits", "")
	flags.TextVar(&l, "text", full, "")
	flags.Var(&size, "size", "")
	for _, arg := range []string{"-limits=steps=unsafe-unlimited", "-text=steps=unsafe-unlimited",
		"-size=unsafe-unlimited",
		"-limits=steps=-9223372036854775808", "-size=-9223372036854775808"} {
		if err := flags.Parse([]string{arg}); err == nil || l != full || size != 7 {
			t.Errorf("%s: %v leaves %v and %v", arg, err, l, size)
		}
	}
}

// TestUnlimitedNumber: as a number it is refused too, where there is a number to read.
func TestUnlimitedNumber(t *testing.T) {
	const number = "-9223372036854775808"
	for _, text := range []string{number, `"` + number + `"`, `"input=` + number + `"`, `"input=` + number + `B"`,
		`"items=` + number + `"`, `"items=-9.223372036854775808e18"`, `"time=` + number + `ns"`,
		`"time=-2562047h47m16.854775808s"`,
		`{"Items":` + number + `}`, `{"items":` + number + `}`} {
		l := full
		if err := json.Unmarshal([]byte(text), &l); err == nil || l != full {
			t.Errorf("%s: %v, %v", text, l, err)
		}
	}
	for _, text := range []string{number, `"` + number + `"`, `"` + number + `B"`, `"unsafe-unlimited"`,
		`" unsafe-unlimited "`} {
		b := limits.Bytes(7)
		if err := json.Unmarshal([]byte(text), &b); err == nil || b != 7 {
			t.Errorf("%s: %v, %v", text, b, err)
		}
	}
	want := limits.PoolLimits{Operations: 3}
	for _, field := range []string{"Operations", "Waiting", "MaxWait", "waiting"} {
		l := want
		err := json.Unmarshal([]byte(`{"`+field+`":`+number+`}`), &l)
		if !errors.Is(err, limits.ErrConfig) || l != want {
			t.Errorf("%s: %v, %v", field, l, err)
		}
	}
	l := want
	if err := json.Unmarshal([]byte(`{"MemoryBytes":"unsafe-unlimited"}`), &l); err == nil || l != want {
		t.Errorf("MemoryBytes: %v, %v", l, err)
	}
	if err := json.Unmarshal([]byte(`{"MemoryBytes":7}`), &l); err == nil || l != want {
		t.Errorf("MemoryBytes as a number: %v, %v", l, err)
	}
	// encoding/json quotes a number whole.
	for _, text := range []string{`{"Operations":` + strings.Repeat("9", 1<<20) + `}`, `{"Waiting":1.5}`,
		`{"MaxWait":"5s"}`, `[]`, `"5"`} {
		err := json.Unmarshal([]byte(text), &l)
		if !errors.Is(err, limits.ErrConfig) || len(err.Error()) > 300 || l != want {
			t.Errorf("%.40s: %v, %.400v", text, l, err)
		}
	}
	err := json.Unmarshal([]byte(`{"MemoryBytes":"1GiB","Waiting":5,"MaxWait":2000000000}`), &l)
	want = limits.PoolLimits{Operations: 3, MemoryBytes: limits.GiB, Waiting: 5, MaxWait: 2 * time.Second}
	if diff := cmp.Diff(want, l); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
}

// TestUnlimitedIsNotWritten: what no reader would take back is not marshaled, and a log still says
// it.
func TestUnlimitedIsNotWritten(t *testing.T) {
	for _, r := range all {
		l := with(full, r, limits.UnsafeUnlimited)
		text, err := l.MarshalText()
		if text != nil {
			t.Errorf("%s", text)
		}
		wantNeedsUnsafe(t, err, "limits.UnsafeParse")
		if text, err := json.Marshal(map[string]limits.Limits{"upload": l}); !errors.Is(err, limits.ErrConfig) {
			t.Errorf("JSON %s, %v", text, err)
		}
		if got, err := limits.UnsafeParse(l.String()); err != nil || got != l {
			t.Errorf("UnsafeParse of %q: %v, %v", l, got, err)
		}
		if text := l.LogValue().String(); !strings.Contains(text, "unsafe-unlimited") {
			t.Errorf("the log says %s", text)
		}
	}
	text, err := limits.Bytes(limits.UnsafeUnlimited).MarshalText()
	if text != nil {
		t.Errorf("%s", text)
	}
	wantNeedsUnsafe(t, err, "limits.UnsafeParse")
}

func TestUnsafeParse(t *testing.T) {
	got, err := limits.UnsafeParse("items=7 input=unsafe-unlimited time=unsafe-unlimited")
	want := limits.Limits{InputBytes: limits.UnsafeUnlimited, Items: 7, Time: limits.UnsafeUnlimited}
	if err != nil || got != want {
		t.Errorf("%v, %v", got, err)
	}
	for _, bad := range []string{"items=-9223372036854775808", "items=0", "items=Unsafe-Unlimited", "unsafe-unlimited",
		"items=unsafe-unlimited items=1"} {
		if got, err := limits.UnsafeParse(bad); got != (limits.Limits{}) || !errors.Is(err, limits.ErrConfig) ||
			!strings.HasPrefix(err.Error(), "limits.UnsafeParse: ") {
			t.Errorf("%q: %v, %v", bad, got, err)
		}
	}
	for text, want := range map[string]limits.Bytes{"unsafe-unlimited": limits.UnsafeUnlimited, "1 KiB": 1024} {
		if got, err := limits.UnsafeParseBytes(text); err != nil || got != want {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	if got, err := limits.UnsafeParseBytes("-1"); got != 0 || !errors.Is(err, limits.ErrConfig) {
		t.Errorf("-1: %v, %v", got, err)
	}
}
