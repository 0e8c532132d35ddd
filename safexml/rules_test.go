package safexml_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safexml/xmltest"
)

// TestRules refuses every hostile case under its rule, by all faces at the same place, and lets it
// pass where the rule is lifted.
func TestRules(t *testing.T) {
	cases := map[limits.Rule][]xmltest.Case{}
	for _, c := range hostile() {
		cases[c.Rule] = append(cases[c.Rule], c)
	}
	for info := range safexml.Rules() {
		t.Run(string(info.Rule), func(t *testing.T) {
			for _, c := range cases[info.Rule] {
				t.Run(strings.TrimPrefix(c.Name, string(c.Rule)+"/"), func(t *testing.T) {
					opts := options(t, c)
					_, err := validate(t, c.Data, c.Limits(), opts...)
					rule, ok := errors.AsType[*safexml.RuleError](err)
					if !ok || rule.Rule != c.Rule || !errors.Is(err, limits.ErrRefused) ||
						errors.Is(err, limits.ErrExceeded) {
						t.Fatalf("%v; want the rule %s", err, c.Rule)
					}
					if rule.Line < 1 || rule.Column < 1 || rule.Offset < 0 || rule.Offset > int64(len(c.Data)) {
						t.Errorf("offset %d, line %d, column %d in a document of %d bytes", rule.Offset, rule.Line,
							rule.Column, len(c.Data))
					}
					agree(t, c.Data, c.Limits(), opts...)
					if info.Liftable {
						lifts(t, c)
					}
				})
			}
			if len(cases[info.Rule]) < 3 {
				t.Errorf("%d hostile cases; 3 are needed", len(cases[info.Rule]))
			}
			neighbours := 0
			for _, c := range benign() {
				if c.Rule == info.Rule {
					neighbours++
				}
			}
			if neighbours == 0 {
				t.Error("no benign neighbour")
			}
		})
	}
}

// lifts checks that the case passes with every rule lifted that can be, or is refused under one
// that cannot, and that the finding is noted.
func lifts(t *testing.T, c xmltest.Case) {
	t.Helper()
	var lifted []limits.Rule
	for info := range safexml.Rules() {
		if info.Liftable {
			lifted = append(lifted, info.Rule)
		}
	}
	r, err := validate(t, c.Data, c.Limits(), append(options(t, c), safexml.UnsafeAllow(lifted...))...)
	if err != nil {
		if rule, ok := errors.AsType[*safexml.RuleError](err); !ok || c.Rule != safexml.RuleDoctype ||
			rule.Rule != safexml.RuleInternalSubset {
			t.Errorf("with the rule lifted: %v", err)
		}
		return
	}
	for _, n := range r.Notes {
		if n.Rule == c.Rule && n.Line > 0 && n.Detail != "" {
			return
		}
	}
	t.Errorf("lifted, and not noted: %v", r.Notes)
}

// TestBenign accepts every benign case, by all faces.
func TestBenign(t *testing.T) {
	for _, c := range benign() {
		t.Run(c.Name, func(t *testing.T) {
			if bytes.Contains(c.Data, []byte("<!ENTITY")) && c.Option != "" {
				expands(t, c)
				return
			}
			r, err := validate(t, c.Data, c.Limits(), options(t, c)...)
			if err != nil {
				t.Fatal(err)
			}
			if r.Bytes != int64(len(c.Data)) || r.Elements < 1 || r.Nodes < r.Elements || r.Depth < 1 ||
				r.Encoding == "" {
				t.Errorf("report %+v", r)
			}
			agree(t, c.Data, c.Limits(), options(t, c)...)
		})
	}
}

// expands checks that a document with entities of its own passes where they are replaced, whole or
// byte by byte, and that Validate, whose caller keeps the bytes, refuses it.
func expands(t *testing.T, c xmltest.Case) {
	t.Helper()
	for _, f := range faces {
		for _, r := range []io.Reader{bytes.NewReader(c.Data), iotest.OneByteReader(bytes.NewReader(c.Data))} {
			err := f.take(t.Context(), r, c.Limits(), options(t, c)...)
			if rule, ok := errors.AsType[*safexml.RuleError](err); f.name == "Validate" &&
				(!ok || rule.Rule != safexml.RuleInternalSubset) {
				t.Errorf("%s: %v; want a refusal", f.name, err)
			} else if f.name != "Validate" && err != nil {
				t.Errorf("%s: %v", f.name, err)
			}
		}
	}
}

// TestBombs has every bomb stopped by a limit, within a second and by all faces.
func TestBombs(t *testing.T) {
	for _, c := range hostile() {
		if c.Rule != "" {
			continue
		}
		t.Run(c.Name, func(t *testing.T) {
			_, err := validate(t, c.Data, c.Limits(), options(t, c)...)
			if !errors.Is(err, limits.ErrExceeded) {
				t.Fatalf("%v; want a limit", err)
			}
			agree(t, c.Data, c.Limits(), options(t, c)...)
		})
	}
}

// TestCaseNames holds the cases to names that are unique.
func TestCaseNames(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range append(hostile(), benign()...) {
		key := c.Name + c.Option
		if seen[key] {
			t.Errorf("%s twice", c.Name)
		}
		seen[key] = true
	}
}
