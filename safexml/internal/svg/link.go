package svg

import (
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/refs"
	"github.com/seed73825598/airlock/safexml/internal/rule"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// link judges a reference: within the document, or an image that stands in it.
func (p *Profile) link(d rule.Document, kind Element, i int, a *xmlscan.Attr) error {
	value := string(a.Value)
	if id, ok := refs.Fragment(value); ok {
		if !Plain.Match([]byte(id)) {
			return d.Refuse(rule.Unlisted, d.AttrAt(i),
				limits.Quote(string(a.Name))+" leads to "+limits.Quote(value)+", which is no ID")
		}
		if element, colon := d.Name(); kind == Linked || kind == Image || string(element[colon+1:]) == "textPath" {
			return p.graph.Link(id) // A text along a path is as large as the path.
		}
		return nil
	}
	element, colon := d.Name()
	switch local := string(element[colon+1:]); {
	case p.conf.Images && kind == Image && IsRasterImage(value):
		return p.image(d, value, d.AttrAt(i))
	case p.conf.Fonts && local == "font-face-uri" && IsFont(value):
		return nil
	case p.conf.Hyperlinks && local == "a" && isHyperlink(value):
		return d.Note(d.AttrAt(i), "a hyperlink to "+limits.Quote(value))
	}
	return d.Refuse(rule.External, d.AttrAt(i),
		limits.Quote(string(a.Name))+" leads to "+limits.Quote(value)+"; only a #fragment of the document itself may stand "+
			"there")
}

// isHyperlink reports whether a reference is one that is followed by a click alone. Controls could
// make it another one for some readers.
func isHyperlink(uri string) bool {
	if strings.ContainsFunc(uri, isControl) {
		return false
	}
	scheme, _, _ := strings.Cut(strings.Trim(uri, " "), ":")
	switch strings.ToLower(scheme) {
	case "http", "https", "mailto", "tel":
		return strings.Contains(uri, ":")
	}
	return false
}
