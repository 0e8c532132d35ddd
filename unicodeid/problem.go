package unicodeid

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/limits"
)

// A Problem is one broken rule and where in the raw name it is broken, in the units that a form, an
// editor or a database counts in.
type Problem struct {
	Rule     Rule
	Offset   int  // bytes of UTF-8 in front
	Len      int  // bytes that the problem covers; 0 where something is missing
	Rune     int  // code points in front
	UTF16    int  // UTF-16 units in front, as JavaScript, Java and Windows count
	Grapheme int  // grapheme clusters in front, as people count
	Code     rune // the code point that breaks the rule; 0 where none does alone
	// a plain spelling to offer for what is covered; empty to leave it out or choose something else
	Fix string
	// what is wrong, in words for the user who chose the name; it holds none of the name
	Detail string
	// the word of a list that the name is or holds, as the list has it: for the administrator. It is
	// not in Error, nor in JSON, which go to the user.
	Word string `json:"-"`
}

// An Error is the refusal of a name. It matches [limits.ErrRefused], and [limits.ErrExceeded] (as
// *limits.ExceededError) where a budget is among the problems; errors.As finds its first problem as
// a *limits.RuleError, too. Its text never holds any of the raw name, so that it can be logged and
// shown.
type Error struct {
	Op       string    // "unicodeid.Register"
	Problems []Problem // in the order of the raw name; at least one

	exceeded *limits.ExceededError
}

// shown is how many problems Error spells out.
const shown = 3

// Error names the problems: rule, place, code point and what is wrong.
func (e *Error) Error() string {
	if e == nil {
		return "<nil>"
	}
	var s strings.Builder
	s.WriteString(e.Op + ": ")
	for i, p := range e.Problems {
		if i == shown {
			fmt.Fprintf(&s, "; and %d more", len(e.Problems)-shown)
			break
		}
		if i > 0 {
			s.WriteString("; ")
		}
		fmt.Fprintf(&s, "%s at character %d", p.Rule, p.Grapheme+1)
		if p.Code != 0 {
			fmt.Fprintf(&s, " (U+%04X)", p.Code)
		}
		s.WriteString(": " + p.Detail)
	}
	return s.String()
}

// Is matches limits.ErrRefused.
func (e *Error) Is(target error) bool { return target == limits.ErrRefused }

// As sets a target of type **limits.RuleError to the first problem, so that one errors.As serves a
// whole service. It holds none of the raw name.
func (e *Error) As(target any) bool {
	rule, ok := target.(**limits.RuleError)
	if !ok || e == nil || len(e.Problems) == 0 {
		return false
	}
	first := &e.Problems[0]
	*rule = &limits.RuleError{Op: e.Op, Rule: first.Rule, Offset: int64(first.Offset), Detail: first.Detail}
	return true
}

// Unwrap returns the budget that ran out, if one did.
func (e *Error) Unwrap() error {
	if e == nil || e.exceeded == nil {
		return nil
	}
	return e.exceeded
}

// An oversized is an Error of one problem in one piece of memory: to refuse what is too long must
// cost less than to send it.
type oversized struct {
	err      Error
	problem  [1]Problem
	exceeded limits.ExceededError
}

func newOversized(op string, r limits.Resource, limit, used int64) *Error {
	o := &oversized{exceeded: limits.ExceededError{Op: op, Resource: r, Limit: limit, Used: used}}
	o.problem[0] = Problem{Rule: RuleTooLong, Detail: detailTooLong}
	o.err = Error{Op: op, Problems: o.problem[:], exceeded: &o.exceeded}
	return &o.err
}

const detailTooLong = "the name is too long"

// locate counts the units in front of each problem. The clusters are those of the raw text, which
// is what the user sees.
func locate(raw string, problems []Problem) {
	if len(problems) == 0 {
		return
	}
	starts := make([]int, 0, len(raw)+1) // of each cluster
	at := 0
	for c := range ucd.Clusters(raw) {
		starts = append(starts, at)
		at += len(c)
	}
	for i := range problems {
		p := &problems[i]
		front := raw[:p.Offset]
		p.Rune = utf8.RuneCountInString(front)
		for _, r := range front {
			p.UTF16++
			if r > 0xFFFF {
				p.UTF16++
			}
		}
		for p.Grapheme < len(starts)-1 && starts[p.Grapheme+1] <= p.Offset {
			p.Grapheme++
		}
	}
}
