// Package limittable is the one test of the fields of Limits that every package has: the least with
// which an input passes, one less, none, and what is no limit.
package limittable

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
)

// Fields says what an operation makes of the fields of Limits.
type Fields struct {
	Required  []limits.Resource // they must be set
	Unset     []limits.Resource // they must stay unset
	Elsewhere []limits.Resource // another input has a test of the least of them
}

// A Row is one field of Limits as an operation has it.
type Row struct {
	Resource  limits.Resource
	Least     int64 // the smallest limit with which the input passes; it is not asked of Time
	Required  bool
	Unset     bool
	Elsewhere bool
}

// Rows returns a row for each resource: as much as the operation has spent on the input must do as
// the limit.
func Rows(used limits.Usage, f Fields) []Row {
	var rows []Row
	for r := limits.InputBytes; r <= limits.Time; r++ {
		rows = append(rows, Row{r, used.Of(r), slices.Contains(f.Required, r), slices.Contains(f.Unset, r),
			r == limits.Time || slices.Contains(f.Elsewhere, r)})
	}
	return rows
}

// An Operation is one that a package offers, with the rows of its input.
type Operation struct {
	Name string // "" if there is no other
	Rows []Row  // one for each field of Limits, in their order
	Run  func(t *testing.T, lim limits.Limits) error
}

// Check holds an operation to its rows, in a test for each field.
func Check(t *testing.T, base limits.Limits, rows []Row, run func(t *testing.T, lim limits.Limits) error) {
	t.Helper()
	Each(t, base, Operation{Rows: rows, Run: run})
}

// Each holds operations to their rows, in a test for each field and in it for each operation that
// has a name. base are limits with which each Run passes.
func Each(t *testing.T, base limits.Limits, operations ...Operation) {
	t.Helper()
	for _, o := range operations {
		if len(o.Rows) != int(limits.Time) {
			t.Fatalf("%s: %d rows for %d fields of Limits", o.Name, len(o.Rows), limits.Time)
		}
	}
	for i := range int(limits.Time) {
		r := limits.Resource(i + 1)
		t.Run(field(r), func(t *testing.T) {
			for _, o := range operations {
				row := o.Rows[i]
				switch {
				case row.Resource != r:
					t.Fatalf("%s: row %d is of %v", o.Name, i, row.Resource)
				case o.Name == "":
					row.check(t, base, o.Run)
				default:
					t.Run(o.Name, func(t *testing.T) { row.check(t, base, o.Run) })
				}
			}
		})
	}
}

// check holds an operation to a row.
func (row Row) check(t *testing.T, base limits.Limits, run func(t *testing.T, lim limits.Limits) error) {
	t.Helper()
	with := func(n int64) error {
		lim := base
		Set(&lim, row.Resource, n)
		return run(t, lim)
	}
	isConfig(t, row.Resource, with(-1), "less than nothing")
	switch {
	case row.Unset:
		isConfig(t, row.Resource, with(1<<30), "a limit where none may be")
		return
	case row.Required:
		isConfig(t, row.Resource, with(0), "none")
	default:
		if err := with(0); err != nil {
			t.Errorf("with the default: %v", err)
		}
	}
	if !row.Elsewhere {
		row.exact(t, with)
	}
}

// Least searches for the smallest limit with which run passes, where that is not what it has spent:
// a call within the call spends, or a buffer has grown in between.
func Least(t *testing.T, base limits.Limits, r limits.Resource, run func(t *testing.T, lim limits.Limits) error) int64 {
	t.Helper()
	low, high := int64(0), int64(1<<30)
	for high-low > 1 {
		lim, n := base, low+(high-low)/2
		if Set(&lim, r, n); run(t, lim) == nil {
			high = n
		} else {
			low = n
		}
	}
	return high
}

// exact passes at the least limit and refuses one less. Where that is 1, one less is no limit.
func (row Row) exact(t *testing.T, with func(n int64) error) {
	t.Helper()
	if row.Least < 1 {
		t.Fatalf("the input uses nothing of it")
	}
	if err := with(row.Least); err != nil {
		t.Errorf("at %d: %v", row.Least, err)
	}
	if row.Least > 1 {
		Exceeds(t, with(row.Least-1), row.Resource, row.Least-1)
	}
}

// Exceeds fails t unless err is the refusal of a spent limit.
func Exceeds(t *testing.T, err error, r limits.Resource, limit int64) {
	t.Helper()
	e, ok := errors.AsType[*limits.ExceededError](err)
	if !ok || e.Resource != r || e.Limit != limit || e.Used <= limit || !errors.Is(err, limits.ErrExceeded) ||
		!errors.Is(err, limits.ErrRefused) {
		t.Errorf("%v; want %v over %d", err, r, limit)
	}
}

// isConfig fails t unless err is a mistake of the caller's that names the field.
func isConfig(t *testing.T, r limits.Resource, err error, what string) {
	t.Helper()
	if !errors.Is(err, limits.ErrConfig) || errors.Is(err, limits.ErrRefused) || !strings.Contains(err.Error(), field(r)) {
		t.Errorf("%s: %v; want a ConfigError that names %s", what, err, field(r))
	}
}

// field is the name of the field of a resource.
func field(r limits.Resource) string {
	return [...]string{"", "InputBytes", "OutputBytes", "Items", "Depth", "Steps", "MemoryBytes", "Time"}[r]
}

// Set sets the field of a resource.
func Set(l *limits.Limits, r limits.Resource, n int64) {
	switch r {
	case limits.InputBytes:
		l.InputBytes = limits.Bytes(n)
	case limits.OutputBytes:
		l.OutputBytes = limits.Bytes(n)
	case limits.Items:
		l.Items = n
	case limits.Depth:
		l.Depth = n
	case limits.Steps:
		l.Steps = n
	case limits.MemoryBytes:
		l.MemoryBytes = limits.Bytes(n)
	case limits.Time:
		l.Time = time.Duration(n)
	}
}

// Used returns what the operations that run starts have spent, the last of them.
func Used(t testing.TB, run func(ctx context.Context) error) limits.Usage {
	t.Helper()
	var used limits.Usage
	ctx := limits.WithObserver(t.Context(), limits.Observer{Func: func(_ context.Context, e limits.Event) {
		used = e.Usage
	}})
	if err := run(ctx); err != nil {
		t.Fatal(err)
	}
	return used
}
