package unicodeid

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/limits"
)

// A search looks for the words of a list in one spelling.
type search struct {
	words *Words
	meter *limits.Meter
	spelling
}

// bytesPerCell is what a place of a comparison is accounted with.
const bytesPerCell = 1

// find returns the first word that is in the spelling, or nil. Words of the kind token are looked
// for first.
func (s *search) find() (*word, error) {
	for from := range s.glyphs {
		if s.beginsToken(from) {
			if w, err := s.from(&s.words.tokens, from, s.isToken); w != nil || err != nil {
				return w, err
			}
		}
	}
	if s.words.phrases.empty() {
		return nil, nil //nolint:nilnil // No word.
	}
	for from := range s.glyphs {
		if s.glyphs[from].has(isStart) {
			if w, err := s.from(&s.words.phrases, from, s.isPhrase); w != nil || err != nil {
				return w, err
			}
		}
	}
	return nil, nil //nolint:nilnil // No word.
}

// from walks a trie from one place of the spelling on, along everything that each glyph may be read
// as, and compares the words that it comes to.
func (s *search) from(t *trie, from int, fits func(from, to int) bool) (*word, error) {
	if t.empty() {
		return nil, nil //nolint:nilnil // No word.
	}
	var a, b [8]uint32
	var few [32]byte
	var kept [8]rune
	nodes, next := append(a[:0], 0), b[:0]
	for i := from; i < len(s.glyphs) && len(nodes) > 0; i++ {
		if err := s.meter.Step(int64(len(nodes))); err != nil {
			return nil, err
		}
		g := &s.glyphs[i]
		next = next[:0]
		look := appendSymbols(few[:0], s.look(g)...)
		own := look[len(look):]
		for _, r := range s.own(g) {
			own = appendSymbols(own, appendLook(kept[:0], r, ucd.Of(r))...)
		}
		for _, node := range nodes {
			for _, symbols := range [][]byte{look, own} {
				if len(symbols) == 0 {
					continue // It is not seen.
				}
				if to := t.walk(node, symbols); to != 0 && !slices.Contains(next, to) {
					next = append(next, to)
				}
			}
		}
		if i > from && g.has(isMark) {
			next = keep(next, nodes)
		}
		for _, node := range next {
			for _, n := range t.at(node) {
				w := &s.words.list[n]
				if !fits(from, i+1) {
					break
				}
				if ok, err := s.equal(w, from, i+1); ok || err != nil {
					return w, err
				}
			}
		}
		if i > from && g.has(isSymbol|isTick) { // It may only separate, or be left out.
			next = keep(next, nodes)
		}
		nodes, next = next, nodes
	}
	return nil, nil //nolint:nilnil // No word.
}

// keep adds the nodes to next that it has not.
func keep(next, nodes []uint32) []uint32 {
	for _, node := range nodes {
		if !slices.Contains(next, node) {
			next = append(next, node)
		}
	}
	return next
}

// beginsToken reports whether a part of the name between separators begins here, or the whole.
func (s *search) beginsToken(i int) bool {
	return i == 0 || s.glyphs[i].has(afterGap|isSymbol) || s.glyphs[i-1].has(isSymbol)
}

// isToken reports whether a stretch is a part between separators, or all of the name but
// separators.
func (s *search) isToken(from, to int) bool {
	begins := from == 0 || s.glyphs[from].has(afterGap) || s.glyphs[from-1].has(isSymbol)
	ends := to == len(s.glyphs) || s.glyphs[to].has(afterGap|isSymbol)
	return begins && ends && !s.parted(from, to) || s.isWhole(from, to)
}

// parted reports a separator within a stretch that cannot be read as anything else.
func (s *search) parted(from, to int) bool {
	for i := from + 1; i < to; i++ {
		if s.glyphs[i].has(afterGap) {
			return true
		}
	}
	return false
}

// isWhole reports whether nothing but separators stands outside the stretch.
func (s *search) isWhole(from, to int) bool {
	for i := range s.glyphs {
		if (i < from || i >= to) && !s.glyphs[i].has(isSymbol) {
			return false
		}
	}
	return true
}

// isPhrase reports whether a stretch begins and ends where a character of the name does.
func (s *search) isPhrase(from, to int) bool {
	return s.glyphs[from].has(isStart) && (to == len(s.glyphs) || s.glyphs[to].has(isStart))
}

// A comparison holds what is the same for each letter of one comparison.
type comparison struct {
	s        *search
	w        *word
	from, to int
	capitals bool      // the stretch is in capitals, among which a small l is read as I
	lettered bool      // the stretch has a letter of its own
	bare     bool      // marks in the stretch may be left out
	apart    bool      // symbols in the stretch may be left out
	forms    [][4]form // of each letter of the word
}

// A form is what a letter of a word looks like in one case, or as two letters of a name, which the
// table does not tell: clara and dara are names.
type form []rune

// equal compares a stretch of the name with a word, letter by letter: whether some reading of each
// glyph, in turn, is the word.
func (s *search) equal(w *word, from, to int) (bool, error) {
	n := len(w.letters)
	cells := (to - from + 1) * (n + 1)
	if err := s.meter.Step(int64(cells)); err != nil {
		return false, err
	}
	if err := s.meter.Hold(limits.MemoryBytes, int64(cells)*bytesPerCell); err != nil {
		return false, err
	}
	defer s.meter.Release(limits.MemoryBytes, int64(cells)*bytesPerCell)
	c := s.compare(w, from, to)
	reached := make([]bool, cells) // the glyphs read, and the letters that they are
	reached[0] = true
	for i := range to - from {
		for k := range n + 1 {
			if reached[i*(n+1)+k] {
				c.read(i, k, func(glyphs, letters int) { reached[(i+glyphs)*(n+1)+k+letters] = true })
			}
		}
	}
	return reached[cells-1], nil
}

func (s *search) compare(w *word, from, to int) *comparison {
	c := &comparison{s: s, w: w, from: from, to: to, forms: make([][4]form, len(w.letters))}
	for i, v := range w.letters {
		for k, r := range [...]rune{v, unicode.ToUpper(v), unicode.ToLower(v)} {
			c.forms[i][k] = appendLook(nil, r, ucd.Of(r))
		}
		if v == 'd' {
			c.forms[i][3] = form("cl")
		}
	}
	large, small := 0, 0
	for i := from; i < to; i++ {
		g := &s.glyphs[i]
		c.lettered = c.lettered || g.has(isLetter)
		switch {
		case string(s.look(g)) == "l": // I and l, which the others tell apart
		case g.has(isLarge):
			large++
		case g.has(isSmall):
			small++
		}
	}
	c.capitals = large >= fewCapitals && small == 0
	c.apart = w.kind == wordAnywhere || s.isWhole(from, to)
	c.bare = w.bare && s.isToken(from, to)
	return c
}

// fewCapitals are as many as make a small l beside them a capital I. One is how a name begins.
const fewCapitals = 2

// twoLetters is how long a word must be for two of its letters, or two of the name's, to be read as
// one: in a shorter one they are most often what they are (Horne is not home).
const twoLetters = 5

// read yields how many glyphs from the i-th of the stretch on may be read as how many letters from
// the k-th of the word on.
func (c *comparison) read(i, k int, yield func(glyphs, letters int)) {
	s := c.s
	at := c.from + i
	g := &s.glyphs[at]
	own, look, rest := s.own(g), s.look(g), c.w.letters[k:]
	if i > 0 && k < len(c.w.letters) && c.apart && g.has(isSymbol|isTick) || i > 0 && g.has(isMark) && c.leaveOut(g) {
		yield(1, 0)
	}
	if len(own) > 0 && len(own) <= len(rest) && slices.Equal(own, rest[:len(own)]) {
		yield(1, len(own))
	}
	if len(rest) == 0 || !c.mayRead(g) {
		return
	}
	if c.looksLike(g, look, k) || c.readsAs(g, look, rest[0]) {
		yield(1, 1)
	}
	if len(look) > 1 && len(look) <= len(rest) && c.spelled(g, look, k) {
		yield(1, len(look))
	}
	for _, f := range c.forms[k] {
		if len(f) > 1 && c.w.size >= twoLetters && at+len(f) <= c.to && c.drawn(at, f) {
			yield(len(f), 1)
		}
	}
}

// leaveOut reports a mark without which the word may be read: any if the word has none and five
// letters or more, and is a part of the name between separators (República holds no public); and
// the dot above on a letter that has one.
func (c *comparison) leaveOut(g *glyph) bool { return c.bare || g.has(isDot) }

// mayRead reports whether a glyph may be read as other letters than it is: a digit only in a
// stretch that has a letter of its own, and with the whole run of digits that it belongs to.
func (c *comparison) mayRead(g *glyph) bool {
	switch {
	case g.has(isDigit):
		return c.lettered && int(g.runFrom) >= c.from && int(g.runTo) <= c.to
	case g.has(isSign):
		return c.lettered
	}
	return true
}

// looksLike reports whether a glyph is shown like the k-th letter of the word, small or capital. A
// small l is taken for a capital I only among capitals or in a long word, and a capital I for a
// small l only where it does not stand among capitals.
func (c *comparison) looksLike(g *glyph, look []rune, k int) bool {
	forms := &c.forms[k]
	if slices.Equal(look, forms[0]) || slices.Equal(look, forms[2]) {
		return !c.capitals || !g.has(isLarge) || string(look) != "l"
	}
	return slices.Equal(look, forms[1]) && (!g.has(isSmall) || c.capitals || c.w.size >= twoLetters)
}

// readsAs reports a digit or sign, or what looks like a sign (ǃ), that stands for a letter; and
// what folds to a lookalike of it, as a letter does that is drawn otherwise in the other case.
func (c *comparison) readsAs(g *glyph, look []rune, letter rune) bool {
	r := g.r
	if len(look) == 1 && look[0] < utf8.RuneSelf && r >= utf8.RuneSelf && g.has(isLetter) {
		r = look[0]
	}
	if slices.Contains([]rune(readAs(r)), letter) {
		return true
	}
	own := c.s.own(g)
	if len(own) != 1 || own[0] < utf8.RuneSelf {
		return false
	}
	var few [8]rune
	shown := appendLook(few[:0], own[0], ucd.Of(own[0]))
	return len(shown) == 1 && ucd.Fold(string(shown)) == string(letter)
}

// spelled reports whether one glyph that looks like several letters, and is not m or w, stands for
// as many of the word.
func (c *comparison) spelled(g *glyph, look []rune, k int) bool {
	if g.r < 0x80 || !g.has(isSymbol) && c.w.size < twoLetters {
		return false
	}
	var few [4]rune
	for i, r := range look {
		if folded := ucd.AppendFold(few[:0], r); len(folded) != 1 || folded[0] != c.w.letters[k+i] {
			return false
		}
	}
	return true
}

// drawn reports whether the glyphs from at on look together like one letter, as r and n like m.
func (c *comparison) drawn(at int, f form) bool {
	for i, r := range f {
		g := &c.s.glyphs[at+i]
		own, look := c.s.own(g), c.s.look(g)
		if g.has(isDigit|isSign|isSymbol) || i > 0 && g.has(afterGap) && !c.apart {
			return false
		}
		if (len(look) != 1 || look[0] != r) && (len(own) != 1 || own[0] != r) {
			return false
		}
	}
	return true
}
