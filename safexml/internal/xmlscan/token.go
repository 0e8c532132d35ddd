package xmlscan

import (
	"math"
	"unicode/utf8"

	"github.com/seed73825598/airlock/limits"
)

// A token is the piece of the document that is being scanned, and what is kept of it: for a tag the
// names and values of its attributes, for a processing instruction its target and its content.
type token struct {
	start      int      // its offset
	startPlace Position // of its start, once that has left the window
	content    int      // the offset where the content begins whose length is bounded; -1 outside

	data    []byte // what is kept
	item    int    // in data, where the content begins
	most    int    // of the content, no more than this is kept
	keeping bool
	cut     bool // the content is longer than most

	name   partialName
	ref    charRef
	kind   Kind   // of a comment, processing instruction or CDATA section
	closer string // what ends that
	quote  byte   // of an attribute value
	spaced bool   // white space stands before what comes
	spaces int    // white space in the tag so far
}

// begin starts a token at an offset. Nothing is kept of it yet: a document type declaration stays
// so, whatever stood before it.
func (t *token) begin(offset int) {
	t.start = offset
	t.data, t.item = t.data[:0], 0
}

// enter begins the content at an offset, of which all is kept or nothing.
func (t *token) enter(offset int, keep bool) {
	t.content, t.item, t.most = offset, len(t.data), math.MaxInt
	t.keeping, t.cut = keep, false
}

// enterValue begins an attribute value, of which the first bytes are kept.
func (t *token) enterValue(offset, most int, quote byte) {
	t.enter(offset, true)
	t.most, t.quote, t.spaced = most, quote, false
}

// leave ends the content.
func (t *token) leave() { t.content = -1 }

// keep appends to what is kept of the content.
func (t *token) keep(m *limits.Meter, b []byte) error {
	if len(b) > t.most-(len(t.data)-t.item) {
		t.keeping, t.cut = false, true
		return nil
	}
	if err := grow(m, &t.data, len(b)); err != nil {
		return err
	}
	t.data = append(t.data, b...)
	return nil
}

// keepRune appends one character.
func (t *token) keepRune(m *limits.Meter, r rune) error {
	var b [utf8.UTFMax]byte
	return t.keep(m, b[:utf8.EncodeRune(b[:], r)])
}

// A partialName is how far a name has been scanned that the end of the window cut off, so that its
// bytes are looked at once however few come at a time.
type partialName struct {
	start, end int // offsets; start is -1 without one
	part       int // where in the name its part at hand begins
	colon      int // in the name, or -1
}

// A charRef is the character reference at hand [66].
type charRef struct {
	base   rune // 10 or 16; 0 outside
	digits bool // there is one
	value  rune // so far
}

// digit takes one more digit and reports whether c is one. Beyond Unicode it does not matter how
// far.
func (r *charRef) digit(c byte) bool {
	d := digit(c)
	if d >= r.base {
		return false
	}
	r.value, r.digits = min(r.value*r.base+d, utf8.MaxRune+1), true
	return true
}

// digit returns the value of a hexadecimal digit, or 99.
func digit(c byte) rune {
	switch {
	case c >= '0' && c <= '9':
		return rune(c - '0')
	case c >= 'a' && c <= 'f':
		return rune(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return rune(c-'A') + 10
	}
	return 99
}
