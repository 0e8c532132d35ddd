package svg

import (
	"bytes"
	"math"
	"strings"
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
	blurs               int     // filter functions of CSS
	blurBy              float64 // the largest number in them
	declared            bool    // the transform is that of a style attribute
	zoom                float64 // by how much more than the transform says it may be enlarged; 0 for no more
}

// scratch is what is known of the element at hand before all its attributes have been seen.
type scratch struct {
	cx, cy, r, rx, ry, x1, y1, x2, y2, x, y, width, height length
	points                                                 Box
	segments                                               int     // of points and path data
	long                                                   float64 // how long they are
	declared                                               bool    // there are lengths in it
	fontSize, stroke                                       length
	dash, dashFont                                         float64 // the mean dash, and what a font of 16 pixels adds
	dashed                                                 bool    // they are said

	octaves, kernel, radius, deviation float64 // of a filter primitive
	unit                               float64 // kernelUnitLength, the smaller of two; 0 for none
	numbers                            int     // of kernelMatrix
	text                               textPlace
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

const detailBytes = 560

// Measure takes an attribute without a prefix of the element at hand.
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
	case "x1":
		s.x1 = parseLength(value)
	case "y1":
		s.y1 = parseLength(value)
	case "x2":
		s.x2 = parseLength(value)
	case "y2":
		s.y2 = parseLength(value)
	case "points":
		g.measurePoints(value)
	case "markerWidth":
		s.width = parseLength(value)
	case "markerHeight":
		s.height = parseLength(value)
	case "font-size":
		s.fontSize = parseFontSize(value)
	case "kernelMatrix":
		s.numbers = len(numbers(value, MaxKernel+1))
	case "kernelUnitLength":
		for _, v := range numbers(value, 2) {
			if v > 0 && (s.unit == 0 || v < s.unit) {
				s.unit = v
			}
		}
	case "textLength":
		s.text.length = parseLength(value)
	case "dx", "dy":
		s.text.moves(value)
	case "letter-spacing", "word-spacing", "kerning":
		g.spaced(value)
	case "writing-mode":
		g.upright = g.upright || runsDown(value)
	case "opacity", "mix-blend-mode", "isolation", "stroke-dasharray", "vector-effect", "pathLength":
		g.work(s, name, value)
	default:
		if l := s.lengthOf(name); l != nil {
			*l = parseLength(value)
			if name == "x" || name == "y" {
				s.text.places(name == "y", value)
			}
			return nil
		}
		return g.measureDetail(name, value)
	}
	return nil
}

// lengthOf returns the place of a length that is an attribute and a property of CSS alike, or nil.
func (s *scratch) lengthOf(name string) *length {
	switch name {
	case "x":
		return &s.x
	case "y":
		return &s.y
	case "width":
		return &s.width
	case "height":
		return &s.height
	case "cx":
		return &s.cx
	case "cy":
		return &s.cy
	case "r":
		return &s.r
	case "rx":
		return &s.rx
	case "ry":
		return &s.ry
	case "font-size":
		return &s.fontSize
	case "stroke-width":
		return &s.stroke
	}
	return nil
}

// measureDetail is Measure for what few elements have.
func (g *Graph) measureDetail(name string, value []byte) error {
	switch name {
	case "transform", "patternTransform", "viewBox", "preserveAspectRatio", "filterUnits", "maskUnits", "patternUnits",
		"patternContentUnits", "maskContentUnits", "clipPathUnits", "primitiveUnits", "filterRes", "filter":
	case "d":
		g.measurePath(value)
		return nil
	default:
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
		d.transformed(m, false)
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
	case "filter":
		d.blurs = max(d.blurs, blurs(value))
		d.blurBy = max(d.blurBy, FilterFunctions(value))
	}
	return nil
}

// measurePoints takes the points of a polygon.
func (g *Graph) measurePoints(value []byte) {
	box := &g.scratch.points
	x, odd := 0., false
	var last [2]float64
	for i := 0; i < len(value); {
		end := number(value, i)
		if end == i {
			i++
			continue
		}
		v := parseNumber(value[i:end])
		if odd {
			box.add(x, v)
			if g.scratch.segments++; g.scratch.segments > 1 {
				g.scratch.long += math.Hypot(x-last[0], v-last[1])
			}
			last = [2]float64{x, v}
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
	defer func() {
		g.scratch.long += p.long
		g.scratch.segments += p.segments
	}()
	for i := 0; i < len(value); {
		c := value[i]
		if isLetter(c) && c != 'e' && c != 'E' {
			p.command, p.n = c, 0
			if c == 'z' || c == 'Z' {
				p.to(p.startX, p.startY)
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
	segments       int
	long           float64 // how long the lines from point to point are
}

// to counts a line from the current point.
func (p *pathReader) to(x, y float64) {
	p.segments++
	p.long += math.Hypot(x-p.x, y-p.y)
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
	fromX, fromY := p.x, p.y
	relative := p.command >= 'a'
	baseX, baseY := 0., 0.
	if relative {
		baseX, baseY = p.x, p.y
	}
	switch p.command | 0x20 {
	case 'h':
		p.to(clamp(baseX+p.args[0]), p.y)
		p.x = clamp(baseX + p.args[0])
	case 'v':
		p.to(p.x, clamp(baseY+p.args[0]))
		p.y = clamp(baseY + p.args[0])
	case 'a':
		p.x, p.y = clamp(baseX+p.args[5]), clamp(baseY+p.args[6])
		// The arc lies on an ellipse through both ends, and radii that are too small grow to half of what
		// is between them. Less than half of a circle bends by no more than that.
		r := math.Hypot(p.x-fromX, p.y-fromY)
		if rx, ry := math.Abs(p.args[0]), math.Abs(p.args[1]); rx != ry || p.args[3] != 0 {
			r = max(r, 2*rx, 2*ry)
		}
		p.box.add(clamp(min(fromX, p.x)-r), clamp(min(fromY, p.y)-r))
		p.box.add(clamp(max(fromX, p.x)+r), clamp(max(fromY, p.y)+r))
		p.segments += 4
		p.long += 4 * r
	default:
		for i := 0; i+1 < want; i += 2 {
			x, y := clamp(baseX+p.args[i]), clamp(baseY+p.args[i+1])
			p.box.add(x, y)
			p.segments++
			p.long += math.Hypot(x-fromX, y-fromY)
			fromX, fromY = x, y
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
	g.last = g.scratch
	g.scratch = scratch{points: emptyBox()}
	err := g.settle(name, &g.last, &g.styled)
	if g.styled.declared {
		g.styled = scratch{points: emptyBox()}
	}
	return err
}

// settle works out the size of the element at hand from its attributes and its style attribute.
func (g *Graph) settle(name string, s, styled *scratch) error {
	g.inheritSizes(s, styled)
	if len(g.elements) == 1 {
		d, err := g.detail()
		if err != nil {
			return err
		}
		g.rootSize(d, s, styled)
		g.elements[0].inside = [2]float32{float32(g.box.width()), float32(g.box.height())}
		return nil
	}
	g.settleWork(name, s, styled)
	e := &g.elements[g.current()]
	w, h := g.around(g.current())
	e.inside = [2]float32{float32(w), float32(h)}
	box := g.boxOf(name, s)
	if styled.declared {
		both := styled.over(s)
		box.join(g.boxOf(name, &both))
	}
	switch name {
	case "svg", "use", "symbol", "pattern", "mask", "filter", "marker", "hatch", "feImage":
		d, err := g.detail()
		if err != nil {
			return err
		}
		d.x, d.y = larger(s.x, styled.x, w), larger(s.y, styled.y, h)
		d.width, d.height = larger(s.width, styled.width, w), larger(s.height, styled.height, h)
		e.inside = d.viewport(name, w, h)
	}
	e.own = [4]float32{float32(box.Left), float32(box.Top), float32(box.Right), float32(box.Bottom)}
	return nil
}

// viewport returns the size that percentages inside the element are parts of, where w and h are
// those around it. Programs differ in whether symbols and the like have one.
func (d *detail) viewport(name string, w, h float64) [2]float32 {
	switch {
	case name == "svg" && d.viewed:
		w, h = d.viewBox[2], d.viewBox[3]
	case name == "svg":
		w, h = d.width.or(100, true).of(w), d.height.or(100, true).of(h)
	case d.viewed:
		w, h = max(w, d.viewBox[2]), max(h, d.viewBox[3])
	}
	return [2]float32{float32(w), float32(h)}
}

// around returns the size that percentages of an element are parts of.
func (g *Graph) around(at int32) (w, h float64) {
	if parent := g.elements[at].parent; parent >= 0 {
		inside := &g.elements[parent].inside
		return float64(inside[0]), float64(inside[1])
	}
	return g.box.width(), g.box.height()
}

// relate notes that lengths of the element at hand depend on fonts or on what is around it.
func (g *Graph) relate(what relation) {
	if what == 0 {
		return
	}
	g.elements[g.current()].relations |= what & hereMask
	for at := g.current(); at >= 0 && g.elements[at].relations&(what<<withinShift) != what<<withinShift; {
		g.elements[at].relations |= what << withinShift
		at = g.elements[at].parent
	}
}

// boxOf returns the box of a shape, which is empty for everything else.
func (g *Graph) boxOf(name string, s *scratch) Box {
	w, h := g.around(g.current())
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
		box = g.textBox(s, w, h)
	}
	return box
}

// inheritSizes works out the size of the font and the width of the stroke of the element at hand,
// and what lengths are under that font.
func (g *Graph) inheritSizes(s, styled *scratch) {
	e := &g.elements[g.current()]
	root := len(g.elements) == 1
	b := bases{float64(e.font), float64(e.font), g.width}
	if !root {
		b.root = float64(g.elements[0].font)
	}
	// A percentage is one of the font around, as em is.
	for _, l := range [...]length{s.fontSize, styled.fontSize} {
		if l.set && !l.percent && l.base == pixelBase {
			e.relations |= ownFont
		}
	}
	e.font = inherited(e.font, s.fontSize.in(b), styled.fontSize.in(b), b.font)
	b.font = float64(e.font)
	g.largestFont = max(g.largestFont, b.font)
	var related relation
	for _, part := range [...]*scratch{s, styled} {
		if part == styled && !styled.declared {
			break
		}
		for _, l := range [...]*length{&part.cx, &part.cy, &part.r, &part.rx, &part.ry, &part.x1, &part.y1, &part.x2,
			&part.y2, &part.x, &part.y, &part.width, &part.height, &part.stroke} {
			if root && l.base == pictureBase {
				l.base, l.percent = pixelBase, true
			}
			if l.base == fontBase || l.base == rootBase {
				related |= ofFont
			}
			if l.percent {
				related |= ofAround
			}
			*l = l.in(b)
		}
	}
	if isText(g.named[e.name]) {
		related |= ofFont
	}
	g.relate(related)
	w, h := g.around(g.current())
	diagonal := math.Hypot(w, h) / math.Sqrt2
	e.stroke = inherited(e.stroke, s.stroke, styled.stroke, diagonal)
	if g.named[e.name] == "use" { // The elements that it uses inherit from here as well.
		g.stroke = max(g.stroke, float64(e.stroke))
	}
}

// inherited returns the size that an element has, which it inherits if neither its attribute nor
// its style says another. Of a value with functions it is the larger: programs read it one way or
// the other.
func inherited(size float32, attribute, styled length, whole float64) float32 {
	l := larger(attribute, styled, whole)
	if !l.set {
		return size
	}
	own := float32(math.Abs(l.of(whole)))
	if attribute.functions || styled.functions {
		return max(own, size)
	}
	return own
}

// Image notes how many pixels the raster image of the element at hand has.
func (g *Graph) Image(pixels float64) error {
	d, err := g.detail()
	if err == nil {
		d.pixels = pixels
	}
	return err
}
