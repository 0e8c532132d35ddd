package safexml

import (
	"bytes"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/refs"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// A cssJudge looks through CSS for what loads or runs, and follows where url(#…) leads.
type cssJudge struct {
	*reading
	at       xmlscan.Position
	sheet    bool // a style sheet, or a list of declarations
	fragment func(id string, property string, subjects []cssSubject) error

	tokens   cssTokens
	blocks   [][]cssSubject // the subjects of each open block
	selector cssSelector
	property string // of the declaration at hand
	first    string // the first name of the segment
	colon    bool   // a colon stands behind it
	found    []cssFragment
}

// A cssSubject is what a selector asks of the element that it matches: kind is '#', '.' or 0 for
// the name of the element, and 0 with an empty name for any element at all.
type cssSubject struct {
	kind byte
	name string
}

// A cssFragment is a url(#…) and the property that it stands in.
type cssFragment struct{ id, property string }

// cssNesting is the most blocks in blocks: nobody writes that many, and programs give up at
// different depths.
const cssNesting = 32

// judge goes through text and returns the first refusal.
func (j *cssJudge) judge(text []byte) error {
	j.tokens = cssTokens{b: text}
	for {
		if j.tokens.next(); j.tokens.kind == cssEnd {
			break
		}
		if err := j.meter.Step(1); err != nil {
			return err
		}
		if err := j.token(); err != nil {
			return err
		}
	}
	return j.flush(j.subjects())
}

func (j *cssJudge) token() error {
	t := &j.tokens
	switch t.kind {
	case cssBroken:
		return j.refuse(RuleUnlistedContent, j.at,
			"CSS with a string, URL or comment that does not end as it should: programs differ in what they make of the rest")
	case cssAtKeyword:
		return j.atRule(strings.ToLower(string(t.text)))
	case cssURL:
		return j.url(string(t.text))
	case cssFunction:
		return j.function(strings.ToLower(string(t.text)))
	case cssIdent:
		if j.first == "" {
			j.first = strings.ToLower(string(t.text))
		}
		j.selector.name(t.text)
	case cssHash:
		j.selector.simple('#', t.text)
	case cssSpace:
		j.selector.space()
	case cssDelim:
		return j.delim(t.text[0])
	case cssString, cssEnd:
	}
	return nil
}

// delim takes the characters that divide.
func (j *cssJudge) delim(c byte) error {
	switch c {
	case ':':
		if !j.colon && j.first != "" {
			j.colon, j.property = true, j.first
			if runsProperty(j.first) {
				return j.refuse(RuleActiveContent, j.at,
					"the property "+limits.Quote(j.first)+" binds code to elements")
			}
		}
		j.selector.pseudo()
	case ';':
		return j.flush(j.subjects())
	case '{':
		if len(j.blocks) == cssNesting {
			return j.refuse(RuleUnlistedContent, j.at, "CSS with more than 32 blocks inside one another")
		}
		subjects := j.selector.subjects()
		if err := j.hold(32 * len(subjects)); err != nil {
			return err
		}
		// What stands before the brace was no declaration, and what it names concerns nobody in
		// particular.
		if err := j.flush([]cssSubject{{}}); err != nil {
			return err
		}
		j.blocks = append(j.blocks, subjects)
	case '}':
		if err := j.flush(j.subjects()); err != nil {
			return err
		}
		if n := len(j.blocks); n > 0 {
			j.blocks = j.blocks[:n-1]
		}
	default:
		j.selector.delim(c)
	}
	return nil
}

// subjects returns whom the declaration at hand concerns; nil in a style attribute, which is its
// element's own.
func (j *cssJudge) subjects() []cssSubject {
	if !j.sheet {
		return nil
	}
	if n := len(j.blocks); n > 0 {
		return j.blocks[n-1]
	}
	return []cssSubject{{}}
}

// flush ends a declaration, or what stands before a block.
func (j *cssJudge) flush(subjects []cssSubject) error {
	for _, f := range j.found {
		if j.fragment != nil {
			if err := j.fragment(f.id, f.property, subjects); err != nil {
				return err
			}
		}
	}
	j.found, j.first, j.property, j.colon = j.found[:0], "", "", false
	j.selector.reset()
	return nil
}

// atRule takes an at-rule: those that only group or name pass.
func (j *cssJudge) atRule(name string) error {
	switch name {
	case "media", "supports", "charset", "namespace", "font-face", "keyframes", "-webkit-keyframes", "-moz-keyframes",
		"-o-keyframes", "page", "layer", "container", "font-feature-values", "counter-style", "property":
		j.selector.reset()
		return nil
	case "import":
		return j.imports()
	}
	return j.refuse(RuleUnlistedContent, j.at, "the at-rule "+limits.Quote("@"+name)+" in CSS")
}

// imports takes the argument of @import, whatever form it has.
func (j *cssJudge) imports() error {
	t := &j.tokens
	for t.next(); t.kind == cssSpace; t.next() {
	}
	if t.kind == cssFunction {
		for t.next(); t.kind == cssSpace; t.next() {
		}
	}
	uri := string(t.text)
	if t.kind != cssString && t.kind != cssURL {
		uri = ""
	}
	if err := j.refers(refs.ByID("css-import"), uri, j.at); err != nil {
		return err
	}
	return j.refuse(RuleExternalReference, j.at, "@import of "+limits.Quote(uri)+" in CSS")
}

// function takes a function: those that compute pass, url( with a fragment does.
func (j *cssJudge) function(name string) error {
	j.selector.function()
	switch name {
	case "url":
		t := &j.tokens
		t.next() // A string, or there would be a cssURL.
		if t.kind != cssString {
			return j.token()
		}
		j.selector.delim(')')
		uri := string(t.text)
		for t.next(); t.kind == cssSpace; t.next() {
		}
		if t.kind != cssDelim || t.text[0] != ')' {
			return j.refuse(RuleUnlistedContent, j.at, "url() in CSS with more than one argument")
		}
		return j.url(uri)
	case "expression":
		return j.refuse(RuleActiveContent, j.at, "expression() in CSS runs code")
	case "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade", "src", "element",
		"-moz-element", "attr", "paint", "url-prefix", "domain":
		return j.loads(name)
	}
	if !isCSSFunction(name) {
		return j.refuse(RuleUnlistedContent, j.at, "the function "+limits.Quote(name)+"() in CSS")
	}
	return nil
}

// loads takes a function whose strings are addresses.
func (j *cssJudge) loads(name string) error {
	if j.tell != nil {
		ahead := j.tokens
		ahead.own = nil
		for ahead.next(); ahead.kind == cssSpace; ahead.next() {
		}
		if ahead.kind == cssString {
			return j.refers(refs.ByID("css-url"), string(ahead.text), j.at)
		}
	}
	return j.refuse(RuleExternalReference, j.at,
		"the function "+limits.Quote(name)+"() in CSS, which can load what it names")
}

// url takes the address in a url().
func (j *cssJudge) url(uri string) error {
	if id, ok := fragmentOf(uri); ok {
		if err := j.hold(len(id) + 48); err != nil {
			return err
		}
		j.found = append(j.found, cssFragment{id, j.property})
		return nil
	}
	if err := j.refers(refs.ByID("css-url"), uri, j.at); err != nil {
		return err
	}
	return j.refuse(RuleExternalReference, j.at,
		"url() in CSS names "+limits.Quote(uri)+"; only a #fragment of the document itself may stand there")
}

// fragmentOf returns the ID that a reference within the document names. Tabs and line ends are
// dropped first, as readers of URLs do.
func fragmentOf(uri string) (id string, ok bool) {
	return strings.CutPrefix(strings.TrimLeft(trimURI(uri), "\x00 "), "#")
}

// runsProperty reports whether a property binds code.
func runsProperty(name string) bool {
	switch name {
	case "behavior", "-ms-behavior", "-moz-binding", "-o-link", "-o-link-source":
		return true
	}
	return false
}

// mayHoldFunction reports whether a value holds anything that must be cut into tokens: a function
// needs a parenthesis that is not escaped.
func mayHoldFunction(value []byte) bool { return bytes.IndexByte(value, '(') >= 0 }

// isCSSFunction lists the functions of CSS and SVG that compute, select or shape, and load nothing.
func isCSSFunction(name string) bool {
	switch name {
	case "rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color", "color-mix", "device-cmyk",
		"icc-color", "icc-named-color", "light-dark",
		"calc", "min", "max", "clamp", "var", "env", "abs", "sign", "round", "mod", "rem", "sin", "cos", "tan",
		"asin", "acos", "atan", "atan2", "pow", "sqrt", "hypot", "log", "exp",
		"matrix", "matrix3d", "translate", "translatex", "translatey", "translatez", "translate3d", "scale", "scalex",
		"scaley", "scalez", "scale3d",
		"rotate", "rotatex", "rotatey", "rotatez", "rotate3d", "skew", "skewx", "skewy", "perspective", "ref",
		"cubic-bezier", "steps", "linear", "blur", "brightness", "contrast", "drop-shadow", "grayscale", "hue-rotate",
		"invert", "opacity", "saturate", "sepia", "alpha",
		"path", "polygon", "circle", "ellipse", "inset", "rect", "xywh", "ray", "shape", "format", "local", "tech",
		"counter", "counters",
		"linear-gradient", "radial-gradient", "conic-gradient", "repeating-linear-gradient",
		"repeating-radial-gradient", "repeating-conic-gradient",
		"-webkit-linear-gradient", "-webkit-radial-gradient", "-moz-linear-gradient", "-o-linear-gradient",
		"accesskey", "repeat", "wallclock",
		"not", "is", "where", "has", "lang", "dir", "host", "root", "nth-child", "nth-last-child", "nth-of-type",
		"nth-last-of-type", "selector", "and", "or":
		return true
	}
	return false
}
