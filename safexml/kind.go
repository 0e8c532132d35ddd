package safexml

// Kind is what a token of a [Tokenizer] is.
type Kind uint8

// The kinds of token.
const (
	StartElement Kind = iota + 1 // a start tag, or the first half of an empty-element tag
	EndElement                   // an end tag, or the second half of an empty-element tag
	Text                         // a run of character data between two pieces of markup
	CDATA                        // a CDATA section
	Comment
	ProcInst // a processing instruction; the XML declaration is none
	Doctype  // a document type declaration, if RuleDoctype is lifted
)

// String returns the kind's name in Go.
func (k Kind) String() string {
	switch k {
	case StartElement:
		return "StartElement"
	case EndElement:
		return "EndElement"
	case Text:
		return "Text"
	case CDATA:
		return "CDATA"
	case Comment:
		return "Comment"
	case ProcInst:
		return "ProcInst"
	case Doctype:
		return "Doctype"
	}
	return "no token"
}
