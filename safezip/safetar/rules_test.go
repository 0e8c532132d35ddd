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
}

func kit() []kitSet {
	return []kitSet{
		{"plain", true, tartest.Hostile()},
		{"plain", false, tartest.Benign()},
		{"links", true, tartest.HostileLinks()},
		{"links", false, tartest.BenignLinks()},
		{"unicode", true, tartest.HostileUnicode()},
		{"unicode", false, tartest.BenignUnicode()},
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

// TestRules: each rule refuses at least three hostile archives, UnsafeAllow lifts those rules that
// can be lifted, and a benign archive comes close.
func TestRules(t *testing.T) {
	type found struct {
		set kitSet
		tartest.Case
	}
	hostile, benign := map[limits.Rule][]found{}, map[limits.Rule]int{}
	for _, set := range kit() {
		for c := range set.cases {
			if set.hostile {
				hostile[c.Rule] = append(hostile[c.Rule], found{set, c})
			} else {
				benign[c.Rule]++
			}
		}
	}
	for info := range safetar.Rules() {
		t.Run(string(info.Rule), func(t *testing.T) {
			if info.Attack == "" || info.CWE == "" || info.Advice == "" {
				t.Error("something is not said")
			}
			for _, c := range hostile[info.Rule] {
				t.Run(c.set.name+"/"+c.Name, func(t *testing.T) {
					refuses(t, c.Case)
					if info.Liftable {
						lifts(t, c.Case)
					}
				})
			}
			switch info.Rule { // No archive breaks these rules by itself.
			case safetar.RuleOutsidePrefix:
				outsidePrefix(t)
			case safetar.RuleKeptName:
				keptName(t)
			case safetar.RulePresetDictionary:
				presetDictionary(t)
			default:
				if len(hostile[info.Rule]) < 3 || benign[info.Rule] < 1 {
					t.Errorf("%d hostile and %d benign cases", len(hostile[info.Rule]), benign[info.Rule])
				}
			}
		})
	}
}

// TestBombs: a limit stops what no rule refuses.
func TestBombs(t *testing.T) {
	for _, set := range kit() {
		for c := range set.cases {
			if set.hostile && c.Rule == "" {
				t.Run(set.name+"/"+c.Name, func(t *testing.T) { refuses(t, c) })
			}
		}
	}
}

// refuses fails t unless every function refuses c for its rule and leaves nothing.
func refuses(t *testing.T, c tartest.Case) {
	t.Helper()
	parent := t.TempDir()
	_, err := safetar.Extract(t.Context(), filepath.Join(parent, "out"), iotest.HalfReader(bytes.NewReader(c.Data)),
		tartest.Limits(), c.Options()...)
	refusedFor(t, err, c.Rule)
	r, err := safetar.Inspect(t.Context(), bytes.NewReader(c.Data), tartest.Limits(), c.Options()...)
	refusedFor(t, err, c.Rule)
	if r == nil {
		t.Fatal("Inspect returns no Report")
	}
	left, err := os.ReadDir(parent)
	if err != nil || len(left) > 0 {
		t.Errorf("%v was left (error %v)", left, err)
	}
}

// lifts fails t unless UnsafeAllow lets c pass and the report notes it.
func lifts(t *testing.T, c tartest.Case) {
	t.Helper()
	switch c.Name {
	case "gzip-header/name-cut", // cut off, so it cannot be read
		// one block of zeros is a missing end, and then there are trailing data
		"missing-end/one-block-between",
		"name-encoding/binary", "name-encoding/latin-1", "name-encoding/in-directory", // no UTF-8, so not a name in any case
		"long-name/component", "long-name/in-long-name": // the file system refuses them
		return
	}
	r, err := safetar.Inspect(t.Context(), bytes.NewReader(c.Data), tartest.Limits(),
		append(c.Options(), safetar.UnsafeAllow(c.Rule))...)
	if err != nil {
		t.Error(err)
	} else if len(r.Notes) == 0 && c.Rule != safetar.RuleGzipHeader && c.Name != "trailing-data/after-gzip" {
		t.Error("no note")
	}
}

// TestBenign: every benign archive is unpacked, and every function agrees.
func TestBenign(t *testing.T) {
	for _, set := range kit() {
		for c := range set.cases {
			if set.hostile {
				continue
			}
			t.Run(set.name+"/"+c.Name, func(t *testing.T) {
				dir := filepath.Join(t.TempDir(), "out")
				_, err := safetar.Extract(t.Context(), dir, iotest.HalfReader(bytes.NewReader(c.Data)), tartest.Limits(),
					c.Options()...)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := safetar.Inspect(t.Context(), bytes.NewReader(c.Data), tartest.Limits(), c.Options()...); err != nil {
					t.Errorf("Inspect: %v", err)
				}
				if set.name != "links" {
					ziptest.AssertContained(t, dir)
				}
				checkRoot(t, c)
				checkReader(t, c, dir)
			})
		}
	}
}

// checkRoot: ExtractRoot does the same below a directory that exists, and takes it back on an
// error.
func checkRoot(t *testing.T, c tartest.Case) {
	t.Helper()
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if _, err := safetar.ExtractRoot(t.Context(), root, bytes.NewReader(c.Data), c.Limits(), c.Options()...); err != nil {
		t.Errorf("ExtractRoot: %v", err)
	}
	again, err := safetar.ExtractRoot(t.Context(), root, bytes.NewReader(c.Data), tartest.Limits(), c.Options()...)
	if err == nil && again.Files+again.Dirs > 0 || err != nil && !errors.Is(err, os.ErrExist) {
		t.Errorf("a second time: %+v, %v", again, err)
	}
}

// TestHeldIsCleared: what ExtractRoot has made before a refusal is gone.
func TestHeldIsCleared(t *testing.T) {
	n := 0
	for c := range tartest.Hostile() {
		if n++; testing.Short() && n%6 > 0 {
			continue
		}
		dir := t.TempDir()
		root, err := os.OpenRoot(dir)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := safetar.ExtractRoot(t.Context(), root, bytes.NewReader(c.Data), tartest.Limits()); !errors.Is(err,
			limits.ErrRefused) {
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

// TestNames: a case can be found by its name, and is small.
func TestNames(t *testing.T) {
	type key struct {
		set     string
		hostile bool
		name    string
	}
	seen := map[key]bool{}
	for _, set := range kit() {
		for c := range set.cases {
			k := key{set.name, set.hostile, c.Name}
			if seen[k] {
				t.Errorf("%s is there twice", c.Name)
			}
			seen[k] = true
			if len(c.Data) > 1<<20 {
				t.Errorf("%s has %d bytes", c.Name, len(c.Data))
			}
		}
	}
}
