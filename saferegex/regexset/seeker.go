package regexset

import (
	"regexp/syntax"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/internal/literal"
	"github.com/seed73825598/airlock/saferegex/internal/rematch"
)

// A seeker finds the matches of one pattern in a text that comes in pieces. It sleeps while the text
// has none of the pattern's literals, if the pattern has any and a match cannot begin far before
// one.
type seeker struct {
	id      int
	stream  *rematch.Stream // nil before it is woken
	asleep  bool
	folds   bool // its literals stand for both cases
	prefix  bool // matches begin with a literal
	back    int  // how far before the end of a text a match may begin unseen while it sleeps
	most    int  // how far before the end of a literal a match may begin
	from    int  // where the search begins that is to come, or has begun
	last    int  // where the last match ended
	ended   bool // there are no more matches
	pending bool // the search is to begin
	start   int  // of the match that was found
	end     int
}

// literalBytes is more than a literal has, in whatever case.
const literalBytes = 128

// prepare makes the seekers. Those that no literal can wake are awake.
func (r *redaction) prepare() error {
	if err := r.m.Step(int64(len(r.s.patterns))); err != nil {
		return err
	}
	folded := map[int]bool{}
	if r.s.inside != nil {
		for _, i := range r.s.inside.folded {
			folded[i] = true
		}
	}
	for i := range r.s.patterns {
		p := &r.s.patterns[i]
		k := &seeker{id: i, last: -1, folds: folded[i]}
		r.seekers = append(r.seekers, k)
		switch {
		case p.begins || p.by == byItself || p.by == byRE2:
		case (p.by == byPrefix || p.by == byExactLiteral) && r.window >= literalBytes:
			// The beginning of a literal is no text that is too long.
			k.asleep, k.prefix, k.most, k.back = true, true, literalBytes, literalBytes
			continue
		case p.most > 0 && p.most <= r.window:
			k.asleep, k.most, k.back = true, p.most, p.most
			continue
		}
		if err := r.rouse(k, 0); err != nil {
			return err
		}
	}
	return nil
}

// rouse has a pattern search from a position on.
func (r *redaction) rouse(k *seeker, from int) error {
	if k.stream == nil {
		prog, err := r.s.program(r.o, k.id)
		if err != nil {
			return err
		}
		k.stream = prog.Stream(r.window, false)
	}
	k.from, k.pending, k.asleep = max(from, k.from), true, false
	r.awake = append(r.awake, k)
	return nil
}

// wake looks for literals in what is new of the text, and wakes the patterns that have them.
func (r *redaction) wake() error {
	held := r.copier.Held()
	from := max(0, r.looked-literalBytes)
	r.looked = len(held)
	if r.s.inside == nil || from >= len(held) {
		return nil
	}
	if err := r.foldsBeyondASCII(held[from:], from); err != nil {
		return err
	}
	return literal.Search(r.s.inside.automaton, r.m, held[from:], func(out *literal.Output, end int) (bool, error) {
		k := r.seekers[out.Pattern]
		if !k.asleep || k.ended {
			return true, nil
		}
		begin := from + end - k.most
		if k.prefix {
			begin = from + end - int(out.Length)
		}
		return true, r.rouse(k, max(0, begin))
	})
}

// foldsBeyondASCII wakes the patterns without regard to case if there is one of the two letters
// beyond ASCII that are cases of letters of ASCII: the automaton does not know them.
func (r *redaction) foldsBeyondASCII(text []byte, at int) error {
	if len(r.s.inside.folded) == 0 {
		return nil
	}
	if err := r.m.Step(int64(len(text) / bytesPerStep)); err != nil {
		return err
	}
	n := strings.IndexAny(string(text), "\u017f\u212a")
	if n < 0 {
		return nil
	}
	for _, i := range r.s.inside.folded {
		if k := r.seekers[i]; k.asleep && !k.ended {
			if err := r.rouse(k, max(0, at+n-k.most)); err != nil {
				return err
			}
		}
	}
	return nil
}

// next finds the next match in what is held, and reports whether there is one.
func (k *seeker) next(r *redaction) (bool, error) {
	held, final := r.copier.Held(), r.copier.Final()
	for !k.ended {
		if k.pending {
			if k.from > len(held) {
				k.ended = final
				return false, nil
			}
			k.pending = false
			if err := k.stream.Begin(r.m, k.from); err != nil {
				return false, err
			}
		}
		verdict, err := k.stream.Next(r.m, held, final)
		if err != nil {
			return false, err
		}
		switch verdict {
		case rematch.More:
			return false, nil
		case rematch.Ended:
			k.ended = true
		case rematch.TooLong:
			if open := k.stream.Open(); r.refused < 0 || open < r.refused {
				r.refused, r.by = open, k.id
			}
			k.ended = true
		case rematch.Found:
			// The matches are those of FindAll: an empty match right after a match is none.
			k.start, k.end = k.stream.Match()
			again, next := false, k.end
			if k.end == k.from {
				again = k.start == k.last
				next += rematch.Width(held, k.end)
			}
			k.last, k.from, k.pending = k.end, next, true
			if !again {
				return true, nil
			}
		}
	}
	return false, nil
}

// open returns the earliest position at which a match may begin that was not found yet.
func (k *seeker) open() int {
	switch {
	case k.ended:
		return maxPosition
	case k.pending:
		return k.from
	default:
		return k.stream.Open()
	}
}

// maxPosition is after every text.
const maxPosition = int(^uint(0) >> 1)

// sleep lets a pattern sleep that a literal can wake, if it has nothing open, and reports whether it
// is not awake any more.
func (k *seeker) sleep() bool {
	if k.ended {
		return true
	}
	if k.most == 0 || k.pending || !k.stream.Idle() {
		return false
	}
	// What was read up to here has no match that was not found.
	k.from, k.asleep = k.stream.Open(), true
	return true
}

// shift follows the text that has moved by n bytes.
func (k *seeker) shift(n int) {
	k.from -= n
	k.last -= n
	if k.stream != nil {
		k.stream.Shift(n)
	}
}

// longest returns how many bytes a match of a tree has at most, or 0 if nothing bounds it.
func longest(re *syntax.Regexp) int {
	n := bytesOf(re)
	if n > int64(limits.GiB) {
		return 0
	}
	return int(n)
}

// unbounded is more than a match that is of any use.
const unbounded = int64(1) << 40

func bytesOf(re *syntax.Regexp) int64 {
	var n int64
	switch re.Op {
	case syntax.OpLiteral:
		n = 4 * int64(len(re.Rune)) // Another case may be longer.
	case syntax.OpCharClass, syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		n = 4
	case syntax.OpStar, syntax.OpPlus:
		if bytesOf(re.Sub[0]) > 0 {
			n = unbounded
		}
	case syntax.OpRepeat:
		each := bytesOf(re.Sub[0])
		switch {
		case each == 0:
		case re.Max < 0:
			n = unbounded
		default:
			n = min(each, unbounded) * int64(re.Max)
		}
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			n = min(n+bytesOf(sub), unbounded)
		}
	case syntax.OpCapture, syntax.OpQuest, syntax.OpAlternate:
		for _, sub := range re.Sub {
			n = max(n, bytesOf(sub))
		}
	default: // It reads nothing.
	}
	return min(n, unbounded)
}
