package safexml

import (
	"bytes"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/css"
	"github.com/seed73825598/airlock/safexml/internal/refs"
	"github.com/seed73825598/airlock/safexml/internal/setup"
	"github.com/seed73825598/airlock/safexml/internal/svg"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// SVG takes drawings that strangers hand in. Besides the rules for all documents such a drawing
//
//   - names nothing outside itself: every href, src and url() is a #fragment, there is no @import
//     and no xml:base ([RuleExternalReference]);
//   - runs nothing: no script, no on… attribute, no foreignObject, no animation of a link, a style
//     or a handler ([RuleActiveContent]);
//   - has only elements, attributes, at-rules and functions of CSS that the profile knows, those
//     that editors leave behind included, and nothing that an HTML parser reads differently, so
//     that it may also stand in a page ([RuleUnlistedContent]);
//   - ends when it is drawn: use, pattern, mask, marker, filter and the like do not hold themselves,
//     by what they name, set or inherit ([RuleReferenceCycle]), and with every reference followed it
//     has no more nodes than Items;
//   - is drawn at a bounded cost ([RuleDrawingCost]): see [Canvas].
//
// CSS is cut into tokens after references, CDATA sections and comments have been resolved, and its
// escapes are. The streaming faces keep the whole document, within MemoryBytes, until it has
// passed: a cycle can close at its end. [DataImages] lets in raster images inside data: URIs.
func SVG() Option {
	return func(c *setup.Config) { c.Choose(profileSVG) }
}

// MaxCanvas is the ceiling of each side of [Canvas], in CSS pixels.
const MaxCanvas = 1 << 20

// Canvas bounds what it costs to draw a document under [SVG]: each side of the drawing in CSS pixels,
// and width × height its area. Sides are from 1 to MaxCanvas. Without the option they are 16,384, and
// the area is 64 Mi pixels. With another profile, or none, it is a *limits.ConfigError.
//
// The size is that of the attributes width and height, and of the viewBox where one of them is missing
// or a percentage; [Report] has it. What filters, masks and patterns work on, their regions with all
// units, transforms, viewBoxes and references followed, multiplied by the filter's primitives and
// octaves, may be 16 canvases in all. A raster image may be as large as the canvas, by its header.
// Octaves, blurs, radii and kernels have bounds of their own.
//
// It bounds the pixels of one drawing at the size that the drawing says. A program that draws larger
// than that, or for every frame of an animation, pays as often. It does not bound what a single shape
// costs: dashes that are very short, text, layers of opacity, and the time that a program takes for a
// pixel. Give the program that draws a limit of memory and time as well.
func Canvas(width, height int) Option {
	return func(c *setup.Config) {
		c.Within("Canvas", int64(width), MaxCanvas, &c.CanvasWidth)
		c.Within("Canvas", int64(height), MaxCanvas, &c.CanvasHeight)
		c.Canvas = true
	}
}

// DataImages has [SVG] take image and feImage elements whose href is a data: URI of a raster image
// (PNG, JPEG, GIF, WebP, AVIF) in Base64. The first bytes must be those of such an image, and the size
// that they tell is held to that of [Canvas]; what else the image holds is not looked at.
func DataImages() Option { return func(c *setup.Config) { c.Images = true } }

// DataFonts has [SVG] take fonts inside data: URIs (TrueType, OpenType, WOFF, WOFF2) in Base64, where
// @font-face and font-face-uri name them. What the font holds is not looked at, but for its first
// bytes: let in fonts only where the program that draws may read fonts of strangers.
func DataFonts() Option { return func(c *setup.Config) { c.Fonts = true } }

// Hyperlinks has [SVG] take links to http, https, mailto and tel on the element a. They are followed
// by a click only, and [Report.Notes] tells of each.
func Hyperlinks() Option { return func(c *setup.Config) { c.Hyperlinks = true } }

// drawing is the profile of drawings.
type drawing struct {
	conf   *setup.Config
	graph  *svg.Graph
	notes  int // the depth of the metadata element that is open; 0 outside
	closed int // the depth of the title, desc or style element that is open; 0 outside
	style  *bytes.Buffer
	at     xmlscan.Position // of the style element

	width, height int // of the drawing, once it has passed
}

func (p *drawing) holds() bool { return true }

func (p *drawing) keeps() xmlscan.Set {
	return xmlscan.Of(xmlscan.Text, xmlscan.CDATA, xmlscan.Comment, xmlscan.ProcInst)
}

func (p *drawing) start(r *reading) error {
	s := r.scan
	raw, colon := s.Name()
	local := string(raw[colon+1:])
	v := refs.Vocabulary(s.Vocabulary())
	drawn := v == refs.SVG || v == refs.None && len(s.Space()) == 0
	kind := svg.Unlisted
	if drawn {
		kind = svg.ElementOf(local)
	}
	if p.closed > 0 {
		if err := r.refuse(RuleUnlistedContent, s.At(),
			"an element inside title, desc or style, which an HTML parser reads as something else"); err != nil {
			return err
		}
	}
	if err := p.element(r, v, drawn, kind, local, colon < 0); err != nil {
		return err
	}
	if p.graph == nil {
		p.graph = svg.NewGraph(&r.doc)
	}
	name := local
	if !drawn {
		name = ""
	}
	if err := p.graph.Open(name); err != nil {
		return err
	}
	if err := p.identify(r); err != nil {
		return err
	}
	for i := range s.Attrs() {
		if a := s.Attr(i); !a.Declaration {
			if err := p.attribute(r, kind, drawn, local, i, &a); err != nil {
				return err
			}
		}
	}
	if p.notes == 0 && drawn && local == "metadata" {
		p.notes = s.Depth()
	}
	if err := p.measured(name); err != nil {
		return err
	}
	if p.closed == 0 && (kind == svg.Texts || kind == svg.Style) {
		p.closed = s.Depth()
		if kind == svg.Style {
			p.style, p.at = new(bytes.Buffer), s.At()
		}
	}
	return nil
}

// identify takes the IDs of an element, before whatever its other attributes refer to.
func (p *drawing) identify(r *reading) error {
	for i := range r.scan.Attrs() {
		a := r.scan.Attr(i)
		if string(a.Name[a.Colon+1:]) != "id" || a.Colon >= 0 && refs.Vocabulary(a.Vocabulary) != refs.XML {
			continue
		}
		if a.Cut {
			return r.refuse(RuleUnlistedContent, r.scan.AttrAt(i), "an ID longer than 64 KiB")
		}
		if err := p.graph.Identify(string(a.Value)); err != nil {
			return err
		}
	}
	return nil
}

// element judges the name of an element.
func (p *drawing) element(r *reading, v refs.Vocabulary, drawn bool, kind svg.Element, local string, bare bool) error {
	at, what := r.scan.At(), limits.Quote(local)
	switch {
	case r.scan.Depth() == 1 && (!drawn || local != "svg"):
		return r.refuse(RuleUnlistedContent, at, "the root element is "+what+" and not svg")
	case kind == svg.Active, v == refs.XHTML, v == refs.XForms:
		return r.refuse(RuleActiveContent, at, "the element "+what+" runs code, or can hold what does")
	case kind == svg.Loading:
		return r.refuse(RuleExternalReference, at, "the element "+what+" loads another resource")
	case drawn && kind == svg.Unlisted:
		return r.refuse(RuleUnlistedContent, at, "the element "+what+" is none that the profile knows")
	case drawn:
		return nil
	case !svg.IsEditorsNamespace(string(r.scan.Space())):
		return r.refuse(RuleUnlistedContent, at,
			"an element of the namespace "+limits.Quote(string(r.scan.Space()))+", which is none that the profile knows")
	case bare && svg.IsHTMLName(local):
		return r.refuse(RuleUnlistedContent, at,
			"the element "+what+" of a foreign namespace without a prefix, which an HTML parser takes for its own")
	}
	return nil
}

// attribute judges an attribute.
func (p *drawing) attribute(r *reading, kind svg.Element, drawn bool, element string, i int, a *xmlscan.Attr) error {
	if a.Colon >= 0 {
		return p.prefixed(r, kind, i, a)
	}
	name := string(a.Name)
	switch {
	case isHandler(name):
		return r.refuse(RuleActiveContent, r.scan.AttrAt(i), "the attribute "+limits.Quote(name)+" runs what it holds")
	case name == "style":
		return p.css(r, a, i, declarations, name)
	case !drawn:
		if svg.IsProperty(name) {
			return p.css(r, a, i, looseValue, name)
		}
		return nil
	case !svg.IsAttribute(name), element == "font" && (name == "color" || name == "face" || name == "size"):
		// In a page, font with one of the three is an element of HTML and ends the drawing.
		return r.refuse(RuleUnlistedContent, r.scan.AttrAt(i),
			"the attribute "+limits.Quote(name)+" is none that the profile knows")
	case name == "href", name == "src":
		return p.link(r, kind, i, a)
	case name == "class":
		if err := p.graph.Class(string(a.Value)); err != nil {
			return err
		}
	case name == "type" && kind == svg.Style && !isCSSType(a.Value):
		return r.refuse(RuleUnlistedContent, r.scan.AttrAt(i),
			"a style sheet of the type "+limits.Quote(string(a.Value)))
	case name == "attributeName" && kind == svg.Animation:
		if err := p.animates(r, i, a); err != nil {
			return err
		}
	}
	return p.value(r, element, name, i, a)
}

// value holds the value of an attribute to its grammar.
func (p *drawing) value(r *reading, element, name string, i int, a *xmlscan.Attr) error {
	grammar := svg.GrammarOf(element, name)
	switch grammar {
	case svg.Property:
		return p.css(r, a, i, propertyValue, name)
	case svg.Animated:
		if err := p.css(r, a, i, looseValue, name); err != nil {
			return err
		}
	default:
	}
	if a.Cut || !grammar.Match(a.Value) {
		return r.refuse(RuleUnlistedContent, r.scan.AttrAt(i), "the value of "+limits.Quote(name)+" is not "+
			grammar.String()+": "+limits.Quote(string(a.Value)))
	}
	return p.measure(r, name, a.Value, r.scan.AttrAt(i))
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
func (p *drawing) prefixed(r *reading, kind svg.Element, i int, a *xmlscan.Attr) error {
	local := string(a.Name[a.Colon+1:])
	v := refs.Vocabulary(a.Vocabulary)
	if v == refs.XML {
		switch local {
		case "space", "lang", "id":
			return nil
		case "base":
			return r.refuse(RuleExternalReference, r.scan.AttrAt(i),
				"xml:base makes fragments lead to "+limits.Quote(string(a.Value)))
		}
	}
	if v == refs.XLink {
		switch local {
		case "href":
			return p.link(r, kind, i, a)
		case "type", "title", "role", "arcrole", "show", "actuate":
			return nil
		}
	}
	if svg.IsEditorsNamespace(string(a.Space)) {
		return nil
	}
	return r.refuse(RuleUnlistedContent, r.scan.AttrAt(i),
		"the attribute "+limits.Quote(string(a.Name))+" is none that the profile knows")
}

// link judges a reference: within the document, or an image that stands in it.
func (p *drawing) link(r *reading, kind svg.Element, i int, a *xmlscan.Attr) error {
	value := string(a.Value)
	if id, ok := fragmentOf(value); ok {
		if !svg.Plain.Match([]byte(id)) {
			return r.refuse(RuleUnlistedContent, r.scan.AttrAt(i),
				limits.Quote(string(a.Name))+" leads to "+limits.Quote(value)+", which is no ID")
		}
		if kind == svg.Linked || kind == svg.Image {
			return p.graph.Link(id)
		}
		return nil
	}
	element, colon := r.scan.Name()
	switch local := string(element[colon+1:]); {
	case p.conf.Images && kind == svg.Image && svg.IsRasterImage(value):
		return p.image(r, value, r.scan.AttrAt(i))
	case p.conf.Fonts && local == "font-face-uri" && svg.IsFont(value):
		return nil
	case p.conf.Hyperlinks && local == "a" && isHyperlink(value):
		return r.note("", r.scan.AttrAt(i), "a hyperlink to "+limits.Quote(value))
	}
	return r.refuse(RuleExternalReference, r.scan.AttrAt(i),
		limits.Quote(string(a.Name))+" leads to "+limits.Quote(value)+"; only a #fragment of the document itself may stand there")
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

// animates judges what an animation changes.
func (p *drawing) animates(r *reading, i int, a *xmlscan.Attr) error {
	target := strings.ToLower(strings.TrimSpace(string(a.Value)))
	if colon := strings.LastIndexByte(target, ':'); colon >= 0 {
		target = target[colon+1:]
	}
	switch {
	case target == "href", target == "src", target == "style", target == "base", target == "type",
		target == "attributename", strings.HasPrefix(target, "on"):
		return r.refuse(RuleActiveContent, r.scan.AttrAt(i),
			"an animation of "+limits.Quote(target)+" can put a script in its place")
	}
	return nil
}

// cssForm is how CSS stands in an attribute.
type cssForm uint8

const (
	declarations  cssForm = iota // a list of them
	propertyValue                // the value of the property that the attribute is named for
	looseValue                   // values that no renderer takes for those of one property
)

// css judges a style attribute, or the value of a presentation attribute.
func (p *drawing) css(r *reading, a *xmlscan.Attr, i int, form cssForm, name string) error {
	if a.Cut || len(a.Value) > judgedBytes {
		return r.refuse(RuleUnlistedContent, r.scan.AttrAt(i),
			"the attribute "+limits.Quote(name)+" is longer than 64 KiB: it is not looked through")
	}
	if form == looseValue && !mayHoldFunction(a.Value) {
		return nil
	}
	if form == propertyValue && bytes.ContainsFunc(a.Value, isControl) {
		return r.refuse(RuleUnlistedContent, r.scan.AttrAt(i),
			"a line end or control character in the value of "+limits.Quote(name))
	}
	j := cssJudge{reading: r, at: r.scan.AttrAt(i), drawn: form != looseValue, raw: true, single: form == propertyValue,
		fragment: func(id, property string, _ []css.Subject) error {
			if form == looseValue {
				return p.graph.Paint(id, p.animated(r, name), true)
			}
			return p.graph.Paint(id, property, false)
		},
		declared: func(property string, value []byte, inherits bool, _ []css.Subject) error {
			p.graph.Set(property, inherits)
			return p.measure(r, property, value, r.scan.AttrAt(i))
		}}
	if j.single {
		j.property = name
	}
	return j.judge(a.Value)
}

// isControl tells controls and line ends, which stand in the value of an attribute by reference
// only.
func isControl(c rune) bool { return c < ' ' || c >= 0x7f && c <= 0x9f || c == 0x2028 || c == 0x2029 }

func (p *drawing) text(r *reading, kind xmlscan.Kind, data []byte) error {
	if kind == xmlscan.CDATA && p.style == nil && (p.closed > 0 || p.notes > 0) && bytes.ContainsAny(data, "<>") {
		return r.refuse(RuleUnlistedContent, r.scan.At(),
			"a CDATA section with < or > inside title, desc or metadata, which an HTML parser reads as markup")
	}
	if p.style == nil || p.closed != r.scan.Depth() {
		return nil
	}
	if err := r.hold(2 * len(data)); err != nil {
		return err
	}
	p.style.Write(data)
	return nil
}

func (p *drawing) node(r *reading, kind xmlscan.Kind) error {
	data := r.scan.Data()
	switch {
	case kind == xmlscan.Comment && (bytes.HasPrefix(data, []byte(">")) || bytes.HasPrefix(data, []byte("->"))):
		return r.refuse(RuleUnlistedContent, r.scan.At(), "a comment that ends at once for an HTML parser")
	case kind == xmlscan.ProcInst && bytes.IndexByte(data, '>') >= 0:
		return r.refuse(RuleUnlistedContent, r.scan.At(),
			"a processing instruction that ends earlier for an HTML parser")
	}
	return nil
}

func (p *drawing) end(r *reading) error {
	p.graph.Close()
	if p.notes == r.scan.Depth() {
		p.notes = 0
	}
	if p.closed != r.scan.Depth() {
		return nil
	}
	p.closed = 0
	if p.style == nil {
		return nil
	}
	sheet := p.style.Bytes()
	p.style = nil
	j := cssJudge{reading: r, at: p.at, sheet: true, fonts: p.conf.Fonts, fragment: p.graph.Style,
		declared: func(property string, value []byte, inherits bool, subjects []css.Subject) error {
			if err := p.graph.StyleSet(property, inherits, subjects); err != nil {
				return err
			}
			return p.graph.StyleMeasure(property, value, subjects)
		}}
	j.drawn = true
	return j.judge(sheet)
}
