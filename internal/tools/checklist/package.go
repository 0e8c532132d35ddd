package checklist

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"regexp"
	"slices"
	"strings"

	"github.com/seed73825598/airlock/limits"
)

// A Package is one that has limits and rules, with what the checklist says about them that the
// package itself does not.
type Package struct {
	Path  string // below the root of the module, as "safezip"
	Rules func() iter.Seq[limits.RuleInfo]

	// Lift names, for rules that UnsafeAllow does not lift, the option that does.
	Lift map[limits.Rule]string
	// Supports and Budgets hold the requirements of OWASP ASVS 5.0 that a rule, or the budget in a
	// field of [limits.Limits], supports.
	Supports map[limits.Rule][]string
	Budgets  map[string][]string
}

// A reading is a Package with what was read from its source.
type reading struct {
	Package
	limits []Row
	rules  []limits.RuleInfo
	names  names
}

// read collects what the package says and checks it, all mistakes at once.
func (p Package) read(root fs.FS) (*reading, error) {
	dir, err := fs.Sub(root, p.Path)
	if err != nil {
		return nil, err
	}
	doc, err := packageComment(dir)
	if err != nil {
		return nil, err
	}
	table, err := parseTable(doc)
	if err != nil {
		return nil, fmt.Errorf("limits table: %w", err)
	}
	exports, err := exported(root, p.Path)
	if err != nil {
		return nil, err
	}
	r := &reading{Package: p, limits: table, rules: slices.Collect(p.Rules()), names: exports}
	return r, errors.Join(r.checkRules(), r.checkConstants(), r.checkLift(), r.checkClaims())
}

var (
	ruleForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	cweForm  = regexp.MustCompile(`^CWE-[1-9][0-9]*$`)
)

// checkRules holds each line of Rules() to its form.
func (r *reading) checkRules() error {
	var problems []error
	wrong := func(rule limits.Rule, format string, args ...any) {
		problems = append(problems, fmt.Errorf("rule %q: %s", rule, fmt.Sprintf(format, args...)))
	}
	if len(r.rules) == 0 {
		problems = append(problems, errors.New("no rules"))
	}
	seen := map[limits.Rule]bool{}
	for _, info := range r.rules {
		if seen[info.Rule] {
			wrong(info.Rule, "is listed twice")
		}
		seen[info.Rule] = true
		if !ruleForm.MatchString(string(info.Rule)) {
			wrong(info.Rule, "is not in kebab case")
		}
		if !cweForm.MatchString(info.CWE) {
			wrong(info.Rule, "CWE is %q, want CWE-<number>", info.CWE)
		}
		if !isSentence(info.Attack) {
			wrong(info.Rule, "attack is %q, want one line that ends with a period", info.Attack)
		}
		if info.Default == "" || strings.Contains(info.Default, "\n") {
			wrong(info.Rule, "default is %q, want one line", info.Default)
		}
	}
	return errors.Join(problems...)
}

func isSentence(s string) bool {
	return len(s) > 1 && strings.HasSuffix(s, ".") && strings.TrimSpace(s) == s && !strings.ContainsAny(s, "\r\n")
}

// apart has the rules that no Rules() lists, with the reason.
var apart = map[limits.Rule]string{
	"mismatch": "a document breaks it only together with a Go value",
}

// checkConstants holds the exported constants against Rules(): each rule has one, and each is a
// rule.
func (r *reading) checkConstants() error {
	var problems []error
	for _, info := range r.rules {
		if n := len(r.names.rules[info.Rule]); n != 1 {
			problems = append(problems, fmt.Errorf("rule %q: %d exported constants, want 1", info.Rule, n))
		}
	}
	for _, rule := range sorted(r.names.rules) {
		if !r.has(rule) && apart[rule] == "" {
			problems = append(problems, fmt.Errorf("rule %q: has the constant %s and is missing in Rules()", rule,
				r.names.rules[rule][0]))
		}
	}
	return errors.Join(problems...)
}

// checkLift holds Lift to functions that exist and whose names a review finds.
func (r *reading) checkLift() error {
	var problems []error
	for _, rule := range sorted(r.Lift) {
		name := r.Lift[rule]
		switch i := r.index(rule); {
		case i < 0:
			problems = append(problems, fmt.Errorf("rule %q: %s is said to lift it, and there is no such rule", rule,
				name))
		case r.rules[i].Liftable:
			problems = append(problems, fmt.Errorf("rule %q: %s is said to lift it, and UnsafeAllow does", rule, name))
		}
		if !strings.HasPrefix(name, "Unsafe") || !slices.Contains(r.names.funcs, name) {
			problems = append(problems, fmt.Errorf("rule %q: %q is not a function of the package whose name begins with Unsafe",
				rule, name))
		}
	}
	return errors.Join(problems...)
}

// checkClaims refuses a claim about a rule, a field or a requirement that does not exist.
func (r *reading) checkClaims() error {
	var problems []error
	for _, rule := range sorted(r.Supports) {
		if !r.has(rule) {
			problems = append(problems, fmt.Errorf("rule %q: is mapped to ASVS, and there is no such rule", rule))
		}
		problems = append(problems, known(string(rule), r.Supports[rule]))
	}
	for _, field := range sorted(r.Budgets) {
		if !slices.Contains(Fields(), field) {
			problems = append(problems, fmt.Errorf("field %q: is mapped to ASVS, and there is no such field", field))
		}
		problems = append(problems, known(field, r.Budgets[field]))
	}
	return errors.Join(problems...)
}

func known(of string, ids []string) error {
	var problems []error
	if len(ids) == 0 {
		problems = append(problems, fmt.Errorf("%q: is mapped to no requirement", of))
	}
	for _, id := range ids {
		if !slices.ContainsFunc(requirements, func(q requirement) bool { return q.ID == id }) {
			problems = append(problems, fmt.Errorf("%q: ASVS requirement %q is not among those that were read", of, id))
		}
	}
	return errors.Join(problems...)
}

func (r *reading) index(rule limits.Rule) int {
	return slices.IndexFunc(r.rules, func(info limits.RuleInfo) bool { return info.Rule == rule })
}

func (r *reading) has(rule limits.Rule) bool { return r.index(rule) >= 0 }
