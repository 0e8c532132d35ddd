package xmltest

// The names that Inkscape, and RDF in drawings, use for themselves.
const (
	inkscape = `"http://www.inkscape.org/namespaces/inkscape"`
	sodipodi = `"http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"`
)

// hostileBlind has drawings that are harmless to a program that knows namespaces. An HTML parser
// knows neither them nor case and goes by the prefix; some renderers drop prefixes.
func hostileBlind() []recipe {
	var list []recipe
	for _, name := range []string{"xlink:href", "XLINK:href", "xLink:title"} {
		list = append(list, wholeDrawing(unlisted, "prefix-of-another-namespace/"+name,
			`<svg xmlns="http://www.w3.org/2000/svg" xmlns:`+name[:5]+`=`+inkscape+`><a `+name+
				`="javascript:alert(1)"><rect/></a></svg>`))
	}
	for _, name := range []string{"a", "A", "use", "Use", "IMAGE", "feimage", "FEIMAGE", "SET", "animateTransform",
		"ANIMATETRANSFORM", "textpath", "TITLE", "Style", "LinearGradient", "ForeignObject", "DIV", "Svg"} {
		list = append(list, drawing(unlisted, "element-of-html/"+name, `<`+name+` xmlns=`+inkscape+`/>`))
	}
	for _, name := range []string{"image", "IMAGE", "use", "x", "feImage"} {
		list = append(list, drawing(external, "without-prefix/"+name,
			`<i:`+name+` xmlns:i=`+inkscape+` href="http://evil.example/x"/>`),
			drawing(external, "without-prefix-upper-case/"+name, `<i:`+name+` xmlns:i=`+inkscape+` SRC="/etc/passwd"/>`))
	}
	for _, name := range []string{"style", "script", "foreignObject", "STYLE", "handler"} {
		list = append(list, drawing(unlisted, "without-prefix/"+name,
			`<i:`+name+` xmlns:i=`+inkscape+`>@import "x"</i:`+name+`>`))
	}
	prefixed := func(name, body string) recipe {
		return wholeDrawing(unlisted, "prefixed/"+name, `<s:svg xmlns:s="http://www.w3.org/2000/svg" `+
			`xmlns="http://www.w3.org/2000/svg">`+body+`</s:svg>`)
	}
	const markup = `<img src="x" onerror="alert(1)"/>`
	return append(list,
		prefixed("cdata", `<s:text><![CDATA[>`+markup+`]]></s:text>`),
		prefixed("cdata-in-style", `<style><![CDATA[</style>`+markup+`{}]]></style>`),
		prefixed("comment-in-title", `<title><!-- </title>`+markup+` --></title>`),
		prefixed("comment-in-style", `<style><!-- </style>`+markup+` --></style>`),
		prefixed("comment-in-text-area", `<textArea><!-- </textarea>`+markup+` --></textArea>`),
		drawing(external, "style-upper-case-on-foreign-element", `<i:x xmlns:i=`+inkscape+` STYLE="fill:url(x)"/>`),
		drawing(cycle, "use-without-prefix", `<g id="a"><i:use xmlns:i=`+inkscape+` href="#a"/></g>`),
		drawing(external, "absolute-path-of-inkscape",
			`<image xlink:href="#a" s:absref="/etc/passwd" xmlns:s=`+sodipodi+`/>`),
		drawing(external, "absolute-path-of-inkscape-old", `<image xlink:href="#a" s:absref="\\evil.example\x" `+
			`xmlns:s="http://inkscape.sourceforge.net/DTD/sodipodi-0.dtd"/>`),
		under("SVG, DataImages", drawing(external, "absolute-path-beside-data",
			`<image xlink:href="data:image/png;base64,iVBORw0KGgo=" s:absref="x.png" xmlns:s=`+sodipodi+`/>`)),
	)
}

// benignBlind comes close: the same names where every program reads them alike.
func benignBlind() []recipe {
	return []recipe{
		wholeDrawing(unlisted, "another-prefix-of-xlink", `<svg xmlns="http://www.w3.org/2000/svg" `+
			`xmlns:l="http://www.w3.org/1999/xlink"><a l:href="#a" l:title="x"><rect/></a></svg>`),
		drawing(unlisted, "elements-of-metadata", `<metadata><RDF xmlns="http://www.w3.org/1999/02/22-rdf-syntax-ns#">`+
			`<dc:source xmlns:dc="http://purl.org/dc/elements/1.1/">http://example.com/</dc:source><Description/></RDF>`+
			`</metadata>`),
		wholeDrawing(unlisted, "prefixed", `<!-- a < b --><s:svg xmlns:s="http://www.w3.org/2000/svg"><!-- a -> b -->`+
			`<s:style><![CDATA[a > b{fill:red}]]></s:style><s:text>a &lt; b</s:text></s:svg>`),
		drawing(unlisted, "comments-and-cdata", `<!-- <rect/> --><style><![CDATA[/* <rect> */ a > b{fill:red}]]></style>`+
			`<text><![CDATA[a < b]]></text>`),
		drawing(external, "notes-of-inkscape", `<image xlink:href="#a" s:absref="" xmlns:s=`+sodipodi+`/>`+
			`<i:path-effect xmlns:i=`+inkscape+` effect="spiro" href="#a" src=" #b"/>`),
		drawing(external, "namespace-rule", `<style>@namespace s url(http://www.w3.org/2000/svg);`+
			`@namespace "http://www.w3.org/2000/svg"; s|rect{fill:url(#a)}</style>`),
	}
}
