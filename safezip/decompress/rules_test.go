package decompress_test

import (
	"bytes"
	"errors"
	"iter"
	"testing"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/decompress"
	"github.com/seed73825598/airlock/safezip/decompress/decompresstest"
)

// inPieces reads all of c in pieces of an odd length.
func inPieces(t *testing.T, c decompresstest.Case) ([]byte, error) {
	t.Helper()
	r, err := decompress.NewReader(t.Context(), &sevens{data: c.Data}, c.Format, c.Limits(), c.Options()...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}()
	return readAll(r, 1000)
}

// readAll reads pieces of at most n bytes.
func readAll(r *decompress.Reader, n int) ([]byte, error) {
	var out []byte
	p := make([]byte, n)
	for {
		n, err := r.Read(p)
		out = append(out, p[:n]...)
		if err != nil {
			return out, err
		}
	}
}

// sevens gives few bytes at a time.
type sevens struct{ data []byte }

func (s *sevens) Read(p []byte) (int, error) {
	const few = 700
	n := copy(p[:min(few, len(p))], s.data)
	s.data = s.data[n:]
	if n == 0 {
		return 0, errEnd
	}
	return n, nil
}

type kitSet struct {
	name            string
	hostile, benign iter.Seq[decompresstest.Case]
}

func kit() []kitSet {
	return []kitSet{
		{"one member", decompresstest.Hostile(), decompresstest.Benign()},
		{"multistream", decompresstest.HostileMultistream(), decompresstest.BenignMultistream()},
	}
}

// TestRules: each rule refuses at least three hostile streams, UnsafeAllow lifts those rules that
// can be lifted, and a benign stream comes close.
func TestRules(t *testing.T) {
	type found struct {
		set kitSet
		decompresstest.Case
	}
	hostile, benign := map[limits.Rule][]found{}, map[limits.Rule]int{}
	for _, set := range kit() {
		for c := range set.hostile {
			hostile[c.Rule] = append(hostile[c.Rule], found{set, c})
		}
		for c := range set.benign {
			benign[c.Rule]++
		}
	}
	for info := range decompress.Rules() {
		t.Run(string(info.Rule), func(t *testing.T) {
			for _, c := range hostile[info.Rule] {
				t.Run(c.set.name+"/"+c.Name, func(t *testing.T) { refuses(t, c.Case) })
			}
			if len(hostile[info.Rule]) < 3 || benign[info.Rule] < 1 {
				t.Errorf("%d hostile and %d benign cases", len(hostile[info.Rule]), benign[info.Rule])
			}
			if info.Attack == "" || info.CWE == "" || info.Advice == "" {
				t.Error("something is not said")
			}
		})
	}
}

// TestBombs: a limit stops what no rule refuses.
func TestBombs(t *testing.T) {
	for _, set := range kit() {
		for c := range set.hostile {
			if c.Rule == "" {
				t.Run(set.name+"/"+c.Name, func(t *testing.T) { refuses(t, c) })
			}
		}
	}
}

// refuses fails t unless both functions refuse c for its rule and Bytes returns nothing.
func refuses(t *testing.T, c decompresstest.Case) {
	t.Helper()
	_, err := inPieces(t, c)
	refusedFor(t, err, c.Rule)
	out, err := decompress.Bytes(t.Context(), c.Data, c.Format, c.Limits(), c.Options()...)
	refusedFor(t, err, c.Rule)
	if out != nil {
		t.Errorf("%d bytes are returned with the error", len(out))
	}
}

// refusedFor fails t unless err is the refusal by the rule, or by a limit where there is none.
func refusedFor(t *testing.T, err error, rule limits.Rule) {
	t.Helper()
	if !errors.Is(err, limits.ErrRefused) || len(err.Error()) > 1024 {
		t.Fatalf("error %v, want a refusal", err)
	}
	broken, ok := errors.AsType[*decompress.RuleError](err)
	switch {
	case rule == "" && !errors.Is(err, limits.ErrExceeded):
		t.Errorf("%v; want that a limit is exceeded", err)
	case rule != "" && (!ok || broken.Rule != rule):
		t.Errorf("%v; want the rule %s", err, rule)
	}
}

func TestBenign(t *testing.T) {
	for _, set := range kit() {
		for c := range set.benign {
			t.Run(set.name+"/"+c.Name, func(t *testing.T) {
				out, err := inPieces(t, c)
				if !errors.Is(err, errEOF) || !bytes.Equal(out, c.Want) {
					t.Errorf("%d bytes, error %v; want %d bytes", len(out), err, len(c.Want))
				}
				out, err = decompress.Bytes(t.Context(), c.Data, c.Format, c.Limits(), c.Options()...)
				if err != nil || !bytes.Equal(out, c.Want) || out == nil {
					t.Errorf("Bytes: %d bytes, error %v; want %d bytes", len(out), err, len(c.Want))
				}
			})
		}
	}
}

// TestNames: a case can be found by its name, and is small.
func TestNames(t *testing.T) {
	seen := map[string]bool{}
	for _, set := range kit() {
		for c := range set.hostile {
			if seen[set.name+c.Name] {
				t.Errorf("%s is there twice", c.Name)
			}
			seen[set.name+c.Name] = true
			if len(c.Data) > 1<<20+100 {
				t.Errorf("%s has %d bytes", c.Name, len(c.Data))
			}
		}
	}
}

// TestLifted: what UnsafeAllow lifts is read, up to the end of the source, and nothing else is.
func TestLifted(t *testing.T) {
	lifted := []decompress.Option{decompress.UnsafeAllow(decompress.RuleTrailingData, decompress.RuleGzipHeader)}
	stays := map[string]bool{ // A stream that is cut off cannot be read.
		"gzip-header/gzip-name-cut": true, "gzip-header/gzip-name-cut-at-once": true, "gzip-header/gzip-comment-cut": true,
		"gzip-header/gzip-extra-cut": true, "gzip-header/gzip-extra-length-cut": true, "gzip-header/gzip-checksum-cut": true,
	}
	for c := range decompresstest.Hostile() {
		_, err := decompress.Bytes(t.Context(), c.Data, c.Format, c.Limits(), lifted...)
		lift := c.Rule == decompress.RuleTrailingData || c.Rule == decompress.RuleGzipHeader
		switch {
		case lift && stays[c.Name]:
			refusedFor(t, err, decompress.RuleMalformed)
		case lift && err != nil:
			t.Errorf("%s: %v", c.Name, err)
		case !lift:
			refusedFor(t, err, c.Rule)
		}
	}
}
