package safexml

import (
	"iter"

	"github.com/seed73825598/airlock/safexml/internal/refs"
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

// Mechanisms lists every construct that EachReference reports. It is the same list that the rules
// are made of. It has the formats that programs on servers read: feeds, sitemaps, podcasts, office
// documents, drawings, schemas, stylesheets, service descriptions, SAML, books, playlists, lists of
// downloads. It has not: markup in the text of another format (HTML in a feed's description, srcdoc
// of iframe, a drawing in a data: URI), formulas of OpenDocument, the languages of scripts, and
// configuration files of single programs beyond Spring and MSBuild.
func Mechanisms() iter.Seq[Mechanism] {
	return func(yield func(Mechanism) bool) {
		for row := range refs.All() {
			if !yield(mechanismOf(row)) {
				return
			}
		}
	}
}

// mechanismOf returns a line of the table as users see it.
func mechanismOf(row *refs.Row) Mechanism {
	return Mechanism{ID: row.ID, Format: row.Format(), Construct: row.Construct(), Rule: row.Rule}
}
