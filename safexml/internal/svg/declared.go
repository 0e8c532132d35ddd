package svg

import (
	"bytes"
	"math"
	"slices"
	"strings"

	"github.com/seed73825598/airlock/safexml/internal/css"
)

// Declare takes a declaration of the style attribute of the element at hand. Renderers that know
// the property follow it and not the attribute of the same name; others do the reverse. So both
// count.
func (g *Graph) Declare(name string, value []byte) error {
	s := &g.styled
	name = physical(name)
	switch name {
	case "transform", "scale", "zoom", "filter":
		d, err := g.detail()
		if err != nil {
			return err
		}
		switch name {
		case "transform":
			if m, ok := ParseTransforms(value); ok {
				d.transformed(m, true)
			} else {
				d.zoom = max(d.zoom, enlarges(value))
			}
		case "filter":
			d.blurs = max(d.blurs, blurs(value))
			d.blurBy = max(d.blurBy, FilterFunctions(value))
		default:
			d.zoom = max(d.zoom, 1) * enlarges(value)
		}
		g.variables(name, value)
		return nil
	case "d":
		g.measurePath(value)
		return nil
	case "font":
		name, value = "font-size", fontSize(value)
	}
	if strings.HasPrefix(name, "--") {
		g.variable = max(g.variable, largest(value))
	}
	switch name {
	case "letter-spacing", "word-spacing":
		g.spaced(value)
	case "writing-mode":
		g.upright = g.upright || runsDown(value)
	case "opacity", "mix-blend-mode", "isolation", "stroke-dasharray", "vector-effect":
		g.work(s, name, value)
	}
	if l := s.lengthOf(strings.TrimPrefix(name, "min-")); l != nil {
		s.declared = true
		v := parseLength(value)
		if name == "font-size" {
			v = parseFontSize(value)
		}
		*l = larger(*l, v, g.box.width())
		g.rootVaries = g.rootVaries || len(g.elements) == 1 && callsVariable(value)
	}
	return nil
}

// variables notes that a variable of CSS, whose value may stand anywhere, says how much larger
// something gets.
func (g *Graph) variables(name string, value []byte) {
	switch {
	case !callsVariable(value):
	case name == "filter":
		g.blurVaries = true
	case name != "transform" || bytes.Contains(bytes.ToLower(value), []byte("scale")) ||
		bytes.Contains(bytes.ToLower(value), []byte("matrix")):
		g.zoomVaries = true
	}
}

// largest returns the largest number in a text, in pixels if it has a unit.
func largest(value []byte) (v float64) {
	for i := 0; i < len(value); {
		end := number(value, i)
		if end == i {
			i++
			continue
		}
		l := parseLength(value[i:measure(value, i)])
		v, i = max(v, math.Abs(l.value)), end
	}
	return v
}

// physical returns the name of the side that a property of CSS is about in a text from left to
// right, without the prefix of a browser.
func physical(name string) string {
	for _, prefix := range [...]string{"-webkit-", "-moz-", "-ms-", "-o-"} {
		name = strings.TrimPrefix(name, prefix)
	}
	switch name {
	case "inline-size", "min-inline-size":
		return strings.TrimSuffix(name, "inline-size") + "width"
	case "block-size", "min-block-size":
		return strings.TrimSuffix(name, "block-size") + "height"
	}
	return name
}

// fontSize returns the largest size that stands in the shorthand of fonts.
func fontSize(value []byte) (size []byte) {
	most := length{}
	for field := range bytes.FieldsFuncSeq(value, func(c rune) bool { return c == ' ' || c == '/' || c == ',' }) {
		l := parseFontSize(field)
		if (number(field, 0) == 0 || isUnit(field[number(field, 0):])) && larger(most, l, normalFont) == l {
			most, size = l, field
		}
	}
	return size
}

// enlarges returns by how much a value of transform, scale or zoom may enlarge lengths, at least 1.
func enlarges(value []byte) float64 {
	if m, ok := ParseTransforms(value); ok {
		return max(1, m.Stretch())
	}
	most := 1.
	for i := 0; i < len(value); {
		end := number(value, i)
		if end == i {
			i++
			continue
		}
		v := math.Abs(parseNumber(value[i:end]))
		if end < len(value) && value[end] == '%' {
			v /= 100
		}
		most = max(most, v)
		i = end
	}
	return most
}

// transformed gives an element a transform. That of an attribute and that of a style attribute
// stand in the place of one another, and the larger one counts.
func (d *detail) transformed(m Matrix, declared bool) {
	switch {
	case d.transform == identity:
		d.transform = m
	case d.declared == declared:
		d.transform = d.transform.Times(m)
	default:
		small, large := d.transform, m
		if small.Stretch() > large.Stretch() {
			small, large = large, small
		}
		d.transform = large
		if a, b := small.Area(), large.Area(); a > b && b > 0 {
			d.zoom = max(d.zoom, 1) * math.Sqrt(a/b)
		}
	}
	d.declared = declared
}

// blurs returns how many functions a value of the property filter has.
func blurs(value []byte) int {
	return bytes.Count(value, []byte("(")) - bytes.Count(bytes.ToLower(value), []byte("url("))
}

// callsVariable reports whether a value takes in a variable of CSS.
func callsVariable(value []byte) bool { return bytes.Contains(bytes.ToLower(value), []byte("var(")) }

// over returns the lengths of a style attribute, and where it has none those of the attributes.
func (s *scratch) over(attributes *scratch) scratch {
	both := *attributes
	for _, name := range [...]string{"x", "y", "width", "height", "cx", "cy", "r", "rx", "ry"} {
		if l := s.lengthOf(name); l.set {
			*both.lengthOf(name) = *l
		}
	}
	return both
}

// A sheetSize is a declaration of a style sheet that makes something larger.
type sheetSize struct {
	subject  css.Subject
	property string
	length   length
	zoom     float64 // of transform, scale and zoom; the largest length in filter
	blurs    int
	box      Box // of d
}

// StyleMeasure takes a declaration of a style sheet that may concern what the subjects match.
func (g *Graph) StyleMeasure(name string, value []byte, subjects []css.Subject) error {
	name = physical(name)
	r := sheetSize{property: name, zoom: 1, box: emptyBox()}
	switch name {
	case "transform", "scale", "zoom":
		r.zoom = enlarges(value)
		g.variables(name, value)
	case "filter":
		g.variables(name, value)
		r.zoom, r.blurs = FilterFunctions(value), blurs(value)
	case "d":
		r.box = g.sheetPath(value)
	case "letter-spacing", "word-spacing":
		g.spaced(value)
		return nil
	case "writing-mode":
		g.upright = g.upright || runsDown(value)
		return nil
	case "opacity", "mix-blend-mode", "isolation", "stroke-dasharray", "vector-effect":
		if !g.sheetWork(name, value) {
			return nil
		}
		return g.addLayers(subjects)
	case "font":
		r.property, r.length = "font-size", parseFontSize(fontSize(value))
	case "font-size":
		r.length = parseFontSize(value)
	default:
		if strings.HasPrefix(name, "--") {
			g.variable = max(g.variable, largest(value))
			return nil
		}
		r.property = strings.TrimPrefix(name, "min-")
		if new(scratch).lengthOf(r.property) == nil {
			return nil
		}
		r.length = parseLength(value)
		g.rootVaries = g.rootVaries || callsVariable(value) && slices.ContainsFunc(subjects, g.isRoot)
	}
	if r.zoom <= 1 && r.blurs == 0 && !r.length.set && r.box.empty() {
		return nil
	}
	for _, subject := range subjects {
		if err := g.pay.Hold(ruleBytes + len(subject.Name)); err != nil {
			return err
		}
		subject.Exact = false
		r.subject = subject
		g.sizes = append(g.sizes, r)
	}
	return nil
}

// addLayers notes that a style sheet makes layers of what the subjects match.
func (g *Graph) addLayers(subjects []css.Subject) error {
	if g.layers == nil {
		g.layers = map[css.Subject]bool{}
	}
	for _, subject := range subjects {
		if err := g.pay.Hold(ruleBytes + len(subject.Name)); err != nil {
			return err
		}
		subject.Exact = false
		g.layers[subject] = true
	}
	return nil
}

// sheetPath returns the box of path data in a style sheet.
func (g *Graph) sheetPath(value []byte) Box {
	around := g.scratch.points
	g.scratch.points = emptyBox()
	g.measurePath(value)
	box := g.scratch.points
	g.scratch.points = around
	return box
}

// isRoot reports whether a subject may be the root element.
func (g *Graph) isRoot(s css.Subject) bool {
	switch s.Kind {
	case '#':
		n, ok := g.ids[s.Name]
		return ok && len(g.idents[n].elements) > 0 && g.idents[n].elements[0] == 0
	case '.':
		return g.rootClasses[s.Name]
	}
	return s.Name == "" || s.Name == "svg"
}
