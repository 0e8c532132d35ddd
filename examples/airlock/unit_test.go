package main

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
)

func TestLimitsFlag(t *testing.T) {
	defaults := limits.Limits{OutputBytes: limits.GiB, Items: 10_000, Time: time.Minute}
	tests := []struct {
		name string
		uses []string
		want limits.Limits
	}{
		{"none", nil, defaults},
		{"empty", []string{""}, defaults},
		{"one", []string{"items=7"}, limits.Limits{OutputBytes: limits.GiB, Items: 7, Time: time.Minute}},
		{"twice", []string{"items=7 depth=3", "time=2s items=8"}, limits.Limits{OutputBytes: limits.GiB, Items: 8,
			Depth: 3, Time: 2 * time.Second}},
		{"all", []string{"input=1 output=2 items=3 depth=4 steps=5 memory=6 time=7s"}, limits.Limits{
			InputBytes: 1, OutputBytes: 2, Items: 3, Depth: 4, Steps: 5, MemoryBytes: 6, Time: 7 * time.Second,
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := limitsFlag{defaults}
			for _, use := range test.uses {
				if err := f.Set(use); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(test.want, f.Limits); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	f := limitsFlag{defaults}
	for _, bad := range []string{"items=-1", "output=unsafe-unlimited", "items=-9223372036854775808"} {
		if err := f.Set(bad); err == nil || f.Limits != defaults {
			t.Errorf("%s gives %v and leaves %v", bad, err, f.Limits)
		}
	}
}

// The limit that a refusal says to raise is enough, can be read by Parse, and does not overflow.
func TestRaised(t *testing.T) {
	tests := []struct {
		resource    limits.Resource
		limit, used int64
		want        string
	}{
		{limits.InputBytes, 100, 101, "input=200B"},
		{limits.OutputBytes, int64(limits.GiB), 10 * int64(limits.GiB), "output=16GiB"},
		{limits.OutputBytes, 1, math.MaxInt64, "output=9223372036854775807B"},
		{limits.Items, 10_000, 10_001, "items=20000"},
		{limits.Items, 1, 1 << 62, "items=4611686018427387904"},
		{limits.Depth, 32, 33, "depth=64"},
		{limits.Steps, 1e6, 2e6, "steps=2e6"},
		{limits.MemoryBytes, int64(limits.MiB), int64(limits.MiB) + 1, "memory=2MiB"},
		{limits.Time, int64(time.Minute), int64(61 * time.Second), "time=2m0s"},
	}
	for _, test := range tests {
		got := raised(&limits.ExceededError{Resource: test.resource, Limit: test.limit, Used: test.used})
		if got != test.want {
			t.Errorf("%s: %d of %d: %s, want %s", test.resource, test.used, test.limit, got, test.want)
		}
		if _, err := limits.Parse(got); err != nil {
			t.Error(err)
		}
	}
}

func TestNames(t *testing.T) {
	tests := []struct{ in, name, shell string }{
		{"a.txt", "a.txt", "a.txt"},
		{"dir/a+b_c-d.zip", "dir/a+b_c-d.zip", "dir/a+b_c-d.zip"},
		{"with space", "with space", "FILE.zip"},
		{"", `""`, "FILE.zip"},
		{" before", `" before"`, "FILE.zip"},
		{"after ", `"after "`, "FILE.zip"},
		{`a"b`, `"a\"b"`, "FILE.zip"},
		{`a\b`, `"a\\b"`, "FILE.zip"},
		{"a\nb", `"a\nb"`, "FILE.zip"},
		{"a\x7fb", `"a\x7fb"`, "FILE.zip"},
		{"\u00e4", `"\u00e4"`, "FILE.zip"},
		{"\xff", `"\xff"`, "FILE.zip"},
		{"$(reboot).zip", "$(reboot).zip", "FILE.zip"},
		{"a;b", "a;b", "FILE.zip"},
		{"-rf", "-rf", "FILE.zip"},
		{strings.Repeat("n", maxName), strings.Repeat("n", maxName), strings.Repeat("n", maxName)},
		{strings.Repeat("n", maxName+1), `"` + strings.Repeat("n", maxName+1) + `"`, "FILE.zip"},
		{strings.Repeat("n", 200), `"` + strings.Repeat("n", 123) + `"...`, "FILE.zip"},
	}
	for _, test := range tests {
		if got := name(test.in); got != test.name {
			t.Errorf("name(%q) = %s, want %s", test.in, got, test.name)
		}
		if got := shellWord(test.in); got != test.shell {
			t.Errorf("shellWord(%q) = %s, want %s", test.in, got, test.shell)
		}
	}
}

func TestCut(t *testing.T) {
	full := strings.Repeat("d", maxDetail)
	for in, want := range map[string]string{"": "", "a\nb\tc": `a\nb\tc`, full: full, full + "d": full[:maxDetail-3] +
		"..."} {
		if got := cut(in); got != want {
			t.Errorf("cut(%q) = %q, want %q", in, got, want)
		}
	}
}

// The screen lets nothing through that a terminal acts on, byte by byte.
func TestScreen(t *testing.T) {
	for c := range 256 {
		var out bytes.Buffer
		s := &screen{to: &out}
		if n, err := s.Write([]byte{'a', byte(c)}); n != 2 || err != nil {
			t.Fatalf("byte %#x: %d, %v", c, n, err)
		}
		assertPlain(t, "screen", out.String(), "\n\t")
		if plain := c == '\n' || c == '\t' || c >= ' ' && c <= '~'; plain != (out.Len() == 2) {
			t.Errorf("byte %#x comes out as %q", c, out.String())
		}
	}
}

// JSON comes out in ASCII and reads back as it was, for every character.
func TestPrintJSON(t *testing.T) {
	for r := rune(0); r <= 0x10ffff; r++ {
		if r >= 0xd800 && r < 0xe000 {
			continue
		}
		if r > 0x3000 && r%97 != 0 && r&0xffff < 0xfff0 && r&0xffff > 0xf {
			// The first and last of each plane, and some between them, stand for the others.
			continue
		}
		var out bytes.Buffer
		if err := printJSON(&out, string(r)); err != nil {
			t.Fatal(err)
		}
		assertPlain(t, "JSON", out.String(), "\n")
		var got string
		if err := json.Unmarshal(out.Bytes(), &got); err != nil || got != string(r) {
			t.Fatalf("%U comes out as %s, which reads as %q, %v", r, out.String(), got, err)
		}
	}
}
