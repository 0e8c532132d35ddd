package unicodeid

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
	"github.com/seed73825598/airlock/limits"
)

// Words is a list of reserved names and blocked phrases, ready to compare with. It does not change
// and is safe for concurrent use; the zero Words and nil hold nothing.
type Words struct {
	// the looks of each reserved name, and those with digits read as letters, behind a NUL
	reserved map[string]struct{}
	blocked  map[string]struct{} // of each phrase, without separators, likewise
	lengths  []int               // of the blocked looks, in bytes, each once, ascending
}

// newWords prepares the lists, and returns what is wrong with them.
func newWords(reserved, blocked []string) (*Words, []limits.FieldProblem) {
	w := &Words{reserved: map[string]struct{}{}, blocked: map[string]struct{}{}}
	var problems []limits.FieldProblem
	for _, name := range reserved {
		if reason := w.reserve(name); reason != "" {
			problems = append(problems, limits.FieldProblem{Field: "Reserved", Reason: limits.Quote(name) + " " +
				reason})
		}
	}
	for _, phrase := range blocked {
		if reason := w.block(phrase); reason != "" {
			problems = append(problems, limits.FieldProblem{Field: "Blocked", Reason: limits.Quote(phrase) + " " +
				reason})
		}
	}
	w.lengths = slices.Compact(slices.Sorted(slices.Values(w.lengths)))
	return w, problems
}

// leetMark stands in front of a look in which digits are read as letters, so that it is compared
// with such looks alone: l33t is no look of leet. A NUL is in no look.
const leetMark = "\x00"

func (w *Words) reserve(name string) string {
	key, reason := wordKey(name)
	if reason != "" {
		return reason
	}
	for _, spelling := range []string{name, key, joined(name), joined(key)} {
		for _, l := range wordLooks(spelling) {
			w.reserved[l] = struct{}{}
			w.reserved[leetMark+leet(l)] = struct{}{}
		}
	}
	return ""
}

func (w *Words) block(phrase string) string {
	key, reason := wordKey(phrase)
	if reason != "" {
		return reason
	}
	if n := ucd.CountClusters(joined(key)); n < 2 {
		return "has fewer than two letters or digits, and would refuse nearly every name"
	}
	for _, spelling := range []string{joined(phrase), joined(key)} {
		for _, l := range wordLooks(spelling) {
			w.blocked[l] = struct{}{}
			w.blocked[leetMark+leet(l)] = struct{}{}
			w.lengths = append(w.lengths, len(l), len(leet(l)))
		}
	}
	return ""
}

// wordKey returns the key of a word, or what is wrong with it.
func wordKey(word string) (key, reason string) {
	m := mapper{max: maxWord}
	if len(word) > maxWord {
		return "", fmt.Sprintf("is longer than %d bytes", maxWord)
	}
	key, f := m.key(word)
	if f != nil {
		return "", "has no key: " + string(f.rule)
	}
	if joined(key) == "" {
		return "", "has no letter and no digit"
	}
	return key, ""
}

// maxWord bounds a word, in bytes.
const maxWord = 1024

// wordLooks returns the skeletons by which a word is recognised: as it is spelt, and in capitals,
// because a script without small letters looks like those (Lisu ADMIN).
func wordLooks(word string) []string {
	return []string{ucd.FoldedSkeleton(word), ucd.FoldedSkeleton(strings.ToUpper(word))}
}

// joined returns s without what separates: punctuation, symbols and white space.
func joined(s string) string {
	return strings.Map(func(r rune) rune {
		if isSeparator(r) {
			return -1
		}
		return r
	}, s)
}

func isSeparator(r rune) bool {
	p := ucd.Of(r)
	return p.Category().Punctuation() || p.Has(layout.WhiteSpace)
}

// leet reads digits and signs in a look as the letters they stand for, and the letters that a 1 may
// stand for as one.
func leet(look string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '0':
			return 'o'
		case '1', 'i', '!', '|':
			return 'l'
		case '2':
			return 'z'
		case '3', '€':
			return 'e'
		case '4', '@':
			return 'a'
		case '5', '$':
			return 's'
		case '6', '9':
			return 'g'
		case '7', '+':
			return 't'
		case '8':
			return 'b'
		}
		return r
	}, look)
}

// find returns the rule of the first list that a name is on, or "". The spellings are the display
// form and the key.
func (w *Words) find(display, key string) Rule {
	if w == nil || len(w.reserved)+len(w.blocked) == 0 {
		return ""
	}
	if w.reservedIn(key) || display != key && w.reservedIn(display) {
		return RuleReserved
	}
	if w.blockedIn(key) || display != key && w.blockedIn(display) {
		return RuleBlocked
	}
	return ""
}

// reservedIn compares the whole of s, the whole without separators, and each part between
// separators.
func (w *Words) reservedIn(s string) bool {
	if len(w.reserved) == 0 {
		return false
	}
	if w.listed(s) {
		return true
	}
	if !strings.ContainsFunc(s, isSeparator) {
		return false
	}
	for token := range strings.FieldsFuncSeq(s, isSeparator) {
		if w.listed(token) {
			return true
		}
	}
	return w.listed(joined(s))
}

func (w *Words) listed(s string) bool {
	look := ucd.FoldedSkeleton(s)
	if _, ok := w.reserved[look]; ok {
		return true
	}
	_, ok := w.reserved[leetMark+leet(look)]
	return ok
}

// blockedIn looks for the phrases at every place in s without its separators.
func (w *Words) blockedIn(s string) bool {
	if len(w.blocked) == 0 {
		return false
	}
	look := ucd.FoldedSkeleton(joined(s))
	return w.holds("", look) || w.holds(leetMark, leet(look))
}

func (w *Words) holds(mark, look string) bool {
	for _, n := range w.lengths {
		for i := 0; i+n <= len(look); i++ {
			if _, ok := w.blocked[mark+look[i:i+n]]; ok {
				return true
			}
		}
	}
	return false
}

// ParseWords reads a word list: one reserved name a line; a blocked phrase between asterisks
// (*phrase*); empty lines, and those that begin with a number sign, are left out. Required limits
// are InputBytes (of the list) and Items (words); Time is optional. The first bad line is a
// *limits.RuleError with its number, under the rule that its word breaks: a list that is half
// loaded would protect half.
func ParseWords(ctx context.Context, r io.Reader, lim limits.Limits) (_ *Words, err error) {
	const op = "unicodeid.ParseWords"
	budget, err := lim.Start(ctx, op, limits.InputBytes, limits.Items)
	if err != nil {
		return nil, err
	}
	defer budget.Close()
	lines := bufio.NewReader(budget.Reader(limits.InputBytes, r))
	var reserved, blocked []string
	for number := 1; ; number++ {
		text, err := lines.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		word := strings.TrimSpace(text)
		if number == 1 {
			word = strings.TrimPrefix(word, "\ufeff")
		}
		if word != "" && word[0] != '#' {
			if err := budget.Spend(limits.Items, 1); err != nil {
				return nil, err
			}
			phrase, isPhrase := strings.CutPrefix(word, "*")
			if isPhrase {
				word = strings.TrimSuffix(phrase, "*")
				blocked = append(blocked, word)
			} else {
				reserved = append(reserved, word)
			}
			if bad := badWord(word, isPhrase); bad != nil {
				bad.Op, bad.Line, bad.Column = op, number, 1
				return nil, bad
			}
		}
		if err != nil {
			break
		}
	}
	w, _ := newWords(reserved, blocked)
	return w, budget.Err()
}

// badWord says what is wrong with a word of a list, or nil.
func badWord(word string, isPhrase bool) *limits.RuleError {
	var w Words
	w.reserved, w.blocked = map[string]struct{}{}, map[string]struct{}{}
	add := w.reserve
	if isPhrase {
		add = w.block
	}
	reason := add(word)
	if reason == "" {
		return nil
	}
	return &limits.RuleError{Rule: RuleEmpty, Where: word, Offset: -1, Detail: reason}
}
