package svg

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// A Grammar is the form that the value of an attribute must have. A renderer that translates
// drawings into a command language of its own copies values into it: a value that is a number, a
// name or a list of them cannot be a command as well.
type Grammar uint8

// The grammars of attributes that are not properties of CSS.
const (
	Text         Grammar = iota // any characters, line ends and controls included
	Plain                       // one line without quotes, backslashes and <: a name, a URI, a list of them
	Number                      // one number or length, or a keyword
	Pair                        // two of them at most
	Numbers                     // numbers and lengths, separated by white space, commas or semicolons
	Keyword                     // one word
	Keywords                    // words
	Path                        // path data (SVG 2, 9.3)
	Points                      // numbers alone
	Transforms                  // transform functions (SVG 2, 8.5)
	Timing                      // when an animation begins and how long it takes (SMIL 3.0)
	Animated                    // what an animation puts in the place of an attribute
	Property                    // what the property of CSS of the same name may be
	Link                        // a reference, which is judged by where it leads
	Declarations                // a list of declarations of CSS
)

// grammarNames complete the sentence "the value is not …".
var grammarNames = [...]string{
	Text: "text", Plain: "plain text on one line", Number: "a number", Pair: "one or two numbers",
	Numbers: "a list of numbers", Keyword: "a keyword", Keywords: "a list of keywords", Path: "path data",
	Points: "a list of points", Transforms: "a list of transforms", Timing: "a time", Animated: "a list of values",
	Property: "a value of that property", Link: "a reference", Declarations: "a list of declarations",
}

// String completes the sentence "the value is not …".
func (g Grammar) String() string { return grammarNames[g] }

// GrammarOf returns the grammar of an attribute without a prefix that [IsAttribute] lets in.
func GrammarOf(element, name string) Grammar {
	if strings.HasPrefix(name, "data-") || strings.HasPrefix(name, "aria-") {
		return Text
	}
	switch name {
	case "connectorname", "connectorName", "gorn", "oldid", "partID", "drill", "title", "alt", "desc", "label", "filename",
		"_SVGFile__filename", "unicode", "glyph-name", "g1", "g2", "u1", "u2", "string",
		"content", "name", "gradient", "solid", "layer", "download", "margin", "border":
		return Text
	case "style":
		return Declarations
	case "href", "src":
		return Link
	case "id", "class", "lang", "result", "in", "in2", "target", "rel", "role", "type", "media", "version",
		"baseProfile", "hreflang", "referrerpolicy", "crossorigin", "xmlns", "datatype", "property", "about",
		"typeof", "nonce", "part", "exportparts", "slot", "requiredFeatures",
		"requiredExtensions", "requiredFormats", "requiredFonts",
		"systemLanguage", "contentScriptType", "contentStyleType", "zoomAndPan", "viewTarget", "attributeName",
		"attributeType", "format", "local", "unicode-range", "panose-1", "glyphRef", "arabic-form", "p-id", "t",
		"blend", "d2Version", "host", "units":
		return Plain
	case "d":
		return Path
	case "path":
		return Path
	case "points":
		return Points
	case "transform", "gradientTransform", "patternTransform", "hatchTransform":
		return Transforms
	case "preserveAspectRatio":
		return Keywords
	case "begin", "end", "dur", "min", "max", "repeatCount", "repeatDur", "restart", "snapshotTime", "timelineBegin":
		return Timing
	case "from", "to", "by", "values":
		if ElementOf(element) == Animation || element == "animateMotion" {
			return Animated
		}
		return Numbers
	case "viewBox", "kernelMatrix", "tableValues", "keyTimes", "keySplines", "keyPoints", "bbox", "widths", "rotate",
		"dx", "dy", "x", "y":
		return Numbers
	case "order", "kernelUnitLength", "stdDeviation", "radius", "baseFrequency", "filterRes":
		return Pair
	case "fill":
		if ElementOf(element) == Animation || element == "animateMotion" {
			return Keyword
		}
	case "offset":
		if element != "stop" {
			return Numbers
		}
		return Number
	case "z", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "fr", "width", "height",
		"pathLength", "startOffset", "textLength", "markerWidth", "markerHeight", "refX", "refY", "pitch", "orient",
		"tabindex", "slope", "intercept", "amplitude", "exponent", "k1", "k2", "k3", "k4", "divisor", "bias",
		"targetX", "targetY", "surfaceScale", "diffuseConstant", "specularConstant", "specularExponent", "scale",
		"azimuth", "elevation", "pointsAtX", "pointsAtY", "pointsAtZ", "limitingConeAngle", "numOctaves", "seed",
		"horiz-adv-x", "horiz-origin-x", "horiz-origin-y", "vert-adv-y", "vert-origin-x", "vert-origin-y",
		"units-per-em", "stemv", "stemh", "cap-height", "x-height", "accent-height", "ascent", "descent", "ideographic",
		"alphabetic", "mathematical", "hanging", "v-ideographic", "v-alphabetic", "v-mathematical", "v-hanging",
		"underline-position", "underline-thickness", "strikethrough-position", "strikethrough-thickness",
		"overline-position", "overline-thickness", "k", "size", "syncTolerance":
		return Number
	}
	if IsProperty(name) {
		return Property
	}
	return Keyword
}

// Match reports whether a value has the form. Property, Link and Declarations match any: they are
// judged by their own functions.
func (g Grammar) Match(value []byte) bool {
	switch g {
	case Text, Property, Link, Declarations:
		return true
	case Plain:
		return isPlain(value)
	case Number:
		return isNumbers(value, 2) || isKeywords(value, 1) // Some programs write a comma for the point.
	case Pair:
		return isNumbers(value, 2)
	case Numbers:
		return isNumbers(value, len(value)) || isKeywords(value, 1)
	case Keyword:
		return isKeywords(value, 1)
	case Keywords:
		return isKeywords(value, 4)
	case Path:
		return isPath(value)
	case Points:
		return isPoints(value)
	case Transforms:
		return isTransforms(value)
	case Timing:
		return isTiming(value)
	case Animated:
		return isAnimated(value)
	}
	return false
}

// isPlain reports whether text is one line of characters that no command language quotes with.
func isPlain(value []byte) bool {
	for _, c := range string(value) {
		if c < ' ' || c >= 0x7f && c <= 0x9f || c == 0x2028 || c == 0x2029 || strings.ContainsRune("\"'`\\<", c) {
			return false
		}
	}
	return utf8.Valid(value)
}

// units are those of lengths, angles, times and frequencies (CSS Values and Units Level 4).
var units = [...]string{"px", "pt", "pc", "mm", "cm", "in", "q", "em", "ex", "rem", "ch", "vw", "vh", "vmin", "vmax",
	"deg", "rad", "grad", "turn", "s", "ms", "dpi", "x", "fr", "lh",
	"cap", "ic", "rex", "rch", "rlh", "rcap", "ric", "vi", "vb", "svw", "svh", "lvw", "lvh", "dvw", "dvh", "cqw", "cqh",
	"hz", "khz", "dpcm", "dppx"}

// isUnit reports whether a unit is one of CSS, without regard to case, or none.
func isUnit(unit []byte) bool {
	if len(unit) == 0 || string(unit) == "%" {
		return true
	}
	for _, u := range &units {
		if strings.EqualFold(string(unit), u) {
			return true
		}
	}
	return false
}

// number returns the place after the number at i, without its unit; i where there is none.
func number(b []byte, i int) int {
	start := i
	if i < len(b) && (b[i] == '+' || b[i] == '-') {
		i++
	}
	digits := 0
	for ; i < len(b) && isDigit(b[i]); i++ {
		digits++
	}
	if i < len(b) && b[i] == '.' {
		for i++; i < len(b) && isDigit(b[i]); i++ {
			digits++
		}
	}
	if digits == 0 {
		return start
	}
	if i+1 < len(b) && (b[i] == 'e' || b[i] == 'E') {
		j := i + 1
		if b[j] == '+' || b[j] == '-' {
			j++
		}
		if j < len(b) && isDigit(b[j]) {
			for i = j; i < len(b) && isDigit(b[i]); i++ {
			}
		}
	}
	return i
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// measure returns the place after the number at i and its unit, which white space may part.
func measure(b []byte, i int) int {
	end := number(b, i)
	if end == i {
		return i
	}
	for _, j := range [...]int{end, skipSpaces(b, end)} {
		k := j
		for k < len(b) && isLetter(b[k]) {
			k++
		}
		if k == j && k < len(b) && b[k] == '%' {
			k++
		}
		if k > j && isUnit(b[j:k]) {
			return k
		}
	}
	return end
}

func skipSpaces(b []byte, i int) int {
	for i < len(b) && b[i] == ' ' {
		i++
	}
	return i
}

// isNumbers reports whether a value is a list of most numbers with units, or empty.
func isNumbers(value []byte, most int) bool {
	for i, n := skipSpaces(value, 0), 0; i < len(value); n++ {
		end := measure(value, i)
		if end == i || n == most {
			return false
		}
		for i = end; i < len(value) && (value[i] == ' ' || value[i] == ',' || value[i] == ';'); i++ {
		}
	}
	return true
}

// isKeywords reports whether a value is at most so many words, or empty.
func isKeywords(value []byte, most int) bool {
	fields := bytes.Split(value, []byte(" "))
	n := 0
	for _, word := range fields {
		if len(word) == 0 {
			continue
		}
		if n++; n > most || !isWord(word) {
			return false
		}
	}
	return true
}

// isWord reports whether a word is letters, digits and what joins them.
func isWord(word []byte) bool {
	if isDigit(word[0]) && measure(word, 0) < len(word) {
		return false
	}
	for _, c := range word {
		if !isLetter(c) && !isDigit(c) && c != '-' && c != '_' && c != '.' && c != ':' && c != '#' && c != '+' && c != '%' {
			return false
		}
	}
	return true
}

// isBetween reports whether a byte may part the numbers of path data and points. Editors break
// lines there, and programs that write the document again do so by reference.
func isBetween(c byte) bool { return c == ' ' || c == ',' || c == '\n' || c == '\r' || c == '\t' }

// isPath reports whether a value is commands of path data and numbers. How many numbers a command
// takes is not counted: renderers draw up to the first fault.
func isPath(value []byte) bool {
	if string(bytes.TrimSpace(value)) == "none" {
		return true
	}
	for i := 0; i < len(value); {
		c := value[i]
		if isBetween(c) || strings.IndexByte("MmZzLlHhVvCcSsQqTtAaBbRr", c) >= 0 {
			i++
			continue
		}
		if bytes.HasPrefix(value[i:], []byte("NaN")) {
			i += len("NaN")
			continue
		}
		end := number(value, i)
		if end == i {
			return false
		}
		i = end
	}
	return true
}

// isPoints reports whether a value is numbers without units.
func isPoints(value []byte) bool {
	for i := 0; i < len(value); {
		if isBetween(value[i]) {
			i++
			continue
		}
		end := number(value, i)
		if end == i {
			return false
		}
		i = end
	}
	return true
}

// isTransforms reports whether a value is a list of functions that transform.
func isTransforms(value []byte) bool {
	if trimmed := bytes.TrimSpace(value); len(trimmed) == 0 || string(trimmed) == "none" {
		return true
	}
	_, ok := ParseTransforms(value)
	return ok
}

// isTiming reports whether a value says when: offsets, IDs with events, clock values, keys.
func isTiming(value []byte) bool {
	for _, c := range string(value) {
		if c < 0x80 && !isLetter(byte(c)) && !isDigit(byte(c)) && //nolint:gosec // It is ASCII.
			!strings.ContainsRune(" .:;+-_(),#%", c) ||
			c >= 0x7f && c <= 0x9f {
			return false
		}
	}
	return utf8.Valid(value)
}

// isAnimated reports whether a value is a list of values of properties, or of path data. Addresses
// in it have been judged before.
func isAnimated(value []byte) bool {
	for _, c := range string(value) {
		if c < ' ' && c != '\n' && c != '\t' && c != '\r' || c >= 0x7f && c <= 0x9f || strings.ContainsRune("\"`\\<>{}", c) {
			return false
		}
	}
	return utf8.Valid(value)
}
