// Package refs knows by which constructs which formats name resources that some program for that
// format fetches, follows or writes. It is one table, that the rules and the list of references are
// made of.
package refs

import (
	"iter"
	"slices"
	"sort"

	"github.com/seed73825598/airlock/limits"
)

// Form is how a mechanism writes its resources.
type Form uint8

// The forms.
const (
	OneURI Form = iota // an attribute holds a URI
	// an attribute holds pairs of a namespace and a URI, separated by white space.
	Pairs
	List // an attribute holds URIs separated by white space
	// an attribute holds URIs separated by commas, each with a descriptor (srcset).
	Candidates
	Refresh    // an attribute holds a number of seconds and a URI (meta refresh).
	InBrackets // an attribute holds a URI, or url() around one (XSL-FO).
	Text       // the element holds the URI as its text.
	Presence   // the element counts, whether it has the attribute or not.
	Pseudo     // a processing instruction holds it in a pseudo-attribute.
	SystemID   // the system identifier of a document type declaration.
	XPathCall  // a function called in an XPath expression names it.
	OnLoad     // an XLink that is followed when the document is loaded
	// CSS in a style element, a style attribute or a presentation attribute names it.
	InCSS
	InOffice // a part of an office document names it, in a way of its own.
)

// A Row is one mechanism, with what it takes to find it.
type Row struct {
	ID         string     // stable
	Vocabulary Vocabulary // of the element, or of the attribute where Element is empty
	// local name; empty for an attribute that may stand on every element, "*" for every element of
	// the vocabulary; the target of a processing instruction
	Element   string
	Attribute string // local name; of a processing instruction its pseudo-attribute
	Form      Form
	Rule      limits.Rule // refuses a document that uses it, without any profile; may be empty

	construct string // in words, where it does not follow from the element and the attribute
	format    string // in words, where it is not the name of the vocabulary
}

// Format returns the name of the format.
func (r *Row) Format() string {
	if r.format != "" {
		return r.format
	}
	return r.Vocabulary.Name()
}

// Construct returns what in the format names the resource.
func (r *Row) Construct() string {
	switch {
	case r.construct != "":
		return r.construct
	case r.Form == Text:
		return "text of " + r.Element
	case r.Element == "" || r.Element == "*":
		return r.Attribute
	}
	return r.Attribute + " of " + r.Element
}

// All yields every mechanism.
func All() iter.Seq[*Row] {
	return func(yield func(*Row) bool) {
		for i := range table {
			if !yield(&table[i]) {
				return
			}
		}
	}
}

// Rows returns the mechanisms of a vocabulary.
func Rows(v Vocabulary) []Row {
	from := sort.Search(len(table), func(i int) bool { return table[i].Vocabulary >= v })
	to := from
	for to < len(table) && table[to].Vocabulary == v {
		to++
	}
	return table[from:to]
}

// HasAttribute reports whether an attribute of a vocabulary, on whatever element, is a mechanism.
func HasAttribute(v Vocabulary, local []byte) bool {
	return slices.ContainsFunc(Rows(v), func(r Row) bool { return r.Element == "" && r.Attribute == string(local) })
}

// Ruled reports whether a rule for all documents is about the vocabulary.
func Ruled(v Vocabulary) bool {
	return slices.ContainsFunc(Rows(v), func(r Row) bool { return r.Rule != "" })
}

// ByID returns a mechanism by its id, or an empty one.
func ByID(id string) *Row {
	i := slices.IndexFunc(table[:], func(r Row) bool { return r.ID == id })
	if i < 0 {
		return &Row{}
	}
	return &table[i]
}

// Instruction returns the mechanism of a processing instruction, or nil.
func Instruction(target []byte) *Row {
	rows := Rows(None)
	for i := range rows {
		if r := &rows[i]; r.Form == Pseudo && r.Element == string(target) {
			return r
		}
	}
	return nil
}
