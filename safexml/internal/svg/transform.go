package svg

import (
	"bytes"
	"math"
	"strconv"
	"strings"
)

// A Matrix is a transform of the plane: x' = A x + C y + E, y' = B x + D y + F (SVG 2, 8.3).
type Matrix struct{ A, B, C, D, E, F float64 }

// identity changes nothing.
var identity = Matrix{A: 1, D: 1}

// Times returns the transform that applies n first and m then.
func (m Matrix) Times(n Matrix) Matrix {
	return Matrix{
		m.A*n.A + m.C*n.B, m.B*n.A + m.D*n.B,
		m.A*n.C + m.C*n.D, m.B*n.C + m.D*n.D,
		m.A*n.E + m.C*n.F + m.E, m.B*n.E + m.D*n.F + m.F,
	}
}

// Area returns by how much the transform enlarges areas.
func (m Matrix) Area() float64 { return math.Abs(m.A*m.D - m.B*m.C) }

// Stretch returns by how much the transform enlarges lengths at most, or a little more.
func (m Matrix) Stretch() float64 {
	return max(math.Hypot(m.A, m.B), math.Hypot(m.C, m.D))
}

// ParseTransforms reads a list of transform functions. It reports whether the value is one;
// functions in three dimensions are taken for the identity.
func ParseTransforms(value []byte) (Matrix, bool) {
	m := identity
	for i := 0; ; {
		for i < len(value) && isBetween(value[i]) {
			i++
		}
		if i == len(value) {
			return m, true
		}
		start := i
		for i < len(value) && (isLetter(value[i]) || i > start && isDigit(value[i])) {
			i++
		}
		name := strings.ToLower(string(value[start:i]))
		for i < len(value) && value[i] == ' ' {
			i++
		}
		if i == len(value) || value[i] != '(' {
			return m, false
		}
		end := bytes.IndexByte(value[i:], ')')
		if end < 0 {
			end = len(value) - i // Renderers forgive the last one.
		}
		args, ok := arguments(name, value[i+1:i+end])
		if !ok {
			return m, false
		}
		m = m.Times(function(name, args))
		i = min(i+end+1, len(value))
	}
}

// arguments reads the numbers of a function; ref( has a word first.
func arguments(name string, list []byte) (args []float64, ok bool) {
	switch name {
	case "matrix", "translate", "scale", "rotate", "skewx", "skewy", "translatex", "translatey", "scalex", "scaley",
		"skew", "matrix3d", "translate3d", "translatez", "scale3d", "scalez", "rotatex", "rotatey", "rotatez",
		"rotate3d", "perspective":
	case "ref":
		list = bytes.TrimPrefix(bytes.TrimSpace(list), []byte("svg"))
	default:
		return nil, false
	}
	for i := 0; ; {
		for i < len(list) && isBetween(list[i]) {
			i++
		}
		if i == len(list) {
			return args, true
		}
		end := number(list, i)
		if end == i || len(args) == 16 {
			return nil, false
		}
		v := parseNumber(list[i:end])
		unit := measure(list, i)
		args = append(args, v*unitFactor(bytes.TrimSpace(list[end:unit])))
		i = unit
	}
}

// unitFactor returns what a unit makes of a number: pixels of lengths, degrees of angles.
func unitFactor(unit []byte) float64 {
	switch strings.ToLower(string(unit)) {
	case "pt":
		return 4. / 3
	case "pc", "em", "rem", "cap", "ic", "rcap", "ric":
		return 16
	case "lh", "rlh":
		return 20
	case "ex", "ch", "rex", "rch":
		return 8
	case "mm":
		return 96 / 25.4
	case "cm":
		return 96 / 2.54
	case "q":
		return 96 / 101.6
	case "in":
		return 96
	case "rad":
		return 180 / math.Pi
	case "grad":
		return 0.9
	case "turn":
		return 360
	}
	return 1
}

// function returns the matrix of one function.
func function(name string, args []float64) Matrix {
	arg := func(i int, otherwise float64) float64 {
		if i < len(args) {
			return args[i]
		}
		return otherwise
	}
	switch name {
	case "matrix":
		if len(args) == 6 {
			return Matrix{args[0], args[1], args[2], args[3], args[4], args[5]}
		}
	case "translate":
		return Matrix{1, 0, 0, 1, arg(0, 0), arg(1, 0)}
	case "translatex":
		return Matrix{1, 0, 0, 1, arg(0, 0), 0}
	case "translatey":
		return Matrix{1, 0, 0, 1, 0, arg(0, 0)}
	case "scale", "scale3d":
		x := arg(0, 1)
		return Matrix{A: x, D: arg(1, x)}
	case "scalex":
		return Matrix{A: arg(0, 1), D: 1}
	case "scaley":
		return Matrix{A: 1, D: arg(0, 1)}
	case "rotate", "rotatez":
		sin, cos := math.Sincos(arg(0, 0) * math.Pi / 180)
		around := Matrix{cos, sin, -sin, cos, 0, 0}
		x, y := arg(1, 0), arg(2, 0)
		return Matrix{1, 0, 0, 1, x, y}.Times(around).Times(Matrix{1, 0, 0, 1, -x, -y})
	case "skewx":
		return Matrix{A: 1, C: math.Tan(arg(0, 0) * math.Pi / 180), D: 1}
	case "skewy":
		return Matrix{A: 1, B: math.Tan(arg(0, 0) * math.Pi / 180), D: 1}
	case "skew":
		return Matrix{A: 1, C: math.Tan(arg(0, 0) * math.Pi / 180), B: math.Tan(arg(1, 0) * math.Pi / 180), D: 1}
	case "matrix3d":
		if len(args) == 16 {
			return Matrix{args[0], args[1], args[4], args[5], args[12], args[13]}
		}
	}
	return identity
}

// mostNumber is where numbers end: beyond it it does not matter how far.
const mostNumber = 1e15

// parseNumber returns the number that [number] has found.
func parseNumber(b []byte) float64 {
	if len(b) > 2*mostDigits {
		b = shorten(b)
	}
	v, err := strconv.ParseFloat(string(b), 64)
	if err != nil && v == 0 || math.IsNaN(v) {
		return 0
	}
	return min(max(v, -mostNumber), mostNumber)
}

// mostDigits is how many digits of a number are looked at: thousands of them would take long, and
// change nothing.
const mostDigits = 40

// shorten returns a number of the same size with at most mostDigits digits.
func shorten(b []byte) []byte {
	const mostExponent = 1 << 30
	var out []byte
	digits, exponent, point := 0, 0, false
	if b[0] == '-' || b[0] == '+' {
		out, b = append(out, b[0]), b[1:]
	}
	for ; len(b) > 0 && (isDigit(b[0]) || b[0] == '.'); b = b[1:] {
		kept := digits < mostDigits && (digits > 0 || b[0] != '0')
		switch {
		case b[0] == '.':
			point = true
			continue
		case kept:
			out = append(out, b[0])
			digits++
		}
		switch {
		case point && (kept || digits == 0):
			exponent--
		case !point && !kept && digits > 0:
			exponent++
		}
	}
	if len(b) > 1 { // An exponent.
		sign, n := 1, 0
		if b = b[1:]; b[0] == '-' {
			sign = -1
		}
		for _, c := range b {
			if isDigit(c) {
				n = min(10*n+int(c-'0'), mostExponent)
			}
		}
		exponent += sign * n
	}
	if digits == 0 {
		out = append(out, '0')
	}
	return strconv.AppendInt(append(out, 'e'), int64(exponent), 10)
}
