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
	Pixels    float64
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
		for _, l := range [...]length{l, styled} {
			if l.set && !l.percent {
				size, said = max(size, l.value), true
			}
			size = max(size, l.more)
		}
		switch {
		case said:
			return size
		case d.viewed:
			return max(size, box)
		}
		return max(size, otherwise)
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
	for i := range g.sizes {
		r := &g.sizes[i]
		if r.property != "width" && r.property != "height" || !g.isRoot(r.subject) {
			continue
		}
		l := r.length.in(float64(g.elements[0].font))
		size := l.more
		if !l.percent {
			size = l.value
		}
		if r.property == "width" {
			width = max(width, size)
		} else {
			height = max(height, size)
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
}

// plus returns both together.
func (p price) plus(q price) price {
	return price{saturate(p.area + q.area), saturate(p.pixels + q.pixels)}
}

// under returns the price when the units are transformed.
func (p price) under(area float64) price { return price{saturate(p.area * area), p.pixels} }

// often returns the price of drawing it n times.
func (p price) often(n float64) price { return price{saturate(p.area * n), saturate(p.pixels * n)} }

// A coster works out the cost of each element, after those of all that it draws.
type coster struct {
	*Graph
	walk   *Walk
	boxes  []Box           // of each element, in the units around it
	inner  []Box           // and in its own
	costs  []price         // in its own units, multiplied by the transform of the element
	scales []float64       // the most that lengths of an element's own units are stretched on the way to the pixels
	zoom   map[int32]zooms // by how much style sheets enlarge an element
	blur   map[int32]blur  // and blur it
	chain  []int32         // room for what a server inherits
	result Cost
}

// Cost returns what the drawing costs; the walk has found no cycle in it.
func (g *Graph) Cost(w *Walk) (Cost, error) {
	c := coster{Graph: g, walk: w}
	if len(g.elements) == 0 || len(g.details) == 0 {
		return c.result, nil
	}
	c.result.Width, c.result.Height = g.size()
	n := len(g.elements)
	if err := g.pay.Hold(80*n + 8*len(w.order)); err != nil {
		return c.result, err
	}
	c.boxes, c.inner, c.costs = make([]Box, n), make([]Box, n), make([]price, n)
	c.scales = make([]float64, len(w.first)-1)
	if err := c.applySizes(); err != nil {
		return c.result, err
	}
	if err := c.stretch(); err != nil {
		return c.result, err
	}
	for _, v := range w.order {
		if int(v) >= n {
			continue
		}
		if err := c.element(v); err != nil {
			return c.result, err
		}
	}
	c.result.Pixels = saturate(c.costs[0].area + c.costs[0].pixels)
	if c.blurVaries {
		c.result.Deviation = max(c.result.Deviation, c.variable)
	}
	return c.result, nil
}

// applySizes has style sheets enlarge the elements that they may concern.
func (c *coster) applySizes() error {
	c.zoom = map[int32]zooms{}
	if c.zoomVaries {
		c.zoom[0] = zooms{c.variable}
	}
	if len(c.sizes) == 0 {
		return nil
	}
	by := map[css.Subject][]*sheetSize{}
	for i := range c.sizes {
		by[c.sizes[i].subject] = append(by[c.sizes[i].subject], &c.sizes[i])
	}
	if err := c.pay.Hold(112*len(c.elements) + 64*len(c.sizes)); err != nil {
		return err
	}
	c.blur = map[int32]blur{}
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
		c.stroke = max(c.stroke, r.length.in(float64(e.font)).of(math.Hypot(c.box.width(), c.box.height())))
		return
	}
	if name := c.named[e.name]; at != 0 && e.detail >= 0 && (name == "svg" || name == "use") {
		c.resize(at, r)
		return
	}
	if at == 0 || Box.empty(Box{float64(e.own[0]), float64(e.own[1]), float64(e.own[2]), float64(e.own[3])}) {
		return
	}
	l := r.length.in(float64(e.font))
	w, h := float32(l.of(c.box.width())), float32(l.of(c.box.height()))
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
	case "font-size":
		if name == "text" || name == "tspan" || name == "textPath" {
			*top, *right = min(*top, *top-h), max(*right, *left+16*h)
		}
	}
}

// resize has a style sheet stretch what stands in a svg or is drawn by a use: its viewBox is fitted
// to the size.
func (c *coster) resize(at int32, r *sheetSize) {
	d, e := &c.details[c.elements[at].detail], &c.elements[at]
	size, whole := d.width, c.box.width()
	switch r.property {
	case "width":
	case "height":
		size, whole = d.height, c.box.height()
	default:
		return
	}
	by := clamp(r.length.in(float64(e.font)).of(whole) / max(1e-6, size.or(100, true).of(whole)))
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
			w, h := c.box.width(), c.box.height()
			view := d.view(d.width.or(100, true).of(w), d.height.or(100, true).of(h))
			m = m.Times(Matrix{1, 0, 0, 1, d.x.of(w), d.y.of(h)}).Times(view)
		case name == "use":
			m = m.Times(Matrix{1, 0, 0, 1, d.x.of(c.box.width()), d.y.of(c.box.height())})
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

// useView returns by how much use with a size of its own stretches the symbol or svg that it names.
func (c *coster) useView(use, target int32) float64 {
	u, t := &c.elements[use], &c.elements[target]
	if u.detail < 0 || t.detail < 0 || c.named[u.name] != "use" {
		return 1
	}
	d, s := &c.details[u.detail], &c.details[t.detail]
	if !s.viewed || !d.width.set && !d.height.set || s.viewBox[2] <= 0 || s.viewBox[3] <= 0 {
		return 1
	}
	w, h := c.box.width(), c.box.height()
	asked := max(d.width.or(100, true).of(w)/s.viewBox[2], d.height.or(100, true).of(h)/s.viewBox[3])
	if base := c.own(target).Stretch(); base > 0 {
		return max(0, clamp(asked/base))
	}
	return 1
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
		if int(v) < len(c.elements) {
			scale = clamp(scale * c.own(v).Stretch())
		}
		c.scales[v] = scale
		edges := c.walk.of(v)
		if err := c.pay.Step(1 + int64(len(edges))); err != nil {
			return err
		}
		for _, e := range edges {
			by := 1.
			if int(v) < len(c.elements) && int(e.to) < len(c.elements) {
				by = c.useView(v, e.to)
			}
			c.scales[e.to] = max(c.scales[e.to], clamp(scale*by))
		}
	}
	return nil
}

// element works out the box and the cost of one element.
func (c *coster) element(at int32) error {
	e := &c.elements[at]
	own := e.own
	box := Box{float64(own[0]), float64(own[1]), float64(own[2]), float64(own[3])}
	if box.empty() {
		box = emptyBox()
	}
	cost := price{}
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
				box.join(c.boxes[next.to])
				cost = cost.plus(c.costs[next.to])
			}
			continue
		}
		for _, target := range c.walk.of(next.to) { // The elements that it names.
			k := c.useView(at, target.to)
			box.join(Matrix{A: k, D: k}.apply(c.boxes[target.to]))
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
		cost.area += float64(b.functions) * (box.width() + 6*b.by) * (box.height() + 6*b.by)
		c.result.Deviation = max(c.result.Deviation, clamp(b.by*c.scales[at]))
	}
	c.inner[at] = box
	more, err := c.properties(at, box)
	if err != nil {
		return err
	}
	m := c.own(at)
	if c.named[e.name] == "use" {
		// x and y move what is used, and not the box that regions are parts of.
		c.inner[at] = box
	}
	c.boxes[at] = m.apply(box)
	c.costs[at] = cost.plus(more).under(m.Area())
	return nil
}

// saturate keeps costs within what is counted with.
func saturate(v float64) float64 {
	if math.IsNaN(v) || v > 1e300 {
		return 1e300
	}
	return max(0, v)
}

// properties returns what the filter, mask, clip path, patterns and markers of an element cost, in
// its own units.
func (c *coster) properties(at int32, box Box) (cost price, err error) {
	for _, next := range c.walk.of(at) {
		if next.use == useLink || int(next.to) < len(c.elements) {
			continue
		}
		more, err := c.follow(at, next.to, box, 0)
		if err != nil {
			return price{}, err
		}
		cost = cost.plus(more)
	}
	return cost, nil
}

// follow goes through paints and IDs to the elements that a property names, and returns what they
// cost the element.
func (c *coster) follow(at, vertex int32, box Box, depth int) (cost price, err error) {
	edges := c.walk.of(vertex)
	if err := c.pay.Step(1 + int64(len(edges))); err != nil || depth > 512 {
		return price{}, err
	}
	for _, next := range edges {
		if int(next.to) >= len(c.elements) {
			more, err := c.follow(at, next.to, box, depth+1)
			if err != nil {
				return price{}, err
			}
			cost = cost.plus(more.often(float64(next.times)))
			continue
		}
		more, err := c.serve(at, next.to, box)
		if err != nil {
			return price{}, err
		}
		cost = cost.plus(more)
	}
	return cost, nil
}

// serve returns what one server costs an element once.
func (c *coster) serve(at, server int32, box Box) (price, error) {
	chain, err := c.inherited(server)
	if err != nil {
		return price{}, err
	}
	var content price
	var area, weight, resolution float64
	for _, one := range chain {
		s := &c.elements[one]
		d := detail{transform: identity}
		if s.detail >= 0 {
			d = c.details[s.detail]
		}
		inside := c.content(one)
		if d.boxContent && s.kind != kindFilter {
			inside = inside.under(box.width() * box.height())
		}
		content = content.plus(inside)
		switch s.kind {
		case kindFilter:
			area = max(area, c.region(&d, box, !d.userUnits))
			resolution = max(resolution, d.filter.resolution)
			weight += c.filterCost(at, &d, box)
		case kindMask:
			area, weight = c.region(&d, box, !d.userUnits), 1
		case kindPattern:
			area, weight = max(area, c.tile(&d, box)*d.transform.Area()), 1
		case kindMarker:
			content = content.under(max(1, c.strokeOf(at)*c.strokeOf(at)))
		default:
		}
	}
	if scale := c.scales[at]; scale > 0 {
		area = max(area, resolution/(scale*scale))
	}
	return price{area: saturate(area * weight)}.plus(content), nil
}

// inherited returns a server, and those of its kind that its href leads to: patterns have their
// content from there, and in SVG 1.1 filters their primitives.
func (c *coster) inherited(server int32) ([]int32, error) {
	chain := c.chain[:0]
	chain = append(chain, server)
	for i := 0; i < len(chain); i++ {
		edges := c.walk.of(chain[i])
		if err := c.pay.Step(int64(len(edges))); err != nil {
			return nil, err
		}
		for _, next := range edges {
			if next.use != useLink || int(next.to) < len(c.elements) {
				continue
			}
			for _, target := range c.walk.of(next.to) {
				if err := c.pay.Step(1 + int64(len(chain))/64); err != nil {
					return nil, err
				}
				if int(target.to) < len(c.elements) && c.elements[target.to].kind == c.elements[server].kind &&
					!slices.Contains(chain, target.to) {
					chain = append(chain, target.to)
				}
			}
		}
	}
	c.chain = chain
	return chain, nil
}

// content returns what the elements in a server cost, in its units.
func (c *coster) content(server int32) price {
	cost := price{}
	for _, next := range c.walk.of(server) {
		if next.use == useLink && int(next.to) < len(c.elements) && c.elements[next.to].kind.inPlace() {
			cost = cost.plus(c.costs[next.to])
		}
	}
	if s := &c.elements[server]; s.kind == kindMarker {
		cost = cost.under(c.own(server).Area())
	}
	return cost
}

// region returns the area of the region of a filter or mask, by default a tenth larger than the box
// each way.
func (c *coster) region(d *detail, box Box, ofBox bool) float64 {
	width, height := d.width.or(120, true), d.height.or(120, true)
	if ofBox {
		part := func(l length) float64 {
			if l.percent {
				return l.value / 100
			}
			return l.value
		}
		return saturate(max(0, part(width)) * box.width() * max(0, part(height)) * box.height())
	}
	return saturate(max(0, width.of(c.box.width())) * max(0, height.of(c.box.height())))
}

// tile returns the area of the tile of a pattern.
func (c *coster) tile(d *detail, box Box) float64 {
	if !d.width.set || !d.height.set {
		return 0
	}
	return c.region(d, box, !d.userUnits)
}

// filterCost returns what a filter costs for a pixel, and notes its largest numbers.
func (c *coster) filterCost(at int32, d *detail, box Box) float64 {
	scale := c.scales[at]
	if d.boxContent {
		scale = clamp(scale * max(box.width(), box.height()))
	}
	c.result.Deviation = max(c.result.Deviation, clamp(d.filter.deviation*scale))
	c.result.Radius = max(c.result.Radius, clamp(d.filter.radius*scale))
	return d.filter.cost(scale)
}

// strokeOf returns the width of an element's stroke, which its markers are multiplied with.
func (c *coster) strokeOf(at int32) float64 { return max(float64(c.elements[at].stroke), c.stroke) }
