package shown

import (
	"slices"
	"strings"
	"testing"
)

const root = "../../.."

// TestEveryEntryPointIsShown counts what has an Example with Output and what has none. An entry
// point is an exported function, or an exported method that takes a context. It must have an
// Example of its name, or be called in an Example of its package. A function that returns an Option
// must be called in an Example of its package or of one below it.
func TestEveryEntryPointIsShown(t *testing.T) {
	var entries, named, called, options, shown, examples int
	all := packages(t)
	for _, p := range all {
		examples += len(p.examples)
		for _, f := range p.funcs {
			switch {
			case f.option:
				options++
				if slices.ContainsFunc(all, func(q *pkg) bool { return q.within(p) && q.calls(f) }) {
					shown++
				} else {
					t.Errorf("%s: the option %s is in no Example with Output", p.path, f.name)
				}
			case f.entry():
				entries++
				switch {
				case p.names(f):
					named++
				case p.calls(f):
					called++
				default:
					t.Errorf("%s: %s has no Example with Output, and is called in none", p.path, f.example())
				}
			}
		}
	}
	t.Logf("%d packages, %d examples with Output", len(all), examples)
	t.Logf("%d entry points: %d have an Example of their name, %d are called in another", entries, named, called)
	t.Logf("%d options, %d are in an Example", options, shown)
	if len(all) == 0 || entries == 0 || options == 0 {
		t.Error("there is nothing to count: do the public packages stand where this test looks?")
	}
}

// TestEveryPackageHasAWholeFile asks of each package that has an operation for an example that a
// reader can copy as a file, with a handler in it. A package of hostile inputs has one with a test
// and a fuzz target instead.
func TestEveryPackageHasAWholeFile(t *testing.T) {
	handlers, tests := 0, 0
	for _, p := range packages(t) {
		has := func(want ...string) bool {
			return slices.ContainsFunc(p.whole, func(file []string) bool {
				return !slices.ContainsFunc(want, func(w string) bool { return !slices.Contains(file, w) })
			})
		}
		switch {
		case strings.HasSuffix(p.path, "test"):
			tests++
			if !has("testing.T", "testing.F") {
				t.Errorf("%s: no whole-file example has a test and a fuzz target", p.path)
			}
		case slices.ContainsFunc(p.funcs, func(f fn) bool { return f.context }):
			handlers++
			if !has("net/http.ResponseWriter", "net/http.Request") {
				t.Errorf("%s: no whole-file example has a handler", p.path)
			}
		}
	}
	t.Logf("%d packages show a handler, %d a test and a fuzz target", handlers, tests)
	if handlers == 0 || tests == 0 {
		t.Error("there is nothing to ask for")
	}
}

// TestExamplesCanBeCopied keeps out of the files of examples what a user can't import, and out of
// examples that are shown as a whole file what another file declares.
func TestExamplesCanBeCopied(t *testing.T) {
	for _, p := range packages(t) {
		for _, path := range p.imports {
			if strings.Contains("/"+path, "/internal/") {
				t.Errorf("%s: an example imports %s", p.path, path)
			}
		}
		for _, use := range p.borrowed {
			t.Errorf("%s: %s, which another file declares", p.path, use)
		}
	}
}
