package css

// A Subject is what a selector asks of the element that it matches: Kind is '#', '.' or 0 for the
// name of the element, and 0 with an empty name for any element at all.
type Subject struct {
	Kind byte
	Name string
	// the selector asks for nothing else: every element that is so matches
	Exact bool
}

// A Selector finds whom a list of selectors concerns, token by token: the last compound of each. Of
// several things that a compound asks for one is enough, because every element that it matches has
// that too.
type Selector struct {
	done    []Subject // of the selectors before the last comma
	current Subject   // of the compound at hand
	any     bool      // the compound has begun
	gap     bool      // white space or a combinator stands after it
	dot     bool      // a point stands before the name
	colons  bool      // a colon does
	skip    int       // parentheses and brackets that are open
	more    bool      // the selector at hand asks for more than its subject
}

// Subjects returns the subjects of the list, and forgets it.
func (s *Selector) Subjects() []Subject {
	list := append(s.done, s.subject()) //nolint:gocritic // The list is handed over and begun anew.
	s.done = nil
	s.Reset()
	return list
}

// subject returns the subject of the selector at hand.
func (s *Selector) subject() Subject {
	subject := s.current
	subject.Exact = !s.more
	return subject
}

// Reset forgets everything.
func (s *Selector) Reset() { *s = Selector{} }

// begin begins another compound if white space or a combinator stands before.
func (s *Selector) begin() {
	if s.gap {
		s.current, s.gap, s.more = Subject{}, false, true
	}
	s.any = true
}

// Name takes a name: of an element, a class, or a pseudo-class.
func (s *Selector) Name(text []byte) {
	switch {
	case s.skip > 0:
	case s.dot:
		s.Simple('.', text)
	case s.colons:
		s.begin()
	default:
		s.begin()
		s.ask(Subject{Name: string(text)})
	}
	s.dot, s.colons = false, false
}

// Simple takes a class or an ID.
func (s *Selector) Simple(kind byte, text []byte) {
	s.dot = false
	if s.skip > 0 {
		return
	}
	s.begin()
	s.ask(Subject{Kind: kind, Name: string(text)})
}

// ask notes what the compound asks for; an ID or a class says more than the name of the element.
func (s *Selector) ask(subject Subject) {
	s.more = s.more || s.current.Name != ""
	if s.current.Name == "" || s.current.Kind == 0 {
		s.current = subject
	}
}

// Space takes white space, which may part two elements.
func (s *Selector) Space() { s.gap = s.gap || s.any && s.skip == 0 }

// Pseudo takes a colon, after which a pseudo-class or pseudo-element follows.
func (s *Selector) Pseudo() {
	if s.skip == 0 {
		s.begin()
		s.colons, s.more = true, true
	}
}

// Function takes a pseudo-class with an argument. The selectors in the parentheses are not looked
// at: :is() asks for one of several things.
func (s *Selector) Function() {
	s.colons = false
	s.skip++
}

// Delim takes any other character.
func (s *Selector) Delim(c byte) {
	switch c {
	case '(', '[':
		s.begin()
		s.skip++
		s.more = true
	case ')', ']':
		s.skip = max(0, s.skip-1)
	case '.':
		if s.skip == 0 {
			s.begin()
			s.dot = true
		}
	case ',':
		if s.skip == 0 {
			s.done = append(s.done, s.subject())
			s.current, s.any, s.gap, s.more = Subject{}, false, false, false
		}
	case '>', '+', '~', '|':
		s.more = true
		s.gap = s.gap || s.skip == 0
	case '*', '&':
		s.begin()
	}
}
