package rematch

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/seed73825598/airlock/limits"
)

// A needle is a literal that texts are searched for. A text is searched for its rarest byte first,
// which a processor does many bytes at a time: of a word in Cyrillic every second byte stands
// everywhere in a text that has it.
type needle struct {
	text  string
	bytes []byte // the same
	rare  byte   // a byte of it
	at    int    // where that stands
}

// newNeedle makes a needle of a literal.
func newNeedle(text string) needle {
	n := needle{text: text, bytes: []byte(text)}
	for i := range len(text) {
		if i == 0 || commonness(text[i]) < commonness(n.rare) {
			n.rare, n.at = text[i], i
		}
	}
	return n
}

// commonness says how often a byte is met in texts of many kinds, roughly.
func commonness(b byte) int {
	switch {
	case strings.IndexByte(" etaoinsrhl", b) >= 0:
		return 10
	case b >= 'a' && b <= 'z':
		return 7 - strings.Count("jkqvxz", string(b))*3
	case b >= '0' && b <= '9', b == '\n', strings.IndexByte(`.,-_/="':()`, b) >= 0:
		return 5
	case strings.IndexByte("ABCIMPSTW", b) >= 0:
		return 4
	case b >= 'A' && b <= 'Z':
		return 3
	case b < utf8.RuneSelf:
		return 2
	case b >= 0xC0:
		return 9 // The first byte of a character is that of most others of its script.
	case b >= 0xA0 && b < 0xB0:
		return 4 // Where capitals in Cyrillic stand.
	default:
		return 6
	}
}

// Bounds of a search for the rarest byte: where it is met more often than at one of so many bytes,
// as in a text of it alone, the rest is searched for the whole of the literal.
const (
	rareAfter  = 16
	rareMisses = 4
	// rareCompared is how many bytes are compared in the time of another miss.
	rareCompared = 128
)

// index returns where the needle occurs first in in, or -1.
func (n *needle) index(in string) int {
	misses, each := 0, 1+len(n.text)/rareCompared
	for i := 0; ; {
		if len(in)-i < len(n.text) {
			return -1
		}
		at := strings.IndexByte(in[i+n.at:], n.rare)
		if at < 0 {
			return -1
		}
		if i += at; len(in)-i < len(n.text) {
			return -1
		}
		if in[i] == n.text[0] && in[i:i+len(n.text)] == n.text {
			return i
		}
		i++
		if misses += each; misses > rareMisses+i/rareAfter {
			if at = strings.Index(in[i:], n.text); at >= 0 {
				at += i
			}
			return at
		}
	}
}

// indexBytes is index for bytes.
func (n *needle) indexBytes(in []byte) int {
	misses, each := 0, 1+len(n.text)/rareCompared
	for i := 0; ; {
		if len(in)-i < len(n.text) {
			return -1
		}
		at := bytes.IndexByte(in[i+n.at:], n.rare)
		if at < 0 {
			return -1
		}
		if i += at; len(in)-i < len(n.text) {
			return -1
		}
		if in[i] == n.text[0] && string(in[i:i+len(n.text)]) == n.text {
			return i
		}
		i++
		if misses += each; misses > rareMisses+i/rareAfter {
			if at = bytes.Index(in[i:], n.bytes); at >= 0 {
				at += i
			}
			return at
		}
	}
}

// indexIn returns where a needle occurs first in a text of either kind, or -1.
func indexIn[T Text](in T, n *needle) int {
	switch in := any(in).(type) {
	case string:
		return n.index(in)
	case []byte:
		return n.indexBytes(in)
	default:
		return -1
	}
}

// indexBlock is how many bytes are searched before they are charged, a step each. A search for a
// literal takes a fraction of the time of other steps.
const indexBlock = 4 * stepBlock

// index returns where a needle occurs first in in[from:], or -1. It is charged up to the end of
// what it finds.
func index[T Text](m *limits.Meter, in T, from int, sep *needle) (int, error) {
	// A block is longer than what is charged for it, so that nothing is missed at its end; not more
	// than twice as long, however long the literal is.
	length := len(sep.text)
	block := max(indexBlock, length)
	for i := from; ; i += block {
		limit := min(len(in), i+block+length-1)
		if limit-i < length {
			return -1, recharge(m, int64(max(len(in)-i, 0)))
		}
		n := indexIn(in[i:limit], sep)
		if n >= 0 {
			return i + n, recharge(m, int64(n+length))
		}
		if err := recharge(m, int64(min(block, len(in)-i))); err != nil {
			return -1, err
		}
	}
}
