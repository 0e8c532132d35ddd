package signed_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/rule/ruletest"
	"github.com/seed73825598/airlock/safexml/internal/signed"
	"github.com/seed73825598/airlock/safexml/xmltest"
)

// judge has a profile judge a document.
func judge(t *testing.T, c signed.Config, document string, lifted ...limits.Rule) (*ruletest.Document, error) {
	t.Helper()
	d := &ruletest.Document{Lifted: map[limits.Rule]bool{}}
	for _, rule := range lifted {
		d.Lifted[rule] = true
	}
	return d, d.Judge(t.Context(), signed.New(c), document)
}

const (
	ds   = ` xmlns:ds="http://www.w3.org/2000/09/xmldsig#"`
	info = `<ds:CanonicalizationMethod Algorithm="urn:c"/><ds:SignatureMethod Algorithm="urn:m"/>`
	end  = `</ds:SignedInfo><ds:SignatureValue>eA==</ds:SignatureValue></ds:Signature>`
)

func signature(references string) string {
	return `<ds:Signature` + ds + `><ds:SignedInfo>` + info + references + end
}

func reference(uri string) string {
	return `<ds:Reference URI="` + uri + `"><ds:DigestMethod Algorithm="urn:d"/><ds:DigestValue>eA==</ds:DigestValue>` +
		`</ds:Reference>`
}

func TestRefusals(t *testing.T) {
	for name, test := range map[string]struct {
		config   signed.Config
		document string
		rule     limits.Rule
		at       string // what the place of the refusal begins with
	}{
		"second id": {document: `<a><b Id="x"/><c Id="x"/></a>`, rule: signed.RuleDuplicateID, at: `x"/></a>`},
		"named id, at end": {document: `<a r="#x"><b id="x"/><c id="x"/><d id="x"/></a>`, rule: signed.RuleDuplicateID,
			at: `x"/><d`},
		"first of named ids": {document: `<a r="#y"><b id="x"/><c id="x"/><b id="y"/><c id="y"/><d r="#x"/></a>`,
			rule: signed.RuleDuplicateID, at: `x"/><b id="y`},
		"strong and weak": {document: `<a r="#x"><b id="x"/><c Id="x"/></a>`, rule: signed.RuleDuplicateID,
			at: `x"/></a>`},
		"ambiguous":          {document: `<a><b Id="x" ID="y"/></a>`, rule: signed.RuleAmbiguousAttribute, at: `y"`},
		"relative namespace": {document: `<a><b xmlns:c="d"/></a>`, rule: signed.RuleRelativeNamespace, at: `d"`},
		"no element": {document: `<a>` + signature(reference("#x")) + `</a>`, rule: signed.RuleSignatureShape,
			at: `#x"`},
		"missing": {document: `<a>` + signature("") + `</a>`, rule: signed.RuleSignatureShape,
			at: `</ds:SignedInfo>`},
		"comment": {document: `<a><!----></a>`, rule: signed.RuleSignedNode, at: `<!`},
		"two assertions": {config: signed.Config{SAML: true}, rule: signed.RuleSAMLShape, at: `<s:Assertion/></p`,
			document: `<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" ` +
				`xmlns:s="urn:oasis:names:tc:SAML:2.0:assertion"><s:Assertion/><s:Assertion/></p:Response>`},
		"no expression": {config: signed.Config{XPath: true}, rule: signed.RuleSignatureShape, at: `</ds:Transform>`,
			document: `<a>` + signature(`<ds:Reference URI=""><ds:Transforms><ds:Transform `+
				`Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"></ds:Transform></ds:Transforms></ds:Reference>`) +
				`</a>`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := judge(t, test.config, test.document)
			refusal, ok := errors.AsType[*limits.RuleError](err)
			if !ok || refusal.Rule != test.rule {
				t.Fatalf("%v; want %s", err, test.rule)
			}
			if !strings.HasPrefix(test.document[refusal.Offset:], test.at) {
				t.Errorf("at %q; want %q", test.document[refusal.Offset:], test.at)
			}
		})
	}
}

func TestAccepts(t *testing.T) {
	for name, test := range map[string]struct {
		document string
		notes    int
	}{
		"nothing signed":       {`<a id="x"><b id="x"/></a>`, 0},
		"ids on one element":   {`<a Id="x" xml:id="x">` + signature(reference("#x")) + `</a>`, 0},
		"whole document":       {`<a>` + signature(reference("")+reference("#xpointer(/)")) + `</a>`, 0},
		"part of the message":  {`<a>` + signature(reference("cid:x")+reference("CID:y")+reference("cid:x")) + `</a>`, 2},
		"comment before":       {`<!-- a --><!-- b --><a/>`, 1},
		"same names, one note": {`<a xmlns:b="urn:b"><c t="" b:t=""/><c t="" b:t=""/></a>`, 1},
		"encrypted since": {`<a>` + signature(reference("#x")) +
			`<EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"/></a>`, 0},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := judge(t, signed.Config{}, test.document)
			if err != nil {
				t.Fatal(err)
			}
			if len(d.Notes) != test.notes {
				t.Errorf("notes %q; want %d", d.Notes, test.notes)
			}
		})
	}
}

// TestManyAttributes pays for attributes in proportion to their number, and holds what it keeps.
func TestManyAttributes(t *testing.T) {
	var b strings.Builder
	b.WriteString("<a")
	for i := range 1000 {
		b.WriteString(" a" + strings.Repeat("b", i%7) + "c" + strings.Repeat("d", i/7) + `=""`)
	}
	d, err := judge(t, signed.Config{}, b.String()+"/>")
	if err != nil {
		t.Fatal(err)
	}
	if d.Steps < 1000 || d.Steps > 4000 {
		t.Errorf("%d steps for 1,000 attributes", d.Steps)
	}
}

// TestNotesAreBounded keeps no note for each of any number of elements.
func TestNotesAreBounded(t *testing.T) {
	var b strings.Builder
	for i := range 500 {
		name := "t" + strings.Repeat("x", i)
		b.WriteString("<c " + name + `="" b:` + name + `=""/>`)
	}
	d, err := judge(t, signed.Config{}, `<a xmlns:b="urn:b">`+b.String()+`</a>`)
	if err != nil || len(d.Notes) == 0 || len(d.Notes) > 64 {
		t.Errorf("%d notes, %v", len(d.Notes), err)
	}
}

// TestGuards shows for every forged message which rules stop it: taking out one leaves those that
// stop it besides, and taking out all of these lets it through. go test -v prints the table.
func TestGuards(t *testing.T) {
	ours := []limits.Rule{signed.RuleSignedNode, signed.RuleDuplicateID, signed.RuleAmbiguousAttribute,
		signed.RuleRelativeNamespace, signed.RuleSignatureShape, signed.RuleSAMLShape, "external-reference", "active-content"}
	alone := map[limits.Rule]int{}
	for c := range xmltest.Hostile() {
		if c.Option != "SAML" || !slices.Contains(ours, c.Rule) {
			continue
		}
		var stops []limits.Rule
		for {
			_, err := judge(t, signed.Config{SAML: true}, string(c.Data), stops...)
			if err == nil {
				break
			}
			refusal, ok := errors.AsType[*limits.RuleError](err)
			if !ok || slices.Contains(stops, refusal.Rule) {
				t.Fatalf("%s: %v, with %v taken out", c.Name, err, stops)
			}
			stops = append(stops, refusal.Rule)
		}
		if len(stops) == 0 || stops[0] != c.Rule {
			t.Errorf("%s: stopped by %v", c.Name, stops)
			continue
		}
		if len(stops) == 1 {
			alone[c.Rule]++
		}
		t.Logf("%-55s %v", c.Name, stops)
	}
	for _, rule := range ours {
		if alone[rule] == 0 && rule != "external-reference" {
			t.Errorf("no case that %s alone stops", rule)
		}
	}
}
