package safexml_test

import (
	"strings"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/limittable"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
)

// Bases that are relative to each other grow with their depth, and so does what resolving against
// them takes: a limit stops both.
func TestBasesAreBounded(t *testing.T) {
	long := strings.Repeat("a", 60_000) + "/"
	nested := strings.Repeat("<a xml:base='"+long+"'>", 200) + strings.Repeat("</a>", 200)
	_, err := validate(t, []byte("<r xml:base='http://example.org/'>"+nested+"</r>"), sensible)
	limittable.Exceeds(t, err, limits.MemoryBytes, int64(safexml.DefaultMemoryBytes))

	many := "<r xml:base='http://example.org/" + long + "' xmlns:x='http://www.w3.org/1999/xlink'>" +
		strings.Repeat("<b x:href='c'/>", 200_000) + "</r>"
	err = safexml.EachReference(t.Context(), strings.NewReader(many), sensible,
		func(safexml.Reference) error { return nil })
	limittable.Exceeds(t, err, limits.Steps, safexml.DefaultSteps+int64(sensible.InputBytes)/64+safexml.DefaultItems)
}
