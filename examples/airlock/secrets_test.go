package main

import (
	"strings"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/secrets"
)

// TestRedactSecrets takes the secrets out of a log by gitleaks' rules: what comes out is what a
// loop of regexp makes of the whole text.
func TestRedactSecrets(t *testing.T) {
	t.Parallel()
	var patterns []string
	for i, rule := range secrets.Rules(t) {
		if i%4 == 0 { // The test of regexset has all of them.
			patterns = append(patterns, rule)
		}
	}
	log, err := secrets.NewLog(patterns, 1, 8<<10, 2)
	if err != nil {
		t.Fatal(err)
	}
	if log.Rules < len(patterns)*95/100 {
		t.Errorf("of %d rules %d have a secret in the log", len(patterns), log.Rules)
	}
	want, err := secrets.Replaced(patterns, log.Text, "[redacted]")
	if err != nil {
		t.Fatal(err)
	}
	out, said, status := redactWith(t, strings.Join(patterns, "\n"), log.Text)
	if status != statusOK || out != want || said != "" {
		t.Errorf("status %d, %d bytes of %d, said %q", status, len(out), len(want), said)
	}
	if n := strings.Count(out, "[redacted]"); n < log.Rules {
		t.Errorf("%d of at least %d secrets are taken out", n, log.Rules)
	}
}
