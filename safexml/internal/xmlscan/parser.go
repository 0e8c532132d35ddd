package xmlscan

import (
	"strings"
	"unicode/utf8"

	"github.com/seed73825598/airlock/limits"
)

// A parser reads one of the two declarations, which are seen whole or not at all. After the first
// fault, or past the end of b, nothing moves.
type parser struct {
	b     []byte
	i     int
	short bool // b ends too early to tell
	fault string
	rule  limits.Rule

	asciiOnly bool // the document's label allows nothing else

	entities []declaredEntity
}

func (p *parser) stopped() bool {
	if p.fault == "" && p.i >= len(p.b) {
		p.short = true
	}
	return p.fault != "" || p.short
}

// peek returns the next byte, where stopped has been asked.
func (p *parser) peek() byte { return p.b[p.i] }

func (p *parser) fail(fault string) { p.failAs(RuleNotWellFormed, fault) }

func (p *parser) failAs(rule limits.Rule, fault string) {
	if p.fault == "" {
		p.rule, p.fault = rule, fault
	}
}

// space skips white space [3] and reports whether there was any.
func (p *parser) space() bool {
	start := p.i
	for !p.stopped() && isSpace(p.peek()) {
		p.i++
	}
	return p.i > start
}

func (p *parser) mustSpace() {
	if !p.stopped() && !p.space() {
		p.fail("no white space in a declaration, where some must come [3]")
	}
}

// literal moves over text, which must come.
func (p *parser) literal(text string) {
	for i := 0; i < len(text) && !p.stopped(); i++ {
		if p.peek() != text[i] {
			p.fail("a declaration in which " + text + " must come here, and does not [23, 28]")
			return
		}
		p.i++
	}
}

// begins moves over text, or reports that it does not stand here.
func (p *parser) begins(text string) bool {
	rest := p.b[p.i:]
	n := min(len(rest), len(text))
	if string(rest[:n]) != text[:n] {
		return false
	}
	p.i += n
	if n < len(text) {
		p.short = true
		return false
	}
	return true
}

// word moves over one of two words of the same length, which have no first letter in common.
func (p *parser) word(one, other string) string {
	if p.stopped() {
		return ""
	}
	if p.peek() == other[0] {
		one = other
	}
	p.literal(one)
	return one
}

// equals moves over an equals sign and the white space around it [25].
func (p *parser) equals() {
	p.space()
	p.literal("=")
	p.space()
}

// quoted reads a literal in quotes, each byte of which belongs to it.
func (p *parser) quoted(belongs func(byte) bool, what string) string {
	if p.stopped() {
		return ""
	}
	quote := p.peek()
	if quote != '"' && quote != '\'' {
		p.fail("no quote before " + what)
		return ""
	}
	p.i++
	start := p.i
	for !p.stopped() && p.peek() != quote {
		if p.peek() >= utf8.RuneSelf && belongs(p.peek()) {
			end, ok := beyondASCII(p.b, p.i)
			switch {
			case p.asciiOnly || !ok:
				p.failAs(RuleEncoding, "what is no character in UTF-8, or not in the encoding of the label, in "+what)
			case end == p.i:
				p.short = true
			}
			p.i = end
			continue
		}
		if !belongs(p.peek()) {
			p.fail("a character that cannot stand in " + what)
			return ""
		}
		p.i++
	}
	if p.stopped() {
		return ""
	}
	p.i++
	return string(p.b[start : p.i-1])
}

// isPubid tells the characters of a public identifier [13]. The quote around it is none of them.
func isPubid(c byte) bool {
	return classes[c]&nameByte != 0 || strings.IndexByte(" \r\n'()+,/:=?;!*#@$%", c) >= 0
}

// isAnything tells characters [2].
func isAnything(c byte) bool { return c >= ' ' || c == '\t' || c == '\n' || c == '\r' }
