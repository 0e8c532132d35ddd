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
	font         bool // value counts for a font of 16 pixels
	functions    bool // it has functions: a program that does not know them leaves the declaration out
}

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

// in returns the length under a font of the given size.
func (l length) in(font float64) length {
	if l.font {
		l.value, l.font = clamp(l.value*font/normalFont), false
	}
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

// isOfFont reports whether a unit is a part of the size of the font.
func isOfFont(unit []byte) bool {
	switch string(bytes.ToLower(unit)) {
	case "em", "rem", "ex", "ch", "lh":
		return true
	}
	return false
}

// parseLength reads a length; set is false for a keyword. Of an expression it is the most that it
// can be.
func parseLength(value []byte) length {
	value = bytes.TrimSpace(value)
	if open := bytes.IndexByte(value, '('); open >= 0 {
		e := expression{text: value}
		sum := e.sum(0)
		if sum.part > 0 {
			return length{value: sum.part, more: sum.pixels, percent: true, set: true, functions: true}
		}
		return length{value: sum.pixels, set: sum.pixels > 0, functions: true}
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
	return length{value: clamp(v * unitFactor(unit)), set: true, font: isOfFont(unit)}
}

// An expression is calc(), min(), max(), clamp() and what stands in them. It is not worked out but
// bounded: every number counts without its sign, the smaller and the larger of two are their sum.
type expression struct {
	text []byte
	i    int
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
		by := e.factor(depth)
		times := max(by.pixels, by.part)
		if divide && times > 0 {
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
		if string(unit) == "%" {
			return bound{part: v}
		}
		return bound{pixels: clamp(v * unitFactor(unit))}
	}
	for e.i < len(e.text) && e.text[e.i] != '(' && !bytes.ContainsAny(e.text[e.i:e.i+1], ")*/, ") {
		e.i++
	}
	if e.i == len(e.text) || e.text[e.i] != '(' {
		return bound{}
	}
	e.i++
	if depth == expressionDepth {
		e.i = len(e.text)
		return bound{pixels: mostNumber}
	}
	return e.sum(depth + 1)
}
