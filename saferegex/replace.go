package saferegex

import (
	"context"
	"strings"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/internal/rematch"
)

// ReplaceAll returns a copy of src in which each match is replaced by the template repl, where $1
// or ${name} stands for a group as [Regexp.Expand] says. All output counts against OutputBytes,
// what is copied unchanged included.
func (re *Regexp) ReplaceAll(ctx context.Context, src, repl []byte) ([]byte, error) {
	return replaceTemplate(ctx, re, "saferegex.ReplaceAll", src, string(repl))
}

// ReplaceAllString returns a copy of src in which each match is replaced by the template repl,
// where $1 or ${name} stands for a group as [Regexp.Expand] says. All output counts against
// OutputBytes, what is copied unchanged included.
func (re *Regexp) ReplaceAllString(ctx context.Context, src, repl string) (string, error) {
	out, err := replaceTemplate(ctx, re, "saferegex.ReplaceAllString", src, repl)
	return string(out), err
}

// ReplaceAllLiteral returns a copy of src in which each match is replaced by repl as it stands.
func (re *Regexp) ReplaceAllLiteral(ctx context.Context, src, repl []byte) ([]byte, error) {
	return replaceAll(ctx, re, "saferegex.ReplaceAllLiteral", src, 2, nil, func(m *limits.Meter, dst []byte,
		_ []int) ([]byte, error) {
		return appendOutput(m, dst, repl)
	})
}

// ReplaceAllLiteralString returns a copy of src in which each match is replaced by repl as it
// stands.
func (re *Regexp) ReplaceAllLiteralString(ctx context.Context, src, repl string) (string, error) {
	out, err := replaceAll(ctx, re, "saferegex.ReplaceAllLiteralString", src, 2, nil,
		func(m *limits.Meter, dst []byte, _ []int) ([]byte, error) {
			return appendOutput(m, dst, repl)
		})
	return string(out), err
}

// ReplaceAllFunc returns a copy of src in which each match is replaced by what repl makes of it.
// repl is called between two searches, and is not interrupted; Time is looked at when it returns.
func (re *Regexp) ReplaceAllFunc(ctx context.Context, src []byte, repl func([]byte) []byte) ([]byte, error) {
	const op = "saferegex.ReplaceAllFunc"
	if repl == nil {
		return nil, nilFunction(op)
	}
	return replaceAll(ctx, re, op, src, 2, nil, func(m *limits.Meter, dst []byte, loc []int) ([]byte, error) {
		with := repl(src[loc[0]:loc[1]:loc[1]])
		if err := m.Err(); err != nil {
			return nil, err
		}
		return appendOutput(m, dst, with)
	})
}

// ReplaceAllStringFunc returns a copy of src in which each match is replaced by what repl makes of
// it. repl is called between two searches, and is not interrupted; Time is looked at when it
// returns.
func (re *Regexp) ReplaceAllStringFunc(ctx context.Context, src string, repl func(string) string) (string, error) {
	const op = "saferegex.ReplaceAllStringFunc"
	if repl == nil {
		return "", nilFunction(op)
	}
	out, err := replaceAll(ctx, re, op, src, 2, nil, func(m *limits.Meter, dst []byte, loc []int) ([]byte, error) {
		with := repl(src[loc[0]:loc[1]])
		if err := m.Err(); err != nil {
			return nil, err
		}
		return appendOutput(m, dst, with)
	})
	return string(out), err
}

// nilFunction is the error of a callback that is not there.
func nilFunction(op string) error {
	return setup.Misuse(op, "the function", "is nil")
}

// replaceTemplate replaces by a template. Groups are found only for a template that has any.
func replaceTemplate[T rematch.Text](ctx context.Context, re *Regexp, op string, src T, repl string) ([]byte, error) {
	slots := 2
	if strings.Contains(repl, "$") {
		slots = re.slots()
	}
	var pieces []piece
	prepare := func(m *limits.Meter) (err error) {
		pieces, err = re.parseTemplate(m, repl)
		return err
	}
	return replaceAll(ctx, re, op, src, slots, prepare, func(m *limits.Meter, dst []byte, loc []int) ([]byte, error) {
		return appendPieces(m, dst, pieces, src, loc)
	})
}

// replaceAll copies src, with each match replaced by what with appends for it. prepare, which may
// be nil, runs first and inside of the same meter.
func replaceAll[T rematch.Text](ctx context.Context, re *Regexp, op string, src T, slots int,
	prepare func(*limits.Meter) error, with func(m *limits.Meter, dst []byte, loc []int) ([]byte, error)) ([]byte,
	error) {
	if err := re.usable(op); err != nil {
		return nil, err
	}
	m := re.lim.Meter(ctx, op)
	// A callback may panic: the meter is finished all the same, so that an envelope gets its memory
	// back.
	defer func() { _ = m.Finish(nil) }()
	var out []byte
	err := admit(ctx, &m, len(src))
	if err == nil && prepare != nil {
		err = prepare(&m)
	}
	if err == nil {
		run := re.prog.Begin()
		out, err = replaceIn(&m, walk(&run, src), make([]int, slots), with)
		run.End()
	}
	if err := m.Finish(err); err != nil {
		return nil, err
	}
	return out, nil
}

func replaceIn[T rematch.Text](m *limits.Meter, w matches[T], loc []int, with func(m *limits.Meter, dst []byte,
	loc []int) ([]byte, error)) ([]byte, error) {
	var out []byte
	copied := 0
	for {
		found, err := w.next(m, loc)
		if err != nil {
			return nil, err
		}
		to := len(w.in)
		if found {
			to = loc[0]
		}
		if out, err = appendOutput(m, out, w.in[copied:to]); err != nil || !found {
			return out, err
		}
		if out, err = with(m, out, loc); err != nil {
			return nil, err
		}
		copied = loc[1]
	}
}
