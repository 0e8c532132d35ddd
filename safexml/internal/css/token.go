// Package css cuts style sheets and values of CSS into tokens, and finds the elements that a
// selector concerns. It knows of no document: what a token means is its caller's matter.
package css

import (
	"bytes"
	"unicode/utf8"
)

// A Kind is what a token of CSS is (CSS Syntax Level 3, 4).
type Kind uint8

// The kinds of tokens.
const (
	End       Kind = iota // there are no more
	Ident                 // a name
	Function              // a name and the parenthesis after it
	AtKeyword             // a name after @
	Hash                  // a name after #
	String                // what stands between quotes
	URL                   // the argument of url( without quotes
	Space                 // white space and comments
	Number                // a number, and the unit after it or %
	Delim                 // any other character
	Broken                // programs read it in different ways: an open comment or string, a bad URL
)

// Tokens cuts a style sheet, a list of declarations or a single value into tokens. Escapes are
// resolved, because they are how url( is written to be overlooked; text is what the XML
// says after references, comments and CDATA sections have gone.
type Tokens struct {
	b    []byte
	i    int
	Kind Kind
	// of a name, string or URL, escapes resolved; else as it stands. Valid until the next token
	Text []byte
	// of a number, where in Text its unit begins
	Unit int
	// of white space, whether a comment is in it
	Comment bool
	own     []byte // where text is put together
}

// New returns the tokens of a text.
func New(text []byte) Tokens { return Tokens{b: text} }

// Pos returns how much of the text has been cut into tokens.
func (t *Tokens) Pos() int { return t.i }

// Ahead returns a copy that goes on by itself.
func (t *Tokens) Ahead() Tokens {
	ahead := *t
	ahead.own = nil
	return ahead
}

// Next goes on to the next token.
func (t *Tokens) Next() {
	t.Text = nil
	if t.i >= len(t.b) {
		t.Kind = End
		return
	}
	start := t.i
	switch c := t.b[t.i]; {
	case isSpace(c), c == '/' && bytes.HasPrefix(t.b[t.i:], []byte("/*")):
		t.space()
	case c == '"' || c == '\'':
		t.quoted(c)
	case c == '#' && t.nameAt(t.i+1):
		t.i++
		t.name()
		t.Kind = Hash
	case c == '@' && t.startsIdent(t.i+1):
		t.i++
		t.name()
		t.Kind = AtKeyword
	case c >= '0' && c <= '9', (c == '.' || c == '+' || c == '-') && t.digitBehind():
		t.number()
	case t.startsIdent(t.i):
		t.ident()
	default:
		t.i++
		t.Kind, t.Text = Delim, t.b[start:t.i]
	}
}

// space skips white space and comments. A comment without an end hides the rest from some programs
// and not from others.
func (t *Tokens) space() {
	t.Kind, t.Comment = Space, false
	for t.i < len(t.b) {
		switch {
		case isSpace(t.b[t.i]):
			t.i++
		case bytes.HasPrefix(t.b[t.i:], []byte("/*")):
			end := bytes.Index(t.b[t.i+2:], []byte("*/"))
			if end < 0 {
				t.Kind, t.i = Broken, len(t.b)
				return
			}
			t.i += 2 + end + 2
			t.Comment = true
		default:
			return
		}
	}
}

// quoted reads a string. One that a line end or the end of the text cuts off is broken.
func (t *Tokens) quoted(quote byte) {
	t.Kind, t.own = String, t.own[:0]
	for t.i++; t.i < len(t.b); {
		switch c := t.b[t.i]; c {
		case quote:
			t.i++
			t.Text = t.own
			return
		case '\n', '\r', '\f':
			t.Kind = Broken
			return
		case '\\':
			if t.i+1 < len(t.b) && (t.b[t.i+1] == '\n' || t.b[t.i+1] == '\r' || t.b[t.i+1] == '\f') {
				t.i += 2 // A line end after a backslash is no character of the string.
				continue
			}
			t.escape()
		default:
			t.own = append(t.own, c)
			t.i++
		}
	}
	t.Kind = Broken
}

// ident reads a name, the function that it begins, or a URL without quotes.
func (t *Tokens) ident() {
	t.name()
	t.Kind = Ident
	if t.i >= len(t.b) || t.b[t.i] != '(' {
		return
	}
	t.i++
	t.Kind = Function
	if !bytes.EqualFold(t.Text, []byte("url")) {
		return
	}
	for t.i < len(t.b) && isSpace(t.b[t.i]) {
		t.i++
	}
	if t.i < len(t.b) && (t.b[t.i] == '"' || t.b[t.i] == '\'') {
		return // A function with a string.
	}
	t.url()
}

// url reads the argument of url( up to the parenthesis. Quotes, parentheses and white space inside
// make it bad, and programs differ in where a bad one ends.
func (t *Tokens) url() {
	t.Kind, t.own = URL, t.own[:0]
	for t.i < len(t.b) {
		switch c := t.b[t.i]; {
		case c == ')':
			t.i++
			t.Text = t.own
			return
		case isSpace(c):
			for t.i < len(t.b) && isSpace(t.b[t.i]) {
				t.i++
			}
			if t.i >= len(t.b) || t.b[t.i] != ')' {
				t.Kind = Broken
				return
			}
		case c == '"' || c == '\'' || c == '(' || c < ' ' || c == 0x7f:
			t.Kind = Broken
			t.i++
			return
		case c == '\\':
			t.escape()
		default:
			t.own = append(t.own, c)
			t.i++
		}
	}
	t.Kind = Broken
}

// number reads a number, and the unit after it.
func (t *Tokens) number() {
	start := t.i
	t.i++
	for t.i < len(t.b) && (t.b[t.i] >= '0' && t.b[t.i] <= '9' || t.b[t.i] == '.' && t.i+1 < len(t.b) &&
		t.b[t.i+1] >= '0' && t.b[t.i+1] <= '9') {
		t.i++
	}
	if t.i+1 < len(t.b) && (t.b[t.i] == 'e' || t.b[t.i] == 'E') {
		i := t.i + 1
		if t.b[i] == '+' || t.b[i] == '-' {
			i++
		}
		if i < len(t.b) && t.b[i] >= '0' && t.b[i] <= '9' {
			for i < len(t.b) && t.b[i] >= '0' && t.b[i] <= '9' {
				i++
			}
			t.i = i
		}
	}
	if t.pointAt(t.i) && !bytes.Contains(t.b[start:t.i], []byte(".")) {
		t.i++ // C's "%#.15g" writes 1. for 1.
	}
	t.Unit = t.i - start
	if t.i < len(t.b) && t.b[t.i] == '%' {
		t.i++
	} else if t.startsIdent(t.i) {
		t.name()
	}
	t.Kind, t.Text = Number, t.b[start:t.i]
}

// pointAt reports whether a point stands at i after which no digit, name or other number comes.
func (t *Tokens) pointAt(i int) bool {
	if i >= len(t.b) || t.b[i] != '.' {
		return false
	}
	return i+1 == len(t.b) || isSpace(t.b[i+1]) || bytes.IndexByte([]byte(";,})!"), t.b[i+1]) >= 0
}

// digitBehind reports whether a number begins with the sign or point at hand.
func (t *Tokens) digitBehind() bool {
	i := t.i + 1
	if t.b[t.i] != '.' && i < len(t.b) && t.b[i] == '.' {
		i++
	}
	return i < len(t.b) && t.b[i] >= '0' && t.b[i] <= '9'
}

// name reads a name and resolves its escapes.
func (t *Tokens) name() {
	t.own = t.own[:0]
	for t.i < len(t.b) {
		switch c := t.b[t.i]; {
		case isName(c):
			t.own = append(t.own, c)
			t.i++
		case t.escapeAt(t.i):
			t.escape()
		default:
			t.Text = t.own
			return
		}
	}
	t.Text = t.own
}

// escape resolves the escape at hand: up to six hexadecimal digits and one white space, or any one
// character.
func (t *Tokens) escape() {
	t.i++
	if t.i >= len(t.b) {
		t.own = utf8.AppendRune(t.own, utf8.RuneError)
		return
	}
	var r rune
	digits := 0
	for t.i < len(t.b) && digits < 6 {
		d, ok := hexDigit(t.b[t.i])
		if !ok {
			break
		}
		r = r<<4 | d
		digits++
		t.i++
	}
	if digits == 0 {
		_, size := utf8.DecodeRune(t.b[t.i:])
		t.own = append(t.own, t.b[t.i:t.i+size]...)
		t.i += size
		return
	}
	if t.i < len(t.b) && isSpace(t.b[t.i]) {
		if t.b[t.i] == '\r' && t.i+1 < len(t.b) && t.b[t.i+1] == '\n' {
			t.i++
		}
		t.i++
	}
	if r == 0 || r > utf8.MaxRune {
		r = utf8.RuneError
	}
	t.own = utf8.AppendRune(t.own, r)
}

// startsIdent reports whether a name begins at i that does not begin with a digit.
func (t *Tokens) startsIdent(i int) bool {
	if i < len(t.b) && t.b[i] == '-' {
		i++
		if i < len(t.b) && t.b[i] == '-' {
			return true
		}
	}
	return t.nameAt(i) && (t.b[i] < '0' || t.b[i] > '9') && t.b[i] != '-'
}

// nameAt reports whether a character of a name stands at i.
func (t *Tokens) nameAt(i int) bool { return i < len(t.b) && (isName(t.b[i]) || t.escapeAt(i)) }

// escapeAt reports whether a valid escape stands at i.
func (t *Tokens) escapeAt(i int) bool {
	return i+1 < len(t.b) && t.b[i] == '\\' && t.b[i+1] != '\n' && t.b[i+1] != '\r' && t.b[i+1] != '\f'
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' }

func isName(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c >= 0x80
}

func hexDigit(c byte) (rune, bool) {
	switch {
	case c >= '0' && c <= '9':
		return rune(c - '0'), true
	case c >= 'a' && c <= 'f':
		return rune(c-'a') + 10, true
	case c >= 'A' && c <= 'F':
		return rune(c-'A') + 10, true
	}
	return 0, false
}
