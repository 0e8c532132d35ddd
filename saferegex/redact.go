package saferegex

import (
	"context"
	"io"
	"math"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/internal/copier"
	"github.com/seed73825598/airlock/saferegex/internal/rematch"
	"github.com/seed73825598/airlock/saferegex/internal/wide"
)

// Redact copies src to dst and replaces each match, as [Regexp.ReplaceAll] finds them, by template,
// in which $1 or ${name} stands for a group as [Regexp.Expand] says. The output is the result of
// ReplaceAll on the whole text, wherever reads and writes are cut, and only window bytes of the
// text are held back at most.
//
// window is from 1 byte to MemoryBytes. It bounds a match: a text of more than window bytes that is
// one match, or could by what was read still become one, is refused under [RuleMatchTooLong]. So
// x.*y is refused on a long line with an x, whether or not a y follows. Then, as after every error,
// dst has what stands before that text and nothing else: never a part of a match, and nothing of
// what follows it.
//
// Bytes are written before src is read again, as soon as no match can begin in them. No time
// flushes them: a source that blocks holds back what could still become a match.
//
// InputBytes, Steps and Time are for the whole copy. Where they are not set, OutputBytes is
// DefaultOutputBytes and twice InputBytes, and Steps DefaultSteps and sixteen times InputBytes. A
// log that runs for days needs a call for each file or hour. An error of src or dst is returned as
// it is. Neither is closed, and a call of theirs that blocks is not interrupted. The Usage says
// what the copy has cost, after an error as well.
func (re *Regexp) Redact(ctx context.Context, dst io.Writer, src io.Reader, template string, window limits.Bytes) (
	limits.Usage, error) {
	const op = "saferegex.Redact"
	if err := re.usable(op); err != nil {
		return limits.Usage{}, err
	}
	if err := copier.Check(op, dst, src, window, re.copying); err != nil {
		return limits.Usage{}, err
	}
	m := re.copying.Meter(ctx, op)
	defer finish(&m)
	err := admit(ctx, &m, 0)
	if err == nil {
		err = re.redact(&m, dst, src, template, int(min(window, math.MaxInt32)))
	}
	err = m.Finish(err)
	return m.Usage(), err
}

// A redaction is one run of Redact.
type redaction struct {
	re     *Regexp
	m      *limits.Meter
	copier *copier.Copier
	stream *rematch.Stream
	groups rematch.Run
	pieces []piece
	loc    []int
	from   int // where the search began
	last   int // where the last match ended; -1 before the first
}

func (re *Regexp) redact(m *limits.Meter, dst io.Writer, src io.Reader, template string, window int) error {
	r := redaction{re: re, m: m, copier: copier.New(m, dst, src, re.bytes),
		stream: re.prog.Stream(window, re.bytes), groups: re.prog.Begin(), last: -1}
	defer r.groups.End()
	var err error
	if r.pieces, err = re.parseTemplate(m, template); err != nil {
		return err
	}
	r.loc = make([]int, 2)
	if strings.Contains(template, "$") {
		r.loc = make([]int, re.slots())
	}
	if err := r.stream.Begin(m, 0); err != nil {
		return err
	}
	for {
		verdict, err := r.stream.Next(&r.groups, m, r.copier.Held(), r.copier.Final())
		if err != nil {
			return err
		}
		switch verdict {
		case rematch.Found:
			more, err := r.replace()
			if err == nil && !more {
				err = r.end()
			}
			if err != nil || !more {
				return err
			}
		case rematch.Ended:
			return r.end()
		case rematch.TooLong:
			return r.refuse(window)
		case rematch.More:
			if err := r.more(); err != nil {
				return err
			}
		}
	}
}

// more passes on what is decided, and reads on.
func (r *redaction) more() error {
	open := r.stream.Open()
	if err := r.copier.Pass(open); err != nil {
		return err
	}
	if n := r.copier.Shift(open); n > 0 {
		r.stream.Shift(n)
		r.from -= n
		r.last -= n // Below zero neither is a position any more.
	}
	return r.copier.Fill()
}

// replace passes on what is before the match and what the template makes of it, and begins the next
// search. It reports whether there is one. The matches are those of matches.next.
func (r *redaction) replace() (more bool, err error) {
	if err := r.m.Step(searchSteps + int64(len(r.loc))); err != nil {
		return false, err
	}
	start, end := r.stream.Match()
	held := r.copier.Held()
	again, next := false, end
	if end == r.from {
		again = start == r.last
		next += rematch.Width(held, end)
	}
	if !again {
		if err := r.m.Spend(limits.Items, 1); err != nil {
			return false, err
		}
		if err := r.copier.Pass(start); err != nil {
			return false, err
		}
		if err := r.put(held, start, end); err != nil {
			return false, err
		}
		r.copier.Drop(end)
	}
	r.last, r.from = end, next
	if next > len(held) {
		return false, nil
	}
	return true, r.stream.Begin(r.m, next)
}

// put passes on the template, filled in for a match.
func (r *redaction) put(held []byte, start, end int) error {
	r.loc[0], r.loc[1] = start, end
	if len(r.loc) > 2 {
		if err := rematch.Groups(&r.groups, r.m, held, start, end, r.loc); err != nil {
			return err
		}
	}
	for _, p := range r.pieces {
		if err := r.m.Step(1); err != nil {
			return err
		}
		text := []byte(p.text)
		if p.group >= 0 {
			text = nil
			if 2*p.group+1 < len(r.loc) && r.loc[2*p.group] >= 0 {
				text = held[r.loc[2*p.group]:r.loc[2*p.group+1]]
				if r.re.bytes {
					text = wide.Narrow(nil, text)
				}
			}
		}
		if err := r.copier.Put(text); err != nil {
			return err
		}
	}
	return nil
}

// end passes on all that is left.
func (r *redaction) end() error {
	for !r.copier.Final() {
		if err := r.copier.Pass(len(r.copier.Held())); err != nil {
			return err
		}
		r.copier.Shift(len(r.copier.Held()))
		if err := r.copier.Fill(); err != nil {
			return err
		}
	}
	if err := r.copier.Pass(len(r.copier.Held())); err != nil {
		return err
	}
	return r.copier.Flush()
}

// refuse writes what stands before a text that is too long, and refuses it.
func (r *redaction) refuse(window int) error {
	if err := r.copier.Pass(r.stream.Open()); err != nil {
		return err
	}
	if err := r.copier.Flush(); err != nil {
		return err
	}
	return &RuleError{Op: "saferegex.Redact", Rule: RuleMatchTooLong, Where: r.re.expr, Offset: r.copier.Offset(),
		Detail: "what begins there is one match, or could still become one, and has more than " +
			count(int64(window)) + " bytes; if such texts are expected, raise the window"}
}
