package saferegex

import (
	"cmp"

	"github.com/seed73825598/airlock/limits"
)

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

// refuse makes a refusal: used of what is more than limit, at an offset of the pattern. The limit
// is that of an option, or of Depth if option is empty.
func (c *config) refuse(rule Rule, r limits.Resource, option, what string, pattern string, offset int, used,
	limit int64) error {
	return tooMuchOf(rule, offset, what, "if such patterns are expected, raise "+cmp.Or(option, "Depth"),
		&limits.ExceededError{Op: c.op, Resource: r, Limit: limit, Used: used, Where: pattern, Option: option})
}

// refuseFolds is the refusal of classes that need too many characters' other cases. The limit is
// fixed.
func (c *config) refuseFolds(pattern string, offset int, used, limit int64) error {
	const hint = "shorten the ranges under (?i)"
	return tooMuchOf(RuleClassTooLarge, offset, "characters in more than one case", hint,
		&limits.ExceededError{Op: c.op, Resource: limits.Steps, Limit: limit, Used: used, Where: pattern, Hint: hint})
}

// tooMuchOf says in the words of a rule which limit was passed, and what can be done.
func tooMuchOf(rule Rule, offset int, what, remedy string, e *limits.ExceededError) error {
	return &tooMuch{exceeded: e, rule: &RuleError{
		Op: e.Op, Rule: rule, Where: e.Where, Offset: int64(offset),
		Detail: "needs at least " + count(e.Used) + " " + what + ", the limit is " + count(e.Limit) + "; " + remedy,
	}}
}
