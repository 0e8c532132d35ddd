package xmltest

// command is what a renderer that translates drawings into a command language of its own would take
// for a command, if a value came to it as it stands.
const command = `1 image over 0,0 9,9 'F'`

// hostileValues has drawings whose values are not of the form that their attribute or property has.
func hostileValues() []recipe {
	var list []recipe
	for _, name := range []string{"stroke-dasharray", "stroke-linecap", "stroke-linejoin", "stroke-width", "fill",
		"fill-rule", "fill-opacity", "opacity", "stroke", "font-size", "font-weight", "font-style", "text-anchor",
		"text-decoration", "visibility", "display", "clip-rule", "letter-spacing", "color", "stop-color", "mask",
		"filter", "clip-path", "marker-end", "stroke-miterlimit", "stroke-dashoffset", "word-spacing", "direction",
		"writing-mode", "paint-order", "vector-effect", "enable-background"} {
		list = append(list,
			drawing(unlisted, "value/"+name, `<rect `+name+`="`+command+`"/>`),
			drawing(unlisted, "value-in-style/"+name, `<rect style="fill:red;`+name+`:`+command+`"/>`),
			drawing(unlisted, "value-in-sheet/"+name, `<style>a{fill:red;`+name+`:`+command+`}</style>`),
			drawing(unlisted, "value-line-end/"+name, `<rect `+name+`="inherit&#10;"/>`))
	}
	for _, name := range []string{"x", "y", "width", "height", "rx", "transform", "d", "points", "viewBox",
		"preserveAspectRatio", "patternUnits", "gradientTransform", "offset", "r", "dx", "rotate", "textLength",
		"refX", "orient", "stdDeviation", "values", "tableValues", "in", "result", "mode", "version", "spreadMethod"} {
		list = append(list, drawing(unlisted, "value/"+name, `<g `+name+`="`+command+`"/>`))
	}
	return append(list,
		drawing(unlisted, "value/parameter", `<rect stroke-width="param(a) 1 image over 0,0 9,9 'F'"/>`),
		drawing(unlisted, "value/parameter-of-paint", `<rect fill="param(a) red image over 'F'"/>`),
		drawing(unlisted, "value/parameters", `<rect stroke-width="param(a) param(b) 1"/>`),
		drawing(unlisted, "value/parameter-of-size", `<rect width="1000000" style="width:param(a) 1"/>`),
		drawing(unlisted, "value/sides", `<rect style="transform-origin:0 image over"/>`),
		drawing(unlisted, "value/sides-with-string", `<rect style="margin:0 'F'"/>`),
		drawing(unlisted, "value/slant", `<rect style="font-style:normal image"/>`),
		drawing(unlisted, "value/tags", `<rect style="font-feature-settings:'liga' image 'F'"/>`),
		drawing(unlisted, "value/tags-with-quote", `<rect style="font-feature-settings:'li\27 ga' 1"/>`),
		drawing(unlisted, "value/free-with-semicolon", `<rect style="content:'a' ';fill:x'"/>`),
		drawing(unlisted, "value/font-height", `<rect style="font:1px/1 image 'F'"/>`),
		drawing(unlisted, "value/id-with-quote", `<rect id="a&quot; image over 0,0 9,9 &quot;F"/>`),
		drawing(unlisted, "value/id-with-line-end", `<rect id="a&#10;b"/>`),
		drawing(unlisted, "value/class-with-quote", `<rect class="a&quot;&#10;image over 0,0 9,9 &quot;F"/>`),
		drawing(unlisted, "value/class-with-end-of-style", `<rect class="a&lt;/style>b"/>`),
		drawing(unlisted, "value/part-with-quote", `<rect part="a&quot; image over 0,0 9,9 &quot;F"/>`),
		drawing(unlisted, "value/slot-with-markup", `<rect slot="a&lt;img src=x>"/>`),
		drawing(unlisted, "attribute-of-inputs", `<rect is="x-y"/>`),
		drawing(unlisted, "attribute-like-that-of-oxygen", `<rect _SVGFile__source="/etc/passwd"/>`),
		drawing(unlisted, "value/margin-with-command", `<style>a{margin:0 image over 0,0 9,9 'F'}</style>`),
		drawing(unlisted, "value/margin-with-word", `<rect style="margin:0 image"/>`),
		drawing(unlisted, "value/font-family-with-quotes", `<text font-family="x' image over 0,0 9,9 'F'"/>`),
		drawing(unlisted, "value/font-family-quote-in-string", `<text font-family="&quot;x' image over 0,0 9,9 'F&quot;"/>`),
		drawing(unlisted, "value/font-family-numbers", `<text font-family="x image over 0 0 9 9 F"/>`),
		drawing(unlisted, "value/url-with-quote", `<rect fill="url('#a\&quot; image over 0,0 9,9 F')"/>`),
		drawing(unlisted, "value/href-with-quote", `<use href="#a&quot; image over 0,0 9,9 'F'"/>`),
		drawing(unlisted, "value/href-with-line-end", `<use href="#a&#10;&quot;b"/>`),
		drawing(unlisted, "value/path-with-command", `<path d="M0 0&#10;image over 0,0 9,9 'F'"/>`),
		drawing(unlisted, "value/comment", `<rect stroke-dasharray="1 /* image over 0,0 9,9 'F' */"/>`),
		drawing(unlisted, "value/comment-in-style", `<rect style="stroke-dasharray:1 /* image over 0,0 9,9 'F' */"/>`),
		drawing(unlisted, "value/no-colon", `<rect style="x;stroke-dasharray;1"/>`),
		drawing(unlisted, "value/second-colon", `<rect style="x:stroke-dasharray:1"/>`),
		drawing(unlisted, "value/string-with-semicolon", `<rect style="x:'a;b'"/>`),
		drawing(unlisted, "value/unit", `<rect stroke-width="1image"/>`),
		drawing(unlisted, "value/semicolon", `<rect fill="red;stroke:x"/>`),
		drawing(unlisted, "value/brace", `<rect style="fill:red}a{fill:red"/>`),
		drawing(unlisted, "cdata-in-title", `<title><![CDATA[<style><img src="x">]]></title>`),
		drawing(unlisted, "cdata-in-desc", `<desc><![CDATA[</desc>]]></desc>`),
		drawing(unlisted, "cdata-in-metadata", `<metadata><![CDATA[<script>alert(1)</script>]]></metadata>`),
		drawing(unlisted, "cdata-in-metadata-deep",
			`<metadata><x xmlns="http://purl.org/dc/elements/1.1/"><![CDATA[>]]></x></metadata>`),
	)
}

// benignValues has values as editors write them.
func benignValues() []recipe {
	return []recipe{
		drawing(unlisted, "parentheses-after-spaces", `<style>@media screen and (min-width: 9px) and (max-width: 99px){`+
			`a{fill:red}}a:not (.b){fill:red}</style><path style="width:calc(2 * (1px + 2px))" transform="rotate (45)">`+
			`<animate attributeName="points" values="1 (2)"/></path>`),
		drawing(unlisted, "values-of-inkscape",
			`<path style="font-size:12px;font-style:normal;font-variant:normal;font-stretch:normal;line-height:125%;`+
				`-inkscape-font-specification:'Sans Bold';text-indent:0;text-align:start;text-decoration:none;`+
				`text-decoration-line:none;letter-spacing:normal;writing-mode:lr-tb;baseline-shift:baseline;`+
				`color:#000000;fill:#abc;fill-opacity:1;stroke:none;stroke-dasharray:1.5, 3;marker:none;`+
				`enable-background:accumulate;shape-padding:0;-inkscape-stroke:none" d="m 1,2 c 3,4 -5e-4,6 7,8 z" `+
				`transform="matrix(1,0,0,-1,0 2)"/>`),
		drawing(unlisted, "values-of-illustrator",
			`<style type="text/css">.st0{fill:#FFFFFF;stroke:#000;stroke-miterlimit:10;} `+
				`.st1{font-family:'MyriadPro-Regular';} .st2{font-size:12px;enable-background:new    ;}</style><polygon `+
				`class="st0" points="1,2 3,4 &#9;&#10;5,6 "/><g i:extraneous="self" `+
				`xmlns:i="http://ns.adobe.com/AdobeIllustrator/10.0/"/>`),
		drawing(unlisted, "values-of-figma", `<g filter="url(#f0)"><path fill-rule="evenodd" clip-rule="evenodd" d="M1 `+
			`1.5H2V3Z" fill="white" fill-opacity="0.01" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" `+
			`stroke-linejoin="round"/></g><defs><filter id="f0" x="0" y="0" width="9" height="9" filterUnits="userSpaceOnUse" `+
			`color-interpolation-filters="sRGB"><feFlood flood-opacity="0" result="BackgroundImageFix"/><feColorMatrix `+
			`in="SourceAlpha" type="matrix" values="0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 127 0" result="hardAlpha"/><feOffset `+
			`dy="4"/><feGaussianBlur stdDeviation="2"/><feComposite in2="hardAlpha" operator="out"/><feBlend mode="normal" `+
			`in="SourceGraphic" in2="effect1_dropShadow" result="shape"/></filter></defs>`),
		drawing(unlisted, "values-of-matplotlib",
			`<defs><style type="text/css">*{stroke-linecap:butt;stroke-linejoin:round;}</style></defs><g id="patch_1"><path `+
				`d="M 0 280.5 &#10;L 1 2 &#10;z &#10;" style="fill:#ffffff;stroke:#000000;stroke-dasharray:6,`+
				`2;stroke-width:0.8;"/></g>`),
		drawing(unlisted, "values-of-web-pages", `<style>.a{font:italic bold 12px/14px "Open Sans", Helvetica Neue, `+
			`sans-serif;transition:all .3s ease;fill:var(--c, rgb(1 2 3 / 50%))!important} @media (prefers-color-scheme: `+
			`dark){.a{fill:#fff}}</style><text class="a" title="it's &quot;so&quot;&#10;here" aria-label="a &lt; b" `+
			`data-x="{&quot;a&quot;: 1}"/>`),
		drawing(unlisted, "values-of-modern-css", `<style>@font-face{font-weight:100 900;font-family:"x";src:local("x")} `+
			`.a{transform-origin:top left;overflow:hidden auto;font-style:oblique 10deg;margin:0 auto;font-stretch:75%;`+
			`font-feature-settings:"liga" 1,'kern' off,"smcp";font-variation-settings:"wght" 400;quotes:"«" "»";`+
			`content:"a" counter(x) "b";font:12px/1.5 "Open Sans",serif;font:400 1em/normal x} @scope (.a){.b{fill:red}} `+
			`@starting-style{.a{opacity:0}}</style>`),
	}
}
