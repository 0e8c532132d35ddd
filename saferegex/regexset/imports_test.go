package regexset_test

import (
	"os/exec"
	"strings"
	"testing"
)

// TestImports has package saferegex alone link none of RE2.
func TestImports(t *testing.T) {
	const foreign = "github.com/wasilibs/"
	for path, want := range map[string]bool{
		"github.com/seed73825598/airlock/saferegex":           false,
		"github.com/seed73825598/airlock/saferegex/regextest": false,
		"github.com/seed73825598/airlock/saferegex/regexset":  true,
	} {
		out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", path).Output()
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for line := range strings.Lines(string(out)) {
			found = found || strings.HasPrefix(line, foreign)
			if strings.Contains(line, "wazero") {
				t.Errorf("%s links %s", path, strings.TrimSpace(line))
			}
		}
		if found != want {
			t.Errorf("%s links go-re2: %t, want %t", path, found, want)
		}
	}
}
