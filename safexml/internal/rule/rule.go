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
	// Depth returns how many elements are open, the one that begins or ends included.
	Depth() int
	// At returns where the event begins.
	At() xmlscan.Position

	// Attrs returns how many attributes the start tag has, namespace declarations included.
	Attrs() int
	Attr(i int) xmlscan.Attr
	AttrAt(i int) xmlscan.Position

	// Refuse refuses the document under a rule. It returns nil where the rule is lifted; the finding
	// is noted then.
	Refuse(rule limits.Rule, p xmlscan.Position, detail string) error
	// Note keeps a finding that does not refuse the document.
	Note(p xmlscan.Position, detail string) error
	// Hold accounts for n bytes of memory that are about to be taken, Release gives them back.
	Hold(n int) error
	Release(n int)
	// Step pays for n units of work whose number the document decides.
	Step(n int64) error
}

// A Profile holds the rules of one kind of document. One is made for each operation, so it may keep
// what it has seen; what it keeps it must Hold first. An error ends the operation.
type Profile interface {
	// Start is called for each start tag; an empty-element tag is a start and an end.
	Start(d Document) error
	// End is called for each end tag. The name and namespace are still there, the attributes are not.
	End(d Document) error
	// Text is called for each run of character data and each CDATA section, with references resolved
	// and line ends normalized. What markup divides comes in several calls.
	Text(d Document, kind xmlscan.Kind, data []byte) error
	// Node is called for each comment, processing instruction and document type declaration.
	Node(d Document, kind xmlscan.Kind) error
	// Finish is called once, when everything to the end of the input has passed.
	Finish(d Document) error
	// Keeps says which of Text, CDATA, Comment and ProcInst it must have the content of.
	Keeps() xmlscan.Set
	// Holds reports whether the verdict on what has been handed on can still change at the end.
	Holds() bool
}
