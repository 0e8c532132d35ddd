package saferegex

import "github.com/seed73825598/airlock/limits"

// tooMuch is the refusal of a pattern that needs more of something than it may have. It is a
// [*RuleError] and a [*limits.ExceededError] at once, for a limit was passed and there is a rule
// that says so: errors.As finds either, and it matches [limits.ErrExceeded].
type tooMuch struct {
	rule     *RuleError
	exceeded *limits.ExceededError
}

// Error is that of the rule, which says the amount, the limit and the option to raise.
func (e *tooMuch) Error() string { return e.rule.Error() }

// Unwrap returns both.
func (e *tooMuch) Unwrap() []error { return []error{e.rule, e.exceeded} }

// refuse makes a refusal: used of what is more than limit, at an offset of the pattern.
func (c *config) refuse(rule Rule, r limits.Resource, option, what string, pattern string, offset int, used,
	limit int64) error {
	return &tooMuch{
		rule: &RuleError{
			Op: c.op, Rule: rule, Where: pattern, Offset: int64(offset),
			Detail: "needs at least " + count(used) + " " + what + ", the limit is " + count(limit) +
				"; if such patterns are expected, raise " + option,
		},
		exceeded: &limits.ExceededError{Op: c.op, Resource: r, Limit: limit, Used: used, Where: pattern,
			Option: option},
	}
}
