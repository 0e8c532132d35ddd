package unicodeid

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/limits"
)

// Words is a list of words that names must not be or hold, ready to compare with. It does not
// change and is safe for concurrent use; the zero Words and nil hold nothing. See [Reserved] for
// the kinds of words.
type Words struct {
	list    []word
	exact   map[string]int32 // of the kind exact, by key
	except  map[string]struct{}
	tokens  trie
	phrases trie
	plain   [0x80][2]byte // the symbols of the letters and digits of ASCII
}

// A word is one word of a list.
type word struct {
	text    string // as it stands in the list, without its kind
	rule    Rule
	kind    wordKind
	key     string
	letters []rune // of the key, without separators, in compatibility decomposition
	size    int    // letters as a reader counts them
	bare    bool   // it has no marks, and is long enough for those of a name to be left out
}

// A wordKind says where in a name a word is looked for, and how.
type wordKind uint8

const (
	wordToken    wordKind = iota // the whole name, or a part of it between separators; with lookalikes
	wordAnywhere                 // anywhere in the name, separators left out; with lookalikes
	wordExact                    // the key of the name alone
	wordExcept                   // the key of a name that no word refuses
)

// wordKinds are the kinds by what stands before a word in a list.
var wordKinds = map[string]wordKind{"exact": wordExact, "token": wordToken, "anywhere": wordAnywhere,
	"except": wordExcept}

// An entry is one word as an option or a list gives it.
type entry struct {
	text  string
	rule  Rule
	kind  wordKind // if the text names none
	field string   // the option
}

// newWords prepares a list, and returns what is wrong with it.
func newWords(entries []entry) (*Words, []limits.FieldProblem) {
	w := &Words{}
	var problems []limits.FieldProblem
	for _, e := range entries {
		next, _, reason := e.word()
		if reason != "" {
			problems = append(problems, limits.FieldProblem{Field: e.field, Reason: limits.Quote(e.text) + " " + reason})
			continue
		}
		w.list = append(w.list, next)
	}
	w.index()
	return w, problems
}

// index makes the tables by which the words are found.
func (w *Words) index() {
	w.exact, w.except = map[string]int32{}, map[string]struct{}{}
	var tokens, phrases []trieEntry
	for i := range w.list {
		entry := &w.list[i]
		number := int32(i)
		switch entry.kind {
		case wordExact:
			if _, known := w.exact[entry.key]; !known {
				w.exact[entry.key] = number
			}
		case wordExcept:
			w.except[entry.key] = struct{}{}
		case wordToken:
			tokens = entry.addTo(tokens, number)
		case wordAnywhere:
			phrases = entry.addTo(phrases, number)
		}
	}
	w.tokens, w.phrases = newTrie(tokens), newTrie(phrases)
	for c := range w.plain {
		w.plain[c][0], w.plain[c][1] = plainSymbol(byte(c))
	}
}

// addTo adds the symbols of a word: as its small letters look, and as its capitals do, where that
// is something else. A script without small letters looks like the capitals of others.
func (w *word) addTo(entries []trieEntry, number int32) []trieEntry {
	var small, large []byte
	for _, v := range w.letters {
		small = appendSymbols(small, appendLook(nil, v, ucd.Of(v))...)
		upper := unicode.ToUpper(v)
		large = appendSymbols(large, appendLook(nil, upper, ucd.Of(upper))...)
	}
	entries = append(entries, trieEntry{small, number})
	if !bytes.Equal(small, large) {
		entries = append(entries, trieEntry{large, number})
	}
	return entries
}

// word returns the word of an entry, or the rule that it breaks, what is wrong with it and what to
// write.
func (e entry) word() (_ word, rule Rule, reason string) {
	text, kind := e.text, e.kind
	if prefix, rest, ok := strings.Cut(text, ":"); ok {
		named, known := wordKinds[strings.TrimSpace(prefix)]
		if !known {
			return word{}, RuleRestricted, "is of no known kind: write exact:, token:, anywhere: or except: before a word, " +
				"and no other colon"
		}
		text, kind = strings.TrimSpace(rest), named
	}
	if reason := badSign(text); reason != "" {
		return word{}, RuleRestricted, reason
	}
	if len(text) > maxWord {
		return word{}, RuleTooLong, fmt.Sprintf("is longer than %d bytes", maxWord)
	}
	m := mapper{max: maxWord}
	key, f := m.key(text)
	if f != nil {
		return word{}, f.rule, "has no key: " + string(f.rule)
	}
	w := word{text: text, rule: e.rule, kind: kind, key: key}
	var s spelling
	s.take(key)
	w.size = 0
	emoji := false
	w.bare = true
	for i := range s.glyphs {
		g := &s.glyphs[i]
		w.bare = w.bare && !g.has(isMark)
		w.letters = append(w.letters, s.own(g)...)
		if g.has(isStart) {
			w.size++
		}
		emoji = emoji || g.has(isSymbol) && !g.has(isSign)
	}
	w.bare = w.bare && w.size >= twoLetters
	switch {
	case !emoji && !strings.ContainsFunc(key, isLetterOrDigit):
		return word{}, RuleEmpty, "has no letter and no digit"
	case kind == wordAnywhere && w.size < fewestLetters && !emoji:
		return word{}, RuleEmpty, "has fewer than two letters or digits, and would refuse nearly every name: write token: " +
			"before it"
	}
	return w, "", ""
}

// fewestLetters are the fewest of a word that is looked for anywhere.
const fewestLetters = 2

// maxWord bounds a word, in bytes.
const maxWord = 1024

func isLetterOrDigit(r rune) bool {
	c := ucd.Of(r).Category()
	return c.Letter() || c.Number()
}

// badSign says why a character cannot stand in a word: lists are often written for programs in
// which it means something else.
func badSign(text string) string {
	i := strings.IndexAny(text, "#,;*:，、；/|=(\u2028\u2029")
	if i < 0 {
		return ""
	}
	switch text[i] {
	case '(':
		return fmt.Sprintf("has a remark within it: write %s alone, and a comment on a line of its own",
			limits.Quote(strings.TrimSpace(text[:i])))
	case '#':
		return fmt.Sprintf("has a number sign within it: write %s alone, and a comment on a line of its own",
			limits.Quote(strings.TrimSpace(text[:i])))
	case '*':
		return fmt.Sprintf("is a pattern, and words are not: write %s",
			limits.Quote("anywhere:"+strings.TrimSpace(strings.ReplaceAll(text, "*", ""))))
	case ':':
		return "has a colon, which is in no name"
	}
	return "holds several words: write each by itself"
}

// mayRefuse reports whether some word may be in a name of ASCII letters, digits and separators,
// whose key is given.
func (w *Words) mayRefuse(name, key string) bool {
	if w == nil || len(w.list) == 0 {
		return false
	}
	if len(w.exact) > 0 {
		if _, found := w.exact[key]; found {
			return true
		}
	}
	if w.tokens.empty() && w.phrases.empty() {
		return false
	}
	for i := range len(name) {
		if !isASCIIAlphanumeric(name[i]) {
			return newFilter(w).mayHold(name)
		}
	}
	if !w.tokens.empty() && w.begins(&w.tokens, name, true) {
		return true
	}
	if !w.phrases.empty() {
		for i := range len(name) {
			if w.begins(&w.phrases, name[i:], false) {
				return true
			}
		}
	}
	return false
}

// begins reports whether ASCII letters and digits begin with a word of the trie, or are one as a
// whole, at the coarsest.
func (w *Words) begins(t *trie, name string, whole bool) bool {
	node := uint32(0)
	for i := range len(name) {
		symbols := &w.plain[name[i]&0x7F]
		if node = t.step(node, symbols[0]); node == 0 {
			return false
		}
		if symbols[1] != symbolOfNone {
			if node = t.step(node, symbols[1]); node == 0 {
				return false
			}
		}
		if n := &t.nodes[node]; n.from != n.to && (!whole || i == len(name)-1) {
			return true
		}
	}
	return false
}

// symbols returns the symbols of a letter or digit of ASCII, which looks like what it is.
func (w *Words) symbols(c byte) []byte {
	symbols := &w.plain[c]
	if symbols[1] == symbolOfNone {
		return symbols[:1]
	}
	return symbols[:]
}

// find returns the first word that a name is or holds, or nil: one of the kind exact, then token,
// then anywhere.
func (w *Words) find(meter *limits.Meter, display, key string) (*word, error) {
	if w == nil || len(w.list) == 0 {
		return nil, nil //nolint:nilnil // No word.
	}
	if n, found := w.exact[key]; found {
		return &w.list[n], nil
	}
	if w.tokens.empty() && w.phrases.empty() {
		return nil, nil //nolint:nilnil // No word.
	}
	if !newFilter(w).mayHold(display) {
		return nil, nil //nolint:nilnil // No word.
	}
	s := search{words: w, meter: meter}
	if err := s.spell(meter, display); err != nil {
		return nil, err
	}
	defer meter.Release(limits.MemoryBytes, int64(len(s.glyphs))*bytesPerGlyph)
	return s.find()
}

// excepts reports a name that no word refuses.
func (w *Words) excepts(key string) bool {
	if w == nil {
		return false
	}
	_, found := w.except[key]
	return found
}
