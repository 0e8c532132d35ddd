package xmltest

import "github.com/seed73825598/airlock/limits"

const drawingCost limits.Rule = "drawing-cost"

// sized is a drawing of 100 by 100 pixels.
func sized(name, body string) recipe {
	return wholeDrawing(drawingCost, name,
		`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="100" `+
			`height="100">`+
			body+svgEnd)
}

// hostileCosts has drawings that cost more to draw than any canvas, and inherited references.
func hostileCosts() []recipe {
	root := func(name, attributes string) recipe {
		return wholeDrawing(drawingCost, name, `<svg xmlns="http://www.w3.org/2000/svg" `+attributes+`/>`)
	}
	const blur = `<feGaussianBlur stdDeviation="1"/>`
	images := func(name, data string) recipe {
		return under("SVG, DataImages", sized("image-"+name, `<image href="data:image/`+data+`"/>`))
	}
	const large = `<filter id="h" filterUnits="userSpaceOnUse" width="8000" ` +
		`height="8000"><feFlood/><feFlood/><feFlood/>` +
		`</filter><rect id="r" width="8000" height="8000" filter="url(#h)"/>`
	const named = `filterUnits="userSpaceOnUse" width="10" height="10"`
	return []recipe{
		sized("filter-of-elements", large+`<filter id="f" `+named+`>`+repeat(`<feImage href="#r"/>`, 6)+
			`</filter><rect width="9" height="9" filter="url(#f)"/>`),
		sized("filter-of-filtered-elements", large+`<filter id="f" `+named+`><feImage href="#r"/><feImage `+
			`href="#r"/></filter>`+
			`<g id="g" filter="url(#f)"/><filter id="e" `+named+`><feImage href="#g"/><feImage href="#g"/><feImage `+
			`href="#g"/>`+
			`</filter><rect width="9" height="9" filter="url(#e)"/>`),
		under("SVG, DataImages", sized("filter-of-images", `<filter id="f">`+repeat(`<feImage `+
			`href="data:image/png;base64,`+
			`iVBORw0KGgoAAAANSUhEUgAAIAAAACAACAYAAAA="/>`, 20)+`</filter><rect width="9" height="9" `+
			`filter="url(#f)"/>`)),
		sized("pattern-of-another", large+`<pattern id="p" width="9" height="9">`+repeat(`<use href="#r"/>`, 6)+
			`</pattern><pattern id="q" href="#p"/><rect width="9" height="9" fill="url(#q)"/>`),
		sized("filter-of-another", `<filter id="f">`+repeat(`<feFlood/>`, 20)+`</filter><filter id="e" href="#f" `+
			`filterUnits="userSpaceOnUse" width="8000" height="8000"/><rect width="9" height="9" filter="url(#e)"/>`),
		sized("drawing-inside-by-sheet", `<filter `+
			`id="f">`+repeat(`<feFlood/>`, 20)+`</filter><style>.a{width:8000px;`+
			`height:8000px}</style><svg class="a" viewBox="0 0 1 1" width="1" height="1"><rect width="1" height="1" `+
			`filter="url(#f)"/></svg>`),
		root("width", `width="100000" height="1"`),
		root("height-in-inches", `width="1" height="1000in"`),
		root("area", `width="16000" height="16000"`),
		root("view-box", `viewBox="0 0 1e9 1"`),
		root("view-box-of-percentage", `width="100%" height="100%" viewBox="0 0 20000 20000"`),
		root("style", `style="width:100000px"`),
		wholeDrawing(drawingCost, "style-sheet",
			`<svg xmlns="http://www.w3.org/2000/svg"><style>svg{height:1e6px}</style></svg>`),
		sized("filter-region", `<filter id="f" filterUnits="userSpaceOnUse" width="100000" height="100000">`+blur+
			`</filter><rect width="1" height="1" filter="url(#f)"/>`),
		sized("filter-region-of-box", `<filter id="f" width="1000" height="1000">`+blur+
			`</filter><rect width="100" height="100" filter="url(#f)"/>`),
		sized("filter-region-in-percent", `<filter id="f" width="100000%" height="100000%">`+blur+
			`</filter><g filter="url(#f)"><rect width="100" height="100"/></g>`),
		sized("filter-primitives", `<filter id="f" filterUnits="userSpaceOnUse" width="10000" height="10000">`+
			repeat(blur, 20)+`</filter><rect filter="url(#f)"/>`),
		sized("filter-octaves", `<filter id="f" filterUnits="userSpaceOnUse" width="10000" `+
			`height="10000"><feTurbulence `+
			`baseFrequency=".1" numOctaves="16"/></filter><rect filter="url(#f)"/>`),
		sized("filter-transform", `<filter id="f">`+blur+
			`</filter><g transform="scale(1000)"><rect width="100" height="100" filter="url(#f)"/></g>`),
		sized("filter-transform-in-style", `<filter id="f">`+blur+
			`</filter><g style="transform:scale(1000)"><rect width="100" height="100" filter="url(#f)"/></g>`),
		sized("filter-transform-in-sheet", `<style>g{transform:scale(1000)}</style><filter id="f">`+blur+
			`</filter><g><rect width="100" height="100" filter="url(#f)"/></g>`),
		sized("filter-in-view-box", `<filter id="f">`+blur+
			`</filter><svg viewBox="0 0 .01 .01"><rect width="100" height="100" filter="url(#f)"/></svg>`),
		sized("filter-used", `<filter id="f">`+blur+
			`</filter><g id="g"><rect width="1000" height="1000" filter="url(#f)"/></g>`+repeat(`<use `+
			`href="#g"/>`, 1000)),
		sized("filter-by-class", `<style>.c{filter:url(#f)}</style><filter id="f" width="9999" height="9999">`+blur+
			`</filter><rect class="c" width="100" height="100"/>`),
		sized("mask-region", `<mask id="m" maskUnits="userSpaceOnUse" width="1e6" height="1e6"><rect/></mask><rect `+
			`mask="url(#m)"/>`),
		sized("pattern-tile", `<pattern id="p" patternUnits="userSpaceOnUse" width="1e6" `+
			`height="1e6"><rect/></pattern>`+
			`<rect fill="url(#p)"/>`),
		sized("pattern-transform", `<pattern id="p" patternUnits="userSpaceOnUse" patternTransform="scale(1e4)" `+
			`width="10" `+
			`height="10"><rect/></pattern><rect fill="url(#p)"/>`),
		sized("pattern-inherited", `<g fill="url(#p)"><rect width="10" height="10"/></g><pattern id="p" width="1e4" `+
			`height="1e4"><rect fill="red"/></pattern>`),
		sized("octaves", `<filter><feTurbulence numOctaves="1000"/></filter>`),
		sized("deviation", `<filter><feGaussianBlur stdDeviation="1e6"/></filter>`),
		sized("deviation-scaled", `<filter id="f" filterUnits="userSpaceOnUse" width=".1" `+
			`height=".1"><feGaussianBlur `+
			`stdDeviation="1000"/></filter><g transform="scale(10)"><rect filter="url(#f)"/></g>`),
		sized("shadow", `<filter><feDropShadow stdDeviation="1 99999"/></filter>`),
		sized("radius", `<filter><feMorphology radius="1e5"/></filter>`),
		sized("radius-of-kernel", `<filter id="f" filterUnits="userSpaceOnUse" width="1000" `+
			`height="1000"><feMorphology `+
			`radius="200"/></filter><rect filter="url(#f)"/>`),
		sized("order", `<filter><feConvolveMatrix order="1000"/></filter>`),
		sized("kernel", `<filter><feConvolveMatrix kernelMatrix="`+repeat("1 ", 5000)+`"/></filter>`),
		sized("blur-function", `<rect style="filter:blur(99999px)"/>`),
		sized("blur-function-in-attribute", `<rect filter="drop-shadow(1px 1px 99999px red)"/>`),
		rasters("kept-together", repeat(largeImage, 6)),
		rasters("drawn-small", `<g transform="scale(.001)">`+repeat(largeImage, 20)+`</g>`),
		rasters("used-small", `<g id="i">`+largeImage+`</g>`+repeat(`<use transform="scale(.001)" href="#i"/>`, 20)),
		rasters("in-view-box", `<svg width="1" height="1" viewBox="0 0 1e4 1e4">`+repeat(largeImage, 20)+`</svg>`),
		rasters("in-pattern-of-box", `<pattern id="p" width="1" height="1" patternContentUnits="objectBoundingBox">`+
			largeImage+`</pattern>`+repeat(`<rect width=".01" height=".01" fill="url(#p)"/>`, 20)),
		rasters("in-small-marker", `<marker id="m" viewBox="0 0 1e4 1e4">`+largeImage+`</marker>`+
			repeat(`<path d="M0 0L1 1" stroke-width=".01" marker-end="url(#m)"/>`, 20)),
		images("png", `png;base64,iVBORw0KGgoAAAANSUhEUgAB//8AAf//CAYAAAA=`),
		images("gif", `gif;charset=x;base64,R0lGODlh//////cAAA==`),
		images("jpeg", `jpeg;base64,/9j/4AAEAAD/wAARCP/////AAw==`),

		drawing(cycle, "inherited-root-fill", `<g fill="url(#p)"><pattern id="p"><rect/></pattern><rect/></g>`),
		wholeDrawing(cycle, "inherited-from-svg",
			`<svg xmlns="http://www.w3.org/2000/svg" fill="url(#p)"><pattern id="p"><rect/></pattern><rect/></svg>`),
		drawing(cycle, "inherited-stroke", `<g stroke="url(#p)"><pattern id="p"><g><path d="M0 `+
			`0"/></g></pattern></g>`),
		drawing(cycle, "inherited-by-style", `<g style="fill:url('#p')"><pattern id="p"><rect/></pattern></g>`),
		drawing(cycle, "inherited-by-sheet", `<style>svg{fill:url(#p)}</style><pattern id="p"><rect/></pattern>`),
		drawing(cycle, "inherited-by-class", `<style>.c > x, .c{stroke:url(#p)}</style><g class="c"><pattern `+
			`id="p"><rect/>`+
			`</pattern></g>`),
		drawing(cycle, "inherited-marker", `<g marker-mid="url(#m)"><marker id="m"><path d="M0 0"/></marker></g>`),
		drawing(cycle, "inherited-marker-shorthand", `<g marker="url(#m)"><marker id="m"><line/></marker></g>`),
		drawing(cycle, "inherited-marker-by-use", `<g marker-start="url(#m)"><marker id="m"><use `+
			`href="#r"/></marker>`+
			`</g><path id="r" d="M0 0L9 9"/>`),
		drawing(cycle, "inherited-text", `<g fill="url(#p)"><pattern id="p"><text>x</text></pattern></g>`),
		drawing(cycle, "inherited-use", `<g fill="url(#p)"><pattern id="p"><use href="#r"/></pattern></g><rect `+
			`id="r"/>`),
		drawing(cycle, "inherited-though-told", `<g fill="url(#p)"><pattern id="p"><rect `+
			`fill="inherit"/></pattern></g>`),
		drawing(cycle, "inherited-though-set", `<g fill="url(#p)"><pattern id="p"><rect fill="red" `+
			`style="fill:unset"/>`+
			`</pattern></g>`),
		drawing(cycle, "inherited-though-in-sheet", `<style>rect:hover{fill:red}</style><g `+
			`fill="url(#p)"><pattern id="p">`+
			`<rect/></pattern></g>`),
		drawing(cycle, "inherited-mask", `<g mask="url(#m)"><mask id="m" mask="inherit"><rect `+
			`mask="inherit"/></mask></g>`),
		drawing(cycle, "inherited-of-two", `<g fill="url(#p)"><pattern id="q"><rect/></pattern></g><pattern `+
			`id="p"><rect `+
			`fill="url(#q)"/></pattern>`),
		drawing(cycle, "animated-fill", `<g><set attributeName="fill" to="url(#p)"/><pattern `+
			`id="p"><rect/></pattern></g>`),
		drawing(cycle, "keyframes", `<style>@keyframes k{from{fill:url(#p)}}</style><pattern `+
			`id="p"><rect/></pattern>`),
		drawing(unlisted, "url-in-variable", `<rect style="--x:url(#p)"/>`),
		drawing(unlisted, "text-in-glyph", `<font><font-face font-family="f"/><glyph unicode="a"><text `+
			`font-family="f">aa`+
			`</text></glyph></font><text font-family="f">a</text>`),
		drawing(unlisted, "group-in-glyph", `<font><missing-glyph><g><rect/></g></missing-glyph></font>`),
		drawing(unlisted, "xpointer", `<use href="#xpointer(id('x'))"/>`),
	}
}

// hostileLinks has links and fonts that are none, where those are taken.
func hostileLinks() []recipe {
	var list []recipe
	for i := range schemes {
		s := &schemes[i]
		if s.name == "http" {
			continue
		}
		list = append(list, under("SVG, Hyperlinks", drawing(external, "hyperlink/"+s.name, `<a href="`+s.uri+`"/>`)))
	}
	font := func(name, css string) recipe {
		return under("SVG, DataFonts", drawing(external, "font/"+name, `<style>`+css+`</style>`))
	}
	return append(list,
		under("SVG, Hyperlinks", drawing(external, "hyperlink/on-use", `<use href="http://evil.example/"/>`)),
		under("SVG, Hyperlinks", drawing(external, "hyperlink/on-image", `<image `+
			`href="https://evil.example/x.png"/>`)),
		under("SVG, Hyperlinks", drawing(external, "hyperlink/in-css", `<rect `+
			`style="fill:url(http://evil.example/)"/>`)),
		under("SVG, Hyperlinks", drawing(external, "hyperlink/ftp", `<a href="ftp://evil.example/"/>`)),
		under("SVG, Hyperlinks", drawing(external, "hyperlink/with-line-end", `<a `+
			`href="http:&#10;//evil.example/"/>`)),
		font("remote", `@font-face{src:url(http://evil.example/x.woff)}`),
		font("drawing", `@font-face{src:url(data:font/woff;base64,PHN2Zy8+)}`),
		font("of-another-type", `@font-face{src:url(data:text/html;base64,d09GMg==)}`),
		font("without-type-no-font", `@font-face{src:url("data:;base64,PHN2Zy8+")}`),
		font("without-type-text", `@font-face{src:url("data:,T1RUTw==")}`),
		font("of-canvas-no-font", `@font-face{src:url(data:type/opentype;base64,PCFkb2N0)}`),
		font("not-of-a-font", `a{fill:url(data:font/woff2;base64,d09GMgAB)}`),
		under("SVG, DataImages", drawing(external, "image/drawing-as-png", `<image `+
			`href="data:image/png;base64,PHN2Zy8+"/>`)),
		under("SVG, DataImages", drawing(external, "image/commands-as-png",
			`<image href="data:image/png;base64,cHVzaCBncmFwaGljLWNvbnRleHQ="/>`)),
		under("SVG, DataImages", drawing(external, "image/without-type-drawing", `<image `+
			`href="data:;base64,PHN2Zy8+"/>`)),
		under("SVG, DataImages", drawing(external, "image/without-type-commands",
			`<image href="data:;base64,cHVzaCBncmFwaGljLWNvbnRleHQ="/>`)),
		under("SVG, DataImages", drawing(external, "image/of-type-text",
			`<image href="data:text/plain;base64,iVBORw0KGgo="/>`)),
		under("SVG, DataImages", drawing(external, "image/without-type-on-use", `<use `+
			`href="data:;base64,iVBORw0KGgo="/>`)),
		under("SVG, DataImages", drawing(external, "image/not-base64", `<image href="data:image/png,x"/>`)),
		under("SVG, DataImages", drawing(external, "image/parameter-without-value",
			`<image href="data:image/png;x;base64,iVBORw0KGgo="/>`)),
	)
}

// benignLinks has links and fonts as editors write them.
func benignLinks() []recipe {
	return []recipe{
		under("SVG, Hyperlinks", drawing(external, "hyperlinks",
			`<a href="https://example.com/?a=b&amp;c#d"><rect/></a><a xlink:href="mailto:a@example.com"/><a `+
				`href="tel:+49-30-1"/><a href="HTTP://example.com"/>`)),
		under("SVG, DataFonts", drawing(external, "fonts",
			`<style>@font-face{font-family:"x";src:url("data:font/woff2;charset=utf-8;base64,d09GMgABAAAA") `+
				`format("woff2"),`+
				`url(data:application/x-font-ttf;base64,AAEAAAAS)}</style>`)),
		under("SVG, DataImages", drawing(external, "image-parameters",
			`<image href="data:image/PNG;charset=utf-8;base64,iVBORw0KGgo="/><image `+
				`href="data:image/gif;a=b;c=d;base64, R0lG `+
				`ODlh AQABAIA="/>`)),
	}
}

// rasters is a drawing with raster images.
func rasters(name, body string) recipe {
	return under("SVG, DataImages", sized("raster-"+name, body))
}

// largeImage has 8,192 by 8,192 pixels, as its header says.
const largeImage = `<image width="9" height="9" href="data:image/png;base64,` +
	`iVBORw0KGgoAAAANSUhEUgAAIAAAACAACAYAAAA="/>`

// benignCosts come close to costing too much, or to drawing themselves.
func benignCosts() []recipe {
	image := under("SVG, DataImages", sized("image",
		`<image href="data:image/png;charset=utf-8;base64,iVBORw0KGgoAAAANSUhEUgAACAAAAAgACAYAAAA=" width="10" `+
			`height="10"/>`))
	return []recipe{
		image,
		// Programs that make drawings of pages place an image as a square of one unit that is enlarged.
		rasters("of-one-unit", repeat(`<g transform="matrix(3000,0,0,-2930,0,3000)"><image width="1" height="1" `+
			`transform="matrix(1,0,0,-1,0,1)" preserveAspectRatio="none" href="data:image/png;base64,`+
			`iVBORw0KGgoAAAANSUhEUgAACAAAAAgACAYAAAA="/></g>`, 20)),
		rasters("used-large", `<g id="i">`+largeImage+`</g>`+repeat(`<use transform="scale(9)" href="#i"/>`, 3)),
		sized("filter-and-pattern-of-others", `<style>.a{width:90px}</style><pattern id="p" width="9" `+
			`height="9"><rect width="5" `+
			`height="5"/></pattern><pattern id="q" href="#p" patternTransform="scale(2)"/><filter id="f"><feImage `+
			`href="#r"/>`+
			`<feBlend in="SourceGraphic"/></filter><filter id="e" href="#f"/><rect id="r" width="80" height="80" `+
			`fill="url(#q)"/>`+
			`<svg class="a" viewBox="0 0 9 9" width="80"><rect width="9" height="9" filter="url(#e)"/></svg>`),
		wholeDrawing(drawingCost, "large", `<svg xmlns="http://www.w3.org/2000/svg" width="8192" height="8192"/>`),
		wholeDrawing(drawingCost, "view-box-does-not-count",
			`<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" viewBox="0 0 1e6 1e6"/>`),
		sized("shadows", `<filter id="f-99999" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur `+
			`stdDeviation="5"/><feOffset dx="2" dy="2"/><feMerge><feMergeNode/><feMergeNode `+
			`in="SourceGraphic"/></feMerge>`+
			`</filter>`+
			repeat(`<rect width="50" height="50" filter="url(#f-99999)"/>`, 100)),
		sized("turbulence", `<filter id="f"><feTurbulence baseFrequency=".05" numOctaves="5"/><feDisplacementMap `+
			`scale="5"/></filter><circle r="50" filter="url(#f)"/>`),
		sized("patterns", `<pattern id="p" width="10" height="10" patternUnits="userSpaceOnUse"><path d="M0 `+
			`0h10v10"/>`+
			`</pattern><rect width="100%" height="100%" fill="url(#p)"/>`),
		drawing(cycle, "inherited-gradient", `<g fill="url(#g)"><linearGradient id="g"><stop `+
			`offset="0"/></linearGradient>`+
			`<pattern id="p"><rect/></pattern><rect/></g>`),
		drawing(cycle, "inherited-but-set", `<g fill="url(#p)"><pattern id="p"><rect fill="red"/><g `+
			`style="fill:#fff">`+
			`<path d="M0 0"/></g></pattern><rect/></g>`),
		drawing(cycle, "inherited-but-set-by-sheet", `<style>.c{fill:red} svg{fill:url(#p)}</style><pattern `+
			`id="p"><rect `+
			`class="c"/></pattern>`),
		drawing(cycle, "inherited-outside", `<pattern id="p"><rect/></pattern><g `+
			`fill="url(#p)"><rect/><text>x</text></g>`),
		drawing(cycle, "inherited-in-clip-path", `<g fill="url(#p)"><clipPath id="c"><rect/></clipPath><pattern `+
			`id="p">`+
			`<rect fill="red" clip-path="url(#c)"/></pattern></g>`),
		drawing(unlisted, "glyphs", `<font><font-face units-per-em="1000"/><missing-glyph `+
			`horiz-adv-x="9"><title>x</title>`+
			`</missing-glyph><glyph unicode="a" d="M0 0h9"></glyph></font>`),
		drawing(cycle, "marker-not-inherited-by-use", `<marker id="m"><use href="#r"/></marker><path id="r" d="M0 `+
			`0L9 9"/>`+
			`<g marker-start="url(#m)"><use href="#r"/></g>`),
		drawing(cycle, "mask-not-inherited", `<g mask="url(#m)"><mask id="m"><rect/></mask></g>`),
	}
}
