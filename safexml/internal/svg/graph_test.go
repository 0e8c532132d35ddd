package svg

import (
	"errors"
	"math"
	"testing"

	"github.com/seed73825598/airlock/safexml/internal/css"
)

// free is a Payer that takes anything.
type free struct{}

func (free) Hold(int) error   { return nil }
func (free) Step(int64) error { return nil }

// A node is an element of a drawing that a test builds.
type node struct {
	name  string
	attrs map[string]string
	nodes []node
}

// build adds elements to a graph, as the profile does.
func build(t *testing.T, g *Graph, list []node) {
	t.Helper()
	for _, n := range list {
		var err error
		do := func(e error) { err = errors.Join(err, e) }
		do(g.Open(n.name))
		if id, ok := n.attrs["id"]; ok {
			do(g.Identify(id))
		}
		for name, value := range n.attrs {
			switch {
			case name == "href":
				do(g.Link(value))
			case name == "class":
				do(g.Class(value))
			case len(propertiesOf(name)) > 0 && value[0] == '#':
				do(g.Paint(value[1:], name, false))
				g.Set(name, false)
			case len(propertiesOf(name)) > 0:
				g.Set(name, value == "inherit")
			default:
				do(g.Measure(name, []byte(value)))
			}
		}
		do(g.Measured(n.name))
		do(g.Primitive(n.name))
		if err != nil {
			t.Fatal(err)
		}
		build(t, g, n.nodes)
		g.Close()
	}
}

type attrs = map[string]string

// TestWalk counts what is drawn, and finds what draws itself.
func TestWalk(t *testing.T) {
	for name, test := range map[string]struct {
		root  node
		style func(g *Graph) error
		items int64
		cycle bool
	}{
		"tree": {root: node{"svg", nil, []node{{name: "g", nodes: []node{{name: "rect"}}}}}, items: 3},
		"use": {root: node{"svg", nil, []node{{"g", attrs{"id": "a"}, []node{{name: "rect"}}},
			{"use", attrs{"href": "a"}, nil}}}, items: 6},
		"use self": {root: node{"svg", nil, []node{{"g", attrs{"id": "a"}, []node{{"use", attrs{"href": "a"}, nil}}}}},
			cycle: true},
		"inherited": {root: node{"svg", attrs{"fill": "#p"}, []node{{"pattern", attrs{"id": "p"}, []node{{name: "rect"}}}}},
			cycle: true},
		"inherited, set": {root: node{"svg", attrs{"fill": "#p"}, []node{{"pattern", attrs{"id": "p"},
			[]node{{"rect", attrs{"fill": "red"}, nil}}}}}, items: 3},
		"inherited, counted": {root: node{"svg", attrs{"fill": "#p"}, []node{{"pattern", attrs{"id": "p", "fill": "red"},
			[]node{{name: "rect"}}}, {name: "rect"}, {name: "rect"}}}, items: 9},
		"told to inherit": {root: node{"svg", attrs{"fill": "#p"}, []node{{"pattern", attrs{"id": "p", "fill": "inherit"},
			[]node{{name: "rect"}}}}}, cycle: true},
		"gradient": {root: node{"svg", attrs{"fill": "#p"}, []node{{"linearGradient", attrs{"id": "p"},
			[]node{{name: "stop"}}}, {name: "rect"}}}, items: 6},
		"markers": {root: node{"svg", nil, []node{{"marker", attrs{"id": "m"}, []node{{name: "circle"}}},
			{"path", attrs{"d": "1 2 3", "marker-mid": "#m"}, nil}}}, items: 4 + 3*2},
		"marker on a rectangle": {root: node{"svg", nil, []node{{"marker", attrs{"id": "m"}, nil},
			{"rect", attrs{"marker-mid": "#m"}, nil}}}, items: 3},
		"mask": {root: node{"svg", nil, []node{{"mask", attrs{"id": "m"}, []node{{"rect", attrs{"mask": "#m"}, nil}}}}},
			cycle: true},
		"mask is not inherited": {root: node{"svg", attrs{"mask": "#m"},
			[]node{{"mask", attrs{"id": "m"}, []node{{name: "rect"}}}}},
			items: 3 + 2},
		"by class": {root: node{"svg", nil, []node{{"pattern", attrs{"id": "p"},
			[]node{{"rect", attrs{"class": "b c"}, nil}}}}},
			style: func(g *Graph) error { return g.Style("p", "fill", []css.Subject{{Kind: '.', Name: "c"}}) }, cycle: true},
		"cut by class": {root: node{"svg", attrs{"fill": "#p"}, []node{{"pattern", attrs{"id": "p"},
			[]node{{"rect", attrs{"class": "c"}, nil}}}}},
			style: func(g *Graph) error {
				return g.StyleSet("fill", false, []css.Subject{{Kind: '.', Name: "c", Exact: true}})
			}, items: 3},
		"cut at times": {root: node{"svg", attrs{"fill": "#p"}, []node{{"pattern", attrs{"id": "p"},
			[]node{{"rect", attrs{"class": "c"}, nil}}}}},
			style: func(g *Graph) error {
				return g.StyleSet("fill", false, []css.Subject{{Kind: '.', Name: "c"}})
			}, cycle: true},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewGraph(free{})
			build(t, g, []node{test.root})
			if test.style != nil {
				if err := test.style(g); err != nil {
					t.Fatal(err)
				}
			}
			w, err := g.Walk()
			if err != nil || w.InCycle != test.cycle || !test.cycle && w.Items != test.items {
				t.Errorf("%d items, cycle %v, %v; want %d, %v", w.Items, w.InCycle, err, test.items, test.cycle)
			}
		})
	}
}

// TestCost works out sizes, and pixels times primitives.
func TestCost(t *testing.T) {
	filter := func(a attrs, primitives ...node) node {
		a["id"] = "f"
		return node{"filter", a, primitives}
	}
	shift, turbulence := node{name: "feOffset"}, node{"feTurbulence", attrs{"numOctaves": "4"}, nil}
	rect := attrs{"width": "10", "height": "10", "filter": "#f"}
	for name, test := range map[string]struct {
		root          node
		width, height float64
		pixels        float64
	}{
		"px":       {node{"svg", attrs{"width": "20", "height": "10px"}, nil}, 20, 10, 0},
		"inch":     {node{"svg", attrs{"width": "1in", "height": "2.54cm"}, nil}, 96, 96, 0},
		"view box": {node{"svg", attrs{"viewBox": "0 0 7 8"}, nil}, 7, 8, 0},
		"percent":  {node{"svg", attrs{"viewBox": "0 0 7 8", "width": "100%", "height": "3"}, nil}, 7, 3, 0},
		"none":     {node{"svg", nil, nil}, 300, 150, 0},
		"filter":   {node{"svg", nil, []node{filter(attrs{}, shift), {"rect", rect, nil}}}, 300, 150, 144},
		"two":      {node{"svg", nil, []node{filter(attrs{}, shift, shift), {"rect", rect, nil}}}, 300, 150, 288},
		"octaves":  {node{"svg", nil, []node{filter(attrs{}, turbulence), {"rect", rect, nil}}}, 300, 150, 144 * 4 * 8},
		"blur": {node{"svg", nil, []node{filter(attrs{}, node{name: "feGaussianBlur"}), {"rect", rect, nil}}}, 300, 150,
			144 * 8},
		"light": {node{"svg", nil, []node{filter(attrs{}, node{name: "feSpecularLighting"}), {"rect", rect, nil}}}, 300, 150,
			144 * 8},
		"kernel": {node{"svg", nil, []node{filter(attrs{}, node{"feConvolveMatrix", attrs{"order": "5"}, nil}),
			{"rect", rect, nil}}}, 300, 150, 144 * 25},
		"region": {node{"svg", nil, []node{filter(attrs{"width": "2", "height": "300%"}, shift), {"rect", rect, nil}}},
			300, 150, 600},
		"user region": {node{"svg", nil, []node{filter(attrs{"filterUnits": "userSpaceOnUse", "width": "5", "height": "50%"},
			shift), {"rect", rect, nil}}}, 300, 150, 375},
		"transform": {node{"svg", nil, []node{filter(attrs{}, shift), {"g", attrs{"transform": "scale(2 3)"},
			[]node{{"rect", rect, nil}}}}}, 300, 150, 144 * 6},
		"rotation": {node{"svg", nil, []node{filter(attrs{}, shift), {"g", attrs{"transform": "rotate(30)"},
			[]node{{"rect", rect, nil}}}}}, 300, 150, 144},
		"scaled view": {node{"svg", attrs{"width": "100", "height": "100", "viewBox": "0 0 50 50"},
			[]node{filter(attrs{}, shift),
				{"rect", rect, nil}}}, 100, 100, 144 * 4},
		"used twice": {node{"svg", nil, []node{filter(attrs{}, shift),
			{"defs", nil, []node{{"rect", attrs{"id": "r", "width": "10",
				"height": "10", "filter": "#f"}, nil}}}, {"use", attrs{"href": "r"}, nil},
			{"use", attrs{"href": "r", "transform": "scale(2)"}, nil}}}, 300, 150, 144 * 5},
		"group": {node{"svg", nil, []node{filter(attrs{"width": "1", "height": "1"}, shift),
			{"g", attrs{"filter": "#f"}, []node{
				{"rect", attrs{"width": "1", "height": "1"}, nil}, {"path", attrs{"d": "m4 4h6v6"}, nil}}}}}, 300, 150, 100},
		"mask": {node{"svg", nil, []node{{"mask", attrs{"id": "m"}, []node{{name: "rect"}}},
			{"rect", attrs{"width": "10", "height": "10", "mask": "#m"}, nil}}}, 300, 150, 144},
		"pattern": {node{"svg", nil, []node{{"pattern", attrs{"id": "p", "width": ".5", "height": ".5"},
			[]node{{name: "rect"}}},
			{"circle", attrs{"r": "5", "fill": "#p"}, nil}}}, 300, 150, 25},
		"pattern, inherited": {node{"svg", attrs{"stroke": "#p"},
			[]node{{"pattern", attrs{"id": "p", "width": "3", "height": "3",
				"patternUnits": "userSpaceOnUse", "patternTransform": "scale(2)", "stroke": "red"}, []node{{name: "rect"}}},
				{"rect", attrs{"width": "1", "height": "1"}, nil}, {"rect", attrs{"width": "1", "height": "1"}, nil}}}, 300, 150,
			72},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewGraph(free{})
			build(t, g, []node{test.root})
			w, err := g.Walk()
			if err != nil {
				t.Fatal(err)
			}
			c, err := g.Cost(w)
			if err != nil || c.Width != test.width || c.Height != test.height ||
				math.Abs(c.Pixels-test.pixels) > 1e-3*test.pixels {
				t.Errorf("%g × %g, %g pixels, %v; want %g × %g, %g", c.Width, c.Height, c.Pixels, err, test.width, test.height,
					test.pixels)
			}
		})
	}
}

// TestWork counts what shapes paint, the lines of their outlines and dashes, and layers.
func TestWork(t *testing.T) {
	const picture = 300 * 150
	square := attrs{"width": "10", "height": "10", "stroke-width": "0"}
	with := func(name, value string) node {
		return node{"rect", attrs{"width": "10", "height": "10", "stroke-width": "0", name: value}, nil}
	}
	path := func(a attrs) node {
		a["stroke-width"] = "0"
		return node{"path", a, nil}
	}
	for name, test := range map[string]struct {
		nodes                             []node
		painted, segments, layers, nested float64
	}{
		"square": {[]node{{"rect", square, nil}}, 100, 16, 0, 0},
		"stroke": {[]node{{"rect", attrs{"width": "10", "height": "10", "stroke-width": "2"}, nil}}, 144, 16, 0, 0},
		"beyond": {[]node{{"rect", attrs{"width": "1000", "height": "1000"}, nil}}, picture, 16, 0, 0},
		"used": {[]node{{"defs", nil, []node{{"rect", attrs{"id": "a", "width": "10", "height": "10", "stroke-width": "0"},
			nil}}}, {"use", attrs{"href": "a"}, nil}, {"use", attrs{"href": "a"}, nil}}, 2 * 121, 32, 0, 0},
		"path":          {[]node{path(attrs{"d": "M0 0H10V10h-5z"})}, 100, 5, 0, 0},
		"curve":         {[]node{path(attrs{"d": "M0 0C0 10 10 10 10 0"})}, 100, 4, 0, 0},
		"points":        {[]node{{"polygon", attrs{"points": "0 0 10 0 10 10", "stroke-width": "0"}, nil}}, 100, 3, 0, 0},
		"far":           {[]node{path(attrs{"d": "M0 0H65536"})}, 0, 2 * 8, 0, 0},
		"dashes":        {[]node{path(attrs{"d": "M0 0H40V0", "stroke-dasharray": "1 3"})}, 0, 3 + 40/2, 0, 0},
		"no dashes":     {[]node{path(attrs{"d": "M0 0H40V0", "stroke-dasharray": "none"})}, 0, 3, 0, 0},
		"dashes of em":  {[]node{path(attrs{"d": "M0 0H40", "font-size": "1", "stroke-dasharray": "1em"})}, 0, 2 + 40, 0, 0},
		"long path":     {[]node{path(attrs{"d": "M0 0H40", "stroke-dasharray": "1", "pathLength": "900"})}, 0, 902, 0, 0},
		"dashes inside": {[]node{{"g", attrs{"stroke-dasharray": "2"}, []node{path(attrs{"d": "M0 0H40"})}}}, 0, 22, 0, 0},
		"opacity":       {[]node{with("opacity", ".5")}, 100, 16, picture, picture},
		"opaque":        {[]node{with("opacity", "1")}, 100, 16, 0, 0},
		"blended":       {[]node{with("mix-blend-mode", "multiply")}, 100, 16, picture, picture},
		"not blended":   {[]node{with("mix-blend-mode", "normal")}, 100, 16, 0, 0},
		"isolated":      {[]node{with("isolation", "isolate")}, 100, 16, picture, picture},
		"beside": {[]node{with("opacity", ".5"), with("opacity", ".5")}, 200, 32, 2 * picture,
			picture},
		"inside": {[]node{{"g", attrs{"opacity": ".5"}, []node{with("opacity", ".5")}}}, 100, 16, 2 * picture, 2 * picture},
		"filter": {[]node{{"filter", attrs{"id": "f"}, []node{{name: "feOffset"}}}, with("filter", "#f")}, 100, 16,
			3 * picture, 3 * picture},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewGraph(free{})
			build(t, g, []node{{"svg", nil, test.nodes}})
			w, err := g.Walk()
			if err != nil {
				t.Fatal(err)
			}
			c, err := g.Cost(w)
			if err != nil || c.Painted != test.painted || c.Segments != test.segments || c.Layers != test.layers ||
				c.Nested != test.nested {
				t.Errorf("%g painted, %g segments, %g layers, %g nested, %v; want %g, %g, %g, %g", c.Painted, c.Segments, c.Layers,
					c.Nested, err, test.painted, test.segments, test.layers, test.nested)
			}
		})
	}
}

// TestPath takes the box of path data, in every command.
func TestPath(t *testing.T) {
	for d, want := range map[string]Box{
		"M1 2L3 4":              {1, 2, 3, 4},
		"m1 2l3 4":              {1, 2, 4, 6},
		"M1,2,3,4":              {1, 2, 3, 4},
		"m1-2-3-4":              {-2, -6, 1, -2},
		"M0 0h5v6H-1V-2":        {-1, -2, 5, 6},
		"M0 0C1 2 3 4 5 6":      {0, 0, 5, 6},
		"M1 1c1 2 3 4 5 6zm1 1": {1, 1, 6, 7},
		"M0 0A1 1 0 0110 0":     {-10, -10, 20, 10},
		"":                      emptyBox(),
	} {
		g := NewGraph(free{})
		if err := g.Open("svg"); err != nil {
			t.Fatal(err)
		}
		g.measurePath([]byte(d))
		if got := g.scratch.points; got != want {
			t.Errorf("%q: %v, want %v", d, got, want)
		}
	}
}

// TestBroke passes on what the payer says.
func TestBroke(t *testing.T) {
	for budget := range 40 {
		g := NewGraph(&purse{left: budget})
		err := g.Open("svg")
		for i := 0; err == nil && i < 3; i++ {
			err = errors.Join(g.Open("g"), g.Identify("a"), g.Paint("a", "mask", false), g.Measured("g"))
		}
		if err == nil {
			var w *Walk
			if w, err = g.Walk(); err == nil && !w.InCycle {
				_, err = g.Cost(w)
			}
		}
		if budget < 10 && !errors.Is(err, errBroke) {
			t.Errorf("with %d: %v", budget, err)
		}
	}
}

var errBroke = errors.New("broke")

// A purse pays so many times.
type purse struct{ left int }

func (p *purse) Hold(int) error { return p.Step(1) }

func (p *purse) Step(int64) error {
	if p.left--; p.left < 0 {
		return errBroke
	}
	return nil
}

// FuzzGrammar has no grammar, transform or path that panics, takes for ever or makes a number that
// cannot be counted with.
func FuzzGrammar(f *testing.F) {
	f.Add("path", "d", "M0 0a1 1 0 0 1 1 1")
	f.Add("g", "transform", "matrix(1 0 0 1 0 0) rotate(3")
	f.Add("rect", "width", "1e400px")
	f.Add("feGaussianBlur", "stdDeviation", "1 2")
	f.Add("rect", "filter", "blur(3px)")
	f.Fuzz(func(t *testing.T, element, name, value string) {
		GrammarOf(element, name).Match([]byte(value))
		matches(name, value)
		g := NewGraph(free{})
		for _, n := range []string{"svg", element} {
			if g.Open(n) != nil || g.Identify("a") != nil || g.Measure(name, []byte(value)) != nil ||
				g.Paint("a", "filter", false) != nil || g.Measured(n) != nil || g.Primitive(n) != nil {
				t.Fatal("an error without a budget")
			}
		}
		w, err := g.Walk()
		if err != nil {
			t.Fatal(err)
		}
		if w.InCycle {
			return
		}
		c, err := g.Cost(w)
		for _, v := range []float64{c.Width, c.Height, c.Pixels, c.Deviation, c.Radius} {
			if err != nil || math.IsNaN(v) || math.IsInf(v, 0) || v < 0 {
				t.Errorf("%+v %v", c, err)
			}
		}
	})
}
