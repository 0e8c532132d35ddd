package safexml

import (
	"iter"
	"slices"
)

// A Mechanism is one construct by which one format names a resource that some program for that
// format fetches, follows or writes.
type Mechanism struct {
	ID        string // stable: "xinclude-include"
	Format    string // "XInclude"
	Construct string // "href of include"
	// refuses a document that uses it, without any profile; empty where that is left to the
	// profiles
	Rule Rule
}

// form is how a mechanism writes its resources.
type form uint8

const (
	oneURI form = iota // an attribute holds a URI
	// an attribute holds pairs of a namespace and a URI, separated by white space
	pairs
	list // an attribute holds URIs separated by white space
	// an attribute holds URIs separated by commas, each with a descriptor (srcset)
	candidates
	refresh      // an attribute holds a number of seconds and a URI (meta refresh)
	textURI      // the element holds the URI as its text
	presence     // the element counts, whether it has the attribute or not
	pseudo       // a processing instruction holds it in a pseudo-attribute
	systemID     // the system identifier of a document type declaration
	xpathCall    // a function called in an XPath expression names it
	linkedOnLoad // an XLink that is followed when the document is loaded
	// CSS in a style element, a style attribute or a presentation attribute names it
	inCSS
	inOffice // a part of an office document names it, in a way of its own
)

// A row is a mechanism with what it takes to find it.
type row struct {
	Mechanism
	vocabulary vocabulary // of the element, or of the attribute where element is empty
	// local name; empty for an attribute that may stand on every element, "*" for every element of
	// the vocabulary
	element   string
	attribute string // local name; of a processing instruction its pseudo-attribute
	form      form
}

// Mechanisms lists every construct that EachReference reports. It is the same list that the rules
// are made of.
func Mechanisms() iter.Seq[Mechanism] {
	return func(yield func(Mechanism) bool) {
		for _, rows := range [][]row{genericRows[:], instructionRows[:], documentRows[:], cssRows[:], officeRows[:]} {
			for i := range rows {
				if !yield(rows[i].Mechanism) {
					return
				}
			}
		}
	}
}

// instructionRow returns the mechanism of a processing instruction, or nil.
func instructionRow(target []byte) *row {
	i := slices.IndexFunc(instructionRows[:], func(r row) bool { return r.element == string(target) })
	if i < 0 {
		return nil
	}
	return &instructionRows[i]
}
