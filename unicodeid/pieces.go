package unicodeid

import (
	"strings"
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
	"github.com/seed73825598/airlock/limits"
)

// pieceBytes is how much of a long text is worked on between two looks at the clock.
const pieceBytes = 4096

// byPieces applies f to s piece by piece, with a look at the clock before each but the first. f
// must be a mapping that what stands before a starter has no say in: NFC, or a skeleton.
func byPieces(meter *limits.Meter, s string, f func(string) string) (string, error) {
	n := piece(s)
	if n == len(s) {
		return f(s), nil
	}
	var out strings.Builder
	for {
		out.WriteString(f(s[:n]))
		if s = s[n:]; s == "" {
			return out.String(), nil
		}
		if err := meter.Err(); err != nil {
			return "", err
		}
		n = piece(s)
	}
}

// piece returns the length of the first piece of s: pieceBytes, and what follows up to a code point
// that begins anew: it is no mark and composes with nothing before it.
func piece(s string) int {
	if len(s) <= pieceBytes {
		return len(s)
	}
	n := pieceBytes
	for n < len(s) && !utf8.RuneStart(s[n]) {
		n++
	}
	for i, r := range s[n:] {
		if beginsAnew(r) {
			return n + i
		}
	}
	return len(s)
}

// beginsAnew reports a code point that what stands before it has no say in.
func beginsAnew(r rune) bool {
	p := ucd.Of(r)
	return p.Combining() == 0 && !p.Has(layout.NFCMaybe) && !p.Category().Mark()
}
