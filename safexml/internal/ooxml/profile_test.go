package ooxml_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/ooxml"
	"github.com/seed73825598/airlock/safexml/internal/rule"
	"github.com/seed73825598/airlock/safexml/internal/rule/ruletest"
	"github.com/seed73825598/airlock/safexml/xmltest"
)

// TestCases: the profile by itself refuses what is hostile to it, under the rule of the case, and
// takes what is benign.
func TestCases(t *testing.T) {
	rules := []limits.Rule{rule.Active, rule.OOXMLExternal, rule.OOXMLBounds}
	refused, taken := 0, 0
	for c := range xmltest.Hostile() {
		if c.Option != "OOXML" || !slices.Contains(rules, c.Rule) {
			continue
		}
		refused++
		err := new(ruletest.Document).Judge(t.Context(), ooxml.New(""), string(c.Data))
		if e, ok := errors.AsType[*limits.RuleError](err); !ok || e.Rule != c.Rule {
			t.Errorf("%s: %v", c.Name, err)
		}
	}
	for c := range xmltest.Benign() {
		if c.Option != "OOXML" {
			continue
		}
		taken++
		if err := new(ruletest.Document).Judge(t.Context(), ooxml.New(""), string(c.Data)); err != nil {
			t.Errorf("%s: %v", c.Name, err)
		}
	}
	if refused < 30 || taken < 10 {
		t.Errorf("only %d hostile and %d benign parts", refused, taken)
	}
}

// TestPart: how far a target may climb is said by the name of the part; without it two steps pass.
func TestPart(t *testing.T) {
	for _, c := range []struct {
		part, target string
		passes       bool
	}{
		{"word/_rels/document.xml.rels", "../a.xml", true}, {"word/_rels/document.xml.rels", "../../a.xml", false},
		{"xl/worksheets/_rels/s.xml.rels", "../../a.xml", true}, {"xl/worksheets/_rels/s.xml.rels", "../../../a.xml", false},
		{"_rels/.rels", "a.xml", true}, {"_rels/.rels", "../a.xml", false},
		{"", "../../a.xml", true}, {"", "../../../a.xml", false}, {"", "%2e%2e/../../a.xml", false},
		{"", `..\..\..\a.xml`, false},
	} {
		document := `<Relationships><Relationship Target="` + c.target + `"/></Relationships>`
		err := new(ruletest.Document).Judge(t.Context(), ooxml.New(c.part), document)
		if (err == nil) != c.passes {
			t.Errorf("%q in %q: %v", c.target, c.part, err)
		}
	}
}

// TestFields: an instruction is put together from its runs, through fields inside it, and its
// memory given back.
func TestFields(t *testing.T) {
	run := func(s string) string { return "<r><instrText>" + s + "</instrText></r>" }
	mark := func(kind string) string { return `<r><fldChar fldCharType="` + kind + `"/></r>` }
	for _, c := range []struct {
		document string
		named    string
	}{
		{mark("begin") + run("D") + run("D") + run("E x") + mark("end"), "ooxml-field x"},
		{mark("begin") + run("IF ") + mark("begin") + run("INCLUDE") + run("TEXT y") + mark("end") + mark("end"),
			"ooxml-field y"},
		{run("LINK z"), "ooxml-field z"},
		{mark("begin") + run(`HYPERLINK "https://z"`) + mark("end"), "ooxml-field https://z"},
		{`<f>HYPERLINK("https://z")+RTD("y")</f>`, "ooxml-formula https://z, ooxml-formula y"},
		{mark("begin") + run("PAGE") + mark("separate") + "<t>DDE x</t>" + mark("end"), ""},
	} {
		d := &ruletest.Document{Asked: true}
		if err := d.Judge(t.Context(), ooxml.New(""), "<d>"+c.document+"</d>"); err != nil {
			t.Errorf("%s: %v", c.document, err)
		}
		if got := strings.Join(d.Named, ", "); got != c.named {
			t.Errorf("%s names %q, want %q", c.document, got, c.named)
		}
		if strings.HasPrefix(c.document, "<r><fldChar") && d.Held != 0 {
			t.Errorf("%s: %d bytes are still held", c.document, d.Held)
		}
	}
}
