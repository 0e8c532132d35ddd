package safexml_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/limittable"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
)

// TestLimitsTable holds the table in the package comment to what the package does.
func TestLimitsTable(t *testing.T) {
	limittable.Document(t, sensible, [...]string{"none", "must stay unset",
		fmt.Sprintf("%d,%03d,000 (DefaultItems)", safexml.DefaultItems/1_000_000, safexml.DefaultItems/1000%1000),
		fmt.Sprintf("%d (DefaultDepth)", safexml.DefaultDepth),
		fmt.Sprintf("%d Mi (DefaultSteps) + InputBytes/64 + Items", safexml.DefaultSteps>>20),
		fmt.Sprintf("%v (DefaultMemoryBytes)", safexml.DefaultMemoryBytes), "none",
	}, func(t *testing.T, lim limits.Limits) error {
		_, err := validate(t, []byte(ordinary), lim)
		return err
	})
}

// TestDefaults passes a document at exactly each default, and refuses it one above.
func TestDefaults(t *testing.T) {
	deep := func(n int) []byte { return []byte(strings.Repeat("<a>", n) + strings.Repeat("</a>", n)) }
	if _, err := validate(t, deep(safexml.DefaultDepth), sensible); err != nil {
		t.Error(err)
	}
	_, err := validate(t, deep(safexml.DefaultDepth+1), sensible)
	limittable.Exceeds(t, err, limits.Depth, safexml.DefaultDepth)

	wide := func(n int) []byte { return []byte("<a>" + strings.Repeat("<b/>", n-1) + "</a>") }
	if _, err := validate(t, wide(safexml.DefaultItems), sensible); err != nil {
		t.Error(err)
	}
	_, err = validate(t, wide(safexml.DefaultItems+1), sensible)
	limittable.Exceeds(t, err, limits.Items, safexml.DefaultItems)

	token := func(n int) []byte { return []byte("<a>" + strings.Repeat("x", n) + "</a>") }
	if _, err := validate(t, token(int(safexml.DefaultTokenBytes)), sensible); err != nil {
		t.Error(err)
	}
	_, err = validate(t, token(int(safexml.DefaultTokenBytes)+1), sensible)
	limittable.Exceeds(t, err, limits.MemoryBytes, int64(safexml.DefaultTokenBytes))

	value := "<a b='" + strings.Repeat("x", 8<<20) + "' c='" + strings.Repeat("y", 8<<20) + "'/>"
	tok, err := safexml.NewTokenizer(t.Context(), strings.NewReader(value), sensible)
	if err != nil {
		t.Fatal(err)
	}
	limittable.Exceeds(t, tok.Next(), limits.MemoryBytes, int64(safexml.DefaultMemoryBytes))
}
