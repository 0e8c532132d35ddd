package safexml

import (
	"math"
	"net/url"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/css"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// An svgGraph follows what draws what. Its nodes are the elements that have an ID, each with what
// it holds up to the next such element, and the root. A program that draws follows every edge; the
// cost of a node is what it then has drawn. Two levels of ten uses each are a hundred drawings, and
// nine such levels a billion.
//
// Where it cannot be known who is drawn how often, more is assumed: an ID that is there twice means
// both, a rule of a style sheet concerns every element that has the class, the ID or the name that
// its selector asks for.
type svgGraph struct {
	nodes    []svgNode
	ids      map[string]int32 // of every ID that is given or referred to, in idents
	idents   []svgIdent
	edges    []svgEdge
	styles   []svgStyled
	path     []int32 // the node of each open element
	elements []svgRecord
	texts    map[string]int32 // names and class attributes
	named    []string
	vertices int64
}

// svgNode is an element with an ID, or the root.
type svgNode struct {
	parent int32 // the node around it
	own    int64 // elements, but for those of nodes inside
	server bool  // a property can draw it: a pattern, a mask, a filter
}

// svgIdent is one ID with the nodes that have it.
type svgIdent struct{ nodes []int32 }

// svgEdge is a reference.
type svgEdge struct {
	from, to int32 // a node; twice an ident, and one more if only servers are meant
	times    int64 // how often it is followed; perVertex where the vertices of the document decide
}

// svgStyled is a reference in a style sheet.
type svgStyled struct {
	subject css.Subject
	to      int32 // as in svgEdge
	times   int64
}

// svgRecord is an element, for the selectors of style sheets, which may come later.
type svgRecord struct{ node, name, class int32 }

const (
	perVertex = -1
	// Bytes that are accounted for one of each.
	svgRecordBytes, svgNodeBytes, svgEdgeBytes, svgIdentBytes, svgStyledBytes = 40, 72, 32, 160, 128
	svgMost                                                                   = math.MaxInt64 / 4
)

// open takes a start tag.
func (g *svgGraph) open(r *reading, local string) error {
	if g.ids == nil {
		g.ids, g.texts = map[string]int32{}, map[string]int32{}
	}
	if err := r.hold(svgRecordBytes + 8); err != nil {
		return err
	}
	if len(g.nodes) == 0 {
		g.nodes = append(g.nodes, svgNode{parent: -1})
	}
	node := int32(0)
	if len(g.path) > 0 {
		node = g.path[len(g.path)-1]
	}
	g.path = append(g.path, node)
	g.nodes[node].own++
	name, err := g.intern(r, local)
	if err != nil {
		return err
	}
	g.elements = append(g.elements, svgRecord{node, name, -1})
	return nil
}

// close takes an end tag.
func (g *svgGraph) close() { g.path = g.path[:len(g.path)-1] }

// identify makes the element at hand a node of its own.
func (g *svgGraph) identify(r *reading, id string) error {
	if err := r.hold(svgNodeBytes); err != nil {
		return err
	}
	top := len(g.path) - 1
	parent := g.path[top]
	node := int32(len(g.nodes)) //nolint:gosec // Bounded by memory.
	g.nodes[parent].own--
	name := g.named[g.elements[len(g.elements)-1].name]
	g.nodes = append(g.nodes, svgNode{parent: parent, own: 1, server: isSVGServer(name)})
	g.path[top] = node
	g.elements[len(g.elements)-1].node = node
	ident, err := g.ident(r, id)
	if err != nil {
		return err
	}
	g.idents[ident].nodes = append(g.idents[ident].nodes, node)
	return nil
}

// vertex returns what an edge to an ID leads to.
func (g *svgGraph) vertex(r *reading, id string, byProperty bool) (int32, error) {
	n, err := g.ident(r, id)
	if byProperty {
		return 2*n + 1, err
	}
	return 2 * n, err
}

// ident returns the number of an ID. Programs resolve the escapes of a fragment first, or do not.
func (g *svgGraph) ident(r *reading, id string) (int32, error) {
	if n, ok := g.ids[id]; ok {
		return n, nil
	}
	if err := r.hold(svgIdentBytes + 2*len(id)); err != nil {
		return 0, err
	}
	n := int32(len(g.idents)) //nolint:gosec // Bounded by memory.
	g.ids[id] = n
	g.idents = append(g.idents, svgIdent{})
	return n, nil
}

// isSVGServer reports whether properties can name the element. fill="url(#a)" on a path with the ID
// a draws nothing again.
func isSVGServer(name string) bool {
	switch name {
	case "linearGradient", "radialGradient", "meshgradient", "meshGradient", "pattern", "hatch", "mask", "clipPath",
		"marker", "filter", "cursor", "solidcolor", "solidColor", "font-face", "color-profile":
		return true
	}
	return false
}

// refer notes that the element at hand draws what has the ID: any element, or by a property only
// one that properties can name.
func (g *svgGraph) refer(r *reading, id string, times int64, byProperty bool) error {
	for _, name := range spellings(id) {
		to, err := g.vertex(r, name, byProperty)
		if err != nil {
			return err
		}
		if err := r.hold(2 * svgEdgeBytes); err != nil {
			return err
		}
		g.edges = append(g.edges, svgEdge{g.path[len(g.path)-1], to, times})
	}
	return nil
}

// spellings returns what a fragment may name: as it stands, and with its escapes resolved.
func spellings(id string) []string {
	if decoded, err := url.PathUnescape(id); err == nil && decoded != id {
		return []string{id, decoded}
	}
	return []string{id}
}

// classify notes the class attribute of the element at hand.
func (g *svgGraph) classify(r *reading, a *xmlscan.Attr) error {
	if a.Cut {
		return r.refuse(RuleUnlistedContent, r.scan.At(), "a class attribute longer than 64 KiB")
	}
	class, err := g.intern(r, string(a.Value))
	g.elements[len(g.elements)-1].class = class
	return err
}

// intern returns the number of a text.
func (g *svgGraph) intern(r *reading, text string) (int32, error) {
	if n, ok := g.texts[text]; ok {
		return n, nil
	}
	if err := r.hold(svgIdentBytes + len(text)); err != nil {
		return 0, err
	}
	n := int32(len(g.named)) //nolint:gosec // Bounded by memory.
	g.texts[text] = n
	g.named = append(g.named, text)
	return n, nil
}

// draw counts the vertices of the element at hand, generously: one for each number.
func (g *svgGraph) draw(a *xmlscan.Attr) {
	inside := false
	for _, c := range a.Value {
		digit := c >= '0' && c <= '9' || c == '.'
		if digit && !inside {
			g.vertices++
		}
		inside = digit
	}
}

// times returns how often a property draws what it names: a marker at every vertex, wherever those
// are, anything else once.
func (g *svgGraph) times(property string) int64 {
	if property == "marker" || property == "marker-mid" {
		return perVertex
	}
	return 1
}

// styled notes a reference in a style sheet.
func (g *svgGraph) styled(r *reading, id, property string, subjects []css.Subject) error {
	for _, name := range spellings(id) {
		to, err := g.vertex(r, name, true)
		if err != nil {
			return err
		}
		for _, subject := range subjects {
			if err := r.hold(svgStyledBytes + len(subject.Name)); err != nil {
				return err
			}
			g.styles = append(g.styles, svgStyled{subject, to, g.times(property)})
		}
	}
	return nil
}

// apply makes edges of the style sheets' references.
func (g *svgGraph) apply(r *reading) error {
	if len(g.styles) == 0 {
		return nil
	}
	by := map[css.Subject][]svgStyled{}
	for _, s := range g.styles {
		by[s.subject] = append(by[s.subject], s)
	}
	add := func(node int32, subject css.Subject) error {
		if err := r.meter.Step(1); err != nil {
			return err
		}
		for _, s := range by[subject] {
			if err := r.hold(2 * svgEdgeBytes); err != nil {
				return err
			}
			g.edges = append(g.edges, svgEdge{node, s.to, s.times})
		}
		return nil
	}
	for _, e := range g.elements {
		if err := add(e.node, css.Subject{}); err != nil {
			return err
		}
		if err := add(e.node, css.Subject{Name: g.named[e.name]}); err != nil {
			return err
		}
		if e.class < 0 {
			continue
		}
		for class := range strings.FieldsSeq(g.named[e.class]) {
			if err := add(e.node, css.Subject{Kind: '.', Name: class}); err != nil {
				return err
			}
		}
	}
	for id, n := range g.ids {
		for _, node := range g.idents[n].nodes {
			if err := add(node, css.Subject{Kind: '#', Name: id}); err != nil {
				return err
			}
		}
	}
	return nil
}

// finish refuses cycles, and what is too much to draw.
func (g *svgGraph) finish(r *reading) error {
	if err := g.apply(r); err != nil {
		return err
	}
	if len(g.edges) == 0 {
		return nil
	}
	cost, cycle, err := g.expand(r)
	switch {
	case err != nil:
		return err
	case cycle >= 0:
		return r.refuse(RuleReferenceCycle, r.scan.At(),
			"what has the ID "+limits.Quote(g.nameOf(cycle))+" draws itself, directly or through others")
	}
	return r.meter.Spend(limits.Items, cost-int64(len(g.elements)))
}

func (g *svgGraph) nameOf(ident int32) string {
	for name, n := range g.ids {
		if n == ident {
			return name
		}
	}
	return ""
}
