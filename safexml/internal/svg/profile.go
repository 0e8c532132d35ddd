package svg

import (
	"bytes"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/css"
	"github.com/seed73825598/airlock/safexml/internal/refs"
	"github.com/seed73825598/airlock/safexml/internal/rule"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// A Profile holds the rules of drawings. It sees one document.
type Profile struct {
	conf   Config
	graph  *Graph
	alien  bool // the root element has a prefix, so that for an HTML parser nothing is a drawing
	notes  int  // the depth of the metadata element that is open; 0 outside
	closed int  // the depth of the title, desc or style element that is open; 0 outside
	style  *bytes.Buffer
	at     xmlscan.Position // of the style element

	width, height int // of the drawing, once it has passed
}

// A Config says what drawings may hold.
type Config struct {
	Images                    bool // raster images in data: URIs
	Fonts                     bool // fonts in data: URIs
	Hyperlinks                bool // links that a click follows
	CanvasWidth, CanvasHeight int  // in CSS pixels; 0 for the default
}

// New returns a profile for one document.
func New(c Config) *Profile { return &Profile{conf: c} }

// Size returns the size of the drawing in CSS pixels, once it has passed.
func (p *Profile) Size() (width, height int) { return p.width, p.height }

// Needs implements rule.Profile. A cycle can close at the end, and the data of paths is judged
// whole.
func (p *Profile) Needs() rule.Needs {
	return rule.Needs{Content: xmlscan.Of(xmlscan.Text, xmlscan.CDATA, xmlscan.Comment, xmlscan.ProcInst), Values: true,
		Whole: true}
}

// Start implements rule.Profile.
func (p *Profile) Start(d rule.Document) error {
	raw, colon := d.Name()
	local := string(raw[colon+1:])
	v := refs.Vocabulary(d.Vocabulary())
	drawn := v == refs.SVG || v == refs.None && len(d.Space()) == 0
	kind := Unlisted
	if drawn {
		kind = ElementOf(local)
	}
	remark := p.closed > 0 && p.style == nil && kind == Unlisted && drawn && colon < 0 && isRemark(local) && d.Attrs() == 0
	if p.closed > 0 && !remark {
		if err := d.Refuse(rule.Unlisted, d.At(),
			"an element inside title, desc or style, which an HTML parser reads as something else"); err != nil {
			return err
		}
	}
	if remark { // For the profile it is text.
		kind = Texts
	}
	if err := p.element(d, v, drawn, kind, local, colon < 0); err != nil {
		return err
	}
	if p.graph == nil {
		p.graph, p.alien = NewGraph(d), colon >= 0
	}
	name := local
	if !drawn {
		name = ""
		if k := ElementOf(local); k == Linked || k == Image {
			kind = k // For renderers that know no namespaces.
		}
	}
	if err := p.graph.Open(name); err != nil {
		return err
	}
	if around := p.graph.Around(); (around == "glyph" || around == "missing-glyph") && kindOf(name).inPlace() && drawn {
		if err := d.Refuse(rule.Unlisted, d.At(), "the element "+limits.Quote(local)+
			" in a glyph: each character of a text would draw it, and it may be a text itself"); err != nil {
			return err
		}
	}
	if err := p.identify(d); err != nil {
		return err
	}
	for i := range d.Attrs() {
		if a := d.Attr(i); !a.Declaration {
			if err := p.attribute(d, kind, drawn, local, i, &a); err != nil {
				return err
			}
		}
	}
	if p.notes == 0 && drawn && local == "metadata" {
		p.notes = d.Depth()
	}
	if err := p.measured(d, name); err != nil {
		return err
	}
	if p.closed == 0 && (kind == Texts || kind == Style) {
		p.closed = d.Depth()
		if kind == Style {
			p.style, p.at = new(bytes.Buffer), d.At()
		}
	}
	return nil
}

// identify takes the IDs of an element, before whatever its other attributes refer to.
func (p *Profile) identify(d rule.Document) error {
	for i := range d.Attrs() {
		a := d.Attr(i)
		if string(a.Name[a.Colon+1:]) != "id" || a.Colon >= 0 && refs.Vocabulary(a.Vocabulary) != refs.XML {
			continue
		}
		if a.Cut {
			return d.Refuse(rule.Unlisted, d.AttrAt(i), "an ID longer than 64 KiB")
		}
		if err := p.graph.Identify(string(a.Value)); err != nil {
			return err
		}
	}
	return nil
}

// element judges the name of an element.
func (p *Profile) element(d rule.Document, v refs.Vocabulary, drawn bool, kind Element, local string, bare bool) error {
	at, what := d.At(), limits.Quote(local)
	switch {
	case d.Depth() == 1 && (!drawn || local != "svg"):
		return d.Refuse(rule.Unlisted, at, "the root element is "+what+" and not svg")
	case kind == Active, v == refs.XHTML, v == refs.XForms:
		return d.Refuse(rule.Active, at, "the element "+what+" runs code, or can hold what does")
	case kind == Loading:
		return d.Refuse(rule.External, at, "the element "+what+" loads another resource")
	case drawn && kind == Unlisted:
		return d.Refuse(rule.Unlisted, at, "the element "+what+" is none that the profile knows")
	case drawn:
		return nil
	case !IsEditorsNamespace(string(d.Space())):
		return d.Refuse(rule.Unlisted, at,
			"an element of the namespace "+limits.Quote(string(d.Space()))+", which is none that the profile knows")
	case bare && IsHTMLName(local):
		return d.Refuse(rule.Unlisted, at,
			"the element "+what+" of a foreign namespace without a prefix, which an HTML parser takes for its own")
	case isNeverForeign(local):
		return d.Refuse(rule.Unlisted, at,
			"the element "+what+" of a foreign namespace, which renderers that know no namespaces take for that of SVG")
	}
	return nil
}

// isNeverForeign reports whether an element has the local name of one whose text or content acts.
func isNeverForeign(local string) bool {
	switch strings.ToLower(local) {
	case "style", "script", "handler", "foreignobject":
		return true
	}
	return false
}

// attribute judges an attribute.
func (p *Profile) attribute(d rule.Document, kind Element, drawn bool, element string, i int, a *xmlscan.Attr) error {
	if a.Colon >= 0 {
		return p.prefixed(d, kind, i, a)
	}
	name := string(a.Name)
	if !drawn {
		name = strings.ToLower(name) // As an HTML parser does.
	}
	switch {
	case isHandler(name):
		return d.Refuse(rule.Active, d.AttrAt(i), "the attribute "+limits.Quote(name)+" runs what it holds")
	case name == "style":
		return p.css(d, a, i, declarations, name)
	case !drawn && (name == "href" || name == "src"):
		return p.link(d, kind, i, a)
	case !drawn:
		if IsProperty(name) {
			return p.css(d, a, i, looseValue, name)
		}
		return nil
	case !IsAttribute(name), element == "font" && (name == "color" || name == "face" || name == "size"):
		// In a page, font with one of the three is an element of HTML and ends the drawing.
		return d.Refuse(rule.Unlisted, d.AttrAt(i),
			"the attribute "+limits.Quote(name)+" is none that the profile knows")
	case name == "href", name == "src":
		return p.link(d, kind, i, a)
	case name == "class":
		if err := p.graph.Class(string(a.Value)); err != nil {
			return err
		}
	case name == "type" && kind == Style && !isCSSType(a.Value):
		return d.Refuse(rule.Unlisted, d.AttrAt(i),
			"a style sheet of the type "+limits.Quote(string(a.Value)))
	case name == "attributeName" && kind == Animation:
		if err := p.animates(d, i, a); err != nil {
			return err
		}
	}
	return p.value(d, element, name, i, a)
}

// value holds the value of an attribute to its grammar.
func (p *Profile) value(d rule.Document, element, name string, i int, a *xmlscan.Attr) error {
	grammar := GrammarOf(element, name)
	switch grammar {
	case Property:
		return p.css(d, a, i, propertyValue, name)
	case Animated:
		if err := p.css(d, a, i, looseValue, name); err != nil {
			return err
		}
		if err := p.bounded(d, p.animated(d, name), a.Value, d.AttrAt(i)); err != nil {
			return err
		}
	default:
	}
	if a.Cut || !grammar.Match(a.Value) {
		return d.Refuse(rule.Unlisted, d.AttrAt(i), "the value of "+limits.Quote(name)+" is not "+
			grammar.String()+": "+limits.Quote(string(a.Value)))
	}
	return p.measure(d, name, a.Value, d.AttrAt(i))
}

// isHandler reports whether an attribute may be an event handler. There will be more of them, but
// none with anything but letters in its name.
func isHandler(name string) bool {
	if len(name) <= 2 || !strings.EqualFold(name[:2], "on") {
		return false
	}
	for _, c := range name {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return true
}

// isCSSType reports whether the type of a style element says CSS, or nothing.
func isCSSType(value []byte) bool {
	essence, _, _ := strings.Cut(string(value), ";")
	essence = strings.TrimSpace(essence)
	return essence == "" || strings.EqualFold(essence, "text/css")
}

// prefixed judges an attribute with a prefix.
func (p *Profile) prefixed(d rule.Document, kind Element, i int, a *xmlscan.Attr) error {
	local := string(a.Name[a.Colon+1:])
	v := refs.Vocabulary(a.Vocabulary)
	if prefix := string(a.Name[:a.Colon]); strings.EqualFold(prefix, "xlink") && v != refs.XLink {
		// An HTML parser, and renderers that know no namespaces, go by the prefix.
		return d.Refuse(rule.Unlisted, d.AttrAt(i), "the prefix "+limits.Quote(prefix)+" for another namespace than XLink")
	}
	if v == refs.XML {
		switch local {
		case "space", "lang", "id":
			return nil
		case "base":
			return d.Refuse(rule.External, d.AttrAt(i),
				"xml:base makes fragments lead to "+limits.Quote(string(a.Value)))
		}
	}
	if v == refs.XLink {
		switch local {
		case "href":
			return p.link(d, kind, i, a)
		case "type", "title", "role", "arcrole", "show", "actuate":
			return nil
		}
	}
	if local == "absref" && v == refs.Sodipodi && len(a.Value) > 0 {
		return d.Refuse(rule.External, d.AttrAt(i), "Inkscape loads "+limits.Quote(string(a.Value))+
			" from "+limits.Quote(string(a.Name))+" if the image is not in the document")
	}
	if IsEditorsNamespace(string(a.Space)) {
		return nil
	}
	return d.Refuse(rule.Unlisted, d.AttrAt(i),
		"the attribute "+limits.Quote(string(a.Name))+" is none that the profile knows")
}

// animates judges what an animation changes.
func (p *Profile) animates(d rule.Document, i int, a *xmlscan.Attr) error {
	target := strings.ToLower(strings.TrimSpace(string(a.Value)))
	if colon := strings.LastIndexByte(target, ':'); colon >= 0 {
		target = target[colon+1:]
	}
	switch {
	case target == "href", target == "src", target == "style", target == "base", target == "type",
		target == "attributename", strings.HasPrefix(target, "on"):
		return d.Refuse(rule.Active, d.AttrAt(i),
			"an animation of "+limits.Quote(target)+" can put a script in its place")
	}
	return nil
}

// paintAnimated notes what an animation paints: the element that its href names, or else the one
// around it.
func (p *Profile) paintAnimated(d rule.Document, id, property string) error {
	for i := range d.Attrs() {
		a := d.Attr(i)
		if a.Declaration || string(a.Name[a.Colon+1:]) != "href" {
			continue
		}
		target, ok := refs.Fragment(string(a.Value))
		if !ok {
			continue
		}
		for _, name := range spellings(target) {
			if err := p.graph.Style(id, property, []css.Subject{{Kind: '#', Name: name}}); err != nil {
				return err
			}
		}
	}
	return p.graph.Paint(id, property, true)
}

// cssForm is how CSS stands in an attribute.
type cssForm uint8

const (
	declarations  cssForm = iota // a list of them
	propertyValue                // the value of the property that the attribute is named for
	looseValue                   // values that no renderer takes for those of one property
)

// css judges a style attribute, or the value of a presentation attribute.
func (p *Profile) css(d rule.Document, a *xmlscan.Attr, i int, form cssForm, name string) error {
	if a.Cut || len(a.Value) > rule.JudgedBytes {
		return d.Refuse(rule.Unlisted, d.AttrAt(i),
			"the attribute "+limits.Quote(name)+" is longer than 64 KiB: it is not looked through")
	}
	if form == looseValue && !mayHoldFunction(a.Value) {
		return nil
	}
	if form == propertyValue && bytes.ContainsFunc(a.Value, isControl) {
		return d.Refuse(rule.Unlisted, d.AttrAt(i),
			"a line end or control character in the value of "+limits.Quote(name))
	}
	j := cssJudge{Document: d, at: d.AttrAt(i), drawn: form != looseValue, raw: true, single: form == propertyValue,
		fragment: func(id, property string, _ []css.Subject) error {
			if form == looseValue {
				return p.paintAnimated(d, id, p.animated(d, name))
			}
			return p.graph.Paint(id, property, false)
		},
		declared: func(property string, value []byte, inherits bool, _ []css.Subject) error {
			p.graph.Set(property, inherits)
			if form == declarations {
				return p.declare(d, property, value, d.AttrAt(i))
			}
			return p.measure(d, property, value, d.AttrAt(i))
		}}
	if j.single {
		j.property = name
	}
	return j.judge(a.Value)
}

// isControl tells controls and line ends, which stand in the value of an attribute by reference
// only.
func isControl(c rune) bool { return c < ' ' || c >= 0x7f && c <= 0x9f || c == 0x2028 || c == 0x2029 }

// Text implements rule.Texts.
func (p *Profile) Text(d rule.Document, kind xmlscan.Kind, data []byte) error {
	if kind == xmlscan.CDATA && p.style == nil && (p.closed > 0 || p.notes > 0) && bytes.ContainsAny(data, "<>") {
		return d.Refuse(rule.Unlisted, d.At(),
			"a CDATA section with < or > inside title, desc or metadata, which an HTML parser reads as markup")
	}
	if kind == xmlscan.CDATA && p.alien && bytes.IndexByte(data, '<') >= 0 {
		return d.Refuse(rule.Unlisted, d.At(), "a CDATA section with < in a drawing whose elements have prefixes, which an "+
			"HTML parser reads as markup")
	}
	if p.closed == 0 && p.notes == 0 && p.graph != nil {
		if err := p.graph.Text(data); err != nil {
			return err
		}
	}
	if p.style == nil || p.closed != d.Depth() {
		return nil
	}
	if err := d.Hold(2 * len(data)); err != nil {
		return err
	}
	p.style.Write(data)
	return nil
}

// Node implements rule.Nodes.
func (p *Profile) Node(d rule.Document, kind xmlscan.Kind) error {
	data := d.Data()
	switch {
	case kind == xmlscan.Comment && (bytes.HasPrefix(data, []byte(">")) || bytes.HasPrefix(data, []byte("->"))):
		return d.Refuse(rule.Unlisted, d.At(), "a comment that ends at once for an HTML parser")
	case kind == xmlscan.Comment && p.alien && bytes.IndexByte(data, '<') >= 0:
		// In title, style and textarea of HTML there are no comments.
		return d.Refuse(rule.Unlisted, d.At(), "a comment with < in a drawing whose elements have prefixes, which an HTML "+
			"parser may read as markup")
	case kind == xmlscan.ProcInst && bytes.IndexByte(data, '>') >= 0:
		return d.Refuse(rule.Unlisted, d.At(),
			"a processing instruction that ends earlier for an HTML parser")
	}
	return nil
}

// End implements rule.Profile.
func (p *Profile) End(d rule.Document) error {
	p.graph.Close()
	if p.notes == d.Depth() {
		p.notes = 0
	}
	if p.closed != d.Depth() {
		return nil
	}
	p.closed = 0
	if p.style == nil {
		return nil
	}
	sheet := p.style.Bytes()
	p.style = nil
	j := cssJudge{Document: d, at: p.at, sheet: true, fonts: p.conf.Fonts, fragment: p.graph.Style,
		declared: func(property string, value []byte, inherits bool, subjects []css.Subject) error {
			if err := p.graph.StyleSet(property, inherits, subjects); err != nil {
				return err
			}
			if err := p.bounded(d, property, value, p.at); err != nil {
				return err
			}
			return p.graph.StyleMeasure(property, value, subjects)
		}}
	j.drawn = true
	return j.judge(sheet)
}
