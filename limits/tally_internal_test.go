package limits

import (
	"reflect"
	"testing"
)

// TestTalliesAreAligned keeps the atomic counts of a Budget where a machine of 32 bits can reach
// them: at the start of what is aligned to eight bytes.
func TestTalliesAreAligned(t *testing.T) {
	budget := reflect.TypeFor[Budget]()
	books, _ := budget.FieldByName("ledger")
	used, _ := books.Type.FieldByName("used")
	if at := books.Offset + used.Offset; at%8 != 0 || budget.Align() != 8 {
		t.Errorf("the tallies begin %d bytes into a Budget, which is aligned to %d", at, budget.Align())
	}
}
