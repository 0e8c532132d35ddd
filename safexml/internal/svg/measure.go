package svg

import (
	"bytes"
	"math"
	"strings"

	"github.com/seed73825598/airlock/safexml/internal/css"
)

// A Box is a rectangle that holds what is drawn, in the units of some element.
type Box struct{ Left, Top, Right, Bottom float64 }

// noBox holds nothing.
var noBox = [4]float32{float32(math.Inf(1)), float32(math.Inf(1)), float32(math.Inf(-1)), float32(math.Inf(-1))}

func emptyBox() Box { return Box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)} }

func (b Box) empty() bool { return !(b.Left <= b.Right && b.Top <= b.Bottom) }

// width and height are 0 for an empty box.
func (b Box) width() float64  { return max(0, min(b.Right-b.Left, mostNumber)) }
func (b Box) height() float64 { return max(0, min(b.Bottom-b.Top, mostNumber)) }

// add makes the box hold a point.
func (b *Box) add(x, y float64) {
	b.Left, b.Top, b.Right, b.Bottom = min(b.Left, x), min(b.Top, y), max(b.Right, x), max(b.Bottom, y)
}

// join makes the box hold another one.
func (b *Box) join(o Box) {
	if !o.empty() {
		b.add(o.Left, o.Top)
		b.add(o.Right, o.Bottom)
	}
}

// apply returns the box that holds b when it is transformed.
func (m Matrix) apply(b Box) Box {
	out := emptyBox()
	if b.empty() {
		return out
	}
	for _, x := range [...]float64{b.Left, b.Right} {
		for _, y := range [...]float64{b.Top, b.Bottom} {
			out.add(clamp(m.A*x+m.C*y+m.E), clamp(m.B*x+m.D*y+m.F))
		}
	}
	return out
}

// clamp keeps a number within what is counted with. A text that is not a number is 0.
func clamp(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return min(max(v, -mostNumber), mostNumber)
}

// A length is a coordinate or size; of a percentage it depends on what it is a part.
type length struct {
	value        float64 // in pixels, or hundredths
	percent, set bool
}

// or returns the length if it is set, and otherwise another one.
func (l length) or(value float64, percent bool) length {
	if l.set {
		return l
	}
	return length{value, percent, true}
}

// of returns the length in pixels.
func (l length) of(whole float64) float64 {
	if l.percent {
		return clamp(l.value / 100 * whole)
	}
	return l.value
}

// parseLength reads a length; set is false for a keyword.
func parseLength(value []byte) length {
	value = bytes.TrimSpace(value)
	if bytes.HasPrefix(value, []byte("calc(")) {
		value = bytes.TrimLeft(value[len("calc("):], " ")
	}
	end := number(value, 0)
	if end == 0 {
		return length{}
	}
	v := parseNumber(value[:end])
	unit := bytes.TrimSpace(value[end:measure(value, 0)])
	if string(unit) == "%" {
		return length{v, true, true}
	}
	return length{clamp(v * unitFactor(unit)), false, true}
}

// numbers reads at most n numbers of a list.
func numbers(value []byte, n int) (list []float64) {
	for i := 0; i < len(value) && len(list) < n; {
		end := number(value, i)
		if end == i {
			i++
			continue
		}
		list = append(list, parseNumber(value[i:end]))
		i = end
	}
	return list
}

// A detail is what an element has beside its box: a transform, a region, a unit.
type detail struct {
	transform           Matrix
	x, y, width, height length
	viewBox             [4]float64
	viewed              bool // there is a viewBox
	slice, stretched    bool // preserveAspectRatio says slice, or none
	userUnits           bool // filterUnits, maskUnits or patternUnits is userSpaceOnUse
	userUnitsSet        bool
	boxContent          bool // the content, or the primitives, are in units of the box
	filter              Filter
	pixels              float64 // of a raster image
	strokeBy            float64 // stroke-width, for markers
	blurs               int     // filter functions of CSS
	blurBy              float64 // the largest number in them
}

// scratch is what is known of the element at hand before all its attributes have been seen.
type scratch struct {
	cx, cy, r, rx, ry, x1, y1, x2, y2, x, y, width, height length
	points                                                 Box
	fontSize                                               length

	octaves, kernel, radius, deviation float64 // of a filter primitive
}

// detail returns the detail of the element at hand, which is made if there is none.
func (g *Graph) detail() (*detail, error) {
	e := &g.elements[g.current()]
	if e.detail < 0 {
		if err := g.pay.Hold(detailBytes); err != nil {
			return nil, err
		}
		e.detail = int32(len(g.details)) //nolint:gosec // Bounded by memory.
		g.details = append(g.details, detail{transform: identity})
	}
	return &g.details[e.detail], nil
}

const detailBytes = 480

// Measure takes an attribute without a prefix, or a declaration of the style attribute, of the
// element at hand.
func (g *Graph) Measure(name string, value []byte) error {
	s := &g.scratch
	if v, tooMuch := FilterNumber(name, value); tooMuch == "" {
		switch name {
		case "numOctaves":
			s.octaves = v
		case "order":
			s.kernel = v
		case "radius":
			s.radius = v
		case "stdDeviation":
			s.deviation = v
		}
	}
	switch name {
	case "x":
		s.x = parseLength(value)
	case "y":
		s.y = parseLength(value)
	case "width", "markerWidth":
		s.width = parseLength(value)
	case "height", "markerHeight":
		s.height = parseLength(value)
	case "cx":
		s.cx = parseLength(value)
	case "cy":
		s.cy = parseLength(value)
	case "r":
		s.r = parseLength(value)
	case "rx":
		s.rx = parseLength(value)
	case "ry":
		s.ry = parseLength(value)
	case "x1":
		s.x1 = parseLength(value)
	case "y1":
		s.y1 = parseLength(value)
	case "x2":
		s.x2 = parseLength(value)
	case "y2":
		s.y2 = parseLength(value)
	case "font-size":
		s.fontSize = parseLength(value)
	case "points":
		g.measurePoints(value)
	case "d":
		g.measurePath(value)
	default:
		return g.measureDetail(name, value)
	}
	return nil
}

// measureDetail is Measure for what few elements have.
func (g *Graph) measureDetail(name string, value []byte) error {
	switch name {
	case "transform", "patternTransform", "viewBox", "preserveAspectRatio", "filterUnits", "maskUnits", "patternUnits",
		"patternContentUnits", "maskContentUnits", "clipPathUnits", "primitiveUnits", "filterRes", "stroke-width", "filter":
	default:
		return nil
	}
	if name == "stroke-width" && g.elements[g.current()].kind != kindVertices {
		return nil
	}
	d, err := g.detail()
	if err != nil {
		return err
	}
	text := string(bytes.TrimSpace(value))
	switch name {
	case "transform", "patternTransform":
		m, _ := ParseTransforms(value)
		d.transform = d.transform.Times(m)
	case "viewBox":
		if v := numbers(value, 4); len(v) == 4 {
			d.viewBox, d.viewed = [4]float64(v), true
		}
	case "preserveAspectRatio":
		d.stretched = strings.HasPrefix(text, "none")
		d.slice = strings.HasSuffix(text, "slice")
	case "filterUnits", "maskUnits", "patternUnits":
		d.userUnits, d.userUnitsSet = text == "userSpaceOnUse", true
	case "patternContentUnits", "maskContentUnits", "clipPathUnits", "primitiveUnits":
		d.boxContent = text == "objectBoundingBox"
	case "filterRes":
		if v := numbers(value, 2); len(v) > 0 {
			d.filter.resolution = v[0] * v[len(v)-1]
		}
	case "stroke-width":
		d.strokeBy = parseLength(value).of(100)
	case "filter":
		d.blurs = strings.Count(text, "(") - strings.Count(strings.ToLower(text), "url(")
		d.blurBy = FilterFunctions(value)
	}
	return nil
}

// measurePoints takes the points of a polygon.
func (g *Graph) measurePoints(value []byte) {
	box := &g.scratch.points
	x, odd := 0., false
	for i := 0; i < len(value); {
		end := number(value, i)
		if end == i {
			i++
			continue
		}
		v := parseNumber(value[i:end])
		if odd {
			box.add(x, v)
		}
		x, odd = v, !odd
		i = end
		g.vertices++
	}
}

// measurePath takes the data of a path. Its box is that of its points and control points; arcs may
// reach beyond them.
func (g *Graph) measurePath(value []byte) {
	p := pathReader{box: &g.scratch.points}
	for i := 0; i < len(value); {
		c := value[i]
		if isLetter(c) && c != 'e' && c != 'E' {
			p.command, p.n = c, 0
			if c == 'z' || c == 'Z' {
				p.x, p.y = p.startX, p.startY
			}
			i++
			continue
		}
		end := number(value, i)
		if p.command|0x20 == 'a' && (p.n == 3 || p.n == 4) && (c == '0' || c == '1') {
			end = i + 1 // The flags of an arc are one character each.
		}
		if end == i {
			i++
			continue
		}
		p.number(parseNumber(value[i:end]))
		i = end
		g.vertices++
	}
}

// A pathReader follows the current point of path data (SVG 2, 9.3).
type pathReader struct {
	box            *Box
	command        byte
	n              int // numbers of the command so far
	args           [7]float64
	x, y           float64
	startX, startY float64
}

// number takes a number.
func (p *pathReader) number(v float64) {
	want := 2
	switch p.command | 0x20 {
	case 'h', 'v':
		want = 1
	case 'c':
		want = 6
	case 's', 'q':
		want = 4
	case 'a':
		want = 7
	}
	p.args[p.n] = v
	if p.n++; p.n < want {
		return
	}
	p.n = 0
	relative := p.command >= 'a'
	baseX, baseY := 0., 0.
	if relative {
		baseX, baseY = p.x, p.y
	}
	switch p.command | 0x20 {
	case 'h':
		p.x = clamp(baseX + p.args[0])
	case 'v':
		p.y = clamp(baseY + p.args[0])
	case 'a':
		fromX, fromY := p.x, p.y
		p.x, p.y = clamp(baseX+p.args[5]), clamp(baseY+p.args[6])
		// The arc lies on an ellipse through both ends, and radii that are too small grow to half of what
		// is between them. Less than half of a circle bends by no more than that.
		r := math.Hypot(p.x-fromX, p.y-fromY)
		if rx, ry := math.Abs(p.args[0]), math.Abs(p.args[1]); rx != ry || p.args[3] != 0 {
			r = max(r, 2*rx, 2*ry)
		}
		p.box.add(clamp(min(fromX, p.x)-r), clamp(min(fromY, p.y)-r))
		p.box.add(clamp(max(fromX, p.x)+r), clamp(max(fromY, p.y)+r))
	default:
		for i := 0; i+1 < want; i += 2 {
			x, y := clamp(baseX+p.args[i]), clamp(baseY+p.args[i+1])
			p.box.add(x, y)
			if i+2 == want {
				p.x, p.y = x, y
			}
		}
		if p.command|0x20 == 'm' {
			p.startX, p.startY = p.x, p.y
			p.command = 'l' | p.command&0x20
			if !relative {
				p.command = 'L'
			}
		}
	}
	p.box.add(p.x, p.y)
}

// Measured ends the attributes of the element at hand.
func (g *Graph) Measured(name string) error {
	s := g.scratch
	g.last, g.scratch = s, scratch{points: emptyBox()}
	if len(g.elements) == 1 {
		d, err := g.detail()
		if err != nil {
			return err
		}
		d.x, d.y, d.width, d.height = s.x, s.y, s.width, s.height
		g.rootSize(d)
		return nil
	}
	w, h := g.box.width(), g.box.height()
	box := s.points
	switch name {
	case "rect", "image":
		x, y := s.x.of(w), s.y.of(h)
		box = Box{x, y, clamp(x + s.width.of(w)), clamp(y + s.height.of(h))}
	case "circle", "ellipse":
		diagonal := math.Hypot(w, h) / math.Sqrt2
		rx, ry := max(s.r.of(diagonal), s.rx.of(w)), max(s.r.of(diagonal), s.ry.of(h))
		box = Box{clamp(s.cx.of(w) - rx), clamp(s.cy.of(h) - ry), clamp(s.cx.of(w) + rx), clamp(s.cy.of(h) + ry)}
	case "line":
		box.add(s.x1.of(w), s.y1.of(h))
		box.add(s.x2.of(w), s.y2.of(h))
	case "text", "tspan", "textPath":
		size := s.fontSize.or(16, false).of(16)
		x, y := s.x.of(w), s.y.of(h)
		box = Box{x, clamp(y - size), clamp(x + 16*size), clamp(y + size/2)}
	case "svg", "use", "symbol", "pattern", "mask", "filter", "marker", "hatch", "feImage":
		d, err := g.detail()
		if err != nil {
			return err
		}
		d.x, d.y, d.width, d.height = s.x, s.y, s.width, s.height
	}
	e := &g.elements[g.current()]
	e.own = [4]float32{float32(box.Left), float32(box.Top), float32(box.Right), float32(box.Bottom)}
	return nil
}

// Image notes how many pixels the raster image of the element at hand has.
func (g *Graph) Image(pixels float64) error {
	d, err := g.detail()
	if err == nil {
		d.pixels = pixels
	}
	return err
}

// StyleMeasure takes a declaration of a style sheet that may concern what the subjects match.
func (g *Graph) StyleMeasure(name string, value []byte, subjects []css.Subject) error {
	switch name {
	case "transform", "scale", "zoom":
		m, ok := ParseTransforms(value)
		zoom := m.Stretch()
		if !ok {
			for _, v := range numbers(value, 3) {
				zoom = max(zoom, math.Abs(v))
			}
		}
		if zoom <= 1 {
			return nil
		}
		for _, subject := range subjects {
			if err := g.pay.Hold(ruleBytes + len(subject.Name)); err != nil {
				return err
			}
			subject.Exact = false
			g.zooms = append(g.zooms, zoomRule{subject, zoom})
		}
	case "width", "height":
		l := parseLength(value)
		for _, subject := range subjects {
			if !g.isRoot(subject) || l.percent {
				continue
			}
			if name == "width" {
				g.sheetWidth = max(g.sheetWidth, l.value)
			} else {
				g.sheetHeight = max(g.sheetHeight, l.value)
			}
		}
	}
	return nil
}

// A zoomRule is a transform in a style sheet.
type zoomRule struct {
	subject css.Subject
	zoom    float64
}

// isRoot reports whether a subject may be the root element.
func (g *Graph) isRoot(s css.Subject) bool {
	switch s.Kind {
	case '#':
		n, ok := g.ids[s.Name]
		return ok && len(g.idents[n].elements) > 0 && g.idents[n].elements[0] == 0
	case '.':
		class := g.elements[0].class
		return class >= 0 && containsField(g.named[class], s.Name)
	}
	return s.Name == "" || s.Name == "svg"
}

func containsField(list, word string) bool {
	for field := range strings.FieldsSeq(list) {
		if field == word {
			return true
		}
	}
	return false
}
