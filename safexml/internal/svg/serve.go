package svg

import "slices"

// A visit is what is done with a server that a property of an element names, once for each time
// that it is named.
type visit func(at, server int32, box Box) (price, error)

// properties visits the filter, mask, clip path, patterns and markers of an element, and returns
// what they cost in its own units.
func (c *coster) properties(at int32, box Box, f visit) (cost price, err error) {
	for _, next := range c.walk.of(at) {
		if next.use == useLink || int(next.to) < len(c.elements) {
			continue
		}
		more, err := c.follow(at, next.to, box, 0, f)
		if err != nil {
			return price{}, err
		}
		cost = cost.plus(more)
	}
	return cost, nil
}

// follow goes through paints and IDs to the elements that a property names, and returns what they
// cost the element.
func (c *coster) follow(at, vertex int32, box Box, depth int, f visit) (cost price, err error) {
	edges := c.walk.of(vertex)
	if err := c.pay.Step(1 + int64(len(edges))); err != nil || depth > 512 {
		return price{}, err
	}
	for _, next := range edges {
		if int(next.to) >= len(c.elements) {
			more, err := c.follow(at, next.to, box, depth+1, f)
			if err != nil {
				return price{}, err
			}
			cost = cost.plus(more.often(float64(next.times)))
			continue
		}
		more, err := f(at, next.to, box)
		if err != nil {
			return price{}, err
		}
		cost = cost.plus(more)
	}
	return cost, nil
}

// A fitting is by how much the units of an element are stretched on the way into a server.
type fitting struct{ length, area float64 }

// fit returns the fitting of a server with those that it inherits from, for the user's box.
func (c *coster) fit(at int32, chain []int32, box Box) fitting {
	in := fitting{1, 1}
	if len(chain) == 0 {
		return in
	}
	var tileW, tileH float64
	boxed, viewed := false, false
	turn := fitting{0, 0}
	for _, one := range chain {
		s := &c.elements[one]
		if s.detail < 0 {
			continue
		}
		d := &c.details[s.detail]
		boxed, viewed = boxed || d.boxContent, viewed || d.viewed
		turn.length, turn.area = max(turn.length, d.transform.Stretch()), max(turn.area, d.transform.Area())
		w, h := c.sides(at, one, d, box, !d.userUnits)
		if d.width.set {
			tileW = max(tileW, w)
		}
		if d.height.set {
			tileH = max(tileH, h)
		}
	}
	server := chain[0]
	switch kind := c.elements[server].kind; {
	case kind == kindMarker:
		stroke, own := max(1, c.strokeOf(at)), c.own(server)
		return fitting{stroke * own.Stretch(), stroke * stroke * own.Area()}
	case kind == kindPattern && viewed:
		for _, one := range chain {
			if s := &c.elements[one]; s.detail >= 0 && c.details[s.detail].viewed {
				m := c.details[s.detail].view(tileW, tileH)
				in.length, in.area = max(in.length, m.Stretch()), max(in.area, m.Area())
			}
		}
	case boxed:
		in = fitting{max(box.width(), box.height()), box.width() * box.height()}
	}
	if c.elements[server].kind == kindPattern && turn.area > 0 {
		in.length, in.area = in.length*turn.length, in.area*turn.area
	}
	return fitting{clamp(in.length), saturate(in.area)}
}

// note keeps the largest fitting of each server.
func (c *coster) note(at, server int32, box Box) (price, error) {
	if c.elements[server].kind == kindFilter {
		return price{}, nil
	}
	chain, err := c.inherited(server)
	if err != nil {
		return price{}, err
	}
	in := c.fit(at, chain, box)
	for _, one := range chain {
		c.fitted[one] = max(c.fitted[one], in.length)
	}
	return price{}, nil
}

// serve returns what one server costs an element once.
func (c *coster) serve(at, server int32, box Box) (price, error) {
	chain, err := c.inherited(server)
	if err != nil {
		return price{}, err
	}
	in := c.fit(at, chain, box)
	var content price
	var area, weight, resolution, layers float64
	for _, one := range chain {
		s := &c.elements[one]
		d := detail{transform: identity}
		if s.detail >= 0 {
			d = c.details[s.detail]
		}
		inside := c.content(one)
		if s.kind != kindFilter {
			inside = inside.under(in.area)
		}
		content = content.plus(inside)
		switch s.kind {
		case kindFilter:
			area = max(area, c.region(at, one, &d, box))
			resolution = max(resolution, d.filter.resolution)
			weight += c.filterCost(at, &d, box)
			layers += filterLayers + d.filter.count
		case kindMask:
			area, weight = c.region(at, one, &d, box), 1
			layers += 2
		case kindPattern:
			area, weight = max(area, c.tile(at, one, &d, box)*d.transform.Area()), 1
		default:
		}
	}
	if scale := c.scales[at]; scale > 0 {
		area = max(area, resolution/(scale*scale))
	}
	return price{area: saturate(area * weight), layers: layers, nested: layers}.plus(content), nil
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
	return cost
}

// sides returns the sides of the region of a filter or mask, or of a tile, for the element that it
// serves: by default a tenth larger than the box each way.
func (c *coster) sides(at, server int32, d *detail, box Box, ofBox bool) (w, h float64) {
	width, height := d.width.or(120, true), d.height.or(120, true)
	fonts := 1.
	if c.elements[server].relations&ofFont != 0 { // Programs take the font of either element.
		fonts = max(1, c.fontOf(at)/max(1e-6, float64(c.elements[server].font)))
	}
	if ofBox {
		part := func(l length) float64 {
			if l.percent {
				return l.value / 100
			}
			return l.value
		}
		w, h = part(width)*box.width(), part(height)*box.height()
	} else {
		aroundW, aroundH := c.around(at)
		w, h = width.of(aroundW), height.of(aroundH)
	}
	return max(0, clamp(w*fonts)), max(0, clamp(h*fonts))
}

// region returns the area of the region of a filter or mask.
func (c *coster) region(at, server int32, d *detail, box Box) float64 {
	w, h := c.sides(at, server, d, box, !d.userUnits)
	return saturate(w * h)
}

// tile returns the area of the tile of a pattern.
func (c *coster) tile(at, server int32, d *detail, box Box) float64 {
	if !d.width.set || !d.height.set {
		return 0
	}
	return c.region(at, server, d, box)
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
