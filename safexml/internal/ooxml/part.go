package ooxml

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/refs"
	"github.com/seed73825598/airlock/safexml/internal/rule"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// loads judges elements of the parts that settings, connections and extensions are in, each of
// which names what a program loads on its own or at the first click.
func (p *Profile) loads(d rule.Document, local string) error {
	switch local {
	case "webVideoPr":
		if html, at := findAttribute(d, "embeddedHtml"); html != "" {
			return external(d, officeVideo, html, at, "the markup of a video on the web:")
		}
	case "connection":
		for _, name := range []string{"odcFile", "sourceFile"} {
			if value, at := findAttribute(d, name); value != "" {
				return external(d, officeQuery, value, at, "the file of a connection:")
			}
		}
	case "taskpane", "webextension", "webextensionref":
		return external(d, officeExtension, attributeOf(d, "id"), d.At(),
			"the element "+local+" loads a program from the web:")
	case "attachedSchema":
		if value, at := findAttribute(d, "val"); p.leaves(value) != "" && !strings.HasPrefix(refs.Trim(value), "urn:") {
			return external(d, officeSchema, value, at, "the attached schema")
		}
	case "schema":
		if !strings.Contains(string(d.Space()), "schemaLibrary") {
			return nil // XML Schema has an element of this name.
		}
		for _, name := range []string{"schemaLocation", "manifestLocation"} {
			if value, at := findAttribute(d, name); value != "" {
				return external(d, officeSchema, value, at, "the schema library loads")
			}
		}
	}
	return nil
}

// automatic refuses a defined name that runs a macro when the book is opened, closed, or looked at.
func (p *Profile) automatic(d rule.Document, local string) error {
	if local != "definedName" {
		return nil
	}
	for _, kind := range []string{"xlm", "vbProcedure"} {
		if value, at := findAttribute(d, kind); value == "1" || value == "true" {
			return d.Refuse(rule.Active, at, "a name for a macro")
		}
	}
	value, at := findAttribute(d, "name")
	name, builtIn := strings.CutPrefix(strings.ToLower(strings.TrimSpace(value)), "_xlnm.")
	for _, event := range []string{"auto_open", "auto_close", "auto_activate", "auto_deactivate"} {
		if name == event || builtIn && strings.HasPrefix(name, event) {
			return d.Refuse(rule.Active, at, "the name "+limits.Quote(value)+" runs a macro")
		}
	}
	return nil
}

// spans refuses cells of tables, points of charts and shared strings in numbers that no such table,
// chart or workbook has. A program makes room for each column that a cell says it takes, for each
// point, and for each string that is to come.
func spans(d rule.Document, local string) error {
	names, limit := []string{"val"}, MaxSpan
	switch local {
	case "gridSpan", "gridBefore", "gridAfter":
	case "ptCount":
		limit = MaxRow
	case "sst":
		names, limit = []string{"uniqueCount"}, MaxStrings
	case "tc":
		names = []string{"gridSpan", "rowSpan"}
	default:
		return nil
	}
	for _, name := range names {
		value, at := findAttribute(d, name)
		if value = strings.TrimPrefix(strings.TrimSpace(value), "+"); value == "" || index(value, limit+1) {
			continue
		}
		if err := d.Refuse(rule.OOXMLBounds, at, "the attribute "+name+" of "+local+" is "+limits.Quote(value)+
			": at most "+strconv.Itoa(limit)); err != nil {
			return err
		}
	}
	return nil
}

// anchored reports whether the text of an element is the row or column where a shape or a comment
// lies. Sheets have elements of these names too.
func anchored(d rule.Document, local string) bool {
	switch local {
	case "row", "col":
		return bytes.HasSuffix(d.Space(), []byte("/spreadsheetDrawing"))
	case "Row", "Column":
		return string(d.Space()) == "urn:schemas-microsoft-com:office:excel"
	}
	return local == "sqref"
}

// within refuses a row, a column or a range that is the text of an element, beyond the last one.
func within(d rule.Document, local, text string, at xmlscan.Position) error {
	inside := true
	switch text = strings.TrimSpace(text); local {
	case "row", "Row":
		inside = text == "" || index(text, MaxRow)
	case "col", "Column":
		inside = text == "" || index(text, MaxColumn)
	case "sqref":
		inside = Cells(text)
	}
	if inside {
		return nil
	}
	return d.Refuse(rule.OOXMLBounds, at, "the element "+local+" is "+limits.Quote(text)+", not within "+
		strconv.Itoa(MaxRow)+" rows and "+strconv.Itoa(MaxColumn)+" columns")
}

// bounds refuses rows and columns beyond the last of SpreadsheetML: a program that makes room for
// all rows up to the one that is named runs out of memory.
func (p *Profile) bounds(d rule.Document, local string) error {
	for i := range d.Attrs() {
		a := d.Attr(i)
		if a.Colon >= 0 || a.Declaration {
			continue
		}
		value := strings.TrimSpace(string(a.Value))
		within := true
		switch local + " " + string(a.Name) {
		case "row r":
			within = Row(value)
		case "row spans":
			for span := range strings.FieldsSeq(value) {
				from, to, _ := strings.Cut(span, ":")
				within = within && Column(from) && Column(to)
			}
		case "col min", "col max":
			within = Column(value)
		case "brk id":
			within = value == "0" || Row(value)
		case "c r", "dimension ref", "mergeCell ref", "f ref", "f r1", "f r2", "hyperlink ref", "selection sqref",
			"selection activeCell", "pane topLeftCell", "sheetView topLeftCell", "autoFilter ref", "sortState ref", "table ref",
			"conditionalFormatting sqref", "dataValidation sqref", "protectedRange sqref", "ignoredError sqref", "comment ref",
			"threadedComment ref", "location ref", "worksheetSource ref", "dataRef ref":
			within = Cells(value)
		}
		if within {
			continue
		}
		if err := d.Refuse(rule.OOXMLBounds, d.AttrAt(i), "the attribute "+string(a.Name)+" of "+local+" is "+
			limits.Quote(value)+", not within "+strconv.Itoa(MaxRow)+" rows and "+strconv.Itoa(MaxColumn)+
			" columns"); err != nil {
			return err
		}
	}
	return nil
}
