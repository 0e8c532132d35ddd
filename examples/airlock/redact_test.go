package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// redactWith runs airlock redact on a text.
func redactWith(t *testing.T, patterns, text string, args ...string) (out, said string, status int) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "patterns")
	if err := os.WriteFile(file, []byte(patterns), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program, append([]string{"redact", "-patterns", file}, args...)...)
	var stdout, stderr bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(text), &stdout, &stderr
	_ = cmd.Run()
	return stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()
}

func TestRedact(t *testing.T) {
	patterns := "password=\\S+\n\nghp_[0-9A-Za-z]{8}\n"
	text := "a password=hunter2\x1b b ghp_12345678\xff\n" + strings.Repeat("line\n", 20_000) + "password=x"
	out, said, status := redactWith(t, patterns, text)
	want := "a [redacted] b [redacted]\xff\n" + strings.Repeat("line\n", 20_000) + "[redacted]"
	if status != statusOK || out != want || said != "" {
		t.Errorf("status %d, %d bytes of %d, said %q", status, len(out), len(want), said)
	}
	if out, _, _ := redactWith(t, patterns, "password=x", "-with", "$1"); out != "$1" {
		t.Errorf("-with is read as a template: %q", out)
	}
	out, said, status = redactWith(t, "x.*y", "before x"+strings.Repeat("a", 100), "-window", "50B")
	if status != statusRefused || out != "before " || !strings.Contains(said, "match-too-long") {
		t.Errorf("too long: status %d, %q, said %q", status, out, said)
	}
	if _, said, status = redactWith(t, "a\n(b\n", ""); status != statusRefused || !strings.Contains(said, "patterns:2") {
		t.Errorf("a pattern that is wrong: status %d, said %q", status, said)
	}
	if _, _, status = redactWith(t, "a", "", "extra"); status != statusFailed {
		t.Errorf("an argument too many: status %d", status)
	}
}
