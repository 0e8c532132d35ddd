package unicodeid_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
)

var auditLimits = limits.Limits{Items: 1000, Time: time.Minute}

func table(names ...string) iter.Seq2[unicodeid.Row, error] {
	return func(yield func(unicodeid.Row, error) bool) {
		for i, n := range names {
			if !yield(unicodeid.Row{ID: fmt.Sprint(i), Name: n}, nil) {
				return
			}
		}
	}
}

func TestAudit(t *testing.T) {
	p := profile(t, unicodeid.Reserved("admin"))
	var got []string
	err := p.Audit(t.Context(), table("paypal", "Alice", "alice ", "paypaI", "рaypal", "a\x00b", "раураl", "bob",
		"paypa\u200bl", "admin", "BOB"), auditLimits,
		func(f unicodeid.Finding) error {
			s := fmt.Sprintf("%s: %s", f.Row.ID, f.Kind)
			if f.Other != "" {
				s += " with " + f.Other
			}
			for _, q := range f.Problems {
				s += " " + string(q.Rule)
			}
			got = append(got, s)
			return nil
		})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"2: collision with 1", "3: lookalike with 0", "4: lookalike with 0", "4: refused mixed-script",
		"5: no key control-character",
		"6: lookalike with 0", "6: refused mixed-script", "8: collision with 0", "8: refused invisible",
		"9: refused reserved", "10: collision with 7",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestAuditEnds: a cursor that fails, and a reader that has seen enough, end the audit with their
// own error.
func TestAuditEnds(t *testing.T) {
	p := profile(t)
	cursor := errors.New("connection reset")
	failing := func(yield func(unicodeid.Row, error) bool) {
		if yield(unicodeid.Row{ID: "1", Name: "alice"}, nil) {
			yield(unicodeid.Row{}, cursor)
		}
	}
	none := func(unicodeid.Finding) error { return nil }
	if err := p.Audit(t.Context(), failing, auditLimits, none); !errors.Is(err, cursor) {
		t.Errorf("a failed cursor: %v", err)
	}
	enough := errors.New("enough")
	if err := p.Audit(t.Context(), table("a b"), auditLimits,
		func(unicodeid.Finding) error { return enough }); !errors.Is(err, enough) {
		t.Errorf("an error of f: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := p.Audit(ctx, table("alice"), auditLimits, none); !errors.Is(err, context.Canceled) ||
		errors.Is(err, limits.ErrRefused) {
		t.Errorf("a canceled context: %v", err)
	}
	for name, lim := range map[string]limits.Limits{
		"no items": {Time: time.Second}, "no time": {Items: 1}, "input": {Items: 1, Time: time.Second, InputBytes: 1},
		"depth": {Items: 1, Time: time.Second, Depth: 1},
	} {
		if err := p.Audit(t.Context(), table(), lim, none); !errors.Is(err, limits.ErrConfig) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := p.Audit(t.Context(), nil, auditLimits, none); !errors.Is(err, limits.ErrConfig) {
		t.Errorf("nil rows: %v", err)
	}
	if err := p.Audit(t.Context(), table(), auditLimits, nil); !errors.Is(err, limits.ErrConfig) {
		t.Errorf("nil f: %v", err)
	}
	var exceeded *limits.ExceededError
	lim := auditLimits
	lim.Items = 2
	if err := p.Audit(t.Context(), table("a", "b"), lim, none); err != nil {
		t.Errorf("exactly as many rows as allowed: %v", err)
	}
	if err := p.Audit(t.Context(), table("a", "b", "c"), lim, none); !errors.As(err, &exceeded) ||
		exceeded.Resource != limits.Items {
		t.Errorf("one row too many: %v", err)
	}
	lim = auditLimits
	lim.MemoryBytes = 2 * (96 + 1 + 48)
	if err := p.Audit(t.Context(), table("a", "b"), lim, none); err != nil {
		t.Errorf("exactly as much memory as allowed: %v", err)
	}
	lim.MemoryBytes--
	if err := p.Audit(t.Context(), table("a", "b"), lim, none); !errors.As(err, &exceeded) ||
		exceeded.Resource != limits.MemoryBytes {
		t.Errorf("one byte too many: %v", err)
	}
}

func BenchmarkAudit(b *testing.B) {
	p := profile(b)
	const n = 200_000
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("user%x", i*7919)
	}
	lim := limits.Limits{Items: n, Time: time.Minute}
	for b.Loop() {
		if err := p.Audit(b.Context(), table(names...), lim, func(unicodeid.Finding) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "names/s")
}
