package saferegex

import (
	"context"
	"regexp"
	"time"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
)

// A Pattern is a pattern in a field of a JSON, YAML or TOML configuration, or the value of a flag
// by flag.TextVar. It is read with the configuration and compiled where the limits are known.
//
// The zero Pattern, as a field has it that was left out, is unset: [Pattern.Compile] refuses it as
// a *limits.ConfigError. It is not the empty pattern, which matches every text; write (?:) for
// that. A conversion Pattern(s) is checked by Compile alone.
type Pattern string

// unmarshalLimits bound the check of a pattern while a configuration is read. InputBytes is for
// texts, of which there is none.
var unmarshalLimits = limits.Limits{InputBytes: 1, Time: time.Second}

// UnmarshalText checks length, groups, size of the program and syntax of a pattern under the
// default limits of [Compile], for one second at most, and keeps it. An empty text is a
// *limits.ConfigError. After an error p is as it was.
func (p *Pattern) UnmarshalText(text []byte) error {
	const op = "saferegex.Pattern.UnmarshalText"
	if p == nil {
		return setup.Misuse(op, "the Pattern", "is nil")
	}
	if len(text) == 0 {
		return emptyPattern(op)
	}
	read := Pattern(text)
	if _, err := Compile(context.Background(), string(read), unmarshalLimits); err != nil {
		return err
	}
	*p = read
	return nil
}

// MarshalText returns the pattern as it was given, and nothing for one that is unset.
func (p Pattern) MarshalText() ([]byte, error) { return []byte(p), nil }

// Compile is [Compile] of the pattern. An unset Pattern is a *limits.ConfigError.
func (p Pattern) Compile(ctx context.Context, lim limits.Limits, opts ...Option) (*Regexp, error) {
	if p == "" {
		return nil, emptyPattern("saferegex.Pattern.Compile")
	}
	return Compile(ctx, string(p), lim, opts...)
}

func emptyPattern(op string) error {
	return setup.Misuse(op, "the Pattern", "is empty or not set: write (?:) for one that matches every text")
}

// QuoteMeta returns a pattern that matches s and nothing else, as regexp.QuoteMeta does. It quotes
// for a place where a literal may stand, and for no other: in [ ] the quoted text "a-z" is still a
// range, \Q ends at a \E of its own, and in "%s*" the repeat takes the last letter alone.
// [Compilef] knows where a literal may stand.
func QuoteMeta(s string) string { return regexp.QuoteMeta(s) }
