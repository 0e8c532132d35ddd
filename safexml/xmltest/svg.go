package xmltest

import (
	"bytes"
	"fmt"

	"github.com/seed73825598/airlock/limits"
)

const (
	unlisted limits.Rule = "unlisted-content"
	cycle    limits.Rule = "reference-cycle"

	svgStart = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">`
	svgEnd   = `</svg>`
)

// drawing returns a recipe for a document that is judged as a drawing.
func drawing(rule limits.Rule, name, body string) recipe {
	r := text(rule, name, svgStart+body+svgEnd)
	r.option = "SVG"
	return r
}

// wholeDrawing is drawing for a document with a root element of its own.
func wholeDrawing(rule limits.Rule, name, document string) recipe {
	r := text(rule, name, document)
	r.option = "SVG"
	return r
}

// schemes are spellings of addresses that lead out of a drawing, or run something.
var schemes = [...]struct{ name, uri string }{
	{"http", "http://evil.example/x"},
	{"no-scheme", "//evil.example/x"},
	{"path", "/etc/passwd"},
	{"relative", "x.svg"},
	{"other-file", "x.svg#a"},
	{"file", "file:///etc/passwd"},
	{"script", "javascript:alert(1)"},
	{"script-mixed-case", "JaVaScRiPt:alert(1)"},
	{"script-with-tab", "java&#9;script:alert(1)"},
	{"script-with-line-end", "java&#10;script:alert(1)"},
	{"script-after-space", " &#1114111; javascript:alert(1)"},
	{"data-html", "data:text/html,&lt;script>alert(1)&lt;/script>"},
	{"data-svg", "data:image/svg+xml;base64,PHN2Zy8+"},
	{"msl", "msl:/tmp/x.msl"},
	{"label", "label:@/etc/passwd"},
	{"text", "text:/etc/passwd"},
	{"php", "php://filter/resource=x"},
	{"unc", `\\evil.example\x`},
	{"vbscript", "vbscript:x"},
	{"blob", "blob:x"},
	{"empty", ""},
	{"query", "?x#a"},
}

// loaders are the ways in which elements of SVG name something.
var loaders = [...]struct{ name, before, after string }{
	{"image", `<image href="`, `"/>`},
	{"image-xlink", `<image xlink:href="`, `"/>`},
	{"use", `<use href="`, `"/>`},
	{"a", `<a xlink:href="`, `"><rect/></a>`},
	{"feImage", `<filter><feImage xlink:href="`, `"/></filter>`},
	{"gradient", `<linearGradient xlink:href="`, `"/>`},
	{"pattern", `<pattern href="`, `"/>`},
	{"textPath", `<text><textPath href="`, `"/></text>`},
	{"mpath", `<animateMotion><mpath href="`, `"/></animateMotion>`},
	{"cursor", `<cursor xlink:href="`, `"/>`},
	{"tref", `<text><tref xlink:href="`, `"/></text>`},
	{"font-face-uri", `<font-face><font-face-src><font-face-uri xlink:href="`, `"/></font-face-src></font-face>`},
	{"color-profile", `<color-profile xlink:href="`, `"/>`},
	{"animate", `<animate xlink:href="`, `" attributeName="x"/>`},
	{"filter", `<filter xlink:href="`, `"/>`},
	{"glyphRef", `<text><altGlyph><glyphRef xlink:href="`, `"/></altGlyph></text>`},
	{"fill", `<rect fill="url(`, `)"/>`},
	{"mask", `<rect mask="url(`, `)"/>`},
	{"marker-end", `<path marker-end="url(`, `)"/>`},
	{"cursor-property", `<rect cursor="url(`, `), auto"/>`},
	{"animated-value", `<rect><animate attributeName="fill" values="red;url(`, `)"/></rect>`},
	{"style-attribute", `<rect style="fill:url(`, `)"/>`},
}

// hostileSVG has drawings that load, run, or never end.
func hostileSVG() []recipe {
	var list []recipe
	for i := range loaders {
		l := &loaders[i]
		for j := range schemes {
			s := &schemes[j]
			if bytes.ContainsAny([]byte(s.uri), " ()\\") && i >= 16 {
				continue // Not a URL of CSS; see hostileCSS.
			}
			list = append(list, drawing(external, l.name+"/"+s.name, l.before+s.uri+l.after))
		}
	}
	for _, name := range []string{"onload", "onclick", "onmouseover", "onbegin", "onend", "onrepeat", "onerror",
		"onfocusin", "onActivate", "ONLOAD", "onx"} {
		list = append(list, drawing(active, "handler/"+name, `<rect `+name+`="alert(1)"/>`),
			drawing(active, "handler-on-foreign-element/"+name,
				`<i:x xmlns:i="http://www.inkscape.org/namespaces/inkscape" `+name+`="alert(1)"/>`))
	}
	for _, name := range []string{"href", "xlink:href", " xlink:href ", "x:href", "HREF", "onload", "style", "src",
		"xml:base"} {
		for _, element := range []string{"set", "animate"} {
			list = append(list, drawing(active, element+"-of/"+name,
				`<a href="#a"><`+element+` attributeName="`+name+`" to="javascript:alert(1)"/></a>`))
		}
	}
	return append(list,
		drawing(active, "script", `<script>alert(1)</script>`),
		drawing(active, "script-with-prefix", `<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>`),
		drawing(active, "script-upper-case", `<SCRIPT>alert(1)</SCRIPT>`),
		drawing(active, "script-external", `<script href="x.js"/>`),
		drawing(active, "script-of-html", `<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>`),
		drawing(active, "script-without-namespace", `<script xmlns="">alert(1)</script>`),
		drawing(active, "foreign-object", `<foreignObject><x/></foreignObject>`),
		drawing(active, "foreign-object-lower-case", `<foreignobject/>`),
		drawing(active, "handler-element", `<handler type="application/ecmascript">alert(1)</handler>`),
		drawing(active, "iframe", `<iframe src="x"/>`),
		drawing(active, "html-img", `<h:img xmlns:h="http://www.w3.org/1999/xhtml" src="x"/>`),
		drawing(external, "audio", `<audio src="x"/>`),
		drawing(external, "link", `<link rel="stylesheet" href="x.css"/>`),
		drawing(external, "base", `<g xml:base="http://evil.example/"><use href="#a"/></g>`),
		drawing(external, "base-on-foreign-element",
			`<i:x xmlns:i="http://www.inkscape.org/namespaces/inkscape" xml:base="http://evil.example/"/>`),

		drawing(unlisted, "element", `<unknown/>`),
		drawing(unlisted, "attribute", `<rect unknown="x"/>`),
		drawing(unlisted, "namespace", `<x xmlns="http://evil.example/"/>`),
		drawing(unlisted, "attribute-of-namespace", `<rect xmlns:e="http://www.w3.org/2001/xml-events" e:event="x"/>`),
		drawing(unlisted, "ping", `<a href="#x" ping="http://evil.example/"/>`),
		drawing(unlisted, "html-in-desc", `<desc><Frameset></Frameset></desc>`),
		drawing(unlisted, "remark-with-attribute", `<desc><remark is="x-y"/></desc>`),
		drawing(unlisted, "remark-of-a-page", `<desc><x-y>a</x-y></desc>`),
		drawing(unlisted, "remark-in-remark", `<desc><remark><img/></remark></desc>`),
		drawing(unlisted, "remark-in-style", `<style><remark/></style>`),
		drawing(unlisted, "remark-outside-of-desc", `<remark/>`),
		drawing(unlisted, "cdata-in-remark", `<desc><remark><![CDATA[<img src="x">]]></remark></desc>`),
		drawing(unlisted, "number-with-point-and-name", `<rect style="stroke-width:1.image"/>`),
		drawing(unlisted, "number-with-two-points", `<rect style="stroke-width:1.."/>`),
		drawing(unlisted, "html-in-title", `<title><style/></title>`),
		drawing(unlisted, "foreign-title", `<title xmlns="http://www.inkscape.org/namespaces/inkscape"/>`),
		drawing(unlisted, "foreign-p", `<p xmlns="http://web.resource.org/cc/"/>`),
		drawing(unlisted, "font-with-color", `<font color="red"/>`),
		drawing(unlisted, "comment-of-html", `<!--><script>alert(1)</script>-->`),
		drawing(unlisted, "comment-of-html-dash", `<!-->-->`),
		drawing(unlisted, "instruction-of-html", `<?x ><script>alert(1)</script>?>`),
		wholeDrawing(unlisted, "root-html", `<html xmlns="http://www.w3.org/2000/svg"/>`),
		wholeDrawing(unlisted, "root-of-another-namespace",
			`<svg xmlns="http://www.inkscape.org/namespaces/inkscape"/>`),

		drawing(cycle, "use-itself", `<use id="a" href="#a"/>`),
		drawing(cycle, "use-around", `<g id="a"><g><use href="#a"/></g></g>`),
		drawing(cycle, "use-two", `<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>`),
		drawing(cycle, "use-id-behind", `<use href="#a" id="a"/>`),
		drawing(cycle, "use-escaped", `<g id="a"><use href="#%61"/></g>`),
		drawing(cycle, "use-twice-given", `<g id="a"/><g id="a"><use href="#a"/></g>`),
		drawing(cycle, "use-xml-id", `<g xml:id="a"><use href="#a"/></g>`),
		drawing(cycle, "use-with-tab", `<g id="a"><use href="&#9;#a"/></g>`),
		drawing(cycle, "gradients", `<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/>`),
		drawing(cycle, "pattern-fill", `<pattern id="p"><rect fill="url(#p)"/></pattern>`),
		drawing(cycle, "pattern-style", `<pattern id="p"><rect style="fill:url('#p')"/></pattern>`),
		drawing(cycle, "pattern-fill-escaped", `<pattern id="p"><rect fill="\75rl(#p)"/></pattern>`),
		drawing(cycle, "pattern-class", `<style>.c{fill:url(#p)}</style><pattern id="p"><rect class="b c"/></pattern>`),
		drawing(cycle, "pattern-class-before",
			`<pattern id="p"><rect class="c"/></pattern><style>g, rect.c:hover{fill:url(#p)}</style>`),
		drawing(cycle, "pattern-name",
			`<style>@media all{rect{fill:url(#p)}}</style><pattern id="p"><rect/></pattern>`),
		drawing(cycle, "pattern-every", `<style>*{fill:url(#p)}</style><pattern id="p"><rect/></pattern>`),
		drawing(cycle, "pattern-id", `<style>g > #r{fill:url(#p)}</style><pattern id="p"><rect id="r"/></pattern>`),
		drawing(cycle, "pattern-attribute-selector",
			`<style>[x]{fill:url(#p)}</style><pattern id="p"><rect/></pattern>`),
		drawing(cycle, "pattern-is", `<style>:is(rect){fill:url(#p)}</style><pattern id="p"><rect/></pattern>`),
		drawing(cycle, "mask", `<mask id="m"><rect mask="url(#m)"/></mask>`),
		drawing(cycle, "marker", `<marker id="m"><path marker-start="url(#m)"/></marker>`),
		drawing(cycle, "clip-path", `<clipPath id="c" clip-path="url(#c)"/>`),
		drawing(cycle, "filter-image", `<g id="g" filter="url(#f)"/><filter id="f"><feImage href="#g"/></filter>`),
		wholeDrawing(cycle, "root", `<svg xmlns="http://www.w3.org/2000/svg" id="a"><use href="#a"/></svg>`),
		wholeDrawing("", "svg-laughs", laughs("use", `<use href="#%s"/>`)),
		wholeDrawing("", "svg-laughs-pattern", laughs("pattern", `<rect fill="url(#%s)"/>`)),
		wholeDrawing("", "svg-laughs-style", laughs("mask", `<rect style="mask:url(#%s)"/>`)),
		wholeDrawing("", "svg-laughs-marker", svgStart+`<marker id="m">`+repeat("<path/>",
			2000)+`</marker><path marker="url(#m)" d="`+repeat("1 ", 2000)+`"/>`+svgEnd),
	)
}

func repeat(s string, n int) string { return string(bytes.Repeat([]byte(s), n)) }

// laughs is a billion laughs without entities: nine levels of ten references each.
func laughs(element, reference string) string {
	if element == "use" {
		element = "g"
	}
	var b bytes.Buffer
	b.WriteString(svgStart + `<` + element + ` id="l0"><rect/></` + element + `>`)
	for level := 1; level < 10; level++ {
		fmt.Fprintf(&b, `<%s id="l%d">%s</%s>`, element, level,
			repeat(fmt.Sprintf(reference, fmt.Sprintf("l%d", level-1)), 10), element)
	}
	b.WriteString(svgEnd)
	return b.String()
}

// benignSVG comes close to breaking the profile's rules.
func benignSVG() []recipe {
	images := drawing(external, "raster-image",
		`<image href="data:image/png;base64,iVBORw0KGgo="/><image xlink:href="data:image/jpeg;base64,&#10;/9j/"/>`)
	images.option = "SVG, DataImages"
	return []recipe{
		images,
		drawing(external, "fragments",
			`<defs><g id="a"/><linearGradient id="b" xlink:href="#c"/><linearGradient id="c"/></defs><use href="#a"/><use `+
				`xlink:href=" #a"/><rect fill="url( '#b' ) red" style="stroke:url(#c)"/><a href="#a"><rect/></a>`),
		drawing(active, "online", `<text>onload=alert(1) javascript: <tspan x="1">&lt;script></tspan></text>`),
		drawing(active, "animations", `<rect><animate attributeName="fill" from="red" to="blue" dur="1s" begin="a.click; `+
			`accessKey(b)"/><set attributeName="class" to="x"/><animateTransform attributeName="transform" type="rotate" `+
			`from="0" to="360"/></rect>`),
		drawing(unlisted, "editors", `<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" `+
			`xmlns:dc="http://purl.org/dc/elements/1.1/"><cc:Work xmlns:cc="http://creativecommons.org/ns#" rdf:about="">`+
			`<dc:title>x</dc:title></cc:Work></rdf:RDF></metadata><sodipodi:namedview `+
			`xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" `+
			`xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" inkscape:zoom="1" id="x" pagecolor="#fff"/>`),
		drawing(unlisted, "styles", `<style type="text/css"><![CDATA[ @charset "utf-8"; @media (min-width: 1px) { .a > b, `+
			`#c:not(.d)::before { fill: rgb(1, 2, 3); content: "url(http://evil.example/)" } } /* url(http://evil.example/) `+
			`*/ @font-face { font-family: x; src: local("x") } ]]></style><rect class="a" style="transform: translate(1px, `+
			`2px) rotate(3deg); fill: var(--c, #fff)"/>`),
		drawing(active, "not-a-handler",
			`<i:path-effect xmlns:i="http://www.inkscape.org/namespaces/inkscape" only_selected="false"/>`),
		drawing(unlisted, "comments", `<!-- generator: x > y --><title>a &lt; b</title><desc><![CDATA[a & b]]></desc><text>`+
			`<![CDATA[a < b]]></text><metadata><![CDATA[a & b]]></metadata>`),
		drawing(cycle, "no-cycle", `<style>.a{fill:url(#p)} .b{clip-path:url(#c)}</style><g id="g" clip-path="url(#c)">`+
			`<defs><clipPath id="c"><rect/></clipPath><pattern id="p"><rect class="z"/></pattern></defs><rect class="a b"/>`+
			`<use href="#r"/></g><rect id="r"/><path id="own" fill="url(#own)"/><text id="t"><a href="#t">x</a></text><path `+
			`id="m"><animateMotion><mpath href="#m"/></animateMotion></path>`),
		drawing("", "many-uses", `<g id="a"><rect/></g>`+repeat(`<use href="#a"/>`, 1000)),
	}
}
