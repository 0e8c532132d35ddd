package regexdata

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A Writer writes patterns by a grammar that has every construct of the syntax in every place, and
// texts of the same few characters.
type Writer struct {
	*rand.Rand
	groups int
}

// NewWriter returns the n-th writer. It always writes the same.
func NewWriter(n int) *Writer {
	return &Writer{Rand: rand.New(rand.NewPCG(20, uint64(n)))} //nolint:gosec // For tests.
}

// Pattern returns a pattern in which groups lie at most depth within each other.
func (w *Writer) Pattern(depth int) string {
	w.groups = 0
	return w.alternatives(depth)
}

// letters are those of patterns and texts: some that fold to others, some of several bytes, and
// some that the syntax has a use for.
var letters = []string{"a", "a", "b", "b", "c", "d", "A", "k", "\u212a", "s", "\u017f", "\u00e9", "\u4e2d",
	"\U0001f600", " ", "\n", "_", "0", "-"}

func (w *Writer) one(of ...string) string { return of[w.IntN(len(of))] }

// Text returns a text, mostly a short one; now and then it is long enough for the engines that
// begin late.
func (w *Writer) Text() string {
	var b strings.Builder
	for range w.IntN(12) {
		if w.IntN(15) == 0 {
			b.WriteString(w.one("\xff", "\xe4\xb8", "\xed\xa0\x80", "\xf0\x9f", "\x80", "\ufffd", "\x00"))
			continue
		}
		b.WriteString(w.one(letters...))
	}
	switch s := b.String(); w.IntN(10) {
	case 0:
		return strings.Repeat(s, 1+w.IntN(60))
	case 1:
		return s + strings.Repeat(w.one(letters...), 70) + s
	default:
		return s
	}
}

func (w *Writer) alternatives(depth int) string {
	parts := make([]string, 1+w.IntN(4)/2+w.IntN(10)/9*4)
	for i := range parts {
		parts[i] = w.sequence(depth)
	}
	return strings.Join(parts, "|")
}

func (w *Writer) sequence(depth int) string {
	var b strings.Builder
	for range w.IntN(4) {
		b.WriteString(w.repeated(depth))
	}
	return b.String()
}

func (w *Writer) repeated(depth int) string {
	atom := w.atom(depth)
	if w.IntN(3) > 0 {
		return atom
	}
	return atom + w.one("*", "+", "?", "{0}", "{0,1}", "{1}", "{2}", "{1,3}", "{0,2}", "{2,}") + w.one("", "", "?")
}

func (w *Writer) atom(depth int) string {
	if depth == 0 {
		return w.leaf()
	}
	switch w.IntN(6) {
	case 0:
		return "(" + w.alternatives(depth-1) + ")"
	case 1:
		w.groups++
		return fmt.Sprintf("(?P<g%d>", w.groups) + w.alternatives(depth-1) + ")"
	case 2:
		return "(?" + w.one("", "i", "s", "m", "U", "i-s", "-i", "sU") + ":" + w.alternatives(depth-1) + ")"
	default:
		return w.leaf()
	}
}

func (w *Writer) leaf() string {
	switch w.IntN(10) {
	case 0:
		return w.one(`^`, `$`, `\A`, `\z`, `\b`, `\B`)
	case 1:
		return w.one(`.`, `\d`, `\w`, `\s`, `\W`, `\S`, `\pL`, `\PL`, `\p{Lu}`, `[[:alpha:]]`, `[^[:word:]]`)
	case 2:
		set := w.one("a-c", "b", "k", "a\u4e2d", `\d_`, "\u00e0-\u00ff", `\x{80}-\x{10FFFF}`, "A-Za")
		return "[" + w.one("", "^") + set + "]"
	case 3:
		return w.one(`(?i)`, `(?s)`, `(?m)`, `(?U)`, `(?-i)`, `()`, `(?:)`, `[^\x00-\x{10FFFF}]`) + w.letter()
	case 4:
		return w.letter() + w.letter() + w.letter()
	default:
		return w.letter()
	}
}

func (w *Writer) letter() string {
	if l := w.one(letters...); l != "-" {
		return l
	}
	return w.one(`\-`, `\x2d`, `\Q-\E`)
}
