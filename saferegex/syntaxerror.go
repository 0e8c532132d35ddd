package saferegex

import (
	"errors"
	"log/slog"
	"regexp/syntax"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/record"
	"github.com/seed73825598/airlock/limits"
)

// A SyntaxError is the refusal of a pattern that Go cannot read: a construct that belongs to other
// engines, or a mistake. It matches [limits.ErrRefused]; errors.As finds a [*RuleError] with
// [RuleInvalidSyntax] in it, and the *[syntax.Error] of Go's parser.
type SyntaxError struct {
	Pattern   string // as it was given, hostile or not
	Offset    int    // bytes from the start of the pattern to what is wrong
	Construct string // "look-ahead", "backreference", or the part of the pattern that is wrong
	Reason    string // why it is refused
	Rewrite   string // what to write instead; empty if nothing can be said in general

	std *syntax.Error
}

// Error has the form
//
//	saferegex.Compile: invalid-syntax: "(?=a)b" (offset 0): look-ahead: no engine knows it that ...; instead: ...
//
// The pattern is quoted and cut as by [limits.Quote].
func (e *SyntaxError) Error() string { return e.rule().Error() }

// rule is the refusal in the form that all refusals have.
func (e *SyntaxError) rule() *RuleError {
	if e == nil {
		e = &SyntaxError{Offset: -1}
	}
	detail := e.Construct + ": " + e.Reason
	if e.Rewrite != "" {
		detail += "; instead: " + e.Rewrite
	}
	return &RuleError{Op: "saferegex.Compile", Rule: RuleInvalidSyntax, Where: e.Pattern, Offset: int64(e.Offset),
		Detail: detail}
}

// record is the refusal as data.
func (e *SyntaxError) record() record.Record {
	if e == nil {
		return nil
	}
	return append(record.Record{slog.String("op", e.rule().Op), slog.String("rule", string(RuleInvalidSyntax))}.
		Text("pattern", limits.Quote(e.Pattern)), slog.Int("offset", e.Offset)).
		Text("construct", e.Construct).Text("reason", e.Reason).Text("rewrite", e.Rewrite)
}

// LogValue makes a SyntaxError a [slog.LogValuer]: a group with the members of MarshalJSON.
func (e *SyntaxError) LogValue() slog.Value { return e.record().LogValue() }

// MarshalJSON writes an object with the members op, rule, pattern (quoted and cut as by
// [limits.Quote]), offset, construct, reason and rewrite. Empty texts are left out.
func (e *SyntaxError) MarshalJSON() ([]byte, error) { return e.record().MarshalJSON() }

// Is reports whether target is [limits.ErrRefused].
func (e *SyntaxError) Is(target error) bool { return target == limits.ErrRefused }

// As sets a **RuleError to the refusal in the form that all refusals have.
func (e *SyntaxError) As(target any) bool {
	to, is := target.(**RuleError)
	if is {
		*to = e.rule()
	}
	return is
}

// Unwrap returns the *[syntax.Error] of Go's parser. Its text holds a part of the pattern as it
// stands, unquoted: it is for programs, not for logs.
func (e *SyntaxError) Unwrap() error {
	if e == nil || e.std == nil {
		return nil
	}
	return e.std
}

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
	e := &SyntaxError{Pattern: s.pattern, Offset: s.offset(std), Construct: limits.Quote(std.Expr),
		Reason: std.Code.String(), std: std}
	if std.Expr == s.pattern {
		e.Construct = "the pattern"
	}
	if std.Code == syntax.ErrInvalidRepeatSize && s.unknown.name == "" {
		e.Construct, e.Reason, e.Rewrite = repeatCount.name+" "+e.Construct, repeatCount.reason, repeatCount.rewrite
	}
	if x := s.unknown; x.name != "" && std.Code != syntax.ErrInvalidUTF8 &&
		near(e.Offset, len(std.Expr), x.offset) {
		e.Offset, e.Construct, e.Reason, e.Rewrite = x.offset, x.name, x.reason, x.rewrite
	}
	return e
}

// offset returns where what the parser complains about begins. The parser quotes it and does not
// say where it stands.
func (s *scan) offset(std *syntax.Error) int {
	switch {
	case std.Code == syntax.ErrMissingParen || std.Code == syntax.ErrUnexpectedParen:
		return s.paren
	case std.Code == syntax.ErrTrailingBackslash:
		return len(s.pattern) - 1
	case std.Code == syntax.ErrInvalidUTF8:
		return firstInvalid(s.pattern)
	case strings.Count(s.pattern, std.Expr) == 1:
		return strings.Index(s.pattern, std.Expr)
	}
	// It stands in several places: the parser stops at the first that is wrong, and so the shortest
	// beginning of the pattern with the same complaint ends there.
	end := sort.Search(len(s.pattern), func(n int) bool {
		_, err := syntax.Parse(s.pattern[:n], syntaxFlags(s.c.posix, s.c.flags))
		part, is := errors.AsType[*syntax.Error](err)
		return is && *part == *std
	})
	return max(0, strings.LastIndex(s.pattern[:end], std.Expr))
}

// firstInvalid returns where the first byte stands that is no part of valid UTF-8.
func firstInvalid(text string) int {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(text)
}

// near reports whether a construct begins within a part of the pattern, or just before it.
func near(offset, size, construct int) bool {
	return construct >= offset-1 && construct <= offset+size
}
