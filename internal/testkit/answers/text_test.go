//go:build !race

// The race detector makes long inputs some ten times as slow: they are for a run without it.

package answers

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/saferegex/regexset"
	"github.com/seed73825598/airlock/saferegex/regextest"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safexml/xmltest"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/ziptest"
	"github.com/seed73825598/airlock/unicodeid"
	"github.com/seed73825598/airlock/unicodeid/idtest"
)

// evil is text that must not stand in an error as it is: it forges a line of a log, moves a cursor,
// turns the direction of text, and is not even UTF-8.
const evil = "evil\r\n\x1b[2J\u202e\u0000\xff<script>"

// flood is more of it than an error may hold.
var flood = strings.Repeat(evil, 1<<20/len(evil))

// checkText holds the text of an error to what every error promises.
func checkText(t *testing.T, name string, err error) {
	t.Helper()
	if err == nil {
		return
	}
	text := err.Error()
	if len(text) > 1024 {
		t.Errorf("%.60q: an error of %d bytes: %.200q", name, len(text), text)
	}
	if i := strings.IndexFunc(text, func(r rune) bool { return r < ' ' || r > '~' }); i >= 0 {
		t.Errorf("%.60q: %.300q has a raw character at %d", name, text, i)
	}
}

// wantError is checkText where there must be an error.
func wantError(t *testing.T, name string, err error) {
	t.Helper()
	if err == nil {
		t.Errorf("%.60q: no error", name)
	}
	checkText(t, name, err)
}

var documents = limits.Limits{InputBytes: 8 * limits.MiB, Time: 20 * time.Second}

// TestTextsOfLimits reads text that is no limits, and fills errors with what they should not hold.
func TestTextsOfLimits(t *testing.T) {
	for _, s := range []string{flood, strings.ReplaceAll(flood, "\n", " "), "items=" + flood,
		strings.Repeat("items=0 ", 10_000)} {
		_, err := limits.Parse(s)
		wantError(t, s, err)
		_, err = limits.ParseBytes(s)
		wantError(t, s, err)
	}
	many := make([]limits.FieldProblem, 100_000)
	for i := range many {
		many[i] = limits.FieldProblem{Field: evil, Reason: evil}
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New(flood))
	_, canceled := documents.Start(ctx, flood)
	for _, err := range []error{
		&limits.ConfigError{Op: flood, Problems: many},
		&limits.ConfigError{Op: "op", Problems: many},
		&limits.RuleError{Op: flood, Rule: limits.Rule(flood), Where: flood, Detail: flood},
		&limits.ExceededError{Op: flood, Where: flood, Option: flood, Resource: 99},
		&limits.ExceededError{Op: flood, Where: flood, Hint: flood},
		&limits.BusyError{Op: flood},
		canceled,
	} {
		wantError(t, "made", err)
	}
}

// TestTextsOfArchives unpacks every hostile archive, and names as long as names can be.
func TestTextsOfArchives(t *testing.T) {
	lim := limits.Limits{OutputBytes: 64 * limits.MiB, Items: 10_000, Time: 20 * time.Second}
	all := []safezip.Rule{safezip.RuleLongName, safezip.RuleNonASCII, safezip.RuleNameEncoding}
	dir := t.TempDir()
	try := func(name string, data []byte) {
		for _, opts := range [][]safezip.Option{nil, {safezip.UnicodeNames(), safezip.UnsafeSymlinks(),
			safezip.UnsafeAllow(all...)}} {
			_, err := safezip.Inspect(t.Context(), bytes.NewReader(data), int64(len(data)), lim, opts...)
			checkText(t, name, err)
			if len(data) > 1<<20 {
				continue
			}
			_, err = safezip.Extract(t.Context(), filepath.Join(dir, "out"), bytes.NewReader(data), int64(len(data)), lim,
				opts...)
			checkText(t, name, err)
		}
	}
	for c := range ziptest.Hostile() {
		try(c.Name, c.Data)
	}
	for c := range ziptest.HostileUnicode() {
		try(c.Name, c.Data)
	}
	for _, name := range []string{flood[:65_535], strings.Repeat("a/", 30_000) + "a", strings.Repeat("a", 5000),
		strings.Repeat("\u00e9", 300), strings.Repeat(strings.Repeat("d", 250)+"/", 16) + "a", "a\\" + flood[:1000]} {
		try(name, zipbuild.Archive{Files: []zipbuild.File{{Name: name}}}.Bytes())
		try(name, zipbuild.Archive{Files: []zipbuild.File{{Name: name}, {Name: name}}, Comment: flood[:65_535]}.Bytes())
	}
	for _, word := range []string{flood, strings.Repeat("a/", 10_000)} {
		_, err := safezip.Inspect(t.Context(), bytes.NewReader(nil), 0, lim, safezip.StripPrefix(word),
			safezip.UnsafeAllow(safezip.Rule(word)))
		wantError(t, word, err)
	}
}

// TestTextsOfDocuments reads every hostile document, and parts as long as parts can be.
func TestTextsOfDocuments(t *testing.T) {
	profiles := [][]safexml.Option{nil, {safexml.SVG()}, {safexml.OOXML()}, {safexml.Signed()}, {safexml.SAML()}}
	try := func(name string, data []byte) {
		for _, opts := range profiles {
			_, err := safexml.Validate(t.Context(), bytes.NewReader(data), documents, opts...)
			checkText(t, name, err)
		}
	}
	for c := range xmltest.Hostile() {
		if len(c.Data) <= 64<<10 {
			try(c.Name, c.Data)
		}
	}
	long := strings.Repeat("n", 1<<20)
	for _, document := range []string{flood, "<" + flood, "<" + long, "<a " + long + "='1'/>", "<a b='" + flood + "'/>",
		"<a xmlns:" + long + "='x'/>", "<?" + long + "?><a/>", "<a>&" + long + ";</a>", "<a>&" + flood + ";</a>",
		"<!DOCTYPE " + long + "><a/>", "<a></" + long + ">", "<a xmlns='" + long + "'/>", "<?xml version='" + flood +
			"'?><a/>",
		"<?xml version='1.0' encoding='" + long[:10_000] + "'?><a/>", "<a href='http://" + long[:20_000] + "'/>",
		"<svg xmlns='http://www.w3.org/2000/svg' style='fill:url(//" + long + ")'/>",
		"<svg xmlns='http://www.w3.org/2000/svg'><" + long[:4000] + "/></svg>",
		"<svg xmlns='http://www.w3.org/2000/svg'><style>" + flood[:60_000] + "</style></svg>",
		"<a ID='" + long[:10_000] + "'><b ID='" + long[:10_000] + "'/></a>",
		"<a xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='" + long[:10_000] + "'/></a>",
		"<a xmlns:x='http://www.w3.org/2001/XMLSchema-instance' x:schemaLocation='" + long[:10_000] + "'/>"} {
		try(document, []byte(document))
	}
	_, err := safexml.Validate(t.Context(), strings.NewReader("<a/>"), documents, safexml.OOXML(),
		safexml.PartName(flood), safexml.UnsafeAllow(safexml.Rule(flood)))
	wantError(t, "options", err)

	var misfit struct {
		N int `xml:"n"`
	}
	digits := "<a><n>" + strings.Repeat("9", 1<<20) + "</n></a>"
	wantError(t, "digits", safexml.Unmarshal(t.Context(), []byte(digits), &misfit, documents))
	wantError(t, "text", safexml.Unmarshal(t.Context(), []byte("<a><n>"+strings.Repeat("\u202e", 1<<18)+"</n></a>"),
		&misfit,
		documents))
}

// TestTextsOfPatterns compiles every hostile pattern, alone and in a set, and some of a megabyte.
func TestTextsOfPatterns(t *testing.T) {
	lim := limits.Limits{InputBytes: limits.MiB, Time: 20 * time.Second}
	try := func(pattern string) {
		_, err := saferegex.Compile(t.Context(), pattern, lim)
		checkText(t, pattern, err)
		_, err = regexset.Compile(t.Context(), []string{"a", pattern}, lim)
		checkText(t, pattern, err)
	}
	for c := range regextest.Hostile() {
		if c.Want == regextest.RefusePattern {
			try(c.Pattern)
		}
	}
	long := strings.Repeat("n", 20_000)
	for _, pattern := range []string{flood, flood[:4000], "(" + flood[:2000], "(?=" + long + ")", "[" + long,
		"(?P<" + long + ">a)",
		"[[:" + long + ":]]", "\\p{" + long + "}", "(?P=" + long + ")", "\\g{" + long + "}",
		"a{" + strings.Repeat("9", 4000) + "}",
		"(?" + long + ")", "\xff", "\x1b)", "(?<!\u202e" + long + ")"} {
		try(pattern)
	}
	re, err := saferegex.Compile(t.Context(), "a", lim)
	if err != nil {
		t.Fatal(err)
	}
	_, err = re.ReplaceAllString(t.Context(), strings.Repeat("a", 1<<20), "${"+flood+"}")
	checkText(t, "template", err)
}

// TestTextsOfNames registers every hostile name, and some of a megabyte.
func TestTextsOfNames(t *testing.T) {
	p, err := unicodeid.New(idtest.Limits(), idtest.Options()...)
	if err != nil {
		t.Fatal(err)
	}
	try := func(raw string) {
		_, err := p.Register(t.Context(), raw)
		checkText(t, raw, err)
		_, err = p.Lookup(t.Context(), raw)
		checkText(t, raw, err)
	}
	n := 0
	for c := range idtest.Hostile() {
		if n++; n%97 == 0 || len(c.Raw) > 64 {
			try(c.Raw)
		}
	}
	for _, raw := range []string{flood, flood[:200], evil, strings.Repeat("\u202e", 60), strings.Repeat("e\u0301", 60)} {
		try(raw)
	}
	_, err = unicodeid.New(limits.Limits{}, unicodeid.Reserved(flood, evil, ""), unicodeid.Blocked(flood, evil),
		unicodeid.AllowScripts(flood, evil), unicodeid.Punctuation(flood))
	wantError(t, "options", err)
	lists := limits.Limits{InputBytes: 8 * limits.MiB, Items: 1_000_000}
	for _, list := range []string{flood, strings.ReplaceAll(flood, "\n", ""), "*" + evil + "*",
		"a\n" + strings.Repeat("-", 1<<20)} {
		_, err = unicodeid.ParseWords(t.Context(), strings.NewReader(list), lists)
		wantError(t, list, err)
	}
}
