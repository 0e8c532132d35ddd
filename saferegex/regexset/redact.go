package regexset

import (
	"cmp"
	"context"
	"io"
	"math"
	"slices"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/internal/copier"
)

// Redact copies src to dst and replaces what the patterns match by repl, as it stands: secrets out
// of a log. The matches of each pattern are those of FindAll by itself. Spans that touch or overlap
// are one, and are replaced once: of the matches [0,10) and [5,20) no byte is left.
//
// window is from 1 byte to MemoryBytes and bounds each match, as saferegex.Regexp.Redact says: a
// text of more than window bytes that is one match of a pattern, or could by what was read still
// become one, is refused under [RuleMatchTooLong]. Then, as after every error, dst has what stands
// before that text and nothing else. The output does not depend on where reads are cut.
//
// Bytes are held back while a match can begin in them: of patterns whose matches have at most 8 KiB
// up to twice that many, because these are searched for in pieces of that size.
//
// InputBytes, Steps and Time are for the whole copy, and MaxInputBytes does not bound it. Where
// they are not set, OutputBytes is DefaultOutputBytes and twice InputBytes, and Steps DefaultSteps
// and 256 times InputBytes. An error of src or dst is returned as it is. Neither is closed. The
// Usage says what the copy has cost, after an error as well.
func (s *Set) Redact(ctx context.Context, dst io.Writer, src io.Reader, repl string, window limits.Bytes) (
	limits.Usage, error) {
	const op = "regexset.Redact"
	if err := s.usable(op); err != nil {
		return limits.Usage{}, err
	}
	if err := copier.Check(op, dst, src, window, s.c.copying); err != nil {
		return limits.Usage{}, err
	}
	o, err := begin(ctx, op, s.c.copying, needsClock|needsEnvelope)
	if err != nil {
		return limits.Usage{}, err
	}
	defer o.finish() // A reader, a writer or an observer may panic.
	r := redaction{s: s, o: o, m: &o.meter, copier: copier.New(&o.meter, dst, src, false), repl: []byte(repl),
		window: int(min(window, math.MaxInt32)), covered: -1, refused: -1}
	err = o.end(r.run())
	return o.meter.Usage(), err
}

// A span is a match of one pattern in what is held of the text.
type span struct{ start, end int }

// spanBytes is what a span that waits is accounted for.
const spanBytes = 16

// A redaction is one run of Redact.
type redaction struct {
	s       *Set
	o       *operation
	m       *limits.Meter
	copier  *copier.Copier
	repl    []byte
	window  int
	seekers []*seeker // of all patterns
	awake   []*seeker
	wakes   bool   // literals are looked for: there are patterns that sleep until they have one
	spans   []span // found and not replaced yet
	held    int    // spans that are charged
	covered int    // up to where the text is replaced; -1 if nothing is
	looked  int    // up to where literals were looked for
	// where a text begins that is too long, and its pattern; -1 if there is none. Other patterns may
	// still have a match before it.
	refused, by int
}

// run copies the text.
func (r *redaction) run() error {
	if err := r.prepare(); err != nil {
		return err
	}
	for {
		if err := r.wake(); err != nil {
			return err
		}
		frontier := r.hold()
		for _, k := range r.awake {
			if err := r.advance(k); err != nil {
				return err
			}
			frontier = min(frontier, k.open())
		}
		r.awake = slices.DeleteFunc(r.awake, (*seeker).sleep)
		if r.refused >= 0 && (frontier >= r.refused || r.copier.Final()) {
			return r.refuse()
		}
		if r.refused >= 0 {
			frontier = min(frontier, r.refused)
		}
		if err := r.emit(frontier); err != nil {
			return err
		}
		if r.copier.Final() {
			return r.copier.Flush()
		}
		r.shift(r.copier.Shift(frontier))
		if err := r.copier.Fill(); err != nil {
			return err
		}
	}
}

// hold returns up to where no pattern that sleeps may have a match, which it would be woken for by
// a literal that is still to come.
func (r *redaction) hold() int {
	n := len(r.copier.Held())
	if r.copier.Final() {
		return n
	}
	back := 0
	for _, k := range r.seekers {
		if k.asleep && !k.ended {
			back = max(back, k.back)
		}
	}
	return max(0, n-back)
}

// advance has one pattern read what is held, and collects its matches.
func (r *redaction) advance(k *seeker) error {
	if k.short > 0 && !k.due(r) {
		return nil
	}
	run := k.prog.Begin()
	k.run = &run
	defer func() {
		run.Release(r.m)
		run.End()
	}()
	for {
		found, err := k.next(r)
		if err != nil || !found {
			return err
		}
		if err := r.m.Spend(limits.Items, 1); err != nil {
			return err
		}
		if len(r.spans) == r.held {
			if err := r.m.Hold(limits.MemoryBytes, spanBytes*64); err != nil {
				return err
			}
			r.held += 64
		}
		r.spans = append(r.spans, span{k.start, k.end})
	}
}

// emit passes on all up to a position, with the matches that begin before it replaced.
func (r *redaction) emit(to int) error {
	slices.SortFunc(r.spans, func(a, b span) int { return cmp.Or(a.start-b.start, a.end-b.end) })
	if err := r.m.Step(int64(len(r.spans))); err != nil {
		return err
	}
	done := 0
	for _, x := range r.spans {
		// At the end of the text an empty match may still follow.
		if x.start > to || x.start == to && (!r.copier.Final() || r.refused >= 0) {
			break
		}
		done++
		if r.covered < 0 || x.start > r.covered {
			if err := r.copier.Pass(x.start); err != nil {
				return err
			}
			if err := r.copier.Put(r.repl); err != nil {
				return err
			}
			r.covered = x.start
		}
		r.covered = max(r.covered, x.end)
		r.copier.Drop(min(r.covered, len(r.copier.Held())))
	}
	r.spans = append(r.spans[:0], r.spans[done:]...)
	return r.copier.Pass(to)
}

// shift follows the text that has moved by n bytes.
func (r *redaction) shift(n int) {
	if n == 0 {
		return
	}
	for i := range r.spans {
		r.spans[i].start -= n
		r.spans[i].end -= n
	}
	r.covered = max(r.covered-n, -1)
	r.looked -= n
	if r.refused >= 0 {
		r.refused -= n
	}
	for _, k := range r.seekers {
		k.shift(n)
	}
}

// refuse writes what stands before a text that is too long, and refuses it.
func (r *redaction) refuse() error {
	if err := r.emit(r.refused); err != nil {
		return err
	}
	if err := r.copier.Flush(); err != nil {
		return err
	}
	return &RuleError{Op: r.o.op, Rule: RuleMatchTooLong, Where: r.s.patterns[r.by].text, Offset: r.copier.Offset(),
		Detail: "what begins there is one match, or could still become one, and has more than " +
			limits.Bytes(r.window).String() + "; if such texts are expected, raise the window"}
}
