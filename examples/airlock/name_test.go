package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestName(t *testing.T) {
	r := airlock(t, "name", "José", " Alice ")
	r.want(t, statusOK)
	for _, word := range []string{`"Jos\u00e9"`, `display   "Jos\u00e9"`, `key       "jos\u00e9"`,
		`display   "Alice"`, `skeleton  "alice"`} {
		if !strings.Contains(strings.Join(strings.Fields(r.out), " "), strings.Join(strings.Fields(word), " ")) {
			t.Errorf("no %s in\n%s", word, r.out)
		}
	}
	r = airlock(t, "name", "ok", "a\u200bb", "ﬁx")
	r.want(t, statusRefused)
	for _, block := range []string{
		"\"a\\u200bb\"\n  ^^^^^^\n  invisible at character 2: an invisible character\n",
		"\"\\ufb01x\"\n ^^^^^^\n  compatibility at character 1: a special form of plain characters; write \"fi\"\n",
	} {
		if !strings.Contains(r.out, block) {
			t.Errorf("no\n%s\nin\n%s", block, r.out)
		}
	}
	airlock(t, "name", strings.Repeat("x", 300)).want(t, statusRefused)
	airlock(t, "name").want(t, statusFailed, "want at least one name")
	words := filepath.Join(t.TempDir(), "words")
	if err := os.WriteFile(words, []byte("admin\n*bad*\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := airlock(t, "name", "-reserved", words, "4dm1n", "xbadx"); r.status != statusRefused ||
		!strings.Contains(r.out, "reserved") || !strings.Contains(r.out, "blocked") {
		t.Errorf("%d: %s", r.status, r.out)
	}
	airlock(t, "name", "-emoji", "-space", "-joiners", "cat 😀", "علی\u200cرضا").want(t, statusOK)
	airlock(t, "name", "cat 😀").want(t, statusRefused)
}

// auditing runs "airlock audit" on a table.
func auditing(t *testing.T, table string, args ...string) result {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, append([]string{"audit"}, args...)...)
	cmd.Stdin = strings.NewReader(table)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	assertPlain(t, "standard output", out.String(), "\n\t")
	return result{cmd.ProcessState.ExitCode(), out.String(), errs.String()}
}

func TestAudit(t *testing.T) {
	r := auditing(t, "paypal\nalice\nPayPal \npaypaI\nbob\u202e\na\x01b\n")
	r.want(t, statusRefused)
	want := `"3" "PayPal ": collision with row "1"
"4" "paypaI": lookalike with row "1"
"5" "bob\u202e": refused: bidi-control at character 4
"6" "a\x01b": no key: control-character at character 2
6 rows: 1 without a key, 1 collision, 1 lookalike, 1 refused
`
	if r.out != want {
		t.Errorf("%s\nwant\n%s", r.out, want)
	}
	r = auditing(t, "a1,alice\nb2,\"bob\"\n", "-csv")
	r.want(t, statusOK)
	if r.out != "2 rows: 0 without a key, 0 collisions, 0 lookalikes, 0 refused\n" {
		t.Error(r.out)
	}
}

// A table that cannot be read to its end is no clean table.
func TestAuditBroken(t *testing.T) {
	for table, word := range map[string]string{
		"a1,alice\nb2,bob,x\n": "line 2", "a1,alice\nb2,\"bob": "line 2", "a1,alice\nb2\n": "line 2",
		"x,\"" + strings.Repeat("\n", 100_000): "a quote that is never closed",
	} {
		r := auditing(t, table, "-csv")
		if r.status != statusFailed || !strings.Contains(r.errs, word) || strings.Contains(r.out, "rows:") {
			t.Errorf("%.20q: %d, %q, %q", table, r.status, r.out, r.errs)
		}
	}
	if r := auditing(t, strings.Repeat("x", 70_000)); r.status != statusFailed || !strings.Contains(r.errs,
		"line 1: ") {
		t.Errorf("%d, %q", r.status, r.errs)
	}
	if r := auditing(t, "a\nb\nc\n", "-table", "items=2"); r.status != statusRefused || !strings.Contains(r.errs,
		"items") || strings.Contains(r.out, "rows:") {
		t.Errorf("%d, %q, %q", r.status, r.out, r.errs)
	}
}

// Many names take bounded memory, and say when it is spent.
func TestAuditMany(t *testing.T) {
	var table strings.Builder
	const n = 100_000
	for i := range n {
		fmt.Fprintf(&table, "user%x\n", i*7919)
	}
	auditing(t, table.String(), "-table", "memory=32MiB", "-quiet").want(t, statusOK)
	auditing(t, table.String(), "-table", "memory=8MiB").want(t, statusRefused, "memory")
}
