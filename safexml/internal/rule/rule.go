// Package rule is what the rules of a profile see of a document, and how they answer.
//
// A profile is called with each event of a scan. It looks at the event through a [Document], and
// refuses, notes and pays through it as well, so that an engine can be tested with a document of
// its own making and knows nothing of the faces of safexml.
package rule

import (
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// A Document is one document at the event at hand. Bytes are valid until the next event and must
// not be changed.
type Document interface {
	// Name returns the name of the element as it is written, and the place of its colon or -1.
	Name() (raw []byte, colon int)
	// Space returns the namespace name of the element; empty for none.
	Space() []byte
	// Lookup returns the namespace name that a prefix has in the element at hand.
	Lookup(prefix []byte) (space []byte, declared bool)
	// Vocabulary returns what is known of the namespace of the element: a refs.Vocabulary.
	Vocabulary() uint8
	// Depth returns how many elements are open, the one that begins or ends included.
	Depth() int
	// At returns where the event begins.
	At() xmlscan.Position

	// Attrs returns how many attributes the start tag has, namespace declarations included.
	Attrs() int
	Attr(i int) xmlscan.Attr
	AttrAt(i int) xmlscan.Position

	// Data returns the text of a comment, and of a processing instruction what follows its target.
	Data() []byte
	// KeepText has text kept from here on, for a profile that does not always need it.
	KeepText()

	// Refuse refuses the document under a rule. It returns nil where the rule is lifted; the
	// finding is noted then.
	Refuse(rule limits.Rule, p xmlscan.Position, detail string) error
	// Refers reports that the document names a resource by a mechanism, given by its id. It refuses
	// the document if the mechanism has a rule for all documents.
	Refers(mechanism, uri string, p xmlscan.Position) error
	// Telling reports whether only references are asked for, and no verdict on them.
	Telling() bool
	// Note keeps a finding that does not refuse the document.
	Note(p xmlscan.Position, detail string) error
	// Hold accounts for n bytes of memory that are about to be taken, Release gives them back.
	Hold(n int) error
	Release(n int)
	// Step pays for n units of work whose number the document decides.
	Step(n int64) error
	// Items pays for n nodes that are drawn beside those that stand in the document.
	Items(n int64) error
}

// JudgedBytes is how much of an attribute value the rules look at: at least so much of one is kept,
// unless a profile [Needs] more. A longer value is refused where it would have to be understood.
const JudgedBytes = int(64 * limits.KiB)

// A Profile holds the rules of one kind of document. It sees every event of the scan after the
// rules for all documents have, in the order of the document. One is made for each operation, so it
// may keep what it has seen; what it keeps it must Hold first. An error ends the operation.
//
// While only references are asked for ([Document.Telling]), Refuse lets pass what can be lifted: a
// profile reports first and refuses then, and goes on where Refuse returns nil.
//
// A profile that wants to see more than elements has more methods: [Texts], [Nodes], [Finishes].
type Profile interface {
	// Start is called for each start tag; an empty-element tag is a start and an end.
	Start(d Document) error
	// End is called for each end tag. The name and namespace are still there, the attributes are
	// not.
	End(d Document) error
	// Needs says what the profile must have to judge.
	Needs() Needs
}

// Needs is what a profile must have to judge.
type Needs struct {
	// Content says which of Text, CDATA, Comment and ProcInst are kept.
	Content xmlscan.Set
	// Values: attribute values are kept whole, up to the longest token.
	Values bool
	// Whole: the verdict on what has been handed on can still change at the end, as with the second
	// of two equal IDs. Then the streaming faces keep the document, within MemoryBytes, until
	// Finish has passed.
	Whole bool
}

// Texts is a profile that looks at text.
type Texts interface {
	// Text is called for each run of character data and each CDATA section, with references resolved
	// and line ends normalized. A text that markup divides comes in several calls: the profile must
	// put together the one text that a program reads.
	Text(d Document, kind xmlscan.Kind, data []byte) error
}

// Nodes is a profile that looks at what is neither an element nor text.
type Nodes interface {
	// Node is called for each comment, processing instruction and document type declaration.
	Node(d Document, kind xmlscan.Kind) error
}

// Finishes is a profile that has something to say at the end.
type Finishes interface {
	// Finish is called once, when everything to the end of the input has passed.
	Finish(d Document) error
}
