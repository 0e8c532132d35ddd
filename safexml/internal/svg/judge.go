package svg

import (
	"bytes"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/css"
	"github.com/seed73825598/airlock/safexml/internal/refs"
	"github.com/seed73825598/airlock/safexml/internal/rule"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// A cssJudge looks through CSS for what loads or runs, and follows where url(#…) leads.
type cssJudge struct {
	rule.Document
	at       xmlscan.Position
	sheet    bool // a style sheet, or a list of declarations
	fragment func(id string, property string, subjects []css.Subject) error
	// each declaration, with its value as it stands; inherits is whether it may be that of the
	// element around
	declared func(property string, value []byte, inherits bool, subjects []css.Subject) error

	tokens   css.Tokens
	blocks   [][]css.Subject // the subjects of each open block
	selector css.Selector
	property string // of the declaration at hand
	first    string // the first name of the segment
	colon    bool   // a colon stands after it
	found    []cssFragment
	value    Value  // of the declaration at hand
	single   bool   // the text is the value of property, and no list of declarations
	drawn    bool   // values are held to the grammars of their properties
	raw      bool   // the text is an attribute: comments in values stay where programs copy it
	fonts    bool   // fonts in data: URIs are taken
	inherits bool   // the value may be that of the element around
	text     []byte // what is judged
	tokenAt  int    // where in text the token at hand begins
	valueAt  int    // where in text the value at hand begins
	frames   int    // blocks up to the one of @keyframes; 0 outside
	framing  bool   // such a block comes next
	atRule   bool   // the segment begins with an at-rule
	naming   bool   // which is @namespace: its address is a name
}

// A cssFragment is a url(#…) and the property that it stands in.
type cssFragment struct{ id, property string }

// cssNesting is the most blocks in blocks: honest style sheets have fewer, and programs give up at
// different depths.
const cssNesting = 32

// judge goes through text and returns the first refusal.
func (j *cssJudge) judge(text []byte) error {
	j.tokens, j.text = css.New(text), text
	if j.single {
		j.first, j.colon = j.property, true
		j.value.Begin(j.property)
	}
	for {
		j.tokenAt = j.tokens.Pos()
		if j.tokens.Next(); j.tokens.Kind == css.End {
			break
		}
		if err := j.Step(1); err != nil {
			return err
		}
		if err := j.token(); err != nil {
			return err
		}
	}
	if err := j.matches(); err != nil {
		return err
	}
	return j.flush(j.subjects())
}

func (j *cssJudge) token() error {
	t := &j.tokens
	if err := j.check(t); err != nil {
		return err
	}
	switch t.Kind {
	case css.Broken:
		return j.Refuse(rule.Unlisted, j.at,
			"CSS with a string, URL or comment that does not end as it should: programs differ in what they make of the rest")
	case css.AtKeyword:
		return j.atKeyword(strings.ToLower(string(t.Text)))
	case css.URL:
		return j.url(string(t.Text))
	case css.Function:
		return j.function(strings.ToLower(string(t.Text)))
	case css.Ident:
		if (j.colon || !j.sheet) && !j.atRule && j.callsNext() {
			if err := j.parted(strings.ToLower(string(t.Text))); err != nil {
				return err
			}
		}
		if j.first == "" {
			j.first = strings.ToLower(string(t.Text))
		}
		j.selector.Name(t.Text)
	case css.Hash:
		j.selector.Simple('#', t.Text)
	case css.Space:
		j.selector.Space()
	case css.Delim:
		return j.delim(t.Text[0])
	case css.Number, css.String, css.End:
	}
	return nil
}

// callsNext reports whether a parenthesis comes next, with white space or comments before it.
func (j *cssJudge) callsNext() bool {
	ahead := j.tokens.Ahead()
	for ahead.Next(); ahead.Kind == css.Space; ahead.Next() {
	}
	return ahead.Kind == css.Delim && ahead.Text[0] == '('
}

// check holds a token to the grammar of the property whose value it stands in.
func (j *cssJudge) check(t *css.Tokens) error {
	if !j.drawn || !j.colon {
		return nil
	}
	if t.Kind == css.Delim && (t.Text[0] == ';' && !j.single || t.Text[0] == '}' || t.Text[0] == '{') && j.sheet {
		return nil
	}
	if t.Kind == css.Delim && t.Text[0] == ';' && !j.single {
		return nil
	}
	if t.Kind == css.Space && j.raw && t.Comment {
		return j.Refuse(rule.Unlisted, j.at, "a comment in the value of "+limits.Quote(j.property))
	}
	switch {
	case t.Kind == css.Function && strings.EqualFold(string(t.Text), "var"):
		j.inherits = true
	case t.Kind == css.Ident:
		switch strings.ToLower(string(t.Text)) {
		case "inherit", "unset", "revert", "revert-layer":
			j.inherits = true
		}
	}
	j.value.Token(t)
	return nil
}

// matches refuses a segment that is no declaration, or one whose value is not of the form of its
// property.
func (j *cssJudge) matches() error {
	switch {
	case !j.drawn || j.atRule:
		return nil
	case j.colon && !j.value.End():
		return j.Refuse(rule.Unlisted, j.at,
			"the value of "+limits.Quote(j.property)+" in CSS is not of the form that the property has")
	case !j.colon && j.first != "":
		return j.Refuse(rule.Unlisted, j.at, "the declaration "+limits.Quote(j.first)+" in CSS without a colon")
	}
	return nil
}

// delim takes the characters that divide.
func (j *cssJudge) delim(c byte) error {
	switch c {
	case ':':
		if !j.colon && j.first != "" {
			j.colon, j.property = true, j.first
			j.value.Begin(j.first)
			j.valueAt, j.inherits = j.tokens.Pos(), false
			if runsProperty(j.first) {
				return j.Refuse(rule.Active, j.at,
					"the property "+limits.Quote(j.first)+" binds code to elements")
			}
		}
		j.selector.Pseudo()
	case ';':
		if j.single {
			return nil
		}
		if err := j.matches(); err != nil {
			return err
		}
		return j.flush(j.subjects())
	case '{':
		if len(j.blocks) == cssNesting {
			return j.Refuse(rule.Unlisted, j.at, "CSS with more than 32 blocks inside one another")
		}
		subjects := j.selector.Subjects()
		if err := j.Hold(32 * len(subjects)); err != nil {
			return err
		}
		if j.framing {
			j.framing, j.frames = false, len(j.blocks)+1
		}
		// The text before the brace was not a declaration, and what it names concerns any element.
		j.colon = false
		if err := j.flush([]css.Subject{{}}); err != nil {
			return err
		}
		if len(j.blocks) > 0 { // In @media and the like the rule counts at times.
			for i := range subjects {
				subjects[i].Exact = false
			}
		}
		j.blocks = append(j.blocks, subjects)
	case '}':
		if err := j.matches(); err != nil {
			return err
		}
		if err := j.flush(j.subjects()); err != nil {
			return err
		}
		if n := len(j.blocks); n > 0 {
			j.blocks = j.blocks[:n-1]
		}
		if len(j.blocks) < j.frames {
			j.frames = 0
		}
	default:
		j.selector.Delim(c)
	}
	return nil
}

// subjects returns whom the declaration at hand concerns; nil in a style attribute, which is its
// element's own.
func (j *cssJudge) subjects() []css.Subject {
	if !j.sheet {
		return nil
	}
	n := len(j.blocks)
	if n == 0 || j.frames > 0 {
		return []css.Subject{{}} // Which elements an animation is for is not followed.
	}
	return j.blocks[n-1]
}

// flush ends a declaration, or what stands before a block. It is told to each of the subjects, and
// many declarations may stand under many selectors.
func (j *cssJudge) flush(subjects []css.Subject) error {
	if n := len(subjects); n > 1 {
		if err := j.Step(int64(n-1) * int64(1+len(j.found))); err != nil {
			return err
		}
	}
	if j.declared != nil && j.colon && !j.atRule {
		if err := j.declared(j.property, j.text[j.valueAt:max(j.valueAt, j.tokenAt)], j.inherits, subjects); err != nil {
			return err
		}
	}
	for _, f := range j.found {
		if j.drawn && strings.HasPrefix(f.property, "--") {
			if err := j.Refuse(rule.Unlisted, j.at, "url() in the variable "+limits.Quote(f.property)+
				", which any element may draw"); err != nil {
				return err
			}
		}
		if j.fragment != nil {
			if err := j.fragment(f.id, f.property, subjects); err != nil {
				return err
			}
		}
	}
	j.found, j.first, j.property, j.colon = j.found[:0], "", "", false
	j.atRule, j.naming = false, false
	j.selector.Reset()
	return nil
}

// atKeyword takes an at-rule: those that only group or name pass.
func (j *cssJudge) atKeyword(name string) error {
	j.atRule = true
	j.framing = strings.HasSuffix(name, "keyframes")
	j.naming = name == "namespace"
	switch name {
	case "media", "supports", "charset", "namespace", "font-face", "keyframes", "-webkit-keyframes", "-moz-keyframes",
		"-o-keyframes", "page", "layer", "container", "font-feature-values", "counter-style", "property", "scope",
		"starting-style":
		j.selector.Reset()
		return nil
	case "import":
		return j.imports()
	}
	return j.Refuse(rule.Unlisted, j.at, "the at-rule "+limits.Quote("@"+name)+" in CSS")
}

// imports takes the argument of @import, whatever form it has.
func (j *cssJudge) imports() error {
	t := &j.tokens
	for t.Next(); t.Kind == css.Space; t.Next() {
	}
	if t.Kind == css.Function {
		for t.Next(); t.Kind == css.Space; t.Next() {
		}
	}
	uri := string(t.Text)
	if t.Kind != css.String && t.Kind != css.URL {
		uri = ""
	}
	if err := j.Refers("css-import", uri, j.at); err != nil {
		return err
	}
	return j.Refuse(rule.External, j.at, "@import of "+limits.Quote(uri)+" in CSS")
}

// function takes a function: those that compute pass, url( with a fragment does.
func (j *cssJudge) function(name string) error {
	j.selector.Function()
	switch name {
	case "url":
		t := &j.tokens
		t.Next() // A string, or there would be a css.URL.
		if t.Kind != css.String {
			return j.token()
		}
		j.selector.Delim(')')
		uri := string(t.Text)
		for t.Next(); t.Kind == css.Space; t.Next() {
		}
		if t.Kind != css.Delim || t.Text[0] != ')' {
			return j.Refuse(rule.Unlisted, j.at, "url() in CSS with more than one argument")
		}
		j.value.Token(t) // The parenthesis that ends the function.
		return j.url(uri)
	case "expression":
		return j.Refuse(rule.Active, j.at, "expression() in CSS runs code")
	case "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade", "src", "element",
		"-moz-element", "attr", "paint", "url-prefix", "domain":
		return j.loads(name)
	}
	if !isCSSFunction(name) {
		return j.Refuse(rule.Unlisted, j.at, "the function "+limits.Quote(name)+"() in CSS")
	}
	return nil
}

// parted takes the name of a function whose parenthesis white space or a comment parts from it. CSS
// has no function there, and renderers that look for the characters one after another have one.
func (j *cssJudge) parted(name string) error {
	switch {
	case name == "expression":
		return j.Refuse(rule.Active, j.at, "expression() in CSS runs code")
	case isCSSFunction(name):
		return nil
	}
	return j.Refuse(rule.Unlisted, j.at,
		"the function "+limits.Quote(name)+"() in CSS, with its parenthesis parted from it")
}

// loads takes a function whose strings are addresses.
func (j *cssJudge) loads(name string) error {
	if j.Telling() {
		ahead := j.tokens.Ahead()
		for ahead.Next(); ahead.Kind == css.Space; ahead.Next() {
		}
		if ahead.Kind == css.String {
			return j.Refers("css-url", string(ahead.Text), j.at)
		}
	}
	return j.Refuse(rule.External, j.at,
		"the function "+limits.Quote(name)+"() in CSS, which can load what it names")
}

// url takes the address in a url().
func (j *cssJudge) url(uri string) error {
	if j.drawn && j.escapesSign() {
		if err := j.Refers("css-url", uri, j.at); err != nil {
			return err
		}
		return j.Refuse(rule.External, j.at, "url() in CSS whose # is an escape: a program that knows none reads another "+
			"address than "+limits.Quote(uri))
	}
	if id, ok := refs.Fragment(uri); ok {
		if j.drawn && !Plain.Match([]byte(id)) {
			return j.Refuse(rule.Unlisted, j.at, "url() in CSS names "+limits.Quote(uri)+", which is no ID")
		}
		if err := j.Hold(len(id) + 48); err != nil {
			return err
		}
		j.found = append(j.found, cssFragment{id, j.property})
		return nil
	}
	if j.fonts && j.sheet && j.property == "src" && IsFont(uri) || j.naming && len(j.blocks) == 0 {
		return nil
	}
	if err := j.Refers("css-url", uri, j.at); err != nil {
		return err
	}
	return j.Refuse(rule.External, j.at,
		"url() in CSS names "+limits.Quote(uri)+"; only a #fragment of the document itself may stand there")
}

// escapesSign reports whether the address of the url() at hand begins with an escape.
func (j *cssJudge) escapesSign() bool {
	_, raw, _ := bytes.Cut(j.text[j.tokenAt:j.tokens.Pos()], []byte("("))
	return bytes.HasPrefix(bytes.TrimLeft(raw, " \t\r\n\f\"'"), []byte(`\`))
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
		"counter", "counters", "param",
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
