package unicodeid_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
)

// TestNoKeyIsNobody: what has no key opens no account, however it is spelt, and says nothing about
// why.
func TestNoKeyIsNobody(t *testing.T) {
	p := profile(t)
	for _, raw := range []string{"", " ", "\x00", "victim\x00", "\xff", "\ue000", "\u0378", "\ufdd0", "\u200b",
		strings.Repeat("x", 300), strings.Repeat("\u0301", 65)} {
		key, err := p.Lookup(t.Context(), raw)
		if !errors.Is(err, unicodeid.ErrNoKey) || key != (unicodeid.Key{}) {
			t.Errorf("%.20q: %q, %v", raw, key.Text(), err)
		}
	}
}

// TestTooLongIsCheap: a login of any length costs one small piece of memory, and its refusal says
// all that one of Register says.
func TestTooLongIsCheap(t *testing.T) {
	p := profile(t)
	raw := strings.Repeat("x", 256)
	ctx := t.Context()
	if n := testing.AllocsPerRun(100, func() { _, _ = p.Lookup(ctx, raw) }); n > 1 {
		t.Errorf("%v pieces of memory", n)
	}
	_, err := p.Lookup(ctx, raw)
	var refusal *unicodeid.Error
	var exceeded *limits.ExceededError
	var rule *limits.RuleError
	if !errors.As(err, &refusal) || !errors.As(err, &exceeded) || !errors.As(err, &rule) ||
		!errors.Is(err, limits.ErrExceeded) || !errors.Is(err, limits.ErrRefused) || errors.Is(err, limits.ErrConfig) {
		t.Fatalf("%v", err)
	}
	if refusal.Op != "unicodeid.Lookup" || len(refusal.Problems) != 1 || refusal.Error() != err.Error() ||
		rule.Rule != unicodeid.RuleTooLong || exceeded.Resource != limits.InputBytes || exceeded.Limit != 255 ||
		exceeded.Used != 256 || exceeded.Op != "unicodeid.Lookup" {
		t.Errorf("%+v, %+v", refusal, exceeded)
	}
}
