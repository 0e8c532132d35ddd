package unicodeid

import (
	"bytes"
	"strings"
	"testing"
)

// TestASCIIKind: eight bytes at a time say the same as each byte by itself, for every byte at every
// place of texts of up to 20 bytes.
func TestASCIIKind(t *testing.T) {
	one := func(s string) asciiKind {
		kind := asciiOther
		for i := range len(s) {
			switch c := s[i]; {
			case c <= ' ' || c >= 0x7F:
				return asciiOther
			case c >= 'A' && c <= 'Z':
				kind = asciiCapitals
			default:
				kind = max(kind, asciiInert)
			}
		}
		return kind
	}
	for n := range 21 {
		for _, fill := range []string{"a", "z", "~", "!", "@", "[", "`", "A", "\x80"} {
			text := bytes.Repeat([]byte(fill), n)
			for at := range n {
				for c := range 256 {
					text[at] = byte(c)
					s := string(text)
					if got, want := asciiKindOf(s), one(s); got != want {
						t.Fatalf("%q: %d, want %d", s, got, want)
					}
					if one(s) != asciiOther && lowered(s) != strings.ToLower(s) {
						t.Fatalf("%q in small letters is %q", s, lowered(s))
					}
				}
				text[at] = fill[0]
			}
		}
	}
	if asciiKindOf("") != asciiOther {
		t.Error("the empty text has a key")
	}
	if long := strings.Repeat("aB", 100); lowered(long) != strings.ToLower(long) {
		t.Error("a long text")
	}
}
