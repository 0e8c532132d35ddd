package setup_test

import (
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
)

type config struct {
	problems setup.Problems
	workers  int64
}

type option func(*config)

func workers(n int64) option {
	return func(c *config) {
		if c.problems.Between("Workers", n, 1, 8) {
			c.workers = n
		}
	}
}

var table = setup.RuleTable{
	{Rule: "wall", Attack: "a", CWE: "CWE-1"},
	{Rule: "door", Attack: "b", CWE: "CWE-2", Default: "4 doors", Liftable: true, Since: "1.3"},
}

// TestEverythingAtOnce: the limits come first, in the order of their fields, then what the options
// and arguments are in.
func TestEverythingAtOnce(t *testing.T) {
	c := &config{}
	setup.Apply(&c.problems, c, []option{nil, workers(0), workers(9), workers(8)})
	c.problems.Between("Size", 0, 1, math.MaxInt64)
	c.problems.Together("SVG", "OOXML", "one profile at most")
	c.problems.Without("DataImages", "SVG")
	c.problems.Liftable(table, "wall")
	c.problems.Liftable(table, "\x1bwindow")
	c.problems.Nil("the context")
	c.problems.Join([]limits.FieldProblem{{Field: "Reserved", Reason: "has no key"}})
	err := c.problems.Err("door.Open", limits.Limits{Items: -1, Time: 3}, limits.InputBytes, limits.Time)
	want := "door.Open: InputBytes is not set: give it a limit, or limits.UnsafeUnlimited for input you trust; " +
		"Items is -1: not a budget; use a positive number, or limits.UnsafeUnlimited for input you trust; " +
		"Time is 3ns: is a unit missing? at least 1ms; " +
		"an Option is nil; Workers is 0: not between 1 and 8; Workers is 9: not between 1 and 8; " +
		"Size is 0: not at least 1; SVG is given together with OOXML: one profile at most; " +
		"DataImages belongs to SVG, which is not given; " +
		"UnsafeAllow cannot lift \"wall\", which belongs to the trust boundary; " +
		"UnsafeAllow names no rule of this package: \"\\x1bwindow\"; the context is nil; Reserved has no key"
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	if !errors.Is(err, limits.ErrUnset) || !errors.Is(err, limits.ErrConfig) || errors.Is(err, limits.ErrRefused) {
		t.Errorf("the kinds of %v", err)
	}
	if c.workers != 8 {
		t.Errorf("%d workers", c.workers)
	}
}

func TestNothingIsWrong(t *testing.T) {
	c := &config{}
	setup.Apply(&c.problems, c, []option{workers(1)})
	if !c.problems.Liftable(table, "door") {
		t.Error("a rule that may be lifted")
	}
	lim := limits.Limits{InputBytes: 1, Time: time.Second}
	if err := c.problems.Err("door.Open", lim, limits.InputBytes, limits.Time); err != nil {
		t.Error(err)
	}
	// Without a limit among the mistakes it is no unset limit.
	if err := setup.Misuse("door.Open", "the Door", "was not made by New"); errors.Is(err, limits.ErrUnset) ||
		err.Error() != "door.Open: the Door was not made by New" {
		t.Error(err)
	}
}

func TestRuleTable(t *testing.T) {
	want := []limits.RuleInfo{
		{Rule: "wall", Attack: "a", CWE: "CWE-1", Default: "refused", Since: "1.0"},
		{Rule: "door", Attack: "b", CWE: "CWE-2", Default: "4 doors", Liftable: true, Since: "1.3"},
	}
	if diff := cmp.Diff(want, slices.Collect(table.All())); diff != "" {
		t.Error(diff)
	}
	for range table.All() {
		break
	}
}
