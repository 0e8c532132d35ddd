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

// blockBytes is how much of a long text is read between two looks at the clock.
const blockBytes = 64 << 10

// byPieces applies f to s piece by piece, with a look at the clock before each but the first. f
// must be a mapping in which a piece does not depend on the text before it: NFC, or a skeleton.
func byPieces(meter *limits.Meter, s string, f func(string) string) (string, error) {
	n := piece(s, beginsAnew)
	if n == len(s) {
		return f(s), nil
	}
	var out strings.Builder
	for {
		out.WriteString(f(s[:n]))
		if s = s[n:]; s == "" {
			return out.String(), nil
		}
		if err := look(meter); err != nil {
			return "", err
		}
		n = piece(s, beginsAnew)
	}
}

// piece returns the length of the first piece of s: pieceBytes, and what follows up to a code point
// that begins a piece. No piece ends with a virama: the skeleton of a letter may depend on one
// before it, as that of ऋ in र्ऋ.
func piece(s string, begins func(rune) bool) int {
	if len(s) <= pieceBytes {
		return len(s)
	}
	n := pieceBytes
	for n < len(s) && !utf8.RuneStart(s[n]) {
		n++
	}
	before, _ := utf8.DecodeLastRuneInString(s[:n])
	for i, r := range s[n:] {
		if begins(r) && ucd.Of(before).Combining() != virama {
			return n + i
		}
		before = r
	}
	return len(s)
}

// beginsAnew reports a code point that does not depend on the text before it, but for a virama: it
// is not a mark, composes with nothing before it, and its prototype does not begin with a mark, as
// that of U+109E does.
func beginsAnew(r rune) bool {
	p := ucd.Of(r)
	if p.Combining() != 0 || p.Has(layout.NFCMaybe) || p.Category().Mark() {
		return false
	}
	if !p.Has(layout.Confusable) {
		return true
	}
	var few [32]rune
	prototype := ucd.AppendPrototype(few[:0], r, p)
	return len(prototype) > 0 && !ucd.Of(prototype[0]).Category().Mark()
}

// mapsAnew reports a code point whose key does not depend on the text before it. A code point that
// is dropped is none of these: a mark after it goes to the letter before it.
func mapsAnew(r rune) bool {
	p := ucd.Of(r)
	if p.Has(layout.KeyInert) {
		return true
	}
	if p.Has(layout.DefaultIgnorable) || !beginsAnew(r) {
		return false
	}
	var decomposed, folded, mapped [32]rune
	first := ucd.AppendDecomposed(decomposed[:0], r, layout.Canonical)[0]
	first = ucd.AppendFold(folded[:0], first)[0]
	return beginsAnew(ucd.AppendDecomposed(mapped[:0], first, layout.Canonical|layout.Compat)[0])
}

// look looks at the clock. A nil meter stands for no budget.
func look(meter *limits.Meter) error {
	if meter == nil {
		return nil
	}
	return meter.Err()
}

// inBlocks calls f with one block of s after the other until it returns false, with a look at the
// clock before each but the first. at is where the block begins.
func inBlocks(meter *limits.Meter, s string, f func(at int, block string) bool) error {
	for at := 0; at < len(s); {
		if at > 0 {
			if err := look(meter); err != nil {
				return err
			}
		}
		end := min(at+blockBytes, len(s))
		for more := 1; more < utf8.UTFMax && end < len(s) && !utf8.RuneStart(s[end]); more++ {
			end++
		}
		if !f(at, s[at:end]) {
			return nil
		}
		at = end
	}
	return nil
}

// countRunes is utf8.RuneCountInString of a text of any length.
func countRunes(meter *limits.Meter, s string) (n int, err error) {
	if len(s) <= blockBytes {
		return utf8.RuneCountInString(s), nil
	}
	err = inBlocks(meter, s, func(_ int, block string) bool {
		n += utf8.RuneCountInString(block)
		return true
	})
	return n, err
}

// findInvalid is invalid of a text of any length.
func findInvalid(meter *limits.Meter, s string) (found int, err error) {
	if len(s) <= blockBytes {
		return invalid(s), nil
	}
	found = -1
	err = inBlocks(meter, s, func(at int, block string) bool {
		if i := invalid(block); i >= 0 {
			found = at + i
		}
		return found < 0
	})
	return found, err
}

// isInert is inert of a text of any length.
func isInert(meter *limits.Meter, s string) (inertly bool, err error) {
	if len(s) <= blockBytes {
		return inert(s), nil
	}
	err = inBlocks(meter, s, func(_ int, block string) bool {
		inertly = inert(block)
		return inertly
	})
	return inertly, err
}

// trimAny is trim of a text of any length, which is UTF-8.
func trimAny(meter *limits.Meter, s string) (trimmed string, start int, err error) {
	if len(s) <= blockBytes {
		trimmed, start = trim(s)
		return trimmed, start, nil
	}
	if err := inBlocks(meter, s, func(at int, block string) bool {
		rest := strings.TrimLeftFunc(block, isSpace)
		start = at + len(block) - len(rest)
		return rest == ""
	}); err != nil {
		return "", 0, err
	}
	for trimmed = s[start:]; trimmed != ""; {
		from := max(0, len(trimmed)-blockBytes)
		for from > 0 && !utf8.RuneStart(trimmed[from]) {
			from--
		}
		rest := strings.TrimRightFunc(trimmed[from:], isSpace)
		if trimmed = trimmed[:from+len(rest)]; rest != "" {
			break
		}
		if err := look(meter); err != nil {
			return "", 0, err
		}
	}
	return trimmed, start, nil
}
