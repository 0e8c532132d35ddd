package svg

import (
	"bytes"
	"math"
)

// A length is a coordinate or size; of a percentage it depends on what it is a part, and of em on
// the size of the font.
type length struct {
	value        float64 // in pixels, or hundredths
	more         float64 // in pixels, what an expression adds to a percentage
	percent, set bool
	base         base // what value is a multiple of
	functions    bool // it has functions: a program that does not know them leaves the declaration out
}

// A base is what a length is a multiple of, beside pixels.
type base uint8

const (
	pixelBase   base = iota
	fontBase         // the size of the font; value counts for 16 pixels
	rootBase         // that of the root element, likewise
	pictureBase      // a hundredth of the picture
)

// bases are the sizes of them, in pixels.
type bases struct{ font, root, picture float64 }

// or returns the length if it is set, and otherwise another one.
func (l length) or(value float64, percent bool) length {
	if l.set {
		return l
	}
	return length{value: value, percent: percent, set: true}
}

// of returns the length in pixels.
func (l length) of(whole float64) float64 {
	if l.percent {
		return clamp(l.value/100*whole + l.more)
	}
	return l.value
}

// in returns the length with its base resolved.
func (l length) in(b bases) length {
	by := 1.
	switch l.base {
	case fontBase:
		by = b.font / normalFont
	case rootBase:
		by = b.root / normalFont
	case pictureBase:
		by = b.picture / 100
	case pixelBase:
	}
	if l.functions { // Pixels stand in it too.
		by = max(1, by)
		l.more = clamp(l.more * by)
	}
	if !l.percent {
		l.value = clamp(l.value * by)
	}
	l.base = pixelBase
	return l
}

// larger returns the larger of two lengths, where the whole is so large.
func larger(a, b length, whole float64) length {
	if !a.set || b.set && math.Abs(b.of(whole)) > math.Abs(a.of(whole)) {
		return b
	}
	return a
}

// normalFont is the size of a font that nothing is said of, in pixels.
const normalFont = 16

// baseOf returns what a unit is a part of.
func baseOf(unit []byte) base {
	switch string(bytes.ToLower(unit)) {
	case "em", "ex", "ch", "lh", "cap", "ic":
		return fontBase
	case "rem", "rex", "rch", "rlh", "rcap", "ric":
		return rootBase
	case "vw", "vh", "vi", "vb", "vmin", "vmax", "svw", "svh", "lvw", "lvh", "dvw", "dvh", "cqw", "cqh":
		return pictureBase
	}
	return pixelBase
}

// parseFontSize reads a size of fonts (CSS Fonts Level 4, 2.5).
func parseFontSize(value []byte) length {
	var px float64
	switch string(bytes.ToLower(bytes.TrimSpace(value))) {
	case "larger":
		return length{value: 1.2 * normalFont, set: true, base: fontBase}
	case "smaller":
		return length{value: normalFont, set: true, base: fontBase}
	case "xx-small", "x-small", "small":
		px = 13
	case "medium":
		px = 16
	case "large":
		px = 18
	case "x-large":
		px = 24
	case "xx-large":
		px = 32
	case "xxx-large":
		px = 48
	default:
		return parseLength(value)
	}
	return length{value: px, set: true}
}

// parseLength reads a length; set is false for a keyword. Of an expression it is the most that it
// can be.
func parseLength(value []byte) length {
	value = bytes.TrimSpace(value)
	if open := bytes.IndexByte(value, '('); open >= 0 {
		e := expression{text: value}
		sum := e.sum(0)
		if sum.part > 0 {
			return length{value: sum.part, more: sum.pixels, percent: true, set: true, functions: true, base: e.base}
		}
		return length{value: sum.pixels, set: sum.pixels > 0, functions: true, base: e.base}
	}
	end := number(value, 0)
	if end == 0 {
		return length{}
	}
	v := parseNumber(value[:end])
	unit := bytes.TrimSpace(value[end:measure(value, 0)])
	if string(unit) == "%" {
		return length{value: v, percent: true, set: true}
	}
	return length{value: clamp(v * unitFactor(unit)), set: true, base: baseOf(unit)}
}

// An expression is calc(), min(), max(), clamp() and what stands in them. It is not worked out but
// bounded: every number counts without its sign, the smaller and the larger of two are their sum.
type expression struct {
	text []byte
	i    int
	base base // of the fonts that stand in it
}

// A bound is the most that a part of an expression can be.
type bound struct{ pixels, part float64 }

// expressionDepth is how many parentheses an expression may have in one another: honest ones have
// few.
const expressionDepth = 32

// sum reads terms up to the parenthesis that closes them.
func (e *expression) sum(depth int) (total bound) {
	for e.i < len(e.text) {
		switch c := e.text[e.i]; {
		case c == ')':
			e.i++
			return total
		case c == '/' || c == '*' || c == '+' || c == ' ' || c == ',' || c == '-' && number(e.text, e.i) == e.i:
			e.i++
		default:
			term := e.product(depth)
			total.pixels = clamp(total.pixels + term.pixels)
			total.part = clamp(total.part + term.part)
		}
	}
	return total
}

// product reads factors as long as * and / join them.
func (e *expression) product(depth int) bound {
	total := e.factor(depth)
	for {
		e.i = skipSpaces(e.text, e.i)
		if e.i == len(e.text) || e.text[e.i] != '*' && e.text[e.i] != '/' {
			return total
		}
		divide := e.text[e.i] == '/'
		e.i = skipSpaces(e.text, e.i+1)
		plain := number(e.text, e.i) > e.i
		by := e.factor(depth)
		times := max(by.pixels, by.part)
		switch {
		case divide && !plain:
			times = mostNumber // The smallest that an expression can be is not known.
		case divide && times > 0:
			times = 1 / times
		}
		// A number times a percentage is a percentage.
		if !divide && by.part > 0 && total.part == 0 {
			total.part, total.pixels, times = total.pixels, 0, by.part
		}
		total.pixels, total.part = clamp(total.pixels*times), clamp(total.part*times)
	}
}

// factor reads a number, or what stands in parentheses.
func (e *expression) factor(depth int) bound {
	if end := number(e.text, e.i); end > e.i {
		v := math.Abs(parseNumber(e.text[e.i:end]))
		after := measure(e.text, e.i)
		unit := bytes.TrimSpace(e.text[end:after])
		e.i = after
		b := baseOf(unit)
		if string(unit) == "%" || b == pictureBase {
			return bound{part: v}
		}
		e.base = max(e.base, b)
		return bound{pixels: clamp(v * unitFactor(unit))}
	}
	start := e.i
	for e.i < len(e.text) && e.text[e.i] != '(' && !bytes.ContainsAny(e.text[e.i:e.i+1], ")*/, ") {
		e.i++
	}
	name := string(bytes.ToLower(e.text[start:e.i]))
	if e.i == len(e.text) || e.text[e.i] != '(' {
		return constant(name)
	}
	e.i++
	if depth == expressionDepth {
		e.i = len(e.text)
		return bound{pixels: mostNumber}
	}
	sum := e.sum(depth + 1)
	switch name {
	case "sin", "cos", "sign":
		return bound{pixels: 1}
	case "asin", "acos", "atan", "atan2":
		return bound{pixels: 360}
	case "sqrt":
		return bound{pixels: max(1, sum.pixels, sum.part)}
	case "pow", "exp", "tan", "log":
		return bound{pixels: mostNumber}
	}
	return sum
}

// constant returns what a name in an expression stands for (CSS Values and Units Level 4, 10.7.1).
func constant(name string) bound {
	switch name {
	case "e":
		return bound{pixels: math.E}
	case "pi":
		return bound{pixels: math.Pi}
	case "infinity", "-infinity", "nan":
		return bound{pixels: mostNumber}
	}
	return bound{}
}
