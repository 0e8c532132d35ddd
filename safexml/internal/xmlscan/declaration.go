package xmlscan

import (
	"bytes"
	"strings"
)

// xmlDeclaration scans the XML declaration [23], if the document begins with one.
func (s *Scanner) xmlDeclaration() Kind {
	const opener = "<?xml"
	rest := s.buf[s.pos:s.end]
	if n := min(len(rest), len(opener)); n < len(opener) && string(rest[:n]) == opener[:n] {
		return More
	}
	if !bytes.HasPrefix(rest, []byte(opener)) {
		s.state = inProlog
		return None
	}
	if len(rest) == len(opener) {
		return More
	}
	if !isSpace(rest[len(opener)]) {
		// It is another target, such as xml-stylesheet, or a fault of which the prolog tells.
		s.state = inProlog
		return None
	}
	p := &parser{b: rest, i: len(opener)}
	s.parseDeclaration(p)
	if p.fault != "" {
		return s.fail(s.pos+p.i, p.rule, "%s", p.fault)
	}
	if p.short {
		return s.cutOff()
	}
	s.declared.Start, s.declared.End = s.shift+s.pos, s.shift+s.pos+p.i
	s.pos += p.i
	s.state = inProlog
	if s.charset != nil {
		return s.recode(s.pos)
	}
	return None
}

// parseDeclaration reads version [24], encoding [80] and standalone [32], in this order.
func (s *Scanner) parseDeclaration(p *parser) {
	p.mustSpace()
	p.literal("version")
	p.equals()
	s.declared.Version = p.i
	if s.version = p.quoted(isVersion, "a version [26]"); !p.stopped() && (len(s.version) < 3 ||
		!strings.HasPrefix(s.version, "1.") || strings.Count(s.version, ".") > 1) {
		p.fail("a version that is not 1.0, or 1. and a number [26]")
	}
	s.declared.VersionEnd = p.i
	spaced := p.space()
	if spaced && !p.stopped() && p.peek() == 'e' {
		s.declared.Label = p.i
		p.literal("encoding")
		p.equals()
		s.label = p.quoted(isLabel, "the name of an encoding [81]")
		if !p.stopped() && (s.label == "" || classes[s.label[0]]&startByte == 0 || s.label[0] == '_') {
			p.fail("the name of an encoding that does not begin with a letter [81]")
		}
		s.declared.LabelEnd = p.i
		if fault := s.checkLabel(); fault != "" && !p.stopped() {
			p.failAs(RuleEncoding, fault)
		}
		spaced = p.space()
	}
	if spaced && !p.stopped() && p.peek() == 's' {
		p.literal("standalone")
		p.equals()
		if value := p.quoted(isLabel, "yes or no [32]"); !p.stopped() && value != "yes" && value != "no" {
			p.fail("standalone is neither yes nor no [32]")
		}
		p.space()
	}
	p.literal("?>")
}

// equals moves over an equals sign and the white space around it [25].
func (p *parser) equals() {
	p.space()
	p.literal("=")
	p.space()
}

// isVersion tells what can stand in a version [26].
func isVersion(c byte) bool { return c >= '0' && c <= '9' || c == '.' }

// isLabel tells what can stand in the name of an encoding [81].
func isLabel(c byte) bool { return classes[c]&nameByte != 0 }

// A Declaration says where the parts of the XML declaration are: Start and End in the document's
// UTF-8 form, the others counted from Start. All are 0 without one, or before it was scanned.
type Declaration struct {
	Start, End          int
	Version, VersionEnd int // the version with its quotes
	Label, LabelEnd     int // the whole encoding declaration; both 0 without one
}

// Declaration returns where the parts of the XML declaration are.
func (s *Scanner) Declaration() Declaration { return s.declared }
