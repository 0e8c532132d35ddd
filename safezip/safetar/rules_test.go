package safetar_test

import (
	"bytes"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"testing"
	"testing/iotest"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/safetar"
	"github.com/seed73825598/airlock/safezip/tartest"
	"github.com/seed73825598/airlock/safezip/ziptest"
)

type kitSet struct {
	name    string
	hostile bool
	cases   iter.Seq[tartest.Case]
	opts    []safetar.Option
}

func kit() []kitSet {
	return []kitSet{
		{"plain", true, tartest.Hostile(), nil},
		{"plain", false, tartest.Benign(), nil},
		{"links", true, tartest.HostileLinks(), tartest.Options()},
		{"links", false, tartest.BenignLinks(), tartest.Options()},
		{"unicode", true, tartest.HostileUnicode(), tartest.Options()},
		{"unicode", false, tartest.BenignUnicode(), tartest.Options()},
	}
}

// refusedFor fails t unless err is the refusal by the rule, or by a limit where there is none.
func refusedFor(t *testing.T, err error, rule limits.Rule) {
	t.Helper()
	if !errors.Is(err, limits.ErrRefused) || len(err.Error()) > 1024 {
		t.Fatalf("error %v, want a refusal", err)
	}
	broken, ok := errors.AsType[*safetar.RuleError](err)
	switch {
	case rule == "" && !errors.Is(err, limits.ErrExceeded):
		t.Errorf("%v; want that a limit is exceeded", err)
	case rule != "" && (!ok || broken.Rule != rule):
		t.Errorf("%v; want the rule %s", err, rule)
	}
}

// TestKit: every hostile case is refused by every function alike, and leaves nothing; every benign
// one is unpacked.
func TestKit(t *testing.T) {
	for _, set := range kit() {
		for c := range set.cases {
			t.Run(set.name+"/"+c.Name, func(t *testing.T) {
				parent := t.TempDir()
				dir := filepath.Join(parent, "out")
				_, err := safetar.Extract(t.Context(), dir, iotest.HalfReader(bytes.NewReader(c.Data)), tartest.Limits(), set.opts...)
				r, inspectErr := safetar.Inspect(t.Context(), bytes.NewReader(c.Data), tartest.Limits(), set.opts...)
				if r == nil {
					t.Fatal("Inspect returns no Report")
				}
				if set.hostile {
					refusedFor(t, err, c.Rule)
					refusedFor(t, inspectErr, c.Rule)
					left, err := os.ReadDir(parent)
					if err != nil || len(left) > 0 {
						t.Errorf("%v was left (error %v)", left, err)
					}
					return
				}
				if err != nil || inspectErr != nil {
					t.Fatalf("refused: %v; Inspect: %v", err, inspectErr)
				}
				if set.name != "links" {
					ziptest.AssertContained(t, dir)
				}
				checkRoot(t, c, set.opts)
				checkReader(t, c, set.opts, dir)
			})
		}
	}
}

// checkRoot: ExtractRoot does the same below a directory that exists, and takes it back on an error.
func checkRoot(t *testing.T, c tartest.Case, opts []safetar.Option) {
	t.Helper()
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if _, err := safetar.ExtractRoot(t.Context(), root, bytes.NewReader(c.Data), tartest.Limits(), opts...); err != nil {
		t.Errorf("ExtractRoot: %v", err)
	}
	again, err := safetar.ExtractRoot(t.Context(), root, bytes.NewReader(c.Data), tartest.Limits(), opts...)
	if err == nil && again.Files+again.Dirs > 0 || err != nil && !errors.Is(err, os.ErrExist) {
		t.Errorf("a second time: %+v, %v", again, err)
	}
}

// TestHeldIsCleared: what ExtractRoot has made before a refusal is gone.
func TestHeldIsCleared(t *testing.T) {
	for c := range tartest.Hostile() {
		dir := t.TempDir()
		root, err := os.OpenRoot(dir)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := safetar.ExtractRoot(t.Context(), root, bytes.NewReader(c.Data), tartest.Limits()); !errors.Is(err, limits.ErrRefused) {
			t.Errorf("%s: %v", c.Name, err)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("%s: %v was left (error %v)", c.Name, left, err)
		}
		if err := root.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestCases: each rule has three hostile cases and a benign one, and names are unique.
func TestCases(t *testing.T) {
	hostile, benign, seen := map[limits.Rule]int{}, map[limits.Rule]int{}, map[string]bool{}
	for _, set := range kit() {
		for c := range set.cases {
			if set.hostile {
				hostile[c.Rule]++
			} else {
				benign[c.Rule]++
			}
			key := set.name + c.Name
			if set.hostile {
				key += "!"
			}
			if seen[key] {
				t.Errorf("%s is there twice", c.Name)
			}
			seen[key] = true
			if len(c.Data) > 1<<20 {
				t.Errorf("%s has %d bytes", c.Name, len(c.Data))
			}
		}
	}
	for info := range safetar.Rules() {
		if info.Rule == safetar.RuleOutsidePrefix || info.Rule == safetar.RuleKeptName || info.Rule == safetar.RulePresetDictionary {
			continue // They need StripPrefix, Replace and Compressed; see their own tests.
		}
		if hostile[info.Rule] < 3 || benign[info.Rule] < 1 {
			t.Errorf("%s: %d hostile and %d benign cases", info.Rule, hostile[info.Rule], benign[info.Rule])
		}
		if info.Attack == "" || info.CWE == "" || info.Advice == "" {
			t.Errorf("%s: something is not said", info.Rule)
		}
	}
}

// TestLifted: each rule that UnsafeAllow lifts lets its cases pass, and notes them.
func TestLifted(t *testing.T) {
	stays := map[string]bool{
		// What is cut off cannot be read.
		"gzip-header/name-cut": true,
		// One block of zeros is a missing end, and then there are trailing data.
		"missing-end/one-block-between": true,
		// Bytes that are not UTF-8 are no name in any case.
		"name-encoding/binary": true, "name-encoding/latin-1": true, "name-encoding/in-directory": true,
		// A note does not change what the file system does.
		"long-name/component": true, "long-name/in-long-name": true,
	}
	for _, set := range kit() {
		for c := range set.cases {
			if !set.hostile || stays[c.Name] {
				continue
			}
			for info := range safetar.Rules() {
				if info.Rule != c.Rule || !info.Liftable {
					continue
				}
				opts := append([]safetar.Option{safetar.UnsafeAllow(c.Rule)}, set.opts...)
				r, err := safetar.Inspect(t.Context(), bytes.NewReader(c.Data), tartest.Limits(), opts...)
				if err != nil {
					t.Errorf("%s: %v", c.Name, err)
				} else if len(r.Notes) == 0 && c.Rule != safetar.RuleGzipHeader && c.Name != "trailing-data/after-gzip" {
					t.Errorf("%s: no note", c.Name)
				}
			}
		}
	}
}
