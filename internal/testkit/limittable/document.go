package limittable

import (
	"errors"
	"testing"

	"github.com/seed73825598/airlock/internal/tools/checklist"
	"github.com/seed73825598/airlock/limits"
)

// Document holds the table in the comment of the package in this directory to what the package
// does: the defaults are those given, in the order of the fields, and a field is required if run
// fails without it. full are limits with which run passes.
func Document(t *testing.T, full limits.Limits, defaults [limits.Time]string,
	run func(t *testing.T, lim limits.Limits) error) {
	t.Helper()
	rows, err := checklist.LimitsTable(".")
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		r := limits.Resource(i + 1)
		if row.Field != field(r) {
			t.Fatalf("row %d is of %s", i, row.Field)
		}
		if row.Default != defaults[i] {
			t.Errorf("%s: the table says %q, the constants %q", row.Field, row.Default, defaults[i])
		}
		lim := full
		Set(&lim, r, 0)
		err := run(t, lim)
		if required := errors.Is(err, limits.ErrUnset); required != (row.Required == "yes") || err != nil && !required {
			t.Errorf("%s: the table says required %q; unset it gives %v", row.Field, row.Required, err)
		}
	}
}
