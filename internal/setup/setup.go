// Package setup is what every door of this module does with limits, options and rules before it
// touches the input. A door's configure has one shape:
//
//	c := &config{op: op, ...}                            // the defaults of the options
//	setup.Apply(&c.problems, c, opts)
//	c.lim = lim.Or(limits.Limits{Depth: DefaultDepth})   // the defaults of the limits
//	if err := c.problems.Err(op, lim, limits.InputBytes, limits.Time); err != nil {
//		return nil, err
//	}
//
// Every mistake in the limits, the options and the arguments of a call is then in one
// [limits.ConfigError], in the same words in every package.
package setup

import (
	"fmt"
	"math"

	"github.com/seed73825598/airlock/limits"
)

// Problems gathers the mistakes of a caller, until Err tells them all at once. The zero Problems
// holds none.
type Problems struct{ found []limits.FieldProblem }

// Apply applies the options of a call to the config of a door. An option that is nil is a problem.
func Apply[C any, O ~func(C)](p *Problems, c C, opts []O) {
	for _, opt := range opts {
		if opt == nil {
			p.Nil("an Option")
			continue
		}
		opt(c)
	}
}

// Add notes a problem. The reason reads on from the name of the field and says how to mend it; text
// that is not the program's own must have gone through [limits.Quote].
func (p *Problems) Add(field, format string, args ...any) {
	p.found = append(p.found, limits.FieldProblem{Field: field, Reason: fmt.Sprintf(format, args...)})
}

// Join notes problems that were found elsewhere.
func (p *Problems) Join(found []limits.FieldProblem) { p.found = append(p.found, found...) }

// Nil notes that something which must not be nil is.
func (p *Problems) Nil(field string) { p.Add(field, "is nil") }

// Between reports whether least <= v <= most, and notes a problem if not.
func (p *Problems) Between(field string, v, least, most int64) bool {
	switch {
	case v >= least && v <= most:
		return true
	case most == math.MaxInt64:
		p.Add(field, "is %d: not at least %d", v, least)
	default:
		p.Add(field, "is %d: not between %d and %d", v, least, most)
	}
	return false
}

// Together notes that two options exclude each other, and why.
func (p *Problems) Together(option, other, why string) {
	p.Add(option, "is given together with %s: %s", other, why)
}

// Without notes that an option is given without the one that it belongs to.
func (p *Problems) Without(option, owner string) {
	p.Add(option, "belongs to %s, which is not given", owner)
}

// Liftable reports whether UnsafeAllow may lift a rule of a table, and notes a problem if not.
func (p *Problems) Liftable(rules RuleTable, rule limits.Rule) bool {
	info, known := rules.find(rule)
	switch {
	case !known:
		p.Add("UnsafeAllow", "names no rule of this package: %s", limits.Quote(string(rule)))
	case !info.Liftable:
		p.Add("UnsafeAllow", "cannot lift %s, which belongs to the trust boundary", limits.Quote(string(rule)))
	}
	return known && info.Liftable
}

// Err returns a [*limits.ConfigError] with what is wrong with the limits, in the order of their
// fields, and every other problem, in the order in which it was found; nil if there is none.
func (p *Problems) Err(op string, lim limits.Limits, required ...limits.Resource) error {
	var all []limits.FieldProblem
	if err, ok := lim.Check(op, required...).(*limits.ConfigError); ok { //nolint:errorlint // Check returns nothing else.
		all = append(all, err.Problems...)
	}
	all = append(all, p.found...)
	if len(all) == 0 {
		return nil
	}
	return &limits.ConfigError{Op: op, Problems: all}
}

// Misuse is the error of a call that is wrong in one thing, which is no limit and no option: a nil
// argument, or a receiver that no constructor of the package has made.
func Misuse(op, field, reason string) *limits.ConfigError {
	return &limits.ConfigError{Op: op, Problems: []limits.FieldProblem{{Field: field, Reason: reason}}}
}
