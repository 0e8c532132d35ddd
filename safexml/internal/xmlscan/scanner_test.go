package xmlscan

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
)

// TestEvents holds every kind of event, and what it carries, to the document, whole and a byte at a
// time.
func TestEvents(t *testing.T) {
	for _, c := range []struct {
		name, document string
		change         func(*Config)
		want           []string
	}{
		{"element", `<a/>`, nil, []string{"1:1 <a {}", "1:1 /a 1"}},
		{"text", "<a>x&amp;y&#x41;\r\nz]</a>", nil, []string{"1:1 <a {}", `1:4 text "x&yA\nz]"`, "2:3 /a 1"}},
		{"a lone carriage return", "<a>x\ry</a>", nil, []string{"1:1 <a {}", `1:4 text "x\ny"`, "2:2 /a 1"}},
		{"attributes", "<a b=' 1\t2&lt;' c=\"'\"/>", nil, []string{`1:1 <a {} b {}=" 1 2<"@7 c {}="'"@20`, "1:1 /a 1"}},
		{"namespaces", `<p:a xmlns:p="u" xmlns="v" p:b="1" c="2"><d/></p:a>`, nil, []string{
			`1:1 <p:a {u} xmlns:p {}="u"@15 xmlns {}="v"@25 p:b {u}="1"@33 c {}="2"@39`,
			"1:42 <d {v}", "1:42 /d 2", "1:46 /p:a 1"}},
		{"sections", "<a><!--x-y--><![CDATA[<]]]]><?t  u?></a>", nil, []string{"1:1 <a {}", `1:4 comment "x-y"`,
			`1:14 cdata "<]]"`, `1:29 pi t "u"`, "1:37 /a 1"}},
		{"an instruction without content", "<?t?><a/>", nil, []string{`1:1 pi t ""`, "1:6 <a {}", "1:6 /a 1"}},
		{"a cut value", "<a b='123456'/>", func(c *Config) { c.ValueBytes = 5 },
			[]string{`1:1 <a {} b {} cut@7`, "1:1 /a 1"}},
		{"prolog", "\ufeff<?xml version='1.0' encoding='utf-8' standalone='yes'?>\n<!DOCTYPE a>\n<a></a> ", nil,
			[]string{`2:1 doctype "" "" false`, "3:1 <a {}", "3:4 /a 1"}},
		{"external", "<!DOCTYPE a PUBLIC 'p' \"s\"><a/>", func(c *Config) { c.Doctypes = AnyDoctype },
			[]string{`1:1 doctype "p" "s" false`, "1:28 <a {}", "1:28 /a 1"}},
		{"entities", "<!DOCTYPE a [<!ENTITY e 'x\ty'>]><a b='&e;'>&e;</a>", func(c *Config) { c.Literal = true },
			[]string{`1:1 doctype "" "" true`, `1:33 <a {} b {}="x y"@39`, `1:44 text "x\ty"`, "1:47 /a 1"}},
		{"names of XHTML", "<a>&eacute;</a>", func(c *Config) { c.HTML = true },
			[]string{"1:1 <a {}", `1:4 text "é"`, "1:12 /a 1"}},
		{"UTF-16", "\xff\xfe<\x00a\x00>\x00\xe9\x00<\x00/\x00a\x00>\x00", func(c *Config) { c.UTF16 = true },
			[]string{"1:3 <a {}", `1:9 text "é"`, "1:11 /a 1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, size := range []int{1, 2, 3, 7, 1 << 20} {
				change := c.change
				if change == nil {
					change = func(*Config) {}
				}
				got, err := events(config(t, change), c.document, size)
				if err != nil {
					t.Fatalf("%d bytes at a time: %v", size, err)
				}
				if diff := cmp.Diff(c.want, got); diff != "" {
					t.Errorf("%d bytes at a time (-want +got):\n%s", size, diff)
				}
			}
		})
	}
}

// TestEnds cuts a document off in each state, and holds the refusal to what it says of that.
func TestEnds(t *testing.T) {
	for state, name := range stateNames {
		documents := map[int][]string{
			int(atStart):       {"", "<a"},
			int(inDeclaration): {"<?xml version"},
			int(inProlog):      {"<!-- -->"},
			int(inContent):     {"<a>text", "<a><b></b>"},
			int(inTag):         {"<abc ", "<abc b='c' "},
			int(inEquals):      {"<abc b"},
			int(inQuote):       {"<abc b="},
			int(inValue):       {"<abc b='c", "<abc b='&#6"},
			int(inEndTag):      {"<a></a "},
			int(inSection):     {"<a><!-- ", "<a><![CDATA[x", "<a><?t x"},
			int(inTarget):      {"<a><?t "},
			int(inEpilog):      {"<a/><!-"},
		}[state]
		for _, document := range documents {
			_, err := events(config(t), document, 1<<20)
			e, ok := errors.AsType[*limits.RuleError](err)
			if !ok || e.Rule != RuleNotWellFormed || !strings.Contains(e.Detail, "the document ends "+name) {
				t.Errorf("%q: %v, want that it ends %s", document, err, name)
			}
			if ok && e.Offset != int64(len(document)) {
				t.Errorf("%q: refused at %d", document, e.Offset)
			}
		}
	}
}

// TestCaps passes what is as long as each cap allows, and refuses what is longer by one.
func TestCaps(t *testing.T) {
	for _, c := range []struct {
		option   string
		resource limits.Resource
		change   func(c *Config, n int)
		document func(n int) string
	}{
		{"NameBytes", limits.MemoryBytes, func(c *Config, n int) { c.NameBytes = n },
			func(n int) string { return "<" + strings.Repeat("a", n) + "/>" }},
		{"TokenBytes", limits.MemoryBytes, func(c *Config, n int) { c.TokenBytes = n },
			func(n int) string { return "<a>" + strings.Repeat("x", n) + "</a>" }},
		{"TokenBytes", limits.MemoryBytes, func(c *Config, n int) { c.TokenBytes = n },
			func(n int) string { return "<a" + strings.Repeat(" ", n) + "/>" }},
		{"AttributesPerElement", limits.Items, func(c *Config, n int) { c.Attributes = n },
			func(n int) string { return "<a" + numbered(" b%d=''", n) + "/>" }},
		{"NamespacesInScope", limits.Items, func(c *Config, n int) { c.Namespaces = n },
			func(n int) string { return "<a" + numbered(" xmlns:b%d='u'", n) + "/>" }},
		{"", limits.Items, func(c *Config, n int) { c.Limits.Items = int64(n) },
			func(n int) string { return "<a>" + strings.Repeat("<b/>", n-1) + "</a>" }},
		{"", limits.Depth, func(c *Config, n int) { c.Limits.Depth = int64(n) },
			func(n int) string { return strings.Repeat("<a>", n) + strings.Repeat("</a>", n) }},
	} {
		t.Run(fmt.Sprint(c.resource, c.option), func(t *testing.T) {
			const limit = 30
			for _, size := range []int{1, 5, 1 << 20} {
				for _, stop := range []Set{All, Of(ProcInst)} {
					change := func(conf *Config) {
						c.change(conf, limit)
						conf.Stop, conf.Keep = stop, stop
					}
					if _, err := events(config(t, change), c.document(limit), size); err != nil {
						t.Errorf("at the cap, %d bytes at a time: %v", size, err)
					}
					_, err := events(config(t, change), c.document(limit+1), size)
					exceeds(t, err, c.resource, c.option)
				}
			}
		})
	}
}

func numbered(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// TestPlainDecidesNothing scans documents with and without the quick way over what is plain: they
// hold the same, and are refused for the same.
func TestPlainDecidesNothing(t *testing.T) {
	for _, document := range []string{
		"<a><b c='d' e=\"f\">text &amp; more</b><b/>]]<c:d xmlns:c='u' c:e='1'/></a>",
		"<a>" + strings.Repeat("<b><c>x</c></b>", 50) + "</a>",
		"<a><b></c></a>", "<a><b c='1' c='2'/></a>", "<a>x]]>y</a>", "<a>\x01</a>", "<a><b c='<'/></a>", "<a>&x;</a>",
		"<a><b:c/></a>", "<a b='1'c='2'/>", "<a><b></b ></a >", "<r>" + numbered("<b%d></b%[1]d>", 20) + "</r>",
		"<a>é<b é='é'/></a>", "<a>\xc3<b/></a>",
	} {
		verdict := func(c Config) string {
			s := New(&pieces{document, 1 << 20}, c)
			for {
				if k := next(s); k == EOF || k == Failed {
					return fmt.Sprintf("%+v %v", s.Stats(), s.Err())
				}
			}
		}
		slow := verdict(config(t))
		quick := verdict(config(t, func(c *Config) { c.Stop, c.Keep = 0, 0 }))
		if slow != quick {
			t.Errorf("%.60q:\n%s\nquickly:\n%s", document, slow, quick)
		}
	}
}

// TestKeepText stops at the text from there on.
func TestKeepText(t *testing.T) {
	s := New(&pieces{"<a>one<?t?>two</a>", 1 << 20}, config(t, func(c *Config) { c.Stop, c.Keep = Of(ProcInst), 0 }))
	if k := next(s); k != ProcInst {
		t.Fatal(k)
	}
	s.KeepText()
	if k := next(s); k != Text || string(s.Data()) != "two" {
		t.Fatal(k, string(s.Data()))
	}
}

// TestMemoryOfPositions refuses a tag whose positions take more memory than there is.
func TestMemoryOfPositions(t *testing.T) {
	document := "<a" + numbered(" b%d=''", 100) + " c='" + strings.Repeat("x", 2*windowBytes) + "'/>"
	whole := func(c *Config) { c.Attributes, c.TokenBytes, c.ValueBytes = 1000, 1<<20, 100 }
	s := New(&pieces{document, 1 << 20}, config(t, whole))
	for next(s) != EOF {
		if s.Err() != nil {
			t.Fatal(s.Err())
		}
	}
	held := s.cfg.Meter.Usage().MemoryBytes
	_, err := events(config(t, whole, func(c *Config) { c.Limits.MemoryBytes = held - 1 }), document, 1<<20)
	exceeds(t, err, limits.MemoryBytes, "")
}

// TestSplitsOfTags scans tags whole, which is the quick way over an attribute, and in pieces, which
// is not, under caps and budgets that end on every one of their bytes.
func TestSplitsOfTags(t *testing.T) {
	documents := []string{
		`<a b="1" c='2"' d="" e = "3"f="4"/>`, `<a b="1" b="2"/>`, `<a b="1"  b='2' c="&lt;"/>`, `<a b="x	y" c="é" é="1"/>`,
		`<a b="<"/>`, `<a b="1" c/>`, `<a b="1" c=2/>`, `<a b="1" :c="2"/>`, `<a b="1" c:="2"/>`, `<a b="1" c:d:e="2"/>`,
		`<a xmlns="u" xmlns:p="v" p:b="1" b="2"><p:c p:d='3'/></a>`, `<a xmlns:p="v" xmlns:q="v" p:b="1" q:b="2"/>`,
		`<a p:b="1"/>`, `<a xmlns:p=""/>`, `<a xmlns:xmlns="u"/>`, `<a xmlns="` + strings.Repeat("u", 30) + `"/>`,
		`<a ` + strings.Repeat("n", 30) + `="1"/>`, `<a b="` + strings.Repeat("v", 60) + `" c="1"/>`,
		"<a" + numbered(" b%d='%[1]d'", 20) + "/>", "<a" + numbered(" b%d='%[1]d'", 20) + " b18=''/>", "<a b='1\x01'/>",
		`<a b="1" c="2`, `<a b="1" c=`, `<a b="1" c`, `<a b="1" `, `<a b="1" /`,
	}
	verdict := func(c Config, document string, size int) string {
		got, err := events(c, document, size)
		if e, ok := errors.AsType[*limits.ExceededError](err); ok {
			// How much of the budget is seen to be missing, and after which event, is a matter of pieces.
			return e.Resource.String() + " " + e.Option
		}
		return fmt.Sprintf("%v %v", got, err)
	}
	for _, document := range documents {
		for limit := 0; limit < 80; limit += 3 {
			for name, change := range map[string]func(*Config){
				"NameBytes":    func(c *Config) { c.NameBytes = limit + 1 },
				"ValueBytes":   func(c *Config) { c.ValueBytes, c.NameBytes = limit+1, limit+1 },
				"TokenBytes":   func(c *Config) { c.TokenBytes = limit + 1 },
				"Attributes":   func(c *Config) { c.Attributes = limit/4 + 1 },
				"MemoryBytes":  func(c *Config) { c.Limits.MemoryBytes = limits.Bytes(windowBytes + 64*limit) },
				"fewer Steps":  func(c *Config) { c.Limits.Steps = int64(limit/16 + 1) },
				"InputBytes":   func(c *Config) { c.Limits.InputBytes = limits.Bytes(limit + 1) },
				"fewer spaces": func(c *Config) { c.Namespaces = limit/16 + 1 },
			} {
				whole := verdict(config(t, change), document, 1<<20)
				for _, size := range []int{1, 5} {
					if pieces := verdict(config(t, change), document, size); pieces != whole {
						t.Fatalf("%s, %s, %d: %d bytes at a time:\n%s\nwhole:\n%s", document, name, limit, size, pieces, whole)
					}
				}
			}
		}
	}
}
