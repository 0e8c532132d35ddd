package main

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safezip"
)

var bounds = Bounds{Envelope: limits.Limits{OutputBytes: 10 * limits.MiB, Steps: 10_000_000,
	MemoryBytes: 32 * limits.MiB,
	Time:        time.Minute}, Rows: 100, Columns: 10, Text: limits.MiB}

const (
	officeType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	rootRels   = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + officeType + `officeDocument" Target="%s"/></Relationships>`
)

func docx() map[string]string {
	return map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels":         fmt.Sprintf(rootRels, "word/document.xml"),
		"word/document.xml": `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"` +
			` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>` +
			`<w:p><w:r><w:t>Dear </w:t></w:r><w:r><w:t xml:space="preserve">all,</w:t><w:tab/><w:t>hello</w:t></w:r></w:p>` +
			`<w:p><mc:AlternateContent><mc:Choice Requires="x"><w:r><w:t>once</w:t></w:r></mc:Choice>` +
			`<mc:Fallback><w:r><w:t>once</w:t></w:r></mc:Fallback></mc:AlternateContent><w:r><w:instrText>PAGE</w:instrText>` +
			`</w:r></w:p>` +
			`</w:body></w:document>`,
		"word/media/image1.png": "\x89PNG",
	}
}

func xlsx() map[string]string {
	return map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels":         fmt.Sprintf(rootRels, "/xl/workbook.xml"),
		"xl/workbook.xml": `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="` +
			strings.TrimSuffix(officeType, "/") + `"><sheets><sheet name="One" sheetId="7" r:id="rId2"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
			`<Relationship Id="rId1" Type="` + officeType + `sharedStrings" Target="sharedStrings.xml"/>` +
			`<Relationship Id="rId2" Type="` + officeType + `worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/sharedStrings.xml": `<sst xmlns="x"><si><t>zero</t></si><si><r><t>on</t></r><r><t>e</t></r><rPh><t>wan</t>` +
			`</rPh></si></sst>`,
		"xl/worksheets/sheet1.xml": `<worksheet xmlns="x"><sheetData><row r="1"><c r="A1" t="s"><v>1</v></c><c r="C1"><v>` +
			`2.5</v></c>` +
			`<c t="s"><v>99</v></c></row><row r="5"><c r="B5" t="inlineStr"><is><t>in line</t></is></c></row></sheetData>` +
			`</worksheet>`,
	}
}

// read packs a document and reads it.
func read(t *testing.T, parts map[string]string, b Bounds) (*Document, error) {
	t.Helper()
	tree := fstest.MapFS{}
	for name, data := range parts {
		tree[name] = &fstest.MapFile{Data: []byte(data)}
	}
	var buf bytes.Buffer
	lim := limits.Limits{InputBytes: limits.GiB, Items: 100_000, Time: time.Minute}
	if _, err := safezip.Pack(t.Context(), &buf, tree, lim); err != nil {
		t.Fatal(err)
	}
	return Read(t.Context(), bytes.NewReader(buf.Bytes()), int64(buf.Len()), b)
}

func TestRead(t *testing.T) {
	for name, c := range map[string]struct {
		parts map[string]string
		want  Document
	}{
		"docx": {docx(), Document{"document", 4, "Dear all,\thello\nonce\n"}},
		"xlsx": {xlsx(), Document{"workbook", 5, "one\t\t2.5\t99\n\tin line\n"}},
	} {
		got, err := read(t, c.parts, bounds)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if *got != c.want {
			t.Errorf("%s: %+v, want %+v", name, *got, c.want)
		}
	}
}

// TestRefused changes one part of an honest document.
func TestRefused(t *testing.T) {
	rels := func(relationship string) string {
		return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + relationship +
			`</Relationships>`
	}
	rows := func(n int, row string) string {
		return `<worksheet xmlns="x"><sheetData>` + strings.Repeat(row, n) + `</sheetData></worksheet>`
	}
	for name, c := range map[string]struct {
		base   map[string]string
		part   string
		data   string
		rule   limits.Rule
		exceed limits.Resource
	}{
		"external template": {base: docx(), part: "word/_rels/settings.xml.rels", rule: safexml.RuleOOXMLExternal,
			data: rels(`<Relationship Id="r" Type="` + officeType + `attachedTemplate" Target="http://x.test/t.dotm" ` +
				`TargetMode="External"/>`)},
		"entities": {base: docx(), part: "docProps/core.xml", rule: safexml.RuleDoctype,
			data: `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`},
		"no main part": {base: docx(), part: "_rels/.rels", data: rels(""), rule: "office-package"},
		"a main part that is not there": {base: docx(), part: "_rels/.rels", data: fmt.Sprintf(rootRels, "gone.xml"),
			rule: "office-package"},
		"a root of another kind": {base: docx(), part: "word/document.xml", data: "<presentation/>", rule: "office-package"},
		"a bomb": {base: docx(), part: "word/media/zeros", data: strings.Repeat("\x00", 20<<20),
			exceed: limits.OutputBytes},
		"much text": {base: docx(), part: "word/document.xml", exceed: limits.OutputBytes,
			data: `<document><p>` + strings.Repeat("<t>text</t>", 300_000) + `</p></document>`},
		"many rows": {base: xlsx(), part: "xl/worksheets/sheet1.xml", data: rows(101, "<row/>"), exceed: limits.Items},
		"a distant column": {base: xlsx(), part: "xl/worksheets/sheet1.xml", data: rows(1, `<row><c r="XFD1"/></row>`),
			exceed: limits.Items},
		"a column without end": {base: xlsx(), part: "xl/worksheets/sheet1.xml", rule: safexml.RuleOOXMLBounds,
			data: rows(1, `<row><c r="`+strings.Repeat("Z", 10_000)+`1"/></row>`)},
		"one text in many cells": {base: xlsx(), part: "xl/sharedStrings.xml", exceed: limits.OutputBytes,
			data: `<sst xmlns="x"><si/><si><t>` + strings.Repeat("x", 1<<20) + `</t></si></sst>`},
	} {
		parts := maps.Clone(c.base)
		parts[c.part] = c.data
		doc, err := read(t, parts, bounds)
		if doc != nil || !errors.Is(err, limits.ErrRefused) {
			t.Errorf("%s: %v, %v", name, doc, err)
			continue
		}
		var rule *limits.RuleError
		var exceeded *limits.ExceededError
		if c.rule != "" && (!errors.As(err, &rule) || rule.Rule != c.rule) ||
			c.rule == "" && (!errors.As(err, &exceeded) || exceeded.Resource != c.exceed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// The envelope is around all parts together.
	tight := bounds
	tight.Envelope.Steps = 60
	var exceeded *limits.ExceededError
	if _, err := read(t, docx(), tight); !errors.As(err, &exceeded) || !exceeded.Envelope {
		t.Errorf("a tight envelope: %v", err)
	}
}

// TestRun is the program from its arguments to its exit status.
func TestRun(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, parts map[string]string) string {
		tree := fstest.MapFS{}
		for part, data := range parts {
			tree[part] = &fstest.MapFile{Data: []byte(data)}
		}
		path := filepath.Join(dir, name)
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		_, err = safezip.Pack(t.Context(), f, tree, limits.Limits{InputBytes: limits.MiB, Items: 100, Time: time.Minute})
		if err := errors.Join(err, f.Close()); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good, bad := write("good.docx", docx()), write("bad.docx", map[string]string{"a": "b"})
	for _, c := range []struct {
		args   []string
		status int
		out    string
	}{
		{[]string{good}, 0, "document, 4 words"},
		{[]string{good, bad}, 1, "document, 4 words"},
		{[]string{filepath.Join(dir, "missing")}, 2, ""},
		{[]string{"-limits", "nonsense"}, 2, ""},
		{[]string{"-limits", "output=1 time=1s", good}, 1, ""},
	} {
		var out, errs bytes.Buffer
		if status := run(t.Context(), c.args, &out, &errs); status != c.status || !strings.Contains(out.String(), c.out) {
			t.Errorf("%q: status %d, %q, %q", c.args, status, out.String(), errs.String())
		}
	}
}
