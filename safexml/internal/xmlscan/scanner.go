package xmlscan

import "io"

// A Scanner is one scan of one document. It is for one goroutine.
//
// The scanner itself is the grammar: its methods are the states (see state), each of which looks at
// the window and moves on in it. Parts with methods of their own keep the state, and know nothing
// of the grammar.
type Scanner struct {
	cfg     Config
	err     error
	state   state
	plainly bool // most of the document can be passed over: see plain
	known   bool // see Known

	win    window     // the part of the document that is in memory
	tok    token      // the piece that is being scanned
	tree   elements   // the open elements
	attrs  attributes // of the start tag at hand
	spaces namespaces // the declarations in scope
	ents   entities   // what references stand for
	decl   xmlDecl    // the XML declaration
	doc    doctype    // the document type declaration
	part   partial    // of the one or the other
	late   error      // of the source, after what it had brought is read
	cost   counters   // what the document has cost
}

// New returns a scanner for the document in src. The first call reports what is wrong with the
// configuration's budget, if anything.
func New(src io.Reader, c Config) *Scanner {
	s := &Scanner{cfg: c, plainly: c.isPlain(), win: newWindow(c.Op, src), attrs: newAttributes(),
		tok: token{content: -1, name: partialName{start: -1}}, spaces: newNamespaces(c.Vocabulary),
		ents: entities{html: c.HTML}, cost: newCounters(&c)}
	if s.err = c.Meter.Err(); s.err != nil {
		return s
	}
	if s.hold(windowBytes) == None {
		s.win.buf = make([]byte, windowBytes)
		s.charge(s.spaces.predeclare(c.Meter))
	}
	return s
}

// Step scans what is in the window, up to the next event of interest. The values that it returned
// before stay valid until then.
func (s *Scanner) Step() Kind {
	if s.err != nil {
		return Failed
	}
	if s.tree.popping {
		s.pop()
	}
	for {
		var k Kind
		switch s.state {
		case atStart:
			k = s.detect()
		case inDeclaration:
			k = s.xmlDeclaration()
		case inProlog, inEpilog:
			k = s.outside()
		case inContent:
			k = s.content()
		case inTag:
			k = s.tag()
		case inEquals:
			k = s.equals()
		case inQuote:
			k = s.openQuote()
		case inValue:
			k = s.attributeValue()
		case inEmptyTag:
			k = s.endElement()
		case inEndTag:
			k = s.endTagRest()
		case inSection:
			k = s.section()
		case inTarget:
			k = s.afterTarget()
		case atEnd:
			return EOF
		}
		if k != None {
			return k
		}
	}
}

// Fill reads more of the source into the window. The results of Window and of the events before are
// no longer valid. At the end of the source it decides whether the document may end there. Err says
// what went wrong.
func (s *Scanner) Fill() {
	if s.err != nil || s.state == atEnd || s.settle(s.win.here()) == Failed {
		return
	}
	// The clock and the context are looked at for each window: a source that never ends and a
	// document that costs much both come by here.
	if s.err = s.cost.meter.Err(); s.err != nil {
		return
	}
	s.ents.forget()
	if s.win.isCrowded() {
		s.settlePlaces()
		s.win.slide()
	}
	if s.err = s.late; s.err != nil {
		return
	}
	if s.cost.left == 0 && s.part.isUnread() {
		s.part.last = true // A refusal comes next.
		return
	}
	more, err := s.win.fill(&s.cost)
	switch {
	case more && err == nil:
	case s.part.again():
		s.late = err
	case err != nil:
		s.err = err
	default:
		s.finish()
	}
}

// finish decides about the end of the source.
func (s *Scanner) finish() {
	if s.win.wide != nil && s.win.wide.fault != "" {
		s.fail(s.win.end, RuleEncoding, "%s", s.win.wide.fault)
		return
	}
	if s.state == inEpilog && s.win.pos == s.win.end {
		s.state = atEnd
		return
	}
	s.fail(s.win.end, RuleNotWellFormed, "the document ends %s", stateNames[s.state])
}

// KeepText has character data and CDATA sections kept and stopped at from here on.
func (s *Scanner) KeepText() {
	s.cfg.Keep |= Of(Text, CDATA)
	s.cfg.Stop |= Of(Text, CDATA)
	s.plainly = false
}

// Err returns why the scan has failed.
func (s *Scanner) Err() error { return s.err }

// Stats returns what has been scanned so far.
func (s *Scanner) Stats() Stats {
	stats := s.cost.stats
	if s.win.wide == nil {
		// Bytes that were read ahead and not scanned do not count.
		stats.Bytes = int64(s.win.here())
	}
	return stats
}

// Window returns the bytes that have been scanned since the offset from (in the document's UTF-8
// form), as far as they are in the window.
func (s *Scanner) Window(from int) []byte { return s.win.buf[from-s.win.shift : s.win.pos] }

// Scanned returns the offset of the next byte to be scanned, in the document's UTF-8 form.
func (s *Scanner) Scanned() int { return s.win.here() }

// RootEnd returns the offset after the root element in the document's UTF-8 form, or 0 as long as
// that has not ended.
func (s *Scanner) RootEnd() int { return s.tree.end }
