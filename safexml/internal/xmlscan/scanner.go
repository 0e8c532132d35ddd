package xmlscan

import (
	"hash/maphash"
	"io"
	"math"

	"github.com/seed73825598/airlock/limits"
)

// Config says what a scan may cost and which events it stops at.
type Config struct {
	Op     string        // the name of the operation, for errors
	Limits limits.Limits // Items, Depth and InputBytes, all of them set
	Meter  *limits.Meter // is charged InputBytes, Items, Steps, MemoryBytes and Depth
	Writes bool          // the source is what is being written: OutputBytes in place of InputBytes

	Attributes int // most attributes of one element, namespace declarations included
	Namespaces int // most namespace declarations in scope at once
	NameBytes  int // longest name, and longest name of a namespace; at most MaxNameBytes
	// longest text run, comment, processing instruction, CDATA section or attribute value, and most
	// white space in a tag
	TokenBytes int
	// of an attribute value, no more than this is kept; a longer one is cut. At least NameBytes
	ValueBytes int

	UTF16    bool                        // UTF-16 with a byte order mark is taken
	Charset  func(label string) *Charset // what a label stands for, beside UTF-8 and UTF-16; may be nil
	Doctypes Doctypes                    // which document type declarations are skipped
	Literal  bool                        // an internal subset of entities that are text is taken
	HTML     bool                        // the names of XHTML 1 are entities
	Replaced bool                        // what entities are replaced by is told: see Replacements

	// the events to stop at. A start tag that Vocabulary knows something about stops the scan in
	// any case
	Stop Set
	Keep Set // of Text, CDATA, Comment and ProcInst: those whose content is kept

	// Vocabulary tells what is known of a namespace: 0 for nothing. Watch may be added: then every
	// start tag in its scope stops the scan.
	Vocabulary func(uri []byte) uint8
}

// Doctypes says which document type declarations are skipped. None ever has an internal subset, but
// see Config.Literal.
type Doctypes uint8

// The document type declarations that are skipped.
const (
	BareDoctype Doctypes = iota // those that name the root element alone
	NoDoctype                   // none
	AnyDoctype                  // those with an external identifier as well
)

// Watch is the bit of a vocabulary that concerns every element in the scope of its declaration.
const Watch = 0x80

// MaxNameBytes is the ceiling of Config.NameBytes: a name must fit into the window.
const MaxNameBytes = 16 << 10

const (
	// windowBytes is the size of the window.
	windowBytes = 64 << 10
	// declarationBytes is the most that the XML declaration, and the document type declaration, may
	// take up.
	declarationBytes = 16 << 10
)

// Stats is what a document holds.
type Stats struct {
	Bytes      int64 // read from the source
	Elements   int64
	Attributes int64 // namespace declarations included
	Nodes      int64 // elements, comments, processing instructions and CDATA sections
	Depth      int   // the deepest
}

// A Scanner is one scan of one document. It is for one goroutine.
type Scanner struct {
	cfg Config
	src io.Reader
	err error

	// The window: buf[pos:end] is still to be scanned, and buf[0] is at the offset shift of the
	// document in UTF-8.
	buf      []byte
	pos, end int
	shift    int
	eof      bool
	wide     *wideInput // the source is not UTF-8; nil otherwise
	left     int64      // of InputBytes
	top      cursor     // of buf[0]
	mark     cursor     // of the place that was asked for last

	state     state
	allPlain  bool // see plain
	spaced    bool // in a tag: white space stands before what comes
	quote     byte // of the attribute value
	closer    string
	kind      Kind // of the section
	seenRoot  bool
	doctyped  bool
	popping   bool // the end of the innermost element has been told
	marked    bool // a byte order mark in UTF-8 stands first
	asciiOnly bool // the label names a character set that agrees with UTF-8 on ASCII alone

	charset *Charset // that the label names, from the end of the declaration on

	version, label string
	encoding       string
	declared       Declaration
	rootEnd        int // the offset after the root element, in UTF-8; 0 before that
	public, system string
	identified     bool // there is a system identifier
	subsetted      bool // there is an internal subset
	typeStart      int  // of the document type declaration, in UTF-8
	typeEnd        int
	entities       []literalEntity
	replacements   []Replacement

	// The token at hand.
	partial    partialName
	start      int      // its offset, in UTF-8
	startPlace Position // of its start, once that has left the window
	tokenStart int      // where the content begins whose length is bounded; -1 outside
	tagSpace   int      // white space in the tag so far
	data       []byte   // what is kept of the token
	item       int      // in data, where the attribute value begins
	keeping    bool
	cut        bool // the attribute value is longer than ValueBytes
	base       rune // of the character reference at hand; 0 outside
	digits     bool // it has one
	value      rune // its value so far

	stats    Stats
	told     Stats // what the meter knows of it
	steps    int64
	maxNodes int64
	maxDepth int

	open      []frame // the open elements
	names     []byte  // their names
	attrs     []attr
	places    []Position // of those attributes that have left the window
	prefixed  int        // attributes with a prefix
	declares  bool       // an attribute of the tag is a namespace declaration
	byName    index
	byMeaning index
	meanings  []int // the attributes with a prefix, in the order of byMeaning

	bindings []binding
	uris     []byte // their prefixes and namespace names
	byPrefix index
	bySpace  index
	fallback int // the default namespace, in bindings
	watching int // bindings in scope whose vocabulary says Watch
	seed     maphash.Seed
}

// A frame is one open element.
type frame struct {
	name     span // in Scanner.names
	colon    int  // in the name, or -1
	space    int  // its namespace, in Scanner.bindings
	bindings int  // how many there were before it
	fallback int  // the default namespace before it
}

// New returns a scanner for the document in src. The first call reports what is wrong with the
// configuration's budget, if anything.
func New(src io.Reader, c Config) *Scanner {
	s := &Scanner{
		cfg: c, src: src, tokenStart: -1, partial: partialName{start: -1}, encoding: "UTF-8", seed: maphash.MakeSeed(),
		allPlain: c.isPlain(), left: amount(c.sourceBytes()), maxNodes: amount(c.Limits.Items),
		maxDepth: int(min(amount(c.Limits.Depth), math.MaxInt)),
	}
	s.top = cursor{line: 1}
	s.mark = s.top
	if s.err = c.Meter.Err(); s.err != nil {
		return s
	}
	if s.hold(windowBytes) {
		s.buf = make([]byte, windowBytes)
		s.predeclare()
	}
	return s
}

// source is what the bytes of the document are charged to.
func (c *Config) source() limits.Resource {
	if c.Writes {
		return limits.OutputBytes
	}
	return limits.InputBytes
}

func (c *Config) sourceBytes() int64 {
	if c.Writes {
		return int64(c.Limits.OutputBytes)
	}
	return int64(c.Limits.InputBytes)
}

// amount returns a limit as a number to compare with.
func amount(limit int64) int64 {
	if limit == limits.UnsafeUnlimited {
		return math.MaxInt64
	}
	return limit
}

// Next returns the next event of interest and reads the source as it needs to.
func (s *Scanner) Next() (Kind, error) {
	for {
		k := s.Step()
		if k != More {
			return k, s.err
		}
		s.Fill()
	}
}

// Step scans what is in the window, up to the next event of interest. What it returned before stays
// valid until then.
func (s *Scanner) Step() Kind {
	if s.err != nil {
		return Failed
	}
	if s.popping {
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

// KeepText has character data and CDATA sections kept and stopped at from here on.
func (s *Scanner) KeepText() {
	s.cfg.Keep |= Of(Text, CDATA)
	s.cfg.Stop |= Of(Text, CDATA)
	s.allPlain = false
}

// Err returns why the scan has failed.
func (s *Scanner) Err() error { return s.err }

// Stats returns what has been scanned so far.
func (s *Scanner) Stats() Stats {
	stats := s.stats
	if s.wide == nil {
		// Bytes that were read ahead and not scanned do not count.
		stats.Bytes = int64(s.shift + s.pos)
	}
	return stats
}
