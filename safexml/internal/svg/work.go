package svg

import (
	"bytes"
	"math"
	"strings"

	"github.com/seed73825598/airlock/safexml/internal/css"
)

// The work of shapes is counted in segments: the pieces of lines that a program follows.
const (
	circleSegments = 16      // of a circle or ellipse
	charSegments   = 32      // of the outline of a character
	charLength     = 6       // how long that is, in sizes of its font
	bentOver       = 1_024   // pixels that a bend may go over before it takes more segments
	minDash        = 1. / 64 // in pixels of the element: programs draw shorter ones as one colour
	filterLayers   = 2       // what a filter reads and what it makes, besides its primitives
)

// A stroker is what lengthens the work of strokes in one document.
type stroker struct {
	dash    float64 // the shortest dash that a use hands on or a style sheet sets; 0 for none
	unbound bool    // vector-effect: dashes may be in pixels of the drawing
}

// shorter returns the shorter one of two dashes, where 0 is none.
func shorter(a, b float64) float64 {
	if a <= 0 || b > 0 && b < a {
		return b
	}
	return a
}

// dashOf returns the mean length of the dashes and gaps of a value of stroke-dasharray; 0 for no
// dashes. Percentages are of whole, and functions are not worked out.
func dashOf(value []byte, b bases, whole float64) float64 {
	sum, n := 0., 0
	for i := 0; i < len(value); {
		end := measure(value, i)
		if end == i {
			i++
			continue
		}
		sum += math.Abs(parseLength(value[i:end]).in(b).of(whole))
		n++
		i = end
	}
	if sum <= 0 {
		return 0
	}
	return sum / float64(n)
}

// work takes a property of the element at hand that makes painting it dearer, by an attribute or by
// the style attribute.
func (g *Graph) work(s *scratch, name string, value []byte) {
	e := &g.elements[g.current()]
	switch name {
	case "opacity", "mix-blend-mode", "isolation":
		e.layered = e.layered || isLayer(name, value)
	case "stroke-dasharray":
		w, h := g.around(g.current())
		whole, b := math.Hypot(w, h)/math.Sqrt2, bases{root: float64(g.elements[0].font), picture: g.width}
		s.dash = dashOf(value, b, whole)
		b.font = normalFont
		s.dashFont = dashOf(value, b, whole) - s.dash
		s.dashed, s.declared = true, true
	case "vector-effect":
		g.strokes.unbound = g.strokes.unbound || bytes.Contains(value, []byte("non-scaling"))
	case "pathLength":
		if l := parseLength(value); l.set {
			e.long = max(e.long, float32(l.value))
		}
	}
}

// isLayer reports whether a value has an element drawn by itself first, and then laid over the
// rest.
func isLayer(name string, value []byte) bool {
	text := strings.ToLower(string(bytes.TrimSpace(value)))
	switch name {
	case "opacity":
		if end := number(value, 0); end == len(bytes.TrimSpace(value)) && end > 0 {
			return parseNumber(value[:end]) < 1
		}
		return text != "100%" && text != "initial"
	case "isolation":
		return text == "isolate"
	}
	return text != "normal" && text != "initial"
}

// sheetWork is work for a declaration of a style sheet. It reports whether the declaration makes a
// layer of the elements that it concerns.
func (g *Graph) sheetWork(name string, value []byte) bool {
	switch name {
	case "opacity", "mix-blend-mode", "isolation":
		return isLayer(name, value)
	case "stroke-dasharray":
		g.strokes.dash = shorter(g.strokes.dash, dashOf(value, bases{normalFont, normalFont, g.width}, g.box.width()))
	case "vector-effect":
		g.strokes.unbound = g.strokes.unbound || bytes.Contains(value, []byte("non-scaling"))
	}
	return false
}

// settleWork counts the segments of the element at hand, once its shape is known.
func (g *Graph) settleWork(name string, s, styled *scratch) {
	e := &g.elements[g.current()]
	e.segments += float32(s.segments + styled.segments)
	e.long = max(e.long, float32(clamp(max(s.long, styled.long))))
	g.settleDash(e, s, styled)
	if name == "use" {
		g.strokes.dash = shorter(g.strokes.dash, float64(e.dash))
	}
}

// settleDash works out the dashes of an element: those of its attribute or of its style, and where
// neither says any those around it.
func (g *Graph) settleDash(e *element, s, styled *scratch) {
	if !s.dashed && !styled.dashed {
		return
	}
	dash := 0.
	for _, part := range [...]*scratch{s, styled} {
		if part.dashed {
			dash = shorter(dash, part.dash+part.dashFont*float64(e.font)/normalFont)
		}
	}
	e.dash = float32(dash)
}

// isLayered reports whether an element has a layer of its own, whatever its filter and mask have.
func (c *coster) isLayered(at int32) bool { return c.elements[at].layered || c.layered[at] }

// layer has a style sheet make a layer of an element.
func (c *coster) layer(at int32) {
	if c.layered == nil {
		c.layered = map[int32]bool{}
	}
	c.layered[at] = true
}

// shape returns what it takes to paint an element itself: the pixels of its box, within the
// drawing, and the segments of its outline and of its dashes.
func (c *coster) shape(at int32) price {
	e := &c.elements[at]
	segments := float64(e.segments)
	name := c.named[e.name]
	switch {
	case name == "circle" || name == "ellipse" || name == "rect":
		segments += circleSegments
	case isText(name):
		segments += charSegments * float64(e.chars)
	case !e.kind.isPainted() && e.kind != kindClipped:
		return price{}
	}
	box := Box{float64(e.own[0]), float64(e.own[1]), float64(e.own[2]), float64(e.own[3])}
	if box.empty() {
		return price{segments: segments}
	}
	scale, stroke := c.scales[at], c.strokeOf(at)
	w, h := clamp((box.width()+stroke)*scale), clamp((box.height()+stroke)*scale)
	p := price{painted: min(w*h, c.result.Width*c.result.Height)}
	long, reach := float64(e.long), max(w, h)
	switch {
	case isText(name):
		long = charLength * float64(e.wide)
		reach = c.fontOf(at) * scale
	case long == 0:
		long = 2 * (box.width() + box.height())
	}
	if reach > bentOver {
		segments *= math.Sqrt(reach / bentOver)
	}
	if e.kind != kindClipped {
		if dash := shorter(float64(e.dash), c.strokes.dash); dash > 0 {
			if c.strokes.unbound {
				long *= max(1, scale)
			}
			segments += long / max(dash, minDash)
		}
	}
	p.segments = saturate(segments)
	return p
}

// subjectsOfLayers has the layers of style sheets concern their elements.
func (c *coster) subjectsOfLayers() error {
	if len(c.layers) == 0 {
		return nil
	}
	return c.subjects(func(at int32, subject css.Subject) error {
		if c.layers[subject] {
			c.layer(at)
		}
		return c.pay.Step(1)
	})
}
