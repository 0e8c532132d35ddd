package xmlscan

import "github.com/seed73825598/airlock/limits"

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

// isPlain reports whether the scan neither stops at elements and text nor keeps any text.
func (c *Config) isPlain() bool {
	const seen = 1<<StartElement | 1<<EndElement | 1<<Text
	return c.Stop&seen == 0 && c.Keep&(1<<Text) == 0
}
