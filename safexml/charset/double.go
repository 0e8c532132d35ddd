package charset

import (
	"slices"
	"sync"
	"unicode/utf8"

	text "golang.org/x/text/encoding"
	"golang.org/x/text/transform"

	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// A multi decodes an encoding of several bytes a character. The lead byte of each is beyond ASCII.
type multi struct {
	decoder transform.Transformer // without a state of its own
	single  [256]rune             // of bytes that are characters by themselves; 0 for the others
	pairs   [128 * 256]rune       // by lead and trail byte; 0 for what is none
	isPair  [0x10000 / 64]uint64  // the characters of the BMP that pairs are
	later   disputed              // pairs of which not all tables have every one
	astral  int                   // how many bytes characters beyond the BMP take
	rest    int                   // and those of the BMP that are neither a byte nor a pair
}

// double returns an encoding of one byte, two and sometimes more a character.
func double(name string, e text.Encoding) func() *xmlscan.Charset {
	return sync.OnceValue(func() *xmlscan.Charset {
		m := &multi{decoder: e.NewDecoder().Transformer, astral: 4, rest: 4}
		if name == "EUC-JP" {
			m.rest = 3
		}
		disputed := disputes(name)
		m.later = extensions(name)
		for b := range 256 {
			if r, n := m.transform([]byte{byte(b)}); n == 1 && !disputed.holds(uint32(b)) {
				m.single[b] = r
			}
		}
		for lead := 0x80; lead < 0x100; lead++ {
			if m.single[lead] != 0 {
				continue
			}
			for trail := range 256 {
				r, n := m.transform([]byte{byte(lead), byte(trail)})
				if n != 2 || disputed.holds(uint32(lead<<8|trail)) { //nolint:gosec // Two bytes.
					continue
				}
				m.pairs[(lead-0x80)<<8|trail] = r
				if r < 0x10000 {
					m.isPair[r/64] |= 1 << (r % 64)
				} else {
					m.astral = 2
				}
			}
		}
		// The euro sign is 0x80 in some tables of GBK and a pair in all of them: programs differ.
		for b := 0x80; b < 0x100; b++ {
			if r := m.single[b]; r != 0 && m.size(r) != 1 {
				m.single[b] = 0
			}
		}
		ascii := true
		for b := range rune(0x80) {
			ascii = ascii && m.single[b] == b
		}
		return &xmlscan.Charset{Name: name, ASCII: ascii, Decode: m.decode, Size: m.size}
	})
}

// transform decodes one character that is all of b. n is 0 if b is none, or more than one.
func (m *multi) transform(b []byte) (r rune, n int) {
	var out [16]byte
	m.decoder.Reset()
	written, read, err := m.decoder.Transform(out[:], b, true)
	if err != nil || read != len(b) {
		return 0, 0
	}
	r, size := utf8.DecodeRune(out[:written])
	if size != written || r == utf8.RuneError || r >= 0x80 && r < 0xa0 || r >= 0xe000 && r <= 0xf8ff || r >= 0xf0000 {
		return 0, 0 // Not one character, or none that has a meaning.
	}
	return r, len(b)
}

// decode returns the character at the beginning of b and how many bytes it takes: 0 if b ends too
// early to tell, and -1 if it is none.
func (m *multi) decode(b []byte) (r rune, n int) {
	if r := m.single[b[0]]; r != 0 || b[0] == 0 {
		return r, 1
	}
	if b[0] < 0x80 {
		return 0, -1
	}
	if len(b) < 2 {
		return 0, 0
	}
	if r := m.pairs[int(b[0]-0x80)<<8|int(b[1])]; r != 0 {
		if b[1] != ']' || !m.later.holds(uint32(b[0])<<8|']') {
			return r, 2
		}
		return r, endsSection(b)
	}
	for n := 3; n <= 4; n++ {
		if len(b) < n {
			return 0, 0
		}
		if r, got := m.transform(b[:n]); got == n && m.size(r) == n {
			return r, n
		}
	}
	return 0, -1
}

// endsSection returns how many bytes the pair takes at the beginning of b, whose second byte is a
// bracket. A decoder that has no such pair takes the first byte for none and the second for itself,
// as that of Java does for Shift_JIS: before "]>" that ends a CDATA section. So the pair is none
// there, and 0 says that b ends too early to tell.
func endsSection(b []byte) int {
	const end = "]>"
	switch next := b[2:min(len(b), 2+len(end))]; {
	case string(next) == end:
		return -1
	case len(next) < len(end) && string(next) == end[:len(next)]:
		return 0
	}
	return 2
}

// size returns how many bytes a character takes. It is the same for all the bytes that decode to
// it.
func (m *multi) size(r rune) int {
	switch {
	case r < 0x80:
		return 1
	case r < 0x10000 && m.isPair[r/64]>>(r%64)&1 != 0:
		return 2
	case slices.Contains(m.single[0x80:], r):
		return 1
	case r < 0x10000:
		return m.rest
	}
	return m.astral
}

// extensions are the pairs of an encoding that came later, and that the decoders of some programs
// do not have under its name: rows of NEC and IBM, of ETEN and Hong Kong.
func extensions(encoding string) disputed {
	switch encoding {
	case "Shift_JIS":
		return disputed{{0x8540, 0x88fc}, {0xeb40, 0xfcfc}}
	case "Big5":
		return disputed{{0x8140, 0xa0fe}, {0xc6a1, 0xc8fe}, {0xf9d6, 0xfefe}}
	}
	return nil
}

// A dispute is a range of characters, each as the number that its bytes are, that readers of an
// encoding read as different characters.
type dispute struct{ first, last uint32 }

type disputed []dispute

func (d disputed) holds(code uint32) bool {
	return slices.ContainsFunc(d, func(r dispute) bool { return r.first <= code && code <= r.last })
}

// disputes are those of each encoding: the differential test against iconv finds them. Most are
// signs that the makers of the tables of Unicode gave to one of two characters that look alike: the
// wave dash, the parallel, the minus, cent, pound and not of Japanese; the dot and the dash of
// GB2312.
func disputes(encoding string) disputed {
	switch encoding {
	case "Shift_JIS": // Also the yen sign and the overline of JIS X 0201.
		return disputed{{0x5c, 0x5c}, {0x7e, 0x7e}, {0x8160, 0x8161}, {0x817c, 0x817c}, {0x8191, 0x8192}, {0x81ca, 0x81ca}}
	case "EUC-JP":
		return disputed{{0xa1c1, 0xa1c2}, {0xa1dd, 0xa1dd}, {0xa1f1, 0xa1f2}, {0xa2cc, 0xa2cc}}
	case "GB2312":
		return disputed{{0xa1a4, 0xa1a4}, {0xa1aa, 0xa1aa}}
	case "GB18030":
		return disputed{{0xa3a0, 0xa3a0}}
	case "Big5":
		return disputed{{0xa145, 0xa145}, {0xa14e, 0xa14e}, {0xa1c2, 0xa1c2}, {0xa1e3, 0xa1e3}, {0xa1f2, 0xa1f3},
			{0xa241, 0xa242}, {0xa244, 0xa244}, {0xa246, 0xa247}, {0xf9fe, 0xf9fe}}
	}
	return nil
}
