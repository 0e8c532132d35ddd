package xmlscan

// The content of events. Bytes are valid until the next Step or Fill, and must not be changed.

// Name returns the name of the element, of a start or end tag, as it is written, and the place of
// its colon or -1.
func (s *Scanner) Name() (name []byte, colon int) {
	return s.tree.name(), s.tree.top().colon
}

// Space returns the namespace name of the element; empty for none.
func (s *Scanner) Space() []byte { return s.spaces.uri(s.tree.top().space) }

// Vocabulary returns what is known of the element's namespace.
func (s *Scanner) Vocabulary() uint8 { return s.spaces.vocabulary(s.tree.top().space) }

// Watching reports whether a vocabulary with Watch is in scope.
func (s *Scanner) Watching() bool { return s.spaces.watching > 0 }

// Known reports whether something is known of a namespace of the last start tag or its attributes,
// or a vocabulary with Watch is in scope of it.
func (s *Scanner) Known() bool { return s.known }

// Depth returns how many elements are open, the one that begins or ends included.
func (s *Scanner) Depth() int { return len(s.tree.open) }

// Attrs returns how many attributes the start tag has.
func (s *Scanner) Attrs() int { return len(s.attrs.list) }

// An Attr is one attribute of a start tag, in the order in which they are written.
type Attr struct {
	Name  []byte // as it is written
	Colon int    // in Name, or -1
	// the namespace name; empty for none. That of a namespace declaration is empty
	Space       []byte
	Vocabulary  uint8  // what is known of the namespace
	Value       []byte // as XML 1.0, 3.3.3 normalizes it
	Cut         bool   // Value is only the beginning: the whole is longer than Config.ValueBytes
	Declaration bool   // it declares a namespace
}

// Attr returns one of the attributes.
func (s *Scanner) Attr(i int) Attr {
	a := &s.attrs.list[i]
	found := Attr{Name: a.name.of(s.tok.data), Colon: a.colon, Value: a.value.of(s.tok.data), Cut: a.cut,
		Declaration: a.xmlns}
	if a.space != noNamespace {
		found.Space, found.Vocabulary = s.spaces.uri(a.space), s.spaces.vocabulary(a.space)
	}
	return found
}

// Data returns the text of a run of character data, a CDATA section or a comment, and of a
// processing instruction what follows its target; line ends are LF, references stand for what they
// refer to.
func (s *Scanner) Data() []byte { return s.tok.data[s.tok.item:] }

// Target returns the target of a processing instruction.
func (s *Scanner) Target() []byte { return s.tok.data[:s.tok.item] }

// Doctype returns where the document type declaration is, in the document's UTF-8 form; 0 and 0
// without one, or before it was scanned.
func (s *Scanner) Doctype() (start, end int) { return s.doc.start, s.doc.end }

// Subset reports whether the document type declaration has an internal subset, which Config.Literal
// lets in.
func (s *Scanner) Subset() bool { return s.doc.subset }

// External returns the identifiers in the document type declaration; empty for none.
func (s *Scanner) External() (public, system string) { return s.doc.public, s.doc.system }

// Encoding returns the encoding of the bytes: UTF-8, UTF-16LE, UTF-16BE, or that of a Charset.
func (s *Scanner) Encoding() string { return s.win.encoding }

// Label returns the encoding that the XML declaration names, as it is written; empty for none.
func (s *Scanner) Label() string { return s.decl.label }

// Version returns the version in the XML declaration, as it is written; empty without a
// declaration.
func (s *Scanner) Version() string { return s.decl.version }

// OpenName returns the name of the open element at a depth, from 1, as it is written.
func (s *Scanner) OpenName(depth int) []byte { return s.tree.open[depth-1].name.of(s.tree.names) }
