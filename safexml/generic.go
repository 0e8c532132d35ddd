package safexml

import (
	"bytes"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// ruled reports whether a rule for all documents is about the vocabulary.
func (v vocabulary) ruled() bool {
	if v == vocabXML {
		return true
	}
	for i := range genericRows {
		if genericRows[i].vocabulary == v {
			return v != vocabNone
		}
	}
	return v == vocabXForms
}

// startElement applies the rules for all documents to a start tag of which something is known.
func (r *reading) startElement() error {
	s := r.scan
	v := vocabulary(s.Vocabulary())
	name, colon := s.Name()
	local := name[colon+1:]
	if v != vocabNone {
		if err := r.element(v, local); err != nil {
			return err
		}
	}
	if s.Watching() {
		s.KeepText() // A stylesheet can compute in text as well (XSLT 3.0, 5.6.2).
	}
	for i := range s.Attrs() {
		a := s.Attr(i)
		if a.Declaration {
			continue
		}
		if a.Vocabulary != 0 {
			if err := r.foreignAttr(i, &a); err != nil {
				return err
			}
		}
		if s.Watching() || v.holdsXPath() {
			if err := r.xpath(a.Value, a.Cut, v == vocabNone, s.AttrAt(i)); err != nil {
				return err
			}
		}
	}
	return nil
}

// element looks for the mechanisms of an element of a known vocabulary.
func (r *reading) element(v vocabulary, local []byte) error {
	for _, rows := range [][]row{genericRows[:], documentRows[:]} {
		for i := range rows {
			w := &rows[i]
			if w.vocabulary != v || w.element == "" || w.element != "*" && w.element != string(local) ||
				r.tell == nil && w.Rule == "" {
				continue
			}
			if err := r.elementRow(w); err != nil {
				return err
			}
		}
	}
	return nil
}

// elementRow reports the references that an element makes by one mechanism.
func (r *reading) elementRow(w *row) error {
	s := r.scan
	if w.form == textURI {
		return r.pendText(w)
	}
	for i := range s.Attrs() {
		if a := s.Attr(i); a.Colon < 0 && string(a.Name) == w.attribute {
			return r.attrRow(w, &a, s.AttrAt(i))
		}
	}
	if w.form == presence {
		return r.refuse(w.Rule, s.At(), w.Format+" ("+w.Construct+")")
	}
	return nil
}

// foreignAttr applies the rules to an attribute of a known vocabulary.
func (r *reading) foreignAttr(i int, a *xmlscan.Attr) error {
	v, local, at := vocabulary(a.Vocabulary), a.Name[a.Colon+1:], r.scan.AttrAt(i)
	if v == vocabXML && string(local) == "base" {
		return r.pushBase(a.Value)
	}
	for _, rows := range [][]row{genericRows[:], documentRows[:]} {
		for i := range rows {
			w := &rows[i]
			if w.vocabulary != v || w.element != "" || w.attribute != string(local) || r.tell == nil && w.Rule == "" {
				continue
			}
			// An XLink is one or the other.
			if v == vocabXLink && (w.form == linkedOnLoad) != r.loadsLink(a) {
				continue
			}
			if err := r.attrRow(w, a, at); err != nil {
				return err
			}
		}
	}
	return nil
}

// loadsLink reports whether the XLink in an attribute leads elsewhere and is followed without
// anybody's asking (XLink 1.1, 5.6).
func (r *reading) loadsLink(href *xmlscan.Attr) bool {
	s := r.scan
	for i := range s.Attrs() {
		a := s.Attr(i)
		if vocabulary(a.Vocabulary) != vocabXLink {
			continue
		}
		switch local, value := a.Name[a.Colon+1:], string(bytes.TrimSpace(a.Value)); {
		case string(local) == "actuate" && value == "onLoad", string(local) == "show" && value == "embed":
			return isRemote(r.resolve(string(href.Value)))
		}
	}
	return false
}

// attrRow reports the references in the value of one attribute.
func (r *reading) attrRow(w *row, a *xmlscan.Attr, at xmlscan.Position) error {
	value := string(a.Value)
	switch w.form {
	case oneURI, presence, linkedOnLoad, textURI, pseudo, systemID, xpathCall, inCSS, inOffice:
		return r.refers(&w.Mechanism, value, at)
	case pairs:
		fields := strings.Fields(value)
		for i := 1; i < len(fields); i += 2 {
			if err := r.refers(&w.Mechanism, fields[i], at); err != nil {
				return err
			}
		}
		if len(fields) < 2 {
			return r.refers(&w.Mechanism, value, at)
		}
		return nil
	case list, candidates:
		for _, uri := range splitURIs(value, w.form) {
			if err := r.refers(&w.Mechanism, uri, at); err != nil {
				return err
			}
		}
		return nil
	case refresh:
		// HTML takes anything between the number and the address.
		if i := strings.IndexAny(value, ";,"); i >= 0 {
			uri := strings.TrimSpace(value[i+1:])
			if len(uri) > 3 && strings.EqualFold(uri[:3], "url") {
				uri = strings.TrimLeft(uri[3:], " \t=")
			}
			return r.refers(&w.Mechanism, strings.Trim(uri, `"'`), at)
		}
	}
	return nil
}

// splitURIs returns the URIs of a list: separated by white space, or by commas and followed by a
// descriptor each.
func splitURIs(value string, f form) []string {
	if f == list {
		return strings.Fields(value)
	}
	var uris []string
	for part := range strings.SplitSeq(value, ",") {
		if fields := strings.Fields(part); len(fields) > 0 {
			uris = append(uris, fields[0])
		}
	}
	return uris
}

// endElement ends what the element has begun.
func (r *reading) endElement() error {
	depth := r.scan.Depth()
	if n := len(r.bases); n > 0 && r.bases[n-1].depth == depth {
		r.popBase()
	}
	if n := len(r.texts); n > 0 && r.texts[n-1].depth == depth {
		t := r.texts[n-1]
		r.texts = r.texts[:n-1]
		if uri := strings.TrimSpace(t.text.String()); uri != "" {
			return r.refers(&t.row.Mechanism, uri, t.at)
		}
	}
	return nil
}

// A pendingText is an element whose text is a URI.
type pendingText struct {
	row   *row
	depth int
	text  *strings.Builder
	at    xmlscan.Position // of the first text
}

func (r *reading) pendText(w *row) error {
	if err := r.hold(128); err != nil {
		return err
	}
	r.texts = append(r.texts, pendingText{row: w, depth: r.scan.Depth(), text: new(strings.Builder)})
	return nil
}

// text collects the text of an element that is a URI, and looks at text in which a stylesheet may
// compute.
func (r *reading) text() error {
	data := r.scan.Data()
	if n := len(r.texts); n > 0 && r.texts[n-1].depth == r.scan.Depth() {
		t := &r.texts[n-1]
		if len(bytes.TrimSpace(data)) > 0 || t.text.Len() > 0 {
			if t.text.Len() == 0 {
				t.at = r.scan.At()
			}
			if err := r.hold(len(data)); err != nil {
				return err
			}
			t.text.Write(data)
		}
	}
	if r.scan.Watching() {
		return r.xpath(data, false, true, r.scan.At())
	}
	return nil
}

// instruction applies the rules to a processing instruction.
func (r *reading) instruction() error {
	w := instructionRow(r.scan.Target())
	if w == nil {
		return nil
	}
	if r.tell != nil {
		if uri, ok := pseudoAttribute(r.scan.Data(), w.attribute); ok {
			return r.refers(&w.Mechanism, uri, r.scan.At())
		}
		return nil
	}
	return r.refuse(w.Rule, r.scan.At(), "the instruction "+limits.Quote(w.element)+" has programs fetch what it names")
}

// doctype applies the rules to a document type declaration. The scanner has refused it unless that
// was lifted.
func (r *reading) doctype() error {
	_, system := r.scan.External()
	if r.tell == nil {
		return r.note(RuleDoctype, r.scan.At(),
			"a document type declaration with the system identifier "+limits.Quote(system))
	}
	if system == "" {
		return nil
	}
	return r.refers(&genericRows[0].Mechanism, system, r.scan.At())
}
