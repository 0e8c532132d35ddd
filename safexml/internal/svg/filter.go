package svg

import (
	"bytes"
	"fmt"
	"math"
)

// Bounds on single numbers of filters. Above them no honest drawing is, and renderers take time or
// memory that grows with the number, or with its square.
const (
	MaxOctaves   = 16    // numOctaves of feTurbulence
	MaxDeviation = 4_096 // stdDeviation and blur(), in pixels of the drawing
	MaxRadius    = 1_024 // radius of feMorphology, in pixels of the drawing
	MaxOrder     = 64    // order of feConvolveMatrix, each way
	MaxKernel    = 4_096 // numbers in kernelMatrix and tableValues
)

// slowPixel is how much longer a pixel of a blur, a light or an octave takes than one that is
// blended.
const slowPixel = 8

// A Filter is what the primitives of one filter cost for each pixel of its region.
type Filter struct {
	weight     float64 // primitives, octaves and kernels
	count      float64 // primitives
	morphology float64 // primitives that look at each pixel within a radius
	radius     float64 // the largest
	deviation  float64 // the largest
	resolution float64 // filterRes: pixels that the region is drawn with; 0 for as many as it has
	resampled  float64 // what primitives with a kernelUnitLength cost for each pixel of their own
	unit       float64 // the smallest kernelUnitLength
}

// Primitive adds a filter primitive, which is the element at hand, to the filter around it.
func (g *Graph) Primitive(name string) error {
	at := g.elements[g.current()].parent
	if name == "feMergeNode" && at >= 0 {
		at = g.elements[at].parent // Each of them is laid over the others.
	}
	if at < 0 || g.elements[at].kind != kindFilter || g.elements[at].detail < 0 {
		return nil
	}
	f, s := &g.details[g.elements[at].detail].filter, &g.last
	before := f.weight
	f.count++
	switch name {
	case "feTurbulence":
		f.weight += slowPixel * max(1, s.octaves)
	case "feConvolveMatrix":
		f.weight += max(9, s.kernel)
	case "feMorphology":
		f.weight++
		f.morphology++
		f.radius = max(f.radius, s.radius)
	case "feSpecularLighting", "feDiffuseLighting":
		f.weight += slowPixel
	case "feGaussianBlur", "feDropShadow":
		f.weight += slowPixel
		f.deviation = max(f.deviation, s.deviation)
	default:
		f.weight++
		f.deviation = max(f.deviation, s.deviation)
	}
	if s.unit > 0 {
		f.resampled += f.weight - before
		if f.unit == 0 || s.unit < f.unit {
			f.unit = s.unit
		}
	}
	return nil
}

// FilterNumber returns what is too much in an attribute of a filter primitive, or nothing, and the
// number that it holds: the larger of two, or their product for order.
func FilterNumber(name string, value []byte) (v float64, tooMuch string) {
	switch name {
	case "numOctaves", "stdDeviation", "radius", "order", "kernelMatrix", "tableValues":
	default:
		return 0, ""
	}
	list := numbers(value, MaxKernel+1)
	product := 1.
	for _, n := range list {
		v = max(v, math.Abs(n))
		product *= math.Abs(n)
	}
	var bound float64
	switch name {
	case "numOctaves":
		bound = MaxOctaves
	case "stdDeviation":
		bound = MaxDeviation
	case "radius":
		bound = MaxRadius
	case "order":
		bound = MaxOrder
	case "kernelMatrix", "tableValues":
		if len(list) > MaxKernel {
			return v, fmt.Sprintf("%s has more than %d numbers", name, MaxKernel)
		}
		return v, ""
	}
	if v > bound {
		return v, fmt.Sprintf("%s is %g: at most %g", name, v, bound)
	}
	if name == "order" {
		if len(list) == 1 {
			product *= v
		}
		return product, ""
	}
	return v, ""
}

// FilterFunctions returns the largest length in the functions of a value of the property filter, in
// pixels.
func FilterFunctions(value []byte) float64 {
	most := 0.
	text := bytes.ToLower(value)
	for _, name := range [][]byte{[]byte("blur("), []byte("drop-shadow(")} {
		for _, rest, found := bytes.Cut(text, name); found; _, rest, found = bytes.Cut(rest, name) {
			var args []byte
			args, rest, _ = bytes.Cut(rest, []byte(")"))
			for field := range bytes.FieldsSeq(args) {
				if l := parseLength(field); l.set {
					most = max(most, math.Abs(l.of(100)))
				}
			}
		}
	}
	return most
}

// Kernel returns how many numbers kernelMatrix of the element at hand has, and how many its order
// asks for (Filter Effects 1, 15.13).
func (g *Graph) Kernel() (numbers, order int) {
	order = 9
	if g.last.kernel > 0 {
		order = int(g.last.kernel)
	}
	return g.last.numbers, order
}

// cost returns what a filter costs for a pixel, with lengths of the drawing's units stretched so
// often.
func (f *Filter) cost(stretch float64) float64 {
	side := 2*f.radius*stretch + 1
	cost := f.weight + f.morphology*max(0, side*side-1)
	if f.unit > 0 {
		finer := 1 / max(1e-9, f.unit*stretch) // pixels of the primitive to one of the drawing, each way
		cost += f.resampled * max(0, finer*finer-1)
	}
	return cost
}
