package saferegex

import (
	"context"
	"fmt"
	"regexp/syntax"
	"strconv"
	"strings"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
)

// constant is filled by untyped constants alone. A variable, a typed constant or the result of a
// call does not compile, so that text from outside cannot be a format by mistake.
type constant string

// Compilef compiles format, in which each verb stands for a text that is matched literally: it
// becomes (?:...) around the quoted argument, so that ^%s*$ repeats all of it. The user's text
// never becomes syntax (CWE-625, CWE-1333).
//
// The verb %s takes a string or []byte, %d any integer, and %% is a percent sign. A verb where a
// literal cannot stand is a *limits.ConfigError: in a class, in \Q...\E, after a backslash, in the
// name or the flags of a group, in a repeat count. So is any other verb, a flag or width, an
// argument too few or too many or of another type, a format that is no pattern itself, and [POSIX],
// which has no (?:...). An argument that is an [Option] is an option, wherever it stands.
//
// The pattern that Compilef makes is bounded and refused as by [Compile].
func Compilef(ctx context.Context, lim limits.Limits, format constant, args ...any) (*Regexp, error) {
	var opts []Option
	var texts []any
	for _, arg := range args {
		if opt, is := arg.(Option); is {
			opts = append(opts, opt)
		} else {
			texts = append(texts, arg)
		}
	}
	c, err := configure("saferegex.Compilef", lim, opts)
	if err != nil {
		return nil, err
	}
	if c.posix {
		return nil, setup.Misuse(c.op, "the format", "needs (?:...), which POSIX does not have")
	}
	pattern, err := fill(c.op, string(format), texts)
	if err != nil {
		return nil, err
	}
	return Compile(ctx, pattern, lim, opts...)
}

// Format returns the pattern that [Compilef] compiles, for regexset.Compile and for [Compile] with
// the options in their usual place. Its errors are the *limits.ConfigError of Compilef; an argument
// that is an [Option] is one of them.
func Format(format constant, args ...any) (string, error) {
	return fill("saferegex.Format", string(format), args)
}

// A verb is a place in a template at which the text of an argument stands.
type formatVerb struct {
	at   int // in formatTemplate.text
	kind byte
}

// A formatTemplate is a format with a letter in the place of each verb.
type formatTemplate struct {
	text  string
	verbs []formatVerb
}

// placeholder stands for an argument while the format is read. It is a literal wherever a literal
// may stand.
const placeholder = "x"

// fill puts the arguments into the format.
func fill(op, format string, args []any) (string, error) {
	wrong := func(reason string, values ...any) error {
		return setup.Misuse(op, "the format", fmt.Sprintf(reason, values...))
	}
	t, err := parseFormat(format)
	if err != nil {
		return "", wrong("%v", err)
	}
	if len(args) != len(t.verbs) {
		return "", wrong("has %d verbs, and there are %d arguments", len(t.verbs), len(args))
	}
	if at := t.misplaced(); at >= 0 {
		return "", wrong("has a verb where a literal cannot stand, at offset %d of %s", t.verbs[at].at,
			limits.Quote(t.text))
	}
	var b strings.Builder
	copied := 0
	for i, v := range t.verbs {
		text, is := literal(v.kind, args[i])
		if !is {
			return "", setup.Misuse(op, "argument "+strconv.Itoa(i+1),
				fmt.Sprintf("is %T, which %%%c does not take", args[i], v.kind))
		}
		b.WriteString(t.text[copied:v.at])
		b.WriteString("(?:" + QuoteMeta(text) + ")")
		copied = v.at + len(placeholder)
	}
	b.WriteString(t.text[copied:])
	return b.String(), nil
}

// parseFormat finds the verbs of a format.
func parseFormat(format string) (t formatTemplate, err error) {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(format, "%")
		b.WriteString(before)
		if !found {
			t.text = b.String()
			_, err := syntax.Parse(t.text, syntax.Perl)
			return t, err
		}
		switch {
		case strings.HasPrefix(after, "%"):
			b.WriteByte('%')
		case strings.HasPrefix(after, "s"), strings.HasPrefix(after, "d"):
			t.verbs = append(t.verbs, formatVerb{b.Len(), after[0]})
			b.WriteString(placeholder)
		default:
			return t, fmt.Errorf("has %s, and the verbs are %%s, %%d and %%%%",
				limits.Quote("%"+after[:min(len(after), 8)]))
		}
		format = after[1:]
	}
}

// misplaced returns the first verb that does not stand for a token of its own, or -1. A construct
// of several characters is one token: a class, an escape, \Q...\E, the beginning of a group.
func (t *formatTemplate) misplaced() int {
	s := scan{c: &config{groups: MaxGroups, lim: limits.Limits{Depth: limits.UnsafeUnlimited}}, pattern: t.text,
		open: []level{{}}}
	next, brace := 0, -1
	for s.pos < len(t.text) && next < len(t.verbs) {
		at := s.pos
		if s.token() != nil {
			return next
		}
		switch {
		case t.verbs[next].at >= s.pos:
		case t.verbs[next].at > at, brace >= 0:
			return next
		default:
			next++
		}
		// After a brace that begins no repeat, digits and a comma still look like one.
		switch {
		case t.text[at] == '{' && s.pos == at+1:
			brace = at
		case t.text[at] != ',' && (t.text[at] < '0' || t.text[at] > '9'):
			brace = -1
		}
	}
	return -1
}

// literal returns the text of an argument for a verb.
func literal(kind byte, arg any) (string, bool) {
	if kind == 's' {
		switch arg := arg.(type) {
		case string:
			return arg, true
		case []byte:
			return string(arg), true
		}
		return "", false
	}
	switch arg.(type) {
	case int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64:
		return fmt.Sprint(arg), true
	}
	return "", false
}
