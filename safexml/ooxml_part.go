package safexml

import (
	"strconv"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/ooxml"
)

// loads judges elements of the parts that settings, connections and extensions are in, each of which
// names what a program loads on its own or at the first click.
func (p *office) loads(r *reading, local string) error {
	switch local {
	case "webVideoPr":
		if html, at := findAttribute(r, "embeddedHtml"); html != "" {
			return p.external(r, officeVideo, html, at, "the markup of a video on the web:")
		}
	case "connection":
		for _, name := range []string{"odcFile", "sourceFile"} {
			if value, at := findAttribute(r, name); value != "" {
				return p.external(r, officeQuery, value, at, "the file of a connection:")
			}
		}
	case "taskpane", "webextension", "webextensionref":
		return p.external(r, officeExtension, attributeOf(r, "id"), r.scan.At(),
			"the element "+local+" loads a program from the web:")
	case "attachedSchema":
		if value, at := findAttribute(r, "val"); p.leaves(value) != "" && !strings.HasPrefix(trimURI(value), "urn:") {
			return p.external(r, officeSchema, value, at, "the attached schema")
		}
	case "schema":
		if !strings.Contains(string(r.scan.Space()), "schemaLibrary") {
			return nil // XML Schema has an element of this name.
		}
		for _, name := range []string{"schemaLocation", "manifestLocation"} {
			if value, at := findAttribute(r, name); value != "" {
				return p.external(r, officeSchema, value, at, "the schema library loads")
			}
		}
	}
	return nil
}

// automatic refuses a defined name that runs a macro when the book is opened, closed, or looked at.
func (p *office) automatic(r *reading, local string) error {
	if local != "definedName" {
		return nil
	}
	value, at := findAttribute(r, "name")
	name, builtIn := strings.CutPrefix(strings.ToLower(strings.TrimSpace(value)), "_xlnm.")
	for _, event := range []string{"auto_open", "auto_close", "auto_activate", "auto_deactivate"} {
		if name == event || builtIn && strings.HasPrefix(name, event) {
			return r.refuse(RuleActiveContent, at, "the name "+limits.Quote(value)+" runs a macro")
		}
	}
	return nil
}

// bounds refuses rows and columns beyond the last of SpreadsheetML: a program that makes room for all
// rows up to the one that is named runs out of memory.
func (p *office) bounds(r *reading, local string) error {
	for i := range r.scan.Attrs() {
		a := r.scan.Attr(i)
		if a.Colon >= 0 || a.Declaration {
			continue
		}
		value := strings.TrimSpace(string(a.Value))
		within := true
		switch local + " " + string(a.Name) {
		case "row r":
			within = ooxml.Row(value)
		case "row spans":
			for span := range strings.FieldsSeq(value) {
				from, to, _ := strings.Cut(span, ":")
				within = within && ooxml.Column(from) && ooxml.Column(to)
			}
		case "col min", "col max":
			within = ooxml.Column(value)
		case "brk id":
			within = value == "0" || ooxml.Row(value)
		case "c r", "dimension ref", "mergeCell ref", "f ref", "f r1", "f r2":
			within = ooxml.Cells(value)
		}
		if within {
			continue
		}
		if err := r.refuse(RuleOOXMLBounds, r.scan.AttrAt(i), "the attribute "+string(a.Name)+" of "+local+" is "+
			limits.Quote(value)+", not within "+strconv.Itoa(ooxml.MaxRow)+" rows and "+strconv.Itoa(ooxml.MaxColumn)+" columns"); err != nil {
			return err
		}
	}
	return nil
}
