package safezip_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/ziptest"
)

// sensible are the limits that ziptest's cases are made for.
var sensible = ziptest.Limits()

// hostile and benign are the cases of ziptest, built once.
var (
	hostile = sync.OnceValue(func() []ziptest.Case { return slices.Collect(ziptest.Hostile()) })
	benign  = sync.OnceValue(func() []ziptest.Case { return slices.Collect(ziptest.Benign()) })
)

// extract unpacks into a directory of its own and returns that directory.
func extract(t testing.TB, data []byte, lim limits.Limits, opts ...safezip.Option) (string, *safezip.Report, error) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "out")
	r, err := safezip.Extract(t.Context(), dir, bytes.NewReader(data), int64(len(data)), lim, opts...)
	if err != nil {
		if r != nil {
			t.Errorf("a Report beside an error: %+v", r)
		}
		if _, statErr := os.Lstat(dir); !errors.Is(statErr, fs.ErrNotExist) {
			t.Errorf("the directory exists after an error (%v)", statErr)
		}
	}
	ziptest.AssertContained(t, dir)
	return dir, r, err
}

func inspect(t testing.TB, data []byte, lim limits.Limits, opts ...safezip.Option) (*safezip.Report, error) {
	t.Helper()
	return safezip.Inspect(t.Context(), bytes.NewReader(data), int64(len(data)), lim, opts...)
}

// TestRules refuses every hostile case under its rule, and lets it pass where the rule is lifted.
func TestRules(t *testing.T) {
	cases := map[limits.Rule][]ziptest.Case{}
	for i, c := range slices.AppendSeq(hostile(), ziptest.HostileUnicode()) {
		if testing.Short() && i%3 > 0 && len(cases[c.Rule]) >= 3 {
			continue
		}
		cases[c.Rule] = append(cases[c.Rule], c)
	}
	for info := range safezip.Rules() {
		t.Run(string(info.Rule), func(t *testing.T) {
			for _, c := range cases[info.Rule] {
				t.Run(strings.TrimPrefix(c.Name, string(c.Rule)+"/"), func(t *testing.T) {
					refuses(t, c)
					if info.Liftable {
						lifts(t, c)
					}
				})
			}
			if info.Rule == safezip.RuleOutsidePrefix || info.Rule == safezip.RuleKeptName {
				outsidePrefix(t) // No archive breaks this rule by itself.
				return
			}
			if n := len(cases[info.Rule]); n < 3 {
				t.Errorf("%d hostile cases; 3 are needed", n)
			}
			neighbours := 0
			for _, c := range slices.AppendSeq(benign(), ziptest.BenignUnicode()) {
				if c.Rule == info.Rule {
					neighbours++
				}
			}
			if neighbours == 0 {
				t.Error("no benign neighbour")
			}
		})
	}
}

func refuses(t *testing.T, c ziptest.Case) {
	t.Helper()
	_, _, err := extract(t, c.Data, sensible, c.Options()...)
	var rule *safezip.RuleError
	if !errors.As(err, &rule) || rule.Rule != c.Rule || !errors.Is(err, limits.ErrRefused) ||
		errors.Is(err, limits.ErrExceeded) {
		t.Fatalf("Extract: %v; want the rule %s", err, c.Rule)
	}
	r, err := inspect(t, c.Data, sensible, c.Options()...)
	if err == nil {
		return // It takes inflating to see this one.
	}
	var seen *safezip.RuleError
	if !errors.As(err, &seen) {
		t.Fatalf("Inspect: %v; want the rule %s", err, c.Rule)
	}
	want := *rule
	want.Op = seen.Op
	if diff := cmp.Diff(want, *seen); diff != "" {
		t.Errorf("Extract and Inspect refuse differently (-Extract +Inspect):\n%s", diff)
	}
	if len(r.Findings) == 0 || r.Findings[0].Rule != c.Rule {
		t.Errorf("Inspect's findings %v do not begin with its error", r.Findings)
	}
}

// lifts checks that the case passes with its rules lifted, or is refused for another reason, and
// that the finding is noted.
func lifts(t *testing.T, c ziptest.Case) {
	t.Helper()
	var lifted []limits.Rule
	for info := range safezip.Rules() {
		if info.Liftable {
			lifted = append(lifted, info.Rule)
		}
	}
	dir, r, err := extract(t, c.Data, sensible, append(c.Options(), safezip.UnsafeAllow(lifted...))...)
	if err != nil {
		var rule *safezip.RuleError
		switch {
		case errors.As(err, &rule):
			if slices.Contains(lifted, rule.Rule) {
				t.Errorf("refused under a rule that is lifted: %v", err)
			}
		case c.Rule != safezip.RuleLongName:
			t.Errorf("with every liftable rule lifted: %v", err)
		}
		return
	}
	if !slices.ContainsFunc(r.Notes, func(f safezip.Finding) bool { return f.Rule == c.Rule }) {
		t.Errorf("accepted without a note of %s: %v", c.Rule, r.Notes)
	}
	if r.Entries > 0 {
		if _, err := os.Stat(dir); err != nil {
			t.Error(err)
		}
	}
}

// TestBenign unpacks every benign case, and finds in it what archive/zip reads.
func TestBenign(t *testing.T) {
	for _, c := range benign() {
		t.Run(c.Name, func(t *testing.T) { unpacks(t, c) })
	}
	for c := range ziptest.BenignUnicode() {
		t.Run(c.Name, func(t *testing.T) {
			unpacks(t, c)
			var rule *safezip.RuleError
			if _, _, err := extract(t, c.Data, sensible); !errors.As(err, &rule) || rule.Rule != safezip.RuleNonASCII {
				t.Errorf("without UnicodeNames: %v", err)
			}
		})
	}
}

func unpacks(t *testing.T, c ziptest.Case) {
	t.Helper()
	ir, err := inspect(t, c.Data, sensible, c.Options()...)
	if err != nil {
		t.Fatalf("Inspect: %v", err)
	}
	dir, r, err := extract(t, c.Data, sensible, c.Options()...)
	if err != nil {
		t.Fatalf("Extract: %v", err)
	}
	ir.Elapsed, r.Elapsed = 0, 0
	if diff := cmp.Diff(ir, structural(r), sameReport); diff != "" {
		t.Errorf("reports differ (-Inspect +Extract):\n%s", diff)
	}
	if diff := cmp.Diff(readByGo(t, c.Data), readTree(t, dir)); diff != "" {
		t.Errorf("tree differs from what archive/zip reads (-zip +tree):\n%s", diff)
	}
}

// sameReport leaves out of a comparison what yields the entries.
var sameReport = cmpopts.IgnoreUnexported(safezip.Report{})

// structural returns a report of Extract without the notes about data, which Inspect does not see.
func structural(r *safezip.Report) *safezip.Report {
	c := *r
	c.Notes = nil
	for _, f := range r.Notes {
		if !strings.Contains(f.Detail, "stored data") {
			c.Notes = append(c.Notes, f)
		}
	}
	return &c
}

// TestBombs stops bombs by a limit before anything is written, not by a rule.
func TestBombs(t *testing.T) {
	n := 0
	for _, c := range hostile() {
		if c.Rule != "" {
			continue
		}
		n++
		t.Run(c.Name, func(t *testing.T) {
			_, _, err := extract(t, c.Data, sensible)
			var exceeded *limits.ExceededError
			if !errors.As(err, &exceeded) || !errors.Is(err, limits.ErrExceeded) || !errors.Is(err, limits.ErrRefused) {
				t.Fatalf("%v; want a spent limit", err)
			}
			if _, err := inspect(t, c.Data, sensible); !errors.Is(err, limits.ErrExceeded) {
				t.Errorf("Inspect: %v; want a spent limit", err)
			}
		})
	}
	if n < 4 {
		t.Errorf("%d bombs", n)
	}
}

// TestCaseNames holds the names of the cases unique: subtests and reports go by them.
func TestCaseNames(t *testing.T) {
	seen := map[string]bool{}
	for _, list := range [][]ziptest.Case{hostile(), benign(), slices.Collect(ziptest.HostileUnicode()),
		slices.Collect(ziptest.BenignUnicode())} {
		for _, c := range list {
			if seen[c.Name] {
				t.Errorf("%s comes twice", c.Name)
			}
			seen[c.Name] = true
		}
	}
}
