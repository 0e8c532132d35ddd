package svg

import (
	"math"
	"slices"
	"strings"

	"github.com/seed73825598/airlock/safexml/internal/css"
)

// A Cost is what it takes to draw a drawing once.
type Cost struct {
	Width, Height float64 // in pixels of CSS
	// Pixels is how often a pixel is worked on, beyond painting the shapes themselves: the regions of
	// filters, each as often as it has primitives and octaves, those of masks, tiles of patterns and
	// raster images, with every transform, viewBox and use.
	Pixels float64
	// Painted is how many pixels the boxes of shapes have, within the drawing, Segments how many
	// pieces of lines and Layers how many pixels are laid over others: a layer has as many as the
	// drawing. Nested is how many of those are kept at once.
	Painted, Segments, Layers, Nested float64

	Deviation float64 // the largest blur, in pixels
	Radius    float64 // the largest feMorphology, in pixels
}

// The size of a drawing that says none (CSS Images 3, 5.1).
const defaultWidth, defaultHeight = 300, 150

// rootSize works out the size of the drawing: width and height, and where both the attribute and
// the style attribute say nothing or a percentage, that of the viewBox.
func (g *Graph) rootSize(d *detail, s, styled *scratch) {
	side := func(l, styled length, box, otherwise float64) (size float64) {
		said := false
		whole := otherwise
		if d.viewed {
			whole = box
		}
		for _, l := range [...]length{l, styled} {
			if l.set && !l.percent {
				said = true
			}
			if l.set || l.more > 0 { // Some programs take a percentage of the viewBox.
				size = max(size, l.of(whole))
			}
		}
		if said {
			return size
		}
		return max(size, whole)
	}
	d.x, d.y = s.x, s.y
	d.width, d.height = larger(s.width, styled.width, 0), larger(s.height, styled.height, 0)
	g.width = side(s.width, styled.width, d.viewBox[2], defaultWidth)
	g.height = side(s.height, styled.height, d.viewBox[3], defaultHeight)
	g.box = Box{0, 0, g.width, g.height}
	if d.viewed {
		g.box = Box{d.viewBox[0], d.viewBox[1], clamp(d.viewBox[0] + d.viewBox[2]), clamp(d.viewBox[1] + d.viewBox[3])}
	}
}

// size returns the size of the drawing, style sheets included.
func (g *Graph) size() (width, height float64) {
	width, height = g.width, g.height
	font := float64(g.elements[0].font)
	for i := range g.sizes { // The size of the font first.
		if r := &g.sizes[i]; r.property == "font-size" && g.isRoot(r.subject) {
			font = max(font, r.length.in(bases{font, font, 0}).of(font))
		}
	}
	if by := font / max(1e-6, float64(g.elements[0].font)); by > 1 && g.elements[0].relations&ofFont != 0 {
		width, height = clamp(width*by), clamp(height*by)
	}
	for i := range g.sizes {
		r := &g.sizes[i]
		if r.property != "width" && r.property != "height" || !g.isRoot(r.subject) {
			continue
		}
		l := r.length
		if l.base == pictureBase {
			l.base, l.percent = pixelBase, true
		}
		l = l.in(bases{font, font, 0})
		if r.property == "width" {
			width = max(width, l.of(g.width))
		} else {
			height = max(height, l.of(g.height))
		}
	}
	if g.rootVaries {
		width, height = max(width, g.variable), max(height, g.variable)
	}
	return width, height
}

// view returns the transform from the units of a viewBox to a viewport of the given size.
func (d *detail) view(width, height float64) Matrix {
	if !d.viewed || d.viewBox[2] <= 0 || d.viewBox[3] <= 0 {
		return identity
	}
	x, y := clamp(width/d.viewBox[2]), clamp(height/d.viewBox[3])
	switch {
	case d.stretched:
	case d.slice:
		x = max(x, y)
		y = x
	default:
		x = min(x, y)
		y = x
	}
	return Matrix{x, 0, 0, y, clamp(-d.viewBox[0] * x), clamp(-d.viewBox[1] * y)}
}

// A price is what drawing something costs.
type price struct {
	area   float64 // in the units of an element: it grows and shrinks with every transform around
	pixels float64 // of raster images, which are decoded whole however small they are drawn

	painted, segments, layers float64
	nested                    float64 // layers inside one another
}

// plus returns both together.
func (p price) plus(q price) price {
	return price{saturate(p.area + q.area), saturate(p.pixels + q.pixels), saturate(p.painted + q.painted),
		saturate(p.segments + q.segments), saturate(p.layers + q.layers), max(p.nested, q.nested)}
}

// under returns the price when the units are transformed.
func (p price) under(area float64) price {
	p.area = saturate(p.area * area)
	return p
}

// often returns the price of drawing it n times.
func (p price) often(n float64) price {
	return price{saturate(p.area * n), saturate(p.pixels * n), saturate(p.painted * n), saturate(p.segments * n),
		saturate(p.layers * n), p.nested}
}

// A coster works out the cost of each element, after those of all that it draws.
type coster struct {
	*Graph
	walk   *Walk
	boxes  []Box           // of each element, in the units around it
	inner  []Box           // and in its own
	costs  []price         // in its own units, multiplied by the transform of the element
	scales []float64       // the most that lengths of an element's own units are stretched on the way to the pixels
	fitted []float64       // the most that a server's content is stretched for those that it serves; 0 for not at all
	ink    []Box           // like inner, with strokes and markers; nil where filter functions stand nowhere
	zoom   map[int32]zooms // by how much style sheets enlarge an element
	blur   map[int32]blur  // and blur it
	grown  []float32       // by how much fonts are larger than the elements say; nil where style sheets set none
	chain  []int32         // room for what a server inherits

	layered map[int32]bool // of which style sheets make layers
	result  Cost
}

// Cost returns what the drawing costs; the walk has found no cycle in it.
func (g *Graph) Cost(w *Walk) (Cost, error) {
	c := coster{Graph: g, walk: w}
	if len(g.elements) == 0 || len(g.details) == 0 {
		return c.result, nil
	}
	c.result.Width, c.result.Height = g.size()
	n := len(g.elements)
	if err := g.pay.Hold(152*n + 8*len(w.order)); err != nil {
		return c.result, err
	}
	c.boxes, c.inner, c.costs = make([]Box, n), make([]Box, n), make([]price, n)
	c.scales, c.fitted = make([]float64, len(w.first)-1), make([]float64, n)
	if err := c.applySizes(); err != nil {
		return c.result, err
	}
	if err := c.subjectsOfLayers(); err != nil {
		return c.result, err
	}
	if err := c.inks(); err != nil {
		return c.result, err
	}
	// Each element after those that it draws.
	if err := c.each(c.place); err != nil {
		return c.result, err
	}
	if err := c.each(func(at int32) error {
		_, err := c.properties(at, c.inner[at], c.note)
		return err
	}); err != nil {
		return c.result, err
	}
	if err := c.stretch(); err != nil {
		return c.result, err
	}
	if err := c.each(c.element); err != nil {
		return c.result, err
	}
	all, size := &c.costs[0], c.result.Width*c.result.Height
	c.result.Pixels = saturate(all.area + all.pixels)
	c.result.Painted, c.result.Segments = all.painted, all.segments
	c.result.Layers, c.result.Nested = saturate(all.layers*size), saturate(all.nested*size)
	if c.blurVaries {
		c.result.Deviation = max(c.result.Deviation, c.variable)
	}
	return c.result, nil
}

// each calls f with each element, after those that it draws.
func (c *coster) each(f func(at int32) error) error {
	for _, v := range c.walk.order {
		if int(v) >= len(c.elements) {
			continue
		}
		if err := f(v); err != nil {
			return err
		}
	}
	return nil
}

// inks makes room for the boxes with strokes, if there are filter functions.
func (c *coster) inks() error {
	found := len(c.blur) > 0
	for i := range c.details {
		found = found || c.details[i].blurs > 0
	}
	if !found {
		return nil
	}
	c.ink = make([]Box, len(c.elements))
	return c.pay.Hold(32 * len(c.elements))
}

// applySizes has style sheets enlarge the elements that they may concern.
func (c *coster) applySizes() error {
	c.zoom = map[int32]zooms{}
	if c.zoomVaries {
		c.zoom[0] = zooms{c.variable}
	}
	if root := &c.details[c.elements[0].detail]; !root.viewed {
		// Lengths in it may be parts of that size.
		z := c.zoom[0]
		z[2] = max(z[2], ratio(c.result.Width, c.width), ratio(c.result.Height, c.height))
		c.zoom[0] = z
	}
	if len(c.sizes) == 0 {
		return c.grow()
	}
	by := map[css.Subject][]*sheetSize{}
	for i := range c.sizes {
		by[c.sizes[i].subject] = append(by[c.sizes[i].subject], &c.sizes[i])
	}
	if err := c.pay.Hold(112*len(c.elements) + 64*len(c.sizes)); err != nil {
		return err
	}
	c.blur = map[int32]blur{}
	if err := c.growFonts(by); err != nil {
		return err
	}
	if err := c.grow(); err != nil {
		return err
	}
	return c.subjects(func(at int32, subject css.Subject) error {
		list := by[subject]
		if err := c.pay.Step(1 + int64(len(list))); err != nil {
			return err
		}
		for _, r := range list {
			c.enlarge(at, r)
		}
		return nil
	})
}

// zooms are what transform, scale and zoom enlarge an element by, one after another.
type zooms [3]float64

// product returns by how much they enlarge together.
func (z *zooms) product() float64 { return max(1, z[0]) * max(1, z[1]) * max(1, z[2]) }

// A blur is what the filter functions of a style sheet do to an element.
type blur struct {
	functions int
	by        float64
}

// enlarge applies a declaration of a style sheet to an element that it may concern.
func (c *coster) enlarge(at int32, r *sheetSize) {
	e := &c.elements[at]
	switch r.property {
	case "transform", "scale", "zoom":
		z := c.zoom[at]
		i := strings.Index("tsz", r.property[:1])
		z[i] = max(z[i], r.zoom)
		c.zoom[at] = z
		return
	case "filter":
		b := c.blur[at]
		c.blur[at] = blur{max(b.functions, r.blurs), max(b.by, r.zoom)}
		return
	case "stroke-width":
		c.stroke = max(c.stroke, r.length.in(c.basesOf(at)).of(math.Hypot(c.around(at))))
		return
	}
	if name := c.named[e.name]; at != 0 && e.detail >= 0 && (name == "svg" || name == "use") {
		c.resize(at, r)
		return
	}
	if r.property == "d" && c.named[e.name] == "path" {
		box := r.box
		if e.own[0] <= e.own[2] {
			box.join(Box{float64(e.own[0]), float64(e.own[1]), float64(e.own[2]), float64(e.own[3])})
		}
		e.own = [4]float32{float32(box.Left), float32(box.Top), float32(box.Right), float32(box.Bottom)}
		return
	}
	if at == 0 || Box.empty(Box{float64(e.own[0]), float64(e.own[1]), float64(e.own[2]), float64(e.own[3])}) {
		return
	}
	l := r.length.in(c.basesOf(at))
	aroundW, aroundH := c.around(at)
	w, h := float32(l.of(aroundW)), float32(l.of(aroundH))
	left, top, right, bottom := &e.own[0], &e.own[1], &e.own[2], &e.own[3]
	switch name := c.named[e.name]; r.property {
	case "x", "cx":
		*left, *right = min(*left, *left+w), max(*right, *right+w)
	case "y", "cy":
		*top, *bottom = min(*top, *top+h), max(*bottom, *bottom+h)
	case "width":
		if name == "rect" || name == "image" {
			*right = max(*right, *left+w)
		}
	case "height":
		if name == "rect" || name == "image" {
			*bottom = max(*bottom, *top+h)
		}
	case "r", "rx", "ry":
		if name == "circle" || name == "ellipse" {
			*left, *right, *top, *bottom = *left-w, *right+w, *top-h, *bottom+h
		}
	}
}

// resize has a style sheet stretch what stands in a svg or is drawn by a use: its viewBox is fitted
// to the size.
func (c *coster) resize(at int32, r *sheetSize) {
	d := &c.details[c.elements[at].detail]
	size := d.width
	whole, high := c.around(at)
	switch r.property {
	case "width":
	case "height":
		size, whole = d.height, high
	default:
		return
	}
	by := clamp(r.length.in(c.basesOf(at)).of(whole) / max(1e-6, size.or(100, true).of(whole)))
	z := c.zoom[at]
	z[2] = max(z[2], by)
	c.zoom[at] = z
}

// own returns the transform from an element's own units to those around it.
func (c *coster) own(at int32) Matrix {
	e := &c.elements[at]
	m := identity
	if e.detail >= 0 {
		d := &c.details[e.detail]
		m = d.transform
		switch name := c.named[e.name]; {
		case at == 0:
			m = m.Times(d.view(c.result.Width, c.result.Height))
		case name == "svg" || name == "symbol":
			w, h := c.around(at)
			view := d.view(d.width.or(100, true).of(w), d.height.or(100, true).of(h))
			m = m.Times(Matrix{1, 0, 0, 1, d.x.of(w), d.y.of(h)}).Times(view)
		case name == "use":
			w, h := c.around(at)
			m = m.Times(Matrix{1, 0, 0, 1, d.x.of(w), d.y.of(h)})
		case name == "marker":
			view := d.view(d.width.or(3, false).of(1), d.height.or(3, false).of(1))
			m = m.Times(view)
		}
	}
	z := c.zoom[at]
	zoom := z.product()
	if e.detail >= 0 {
		zoom *= max(1, c.details[e.detail].zoom)
	}
	return m.Times(Matrix{A: zoom, D: zoom})
}

// useView returns by how much use stretches what it names: the symbol or svg whose viewBox is
// fitted to a size of its own, percentages of what is around it, and parts of its font.
func (c *coster) useView(use, target int32) float64 {
	u, t := &c.elements[use], &c.elements[target]
	if u.kind != kindUse {
		return 1
	}
	by := 1.
	if u.detail >= 0 && t.detail >= 0 {
		d, s := &c.details[u.detail], &c.details[t.detail]
		w, h := c.around(target)
		switch {
		case !d.width.set && !d.height.set:
		case s.viewed && s.viewBox[2] > 0 && s.viewBox[3] > 0:
			asked := max(d.width.or(100, true).of(w)/s.viewBox[2], d.height.or(100, true).of(h)/s.viewBox[3])
			if base := c.own(target).Stretch(); base > 0 {
				by = max(0, clamp(asked/base))
			}
		case t.relations&aroundWithin != 0:
			by = max(1, ratio(d.width.of(w), w), ratio(d.height.of(h), h))
		}
	}
	if t.relations&aroundWithin != 0 {
		w, h := c.around(target)
		useW, useH := c.around(use)
		by *= max(1, ratio(useW, w), ratio(useH, h))
	}
	if t.relations&fontWithin != 0 && t.relations&ownFont == 0 {
		by *= max(1, ratio(c.fontOf(use), c.fontOf(target)))
	}
	return clamp(by)
}

// ratio divides two sizes; what nothing is a part of is not enlarged.
func ratio(a, b float64) float64 {
	if b <= 0 {
		return 1
	}
	return a / b
}

// fontOf returns the size of an element's font, style sheets included.
func (c *coster) fontOf(at int32) float64 { return float64(c.elements[at].font) * c.growth(at) }

// growth returns by how much style sheets enlarge the font of an element, at least 1.
func (c *coster) growth(at int32) float64 {
	if c.grown == nil {
		return 1
	}
	return float64(c.grown[at])
}

// basesOf returns what lengths that a style sheet gives an element are multiples of.
func (c *coster) basesOf(at int32) bases {
	return bases{c.fontOf(at), c.fontOf(0), max(c.result.Width, c.result.Height)}
}

// stretch works out the scale of every vertex, from the root on: the largest by any way.
func (c *coster) stretch() error {
	for i := range c.scales {
		c.scales[i] = 0
	}
	for _, v := range slices.Backward(c.walk.order) {
		scale := c.scales[v]
		if v == 0 || scale == 0 && int(v) < len(c.elements) {
			scale = max(scale, 1) // An element that nothing draws is measured as it stands.
		}
		inside := scale
		if int(v) < len(c.elements) {
			if kind := c.elements[v].kind; kind != kindPattern && kind != kindMarker {
				scale = clamp(scale * c.own(v).Stretch())
			}
			inside = scale
			if fitted := c.fitted[v]; fitted > 0 {
				inside = clamp(scale * fitted)
			}
		}
		c.scales[v] = scale
		edges := c.walk.of(v)
		if err := c.pay.Step(1 + int64(len(edges))); err != nil {
			return err
		}
		for _, e := range edges {
			by := scale
			switch {
			case int(v) >= len(c.elements):
			case int(e.to) < len(c.elements):
				by = inside
			case c.elements[v].kind == kindUse && e.use == useLink:
				targets := c.walk.of(e.to)
				if err := c.pay.Step(int64(len(targets))); err != nil {
					return err
				}
				for _, target := range targets {
					by = max(by, scale*c.useView(v, target.to))
				}
			}
			c.scales[e.to] = max(c.scales[e.to], clamp(by))
		}
	}
	return nil
}

// place works out the boxes of one element.
func (c *coster) place(at int32) error {
	e := &c.elements[at]
	own := e.own
	box := Box{float64(own[0]), float64(own[1]), float64(own[2]), float64(own[3])}
	if box.empty() {
		box = emptyBox()
	}
	ink := box
	if c.ink != nil && e.kind.isPainted() && !box.empty() {
		pad := 2 * c.strokeOf(at) // Corners are mitred up to so far.
		ink.add(clamp(box.Left-pad), clamp(box.Top-pad))
		ink.add(clamp(box.Right+pad), clamp(box.Bottom+pad))
	}
	edges := c.walk.of(at)
	if err := c.pay.Step(1 + int64(len(edges))); err != nil {
		return err
	}
	join := func(from int32, k float64) {
		m := Matrix{A: k, D: k}
		box.join(m.apply(c.boxes[from]))
		if c.ink != nil {
			ink.join(m.Times(c.own(from)).apply(c.ink[from]))
		}
	}
	for _, next := range edges {
		switch {
		case next.use == useMarker && c.ink != nil:
			w, h := c.around(at)
			ink.join(Box{0, 0, w, h})
		case next.use != useLink:
		case int(next.to) < len(c.elements): // The elements inside it.
			if c.elements[next.to].kind.inPlace() {
				join(next.to, 1)
			}
		default:
			for _, target := range c.walk.of(next.to) { // The elements that it names.
				join(target.to, c.useView(at, target.to))
			}
		}
	}
	c.inner[at] = box
	c.boxes[at] = c.own(at).apply(box)
	if c.ink != nil {
		c.ink[at] = ink
	}
	return nil
}

// element works out the cost of one element.
func (c *coster) element(at int32) error {
	e := &c.elements[at]
	cost := c.shape(at)
	edges := c.walk.of(at)
	if err := c.pay.Step(1 + int64(len(edges))); err != nil {
		return err
	}
	for _, next := range edges {
		if next.use != useLink {
			continue
		}
		if int(next.to) < len(c.elements) { // The elements inside it.
			if c.elements[next.to].kind.inPlace() {
				cost = cost.plus(c.costs[next.to])
			}
			continue
		}
		for _, target := range c.walk.of(next.to) { // The elements that it names.
			k := c.useView(at, target.to)
			cost = cost.plus(c.costs[target.to].under(k * k))
		}
	}
	b := c.blur[at]
	if e.detail >= 0 {
		d := &c.details[e.detail]
		cost.pixels = saturate(cost.pixels + d.pixels)
		b = blur{max(b.functions, d.blurs), max(b.by, d.blurBy)}
	}
	if b.functions > 0 {
		cost.layers += filterLayers + float64(b.functions)
		cost.nested += filterLayers
		ink := c.ink[at]
		cost.area = saturate(cost.area + float64(b.functions)*(ink.width()+6*b.by)*(ink.height()+6*b.by))
		c.result.Deviation = max(c.result.Deviation, clamp(b.by*c.scales[at]))
	}
	more, err := c.properties(at, c.inner[at], c.serve)
	if err != nil {
		return err
	}
	if c.isLayered(at) {
		cost.layers++
		cost.nested++
	}
	c.costs[at] = cost.plus(more).under(c.own(at).Area())
	return nil
}

// saturate keeps costs within what is counted with.
func saturate(v float64) float64 {
	if math.IsNaN(v) || v > 1e300 {
		return 1e300
	}
	return max(0, v)
}
