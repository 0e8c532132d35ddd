package answers_test

import (
	"encoding/json"
	"errors"
	"log/slog"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/asdata"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/saferegex/regexset"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/unicodeid"
)

// longPattern is cut and quoted in data.
var longPattern = "\x1b" + strings.Repeat("a", 300)

// asData is what the errors and reports of the packages are in a log and for a program. Those of
// package limits stand there. This table is a promise: members may join, and none may go or change.
var asData = []struct {
	name string
	v    any
	log  string
	json string
}{
	{"an archive's report", &safezip.Report{Entries: 3, Files: 2, Dirs: 1, Bytes: 10, ArchiveBytes: 500,
		Elapsed:  time.Millisecond,
		Stripped: "to\np", Notes: []safezip.Finding{{Detail: "a directory is left"}},
		Findings: []safezip.Finding{{Rule: safezip.RulePathTraversal, Where: "../\x1b", Offset: 7, Detail: "climbs out"}}},
		`e.entries=3 e.files=2 e.dirs=1 e.bytes=10 e.archive_bytes=500 e.elapsed=1ms e.notes=1 e.findings=1` +
			` e.first_note="note: archive (offset 0): a directory is left"` +
			` e.first_finding="path-traversal: \"../\\x1b\" (offset 7): climbs out"`,
		`{"entries":3,"files":2,"dirs":1,"bytes":10,"archive_bytes":500,"elapsed_ns":1000000,"stripped":"\"to\\np\"",` +
			`"notes":[{"offset":0,"detail":"a directory is left"}],` +
			`"findings":[{"rule":"path-traversal","where":"\"../\\x1b\"","offset":7,"detail":"climbs out"}]}`},
	{"a document's report", &safexml.Report{Bytes: 5, Elements: 1, Attributes: 2, Nodes: 3, Depth: 4, Width: 6, Height: 7,
		Encoding: "UTF-8",
		Notes:    []safexml.Note{{Rule: safexml.RuleDoctype, Where: "a", Offset: 8, Line: 9, Column: 10, Detail: "lifted"}}},
		`e.bytes=5 e.elements=1 e.attributes=2 e.nodes=3 e.depth=4 e.encoding=UTF-8 e.notes=1` +
			` e.first_note="doctype: \"a\" (line 9, column 10): lifted"`,
		`{"bytes":5,"elements":1,"attributes":2,"nodes":3,"depth":4,"width":6,"height":7,"encoding":"UTF-8",` +
			`"notes":[{"rule":"doctype","where":"\"a\"","offset":8,"line":9,"column":10,"detail":"lifted"}]}`},
	{"a misfit", &safexml.MismatchError{Op: "safexml.Unmarshal", Path: "a/b", Type: reflect.TypeFor[int](), Offset: 1,
		Line: 2, Column: 3,
		Err: errors.New("not \x1ba number")},
		`e.op=safexml.Unmarshal e.rule=mismatch e.path="\"a/b\"" e.offset=1 e.line=2 e.column=3 e.type=int e.error="\"not ` +
			`\\x1ba number\""`,
		`{"op":"safexml.Unmarshal","rule":"mismatch","path":"\"a/b\"","offset":1,"line":2,"column":3,"type":"int",` +
			`"error":"\"not \\x1ba number\""}`},
	{"a pattern", &saferegex.SyntaxError{Pattern: "(?=a)\n", Offset: 0, Construct: "look-ahead",
		Reason: "it is not linear", Rewrite: "match twice"},
		`e.op=saferegex.Compile e.rule=invalid-syntax e.pattern="\"(?=a)\\n\"" e.offset=0 e.construct=look-ahead` +
			` e.reason="it is not linear" e.rewrite="match twice"`,
		`{"op":"saferegex.Compile","rule":"invalid-syntax","pattern":"\"(?=a)\\n\"","offset":0,"construct":"look-ahead",` +
			`"reason":"it is not linear","rewrite":"match twice"}`},
	{"a pattern of a set", &regexset.PatternError{Op: "regexset.Compile", Index: 2, Pattern: longPattern,
		Err: &saferegex.SyntaxError{Pattern: "a", Construct: "x", Reason: "no"}},
		`e.op=regexset.Compile e.index=2 e.pattern=` + strconv.Quote(limits.Quote(longPattern)) +
			` e.rule=invalid-syntax e.error="saferegex.Compile: invalid-syntax: \"a\" (offset 0): x: no"`,
		`{"op":"regexset.Compile","index":2,"pattern":` + strconv.Quote(limits.Quote(longPattern)) +
			`,"rule":"invalid-syntax","error":"saferegex.Compile: invalid-syntax: \"a\" (offset 0): x: no"}`},
	{"an engine", &regexset.EngineError{Op: "regexset.Match", Reason: "no memory", Err: errors.New("ENOMEM")},
		`e.op=regexset.Match e.reason="no memory" e.error=ENOMEM`,
		`{"op":"regexset.Match","reason":"no memory","error":"ENOMEM"}`},
	{"a name", &unicodeid.Error{Op: "unicodeid.Register", Problems: []unicodeid.Problem{
		{Rule: unicodeid.RuleInvisible, Offset: 2, Len: 3, Rune: 2, UTF16: 2, Grapheme: 1, Code: 0x200B, Fix: "x",
			Detail: "cannot be seen", Word: "secret"},
		{Rule: unicodeid.RuleTooLong, Len: 9, Detail: "is too long", Unit: unicodeid.UnitBytes, Limit: 8, Length: 9}}},
		`e.op=unicodeid.Register e.rule=invisible e.problems=2 e.error="unicodeid.Register: invisible at character 2 ` +
			`(U+200B): cannot be seen;` +
			` too-long at character 1: is too long, and it has 9"`,
		`{"op":"unicodeid.Register","problems":[{"rule":"invisible","offset":2,"len":3,"rune":2,"utf16":2,"grapheme":1,` +
			`"code":"U+200B",` +
			`"fix":"x","detail":"cannot be seen"},{"rule":"too-long","offset":0,"len":9,"rune":0,"utf16":0,"grapheme":0,` +
			`"detail":"is too long","unit":"bytes","limit":8,"length":9}]}`},
}

func TestAsData(t *testing.T) {
	for _, tc := range asData {
		asdata.Check(t, tc.name, tc.v, tc.log, tc.json)
	}
}

// TestEmptyData: the zero values and nil pointers are data as well.
func TestEmptyData(t *testing.T) {
	for _, v := range []interface {
		json.Marshaler
		slog.LogValuer
	}{
		(*safezip.Report)(nil), &safezip.Report{}, (*safexml.Report)(nil), &safexml.Report{},
		(*safexml.MismatchError)(nil), &safexml.MismatchError{}, (*saferegex.SyntaxError)(nil), &saferegex.SyntaxError{},
		(*regexset.PatternError)(nil), &regexset.PatternError{}, (*regexset.EngineError)(nil), &regexset.EngineError{},
		(*unicodeid.Error)(nil), &unicodeid.Error{},
	} {
		text, err := v.MarshalJSON()
		if err != nil || !json.Valid(text) {
			t.Errorf("%T: %s, %v", v, text, err)
		}
		_ = v.LogValue().Resolve()
	}
}
