package safexml

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
)

// TestSetDefaults fills in what the package comment promises, and nothing that is set.
func TestSetDefaults(t *testing.T) {
	for name, test := range map[string]struct{ given, want limits.Limits }{
		"required alone": {
			limits.Limits{InputBytes: 6400, Time: time.Second},
			limits.Limits{InputBytes: 6400, Time: time.Second, Items: DefaultItems, Depth: DefaultDepth,
				Steps: DefaultSteps + 100 + 1600, MemoryBytes: DefaultMemoryBytes},
		},
		"items": {
			limits.Limits{InputBytes: 2 * limits.GiB, Items: 40 << 20, Time: time.Second},
			limits.Limits{InputBytes: 2 * limits.GiB, Items: 40 << 20, Time: time.Second, Depth: DefaultDepth,
				Steps: DefaultSteps + 72<<20, MemoryBytes: DefaultMemoryBytes},
		},
		"items unlimited": {
			limits.Limits{InputBytes: 6400, Items: limits.UnsafeUnlimited, Time: time.Second},
			limits.Limits{InputBytes: 6400, Items: limits.UnsafeUnlimited, Time: time.Second, Depth: DefaultDepth,
				Steps: DefaultSteps + 100 + 1600, MemoryBytes: DefaultMemoryBytes},
		},
		"input unlimited": {
			limits.Limits{InputBytes: limits.UnsafeUnlimited, Time: time.Second},
			limits.Limits{InputBytes: limits.UnsafeUnlimited, Time: time.Second, Items: DefaultItems,
				Depth: DefaultDepth, Steps: limits.UnsafeUnlimited, MemoryBytes: DefaultMemoryBytes},
		},
		"all set": {
			limits.Limits{InputBytes: 1, Items: 3, Depth: 4, Steps: 5, MemoryBytes: 6, Time: time.Second},
			limits.Limits{InputBytes: 1, Items: 3, Depth: 4, Steps: 5, MemoryBytes: 6, Time: time.Second},
		},
	} {
		c, err := configure(t.Context(), "op", test.given, nil)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, c.Limits); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
