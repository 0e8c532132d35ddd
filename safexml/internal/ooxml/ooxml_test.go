package ooxml_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/seed73825598/airlock/safexml/internal/ooxml"
)

func TestCalls(t *testing.T) {
	for formula, want := range map[string]string{
		`SUM(A1:A2)`:                                 "",
		`1+WEBSERVICE("x")`:                          `WEBSERVICE("x")`,
		`"WEBSERVICE(1)"`:                            "",
		`"a""b"&RTD(1)`:                              "RTD(1)",
		`cmd|'/c calc'!A0`:                           `cmd|'/c calc'!A0`,
		`'\\evil.example\s\[b.xlsx]S'!A1`:            `'\\evil.example\s\[b.xlsx]S'!A1`,
		`1+'https://evil.example/[b.xlsx]S'!A`:       `'https://evil.example/[b.xlsx]S'!A`,
		`'C:\x\[b.xlsx]S'!A1`:                        `'C:\x\[b.xlsx]S'!A1`,
		`'it''s \x'!A1`:                              `'it''s \x'!A1`,
		`'it''s'!A1`:                                 "",
		`'Sheet 1:Sheet 3'!A1`:                       "",
		`'[1]Sheet 1'!A1+[2]S!B2`:                    "",
		`[\\evil.example\s\b.xlsx]S!A1`:              `[\\evil.example\s\b.xlsx]S!A1`,
		`[https://evil.example/b.xlsx]S!A1`:          `[https://evil.example/b.xlsx]S!A1`,
		`T[[#All],[price/unit]]+T[a:b]`:              "",
		`'never ends \`:                              "",
		`"http://example.org/"&A1`:                   "",
		`HYPERLINK("https://example.org/","x")`:      "",
		`DUMMYFUNCTION(A1)`:                          "",
		`DUMMYFUNCTION(`:                             "",
		`DUMMYFUNCTION("RTD(1)")`:                    "RTD(1)",
		`DUMMYFUNCTION("DUMMYFUNCTION(""RTD(1)"")")`: "RTD(1)",
		`DUMMYFUNCTION("DUMMYFUNCTION(A1)")`:         "",
		`DUMMYFUNCTION("RTD(1)`:                      "RTD(1)",
	} {
		got := ""
		for call := range ooxml.Calls(formula) {
			if !call.Link {
				got = call.Text
				break
			}
		}
		if got != want {
			t.Errorf("%s: %q; want %q", formula, got, want)
		}
	}
}

// TestCallsAreShort takes of each call what matters, and not the formula that follows.
func TestCallsAreShort(t *testing.T) {
	long := strings.Repeat("x", 1000)
	for unit, want := range map[string]int{
		"RTD(1)+": 256, `RTD("` + long + `")+`: len(`RTD("` + long + `"`), "cmd|A1+": 256, `'a\b'!A1+`: 256,
		"[//x]+": 256, `HYPERLINK(A1)+`: 256, `HYPERLINK("` + long + `")+`: len(`HYPERLINK("` + long + `"`),
		"RTD(\u20ac\u20ac)+\u20ac\u20ac": 256,
	} {
		n := 0
		for call := range ooxml.Calls(strings.Repeat(unit, 100)) {
			if n++; n < 50 && (len(call.Text) > want || len(call.Text) < want-2 || !utf8.ValidString(call.Text)) {
				t.Errorf("%.20s…: %d bytes, want %d", unit, len(call.Text), want)
			}
		}
		if n != 100 {
			t.Errorf("%.20s…: %d calls", unit, n)
		}
	}
}

func TestCells(t *testing.T) {
	for _, text := range []string{"A1", "xfd1048576", "$A$1:$B2", "A:XFD", "1:1048576", "$1:$2", "A1 B2:C3\nD4", ""} {
		if !ooxml.Cells(text) {
			t.Errorf("%q is refused", text)
		}
	}
	for _, text := range []string{"XFE1", "A1048577", "A0", "A", "1", "A1:XFE1", "A:XFE", "1:1048577",
		"AAAAAAAAAAAAAAAAAAAAAAAA1",
		"A99999999999999999999999", "A-1", "A1:", ":A1", "A1:B2:C3", "A1,B2", "Ä1"} {
		if ooxml.Cells(text) {
			t.Errorf("%q passes", text)
		}
	}
	for text, want := range map[string]bool{"1": true, "1048576": true, "001": true, "0": false, "": false,
		"1048577": false, "-1": false,
		"+1": false, "1.0": false, "18446744073709551617": false} {
		if ooxml.Row(text) != want {
			t.Errorf("row %q: %v", text, !want)
		}
	}
	if !ooxml.Column("16384") || ooxml.Column("16385") {
		t.Error("columns end at 16,384")
	}
}

func TestLinks(t *testing.T) {
	for arguments, want := range map[string]string{
		`"https://example.org/"`: "https://example.org/", `\l "_Toc"`: "", `\o "C:\\x" \n x`: "x",
		`"\\\\h\\s" \t "_top"`: `\\h\s`,
		"\u201ca b\u201d c":    "a b", "x": "x", "": "", `\l`: "", `"\l"`: `\l`, `\H x`: "x",
	} {
		if got := ooxml.LinkOf(arguments); got != want {
			t.Errorf("%s: %q; want %q", arguments, got, want)
		}
	}
	for address, want := range map[string]bool{
		"file:x": true, `\\h\s`: true, "/x": true, `C:\x`: true, "a+b-1.c:x": true, "[C:x]S!A1": true, "%66ile:x": true,
		"": false, "#a:b": false, "x.docx": false, "../x": false, "S!A1:B2": false, "1:2": false, ":": false, "a b:c": false,
	} {
		if ooxml.LeadsOut(address) != want {
			t.Errorf("%q: %v", address, !want)
		}
	}
}
