package ooxml_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/seed73825598/airlock/safexml/internal/ooxml"
)

// FuzzCalls reads any formula to its end: each call begins another part of it, in its order, and
// what is inside of a string is found only if a function takes it out.
func FuzzCalls(f *testing.F) {
	for _, formula := range []string{`1+WEBSERVICE("x")&HYPERLINK("file:a","b")`, `cmd|'/c calc'!A0`, `[\\h\s]S!A1`,
		`'a\b'!A1`, `DUMMYFUNCTION("DUMMYFUNCTION(""RTD(1)"")")`, `DUMMYFUNCTION(A1)`, `_xlfn._xludf.RTD ("`,
		"\u00a0PY((\"a\"\"b\"", `""""`, "RTD(" + strings.Repeat("\x97", 300)} {
		f.Add(formula)
	}
	f.Fuzz(func(t *testing.T, formula string) {
		if len(formula) > 10_000 {
			return
		}
		n := 0
		for call := range ooxml.Calls(formula) {
			n++
			inside := strings.Contains(strings.ToUpper(formula), "DUMMYFUNCTION")
			if call.Text == "" || !strings.Contains(formula, call.Text) && !inside {
				t.Errorf("%q: a call %q", formula, call.Text)
			}
			if utf8.ValidString(formula) && !utf8.ValidString(call.Text) {
				t.Errorf("%q: half a character in %q", formula, call.Text)
			}
			ooxml.ResourceOf(call.Text)
		}
		if n > len(formula) {
			t.Errorf("%q: %d calls", formula, n)
		}
		if strings.Contains(formula, `"`) || strings.Contains(formula, "'") {
			return
		}
		quoted := 0
		for range ooxml.Calls(`"` + formula + `"`) {
			quoted++
		}
		if quoted > 0 {
			t.Errorf("%q: %d calls in a string", formula, quoted)
		}
	})
}
