package svg

import "github.com/seed73825598/airlock/safexml/internal/css"

// A sheetFont is what style sheets say of the size of an element's font.
type sheetFont struct {
	pixels float64 // the largest size
	times  float64 // the largest multiple of the font around
}

// growFonts works out by how much style sheets enlarge the font of each element.
func (c *coster) growFonts(by map[css.Subject][]*sheetSize) error {
	found := false
	for i := range c.sizes {
		found = found || c.sizes[i].property == "font-size"
	}
	if !found {
		return nil
	}
	fonts := map[int32]sheetFont{}
	if err := c.subjects(func(at int32, subject css.Subject) error {
		list := by[subject]
		if err := c.pay.Step(1 + int64(len(list))); err != nil {
			return err
		}
		for _, r := range list {
			if r.property != "font-size" {
				continue
			}
			f, l := fonts[at], r.length
			switch {
			case l.functions: // Pixels and parts of the font around may stand in it.
				f.pixels = max(f.pixels, l.value, l.more)
				f.times = max(f.times, l.value/normalFont, l.of(1)+l.more/normalFont)
			case l.base == fontBase || l.percent:
				f.times = max(f.times, l.in(bases{1, 1, 1}).of(1))
			default:
				f.pixels = max(f.pixels, l.in(bases{1, float64(c.elements[0].font), max(c.width, c.height)}).value)
			}
			fonts[at] = f
		}
		return nil
	}); err != nil {
		return err
	}
	if err := c.pay.Step(int64(len(c.elements))); err != nil {
		return err
	}
	c.grown = make([]float32, len(c.elements))
	for i := range c.elements {
		e, f := &c.elements[i], fonts[int32(i)]
		font, around, growth := max(1e-6, float64(e.font)), float64(normalFont), 1.
		if e.parent >= 0 {
			above := float64(c.grown[e.parent])
			around = float64(c.elements[e.parent].font) * above
			if e.relations&ownFont == 0 {
				growth = above
			}
		}
		c.grown[i] = float32(clamp(max(growth, f.pixels/font, f.times*around/font)))
	}
	return nil
}

// grow makes the boxes of texts as long as their characters are, and what is parts of a font as
// large as style sheets make it.
func (c *coster) grow() error {
	if err := c.pay.Step(int64(len(c.elements))); err != nil {
		return err
	}
	for i := range int32(len(c.elements)) { //nolint:gosec // Bounded by memory.
		e := &c.elements[i]
		by := c.growth(i)
		c.lengthen(i, by)
		by = max(by, c.growth(0))
		if e.relations&ofFont == 0 || by <= 1 {
			continue
		}
		if i > 0 && e.kind == kindUse || c.named[e.name] == "svg" && i > 0 {
			z := c.zoom[i]
			z[2] = max(z[2], by)
			c.zoom[i] = z
			continue
		}
		if e.own[0] <= e.own[2] {
			k := float32(by)
			own := &e.own
			own[0], own[1] = min(own[0], own[0]*k), min(own[1], own[1]*k)
			own[2], own[3] = max(own[2], own[2]*k), max(own[3], own[3]*k)
		}
	}
	return nil
}
