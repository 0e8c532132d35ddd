package promises

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/source"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/saferegex/regexset"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/unicodeid"
)

const (
	root = "../../.."
	file = "testdata/promises.txt"
)

var update = flag.Bool("update", false, "add what is new to testdata/promises.txt; nothing is taken away")

// TestPromises fails when an exported name, a signature, a rule id or a mechanism id that was there
// is gone or reads differently. The names that users have written against stay.
func TestPromises(t *testing.T) {
	declared, err := source.Declarations(root)
	if err != nil {
		t.Fatal(err)
	}
	now := append(declared, ids()...)
	text, err := os.ReadFile(file)
	if err != nil && !*update {
		t.Fatal(err)
	}
	promised := strings.Split(strings.TrimSpace(string(text)), "\n")
	for _, line := range promised {
		if line != "" && !slices.Contains(now, line) {
			t.Errorf("gone or changed: %s", line)
		}
	}
	if *update {
		all := slices.Concat(promised, now)
		slices.Sort(all)
		out := strings.TrimSpace(strings.Join(slices.Compact(all), "\n")) + "\n"
		if err := os.WriteFile(file, []byte(out), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// ids lists the rule ids of each package and the mechanism ids.
func ids() []string {
	var list []string
	add := func(pkg string, rules func(func(limits.RuleInfo) bool)) {
		for info := range rules {
			list = append(list, fmt.Sprintf("%s: rule %s", pkg, info.Rule))
		}
	}
	add("safezip", safezip.Rules())
	add("safexml", safexml.Rules())
	add("saferegex", saferegex.Rules())
	add("saferegex/regexset", regexset.Rules())
	add("unicodeid", unicodeid.Rules())
	for m := range safexml.Mechanisms() {
		list = append(list, "safexml: mechanism "+m.ID)
	}
	return list
}
