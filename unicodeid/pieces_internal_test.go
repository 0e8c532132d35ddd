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
		for _, unit := range []string{"é", "e\u0301", "İ", "가", "ᄀ\u1161\u11a8", "नि", "a", "र्ऋ", "ನೈರ್ಋತ್ಯ",
			"က\u1039ဝ"} {
			meter := lim.Meter(t.Context(), "test")
			long := strings.Repeat(unit, 3*pieceBytes/len(unit)+7)
			if got, err := byPieces(&meter, long, f); err != nil || got != f(long) {
				t.Errorf("%+q: the pieces are not the whole: %v", unit, err)
			}
		}
	}
}

// TestKeyPieces: a key is made of the pieces of a text as it is of the whole, wherever a piece may
// begin.
func TestKeyPieces(t *testing.T) {
	t.Parallel()
	round := func(s string) (string, *fault) {
		m := mapper{max: 1 << 20}
		a, _, _, f := m.round(nil, nil, s)
		return string(a), f
	}
	begun := 0
	for r := range rune(utf8.MaxRune + 1) {
		if !utf8.ValidRune(r) || !*whole && r%10 != 0 && (isAlike(r) || testing.Short()) || !mapsAnew(r) {
			continue
		}
		begun++
		for _, next := range []string{string(r), string(r) + "\u0301"} {
			alone, f := round(next)
			if f != nil {
				continue
			}
			for _, last := range []string{"a", "I", "가", "ᄀ", "ก", "É", "क", "\u1100\u1161", "カ", "ｶ", "\u0301",
				"ﬁ\u200d"} {
				before, _ := round(last)
				if together, _ := round(last + next); together != before+alone {
					t.Errorf("%+q after %+q is mapped with it, to %+q", next, last, together)
				}
			}
		}
	}
	if begun < 1000 {
		t.Errorf("pieces begin with %d code points", begun)
	}
	for _, unit := range []string{"é", "E\u0301", "İ", "가", "ᄀ\u1161\u11a8", "नि", "A ", "ｶﾞ", "ﷺ", "\u0301",
		"\u200da\u200d\u0301", "\u00a8x", "ΑΙ\u0345"} {
		for _, ends := range []string{"", " ", "\u00a0\u3000", strings.Repeat(" ", blockBytes+1)} {
			s := strings.Repeat(unit, 3*pieceBytes/len(unit)+7)
			m := mapper{max: 1 << 20}
			got, f := m.key(ends + s + ends)
			want := s
			for again := ""; again != want; {
				again = want
				want, _ = round(want)
				want, _ = trim(want)
			}
			if f != nil || got != want {
				t.Errorf("%+q: the pieces are not the whole: %v", unit, f)
			}
		}
	}
}

// TestBlocks: a long text is read block by block as it is whole.
func TestBlocks(t *testing.T) {
	t.Parallel()
	for _, unit := range []string{"a", "é", "漢", "😀", " ", "\u3000", "a ", "\x80", "漢\xe6\xbc", "\xf0\x9f\x98"} {
		for n := 2*blockBytes/len(unit) - 3; n < 2*blockBytes/len(unit)+3; n++ {
			long := strings.Repeat(unit, n)
			for _, s := range []string{long, long + "x\xff", "x" + long} {
				if got, err := countRunes(nil, s); err != nil || got != utf8.RuneCountInString(s) {
					t.Errorf("%d × %+q: %d code points, want %d (%v)", n, unit, got, utf8.RuneCountInString(s), err)
				}
				if got, err := findInvalid(nil, s); err != nil || got != invalid(s) {
					t.Errorf("%d × %+q: invalid at %d, want %d (%v)", n, unit, got, invalid(s), err)
				}
				if got, err := isInert(nil, s); err != nil || got != inert(s) {
					t.Errorf("%d × %+q: inert %t, want %t (%v)", n, unit, got, inert(s), err)
				}
				if !utf8.ValidString(s) {
					continue
				}
				want, from := trim(s)
				if got, at, err := trimAny(nil, s); err != nil || got != want || at != from {
					t.Errorf("%d × %+q: trimmed to %d bytes from %d, want %d from %d (%v)",
						n, unit, len(got), at, len(want), from, err)
				}
			}
		}
	}
}
