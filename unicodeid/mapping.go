package unicodeid

import (
	"strings"
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
	"github.com/seed73825598/airlock/limits"
)

// A fault is why a string has no key: a rule and the code point that breaks it, or a budget.
type fault struct {
	rule   Rule
	offset int
	size   int
	code   rune
	budget error
}

// bytesPerRune is what a code point of a form in between is accounted with: two buffers of runes,
// each up to twice as large as its content, and the strings that are made of them.
// policyBytesPerRune is what the policy takes for one: its properties, and a problem with it.
const (
	bytesPerRune       = 40
	policyBytesPerRune = 192

	// plainBytes is what a byte of a plain name is held to: the key, and two skeletons.
	plainBytes = 8

	// fewBytes is the length of a name of which foldedKey needs no memory, and no more work than a
	// look at it costs.
	fewBytes = 128

	// foldSteps is more than a code point costs that folds to what is its own key.
	foldSteps = 4
)

// A mapper maps names to keys. A nil meter stands for no budget; max bounds the code points of a
// form in between then.
type mapper struct {
	meter *limits.Meter
	max   int // code points
	past  int // of them, in the pieces before
	held  int // of them, charged
}

// inert reports text that is its own key: nothing in it is trimmed, dropped, folded, composed or
// without a key. It is the common case, and the reason that a canonical name costs a look at each
// code point and no memory.
func inert(s string) bool {
	for i := range len(s) {
		if !inertASCII[s[i]] {
			return s[i] >= utf8.RuneSelf && inertWide(s[i:])
		}
	}
	return s != ""
}

// inertASCII holds the printable ASCII characters but the space and the capitals.
var inertASCII = [256]bool{
	'!': true, '"': true, '#': true, '$': true, '%': true, '&': true, '\'': true, '(': true, ')': true, '*': true,
	'+': true, ',': true, '-': true,
	'.': true, '/': true, '0': true, '1': true, '2': true, '3': true, '4': true, '5': true, '6': true, '7': true,
	'8': true, '9': true, ':': true,
	';': true, '<': true, '=': true, '>': true, '?': true, '@': true, '[': true, '\\': true, ']': true, '^': true,
	'_': true, '`': true, 'a': true,
	'b': true, 'c': true, 'd': true, 'e': true, 'f': true, 'g': true, 'h': true, 'i': true, 'j': true, 'k': true,
	'l': true, 'm': true, 'n': true,
	'o': true, 'p': true, 'q': true, 'r': true, 's': true, 't': true, 'u': true, 'v': true, 'w': true, 'x': true,
	'y': true, 'z': true, '{': true,
	'|': true, '}': true, '~': true,
}

// asciiKey returns the key of printable ASCII without inner spaces, which is its small letters.
func asciiKey(raw string) (string, bool) {
	s := raw
	for len(s) > 0 && asciiSpace(s[0]) {
		s = s[1:]
	}
	for len(s) > 0 && asciiSpace(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	switch asciiKindOf(s) {
	case asciiInert:
		return s, true
	case asciiCapitals:
		return lowered(s), true
	case asciiOther:
	}
	return "", false
}

// foldedKey returns the key of text of which folding is all that it takes: nothing in it is
// trimmed, dropped, composed or taken apart, and what it folds to is its own key. That is so for
// capitals of every script, ß and the final sigma.
func foldedKey(s string) (string, bool) {
	var few [fewBytes]byte
	b := few[:0]
	for i, r := range s {
		p := ucd.Of(r)
		switch {
		case r < utf8.RuneSelf && r-'A' < 26 && r >= 'A':
			b = append(b, byte(r)|0x20)
		case p.Has(layout.KeyInert):
			if r == utf8.RuneError && isInvalid(s[i:]) {
				return "", false
			}
			b = utf8.AppendRune(b, r)
		case p.Has(layout.Folds) && !p.Has(layout.Canonical|layout.Compat|layout.DefaultIgnorable) && p.Combining() == 0:
			var folded [4]rune
			for _, q := range ucd.AppendFold(folded[:0], r) {
				if !ucd.Of(q).Has(layout.KeyInert) {
					return "", false
				}
				b = utf8.AppendRune(b, q)
			}
		default:
			return "", false
		}
	}
	return string(b), len(b) > 0
}

func inertWide(s string) bool {
	for i, r := range s {
		if !ucd.Of(r).Has(layout.KeyInert) || r == utf8.RuneError && isInvalid(s[i:]) {
			return false
		}
	}
	return true
}

// key returns the key of raw. Its order is that of the package comment, and the traps are these:
// what NFKC makes white space must be trimmed after it (U+00A8 becomes a space and a mark), what
// folding takes apart must have been decomposed before it or composed and decomposed spellings get
// different keys (U+0345), and what one round makes may be dropped or folded by the next.
func (m *mapper) key(raw string) (string, *fault) {
	switch at, err := findInvalid(m.meter, raw); {
	case err != nil:
		return "", &fault{budget: err}
	case at >= 0:
		return "", &fault{rule: RuleInvalidUTF8, offset: at, size: 1, code: utf8.RuneError}
	}
	s, start, err := trimAny(m.meter, raw)
	if err != nil {
		return "", &fault{budget: err}
	}
	var one, two [96]rune // Enough for an ordinary name, so that only the key itself takes memory.
	a, b := one[:0], two[:0]
	for round := 0; ; round++ {
		var f *fault
		var done bool
		before := s
		if n := piece(s, mapsAnew); n < len(s) {
			s, done, f = m.pieces(s, n)
		} else if a, b, done, f = m.round(a, b, s); f == nil && !equal(a, s) {
			s = string(a)
		}
		if f != nil {
			if round == 0 {
				// Later rounds do not see the raw text: their places mean nothing to its owner.
				f.offset += start
			} else {
				f.offset, f.size = 0, len(raw)
			}
			return "", f
		}
		if s == before {
			done = true
		} else if s, _, err = trimAny(m.meter, s); err != nil {
			return "", &fault{budget: err}
		}
		switch {
		case s == "":
			return "", &fault{rule: RuleEmpty, size: len(raw)}
		case done:
			return s, nil
		}
	}
}

// pieces is round of a long text, whose first piece takes n bytes.
func (m *mapper) pieces(s string, n int) (mapped string, done bool, _ *fault) {
	var out strings.Builder
	var a, b []rune
	done = true
	defer func() { m.past = 0 }()
	for at := 0; ; {
		var settled bool
		var f *fault
		if a, b, settled, f = m.round(a, b, s[at:at+n]); f != nil {
			f.offset += at
			return "", false, f
		}
		done = done && settled
		out.WriteString(string(a))
		m.past += len(a)
		if at += n; at == len(s) {
			return out.String(), done, nil
		}
		if err := look(m.meter); err != nil {
			return "", false, &fault{budget: err}
		}
		n = piece(s[at:], mapsAnew)
	}
}

// round maps s once, into a. It is done if no further round would change that.
func (m *mapper) round(a, b []rune, s string) (mapped, spare []rune, done bool, _ *fault) {
	a = a[:0]
	seen := 0
	for i, r := range s {
		if seen++; seen%stopEvery == 0 {
			if err := look(m.meter); err != nil {
				return a, b, false, &fault{budget: err}
			}
		}
		p := ucd.Of(r)
		if p.Has(layout.DefaultIgnorable) {
			continue
		}
		if rule := noKey(p); rule != "" {
			return a, b, false, &fault{rule: rule, offset: i, size: utf8.RuneLen(r), code: r}
		}
		a = ucd.AppendDecomposed(a, r, layout.Canonical)
		if err := m.hold(len(a)); err != nil {
			return a, b, false, &fault{budget: err}
		}
	}
	ucd.Order(a)
	for range 2 { // Fold and NFKC; NFKC may make what folds.
		b = b[:0]
		var few [4]rune
		for i, r := range a {
			if i%stepBlock == 0 {
				if err := m.step(min(stepBlock, len(a)-i)); err != nil {
					return a, b, false, &fault{budget: err}
				}
			}
			for _, q := range ucd.AppendFold(few[:0], r) {
				b = ucd.AppendDecomposed(b, q, layout.Canonical|layout.Compat)
			}
			if err := m.hold(len(b)); err != nil {
				return a, b, false, &fault{budget: err}
			}
		}
		ucd.Order(b)
		a, b = ucd.Compose(b), a
		if settled(a) {
			return a, b, true, nil
		}
	}
	return a, b, false, nil
}

// settled reports what no further mapping changes.
func settled(s []rune) bool {
	for _, r := range s {
		if !ucd.Of(r).Has(layout.KeyInert) {
			return false
		}
	}
	return true
}

// equal reports whether the code points are those of s.
func equal(a []rune, s string) bool {
	n := 0
	for _, r := range s {
		if n == len(a) || a[n] != r {
			return false
		}
		n++
	}
	return n == len(a)
}

// stepBlock is how many code points are charged at once: few enough that the meter looks at the
// clock on its way through a long text.
const stepBlock = 1024

// noKey returns the rule under which what has the properties has no key, or "".
func noKey(p ucd.Props) Rule {
	switch p.Category() { //nolint:exhaustive // Every other category has a key.
	case layout.Cc:
		return RuleControl
	case layout.Co:
		return RulePrivateUse
	case layout.Cn:
		if p.Has(layout.Noncharacter) {
			return RuleNoncharacter
		}
		return RuleUnassigned
	}
	return ""
}

// hold accounts for n code points of a form in between.
func (m *mapper) hold(n int) error {
	if n += m.past; n <= m.held {
		return nil
	}
	if m.meter == nil {
		if n > m.max {
			return limits.ErrRefused
		}
		return nil
	}
	more := n - m.held
	m.held = n
	return m.meter.Hold(limits.MemoryBytes, int64(more)*bytesPerRune)
}

// release gives back what was accounted for: only the key is left.
func (m *mapper) release() {
	m.meter.Release(limits.MemoryBytes, int64(m.held)*bytesPerRune)
	m.held = 0
}

func (m *mapper) step(n int) error {
	if m.meter == nil {
		return nil
	}
	return m.meter.Step(int64(n))
}

// invalid returns where s stops being UTF-8, or -1. Surrogates and overlong forms are not UTF-8.
func invalid(s string) int {
	for i, r := range s {
		if r == utf8.RuneError && isInvalid(s[i:]) {
			return i
		}
	}
	return -1
}

// isInvalid reports whether text that is read as U+FFFD begins with a byte of no code point: U+FFFD
// itself takes three.
func isInvalid(s string) bool {
	_, size := utf8.DecodeRuneInString(s)
	return size == 1
}

// trim cuts White_Space of Unicode 15.0 off both ends, and says how much of it stood in front.
func trim(s string) (trimmed string, start int) {
	rest := strings.TrimLeftFunc(s, isSpace)
	return strings.TrimRightFunc(rest, isSpace), len(s) - len(rest)
}

func isSpace(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 0 && asciiSpace(byte(r))
	}
	return ucd.Of(r).Has(layout.WhiteSpace)
}

func asciiSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }
