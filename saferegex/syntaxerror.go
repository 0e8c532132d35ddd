package saferegex

import (
	"errors"
	"regexp/syntax"
	"strings"

	"github.com/seed73825598/airlock/limits"
)

// A SyntaxError is the refusal of a pattern that Go cannot read: a construct that belongs to other
// engines, or a mistake. It matches [limits.ErrRefused], and errors.As finds a [*RuleError] with
// [RuleInvalidSyntax] in it.
type SyntaxError struct {
	Pattern   string // as it was given, hostile or not
	Offset    int    // bytes from the start of the pattern; -1 if it is not known
	Construct string // "look-ahead", "backreference", or the part of the pattern that is wrong
	Reason    string // why it is refused
	Rewrite   string // what to write instead; empty if nothing can be said in general
}

// Error has the form
//
//	saferegex.Compile: invalid-syntax: "(?=a)b" (offset 0): look-ahead: no engine knows it that ...; instead: ...
//
// The pattern is quoted and cut as by [limits.Quote].
func (e *SyntaxError) Error() string { return e.rule().Error() }

// rule is the refusal in the form that all refusals have.
func (e *SyntaxError) rule() *RuleError {
	detail := e.Construct + ": " + e.Reason
	if e.Rewrite != "" {
		detail += "; instead: " + e.Rewrite
	}
	return &RuleError{Op: "saferegex.Compile", Rule: RuleInvalidSyntax, Where: e.Pattern, Offset: int64(e.Offset),
		Detail: detail}
}

// Unwrap returns the refusal as a [*RuleError].
func (e *SyntaxError) Unwrap() error { return e.rule() }

// syntaxError says what is wrong with a pattern that the parser has refused. The scan knows
// constructs of other engines by name; it is believed if what the parser complains about is in the
// same place.
func (s *scan) syntaxError(err error) error {
	std, ok := errors.AsType[*syntax.Error](err)
	if !ok {
		return err
	}
	if std.Code == syntax.ErrLarge {
		return s.c.refuse(RuleProgramTooLarge, limits.Items, "ProgramSize", "instructions", s.pattern, -1,
			max(s.size(), int64(s.c.programSize)+1), int64(s.c.programSize))
	}
	e := &SyntaxError{Pattern: s.pattern, Offset: -1, Construct: limits.Quote(std.Expr), Reason: std.Code.String()}
	if std.Expr == s.pattern {
		e.Construct = "the pattern"
	} else if strings.Count(s.pattern, std.Expr) == 1 {
		e.Offset = strings.Index(s.pattern, std.Expr)
	}
	if std.Code == syntax.ErrInvalidRepeatSize && s.unknown.name == "" {
		e.Construct, e.Reason, e.Rewrite = repeatCount.name+" "+e.Construct, repeatCount.reason, repeatCount.rewrite
	}
	if x := s.unknown; x.name != "" && std.Code != syntax.ErrInvalidUTF8 &&
		(e.Offset < 0 || near(e.Offset, len(std.Expr), x.offset)) {
		e.Offset, e.Construct, e.Reason, e.Rewrite = x.offset, x.name, x.reason, x.rewrite
	}
	return e
}

// near reports whether a construct begins within a part of the pattern, or just before it.
func near(offset, size, construct int) bool {
	return construct >= offset-1 && construct <= offset+size
}
