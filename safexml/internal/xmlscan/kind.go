package xmlscan

// Kind is what a step has come to: an event of the document, or a reason to stop.
type Kind uint8

// The events, and the kinds that are none.
const (
	None         Kind = iota // nothing yet; no user sees it
	More                     // the window is used up: Fill it
	Failed                   // Err says why; for good
	StartElement             // a start tag, or the first half of an empty-element tag
	EndElement               // an end tag, or the second half of an empty-element tag
	// a run of character data between two pieces of markup; only where it is kept.
	Text
	CDATA    // a CDATA section
	Comment  // a comment
	ProcInst // a processing instruction, the XML declaration not being one
	Doctype  // a document type declaration without internal subset
	EOF      // the whole input has passed
)

// Set is a set of kinds.
type Set uint16

// All holds every event.
const All Set = 1<<StartElement | 1<<EndElement | 1<<Text | 1<<CDATA | 1<<Comment | 1<<ProcInst | 1<<Doctype

// Of returns the set of the given kinds.
func Of(kinds ...Kind) (set Set) {
	for _, k := range kinds {
		set |= 1 << k
	}
	return set
}

func (set Set) has(k Kind) bool { return set>>k&1 != 0 }

// state is where in the document the next byte stands.
type state uint8

const (
	atStart       state = iota // nothing has been read
	inDeclaration              // where an XML declaration may stand [23]
	inProlog                   // before the root element [22]
	inContent                  // [43]
	inTag                      // in a start tag, between two attributes or before the end [40]
	inEquals                   // after the name of an attribute [25]
	inQuote                    // after the equals sign
	inValue                    // in an attribute value [10]
	inEmptyTag                 // after an empty-element tag [44], whose end is still to be told
	inEndTag                   // after the name in an end tag [42]
	// in a comment [15], processing instruction [16] or CDATA section [20].
	inSection
	inTarget // after the target of a processing instruction [16]
	inEpilog // after the root element [27]
	atEnd    // all has passed
)

// names of the states complete the sentence "the document ends …".
var stateNames = [...]string{
	atStart:       "before its root element",
	inDeclaration: "in its XML declaration",
	inProlog:      "before its root element",
	inContent:     "before its last end tag",
	inTag:         "in a tag",
	inEquals:      "in a tag",
	inQuote:       "in a tag",
	inValue:       "in an attribute value",
	inEmptyTag:    "in a tag",
	inEndTag:      "in an end tag",
	inSection:     "in a comment, processing instruction or CDATA section",
	inTarget:      "in a processing instruction",
	inEpilog:      "in markup after its root element",
	atEnd:         "",
}
