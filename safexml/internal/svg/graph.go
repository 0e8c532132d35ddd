package svg

import (
	"math"
	"net/url"
	"strings"

	"github.com/seed73825598/airlock/safexml/internal/css"
)

// A Payer is paid for what a drawing makes the graph do and keep.
type Payer interface {
	Hold(n int) error
	Step(n int64) error
}

// A Graph follows which element of a drawing draws which. Its vertices are the elements, the IDs
// and, for each element that sets a property to url(#…), the paint that this is. A program that
// draws follows every edge: from an element to what stands in it, to what it names, and to the
// paint that it sets or inherits. Two levels of ten uses each are a hundred drawings, and nine such
// levels a billion.
//
// Where it cannot be known which element is drawn how often, more is assumed: an ID that is there
// twice means both, a rule of a style sheet concerns every element that has the class, the ID or
// the name that its selector asks for.
type Graph struct {
	pay      Payer
	elements []element
	details  []detail
	path     []int32 // the open elements
	ids      map[string]int32
	idents   []ident
	edges    []edge
	paints   []paint
	rules    []sheetRule
	texts    map[string]int32 // names and class attributes
	named    []string
	vertices int64

	scratch, last scratch // of the element at hand
	styled        scratch // what the style attribute of the element at hand says
	box           Box     // of the root, in its own units
	width, height float64 // of the drawing, in pixels
	stroke        float64 // the widest stroke that use hands on
	spacing       float64 // the largest space between characters or words
	largestFont   float64 // the size of the largest font so far
	upright       bool    // a text may run down
	sizes         []sheetSize
	layers        map[css.Subject]bool // style sheets make layers of them
	strokes       stroker
	rootClasses   map[string]bool

	variable                           float64 // the largest number in a variable of CSS
	rootVaries, zoomVaries, blurVaries bool    // a variable says how large these are
}

// An element of the drawing, in the order of the document: what it stands in comes before it.
type element struct {
	parent, name, class int32
	detail              int32      // in Graph.details, or -1
	own                 [4]float32 // the box of the shape itself: left, top, right, bottom
	font, stroke        float32    // the size of its font and the width of its stroke, in pixels
	inside              [2]float32 // what percentages of the elements in it are parts of
	chars               int32      // of the text in it
	wide                float32    // how long they are, in pixels
	dash                float32    // the mean of its dashes and gaps, in its own units; 0 for none
	long                float32    // how long the lines of its path are
	segments            float32    // of its path
	layered             bool       // it is drawn by itself first
	relations           relation   // what its lengths, and those of the elements in it, depend on
	set                 uint8      // properties that it sets, so that it does not inherit them
	inherits            uint8      // properties that it is told to inherit
	painted             uint8      // properties that it sets to url(#…)
	kind                elementKind
}

// A relation is what lengths depend on that is not known before the whole drawing is.
type relation uint8

const (
	ofFont       relation = 1 << iota // lengths of the element are parts of a font
	ofAround                          // they are parts of what is around it
	ownFont                           // its font has a size of its own, whatever is around it
	withinShift  = 3
	hereMask     = ofFont | ofAround
	fontWithin   = ofFont << withinShift // the element or one in it is ofFont
	aroundWithin = ofAround << withinShift
)

// An ident is one ID with the elements that have it.
type ident struct{ elements []int32 }

// An edge is a reference.
type edge struct {
	from, to int32 // a vertex; twice an ident, and one more if only servers are meant
	times    int64 // how often it is followed; perVertex if the vertices of the document decide
	use      useKind
}

// A paint is what one element sets one property to.
type paint struct {
	element  int32
	property uint8
}

// A sheetRule is a declaration of a style sheet that concerns a property of the graph.
type sheetRule struct {
	subject  css.Subject
	property uint8
	to       int32 // as in edge; -1 for none
	inherits bool
	exact    bool // every element that the subject matches has the property set
}

// useKind is what an edge is to the program that draws.
type useKind uint8

const (
	useLink   useKind = iota // the element draws what its href names
	useFilter                // and these are what its properties name
	useMask
	useClip
	usePaint // a pattern
	useMarker
	useOther
)

// Properties that name what is drawn. The first of them are inherited by themselves, the others
// where a value says inherit.
const (
	propFill uint8 = iota
	propStroke
	propMarkerStart
	propMarkerMid
	propMarkerEnd
	propMask
	propFilter
	propClip
	properties
	noProperty
)

const (
	inheritedProperties = propMask
	perVertex           = -1
	// Bytes that are accounted for one of each.
	elementBytes, edgeBytes, identBytes, ruleBytes, paintBytes = 136, 32, 160, 160, 32
	// most is where counts end.
	most = math.MaxInt64 / 4
)

// NewGraph returns the graph of an empty drawing.
func NewGraph(pay Payer) *Graph {
	return &Graph{pay: pay, ids: map[string]int32{}, texts: map[string]int32{},
		scratch: scratch{points: emptyBox()}, styled: scratch{points: emptyBox()}}
}

// propertiesOf returns the properties of the graph that a property of CSS sets.
func propertiesOf(name string) []uint8 {
	switch physical(name) {
	case "fill":
		return []uint8{propFill}
	case "stroke":
		return []uint8{propStroke}
	case "marker-start":
		return []uint8{propMarkerStart}
	case "marker-mid":
		return []uint8{propMarkerMid}
	case "marker-end":
		return []uint8{propMarkerEnd}
	case "marker":
		return []uint8{propMarkerStart, propMarkerMid, propMarkerEnd}
	case "mask", "mask-image":
		return []uint8{propMask}
	case "filter":
		return []uint8{propFilter}
	case "clip-path":
		return []uint8{propClip}
	case "all":
		return []uint8{propFill, propStroke, propMarkerStart, propMarkerMid, propMarkerEnd, propMask, propFilter, propClip}
	}
	return nil
}

// useOf returns what an edge of a property is.
func useOf(property uint8) useKind {
	switch property {
	case propFill, propStroke:
		return usePaint
	case propMarkerStart, propMarkerMid, propMarkerEnd:
		return useMarker
	case propMask:
		return useMask
	case propFilter:
		return useFilter
	case propClip:
		return useClip
	}
	return useOther
}

// timesOf returns how often a property draws what it names: a marker at every vertex, wherever
// those are, anything else once.
func timesOf(property uint8) int64 {
	if property == propMarkerMid {
		return perVertex
	}
	return 1
}

// Len returns how many elements there are.
func (g *Graph) Len() int { return len(g.elements) }

// Open takes a start tag.
func (g *Graph) Open(name string) error {
	if err := g.pay.Hold(elementBytes + 8); err != nil {
		return err
	}
	parent, font, stroke, dash := int32(-1), float32(normalFont), float32(1), float32(0)
	if len(g.path) > 0 {
		parent = g.path[len(g.path)-1]
		font, stroke, dash = g.elements[parent].font, g.elements[parent].stroke, g.elements[parent].dash
	}
	g.path = append(g.path, int32(len(g.elements))) //nolint:gosec // Bounded by memory.
	n, err := g.intern(name)
	kind := kindOf(name)
	if parent >= 0 && (g.elements[parent].kind == kindClip || g.elements[parent].kind == kindClipped) && kind.isPainted() {
		kind = kindClipped
	}
	g.elements = append(g.elements, element{parent: parent, name: n, class: -1, detail: -1, own: noBox, kind: kind,
		font: font, stroke: stroke, dash: dash})
	return err
}

// Close takes an end tag.
func (g *Graph) Close() { g.path = g.path[:len(g.path)-1] }

// current returns the element at hand.
func (g *Graph) current() int32 { return g.path[len(g.path)-1] }

// Around returns the name of the element around the one at hand; empty for none.
func (g *Graph) Around() string {
	parent := g.elements[g.current()].parent
	if parent < 0 {
		return ""
	}
	return g.named[g.elements[parent].name]
}

// Identify gives the element at hand an ID.
func (g *Graph) Identify(id string) error {
	n, err := g.ident(id)
	if err != nil {
		return err
	}
	if err := g.pay.Hold(8); err != nil {
		return err
	}
	g.idents[n].elements = append(g.idents[n].elements, g.current())
	return nil
}

// ident returns the number of an ID.
func (g *Graph) ident(id string) (int32, error) {
	if n, ok := g.ids[id]; ok {
		return n, nil
	}
	if err := g.pay.Hold(identBytes + 2*len(id)); err != nil {
		return 0, err
	}
	n := int32(len(g.idents)) //nolint:gosec // Bounded by memory.
	g.ids[id] = n
	g.idents = append(g.idents, ident{})
	return n, nil
}

// spellings returns what a fragment may name: as it stands, and with its escapes resolved, as some
// programs do first.
func spellings(id string) []string {
	if decoded, err := url.PathUnescape(id); err == nil && decoded != id {
		return []string{id, decoded}
	}
	return []string{id}
}

// Link notes that the element at hand draws whatever element has the ID.
func (g *Graph) Link(id string) error {
	for _, name := range spellings(id) {
		n, err := g.ident(name)
		if err != nil {
			return err
		}
		e := edge{g.current(), 2 * n, 1, useLink}
		if g.hasEdge(e) {
			continue // By xlink:href as well as by href, for old programs: it is drawn once.
		}
		if err := g.edge(e); err != nil {
			return err
		}
	}
	return nil
}

// hasEdge reports whether the element at hand has an edge already.
func (g *Graph) hasEdge(e edge) bool {
	for i := len(g.edges) - 1; i >= 0 && g.edges[i].from == e.from; i-- {
		if g.edges[i] == e {
			return true
		}
	}
	return false
}

// edge keeps an edge.
func (g *Graph) edge(e edge) error {
	if err := g.pay.Hold(2 * edgeBytes); err != nil {
		return err
	}
	g.edges = append(g.edges, e)
	return nil
}

// Paint notes that an attribute of the element at hand, or of the one around it, sets a property of
// CSS to url(#id).
func (g *Graph) Paint(id, property string, around bool) error {
	at := g.current()
	if parent := g.elements[at].parent; around && parent >= 0 {
		at = parent
	}
	for _, name := range spellings(id) {
		n, err := g.ident(name)
		if err != nil {
			return err
		}
		list := propertiesOf(property)
		if len(list) == 0 {
			if err := g.edge(edge{at, 2*n + 1, 1, useOther}); err != nil {
				return err
			}
		}
		for _, p := range list {
			if err := g.paint(at, p, 2*n+1); err != nil {
				return err
			}
		}
	}
	return nil
}

// paint adds a name to the paint of an element.
func (g *Graph) paint(at int32, property uint8, to int32) error {
	if err := g.pay.Hold(paintBytes); err != nil {
		return err
	}
	e := &g.elements[at]
	e.painted |= 1 << property
	e.set |= 1 << property
	g.paints = append(g.paints, paint{at, property})
	// From the paint, whose vertex is known when all of them are.
	return g.edge(edge{-int32(len(g.paints)), to, timesOf(property), useOf(property)}) //nolint:gosec // Bounded by memory.
}

// Set notes that an attribute of the element at hand sets a property of CSS, or tells it to
// inherit.
func (g *Graph) Set(property string, inherits bool) {
	e := &g.elements[g.current()]
	for _, p := range propertiesOf(property) {
		if inherits {
			e.inherits |= 1 << p
		} else {
			e.set |= 1 << p
		}
	}
}

// Class notes the class attribute of the element at hand.
func (g *Graph) Class(value string) error {
	class, err := g.intern(value)
	if err != nil {
		return err
	}
	g.elements[g.current()].class = class
	if g.current() > 0 {
		return nil
	}
	g.rootClasses = map[string]bool{}
	for one := range strings.FieldsSeq(value) {
		if g.rootClasses[one] {
			continue
		}
		if err := g.pay.Hold(identBytes); err != nil {
			return err
		}
		g.rootClasses[one] = true
	}
	return nil
}

// intern returns the number of a text.
func (g *Graph) intern(text string) (int32, error) {
	if n, ok := g.texts[text]; ok {
		return n, nil
	}
	if err := g.pay.Hold(identBytes + len(text)); err != nil {
		return 0, err
	}
	n := int32(len(g.named)) //nolint:gosec // Bounded by memory.
	g.texts[text] = n
	g.named = append(g.named, text)
	return n, nil
}

// Style notes that a style sheet sets a property to url(#id) for what the subjects match.
func (g *Graph) Style(id, property string, subjects []css.Subject) error {
	list := propertiesOf(property)
	if len(list) == 0 {
		list = []uint8{noProperty}
	}
	for _, name := range spellings(id) {
		n, err := g.ident(name)
		if err != nil {
			return err
		}
		for _, p := range list {
			if err := g.addRules(subjects, sheetRule{property: p, to: 2*n + 1}); err != nil {
				return err
			}
		}
	}
	return nil
}

// StyleSet notes that a style sheet sets a property to anything, or says that it is inherited.
func (g *Graph) StyleSet(property string, inherits bool, subjects []css.Subject) error {
	for _, p := range propertiesOf(property) {
		if err := g.addRules(subjects, sheetRule{property: p, to: -1, inherits: inherits}); err != nil {
			return err
		}
	}
	return nil
}

func (g *Graph) addRules(subjects []css.Subject, r sheetRule) error {
	for _, subject := range subjects {
		if err := g.pay.Hold(ruleBytes + len(subject.Name)); err != nil {
			return err
		}
		r.exact, subject.Exact = subject.Exact, false
		r.subject = subject
		g.rules = append(g.rules, r)
	}
	return nil
}

// apply has the rules of style sheets set the properties of the elements that they concern.
func (g *Graph) apply() error {
	if len(g.rules) == 0 {
		return nil
	}
	by := map[css.Subject][]sheetRule{}
	for _, r := range g.rules {
		by[r.subject] = append(by[r.subject], r)
	}
	return g.subjects(func(at int32, subject css.Subject) error {
		list := by[subject]
		if err := g.pay.Step(1 + int64(len(list))); err != nil {
			return err
		}
		for _, r := range list {
			if err := g.concern(at, r); err != nil {
				return err
			}
		}
		return nil
	})
}

// subjects calls f with every element and each subject that it is.
func (g *Graph) subjects(f func(at int32, subject css.Subject) error) error {
	for at := range int32(len(g.elements)) { //nolint:gosec // Bounded by memory.
		e := g.elements[at]
		if err := f(at, css.Subject{}); err != nil {
			return err
		}
		if err := f(at, css.Subject{Name: g.named[e.name]}); err != nil {
			return err
		}
		if e.class < 0 {
			continue
		}
		for class := range strings.FieldsSeq(g.named[e.class]) {
			if err := f(at, css.Subject{Kind: '.', Name: class}); err != nil {
				return err
			}
		}
	}
	for id, n := range g.ids {
		for _, at := range g.idents[n].elements {
			if err := f(at, css.Subject{Kind: '#', Name: id}); err != nil {
				return err
			}
		}
	}
	return nil
}

// concern applies one rule to one element.
func (g *Graph) concern(at int32, r sheetRule) error {
	e := &g.elements[at]
	switch {
	case r.to >= 0 && r.property == noProperty:
		return g.edge(edge{at, r.to, 1, useOther})
	case r.to >= 0:
		set := e.set
		err := g.paint(at, r.property, r.to)
		if !r.exact {
			g.elements[at].set = set // Perhaps the selector asks for more.
		}
		return err
	case r.inherits:
		e.inherits |= 1 << r.property
	case r.exact:
		e.set |= 1 << r.property
	}
	return nil
}
