package ooxml

import (
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/refs"
	"github.com/seed73825598/airlock/safexml/internal/rule"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// isWebLink reports whether a hyperlink leads where a browser or a mail program is asked first.
func isWebLink(target string) bool {
	scheme, _, found := strings.Cut(refs.Trim(target), ":")
	return found && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https") ||
		strings.EqualFold(scheme, "mailto"))
}

// isPlace reports whether the target of a hyperlink is a place in the document at hand, or nothing.
func isPlace(target string) bool {
	target = refs.Trim(target)
	return target == "" || target[0] == '#'
}

// LeadsOut reports whether a hyperlink that is written outside of relationships leads to a file of
// its own, a share, or a program: it has a scheme or a drive, or begins with a slash. A place in
// the document and the name of a file beside it do not.
func LeadsOut(address string) bool {
	a := strings.TrimLeft(slashed(address), "[' ") // [C:\b.xlsx]S!A1 names a book.
	if strings.HasPrefix(a, "/") {
		return true
	}
	for i := range len(a) {
		switch c := a[i]; {
		case c == ':':
			return i > 0
		case !isLetter(c) && (i == 0 || (c < '0' || c > '9') && c != '+' && c != '-' && c != '.'):
			return false
		}
	}
	return false
}

// slashed returns an address with its escapes resolved and slashes of one kind.
func slashed(address string) string {
	return strings.ReplaceAll(unescapePercent(refs.Trim(address)), `\`, "/")
}

// namesServer reports whether a path is that of a share, or a URL of one.
func namesServer(path string) bool {
	p := strings.ToLower(strings.TrimLeft(slashed(path), "[' "))
	return strings.HasPrefix(p, "//") || strings.HasPrefix(p, "file:")
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// hyperlink judges a link that a field, a formula or a property has: what a relationship may lead
// to is noted, what leads out by any other way is refused.
func hyperlink(d rule.Document, mechanism, address string, at xmlscan.Position) error {
	switch {
	case isWebLink(address):
		if d.Telling() {
			return d.Refers(mechanism, address, at)
		}
		return d.Note(at, "a hyperlink to "+limits.Quote(address))
	case LeadsOut(address):
		return external(d, mechanism, address, at, "a hyperlink to")
	}
	return nil
}

// linked refuses elements that have a program load what a relationship names, whatever type the
// relationship says it has: a hyperlink to the web is let in as what a click follows.
func linked(d rule.Document, local string) error {
	names := []string{"link"}
	switch local {
	case "hyperlink":
		if value, at := findAttribute(d, "location"); namesServer(value) {
			return external(d, officeRelationship, value, at, "a hyperlink to")
		}
		return nil
	case "blip", "svgBlip":
	case "imagedata":
		names = []string{"href", "link"}
	case "oleObject":
		if value, at := findAttribute(d, "link"); value != "" {
			return external(d, officeBook, value, at, "an object that is linked and not embedded:")
		}
		return nil
	case "objectLink", "webImageSrd", "saveThroughXslt":
		return external(d, officeBook, attributeOf(d, "id"), d.At(), "the element "+local+" has a program load")
	case "link":
		if !strings.Contains(string(d.Space()), "presentationml") {
			return nil
		}
		return external(d, officeBook, attributeOf(d, "id"), d.At(), "an object that is linked and not embedded:")
	default:
		return nil
	}
	for _, name := range names {
		for i := range d.Attrs() {
			// VML has an href of its own, without a prefix.
			if a := d.Attr(i); a.Colon >= 0 && !a.Declaration && string(a.Name[a.Colon+1:]) == name && len(a.Value) > 0 &&
				strings.Contains(string(a.Space), "elationships") {
				return external(d, officeBook, string(a.Value), d.AttrAt(i), "an image that is linked and not embedded:")
			}
		}
	}
	return nil
}

// IsSchemaOfSharePoint reports whether a schema is one of the two that SharePoint names in each
// office document that it keeps: the types of content that it puts there import Dublin Core.
func IsSchemaOfSharePoint(uri string) bool {
	switch uri {
	case "http://dublincore.org/schemas/xmls/qdc/2003/04/02/dc.xsd",
		"http://dublincore.org/schemas/xmls/qdc/2003/04/02/dcterms.xsd":
		return true
	}
	return false
}
