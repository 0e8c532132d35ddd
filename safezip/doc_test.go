package safezip_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/limittable"
	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

// TestLimitsTable holds the table in the package comment to what the package does.
func TestLimitsTable(t *testing.T) {
	full := limits.Limits{InputBytes: limits.GiB, OutputBytes: limits.GiB, Items: 1000, Depth: 100, Steps: 1e9,
		MemoryBytes: limits.GiB, Time: time.Minute}
	limittable.Document(t, full, [...]string{"the archive's size", "none", "none",
		fmt.Sprintf("%d (DefaultDepth)", safezip.DefaultDepth),
		fmt.Sprintf("%d Mi (DefaultSteps) + OutputBytes/64", safezip.DefaultSteps>>20),
		fmt.Sprintf("%v (DefaultMemoryBytes)", safezip.DefaultMemoryBytes), "none",
	}, func(t *testing.T, lim limits.Limits) error {
		_, err := inspect(t, ordinary(), lim)
		return err
	})
}

// TestDefaults passes an archive at exactly each default, and refuses it one above.
func TestDefaults(t *testing.T) {
	deep := func(n int) []byte {
		return zipbuild.Archive{Files: []zipbuild.File{{Name: strings.Repeat("d/", n-1) + "f"}}}.Bytes()
	}
	if _, err := inspect(t, deep(safezip.DefaultDepth), sensible); err != nil {
		t.Error(err)
	}
	_, err := inspect(t, deep(safezip.DefaultDepth+1), sensible)
	limittable.Exceeds(t, err, limits.Depth, safezip.DefaultDepth)

	// A directory of exactly the default size, made of comments.
	const each = 46 + 1 + 60_000
	directory := func(size int) []byte {
		var files []zipbuild.File
		for i := 0; size > 0; i++ {
			n := min(size, each)
			if rest := size - n; rest > 0 && rest < 100 {
				n -= 100
			}
			comment := strings.Repeat("c", n-46-len(fmt.Sprint(i)))
			files = append(files, zipbuild.File{Name: fmt.Sprint(i),
				EditCentral: func(h *zipbuild.Header) { h.Comment = comment }})
			size -= n
		}
		return zipbuild.Archive{Files: files}.Bytes()
	}
	if _, err := inspect(t, directory(int(safezip.DefaultDirectoryBytes)), sensible); err != nil {
		t.Error(err)
	}
	_, err = inspect(t, directory(int(safezip.DefaultDirectoryBytes)+1), sensible)
	limittable.Exceeds(t, err, limits.MemoryBytes, int64(safezip.DefaultDirectoryBytes))
}
