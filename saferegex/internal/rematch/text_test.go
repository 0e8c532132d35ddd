package rematch

import (
	"slices"
	"testing"
	"unicode/utf8"
)

// TestDecode compares decoding, forwards and backwards, with unicode/utf8 on every two bytes and on
// every four of those bytes at which something changes.
func TestDecode(t *testing.T) {
	check := func(b []byte) {
		r, size := decode(b, 0)
		if wantR, want := utf8.DecodeRune(b); r != wantR || size != want {
			t.Fatalf("decode(%x) is %U, %d; want %U, %d", b, r, size, wantR, want)
		}
		if r2, size2 := decode(string(b), 0); r2 != r || size2 != size {
			t.Fatalf("decode(%x) is %U, %d in a string", b, r2, size2)
		}
		r, size = decodeLast(b, len(b))
		if wantR, want := utf8.DecodeLastRune(b); r != wantR || size != want {
			t.Fatalf("decodeLast(%x) is %U, %d; want %U, %d", b, r, size, wantR, want)
		}
	}
	for i := range 1 << 16 {
		check([]byte{byte(i), byte(i >> 8)})
	}
	bytes := []byte{0, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED,
		0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF}
	for _, a := range bytes {
		check([]byte{a})
		for _, b := range bytes {
			for _, c := range bytes {
				check([]byte{a, b, c})
				for _, d := range bytes {
					check([]byte{a, b, c, d})
				}
			}
		}
	}
}

// TestSameCharactersBothWays reads texts forwards and backwards, from their ends and from all
// positions between characters.
func TestSameCharactersBothWays(t *testing.T) {
	for _, text := range []string{"", "abc", "äöü", "日本語", "a\xff\xe2\x82b", "\xf0\x9f\x98\x80\xf0\x9f",
		"\x80\x80é\xc3", "\xe2\x82\xac\xac\x82\xe2"} {
		var starts []int
		for i := 0; i < len(text); i += Width(text, i) {
			starts = append(starts, i)
		}
		i := len(text)
		for _, start := range slices.Backward(starts) {
			_, size := decodeLast(text, i)
			i -= size
			if i != start {
				t.Fatalf("%q: the character before is at %d, forwards it was at %d", text, i, start)
			}
		}
	}
}
