package unicodeid

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/limits"
)

// TestPieces: a long text is mapped piece by piece as it is whole, wherever a piece may begin.
func TestPieces(t *testing.T) {
	t.Parallel()
	lim := limits.Limits{Steps: 1 << 40, MemoryBytes: 1 << 40}
	for _, f := range []func(string) string{ucd.NFC, ucd.FoldedSkeleton} {
		for r := range rune(utf8.MaxRune + 1) {
			if !utf8.ValidRune(r) || !*whole && r%10 != 0 && (isAlike(r) || testing.Short()) {
				continue
			}
			next := string(r) + "\u0301"
			if !beginsAnew(r) {
				continue // A piece does not begin with it.
			}
			alone := f(next)
			for _, last := range []string{"a", "i", "가", "ᄀ", "ก", "é", "क", "\u1100\u1161"} {
				if f(last+next) != f(last)+alone {
					t.Errorf("%+q after %+q is mapped with it", next, last)
				}
			}
		}
		for _, unit := range []string{"é", "e\u0301", "İ", "가", "ᄀ\u1161\u11a8", "नि", "a"} {
			meter := lim.Meter(t.Context(), "test")
			long := strings.Repeat(unit, 3*pieceBytes/len(unit)+7)
			if got, err := byPieces(&meter, long, f); err != nil || got != f(long) {
				t.Errorf("%+q: the pieces are not the whole: %v", unit, err)
			}
		}
	}
}
