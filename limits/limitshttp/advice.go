package limitshttp

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"strings"

	"github.com/seed73825598/airlock/limits"
)

// An advice is what the sender can do about each rule, by "package rule": packages share ids.
type advice map[string]string

// newAdvice reads the rules of Options.
func newAdvice(packages map[string]iter.Seq[limits.RuleInfo]) advice {
	if len(packages) == 0 {
		return nil
	}
	a := advice{}
	for name, rules := range packages {
		if rules == nil {
			continue
		}
		for info := range rules {
			a[name+" "+string(info.Rule)] = info.Advice
		}
	}
	return a
}

// of returns the advice for an error; empty if there is none. A status of 500 has none: it is not
// the sender's fault.
func (a advice) of(err error) string {
	rule, ok := errors.AsType[*limits.RuleError](err)
	if !ok || Status(err) >= http.StatusInternalServerError {
		return ""
	}
	name, _, _ := strings.Cut(rule.Op, ".")
	return a[name+" "+string(rule.Rule)]
}

type adviceKey struct{}

// withAdvice returns a context that carries a.
func withAdvice(ctx context.Context, a advice) context.Context {
	if a == nil {
		return ctx
	}
	return context.WithValue(ctx, adviceKey{}, a)
}

// adviceOf returns what the context of a request carries.
func adviceOf(r *http.Request) advice {
	a, _ := r.Context().Value(adviceKey{}).(advice)
	return a
}
