package xmltest

// hostileCSS has style sheets and declarations that load or run, in the spellings that hide it.
func hostileCSS() []recipe {
	var list []recipe
	for _, c := range [...]struct{ name, css string }{
		{"import-string", `@import "http://evil.example/x.css";`},
		{"import-url", `@import url(http://evil.example/x.css);`},
		{"import-relative", `@import 'x.css' screen;`},
		{"import-escaped", `@\69mport "x.css";`},
		{"import-escaped-long", `@\000069 mport "x.css";`},
		{"import-mixed-case", `@ImPoRt "x.css";`},
		{"import-in-comment-trick", `/**/@import/**/"x.css";`},
		{"import-cdata", `@im<![CDATA[port "x.css";]]>`},
		{"import-references", `&#64;&#x69;mport "x.css";`},
		{"import-comment-inside", `@im<!-- -->port "x.css";`},
		{"url", `a{fill:url(http://evil.example/x)}`},
		{"url-quoted", `a{fill:url("http://evil.example/x")}`},
		{"url-spaces", "a{fill:url(\n 'http://evil.example/x' )}"},
		{"url-escaped", `a{fill:\75rl(http://evil.example/x)}`},
		{"url-escaped-all", `a{fill:\75\72\6c(http://evil.example/x)}`},
		{"url-escaped-inside", `a{fill:url(\68ttp://evil.example/x)}`},
		{"url-upper-case", `a{fill:URL(http://evil.example/x)}`},
		{"url-cdata", `a{fill:u<![CDATA[rl(http://evil.example/x)]]>}`},
		{"url-instruction-inside", `a{fill:u<?x?>rl(http://evil.example/x)}`},
		{"url-tab", "a{fill:url('ht&#9;tp://evil.example/x')}"},
		{"url-file", `a{fill:url(/etc/passwd)}`},
		{"url-relative-with-fragment", `a{fill:url(x.svg#a)}`},
		{"url-after-fragment", `a{fill:url(#a), url(x)}`},
		{"url-in-variable", `a{--x:url(http://evil.example/x)}`},
		{"url-in-media", `@media x{a{fill:url(x)}}`},
		{"url-in-supports", `@supports (fill:url(x)){}`},
		{"url-in-selector", `url(x){}`},
		{"url-in-font-face", `@font-face{src:url(http://evil.example/x.woff)}`},
		{"url-behind-string", `a{content:"\"";fill:url(x)}`},
		{"url-behind-comment", `a{/*"*/fill:url(x)/*"*/}`},
		{"url-between-comment-like", `a{content:"/*";fill:url(x);content:"*/"}`},
		{"url-behind-cdo", `<![CDATA[<!--]]> a{fill:url(x)} `},
		{"url-after-namespace", `@namespace x; a{fill:url(http://evil.example/x)}`},
		{"url-in-block-of-namespace", `@namespace x{a{fill:url(http://evil.example/x)}}`},
		{"url-escaped-number-sign", `a{fill:url(\23/../../etc/passwd)}`},
		{"url-escaped-number-sign-quoted", `a{fill:url("\23/../../etc/passwd")}`},
		{"url-of-data", `a{fill:url(data:image/svg+xml,x)}`},
		{"image-set", `a{background:image-set("http://evil.example/x" 1x)}`},
		{"image-set-webkit", `a{background:-webkit-image-set(url(x) 1x)}`},
		{"image", `a{background:image("x")}`},
		{"cross-fade", `a{background:cross-fade("x", "y")}`},
		{"src", `a{background:src("x")}`},
		{"attr", `a{background:attr(x url)}`},
	} {
		list = append(list, drawing(external, "style/"+c.name, `<style>`+c.css+`</style>`))
	}
	for _, c := range [...]struct{ name, css string }{
		{"behavior", `a{behavior:url(#x)}`},
		{"behavior-escaped", `a{b\65havior:url(#x)}`},
		{"binding", `a{-moz-binding:url(#x)}`},
		{"expression", `a{width:expression(alert(1))}`},
		{"expression-comment", `a{width:expression/**/(1);height:eXpression(1)}`},
	} {
		list = append(list, drawing(active, "style/"+c.name, `<style>`+c.css+`</style>`))
	}
	for _, c := range [...]struct{ name, css string }{
		{"url-and-space", `a{fill:url (http://evil.example/x)}`},
		{"url-and-comment", `a{fill:url/**/(http://evil.example/x)}`},
		{"image-set-and-space", "a{background:image-set\n('x' 1x)}"},
		{"at-rule", `@unknown x;`},
		{"function", `a{fill:unknown(1)}`},
		{"open-comment", `a{fill:red} /* `},
		{"open-string", `a{content:"x}`},
		{"open-string-line", "a{content:\"x\n;fill:red}"},
		{"bad-url", `a{fill:url(#a b)}`},
		{"open-url", `a{fill:url(#a`},
		{"url-with-modifier", `a{fill:url("#a" x)}`},
		{"deep", repeat("a{", 40)},
		{"element-inside", `a{}<g/>`},
	} {
		list = append(list, drawing(unlisted, "style/"+c.name, `<style>`+c.css+`</style>`))
	}
	return append(list,
		drawing(unlisted, "style/type", `<style type="text/x-scss">a{}</style>`),
		drawing(external, "style-attribute/import-like", `<rect style="background:url(//evil.example/)"/>`),
		drawing(external, "style-attribute/escaped", `<rect style="fill:\75 rl(x)"/>`),
		drawing(external, "style-attribute/reference", `<rect style="fill:u&#114;l(x)"/>`),
		drawing(unlisted, "presentation/parted", `<pattern id="p"><rect fill="url (#p)"/></pattern>`),
		drawing(unlisted, "style-attribute/parted", `<rect style="mask:url&#9;(#p)"/>`),
		drawing(unlisted, "animation/parted", `<set attributeName="fill" to="url (#p)"/>`),
		drawing(external, "presentation/escaped", `<rect fill="\75rl(x)"/>`),
		drawing(external, "presentation/image-set", `<rect cursor="image-set('x' 1x)"/>`),
		drawing(external, "presentation/filter", `<rect filter="blur(1px) url(x#y)"/>`),
		drawing(external, "presentation/on-foreign-element",
			`<i:x xmlns:i="http://www.inkscape.org/namespaces/inkscape" fill="url(x)"/>`),
		drawing(external, "style-attribute/on-foreign-element",
			`<i:x xmlns:i="http://www.inkscape.org/namespaces/inkscape" style="fill:url(x)"/>`),
		drawing(unlisted, "style-attribute/too-long", `<rect style="`+repeat(" ", 70_000)+`fill:url(x)"/>`),
		drawing(unlisted, "presentation/too-long", `<rect fill="`+repeat(" ", 70_000)+`url(x)"/>`),
	)
}
