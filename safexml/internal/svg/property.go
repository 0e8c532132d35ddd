package svg

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/seed73825598/airlock/safexml/internal/css"
)

// A valueForm is the grammar of a property's value, as tokens of CSS. Functions and addresses have
// been judged by their names before.
type valueForm uint8

const (
	anyValue   valueForm = iota // for properties that no renderer of drawings translates: groups between commas
	paintValue                  // none, a colour, an address and what stands in for it
	colorValue
	numberValue  // one number with a unit, or a keyword
	numbersValue // numbers, or a keyword
	wordValue    // a keyword
	wordsValue   // keywords, numbers and colours, never strings
	refValue     // addresses and functions, or keywords
	transformValue
	fontFamily // names of fonts, each a string or words
	fontValue  // numbers and keywords, and names of fonts
	sidesValue // numbers, and keywords for sides
	twoValue   // a keyword or two
	slantValue // a keyword, and an angle
	tagsValue  // tags of a font, each a string with a number or keyword
	freeValue  // strings and whatever stands between them, in properties that only pages have
)

// formOf returns the form of a property.
func formOf(property string) valueForm {
	switch property {
	case "fill", "stroke", "text-decoration-fill", "text-decoration-stroke", "-inkscape-stroke":
		return paintValue
	case "color", "stop-color", "flood-color", "lighting-color", "solid-color", "background-color",
		"text-decoration-color", "viewport-fill", "border-color", "outline-color":
		return colorValue
	case "opacity", "fill-opacity", "stroke-opacity", "stop-opacity", "flood-opacity", "solid-opacity",
		"viewport-fill-opacity", "stroke-width", "stroke-dashoffset", "stroke-miterlimit", "font-size",
		"font-size-adjust", "font-stretch", "letter-spacing", "word-spacing", "kerning", "line-height",
		"line-increment", "baseline-shift", "shape-margin", "tab-size", "text-indent", "inline-size", "width",
		"height", "x", "y", "cx", "cy", "r", "rx", "ry", "glyph-orientation-horizontal", "glyph-orientation-vertical",
		"z-index":
		return numberValue
	case "stroke-dasharray", "shape-padding", "font-weight":
		return numbersValue
	case "transform-origin", "margin", "padding":
		return sidesValue
	case "overflow":
		return twoValue
	case "font-style":
		return slantValue
	case "font-feature-settings", "font-variation-settings":
		return tagsValue
	case "content", "quotes", "grid-template-areas", "grid-template":
		return freeValue
	case "alignment-baseline", "clip-rule", "color-interpolation", "color-interpolation-filters", "color-rendering",
		"direction", "display", "dominant-baseline", "fill-rule", "font-kerning",
		"image-rendering", "isolation", "mix-blend-mode", "pointer-events", "shape-rendering",
		"stroke-alignment", "stroke-linecap", "stroke-linejoin", "text-anchor", "text-overflow", "text-rendering",
		"unicode-bidi", "visibility", "white-space", "white-space-collapsing", "writing-mode", "mask-type",
		"text-decoration-style", "color-profile":
		return wordValue
	case "enable-background", "font-variant", "font-variant-ligatures", "font-variant-numeric",
		"font-variant-caps", "font-variant-east-asian", "paint-order", "text-decoration", "text-decoration-line",
		"text-orientation", "vector-effect", "text-align", "clip":
		return wordsValue
	case "clip-path", "mask", "filter", "marker", "marker-start", "marker-mid", "marker-end", "cursor",
		"shape-inside", "shape-subtract", "stop-path":
		return refValue
	case "transform", "rotate", "scale", "translate":
		return transformValue
	case "font-family":
		return fontFamily
	case "font":
		return fontValue
	}
	return anyValue
}

// A Value checks the value of one property, token by token.
type Value struct {
	form     valueForm
	depth    int  // parentheses that are open
	tokens   int  // outside of them, but for white space
	numbers  int  // of them
	words    int  // of them, since the last comma
	strings  int  // of them, since the last comma
	group    int  // tokens since the last comma
	groupNum int  // numbers since the last comma
	comma    bool // one has come
	ended    bool // ! has come: only important may follow
	family   bool // of a font: its size has come, and what follows are names
	slash    bool // of a font: a slash has come, and what follows is the height of lines
	fault    bool

	parameter bool // param() may come before the value
}

// Begin starts on the value of a property.
func (v *Value) Begin(property string) {
	*v = Value{form: formOf(property), parameter: takesParameter(property)}
}

// takesParameter reports whether a map program fills in the property: param() with a name may stand
// before its value, and other programs take what follows or leave the whole out (SVG Parameters
// 1.0, 3). Sizes of a single element are not among them: a program that leaves the declaration out
// draws in another size than was measured.
func takesParameter(property string) bool {
	switch property {
	case "fill", "stroke", "fill-opacity", "stroke-opacity", "stroke-width":
		return true
	}
	return false
}

// Token takes a token of the value.
func (v *Value) Token(t *css.Tokens) {
	switch {
	case t.Kind == css.Space:
		return
	case v.ended:
		v.fault = v.fault || t.Kind != css.Ident || !strings.EqualFold(string(t.Text), "important")
		return
	case t.Kind == css.Delim && t.Text[0] == '!' && v.depth == 0:
		v.ended = true
		return
	}
	v.fault = v.fault || !v.clean(t)
	if v.depth > 0 {
		v.inside(t)
		return
	}
	v.tokens++
	switch t.Kind {
	case css.Number:
		v.numbers++
		v.groupNum++
	case css.Ident:
		v.words++
	case css.String:
		v.strings++
	case css.Function:
		v.depth++
		if v.parameter && v.tokens == 1 && string(t.Text) == "param" {
			v.tokens, v.parameter = 0, false
			return
		}
	case css.Delim:
		if t.Text[0] == '(' {
			v.depth++
		}
		if t.Text[0] == ',' {
			v.endGroup()
			v.words, v.strings, v.group, v.groupNum = 0, 0, 0, 0
			v.comma = true
			v.tokens--
			return
		}
	default:
	}
	v.group++
	v.fault = v.fault || !v.allows(t)
}

// inside takes a token between parentheses.
func (v *Value) inside(t *css.Tokens) {
	switch {
	case t.Kind == css.Function, t.Kind == css.Delim && t.Text[0] == '(':
		v.depth++
	case t.Kind == css.Delim && t.Text[0] == ')':
		v.depth--
	case t.Kind == css.Delim && strings.IndexByte("{};@", t.Text[0]) >= 0:
		v.fault = true
	}
}

// clean reports whether a token is what its kind says in a program that knows no escapes: a name of
// letters, a string of characters that end no string.
func (v *Value) clean(t *css.Tokens) bool {
	switch t.Kind {
	case css.Ident, css.Function, css.Hash:
		for _, c := range t.Text {
			if c < 0x80 && !isLetter(c) && !isDigit(c) && c != '-' && c != '_' {
				return false
			}
		}
	case css.String:
		return bytes.IndexFunc(t.Text, func(c rune) bool {
			return endsString(c) && (v.form != anyValue && v.form != freeValue || strings.ContainsRune(";{}", c))
		}) < 0
	case css.Number:
		return isUnit(t.Text[t.Unit:]) || v.form == anyValue || v.form == freeValue ||
			(v.form == fontFamily || v.form == fontValue) &&
				bytes.IndexFunc(t.Text[t.Unit:], func(c rune) bool {
					return c != '-' && !unicode.IsLetter(c) &&
						!unicode.IsDigit(c)
				}) < 0
	case css.Delim:
		return strings.IndexByte("`\\<>{}@;", t.Text[0]) < 0 && (t.Text[0] != ':' || v.depth > 0)
	case css.AtKeyword, css.Broken:
		return false
	default:
	}
	return true
}

// endsString reports whether a character in a string ends it, or the declaration, in a program that
// looks for the character alone.
func endsString(c rune) bool {
	return c < ' ' || c >= 0x7f && c <= 0x9f || c == 0x2028 || c == 0x2029 || strings.ContainsRune("\"'`\\;{}", c)
}

// allows reports whether a token outside of parentheses may stand in the value.
func (v *Value) allows(t *css.Tokens) bool {
	str, num, word := t.Kind == css.String, t.Kind == css.Number, t.Kind == css.Ident
	hash, delim := t.Kind == css.Hash, t.Kind == css.Delim && t.Text[0] != '('
	switch v.form {
	case paintValue:
		return !str && !num && !delim && v.tokens <= 3
	case colorValue:
		return !str && !num && !delim && v.tokens <= 2
	case numberValue:
		return v.oneNumber(t)
	case numbersValue:
		return num || t.Kind == css.Function || word && v.tokens == 1
	case sidesValue:
		return v.tokens <= 4 && (num || t.Kind == css.Function || word && isSide(t.Text))
	case twoValue:
		return word && v.tokens <= 2 || t.Kind == css.Function && v.tokens == 1
	case slantValue:
		return word && v.tokens == 1 || t.Kind == css.Function || num && v.tokens == 2
	case tagsValue:
		return (str || word || t.Kind == css.Function) && v.group == 1 || (num || word) && v.group == 2 && v.strings == 1
	case freeValue:
		return true
	case wordValue:
		return (word || t.Kind == css.Function) && v.tokens == 1
	case wordsValue:
		return !str && !delim && v.words <= 8 && v.numbers <= 4
	case refValue:
		return !str && !hash && !delim && v.words <= 1 && v.numbers <= 2
	case transformValue:
		return t.Kind == css.Function || v.tokens == 1 && (word || num) || num && v.tokens <= 3
	case fontFamily:
		return v.names(t)
	case fontValue:
		return v.font(t)
	case anyValue:
		return !str || v.group == 1
	}
	return false
}

// oneNumber reports whether a token may stand in the value of a number. Some programs part the unit
// by white space, or write a comma for the point.
func (v *Value) oneNumber(t *css.Tokens) bool {
	switch t.Kind {
	case css.Number:
		return v.tokens == 1 || v.comma && v.tokens == 2
	case css.Ident:
		return v.tokens == 1 || v.tokens == 2 && v.numbers == 1 && isUnit(t.Text)
	case css.Function:
		return v.tokens == 1
	default:
		return false
	}
}

// font reports whether a token may stand in the shorthand of fonts: the size, and a line height
// after a slash, part what comes first from the names.
func (v *Value) font(t *css.Tokens) bool {
	slash := t.Kind == css.Delim && t.Text[0] == '/'
	size := slash || t.Kind == css.Number && (v.slash || len(t.Text[t.Unit:]) > 0)
	v.slash = slash
	if size && v.strings == 0 {
		v.family, v.group = true, 0
		return true
	}
	if v.family {
		return v.names(t)
	}
	return t.Kind == css.Ident || t.Kind == css.Number || t.Kind == css.Function
}

// names reports whether a token may stand in the name of a font: the only string of a group, or one
// of its words, among which one number may be.
func (v *Value) names(t *css.Tokens) bool {
	switch t.Kind {
	case css.String:
		return v.group == 1
	case css.Ident, css.Function:
		return v.strings == 0
	case css.Number:
		return v.strings == 0 && (v.groupNum == 1 || v.form == fontValue)
	default:
		return false
	}
}

// endGroup ends what a comma ends.
func (v *Value) endGroup() {
	switch v.form {
	case numbersValue, fontFamily, fontValue, anyValue, refValue, tagsValue, freeValue:
	case numberValue:
		v.fault = v.fault || v.tokens != 2 || v.numbers != 1 || v.comma
	case paintValue, colorValue, wordValue, wordsValue, transformValue, sidesValue, twoValue, slantValue:
		v.fault = true
	}
	v.fault = v.fault || v.mixed()
}

// End reports whether the value has been of its form.
func (v *Value) End() bool {
	if v.form != fontValue {
		v.fault = v.fault || v.mixed()
	}
	return !v.fault
}

// mixed reports whether a string stands beside anything else of its group, where that is no form.
func (v *Value) mixed() bool {
	return v.strings > 0 && v.group > 1 && v.form != tagsValue && v.form != freeValue
}

// isSide reports whether a keyword names a side, or that nothing special is meant.
func isSide(word []byte) bool {
	switch strings.ToLower(string(word)) {
	case "auto", "center", "top", "right", "bottom", "left", "inherit", "initial", "unset", "revert":
		return true
	}
	return false
}
