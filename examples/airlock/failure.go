package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/regexset"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/safetar"
	"github.com/seed73825598/airlock/unicodeid"
)

// The kinds of failure, as -json says them.
const (
	kindNone        = ""
	kindRule        = "rule"
	kindLimit       = "limit"
	kindConfig      = "config"
	kindInterrupted = "interrupted"
	kindEnvironment = "environment"
)

// kindOf tells whose fault an error is: the input's (a rule or a limit), the caller's, that of the
// user who interrupted, or the environment's.
func kindOf(err error) string {
	_, usage := errors.AsType[*usageError](err)
	switch {
	case err == nil:
		return kindNone
	case errors.Is(err, limits.ErrExceeded):
		return kindLimit
	case errors.Is(err, limits.ErrRefused):
		return kindRule
	case errors.Is(err, limits.ErrConfig), usage:
		return kindConfig
	case errors.Is(err, context.Canceled):
		return kindInterrupted
	default:
		return kindEnvironment
	}
}

// A fileError is an error about one file, with what to do if the file was refused for breaking a
// rule.
type fileError struct {
	error
	file, next string
}

func (e *fileError) Unwrap() error { return e.error }

// printError says what is wrong and what to do next.
func printError(w io.Writer, c command, err error) {
	program, about := "airlock", "airlock help"
	if c.name != "" {
		program, about = program+" "+c.name, about+" "+c.name
	}
	switch kindOf(err) {
	case kindRule, kindLimit:
		fmt.Fprint(w, program+": ")
		printRefusal(w, err)
	case kindInterrupted:
		fmt.Fprintln(w, program+": interrupted:", oneLine(err.Error()))
	default:
		fmt.Fprintln(w, program+":", oneLine(err.Error()))
		if _, usage := errors.AsType[*usageError](err); usage {
			fmt.Fprintf(w, "run %q for its usage\n", about)
		}
	}
}

// printRefusal says which rule or limit refused a file, where, with what value, and what to do
// next.
func printRefusal(w io.Writer, err error) {
	file, known := errors.AsType[*fileError](err)
	if known {
		fmt.Fprintf(w, "%s is refused\n", limits.Quote(file.file))
	} else {
		fmt.Fprintln(w, "refused")
	}
	t := newTable(w)
	defer t.end()
	if rule, ok := errors.AsType[*limits.RuleError](err); ok {
		t.row("  rule", rule.Rule)
		t.row("  place", place(rule.Where))
		if rule.Offset >= 0 {
			t.row("  offset", rule.Offset)
		}
		t.row("  detail", oneLine(rule.Detail))
		if info := ruleOf(rule.Rule); info.Attack != "" {
			t.row("  attack", info.Attack+" ("+info.CWE+")")
		}
		if known {
			t.row("  next", file.next)
		}
	}
	if spent, ok := errors.AsType[*limits.ExceededError](err); ok {
		t.row("  limit", setting(spent.Resource, spent.Limit)+" ("+spent.Resource.String()+")")
		if spent.Resource == limits.Time {
			t.row("  took", setting(spent.Resource, spent.Used))
		} else {
			t.row("  needs", setting(spent.Resource, spent.Used)+" at least")
		}
		if spent.Where != "" {
			t.row("  place", limits.Quote(spent.Where))
		}
		t.row("  next", "if you trust the file, raise the limit: -limits "+raised(spent))
	}
}

// ruleOf returns what is known of a rule, and the zero RuleInfo for one that no package has.
func ruleOf(rule limits.Rule) limits.RuleInfo {
	for _, rules := range []iter.Seq[limits.RuleInfo]{safezip.Rules(), safetar.Rules(), safexml.Rules(), regexset.Rules(),
		unicodeid.Rules()} {
		if info := infoOf(rule, rules); info.Rule == rule {
			return info
		}
	}
	return limits.RuleInfo{}
}

// infoOf returns what a package says of one of its rules, and nothing of a rule that it does not
// have.
func infoOf(rule limits.Rule, rules iter.Seq[limits.RuleInfo]) limits.RuleInfo {
	for info := range rules {
		if info.Rule == rule {
			return info
		}
	}
	return limits.RuleInfo{}
}

// lifting says what to do about an input that broke a rule of a package: what its sender can do,
// and which flag lifts the rule if one does.
func lifting(do string, rules iter.Seq[limits.RuleInfo], err error) string {
	rule, ok := errors.AsType[*limits.RuleError](err)
	if !ok {
		return "do not " + do
	}
	for info := range rules {
		if info.Rule != rule.Rule {
			continue
		}
		next := "do not " + do
		if info.Advice != "" {
			next += "; the sender: " + info.Advice
		}
		if info.Liftable {
			next += "; if you know who made it so, and why: -allow " + string(rule.Rule)
		}
		return next
	}
	return "do not " + do
}

// setting writes n of a resource as -limits reads it: "output=1GiB".
func setting(r limits.Resource, n int64) string {
	var l limits.Limits
	switch r {
	case limits.InputBytes:
		l.InputBytes = limits.Bytes(n)
	case limits.OutputBytes:
		l.OutputBytes = limits.Bytes(n)
	case limits.Items:
		l.Items = n
	case limits.Depth:
		l.Depth = n
	case limits.Steps:
		l.Steps = n
	case limits.MemoryBytes:
		l.MemoryBytes = limits.Bytes(n)
	case limits.Time:
		l.Time = time.Duration(n)
	}
	return l.String()
}

// raised is a setting that would have let pass what was asked for: the limit, doubled until it
// does. The steps after that may need more.
func raised(e *limits.ExceededError) string {
	n := e.Limit
	for n < e.Used && n <= math.MaxInt64/2 {
		n *= 2
	}
	return setting(e.Resource, max(n, e.Used))
}
