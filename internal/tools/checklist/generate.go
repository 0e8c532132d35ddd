package checklist

import (
	"fmt"
	"io/fs"
	"strings"

	"github.com/seed73825598/airlock/limits"
)

// Generate returns the text of CHECKLIST.md of each package, by its path below root, the root of
// the module. A package that does not say what it must in the form described here is an error, and
// then there is no text at all.
func Generate(root fs.FS, packages []Package) (map[string]string, error) {
	if err := checkThreats(); err != nil {
		return nil, err
	}
	texts := map[string]string{}
	for _, p := range packages {
		r, err := p.read(root)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.Path, err)
		}
		texts[p.Path+"/CHECKLIST.md"] = r.markdown()
	}
	return texts, nil
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

// markdown writes the whole checklist of the package.
func (r *reading) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s: review checklist\n\n%s\n%s\n", r.Path, generated, callers)
	r.writeLimits(&b)
	r.writeRules(&b)
	return b.String()
}

// writeLimits writes what each field of Limits means to the package.
func (r *reading) writeLimits(b *strings.Builder) {
	b.WriteString("## Limits\n\n")
	row(b, "Field", "Required", "Default", "Meaning")
	row(b, "---", "---", "---", "---")
	for _, field := range r.limits {
		row(b, code(field.Field), cell(field.Required), cell(field.Default), cell(field.Meaning))
	}
}

// writeRules writes a line for each budget and rule, and the requirements that they refer to.
func (r *reading) writeRules(b *strings.Builder) {
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
	b.WriteString("\n## Budgets and rules\n\n")
	row(b, "Budget or rule", "What it stops", "CWE", "ASVS 5.0", "Default", "How to lift it", "How to test it")
	row(b, "---", "---", "---", "---", "---", "---", "---")
	for _, field := range r.limits {
		t := threats[field.Field]
		row(b, code(field.Field), cell(t.Attack), t.CWE, supports(r.Budgets[field.Field]), budgetDefault(field),
			code("limits.UnsafeUnlimited"), r.test("TestLimits/"+field.Field))
	}
	for _, info := range r.rules {
		row(b, code(string(info.Rule)), cell(info.Attack), info.CWE, supports(r.Supports[info.Rule]),
			cell(info.Default), r.lift(info), r.test("TestRules/"+string(info.Rule)))
	}
	b.WriteString("\nThe column ASVS 5.0 names requirements of the OWASP Application Security Verification " +
		"Standard 5.0 that the line supports. It does not say that a service meets them.\n\n")
	for _, q := range requirements {
		if used[q.ID] {
			fmt.Fprintf(b, "- %s: %s\n", q.ID, cell(q.Text))
		}
	}
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
	return code(fmt.Sprintf("go test %s/%s -run '%s'", module, r.Path, name))
}

func budgetDefault(field Row) string {
	if field.Required == "yes" {
		return "required"
	}
	return cell(field.Default)
}

// cell makes text safe inside a cell of a Markdown table: a rule's "<>|*" is shown as it stands,
// not rendered.
func cell(text string) string {
	return strings.NewReplacer(
		`\`, `\\`, "|", `\|`, "<", "&lt;", ">", "&gt;", "&", "&amp;", "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`,
		"]", `\]`, "~", `\~`,
	).Replace(text)
}

// row writes one row of a Markdown table from cells that are Markdown already.
func row(b *strings.Builder, cells ...string) {
	b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}

func code(text string) string { return "`" + text + "`" }
