package xmltest

import (
	"fmt"
	"strings"
)

// hostileFrames has drawings whose sizes depend on what they stand in, or on what names them: the
// viewport around percentages, the font around em, the pattern around its content.
func hostileFrames() []recipe {
	const (
		blur = `<filter id="f"><feGaussianBlur stdDeviation="0"/></filter>`
		// A canvas and a half each, if it fills a viewport of 8,000 by 8,000 pixels.
		filled = `<rect width="100%" height="100%" filter="url(#f)"/>`
		em     = `<rect width="1em" height="1em" filter="url(#f)"/>`
		unit   = `<rect width="1" height="1" filter="url(#f)"/>`
		small  = `<rect width=".01" height=".01" filter="url(#f)"/>`
		view   = `viewBox="0 0 1e6 1e6"`
		side   = `width="8000" height="8000"`
		large  = `<rect ` + side + ` fill="url(#p)"/>`
		box    = `patternContentUnits="objectBoundingBox"`
		users  = `patternUnits="userSpaceOnUse"`
	)
	const times = 20
	big := func(name, body string) recipe {
		return wholeDrawing(drawingCost, name, `<svg xmlns="http://www.w3.org/2000/svg" `+
			`xmlns:xlink="http://www.w3.org/1999/xlink" width="8000" height="8000">`+body+svgEnd)
	}
	nested := func(depth int, start, body, end string) string {
		return repeat(start, depth) + body + repeat(end, depth)
	}
	return []recipe{
		big("percent/nested-svg", blur+`<svg `+view+`>`+repeat(filled, times)+svgEnd),
		big("percent/region", `<filter id="f" filterUnits="userSpaceOnUse" width="100%" height="100%"><feFlood/></filter>`+
			`<svg `+view+`>`+repeat(`<rect width="1" height="1" filter="url(#f)"/>`, times)+svgEnd),
		big("percent/symbol", blur+`<symbol id="s" `+view+`>`+repeat(filled, times)+`</symbol><use href="#s" `+side+`/>`),
		big("percent/size-of-use", blur+`<symbol id="s">`+repeat(filled, times)+`</symbol><g transform="scale(.001)">`+
			`<use href="#s" width="8e6" height="8e6"/></g>`),
		big("percent/viewport-of-use", blur+`<defs><g id="s">`+repeat(filled, times)+`</g></defs><svg `+view+`>`+
			`<use href="#s"/></svg>`),
		big("percent/picture", blur+repeat(`<rect width="100vw" height="100vh" filter="url(#f)"/>`, times)),
		big("pattern/view-box", blur+`<pattern id="p" `+users+` `+side+` viewBox="0 0 .01 .01">`+repeat(small, times)+
			`</pattern>`+large),
		big("pattern/transform", blur+`<pattern id="p" `+users+` width="1" height="1" patternTransform="scale(8000)">`+
			repeat(unit, times)+`</pattern>`+large),
		big("pattern/view-box-of-another", blur+`<pattern id="q">`+repeat(small, times)+`</pattern>`+
			`<pattern id="p" `+users+` `+
			side+` viewBox="0 0 .01 .01" href="#q"/>`+large),
		big("pattern/transform-of-another", blur+`<pattern id="q">`+repeat(unit, times)+`</pattern><pattern id="p" `+users+
			` width="1" height="1" patternTransform="scale(8000)" href="#q"/>`+large),
		big("pattern/box-of-another", blur+`<pattern id="q">`+repeat(unit, times)+`</pattern><pattern id="p" width="1" `+
			`height="1" `+box+` href="#q"/>`+large),
		sized("pattern/radius-of-box", `<filter id="f"><feMorphology radius=".4"/></filter><pattern id="p" width="1" `+
			`height="1" `+box+`>`+unit+`</pattern><rect width="900" height="900" fill="url(#p)"/>`),
		sized("pattern/radius-of-view-box", `<filter id="f"><feMorphology radius=".004"/></filter><pattern id="p" `+users+
			` width="900" height="900" viewBox="0 0 .01 .01">`+small+`</pattern><rect fill="url(#p)"/>`),
		sized("mask/radius-of-box", `<filter id="f"><feMorphology radius=".4"/></filter><mask id="m" `+
			`maskContentUnits="objectBoundingBox">`+unit+`</mask><rect width="900" height="900" mask="url(#m)"/>`),
		sized("marker/radius-of-stroke", `<filter id="f"><feMorphology radius=".4"/></filter><marker id="m">`+unit+
			`</marker><path d="M0 0" stroke-width="900" marker-start="url(#m)"/>`),
		big("font/sheet", `<style>g{font-size:8000px}</style>`+blur+`<g>`+repeat(em, times)+`</g>`),
		big("font/sheet-at-the-end", blur+`<g>`+repeat(em, times)+`</g><style>.x,g{font:8000px x}</style>`),
		big("font/larger", blur+nested(60, `<g font-size="larger">`, em, `</g>`)),
		big("font/larger-in-style", blur+nested(60, `<g style="font-size:larger">`, em, `</g>`)),
		big("font/larger-in-sheet", `<style>g{font-size:2em}</style>`+blur+nested(30, `<g>`, em, `</g>`)),
		big("font/of-use", blur+`<defs><g id="r">`+em+`</g></defs><g font-size="8000">`+
			repeat(`<use href="#r"/>`, times)+`</g>`),
		big("font/of-user", `<filter id="f" filterUnits="userSpaceOnUse" width="1em" height="1em"><feFlood/></filter>`+
			`<g font-size="8000">`+repeat(unit, times)+`</g>`),
		wholeDrawing(drawingCost, "font/of-root", `<svg xmlns="http://www.w3.org/2000/svg" font-size="8000"><g `+
			`font-size="1">`+blur+repeat(`<rect width="1rem" height="1rem" filter="url(#f)"/>`, times)+`</g></svg>`),
		wholeDrawing(drawingCost, "font/size-of-root", `<svg xmlns="http://www.w3.org/2000/svg" width="10em" height="1">`+
			`<style>*{font-size:20000px}</style></svg>`),
		wholeDrawing(drawingCost, "font/keyword-of-root",
			`<svg xmlns="http://www.w3.org/2000/svg" font-size="xxx-large" width="600em" height="1"/>`),
		wholeDrawing(drawingCost, "percent/of-view-box",
			`<svg xmlns="http://www.w3.org/2000/svg" width="90000%" height="100%" viewBox="0 0 90 90"/>`),
		wholeDrawing(drawingCost, "percent/of-picture",
			`<svg xmlns="http://www.w3.org/2000/svg" width="90000vw" height="1"/>`),
		big("text/long", blur+repeat(`<text font-size="900" filter="url(#f)">`+repeat("mmmm", 9)+`</text>`, 99)),
		big("text/places", blur+repeat(`<text x="0 8000" y="0 8000" filter="url(#f)">ab</text>`, times)),
		big("text/moves", blur+repeat(`<text dx="0 8000" dy="0 8000" filter="url(#f)">ab</text>`, times)),
		big("text/moves-inside", blur+repeat(`<text filter="url(#f)">a<tspan dx="8000" dy="8000">b</tspan></text>`, times)),
		big("text/path", `<path id="p" d="M0 0L8000 8000"/>`+blur+
			repeat(`<text filter="url(#f)"><textPath href="#p">ab</textPath></text>`, times)),
		big("text/spaces", `<style>*{letter-spacing:8000px}</style>`+blur+
			repeat(`<text font-size="8000" filter="url(#f)">abc</text>`, 9)),
		big("text/down", blur+`<g writing-mode="tb" font-size="800">`+
			repeat(`<text filter="url(#f)">abcdefghij</text>`, times)+`</g>`),
		big("ink/stroke", `<g stroke-width="9000">`+repeat(`<path d="M4000 4000h1" filter="blur(2px)"/>`, times)+`</g>`),
		big("ink/marker", `<marker id="m" overflow="visible"><rect width="9000" height="9000"/></marker>`+
			repeat(`<path d="M0 0h1" marker-start="url(#m)" style="filter:blur(2px)"/>`, times)),
		big("prefixed/filter", `<rect width="9" height="9" style="-webkit-filter:blur(99999px)"/>`),
		big("prefixed/transform", blur+repeat(`<rect width="1" height="1" filter="url(#f)" `+
			`style="-webkit-transform:scale(8000)"/>`, times)),
		big("path-in-sheet", `<style>path{d:path("M0 0h8000v8000")}</style>`+blur+repeat(`<path filter="url(#f)"/>`, times)),
		big("merged", `<filter id="f"><feMerge>`+repeat(`<feMergeNode/>`, times)+
			`</feMerge></filter><rect `+side+` filter="url(#f)"/>`),
		sized("resampled", `<filter id="f"><feDiffuseLighting kernelUnitLength=".001"><fePointLight/></feDiffuseLighting>`+
			`</filter><rect width="99" height="99" filter="url(#f)"/>`),
		wholeDrawing(unlisted, "kernel-beyond-its-order", `<svg xmlns="http://www.w3.org/2000/svg"><filter>`+
			`<feConvolveMatrix order="2" kernelMatrix="1 1 1 1 1 1 1 1 1"/></filter></svg>`),
	}
}

// benignFrames has the same constructs as programs write them.
func benignFrames() []recipe {
	const shadow = `<filter id="f"><feOffset dx="1"/><feMerge><feMergeNode/>` +
		`<feMergeNode in="SourceGraphic"/></feMerge></filter>`
	return []recipe{
		sized("frames", shadow+`<svg viewBox="0 0 1000 1000"><rect width="100%" height="100%" filter="url(#f)"/></svg>`+
			`<symbol id="s" viewBox="0 0 24 24"><rect width="100%" height="100%" filter="url(#f)"/></symbol>`+
			repeat(`<use href="#s" width="24" height="24"/>`, 100)+
			`<pattern id="q" width="8" height="8" patternUnits="userSpaceOnUse"><path d="M0 0h8" filter="url(#f)"/></pattern>`+
			`<pattern id="p" href="#q" patternTransform="scale(10)"/><rect width="100" height="100" fill="url(#p)"/>`),
		sized("fonts-in-sheet", `<style>text{font-size:12px} .big{font-size:larger} tspan{font-size:80%}</style>`+shadow+
			repeat(`<text class="big" x="10 20 30" y="50" letter-spacing=".1em" filter="url(#f)">`+
				`A label<tspan dy="1.2em" x="10">`+
				`of two lines</tspan></text>`, 50)),
		sized("text-along-path", shadow+`<path id="p" d="M0 50C50 0 50 0 99 50"/><text filter="url(#f)"><textPath `+
			`href="#p">round and round</textPath></text>`),
		sized("kernel-of-its-order", `<filter id="f"><feConvolveMatrix order="3 1" kernelMatrix="1 2 1"/><feDiffuseLighting `+
			`kernelUnitLength="1"><feDistantLight/></feDiffuseLighting></filter><rect width="50" height="50" `+
			`filter="url(#f)"/>`),
		sized("prefixed", `<g style="-webkit-filter:drop-shadow(0 1px 2px red);-webkit-transform:scale(1.5);`+
			`-ms-filter:none">`+
			`<rect width="9" height="9"/></g>`),
		sized("origins", `<g transform-origin="50% 50%" overflow="visible"><rect transform-origin="top left" width="9" `+
			`height="9" clip="rect(1,2,3,4)"/></g>`),
		sized("links-said-twice", `<g id="a0"><rect width="1" height="1"/></g>`+twice(40)),
		sized("gradients-of-many-shapes", `<linearGradient id="g">`+repeat(`<stop/>`, 20)+`</linearGradient>`+
			repeat(`<rect fill="url(#g)"/>`, 2000)),
	}
}

// twice is a chain of uses, each of which names the one before in both ways.
func twice(levels int) string {
	var b strings.Builder
	for i := range levels {
		fmt.Fprintf(&b, `<g id="a%d"><use href="#a%d" xlink:href="#a%[2]d"/></g>`, i+1, i)
	}
	return b.String()
}
