package unicodeid

import (
	"slices"
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
)

// A filter tells in one pass, without memory, that a name holds no word. It walks the tries from
// every place where a word may begin at once, and leaves out what only a search looks at: where a
// stretch may end, and which readings of a digit or a capital count. So it lets through every name
// in which a search would find a word, and few others.
type filter struct {
	words   *Words
	tokens  walk
	phrases walk
}

// filterBytes bounds the names that a filter looks at, which is not charged for it: longer ones are
// searched.
const filterBytes = 256

func newFilter(w *Words) *filter {
	return &filter{words: w, tokens: walk{trie: &w.tokens}, phrases: walk{trie: &w.phrases}}
}

// mayHold reports whether some word may be in a name. It knows letters, digits and the separators
// of ASCII alone, and says yes to all other names.
func (f *filter) mayHold(name string) bool {
	if len(name) > filterBytes {
		return true
	}
	f.tokens.begin()
	phrases := !f.phrases.trie.empty()
	for _, r := range name {
		switch {
		case !phrases && f.tokens.n == 0 && r < utf8.RuneSelf && isASCIIAlphanumeric(byte(r)): //nolint:gosec // It is ASCII.
			// The rest of a token that is no word.
		case r >= utf8.RuneSelf:
			if !f.letter(r) {
				return true
			}
		case isASCIIAlphanumeric(byte(r)): //nolint:gosec // It is ASCII.
			f.phrases.begin()
			f.read(f.words.symbols(byte(r)), nil) //nolint:gosec // It is ASCII.
		case r < ' ' || r == 0x7F || readAs(r) != "":
			return true
		default:
			// A separator: a token may end here and begin after it.
			if f.tokens.found() {
				return true
			}
			f.tokens.begin()
		}
		if f.phrases.found() || f.tokens.full || f.phrases.full {
			return true
		}
	}
	return f.tokens.found()
}

func isASCIIAlphanumeric(c byte) bool { return c|0x20-'a' < 26 || c-'0' < 10 }

// letter reads a letter or digit beyond ASCII, part by part of its decomposition. It reports
// whether that is all there is to it.
func (f *filter) letter(r rune) bool {
	p := ucd.Of(r)
	if c := p.Category(); !c.Letter() && c != layout.Nd || p.Combining() != 0 ||
		c == layout.Lm || r == finalNun || p.Has(layout.NFCMaybe|layout.NFKCNo|layout.DefaultIgnorable) ||
		ucd.BesideLatin(r) != 0 {
		return false
	}
	var kept [8]rune
	shown := appendLook(kept[:0], r, p)
	if isDrawnAsSign(shown) {
		return false
	}
	switch p.Grapheme() {
	case layout.GraphemeOther:
	case layout.GraphemeLV, layout.GraphemeLVT:
		p |= layout.Canonical
	default:
		return false
	}
	f.phrases.begin()
	if !p.Has(layout.Canonical) {
		f.part(r, p, shown)
		return true
	}
	var few [8]rune
	for _, q := range ucd.AppendDecomposed(few[:0], r, layout.Canonical) {
		part := ucd.Of(q)
		switch c := part.Category(); {
		case !c.Letter() && !c.Mark() || ucd.BesideLatin(q) != 0:
			return false
		case c.Mark() && ucd.ScriptsOf(part).Common():
			f.mark(q, part)
		default:
			f.part(q, part, appendLook(kept[:0], q, part))
		}
	}
	return true
}

// mark reads a mark, which may be left out.
func (f *filter) mark(r rune, p ucd.Props) {
	tokens, phrases := f.tokens, f.phrases
	var kept [8]rune
	f.part(r, p, appendLook(kept[:0], r, p))
	for i := range tokens.n {
		f.tokens.add(tokens.nodes[i])
	}
	for i := range phrases.n {
		f.phrases.add(phrases.nodes[i])
	}
}

// part reads one code point of decomposed text, as what it is shown as and as what it is.
func (f *filter) part(r rune, p ucd.Props, shown []rune) {
	inert := p.Has(layout.KeyInert)
	switch {
	case f.tokens.n == 0 && f.phrases.n == 0:
		return
	case inert && !p.Has(layout.Confusable) && r >= utf8.RuneSelf && !f.tokens.wide() && !f.phrases.wide():
		f.tokens.end()
		f.phrases.end()
		return
	}
	var few [2][24]byte
	var kept, folded [8]rune
	var look []byte
	if len(shown) == 1 && shown[0] < utf8.RuneSelf && f.words.plain[shown[0]][0] != symbolOfNone {
		look = f.words.symbols(byte(shown[0])) //nolint:gosec // It is ASCII.
	} else {
		look = appendSymbols(few[0][:0], shown...)
	}
	if inert {
		f.read(look, nil) // It is what it looks like.
		return
	}
	own := few[1][:0]
	for _, q := range appendOwn(folded[:0], r) {
		own = appendSymbols(own, appendLook(kept[:0], q, ucd.Of(q))...)
	}
	f.read(look, own)
}

// read goes on in both tries by the symbols of one code point.
func (f *filter) read(look, own []byte) {
	f.tokens.read(look, own)
	f.phrases.read(look, own)
}

// A walk is the nodes of a trie that some stretch of a name, up to the place at hand, leads to.
type walk struct {
	trie  *trie
	nodes [8]uint32
	n     int
	full  bool // there were more of them
}

// begin lets a word begin at the place at hand.
func (w *walk) begin() {
	if !w.trie.empty() {
		w.add(0)
	}
}

func (w *walk) end() { w.n = 0 }

func (w *walk) add(node uint32) {
	switch {
	case slices.Contains(w.nodes[:w.n], node):
	case w.n == len(w.nodes):
		w.full = true
	default:
		w.nodes[w.n] = node
		w.n++
	}
}

// read goes on by what one code point may be read as.
func (w *walk) read(look, own []byte) {
	switch {
	case w.n == 0:
		return
	case w.n == 1 && w.nodes[0] == 0 && len(own) == 0:
		// Most often no word has begun yet, and none begins here.
		if w.nodes[0] = w.trie.walk(0, look); w.nodes[0] == 0 {
			w.n = 0
		}
		return
	}
	from := w.nodes
	nodes := from[:w.n]
	w.n = 0
	for _, node := range nodes {
		for _, symbols := range [...][]byte{look, own} {
			if len(symbols) == 0 {
				continue
			}
			if to := w.trie.walk(node, symbols); to != 0 {
				w.add(to)
			}
		}
	}
}

// wide reports whether a word goes on with a code point that is no letter or digit of ASCII.
func (w *walk) wide() bool {
	for _, node := range w.nodes[:w.n] {
		if w.trie.nodes[node].next>>plainSymbols != 0 {
			return true
		}
	}
	return false
}

// found reports whether a word ends at the place at hand.
func (w *walk) found() bool {
	for _, node := range w.nodes[:w.n] {
		if n := &w.trie.nodes[node]; n.from != n.to {
			return true
		}
	}
	return false
}
