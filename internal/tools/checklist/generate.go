package checklist

import (
	"fmt"
	"io/fs"
	"strings"

	"github.com/seed73825598/airlock/limits"
)

// Generate returns readme with its two regions written anew: "limits", the table of limits of each
// package, and "checklist", what a reviewer goes through. root is the root of the module. Whatever
// a package says that is not in the form described here is an error, and there is no text.
func Generate(root fs.FS, readme string, packages []Package) (string, error) {
	if err := checkThreats(); err != nil {
		return "", err
	}
	var read []*reading
	for _, p := range packages {
		r, err := p.read(root)
		if err != nil {
			return "", fmt.Errorf("%s: %w", p.Path, err)
		}
		read = append(read, r)
	}
	text, err := replaceRegion(readme, "limits", limitsMarkdown(read))
	if err != nil {
		return "", err
	}
	return replaceRegion(text, "checklist", checklistMarkdown(read))
}

// checkThreats asks for an entry for each field, so that a new budget does not reach the checklist
// without the attack it stops.
func checkThreats() error {
	for _, field := range Fields() {
		if t := threats[field]; !isSentence(t.Attack) || !cweForm.MatchString(t.CWE) {
			return fmt.Errorf("field %s: no attack and CWE in the form of a rule's", field)
		}
	}
	return nil
}

// limitsMarkdown writes what each field means to each package.
func limitsMarkdown(read []*reading) string {
	var b strings.Builder
	b.WriteString("\n")
	row(&b, "Package", "Field", "Required", "Default", "Meaning")
	row(&b, "---", "---", "---", "---", "---")
	for _, r := range read {
		for _, field := range r.limits {
			row(&b, code(r.Path), code(field.Field), cell(field.Required), cell(field.Default), cell(field.Meaning))
		}
	}
	b.WriteString("\n")
	return b.String()
}

// checklistMarkdown writes a table of budgets and rules for each package, and the requirements that
// they refer to.
func checklistMarkdown(read []*reading) string {
	var b strings.Builder
	used := map[string]bool{}
	supports := func(ids []string) string {
		for _, id := range ids {
			used[id] = true
		}
		if len(ids) == 0 {
			return "–"
		}
		return strings.Join(ids, ", ")
	}
	for _, r := range read {
		fmt.Fprintf(&b, "\n### %s\n\n", r.Path)
		row(&b, "Budget or rule", "What it stops", "CWE", "ASVS 5.0", "Default", "How to lift it", "How to test it")
		row(&b, "---", "---", "---", "---", "---", "---", "---")
		for _, field := range r.limits {
			t := threats[field.Field]
			row(&b, code(field.Field), cell(t.Attack), t.CWE, supports(r.Budgets[field.Field]), budgetDefault(field),
				code("limits.UnsafeUnlimited"), r.test("TestLimits/"+field.Field))
		}
		for _, info := range r.rules {
			row(&b, code(string(info.Rule)), cell(info.Attack), info.CWE, supports(r.Supports[info.Rule]),
				cell(info.Default),
				r.lift(info), r.test("TestRules/"+string(info.Rule)))
		}
	}
	b.WriteString("\nThe column ASVS 5.0 names requirements of the OWASP Application Security Verification Standard 5.0 that the line supports. " +
		"It does not say that a service meets them.\n\n")
	for _, q := range requirements {
		if used[q.ID] {
			fmt.Fprintf(&b, "- %s: %s\n", q.ID, cell(q.Text))
		}
	}
	b.WriteString("\n")
	return b.String()
}

// lift says how the rule is lifted, in the words that a search for Unsafe finds.
func (r *reading) lift(info limits.RuleInfo) string {
	if info.Liftable {
		return code("UnsafeAllow(" + r.names.rules[info.Rule][0] + ")")
	}
	if option := r.Lift[info.Rule]; option != "" {
		return code(option + "()")
	}
	return "not at all"
}

// test writes the command that runs the cases of one line of the checklist. Every package calls
// them the same: TestLimits has a subtest for each field, TestRules one for each rule.
func (r *reading) test(name string) string {
	return code(fmt.Sprintf("go test ./%s -run '%s'", r.Path, name))
}

func budgetDefault(field Row) string {
	if field.Required == "yes" {
		return "required"
	}
	return cell(field.Default)
}

func code(text string) string { return "`" + text + "`" }
