package saferegex

import (
	"context"
	"slices"
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
	return replaceTemplate(ctx, re, "saferegex.ReplaceAllString", src, repl)
}

// ReplaceAllLiteral returns a copy of src in which each match is replaced by repl as it stands.
func (re *Regexp) ReplaceAllLiteral(ctx context.Context, src, repl []byte) ([]byte, error) {
	return replaceAll(ctx, re, "saferegex.ReplaceAllLiteral", src, 2, nil, func(m *limits.Meter, o *output,
		_ []int) error {
		return appendOutput(m, o, repl)
	})
}

// ReplaceAllLiteralString returns a copy of src in which each match is replaced by repl as it
// stands.
func (re *Regexp) ReplaceAllLiteralString(ctx context.Context, src, repl string) (string, error) {
	return replaceAll(ctx, re, "saferegex.ReplaceAllLiteralString", src, 2, nil,
		func(m *limits.Meter, o *output, _ []int) error {
			return appendOutput(m, o, repl)
		})
}

// ReplaceAllFunc returns a copy of src in which each match is replaced by what repl makes of it.
// repl is called between two searches, and is not interrupted; Time is looked at when it returns.
func (re *Regexp) ReplaceAllFunc(ctx context.Context, src []byte, repl func([]byte) []byte) ([]byte, error) {
	const op = "saferegex.ReplaceAllFunc"
	if repl == nil {
		return nil, nilFunction(op)
	}
	return replaceAll(ctx, re, op, src, 2, nil, func(m *limits.Meter, o *output, loc []int) error {
		with := repl(src[loc[0]:loc[1]:loc[1]])
		if err := m.Err(); err != nil {
			return err
		}
		return appendOutput(m, o, with)
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
	return replaceAll(ctx, re, op, src, 2, nil, func(m *limits.Meter, o *output, loc []int) error {
		with := repl(src[loc[0]:loc[1]])
		if err := m.Err(); err != nil {
			return err
		}
		return appendOutput(m, o, with)
	})
}

// ReplaceAllSubmatchFunc returns a copy of src in which each match is replaced by what repl makes
// of it and its groups. An error of repl ends the operation and is returned as it is; there is no
// result then. The result of repl is copied, counts against OutputBytes, and is not a template.
// repl is not interrupted; Time is looked at when it returns.
//
// A [Match] is of strings: src is copied once, which counts against MemoryBytes.
func (re *Regexp) ReplaceAllSubmatchFunc(ctx context.Context, src []byte, repl func(Match) ([]byte, error)) (
	[]byte, error) {
	const op = "saferegex.ReplaceAllSubmatchFunc"
	if repl == nil {
		return nil, nilFunction(op)
	}
	if err := re.usable(op); err != nil {
		return nil, err
	}
	var text string
	prepare := func(m *limits.Meter) (err error) {
		text, err = copyOf(m, src)
		return err
	}
	return replaceAll(ctx, re, op, src, re.slots(), prepare, func(m *limits.Meter, o *output, loc []int) error {
		return appendMade(m, o, Match{text: text, loc: slices.Clone(loc), names: re.names}, repl)
	})
}

// ReplaceAllStringSubmatchFunc is [Regexp.ReplaceAllSubmatchFunc] for strings, without the copy.
func (re *Regexp) ReplaceAllStringSubmatchFunc(ctx context.Context, src string, repl func(Match) (string, error)) (
	string, error) {
	const op = "saferegex.ReplaceAllStringSubmatchFunc"
	if repl == nil {
		return "", nilFunction(op)
	}
	return replaceAll(ctx, re, op, src, re.slots(), nil, func(m *limits.Meter, o *output, loc []int) error {
		return appendMade(m, o, Match{text: src, loc: slices.Clone(loc), names: re.names}, repl)
	})
}

// appendMade appends what repl makes of a match.
func appendMade[T rematch.Text](m *limits.Meter, o *output, x Match, repl func(Match) (T, error)) error {
	with, err := repl(x)
	if err != nil {
		return err
	}
	if err := m.Err(); err != nil {
		return err
	}
	return appendOutput(m, o, with)
}

// nilFunction is the error of a callback that is not there.
func nilFunction(op string) error {
	return setup.Misuse(op, "the function", "is nil")
}

// replaceTemplate replaces by a template. Groups are found only for a template that has any.
func replaceTemplate[T rematch.Text](ctx context.Context, re *Regexp, op string, src T, repl string) (T, error) {
	slots := 2
	if strings.Contains(repl, "$") {
		slots = re.slots()
	} else if len(repl) <= laneTry && matchless(ctx, re, src) {
		return unchanged(src), nil
	}
	var pieces []piece
	prepare := func(m *limits.Meter) (err error) {
		pieces, err = re.parseTemplate(m, repl)
		return err
	}
	return replaceAll(ctx, re, op, src, slots, prepare, func(m *limits.Meter, o *output, loc []int) error {
		return appendPieces(m, o, pieces, src, loc)
	})
}

// replaceAll returns a copy of src, with each match replaced by what with appends for it. prepare,
// which may be nil, runs first and inside of the same meter.
func replaceAll[T rematch.Text](ctx context.Context, re *Regexp, op string, src T, slots int,
	prepare func(*limits.Meter) error, with func(m *limits.Meter, o *output, loc []int) error) (T, error) {
	var none, out T
	if prepare == nil && matchless(ctx, re, src) {
		return unchanged(src), nil
	}
	if err := re.usable(op); err != nil {
		return none, err
	}
	m := re.making.Meter(ctx, op)
	defer finish(&m)
	err := admit(ctx, &m, len(src))
	if err == nil && prepare != nil {
		err = prepare(&m)
	}
	var text readable[T]
	if err == nil {
		text, err = read(re, &m, src)
	}
	if err == nil {
		var o output
		run := re.prog.Begin()
		err = replaceIn(&m, &o, walk(&run, text), make([]int, slots), with)
		run.End()
		if err == nil {
			out, err = joinAs[T](&m, &o)
		}
	}
	if err := m.Finish(err); err != nil {
		return none, err
	}
	return out, nil
}

// unchanged returns the result for a text without a match.
func unchanged[T rematch.Text](src T) T {
	if s, ok := any(src).(string); ok {
		return T(s)
	}
	return T(append([]byte(nil), src...))
}

// joinAs joins the output as the kind of text that T is, without a conversion that would copy it.
func joinAs[T rematch.Text](m *limits.Meter, o *output) (T, error) {
	var out T
	var err error
	switch to := any(&out).(type) {
	case *string:
		*to, err = o.joinString(m)
	case *[]byte:
		*to, err = o.join(m, nil)
	}
	return out, err
}

func replaceIn[T rematch.Text](m *limits.Meter, o *output, w matches[T], loc []int, with func(m *limits.Meter,
	o *output, loc []int) error) error {
	copied := 0
	for {
		found, err := w.next(m, loc)
		if err != nil {
			return err
		}
		to := len(w.in)
		if found {
			to = loc[0]
		}
		if err := appendOutput(m, o, w.in[copied:to]); err != nil || !found {
			return err
		}
		if err := with(m, o, loc); err != nil {
			return err
		}
		copied = loc[1]
	}
}

// copyOf returns a copy of text, with looks at the clock while it is made.
func copyOf(m *limits.Meter, text []byte) (string, error) {
	if err := m.Hold(limits.MemoryBytes, int64(len(text))); err != nil {
		return "", err
	}
	var b strings.Builder
	b.Grow(len(text))
	for len(text) > 0 {
		n := min(len(text), blockBytes)
		if err := m.Step(int64(n / copiedPerStep)); err != nil {
			return "", err
		}
		b.Write(text[:n])
		text = text[n:]
	}
	return b.String(), nil
}
