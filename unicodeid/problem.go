package unicodeid

import (
	"fmt"
	"log/slog"
	"strconv"
	"strings"

	"github.com/seed73825598/airlock/internal/record"
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
	Word string
	// of too-long, too-short and too-many-marks: what is counted, the limit, and how many there are;
	// 0 of the others
	Unit   Unit
	Limit  int64
	Length int64
}

// MarshalJSON writes an object for the form that the name came from, with the members rule, offset,
// len, rune, utf16, grapheme, code ("U+200B"), fix, detail, unit, limit and length, all as in
// Problem. Those that say nothing (code, fix, unit, limit, length) are left out, and Word always
// is.
func (p Problem) MarshalJSON() ([]byte, error) {
	r := record.Record{
		slog.String("rule", string(p.Rule)), slog.Int("offset", p.Offset), slog.Int("len", p.Len),
		slog.Int("rune", p.Rune), slog.Int("utf16", p.UTF16), slog.Int("grapheme", p.Grapheme),
	}
	if p.Code != 0 {
		r = r.Text("code", fmt.Sprintf("U+%04X", p.Code))
	}
	r = r.Text("fix", p.Fix).Text("detail", p.Detail)
	if p.Unit != 0 {
		r = append(r, slog.String("unit", p.Unit.String()), slog.Int64("limit", p.Limit), slog.Int64("length", p.Length))
	}
	return r.MarshalJSON()
}

// MaxProblems is how many problems an Error lists at most.
const MaxProblems = 1000

// A Unit is what a limit of a Problem counts.
type Unit uint8

// The units of limits.
const (
	UnitBytes      Unit = iota + 1 // of UTF-8
	UnitCodePoints                 // of Unicode
	UnitGraphemes                  // characters, as people count them
	UnitMarks                      // on one letter
)

// String returns "bytes", "code points", "characters" or "marks".
func (u Unit) String() string {
	switch u {
	case UnitBytes:
		return "bytes"
	case UnitCodePoints:
		return "code points"
	case UnitGraphemes:
		return "characters"
	case UnitMarks:
		return "marks"
	}
	return "units"
}

// unitOf is what a limit on a resource counts, or 0.
func unitOf(r limits.Resource) Unit {
	switch r { //nolint:exhaustive // The others count no part of a name.
	case limits.InputBytes, limits.OutputBytes:
		return UnitBytes
	case limits.Items:
		return UnitCodePoints
	case limits.Depth:
		return UnitMarks
	}
	return 0
}

// measured fills a limit and its text in.
func measured(p Problem, unit Unit, limit, length int64) Problem {
	p.Unit, p.Limit, p.Length = unit, limit, length
	p.Detail = limitText(p.Rule, unit, limit)
	return p
}

func limitText(rule Rule, unit Unit, limit int64) string {
	return strings.NewReplacer("{limit}", strconv.FormatInt(limit, 10), "{unit}", unit.String()).Replace(text(rule))
}

// overBudget is the problem of a name that took more than a limit of the call.
func overBudget(e *limits.ExceededError, n int) Problem {
	p := Problem{Rule: RuleTooLong, Len: n, Detail: "the name takes more than names may"}
	if unit := unitOf(e.Resource); unit != 0 {
		return measured(p, unit, e.Limit, e.Used)
	}
	return p
}

// An Error is the refusal of a name. It matches [limits.ErrRefused], and [limits.ErrExceeded] (as
// *limits.ExceededError) where a budget is among the problems; errors.As finds its first problem as
// a *limits.RuleError, too. Its text never holds any of the raw name, so that it can be logged and
// shown.
type Error struct {
	Op       string    // "unicodeid.Register"
	Problems []Problem // in the order of the raw name; at least one

	exceeded *limits.ExceededError
	over     oversize
}

// An oversize is a budget that a length exceeds, in numbers alone: most refusals of what is too
// long are counted and not looked at.
type oversize struct {
	limit, used int64 // both 0 if none is exceeded
	resource    limits.Resource
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
	for i := range e.Problems {
		p := &e.Problems[i]
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
		if p.Unit != 0 {
			fmt.Fprintf(&s, ", and it has %d", p.Length)
		}
	}
	return s.String()
}

// LogValue makes an Error a [slog.LogValuer]: a group with op, the rule of the first problem, how
// many problems there are, and the text of the error. None of the raw name is in it.
func (e *Error) LogValue() slog.Value {
	if e == nil {
		return slog.GroupValue()
	}
	r := record.Record{slog.String("op", e.Op)}
	if len(e.Problems) > 0 {
		r = r.Text("rule", string(e.Problems[0].Rule))
	}
	return append(r, slog.Int("problems", len(e.Problems)), slog.String("error", e.Error())).LogValue()
}

// MarshalJSON writes an object with the members op and problems, a list of what
// [Problem.MarshalJSON] writes.
func (e *Error) MarshalJSON() ([]byte, error) {
	if e == nil {
		return []byte("{}"), nil
	}
	return record.Record{slog.String("op", e.Op), slog.Any("problems", e.Problems)}.MarshalJSON()
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
	switch {
	case e == nil:
	case e.exceeded != nil:
		return e.exceeded
	case e.over.used > 0:
		return &limits.ExceededError{Op: e.Op, Resource: e.over.resource, Limit: e.over.limit, Used: e.over.used}
	}
	return nil
}

// An oversized is an Error of one problem in one piece of memory: to refuse what is too long must
// cost less than to send it.
type oversized struct {
	err     Error
	problem [1]Problem
}

func (p *Profile) newOversized(op string, r limits.Resource, limit, used int64) *oversized {
	o := &oversized{problem: [1]Problem{{Rule: RuleTooLong, Detail: p.tooLong[r], Unit: unitOf(r), Limit: limit,
		Length: used}}}
	o.err = Error{Op: op, Problems: o.problem[:], over: oversize{limit, used, r}}
	return o
}

func (o *oversized) refusal() *Error { return &o.err }

// locate counts the units before each problem, which are in the order of the name. The clusters
// are those of the raw text, which is what the user sees.
func locate(raw string, problems []Problem) {
	at, runes, units := 0, 0, 0
	cluster, ends := 0, ucd.FirstCluster(raw)
	for i := range problems {
		p := &problems[i]
		for _, r := range raw[at:p.Offset] {
			runes++
			units++
			if r > 0xFFFF {
				units++
			}
		}
		at = p.Offset
		for ends <= at && ends < len(raw) {
			ends += ucd.FirstCluster(raw[ends:])
			cluster++
		}
		p.Rune, p.UTF16, p.Grapheme = runes, units, cluster
	}
}
