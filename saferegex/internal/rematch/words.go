package rematch

import (
	"slices"
	"unicode/utf8"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/internal/literal"
)

// words are a program that is a list of words, those of more priority first. They are searched for
// by an automaton of literals, which reads a byte in the same time whatever their number is; a lazy
// DFA would have to make a state for each of their beginnings in the text.
type words struct {
	automaton *literal.Automaton
	longest   int
	few       bool // fewer than fewWords: on short texts other engines are as good
}

// fewWords is how many words a lazy DFA searches as fast, and fewBeyond how many of which all begin
// beyond ASCII, where a DFA has to decode what the automaton of literals does not.
const (
	fewWords  = 16
	fewBeyond = 2
	// fewPrefixed is how many words that begin alike a DFA searches faster, for it skips to where they
	// begin.
	fewPrefixed = 256
)

// findWords makes the automaton, if the program is a list of words.
func (p *Program) findWords(list []string, most int64, m *limits.Meter) error {
	few := fewBeyond
	if slices.ContainsFunc(list, func(s string) bool { return s == "" || s[0] < utf8.RuneSelf }) {
		few = fewWords
	}
	if len(list) < few || p.slots > 2 || p.longest || len(p.prefix.text) > 1 && len(list) < fewPrefixed {
		return nil
	}
	w := words{few: len(list) < fewWords}
	patterns := make([]literal.Pattern, len(list))
	var bytes int64
	for i, s := range list {
		patterns[i] = literal.Pattern{ID: i, Literals: []string{s}}
		w.longest = max(w.longest, len(s))
		bytes += int64(len(s)) + literalBytes
	}
	if err := m.Hold(limits.MemoryBytes, bytes); err != nil {
		return err
	}
	defer m.Release(limits.MemoryBytes, bytes)
	a, err := literal.Build(m, patterns, most)
	if a == nil || err != nil {
		return err
	}
	w.automaton = a
	p.words = &w
	p.bytes += a.Bytes()
	return nil
}

// literalBytes is what a word is accounted for while the automaton is made.
const literalBytes = 64

// findWord fills caps with the leftmost match of in[from:], and reports whether there is one.
func findWord[T Text](w *words, m *limits.Meter, in T, from int, caps []int) (bool, error) {
	end := -1
	err := literal.Search(w.automaton, m, in[from:], func(_ *literal.Output, at int) (bool, error) {
		end = from + at
		return false, nil
	})
	if end < 0 || err != nil || len(caps) == 0 {
		return end >= 0, err
	}
	// The word that ends first need not be the one that begins first, but none begins earlier than
	// this. Of those that begin at the same place, the one of most priority is the match.
	for start := max(from, end-w.longest); start < end; start++ {
		best, to := int32(-1), 0
		err := literal.Begin(w.automaton, m, in[start:], func(o *literal.Output, at int) (bool, error) {
			if best < 0 || o.Pattern < best {
				best, to = o.Pattern, start+at
			}
			return true, nil
		})
		if err != nil {
			return false, err
		}
		if best >= 0 {
			groupless(caps, start, to)
			return true, nil
		}
	}
	return false, errLost
}
