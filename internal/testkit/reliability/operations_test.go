package reliability

import (
	"context"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/source"
	"github.com/seed73825598/airlock/limits"
)

// An operation is one exported function or method that takes a context.
type operation struct {
	name string // package.Function or package.Type.Method
	// slow runs the operation on an input that takes it far longer than a few milliseconds.
	slow func(t *testing.T, ctx context.Context, lim limits.Limits) error
	// counts is the resource that bounds its work, where that is not Steps.
	counts limits.Resource
}

// bounded are the exported functions that take a context and need no slow input: the reason says
// what bounds them.
var bounded = map[string]string{
	"limits.Limits.Meter":       "makes a value",
	"limits.Limits.Start":       "waits in the Pool for MaxWait at most",
	"limits.Metered":            "makes a value",
	"limits.With":               "makes a context",
	"limits.WithObserver":       "makes a context",
	"limits.WithPool":           "makes a context",
	"saferegex.Compile":         "bounded by PatternBytes and ProgramSize before it begins",
	"saferegex.Compilef":        "bounded as Compile is",
	"saferegex.Pattern.Compile": "bounded as Compile is",
}

// operations lists all of them.
func operations() []operation {
	var all []operation
	for _, list := range [][]operation{zipOperations(), tarOperations(), xmlOperations(), regexOperations(),
		nameOperations()} {
		all = append(all, list...)
	}
	return all
}

// TestEveryOperationIsListed fails when an exported operation is in no table.
func TestEveryOperationIsListed(t *testing.T) {
	declared, err := source.Declarations("../../..")
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, op := range operations() {
		listed[op.name] = true
	}
	for _, line := range declared {
		pkg, rest, _ := strings.Cut(line, ": func ")
		signature, takes := strings.CutPrefix(rest, "(")
		name := ""
		if takes {
			receiver, method, _ := strings.Cut(signature, ") ")
			name = strings.TrimPrefix(receiver, "*") + "."
			signature = method
		} else {
			signature = rest
		}
		function, parameters, _ := strings.Cut(signature, "(")
		function, _, _ = strings.Cut(function, "[")
		if !strings.HasPrefix(parameters, "ctx context.Context") || strings.Contains(pkg, "test") {
			continue
		}
		name = pkg[strings.LastIndex(pkg, "/")+1:] + "." + name + function
		if _, known := bounded[name]; !known && !listed[name] {
			t.Errorf("%s is in no table of operations", name)
		}
	}
}
