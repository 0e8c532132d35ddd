package safexml

import (
	"bytes"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/refs"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// isRuled reports whether a rule for all documents is about the vocabulary: one of the table,
// xml:base, or XPath in XForms.
func isRuled(v refs.Vocabulary) bool {
	return v == refs.XML || v == refs.XForms || v != refs.None && refs.Ruled(v)
}

// startElement applies the rules for all documents to a start tag of which something is known.
func (r *reading) startElement() error {
	s := r.scan
	v := refs.Vocabulary(s.Vocabulary())
	name, colon := s.Name()
	local := name[colon+1:]
	if r.tell != nil && len(s.Space()) == 0 {
		v = r.byRoot(local)
	}
	if err := r.ownBase(); err != nil {
		return err
	}
	if v != refs.None {
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
			if (s.Watching() || v == refs.XSLT) && namesCode(a.Value) {
				if err := r.refuse(RuleActiveContent, s.AttrAt(i), "a namespace that stands for program code, whose functions "+
					"a stylesheet calls: "+limits.Quote(string(a.Value))); err != nil {
					return err
				}
			}
			continue
		}
		if a.Vocabulary != 0 {
			if err := r.foreignAttr(i, &a); err != nil {
				return err
			}
		}
		if expression, ok := shadow(&a); ok && v == refs.XSLT {
			if err := r.refers(refs.ByID("xslt-shadow"), expression, s.AttrAt(i)); err != nil {
				return err
			}
		}
		if s.Watching() || holdsXPath(v) {
			if err := r.xpath(a.Value, a.Cut, v == refs.None, s.AttrAt(i)); err != nil {
				return err
			}
		}
	}
	return nil
}

// ownBase takes the xml:base of the element at hand, which holds for its own attributes and text,
// wherever among them it stands (XML Base, 4.2).
func (r *reading) ownBase() error {
	for i := range r.scan.Attrs() {
		a := r.scan.Attr(i)
		if !a.Declaration && refs.Vocabulary(a.Vocabulary) == refs.XML && string(a.Name[a.Colon+1:]) == "base" {
			return r.pushBase(a.Value)
		}
	}
	return nil
}

// byRoot returns the vocabulary of an element without a namespace, which the root element tells.
func (r *reading) byRoot(local []byte) refs.Vocabulary {
	if r.scan.Depth() == 1 {
		r.plain = refs.ByRoot(local)
	}
	return r.plain
}

// element looks for the mechanisms of an element of a known vocabulary.
func (r *reading) element(v refs.Vocabulary, local []byte) error {
	rows := refs.Rows(v)
	for i := range rows {
		w := &rows[i]
		if w.Element == "" || w.Element != "*" && w.Element != string(local) || r.tell == nil && w.Rule == "" {
			continue
		}
		if err := r.elementRow(w); err != nil {
			return err
		}
	}
	return nil
}

// elementRow reports the references that an element makes by one mechanism.
func (r *reading) elementRow(w *refs.Row) error {
	s := r.scan
	if w.Form == refs.Text {
		return r.pendText(w)
	}
	found := false
	for i := range s.Attrs() {
		a := s.Attr(i)
		if !namesOf(w, &a) {
			continue
		}
		found = true
		if err := r.attrRow(w, &a, s.AttrAt(i)); err != nil {
			return err
		}
	}
	if found {
		return nil
	}
	if w.Form == refs.Presence {
		return r.refuse(w.Rule, s.At(), w.Format()+" ("+w.Construct()+")")
	}
	return nil
}

// namesOf reports whether some program takes an attribute for the one of a mechanism. libxml2 takes
// an attribute by its local name alone in XInclude, RELAX NG and catalogs, and the first of
// several. An attribute that is a mechanism of its own, as xlink:href, is told as that.
func namesOf(w *refs.Row, a *xmlscan.Attr) bool {
	local := a.Name[a.Colon+1:]
	switch own := refs.Vocabulary(a.Vocabulary); {
	case a.Declaration:
		return false
	case string(local) != w.Attribute:
		// XSLT 3.0, 3.13.2: the value of _href is that of href.
		return w.Vocabulary == refs.XSLT && a.Colon < 0 && len(local) > 1 && local[0] == '_' &&
			string(local[1:]) == w.Attribute
	case a.Colon < 0:
		return true
	case own == refs.XSI:
		return false
	default:
		return w.Rule != "" || !refs.HasAttribute(own, local)
	}
}

// foreignAttr applies the rules to an attribute of a known vocabulary.
func (r *reading) foreignAttr(i int, a *xmlscan.Attr) error {
	v, local, at := refs.Vocabulary(a.Vocabulary), a.Name[a.Colon+1:], r.scan.AttrAt(i)
	rows := refs.Rows(v)
	for i := range rows {
		w := &rows[i]
		if w.Element != "" || w.Attribute != string(local) || r.tell == nil && w.Rule == "" {
			continue
		}
		// An XLink is one or the other.
		if v == refs.XLink && (w.Form == refs.OnLoad) != r.loadsLink(a) {
			continue
		}
		if err := r.attrRow(w, a, at); err != nil {
			return err
		}
	}
	return nil
}

// loadsLink reports whether the XLink in an attribute leads elsewhere and is followed without
// a click (XLink 1.1, 5.6).
func (r *reading) loadsLink(href *xmlscan.Attr) bool {
	s := r.scan
	for i := range s.Attrs() {
		a := s.Attr(i)
		if refs.Vocabulary(a.Vocabulary) != refs.XLink {
			continue
		}
		switch local, value := a.Name[a.Colon+1:], string(bytes.TrimSpace(a.Value)); {
		case string(local) == "actuate" && value == "onLoad", string(local) == "show" && value == "embed":
			return r.leadsOut(string(href.Value))
		}
	}
	return false
}

// attrRow reports the references in the value of one attribute.
func (r *reading) attrRow(w *refs.Row, a *xmlscan.Attr, at xmlscan.Position) error {
	value := string(a.Value)
	switch w.Form {
	case refs.OneURI, refs.Presence, refs.OnLoad, refs.Text, refs.Pseudo, refs.SystemID, refs.XPathCall, refs.InCSS,
		refs.InOffice:
		return r.refers(w, value, at)
	case refs.InBrackets:
		return r.refers(w, unbracket(value), at)
	case refs.Pairs:
		fields := strings.Fields(value)
		for i := 1; i < len(fields); i += 2 {
			if err := r.refers(w, fields[i], at); err != nil {
				return err
			}
		}
		if len(fields) < 2 {
			return r.refers(w, value, at)
		}
		return nil
	case refs.List, refs.Candidates:
		for _, uri := range splitURIs(value, w.Form) {
			if err := r.refers(w, uri, at); err != nil {
				return err
			}
		}
		return nil
	case refs.Refresh:
		// HTML takes anything between the number and the address.
		if i := strings.IndexAny(value, ";,"); i >= 0 {
			uri := strings.TrimSpace(value[i+1:])
			if len(uri) > 3 && strings.EqualFold(uri[:3], "url") {
				uri = strings.TrimLeft(uri[3:], " \t=")
			}
			return r.refers(w, strings.Trim(uri, `"'`), at)
		}
	}
	return nil
}

// unbracket returns what stands in url(), or the value itself.
func unbracket(value string) string {
	value = strings.TrimSpace(value)
	if len(value) < len("url()") || !strings.EqualFold(value[:4], "url(") || value[len(value)-1] != ')' {
		return value
	}
	return strings.Trim(value[4:len(value)-1], ` "'`)
}

// splitURIs returns the URIs of a list: separated by white space, or by commas and followed by a
// descriptor each.
func splitURIs(value string, f refs.Form) []string {
	if f == refs.List {
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
	if n := len(r.texts); n > 0 && r.texts[n-1].depth == depth {
		t := r.texts[n-1]
		r.texts = r.texts[:n-1]
		if uri := strings.TrimSpace(t.text.String()); uri != "" {
			if err := r.refers(t.row, uri, t.at); err != nil {
				return err
			}
		}
	}
	if n := len(r.bases); n > 0 && r.bases[n-1].depth == depth {
		r.popBase()
	}
	return nil
}

// A pendingText is an element whose text is a URI.
type pendingText struct {
	row   *refs.Row
	depth int
	text  *strings.Builder
	at    xmlscan.Position // of the first text
}

func (r *reading) pendText(w *refs.Row) error {
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
	w := refs.Instruction(r.scan.Target())
	if w == nil {
		return nil
	}
	if r.tell != nil {
		for _, uri := range pseudoAttributes(r.scan.Data(), w.Attribute) {
			if err := r.refers(w, uri, r.scan.At()); err != nil {
				return err
			}
		}
		return nil
	}
	return r.refuse(w.Rule, r.scan.At(), "the instruction "+limits.Quote(w.Element)+" has programs fetch what it names")
}

// doctype applies the rules to a document type declaration. The scanner has refused it unless that
// was lifted.
func (r *reading) doctype() error {
	public, system := r.scan.External()
	if r.tell == nil {
		return r.skipDoctype(public, system)
	}
	if r.scan.Subset() {
		return r.refuseSubset()
	}
	if system == "" {
		return nil
	}
	return r.refers(refs.ByID("doctype-external"), system, r.scan.At())
}

// isRemote reports whether a resolved URI leads out of the document's own directory: it has a
// scheme other than data, or names a host.
func isRemote(uri string) bool {
	uri = strings.ReplaceAll(uri, `\`, "/")
	if strings.HasPrefix(uri, "//") {
		return true
	}
	scheme, _, found := strings.Cut(uri, ":")
	return found && !strings.ContainsAny(scheme, "/?#") && !strings.EqualFold(scheme, "data")
}

// isData reports whether a URI holds what it names.
func isData(uri string) bool {
	scheme, _, found := strings.Cut(uri, ":")
	return found && strings.EqualFold(scheme, "data")
}
