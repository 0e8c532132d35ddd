package main

import (
	"strconv"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/unicodeid"
	"github.com/seed73825598/airlock/unicodeid/idtest"
)

// TestVectors reads the file back, line by line: it is what the library says, in the same order
// each time.
func TestVectors(t *testing.T) {
	first := airlock(t, "vectors")
	first.want(t, statusOK)
	if !testing.Short() && first.out != airlock(t, "vectors").out {
		t.Error("two runs differ")
	}
	p, err := unicodeid.New(idtest.Limits(), idtest.Options()...)
	if err != nil {
		t.Fatal(err)
	}
	lines, accepted := 0, 0
	for line := range strings.Lines(first.out) {
		if line[0] == '#' {
			continue
		}
		lines++
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		raw, err := strconv.Unquote(f[0])
		if err != nil || len(f) != 4 {
			t.Fatalf("%q: %v", line, err)
		}
		key, err := p.Lookup(t.Context(), raw)
		if (f[2] == "-") != (err != nil) || err == nil && strconv.QuoteToASCII(key.Text()) != f[2] {
			t.Errorf("%q: key %q, %v", line, key.Text(), err)
		}
		if f[1] == "ok" {
			if accepted++; accepted%50 == 0 {
				if _, err := p.Register(t.Context(), raw); err != nil {
					t.Errorf("%q: %v", line, err)
				}
			}
		}
	}
	if lines < 20_000 || accepted < 500 {
		t.Errorf("%d lines, %d of them accepted", lines, accepted)
	}
	airlock(t, "vectors", "x").want(t, statusFailed, "no arguments")
}
