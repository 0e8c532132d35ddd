package unicodeid

import (
	"strings"
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
	"github.com/seed73825598/airlock/limits"
)

// A spelling is a name as words are looked for in it: the code points of its canonical
// decomposition without what is not seen, each with what it is (own) and what it looks like (look).
// Punctuation and spaces are left out; a gap tells where they stood.
type spelling struct {
	glyphs []glyph
	runes  []rune // that own and look are cut from
	latin  bool   // it has a Latin letter
}

// A glyph is one code point of a spelling.
type glyph struct {
	ownAt, ownEnd   int32
	lookAt, lookEnd int32
	// the run of digits that this one belongs to
	runFrom, runTo int32
	r              rune // folded
	is             glyphKind
}

type glyphKind uint16

const (
	isStart  glyphKind = 1 << iota // a character of the name, as a reader counts them, begins here
	afterGap                       // punctuation or a space stood in front
	isSymbol                       // it separates, too, and may be left out
	isDigit                        // a number, which may stand for letters
	isSign                         // a symbol, which may stand for letters
	isLetter
	isSmall // a small letter
	isLarge // a capital
	isMark  // a mark that a word without marks may be read without
	isTick  // a letter that is drawn like punctuation, and may be left out
	isDot   // a dot above a letter that has one, which may be left out
)

func (g *glyph) has(kinds glyphKind) bool { return g.is&kinds != 0 }

func (s *spelling) own(g *glyph) []rune  { return s.runes[g.ownAt:g.ownEnd] }
func (s *spelling) look(g *glyph) []rune { return s.runes[g.lookAt:g.lookEnd] }

// bytesPerGlyph is what a code point of a spelling is accounted with: the glyph, and its runes.
const bytesPerGlyph = 96

// spell takes a name apart. It is charged for each code point.
func (s *spelling) spell(meter *limits.Meter, display string) error {
	seen := display
	if strings.ContainsFunc(display, isUnseenInWords) {
		seen = ucd.NFC(strings.Map(func(r rune) rune {
			if isUnseenInWords(r) {
				return -1
			}
			return r
		}, display))
	}
	n := utf8.RuneCountInString(seen)
	if err := meter.Step(int64(n)); err != nil {
		return err
	}
	if err := meter.Hold(limits.MemoryBytes, int64(n)*bytesPerGlyph); err != nil {
		return err
	}
	s.glyphs, s.runes = make([]glyph, 0, n), make([]rune, 0, 3*n)
	s.take(seen)
	return nil
}

// take adds the glyphs of text in which all is seen.
func (s *spelling) take(seen string) {
	gap := false
	s.latin = ucd.HasLatin(seen)
	var few [16]rune
	for cluster := range ucd.Clusters(seen) {
		start, dotted := isStart, false
		parts := few[:0]
		if len(cluster) == 1 {
			parts = append(parts, rune(cluster[0]))
		} else {
			parts = ucd.NFD(parts, cluster)
		}
		for i := 0; i < len(parts); i++ {
			r := parts[i]
			p := ucd.Of(r)
			if ucd.IsPoint(r) {
				continue
			}
			if (p.Category().Punctuation() || p.Has(layout.WhiteSpace)) && !isShown(r, p) {
				gap = true
				continue
			}
			g := s.glyph(r, p)
			if g.is |= start; gap {
				g.is |= afterGap
			}
			switch {
			case r == dotAbove && dotted:
				g.is |= isDot
			case p.Category().Letter():
				own := s.own(&g)
				dotted = len(own) == 1 && ucd.Of(own[0]).Has(layout.SoftDotted)
			}
			// The flag of a part of a country is one sign with its tags, and not a black flag.
			for i+1 < len(parts) && isTag(parts[i+1]) {
				i++
				s.runes[g.ownAt] = (s.runes[g.ownAt]*tagFactor+parts[i])&tagMask | tagBit
				s.runes[g.lookAt] = s.runes[g.ownAt]
			}
			s.glyphs = append(s.glyphs, g)
			start, gap = 0, false
		}
	}
	s.runs()
	s.ticks()
}

// ticks makes separators of the letters drawn like punctuation that do not stand between two
// letters: adminʼ is admin with a sign after it, and Goʻzal is no go.
func (s *spelling) ticks() {
	between := func(i int) bool {
		return i > 0 && i+1 < len(s.glyphs) && !s.glyphs[i].has(afterGap) && !s.glyphs[i+1].has(afterGap) &&
			!s.glyphs[i-1].has(isSymbol|isTick) && !s.glyphs[i+1].has(isSymbol|isTick)
	}
	for i := range s.glyphs {
		g := &s.glyphs[i]
		if g.has(isTick) && !between(i) {
			g.is |= isSymbol
		}
		if g.r == finalNun && i+1 < len(s.glyphs) && s.glyphs[i+1].has(isLetter) && !s.glyphs[i+1].has(afterGap) {
			s.runes[g.lookAt] = 'l' // As a vav.
		}
	}
}

// finalNun is the Hebrew letter that within a word is read as a vav.
const finalNun = '\u05df'

// dotAbove is a mark that makes no difference on i and j, and others on other letters (sale is not
// salė).
const dotAbove = '\u0307'

// isTick reports a letter that is drawn like punctuation: an apostrophe or a tone that is a
// modifier, a raised letter of an abbreviation, and among Latin letters the strokes of Chinese and
// Japanese for a hyphen. The yod of Hebrew, which the table has for an apostrophe, is a letter of
// its own in a word of Hebrew: דודי is not דוד.
func (s *spelling) isTick(r rune, p ucd.Props, look []rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return false
	case p.Category() == layout.Lm && ucd.ScriptsOf(p).Common():
		return true
	case r == 'ª' || r == 'º' || r == 'ʷ' || r == 'ⁿ':
		return true
	}
	return isDrawnAsSign(look) && (s.latin || p.Category() == layout.Lm && r < firstAsian)
}

// isDrawnAsSign reports a look that is ASCII punctuation.
func isDrawnAsSign(look []rune) bool {
	return len(look) == 1 && look[0] < utf8.RuneSelf && ucd.Of(look[0]).Category().Punctuation()
}

// firstAsian is below the letters of Chinese and Japanese.
const firstAsian = '\u3000'

// The tags of a flag are hashed into one number, which is no code point that a word could hold.
const (
	tagFactor = 31
	tagMask   = 0xFFFF
	tagBit    = 0x110000
)

func isTag(r rune) bool { return r >= 0xE0020 && r <= 0xE007F }

// isUnseenInWords reports what makes no difference to the letters of a name: what is not seen, the
// colour of an emoji, and the key around a digit. Tags are looked at in spell.
func isUnseenInWords(r rune) bool {
	if r < 0xA0 {
		return false
	}
	p := ucd.Of(r)
	return p.Has(layout.DefaultIgnorable) && !isTag(r) || p.Has(layout.EmojiModifier) || r == keycapMark
}

const keycapMark = '\u20e3'

// isShown reports the symbols that a word may hold or that stand for letters: emoji, signs, and
// what looks like a letter or is a form of one. All other symbols and punctuation only separate.
func isShown(r rune, p ucd.Props) bool {
	if readAs(r) != "" || r > 0x7F && p.Has(layout.Emoji) {
		return true
	}
	if r < utf8.RuneSelf || !p.Has(layout.Confusable|layout.NFKCNo) {
		return false
	}
	var few [8]rune
	for _, forms := range [...][]rune{appendLook(few[:0], r, p), appendOwn(nil, r)} {
		if len(forms) > 0 && ucd.Of(forms[0]).Category().Letter() {
			return true
		}
	}
	return false
}

// glyph returns one code point, and stores what it is and what it looks like.
func (s *spelling) glyph(r rune, p ucd.Props) glyph {
	g := glyph{r: r, ownAt: int32(len(s.runes))} //nolint:gosec // A name is shorter than 2^31.
	s.runes = appendOwn(s.runes, r)
	g.ownEnd = int32(len(s.runes)) //nolint:gosec // The same.
	if letter := ucd.BesideLatin(r); letter != 0 && s.latin {
		s.runes = appendLook(s.runes, letter, ucd.Of(letter))
	} else {
		s.runes = appendLook(s.runes, r, p)
	}
	g.lookAt, g.lookEnd = g.ownEnd, int32(len(s.runes)) //nolint:gosec // The same.
	switch c := p.Category(); {
	case c.Letter():
		g.is = isLetter
		switch c {
		case layout.Ll:
			g.is |= isSmall
		case layout.Lu:
			g.is |= isLarge
		default: // Letters of one case, and modifiers.
		}
		if s.isTick(r, p, s.look(&g)) {
			g.is |= isTick
		}
	case c.Mark():
		if ucd.ScriptsOf(p).Common() {
			g.is = isMark
		}
	case c.Number():
		g.is = isDigit
		if g.ownEnd == g.ownAt+1 {
			g.r = s.runes[g.ownAt] // A digit of another form is read like the plain one.
		}
	case c.Punctuation():
		g.is = isSymbol
		if readAs(r) != "" {
			g.is |= isSign
		} else if look := s.look(&g); len(look) > 0 && ucd.Of(look[0]).Category().Letter() {
			g.is |= isLetter // An emoji that shows letters.
		}
	}
	return g
}

// runs gives each digit the run that it belongs to.
func (s *spelling) runs() {
	for i := 0; i < len(s.glyphs); {
		if !s.glyphs[i].has(isDigit) {
			i++
			continue
		}
		j := i + 1
		for j < len(s.glyphs) && s.glyphs[j].has(isDigit) && !s.glyphs[j].has(afterGap) {
			j++
		}
		for k := i; k < j; k++ {
			s.glyphs[k].runFrom, s.glyphs[k].runTo = int32(i), int32(j) //nolint:gosec // The same.
		}
		i = j
	}
}

// appendOwn appends what a code point of decomposed text is in a key: folded, in compatibility
// decomposition.
func appendOwn(dst []rune, r rune) []rune {
	if r < utf8.RuneSelf || ucd.Of(r).Has(layout.KeyInert) {
		return ucd.AppendFold(dst, r)
	}
	from := len(dst)
	dst = append(dst, r)
	var few [24]rune
	for range 2 { // The decomposition may make what folds.
		once := append(few[:0], dst[from:]...)
		dst = dst[:from]
		var folded [4]rune
		for _, q := range once {
			for _, f := range ucd.AppendFold(folded[:0], q) {
				dst = ucd.AppendDecomposed(dst, f, layout.Canonical|layout.Compat)
			}
		}
	}
	return dst
}

// appendLook appends the prototype of a code point of decomposed text, as it is shown: not folded.
func appendLook(dst []rune, r rune, p ucd.Props) []rune {
	if !p.Has(layout.Confusable) {
		return append(dst, r)
	}
	return ucd.AppendPrototype(dst, r, p)
}
