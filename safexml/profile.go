package safexml

import (
	"github.com/seed73825598/airlock/safexml/internal/setup"
	"github.com/seed73825598/airlock/safexml/internal/signed"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// The names of the options that choose a profile.
const (
	profileSVG    = "SVG"
	profileOOXML  = "OOXML"
	profileSigned = "Signed"
	profileSAML   = "SAML"
)

// newProfile returns the profile that the options have chosen, made for one operation, or nil.
func newProfile(c *setup.Config) profile {
	switch c.Profile {
	case profileSVG:
		return &drawing{conf: c}
	case profileOOXML:
		return &office{part: c.PartName}
	case profileSigned:
		return ruled{signed.New(signed.Config{XPath: c.SignedXPath})}
	case profileSAML:
		return ruled{signed.New(signed.Config{SAML: true, XPath: c.SignedXPath})}
	}
	return nil
}

// A profile holds the rules of one kind of document. It sees every event of the scan after the
// rules for all documents have, in the order of the document, and refuses through [reading.refuse],
// which knows what is lifted, and reports what names a resource through [reading.refers]. One value
// is made for each operation, so a profile may keep what it has seen; what it keeps it must
// [reading.hold] first.
//
// In each call r.scan holds the event: the name, namespace and vocabulary of the element, its
// attributes with their values decoded and their positions, the depth. Nothing of it may be kept
// without a copy. Attribute values are cut at judgedBytes: a profile that must understand a value
// refuses one that is cut.
//
// An error ends the operation. While only references are asked for ([EachReference]), refuse lets
// pass what can be lifted: a profile reports first and refuses then, and goes on where refuse
// returns nil.
type profile interface {
	// start is called for each start tag; an empty-element tag is a start and an end.
	start(r *reading) error
	// end is called for each end tag. The name and namespace are still there, the attributes are
	// not.
	end(r *reading) error
	// text is called for each run of character data and each CDATA section (kind tells which), with
	// references resolved and line ends normalized. What markup divides comes in several calls:
	// what a program reads as one text, the profile must put together.
	text(r *reading, kind xmlscan.Kind, data []byte) error
	// node is called for each comment, processing instruction and document type declaration.
	node(r *reading, kind xmlscan.Kind) error
	// keeps says which of Text, CDATA, Comment and ProcInst it must have the content of.
	keeps() xmlscan.Set
	// finish is called once, when everything to the end of the input has passed.
	finish(r *reading) error
	// holds reports whether the verdict on what has been handed on already can change later, as
	// with the second of two equal IDs. Then the streaming faces keep the whole document, within
	// MemoryBytes, until finish has passed.
	holds() bool
}
