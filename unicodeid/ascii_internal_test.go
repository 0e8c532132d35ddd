package unicodeid

import (
	"bytes"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/limits"
)

// TestASCIIKind: eight bytes at a time say the same as each byte by itself, for every byte at every
// place of texts of up to 20 bytes, and so does Lookup, which asks for most of them itself.
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
	p, err := New(limits.Limits{InputBytes: 64, Items: 64})
	if err != nil {
		t.Fatal(err)
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
					key, err := p.Lookup(t.Context(), s)
					if slow, slowErr := p.lookup(t.Context(), s); key != slow || (err == nil) != (slowErr == nil) ||
						one(s) != asciiOther && key.text != strings.ToLower(s) {
						t.Fatalf("%q has the key %q or %q: %v, %v", s, key.text, slow.text, err, slowErr)
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
