package regexset

import (
	"bytes"
	"unicode/utf8"

	"github.com/seed73825598/airlock/saferegex/internal/literal"
	"github.com/seed73825598/airlock/saferegex/internal/rematch"
)

// A seeker finds the matches of one pattern in a text that comes in pieces. It sleeps while the
// text has none of the pattern's literals, if the pattern has any and a match cannot begin far
// before one.
//
// A pattern whose matches are short is searched for in all that is held, by whichever engine is the
// fastest: what begins far enough before the end of that is decided. Any other pattern is followed
// by a Stream.
type seeker struct {
	id      int
	stream  *rematch.Stream  // nil before it is woken, and of a pattern whose matches are short
	prog    *rematch.Program // of such a pattern; nil before it is woken
	run     *rematch.Run     // of the search in what is held
	short   int              // bytes of a match at most, if matches are short
	read    int              // how much of the text the last search has read
	asleep  bool
	lit     bool // a match has a literal in it
	prefix  bool // matches begin with a literal
	back    int  // how far before the end of a text a match may begin unseen while it sleeps
	most    int  // how far before the end of a literal a match may begin
	seen    int  // where the last literal ends
	from    int  // where the search begins that is to come, or has begun
	last    int  // where the last match ended
	ended   bool // there are no more matches
	pending bool // the search is to begin
	start   int  // of the match that was found
	end     int
}

// shortMatch is how long a match may be for its pattern to be searched for in what is held: so much
// is held back, and it is searched twice at worst.
const shortMatch = 8 << 10

// literalBytes is more than a literal has, in whatever case.
const literalBytes = 128

// prepare makes the seekers. Those that no literal can wake are awake.
func (r *redaction) prepare() error {
	if err := r.m.Step(int64(len(r.s.patterns))); err != nil {
		return err
	}
	for i := range r.s.patterns {
		p := &r.s.patterns[i]
		k := &seeker{id: i, last: -1}
		r.seekers = append(r.seekers, k)
		if p.most > 0 && p.most <= min(r.window, shortMatch) {
			k.short = p.most
		}
		switch {
		case p.begins || p.by == byItself || p.by == byRE2:
		case len(r.s.patterns) == 1: // To look for its literals as well would be more work.
		case (p.by == byPrefix || p.by == byExactLiteral) && r.window >= literalBytes:
			// The beginning of a literal is no text that is too long.
			k.asleep, k.lit, k.prefix, k.most, k.back = true, true, true, literalBytes, literalBytes
			r.wakes = true
			continue
		case p.most > 0 && p.most <= r.window:
			k.asleep, k.lit, k.most, k.back = true, true, p.most, p.most
			r.wakes = true
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
	if k.stream == nil && k.prog == nil {
		prog, err := r.s.program(r.o, k.id)
		if err != nil {
			return err
		}
		if k.prog = prog; k.short == 0 {
			k.stream = prog.Stream(r.window, false)
		}
	}
	k.from, k.pending, k.asleep, k.read = max(from, k.from), true, false, 0
	r.awake = append(r.awake, k)
	return nil
}

// wake looks for literals in what is new of the text, and wakes the patterns that have them.
func (r *redaction) wake() error {
	held := r.copier.Held()
	from := max(0, r.looked-literalBytes)
	r.looked = len(held)
	if !r.wakes || from >= len(held) {
		return nil
	}
	if err := r.foldsBeyondASCII(held[from:], from); err != nil {
		return err
	}
	return literal.Search(r.s.inside.automaton, r.m, held[from:], func(out *literal.Output, end int) (bool, error) {
		k := r.seekers[out.Pattern]
		k.seen = max(k.seen, from+end)
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
	n := len(text)
	for _, letter := range [...]string{"\u017f", "\u212a"} {
		if i := bytes.Index(text[:n], []byte(letter)); i >= 0 {
			n = i
		}
	}
	if n == len(text) {
		return nil
	}
	for _, i := range r.s.inside.folded {
		k := r.seekers[i]
		k.seen = max(k.seen, at+len(text)) // There may be more of them.
		if k.asleep && !k.ended {
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
		if k.pending && k.from > len(held) {
			k.ended = final
			return false, nil
		}
		verdict, err := k.seek(r, held, final)
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

// seek searches on in what is held.
func (k *seeker) seek(r *redaction, held []byte, final bool) (rematch.Verdict, error) {
	if k.short == 0 {
		if k.pending {
			k.pending = false
			if err := k.stream.Begin(r.m, k.from); err != nil {
				return rematch.More, err
			}
		}
		verdict, err := k.stream.Next(k.run, r.m, held, final)
		k.start, k.end = k.stream.Match()
		return verdict, err
	}
	k.read = len(held)
	decided := k.decided(held, final)
	if k.from >= decided {
		return rematch.More, nil
	}
	var loc [2]int
	found, err := rematch.Find(k.run, r.m, held, k.from, loc[:])
	switch {
	case err != nil:
		return rematch.More, err
	case found && loc[0] < decided:
		k.start, k.end = loc[0], loc[1]
		return rematch.Found, nil
	case final:
		return rematch.Ended, nil
	}
	k.from = decided
	return rematch.More, nil
}

// due reports whether enough of the text is new to be searched: what was not decided by the last
// search is searched again, and there is not more of that than is new.
func (k *seeker) due(r *redaction) bool {
	held, final := r.copier.Held(), r.copier.Final()
	return final || len(held)-k.read >= k.short && k.from < k.decided(held, final)
}

// decided returns before which position of what is held each match is known that begins there: what
// follows cannot be in it, nor beside it.
func (k *seeker) decided(held []byte, final bool) int {
	if final {
		return len(held) + 1
	}
	n := len(held) - k.short - utf8.UTFMax
	// A search begins where a character does.
	for back := 1; back < utf8.UTFMax && back <= n; back++ {
		if utf8.RuneStart(held[n-back]) {
			if _, size := utf8.DecodeRune(held[n-back:]); size > back {
				n -= back
			}
			break
		}
	}
	return max(n, 0)
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

// sleep lets a pattern sleep that a literal can wake, if it has nothing open, and reports whether
// it is not awake any more.
func (k *seeker) sleep() bool {
	switch {
	case k.ended:
		return true
	case !k.lit:
		return false
	case k.short > 0:
		// A match has a literal, and there is none after this place.
		k.asleep = k.seen <= k.from
		return k.asleep
	case k.pending || !k.stream.Idle():
		return false
	}
	// The text up to here has no match that was not found.
	k.from, k.asleep = k.stream.Open(), true
	return true
}

// shift follows the text that has moved by n bytes.
func (k *seeker) shift(n int) {
	k.from -= n
	k.last -= n
	k.read -= n
	k.seen -= n
	if k.stream != nil {
		k.stream.Shift(n)
	}
}
