package codepage_test

import (
	"bytes"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/codepage"
)

var lim = limits.Limits{OutputBytes: limits.MiB, Items: 100, Time: time.Minute}

// archive has one file of a name whose encoding it does not say.
func archive(name string) []byte {
	unflag := func(h *zipbuild.Header) { h.Flags &^= zipbuild.FlagUTF8 }
	return zipbuild.Archive{Files: []zipbuild.File{{Name: name, EditLocal: unflag, EditCentral: unflag}}}.Bytes()
}

func path(t *testing.T, name string, opts ...safezip.Option) (string, error) {
	t.Helper()
	data := archive(name)
	r, err := safezip.Inspect(t.Context(), bytes.NewReader(data), int64(len(data)), lim, opts...)
	for e := range r.All() {
		return e.Path, err
	}
	return "", err
}

func TestNameEncoding(t *testing.T) {
	for _, test := range []struct {
		page      codepage.Page
		raw, want string
	}{
		{codepage.CP437, "caf\x82.txt", "café.txt"},
		{codepage.CP437, "\xe1.txt", "ß.txt"},
		{codepage.CP850, "\xb7.txt", "À.txt"},
		{codepage.CP852, "\x9d.txt", "Ł.txt"},
		{codepage.CP866, "\x84\xae\xaa.txt", "Док.txt"},
		{codepage.CP932, "\x93\xfa\x96\x7b/\x8c\xea.txt", "日本/語.txt"},
		{codepage.CP932, "\x95\x5c.txt", "表.txt"}, // The second byte is a backslash.
		{codepage.CP932, "\x87\x40.txt", "①.txt"}, // Of NEC, as Windows has it.
		{codepage.CP936, "\xd6\xd0\xce\xc4.txt", "中文.txt"},
		{codepage.CP949, "\xc7\xd1\xb1\xdb.txt", "한글.txt"},
		{codepage.CP949, "\x8c\x63.txt", "똠.txt"}, // Beyond EUC-KR, as Windows has it.
		{codepage.CP950, "\xa4\xa4\xa4\xe5.txt", "中文.txt"},
		{codepage.CP950, "\xb3\x5c.txt", "許.txt"}, // The second byte is a backslash.
		{codepage.Windows1250, "\xb9.txt", "ą.txt"},
		{codepage.Windows1251, "\xc4\xee\xea.txt", "Док.txt"},
		{codepage.Windows1252, "\x80.txt", "€.txt"},
		{codepage.CP437, "plain.txt", "plain.txt"},
	} {
		got, err := path(t, test.raw, codepage.NameEncoding(test.page))
		if err != nil || got != test.want {
			t.Errorf("%v %q: %q, %v; want %q", test.page, test.raw, got, err, test.want)
		}
		if test.raw == test.want {
			continue
		}
		if _, err := path(t, test.raw, safezip.UnicodeNames()); err == nil {
			t.Errorf("%q without a page: no error", test.raw)
		}
	}
}

// TestRefused: bytes without a meaning, cut pairs, and names that only decoding shows to be bad.
func TestRefused(t *testing.T) {
	for _, test := range []struct {
		page codepage.Page
		raw  string
		rule safezip.Rule
	}{
		{codepage.CP932, "a\x93", safezip.RuleNameEncoding},
		{codepage.CP932, "\x93/x", safezip.RuleNameEncoding},
		{codepage.CP932, "\x80.txt", safezip.RuleNameEncoding},
		{codepage.CP932, "\x85\x40.txt", safezip.RuleNameEncoding},
		{codepage.CP936, "\xff\xff", safezip.RuleNameEncoding},
		{codepage.CP936, "\xd6", safezip.RuleNameEncoding},
		{codepage.CP949, "\xc9\xa1", safezip.RuleNameEncoding},
		{codepage.CP950, "\x87\x40", safezip.RuleNameEncoding},
		{codepage.CP950, "\xc8\xa1", safezip.RuleNameEncoding},
		{codepage.CP950, "\xa4", safezip.RuleNameEncoding},
		{codepage.Windows1252, "\x81.txt", safezip.RuleNameEncoding},
		{codepage.Windows1251, "\x98.txt", safezip.RuleNameEncoding},
		{codepage.CP437, "\x82/../../x", safezip.RulePathTraversal},
		{codepage.CP437, "/\x82", safezip.RuleAbsolutePath},
		{codepage.CP437, "\x82\\x", safezip.RuleBackslash},
		{codepage.CP932, "\x81\x5e", safezip.RuleLookalikeSeparator}, // A fullwidth slash.
		{codepage.CP932, "\x93\xfa\x5cx", safezip.RuleBackslash},     // A true one, after a whole pair.
		{codepage.CP437, "\x82 ", safezip.RuleTrailingDotSpace},
	} {
		_, err := path(t, test.raw, codepage.NameEncoding(test.page))
		rule, ok := errors.AsType[*safezip.RuleError](err)
		if !ok || rule.Rule != test.rule {
			t.Errorf("%v %q: %v; want %s", test.page, test.raw, err, test.rule)
		}
	}
}

func TestConfig(t *testing.T) {
	for name, opts := range map[string][]safezip.Option{
		"none":    {codepage.NameEncoding(0)},
		"unknown": {codepage.NameEncoding(99)},
		"twice":   {codepage.NameEncoding(codepage.CP437), codepage.NameEncoding(codepage.CP850)},
	} {
		if _, err := path(t, "a", opts...); !errors.Is(err, limits.ErrConfig) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := fmt.Sprint(codepage.CP437, codepage.Windows1252, codepage.Page(0)); got != "CP437 Windows-1252 Page(0)" {
		t.Error(got)
	}
}

// TestFlaggedNamesStay leaves alone names that say they are UTF-8.
func TestFlaggedNamesStay(t *testing.T) {
	data := zipbuild.Archive{Files: []zipbuild.File{{Name: "é.txt"}}}.Bytes()
	r, err := safezip.Inspect(t.Context(), bytes.NewReader(data), int64(len(data)), lim,
		codepage.NameEncoding(codepage.CP437))
	if err != nil {
		t.Fatal(err)
	}
	for e := range r.All() {
		if e.Path != "é.txt" {
			t.Errorf("%q", e.Path)
		}
	}
}

// TestTables: a program that imports safezip alone links no table.
func TestTables(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "github.com/seed73825598/airlock/safezip").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if strings.Contains(string(out), "golang.org/x/text") {
		t.Errorf("safezip links golang.org/x/text")
	}
}
