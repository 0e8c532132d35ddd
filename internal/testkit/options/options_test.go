package options

import (
	"errors"
	"maps"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/source"
	"github.com/seed73825598/airlock/limits"
)

// A probe is an input on which an option has an effect.
type probe struct {
	// run does the operation, with the option if it is given, and returns its outcome.
	run           func(t *testing.T, given bool) string
	without, with string // the outcomes
}

// unseen are the options without an outcome that a test could see: the reason says why.
var unseen = map[string]string{
	"safezip.Sync":           "asks the kernel to write to the disk: the files are the same until the power fails",
	"safetar.Sync":           "asks the kernel to write to the disk: the files are the same until the power fails",
	"unicodeid.AllowJoiners": "deprecated: it does nothing",
	"safezip.Workers":        "the result is the same, and how many processors make it is chance on a busy machine",
}

// probes lists all of them, as "package.Option".
func probes() map[string]probe {
	all := map[string]probe{}
	for _, of := range []map[string]probe{zipProbes(), tarProbes(), streamProbes(), xmlProbes(), regexProbes(),
		setProbes(),
		nameProbes()} {
		maps.Copy(all, of)
	}
	return all
}

// TestEveryOptionIsListed fails when an exported option is in no table.
func TestEveryOptionIsListed(t *testing.T) {
	declared, err := source.Declarations("../../..")
	if err != nil {
		t.Fatal(err)
	}
	all, found := probes(), 0
	for _, line := range declared {
		path, decl, _ := strings.Cut(line, ": func ")
		if strings.HasSuffix(path, "test") || !strings.HasSuffix(decl, ") Option") && !strings.HasSuffix(decl, ".Option") ||
			strings.HasPrefix(decl, "(") {
			continue
		}
		found++
		name := path[strings.LastIndexByte(path, '/')+1:] + "." + decl[:strings.IndexByte(decl, '(')]
		_, probed := all[name]
		if reason := unseen[name]; probed == (reason != "") {
			t.Errorf("%s: a probe is there: %t, and a reason to have none: %q", name, probed, reason)
		}
		delete(all, name)
	}
	for name := range all {
		t.Errorf("%s is not an exported option", name)
	}
	if found < 80 {
		t.Errorf("only %d options found", found)
	}
}

// TestOptions runs each probe without its option and with it.
func TestOptions(t *testing.T) {
	for name, p := range probes() {
		t.Run(name, func(t *testing.T) {
			if p.without == p.with {
				t.Error("the probe asks for no difference")
			}
			if got := p.run(t, false); got != p.without {
				t.Errorf("without the option: %q, want %q", got, p.without)
			}
			if got := p.run(t, true); got != p.with {
				t.Errorf("with the option: %q, want %q", got, p.with)
			}
		})
	}
}

// given returns the options of an operation: those that it always has, and the one that is asked
// about if that is given.
func given[O any](yes bool, o O, always ...O) []O {
	if yes {
		return append(always, o)
	}
	return always
}

// outcome returns what an operation has come to: the rule or the budget that refused it, or its
// value.
func outcome(err error, value string) string {
	if rule, ok := errors.AsType[*limits.RuleError](err); ok {
		return string(rule.Rule)
	}
	if budget, ok := errors.AsType[*limits.ExceededError](err); ok {
		return strings.TrimSpace(budget.Resource.Key() + " " + budget.Option)
	}
	if err != nil {
		return "error: " + err.Error()
	}
	return value
}
