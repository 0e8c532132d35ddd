package answers

import (
	"iter"
	"regexp"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/saferegex/regexset"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/decompress"
	"github.com/seed73825598/airlock/safezip/safetar"
	"github.com/seed73825598/airlock/unicodeid"
)

// TestRulesAreWhole: each rule says its attack, its CWE and its default to the owner, the version
// that brought it, and to the sender what to change. The sender is told nothing of the server, and
// not how to lift a rule.
func TestRulesAreWhole(t *testing.T) {
	for pkg, rules := range map[string]iter.Seq[limits.RuleInfo]{
		"safezip": safezip.Rules(), "safetar": safetar.Rules(), "decompress": decompress.Rules(),
		"safexml": safexml.Rules(), "saferegex": saferegex.Rules(), "regexset": regexset.Rules(),
		"unicodeid": unicodeid.Rules(),
	} {
		cwe := regexp.MustCompile(`^CWE-\d+(, CWE-\d+)*$`)
		since := regexp.MustCompile(`^\d+\.\d+$`)
		n := 0
		for info := range rules {
			n++
			if info.Rule == "" || info.Attack == "" || info.Default == "" || !cwe.MatchString(info.CWE) ||
				!since.MatchString(info.Since) {
				t.Errorf("%s: %+v is not whole", pkg, info)
			}
			switch advice := info.Advice; {
			case len(advice) < 10 || len(advice) > 128 || !strings.HasSuffix(advice, "."):
				t.Errorf("%s: %s has the advice %q", pkg, info.Rule, advice)
			case strings.ContainsFunc(advice, func(r rune) bool { return r < ' ' || r > '~' }),
				strings.Contains(advice, "Unsafe"), strings.Contains(strings.ToLower(advice), "server"):
				t.Errorf("%s: the advice of %s tells too much: %q", pkg, info.Rule, advice)
			}
		}
		if n == 0 {
			t.Errorf("%s has no rules", pkg)
		}
	}
}
