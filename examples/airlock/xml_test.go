package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/safexml/xmltest"
)

// written writes a document and returns its path.
func written(t *testing.T, document string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "document.xml")
	if err := os.WriteFile(file, []byte(document), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestXML(t *testing.T) {
	r := airlock(t, "xml", written(t, "<a>\n <b>x</b>\n</a>"))
	r.want(t, statusOK)
	if r.out != "verdict: accepted (2 elements, 18 B, depth 2)\n" {
		t.Errorf("%q", r.out)
	}
	r = airlock(t, "xml", written(t, "<a>\n é<b>&x;</b>\n</a>"))
	r.want(t, statusRefused)
	for _, want := range []string{"line 2, column 7: entity: ", "   ..<b>&x;</b>\n        ^\n", "rule    entity",
		"CWE-611"} {
		if !strings.Contains(r.out, want) {
			t.Errorf("no %q in\n%s", want, r.out)
		}
	}
	const included = "<a xmlns:xi='http://www.w3.org/2001/XInclude'>\n<xi:include href='http://evil.example/x'/></a>"
	r = airlock(t, "xml", written(t, included))
	r.want(t, statusRefused)
	for _, want := range []string{"line 2, column ", "xinclude", "references:", "http://evil.example/x"} {
		if !strings.Contains(r.out, want) {
			t.Errorf("no %q in\n%s", want, r.out)
		}
	}
	airlock(t, "xml", "-allow", "xinclude", written(t, included)).want(t, statusOK)
	airlock(t, "xml", "-limits", "input=10B", written(t, included)).want(t, statusRefused)
	airlock(t, "xml", "-profile", "signed", written(t, "<a><!-- --></a>")).want(t, statusRefused)
	airlock(t, "xml", "-profile", "word", written(t, "<a/>")).want(t, statusFailed, "want svg, ooxml or signed")
	airlock(t, "xml").want(t, statusFailed, "want at least one FILE")
	airlock(t, "xml", filepath.Join(t.TempDir(), "none")).want(t, statusFailed, "no such file")
	two := airlock(t, "xml", written(t, "<a/>"), written(t, "<a>"))
	two.want(t, statusRefused)
	if strings.Count(two.out, "verdict: ") != 2 {
		t.Errorf("%s", two.out)
	}
}

func TestSVG(t *testing.T) {
	const drawing = "<svg xmlns='http://www.w3.org/2000/svg'><image href='data:image/png;base64,iVBORw0KGgo='/></svg>"
	airlock(t, "svg", written(t, drawing)).want(t, statusRefused)
	airlock(t, "svg", "-images", written(t, drawing)).want(t, statusOK)
	r := airlock(t, "svg", "-json",
		written(t, "<svg xmlns='http://www.w3.org/2000/svg' onload='x'><style>a{fill:url(//evil.example/)}</style></svg>"))
	r.want(t, statusRefused)
	var d document
	if err := json.Unmarshal([]byte(r.out), &d); err != nil {
		t.Fatal(err)
	}
	if d.Verdict != "refused" || d.Error == nil || d.Error.Rule != "active-content" || len(d.Findings) != 2 ||
		len(d.References) != 1 || d.References[0].URI != "//evil.example/" || d.References[0].Mechanism != "css-url" {
		t.Errorf("%+v", d)
	}
}

// Every hostile document of the library is refused by the command, and every benign one let in.
func TestXMLCases(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, data []byte) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	n := 0
	for c := range xmltest.Hostile() {
		if n++; c.Option != "" || n%10 > 0 || len(c.Data) > 1<<20 {
			continue
		}
		airlock(t, "xml", write("hostile.xml", c.Data)).want(t, statusRefused)
	}
	for c := range xmltest.Benign() {
		if n++; testing.Short() && n%5 > 0 {
			continue
		}
		switch c.Option {
		case "SVG":
			airlock(t, "svg", write("benign.svg", c.Data)).want(t, statusOK)
		case "":
			airlock(t, "xml", write("benign.xml", c.Data)).want(t, statusOK)
		}
	}
}
