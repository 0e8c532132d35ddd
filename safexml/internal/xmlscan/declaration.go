package xmlscan

import (
	"bytes"
	"strings"
)

// declarationBytes is the most that the XML declaration, and the document type declaration, may
// take up.
const declarationBytes = 16 << 10

// xmlDecl is the XML declaration.
type xmlDecl struct {
	parts          Declaration
	version, label string
	charset        *Charset // that the label names
}

// parse reads version [24], encoding [80] and standalone [32], in this order. check says what is
// wrong with the label.
func (d *xmlDecl) parse(p *parser, check func(label string) (fault string)) {
	p.mustSpace()
	p.literal("version")
	p.equals()
	d.parts.Version = p.i
	if d.version = p.quoted(isVersion, "a version [26]"); !p.stopped() && (len(d.version) < 3 ||
		!strings.HasPrefix(d.version, "1.") || strings.Count(d.version, ".") > 1) {
		p.fail("a version that is not 1.0, or 1. and a number [26]")
	}
	d.parts.VersionEnd = p.i
	spaced := p.space()
	if spaced && !p.stopped() && p.peek() == 'e' {
		d.parts.Label = p.i
		p.literal("encoding")
		p.equals()
		d.label = p.quoted(isLabel, "the name of an encoding [81]")
		if !p.stopped() && (d.label == "" || classes[d.label[0]]&startByte == 0 || d.label[0] == '_') {
			p.fail("the name of an encoding that does not begin with a letter [81]")
		}
		d.parts.LabelEnd = p.i
		if !p.stopped() {
			if fault := check(d.label); fault != "" {
				p.failAs(RuleEncoding, fault)
			}
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

// xmlDeclaration scans the XML declaration [23], if the document begins with one.
func (s *Scanner) xmlDeclaration() Kind {
	const opener = "<?xml"
	rest := s.win.rest()
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
	if rest = s.part.dueIn(rest); rest == nil {
		return More
	}
	p := &parser{b: rest, i: len(opener)}
	s.decl.parse(p, s.checkLabel)
	if p.fault != "" {
		return s.fail(s.win.pos+p.i, p.rule, "%s", p.fault)
	}
	if p.short {
		return s.cutOff()
	}
	s.win.newer = s.decl.version != "1.0"
	s.decl.parts.Start, s.decl.parts.End = s.win.here(), s.win.here()+p.i
	s.win.pos += p.i
	s.part = partial{}
	s.state = inProlog
	if s.decl.charset != nil {
		if s.hold(windowBytes) == Failed {
			return Failed
		}
		s.win.recode(s.decl.charset)
	}
	return None
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
func (s *Scanner) Declaration() Declaration { return s.decl.parts }

// cutOff asks for more of a declaration that must be seen whole, up to a bound that no honest one
// comes near.
func (s *Scanner) cutOff() Kind {
	if s.win.end-s.win.pos < declarationBytes {
		return More
	}
	if s.settle(s.win.here()+declarationBytes) == Failed {
		return Failed
	}
	return s.fail(s.win.pos, RuleNotWellFormed, "a declaration longer than 16 KiB, which is not read")
}

// A partial is a declaration of which a part has arrived. It is read from its beginning each time,
// and a source that brings one byte at a time must not have it read for every byte: so it is read
// when it is twice as long as the last time, when a > has come and all readings together stay in
// proportion, and before anything else is said of the source.
type partial struct {
	seen  int  // bytes that have been looked through for a >
	read  int  // bytes that there were at the last reading
	spent int  // bytes that were read in all readings
	last  bool // the next reading is due, whatever has come
	ended bool // the source has ended or failed
}

// readingsPerByte is in how many readings a byte stands, on average, at most.
const readingsPerByte = 8

// dueIn returns as much of the window as a declaration may take up, if it is to be read now.
func (p *partial) dueIn(rest []byte) []byte {
	rest = rest[:min(len(rest), declarationBytes)]
	n := len(rest)
	ended := p.seen < n && bytes.IndexByte(rest[p.seen:], '>') >= 0
	p.seen = n
	if !p.last && n < declarationBytes && n < 2*p.read && (!ended || p.spent > (readingsPerByte-1)*n) {
		return nil
	}
	p.last = false
	p.read = n
	p.spent += n
	return rest
}

// isUnread reports whether anything has come since the last reading.
func (p *partial) isUnread() bool { return p.seen > p.read }

// again has the declaration read once more after the source has ended or failed, if one is at hand:
// what stands at the end may be half a character, of which nothing was said as long as the other
// half could come.
func (p *partial) again() bool {
	if p.seen == 0 || p.ended {
		return false
	}
	p.last, p.ended = true, true
	return true
}
