package regextest

import (
	"iter"
	"testing"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/caselist"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
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
	// the rule that is broken where a pattern or a text is refused, and that a benign case comes close
	// to; empty where there is none, and where a budget refuses
	Rule   limits.Rule
	Window limits.Bytes // of Redact

	bytes bool
}

// Limits are those under which each case ends as it says: 1 MiB of text within a minute.
func Limits() limits.Limits { return limits.Limits{InputBytes: limits.MiB, Time: time.Minute} }

// Options are those of HostileBytes and BenignBytes. All others have none.
func Options() []saferegex.Option { return []saferegex.Option{saferegex.Bytes()} }

// Limits are those of the package: they are the same for each case.
func (c Case) Limits() limits.Limits { return Limits() }

// Options are those that the pattern is compiled with; there are none in Hostile and Benign.
func (c Case) Options() []saferegex.Option {
	if c.bytes {
		return Options()
	}
	return nil
}

// An Op is what is done with the pattern and the text.
type Op uint8

// The operations, on the whole text.
const (
	Match Op = iota
	FindAll
	ReplaceAll
	Split
	Redact // copies the text, through a window of Window bytes
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
	case Redact:
		return "Redact"
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
	RefuseText // the text is refused, and what is written by then holds no part of a match
)

// String returns "answer", "stop", "refuse the pattern", "answer or stop" or "refuse the text".
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
	case RefuseText:
		return "refuse the text"
	}
	return "unknown"
}

// Hostile yields patterns and texts that hurt, family by family.
func Hostile() iter.Seq[Case] {
	return all(false, []family{
		{"nested-quantifiers", nestedQuantifiers}, {"overlapping-alternation", overlappingAlternation},
		{"polynomial", polynomial},
		{"counted-classes", countedClasses}, {"long-alternation", longAlternation}, {"empty-matches", emptyMatches},
		{"quadratic-find-all", quadraticFindAll}, {"replacement-growth", replacementGrowth},
		{"case-folding", caseFolding},
		{"anchors", anchors}, {"repeat-bomb", repeatBombs}, {"class-bomb", classBombs},
		{"large-pattern", largePatterns},
	})
}

// Benign yields patterns that must be let in, and have the answer that stands in the case: for each
// rule some that come close to breaking it, and those that services write.
func Benign() iter.Seq[Case] {
	return all(false, []family{{"neighbours", neighbours}, {"fields", fields}, {"logs", logs}})
}

// HostileBytes yields patterns that must be refused where a text is bytes.
func HostileBytes() iter.Seq[Case] { return all(true, []family{{"bytes", hostileBytes}}) }

// BenignBytes yields patterns that must be let in where a text is bytes.
func BenignBytes() iter.Seq[Case] { return all(true, []family{{"bytes", benignBytes}}) }

// HostileRedact yields texts that must be refused while they are copied through a window: a part of
// them may be one match, and is longer.
func HostileRedact() iter.Seq[Case] { return all(false, []family{{"redact", hostileRedact}}) }

// BenignRedact yields texts that must be copied, with as many replacements as Count says.
func BenignRedact() iter.Seq[Case] { return all(false, []family{{"redact", benignRedact}}) }

// Seed adds every case of at most 64 KiB to the corpus of a fuzz target that takes a pattern and a
// text.
func Seed(f *testing.F) {
	f.Helper()
	for c := range caselist.Chain(Hostile(), Benign(), HostileBytes(), BenignBytes(), HostileRedact(), BenignRedact()) {
		if len(c.Pattern)+len(c.Text) <= 64<<10 {
			f.Add(c.Pattern, c.Text)
		}
	}
}

// A family has the first part of the names of its cases.
type family struct {
	name  string
	cases func() []Case
}

// all yields the cases of several families, whose texts are bytes or characters.
func all(bytes bool, families []family) iter.Seq[Case] {
	sequences := make([]iter.Seq[Case], 0, len(families))
	for _, f := range families {
		sequences = append(sequences, caselist.All(func(c Case) Case {
			c.Name, c.bytes = f.name+"/"+c.Name, bytes
			return c
		}, f.cases))
	}
	return caselist.Chain(sequences...)
}
