package unicodeid_test

import (
	"errors"
	"strings"
	"testing"

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
