package safexml

// A cssSelector finds whom a list of selectors concerns, token by token: the last compound of each.
// Of several things that a compound asks for one is enough, because whoever it matches has that
// too.
type cssSelector struct {
	done    []cssSubject // of the selectors before the last comma
	current cssSubject   // of the compound at hand
	any     bool         // the compound has begun
	gap     bool         // white space or a combinator stands behind it
	dot     bool         // a point stands before the name
	colons  bool         // a colon does
	skip    int          // parentheses and brackets that are open
}

// subjects returns the subjects of the list, and forgets it.
func (s *cssSelector) subjects() []cssSubject {
	list := append(s.done, s.current) //nolint:gocritic // The list is handed over and begun anew.
	s.done = nil
	s.reset()
	return list
}

func (s *cssSelector) reset() { *s = cssSelector{} }

// begin begins another compound if white space or a combinator stands before.
func (s *cssSelector) begin() {
	if s.gap {
		s.current, s.gap = cssSubject{}, false
	}
	s.any = true
}

// name takes a name: of an element, a class, or a pseudo-class.
func (s *cssSelector) name(text []byte) {
	switch {
	case s.skip > 0:
	case s.dot:
		s.simple('.', text)
	case s.colons:
		s.begin()
	default:
		s.begin()
		s.ask(cssSubject{0, string(text)})
	}
	s.dot, s.colons = false, false
}

// simple takes a class or an ID.
func (s *cssSelector) simple(kind byte, text []byte) {
	s.dot = false
	if s.skip > 0 {
		return
	}
	s.begin()
	s.ask(cssSubject{kind, string(text)})
}

// ask notes what the compound asks for; an ID or a class says more than the name of the element.
func (s *cssSelector) ask(subject cssSubject) {
	if s.current.name == "" || s.current.kind == 0 {
		s.current = subject
	}
}

func (s *cssSelector) space() { s.gap = s.gap || s.any && s.skip == 0 }

func (s *cssSelector) pseudo() {
	if s.skip == 0 {
		s.begin()
		s.colons = true
	}
}

// function takes a pseudo-class with an argument. What stands in the parentheses is not looked at:
// :is() asks for one of several things.
func (s *cssSelector) function() {
	s.colons = false
	s.skip++
}

func (s *cssSelector) delim(c byte) {
	switch c {
	case '(', '[':
		s.begin()
		s.skip++
	case ')', ']':
		s.skip = max(0, s.skip-1)
	case '.':
		if s.skip == 0 {
			s.begin()
			s.dot = true
		}
	case ',':
		if s.skip == 0 {
			s.done = append(s.done, s.current)
			s.current, s.any, s.gap = cssSubject{}, false, false
		}
	case '>', '+', '~', '|':
		s.gap = s.gap || s.skip == 0
	case '*', '&':
		s.begin()
	}
}
