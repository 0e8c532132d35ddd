package regexset

import (
	"regexp/syntax"
	"slices"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/internal/literal"
	"github.com/seed73825598/airlock/saferegex/internal/rematch"
)

// by says by what it is found whether a pattern matches.
type by uint8

const (
	byItself       by = iota // its own engine reads each text
	byFactor                 // its engine reads texts that contain one of its literals
	byPrefix                 // its engine looks where one of its literals begins
	byExactLiteral           // its literals are all that it matches
	byRE2                    // RE2, together with others
)

// foundBy returns by which literals a pattern may be found, and whether these are looked for at the
// start of a text alone, because it matches nowhere else.
func foundBy(p *rematch.Program, lits literal.Set) (b by, begins bool) {
	if p.Anchored() {
		// Its engine is done with most texts at their first character. A literal saves that.
		if lits.Kind == literal.Prefix {
			return byPrefix, true
		}
		return byItself, false
	}
	switch lits.Kind {
	case literal.Factor:
		return byFactor, false
	case literal.Prefix:
		return byPrefix, false
	case literal.Exact:
		return byExactLiteral, false
	case literal.None:
	}
	return byItself, false
}

// The cost of a byte of text, in nanoseconds on one machine; what counts is how they compare. They
// decide whether literals are searched for at all: one pattern, four words of common letters, or
// twenty with a rare letter each, are found faster one after the other.
const (
	literalsCost = 1.6 // to search for the literals of all patterns
	engineCost   = 2.0 // to run one engine
	// fewBeginnings is how many patterns that are anchored must share a search of beginnings.
	fewBeginnings = 8
)

// searchLiterals makes the searches for literals, if they pay.
func (b *builder) searchLiterals() error {
	var inside, begin []literal.Pattern
	cost := 0.0
	for i := range b.set.patterns {
		p, lits := &b.set.patterns[i], b.literals[i]
		entry := literal.Pattern{ID: i, Literals: lits.Literals, Fold: lits.Fold}
		switch {
		case p.by == byItself:
		case p.begins:
			begin = append(begin, entry)
		default:
			inside = append(inside, entry)
			if word := p.prog.PrefixCost(); word > 0 {
				cost += word
			} else {
				cost += engineCost
			}
		}
	}
	var err error
	if cost > literalsCost || len(inside) > lanePatterns {
		b.set.inside, err = b.build(inside)
	} else {
		b.set.inside, err = b.build(nil)
		b.alone(inside)
	}
	if err != nil {
		return err
	}
	if len(begin) < fewBeginnings {
		b.alone(begin)
		begin = nil
	}
	b.set.begin, err = b.build(begin)
	return err
}

// alone has patterns found by themselves.
func (b *builder) alone(entries []literal.Pattern) {
	for _, e := range entries {
		b.set.patterns[e.ID].by = byItself
	}
}

// build makes one search.
func (b *builder) build(entries []literal.Pattern) (*search, error) {
	if len(entries) == 0 {
		return nil, nil
	}
	a, err := literal.Build(&b.o.meter, entries, int64(b.c.setBytes))
	if err != nil {
		return nil, err
	}
	if a == nil {
		return nil, b.tooLarge("", int64(b.c.setBytes)+1)
	}
	s := &search{automaton: a}
	for _, e := range entries {
		if e.Fold && slices.ContainsFunc(e.Literals, func(s string) bool { return strings.ContainsAny(s, "ks") }) {
			s.folded = append(s.folded, e.ID)
		}
	}
	b.set.stats.Literals += len(entries)
	b.set.stats.MemoryBytes += limits.Bytes(a.Bytes())
	return s, nil
}

// fewForRE2 is how many patterns RE2 must get to be asked. It copies each text into its own memory
// and cannot be interrupted.
const fewForRE2 = 8

// chooseRE2 gives RE2 those of the patterns without literals that it is faster for. It reads a text
// once for all of them, as long as its automaton has few states: every byte of a new text leads to
// a new one where a pattern may be in the middle of a match at any time, as .* and [^"]* are. Of
// such patterns a single one makes RE2 slower than all engines of package saferegex together.
func (b *builder) chooseRE2() error {
	var ids []int
	for i := range b.set.patterns {
		p := &b.set.patterns[i]
		none := b.literals[i].Kind == literal.None
		if p.by == byItself && (b.c.allRE2 || none && !p.prog.Anchored() && narrow(b.compiled[i].Tree)) {
			ids = append(ids, i)
		}
	}
	if len(ids) >= fewForRE2 || b.c.allRE2 {
		for _, i := range ids {
			if err := b.giveToRE2(i); err != nil {
				return err
			}
		}
	}
	for i := range b.set.patterns {
		if b.set.patterns[i].by == byItself {
			b.set.always = append(b.set.always, i)
		}
	}
	return nil
}

// giveToRE2 writes a pattern for RE2.
func (b *builder) giveToRE2(i int) error {
	r := render(b.compiled[i].Tree, maxPatternInsts)
	if r.refused {
		return nil
	}
	p := &b.set.patterns[i]
	p.by, p.notWord = byRE2, r.notWord
	if r.notWord {
		b.set.beyondASCII = append(b.set.beyondASCII, i)
	}
	if err := b.o.meter.Hold(limits.MemoryBytes, int64(len(r.text))); err != nil {
		return err
	}
	b.texts, b.ids, b.insts = append(b.texts, r.text), append(b.ids, i), b.insts+r.insts+1
	if need := needBytes(b.insts); need > int64(b.c.setBytes) {
		return b.tooLarge(p.text, need)
	}
	return b.o.meter.Err()
}

// narrow reports whether a pattern repeats nothing but classes that are rare in texts: digits, and
// what else is no letter and no space.
func narrow(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return false
	case syntax.OpStar, syntax.OpPlus, syntax.OpRepeat:
		return rare(re.Sub[0])
	default:
		return !slices.ContainsFunc(re.Sub, func(sub *syntax.Regexp) bool { return !narrow(sub) })
	}
}

// rare reports whether nothing in a tree reads a letter or a space.
func rare(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return false
	case syntax.OpLiteral:
		return !slices.ContainsFunc(re.Rune, common)
	case syntax.OpCharClass:
		for i := 0; i+1 < len(re.Rune); i += 2 {
			for _, c := range "aeinost " {
				if re.Rune[i] <= c && c <= re.Rune[i+1] {
					return false
				}
			}
		}
		return true
	default:
		return !slices.ContainsFunc(re.Sub, func(sub *syntax.Regexp) bool { return !rare(sub) })
	}
}

// common reports whether a character is one of those that most of a text is.
func common(c rune) bool { return c == ' ' || c >= 'a' && c <= 'z' }
