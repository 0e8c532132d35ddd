package svg

import (
	"bytes"
	"fmt"
	"math"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/rule"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// The canvas without the option Canvas, and how often all of it may be worked on.
const (
	defaultCanvasSide = 16_384
	defaultCanvasArea = 64 << 20
	canvases          = 16

	// The bounds of shapes and layers, in canvases, and of the pieces of lines that are drawn beyond
	// those that the document writes: of 66,614 drawings of 60 programs 9 have more.
	paintedCanvases = 64
	layerCanvases   = 32
	nestedCanvases  = 4
	mostSegments    = 8 << 20

	// A raster image is decoded whole, turned into another form and scaled, and some programs keep all
	// images of a drawing until its end, at four bytes a pixel.
	imageWork = 4
)

// canvas returns the bounds that the options set.
func (p *Profile) canvas() (width, height, area float64) {
	if p.conf.CanvasWidth > 0 {
		width, height = float64(p.conf.CanvasWidth), float64(p.conf.CanvasHeight)
		return width, height, width * height
	}
	return defaultCanvasSide, defaultCanvasSide, defaultCanvasArea
}

// measure takes an attribute that says how large something is, and refuses what is too much by
// itself.
func (p *Profile) measure(d rule.Document, name string, value []byte, at xmlscan.Position) error {
	if err := p.bounded(d, name, value, at); err != nil {
		return err
	}
	return p.graph.Measure(name, value)
}

// declare is measure for a declaration of a style attribute.
func (p *Profile) declare(d rule.Document, name string, value []byte, at xmlscan.Position) error {
	if err := p.bounded(d, name, value, at); err != nil {
		return err
	}
	return p.graph.Declare(name, value)
}

// bounded refuses a number that is too much by itself, wherever it is used.
func (p *Profile) bounded(d rule.Document, name string, value []byte, at xmlscan.Position) error {
	if _, tooMuch := FilterNumber(name, value); tooMuch != "" {
		return d.Refuse(rule.DrawingCost, at, tooMuch)
	}
	if physical(name) != "filter" {
		return nil
	}
	if by := FilterFunctions(value); by > MaxDeviation {
		return d.Refuse(rule.DrawingCost, at, fmt.Sprintf("a blur of %g pixels: at most %d", by, MaxDeviation))
	}
	return nil
}

// measured ends the attributes of an element.
func (p *Profile) measured(d rule.Document, name string) error {
	if err := p.graph.Measured(name); err != nil {
		return err
	}
	if numbers, order := p.graph.Kernel(); name == "feConvolveMatrix" && numbers > order {
		if err := d.Refuse(rule.Unlisted, d.At(), fmt.Sprintf("kernelMatrix has %d numbers, and order asks for %d: "+
			"a renderer can die of it", numbers, order)); err != nil {
			return err
		}
	}
	return p.graph.Primitive(name)
}

// image holds a raster image to the canvas, and counts its pixels.
func (p *Profile) image(d rule.Document, uri string, at xmlscan.Position) error {
	w, h, known := ImageSize(uri)
	if !known {
		if len(uri) > HeaderBytes {
			return d.Refuse(rule.DrawingCost, at, "an image whose size does not stand in its first MiB")
		}
		return nil // It ends before its header does: no program can draw it.
	}
	width, height, area := p.canvas()
	side, pixels := max(width, height), float64(w)*float64(h)
	if float64(w) > side || float64(h) > side || pixels > area {
		if err := d.Refuse(rule.DrawingCost, at, fmt.Sprintf("an image of %d × %d pixels: at most %g each way, and %g in all",
			w, h, side, area)); err != nil {
			return err
		}
	}
	return p.graph.Image(imageWork * pixels)
}

// animated returns the name of the attribute that an animation changes with the attribute name,
// which is name itself for any other element.
func (p *Profile) animated(d rule.Document, name string) string {
	for i := range d.Attrs() {
		if a := d.Attr(i); a.Colon < 0 && string(a.Name) == "attributeName" {
			return string(bytes.TrimSpace(a.Value))
		}
	}
	return name
}

// Finish implements rule.Finishes. It refuses cycles, and what is too much to draw.
func (p *Profile) Finish(d rule.Document) error {
	if p.graph == nil {
		return nil
	}
	walk, err := p.graph.Walk()
	if err != nil {
		return err
	}
	if walk.InCycle {
		return d.Refuse(rule.Cycle, d.At(),
			"what has the ID "+limits.Quote(walk.Cycle)+" draws itself, directly or through others")
	}
	if err := d.Items(max(0, walk.Items-int64(p.graph.Len()))); err != nil {
		return err
	}
	cost, err := p.graph.Cost(walk)
	if err != nil {
		return err
	}
	p.width, p.height = pixels(cost.Width), pixels(cost.Height)
	return p.judgeCost(d, cost)
}

// pixels rounds a size up.
func pixels(v float64) int { return int(min(math.Ceil(v), math.MaxInt32)) }

// judgeCost holds what it takes to draw the drawing to the canvas.
func (p *Profile) judgeCost(d rule.Document, c Cost) error {
	width, height, area := p.canvas()
	at := d.At()
	for _, bound := range [...]struct {
		v, most float64
		what    string
	}{
		{c.Width, width, "the width of the drawing in pixels"},
		{c.Height, height, "the height of the drawing in pixels"},
		{c.Width * c.Height, area, "the area of the drawing in pixels"},
		{c.Pixels, canvases * area, "what filters, masks, patterns and images work on, in pixels times primitives,"},
		{c.Painted, paintedCanvases * area, "what shapes paint, in pixels,"},
		{c.Segments, mostSegments + float64(p.graph.vertices), "the number of lines, dashes and characters that are drawn"},
		{c.Layers, layerCanvases * area, "what opacity, blending, filters and masks lay over the drawing, in pixels,"},
		{c.Nested, nestedCanvases * area, "what such layers inside one another keep, in pixels,"},
		{c.Deviation, MaxDeviation, "the stdDeviation of a filter in pixels"},
		{c.Radius, MaxRadius, "the radius of a feMorphology in pixels"},
	} {
		if bound.v > bound.most {
			if err := d.Refuse(rule.DrawingCost, at, fmt.Sprintf("%s is %.6g: at most %.6g, see Canvas", bound.what, bound.v,
				bound.most)); err != nil {
				return err
			}
		}
	}
	return nil
}
