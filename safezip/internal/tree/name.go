package tree

import (
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/filename"
)

// NameEncoding is the rule about a name beyond ASCII whose entry does not say its encoding.
const NameEncoding limits.Rule = "name-encoding"

// A Policy says which names are let in. Its zero value is the strictest.
type Policy struct {
	Lifted  map[limits.Rule]bool
	Unicode bool // names beyond ASCII, under rules of their own
}

// Admits reports a rule about names that the policy puts others in the place of.
func (p *Policy) Admits(rule limits.Rule) bool { return rule == filename.NonASCII && p.Unicode }

// A Name is the place of an entry in the tree.
type Name struct {
	Path string // components with "/" between them; empty for the root
	Dir  bool   // the name says that the entry is a directory
	Root bool   // the name is that of the root itself
}

// Name judges the name of an entry by itself. It returns ok = false if it has been refused and the
// judge wants to see more.
func (t *Tree) Name(e *Entry) (n Name, ok bool, err error) {
	name, ok := e.Name, true
	if t.policy.Lifted[filename.Backslash] && strings.Contains(name, `\`) {
		if err := t.report(e, filename.Backslash, "backslashes are read as separators"); err != nil {
			return Name{}, false, err
		}
		name = strings.ReplaceAll(name, `\`, "/")
	}
	n.Path, n.Dir, n.Root = filename.Clean(name)
	if n.Root {
		return Name{Dir: true, Root: true}, true, nil
	}
	for _, problem := range t.problems(e, n.Path) {
		ok = ok && t.policy.Lifted[problem.Rule]
		if err := t.report(e, problem.Rule, problem.Detail); err != nil {
			return Name{}, false, err
		}
	}
	return n, ok, nil
}

// problems returns what is wrong with a path of an entry under the policy.
func (t *Tree) problems(e *Entry, path string) []filename.Problem {
	var problems []filename.Problem
	for _, problem := range filename.Check(path) {
		if !t.policy.Admits(problem.Rule) {
			problems = append(problems, problem)
		}
		if problem.Rule == filename.NonASCII && !e.UTF8 {
			problems = append(problems, filename.Problem{Rule: NameEncoding,
				Detail: "it is beyond ASCII, and the entry does not say that it is UTF-8"})
		}
	}
	return problems
}
