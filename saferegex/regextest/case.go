package regextest

import (
	"iter"
	"testing"
)

// A Case is one pattern, one text, and what must happen.
type Case struct {
	// "nested-quantifiers/plus-plus": the family, and what is special about it; unique
	Name     string
	Pattern  string // in the syntax of Go's regexp package
	Text     string
	Op       Op
	Template string // of ReplaceAll
	Want     Outcome
	// with Answer and AnswerOrStop: 0 or 1 for Match, the number of matches for FindAll and
	// ReplaceAll, of parts for Split
	Count int
}

// An Op is what is done with the pattern and the text.
type Op uint8

// The operations, on the whole text.
const (
	Match Op = iota
	FindAll
	ReplaceAll
	Split
)

// String returns the name of the method that does it.
func (o Op) String() string {
	switch o {
	case Match:
		return "Match"
	case FindAll:
		return "FindAll"
	case ReplaceAll:
		return "ReplaceAll"
	case Split:
		return "Split"
	}
	return "unknown"
}

// An Outcome is what must happen. Nothing else may: no other answer, no part of one, no call that
// goes on.
type Outcome uint8

// The outcomes.
const (
	Answer Outcome = iota // the operation ends within a second, with Count
	// a budget of 64 MiB of output, or of 100,000,000 steps, stops the operation.
	Stop
	RefusePattern // the pattern is refused, within milliseconds and a megabyte
	// the operation ends with Count, or is stopped by a budget: no engine is known to do it in
	// linear time.
	AnswerOrStop
)

// String returns "answer", "stop", "refuse the pattern" or "answer or stop".
func (o Outcome) String() string {
	switch o {
	case Answer:
		return "answer"
	case Stop:
		return "stop"
	case RefusePattern:
		return "refuse the pattern"
	case AnswerOrStop:
		return "answer or stop"
	}
	return "unknown"
}

// Hostile yields every case, family by family.
func Hostile() iter.Seq[Case] {
	families := []struct {
		name  string
		cases func() []Case
	}{
		{"nested-quantifiers", nestedQuantifiers}, {"overlapping-alternation", overlappingAlternation},
		{"polynomial", polynomial},
		{"counted-classes", countedClasses}, {"long-alternation", longAlternation}, {"empty-matches", emptyMatches},
		{"quadratic-find-all", quadraticFindAll}, {"replacement-growth", replacementGrowth},
		{"case-folding", caseFolding},
		{"anchors", anchors}, {"repeat-bomb", repeatBombs}, {"class-bomb", classBombs},
		{"large-pattern", largePatterns},
	}
	return func(yield func(Case) bool) {
		for _, f := range families {
			for _, c := range f.cases() {
				c.Name = f.name + "/" + c.Name
				if !yield(c) {
					return
				}
			}
		}
	}
}

// Seed adds every case of at most 64 KiB to the corpus of a fuzz target that takes a pattern and a
// text.
func Seed(f *testing.F) {
	f.Helper()
	for c := range Hostile() {
		if len(c.Pattern)+len(c.Text) <= 64<<10 {
			f.Add(c.Pattern, c.Text)
		}
	}
}
