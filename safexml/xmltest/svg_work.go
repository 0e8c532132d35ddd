package xmltest

// zigzag is the data of a path of so many lines that cross the drawing.
func zigzag(lines int) string { return "M0 0" + repeat("L99 9L9 99", lines/2) }

// hostileWork has drawings whose shapes, lines, dashes and layers take longer than their pixels
// say.
func hostileWork() []recipe {
	const (
		square = `<rect x="1" y="1" width="9" height="9"/>`
		whole  = `<rect width="100%" height="100%"/>`
		offset = `<filter id="f"><feOffset dx="1"/></filter>`
	)
	large := func(name, body string) recipe {
		return wholeDrawing(drawingCost, name, `<svg xmlns="http://www.w3.org/2000/svg" width="8192" `+
			`height="8192">`+body+svgEnd)
	}
	line := func(name, attributes string) recipe {
		return sized("work/dashes-"+name, `<path stroke="red" d="M0 0H99" `+attributes+`/>`)
	}
	return []recipe{
		large("work/shapes", repeat(whole, 100)),
		large("work/shapes-used", `<g id="a">`+repeat(whole, 10)+`</g>`+repeat(`<use href="#a"/>`, 10)),
		large("work/shapes-clipped", `<clipPath id="c"><circle r="8000"/></clipPath>`+
			repeat(`<rect width="100%" height="100%" clip-path="url(#c)"/>`, 60)),
		sized("work/lines-used", `<path id="p" d="`+zigzag(12_000)+`"/>`+repeat(`<use href="#p"/>`, 2000)),
		sized("work/lines-used-small", `<path id="p" transform="scale(.001)" d="`+zigzag(12_000)+`"/>`+
			repeat(`<use href="#p"/>`, 2000)),
		sized("work/lines-clip", `<clipPath id="p"><path d="`+zigzag(12_000)+`"/></clipPath>`+
			repeat(`<rect width="9" height="9" clip-path="url(#p)"/>`, 2000)),
		sized("work/lines-of-markers", `<marker id="m"><path d="`+zigzag(10_000)+`"/></marker><path `+
			`marker-mid="url(#m)" d="`+zigzag(2_000)+`"/>`),
		sized("work/points-used", `<polygon id="p" points="`+repeat("0 0 9 9 ", 7_000)+`"/>`+
			repeat(`<use href="#p"/>`, 2000)),
		sized("work/characters-used", `<text id="t">`+repeat("characters", 100)+`</text>`+repeat(`<use href="#t"/>`, 1000)),
		sized("work/curves-far-away", `<path fill="none" stroke="red" d="M0 0`+
			repeat(`C1e9 1e9 -1e9 1e9 500 500`, 2500)+`"/>`),
		sized("work/bends-far-away", repeat(`<circle r="1e12"/>`, 3000)),
		line("short", `stroke-dasharray=".000001" pathLength="1e9"`),
		sized("work/dashes-far", `<path stroke="red" d="M0 0H1e11" stroke-dasharray="1"/>`),
		sized("work/dashes-scaled", `<path transform="scale(.00001)" stroke="red" d="M0 0H1e9" stroke-dasharray="10"/>`),
		sized("work/dashes-of-many", `<g stroke="red" stroke-dasharray=".1">`+repeat(`<circle r="400"/>`, 500)+`</g>`),
		sized("work/dashes-in-style", repeat(`<circle r="400" style="stroke-dasharray:.05 .05"/>`, 300)),
		sized("work/dashes-in-sheet", `<style>circle{stroke-dasharray:.05}</style>`+repeat(`<circle r="400"/>`, 300)),
		sized("work/dashes-of-use", `<defs><g id="c">`+repeat(`<circle r="400"/>`, 300)+
			`</g></defs><use href="#c" stroke-dasharray=".05"/>`),
		sized("work/dashes-unscaled", `<g transform="scale(1000)">`+
			repeat(`<path vector-effect="non-scaling-stroke" d="M0 0H400" stroke-dasharray=".05"/>`, 10)+`</g>`),
		sized("work/dashes-of-em", repeat(`<circle r="400" font-size=".01" stroke-dasharray="1em"/>`, 200)),
		large("work/layers-of-opacity", repeat(`<g opacity=".5">`+square+square+`</g>`, 60)),
		large("work/layers-in-style", repeat(`<g style="opacity:50%">`+square+`</g>`, 60)),
		large("work/layers-in-sheet", `<style>.a{mix-blend-mode:screen}</style>`+repeat(`<g class="a">`+square+`</g>`, 60)),
		large("work/layers-of-filters", offset+repeat(`<rect width="9" height="9" filter="url(#f)"/>`, 60)),
		large("work/layers-of-masks", `<mask id="m">`+square+`</mask>`+
			repeat(`<rect width="9" height="9" mask="url(#m)"/>`, 60)),
		large("work/layers-of-functions", repeat(`<rect width="9" height="9" style="filter:blur(1px)"/>`, 60)),
		large("work/layers-used", `<g id="a" opacity=".5">`+square+`</g>`+repeat(`<use href="#a"/>`, 60)),
		large("work/layers-nested", repeat(`<g opacity=".5">`, 8)+square+repeat(`</g>`, 8)),
		large("work/layers-isolated", repeat(`<g isolation="isolate">`, 8)+square+repeat(`</g>`, 8)),
		large("work/primitives", `<filter id="f">`+repeat(`<feOffset/>`, 40)+
			`</filter><rect width="9" height="9" filter="url(#f)"/>`),
	}
}

// benignWork has the same constructs as programs write them.
func benignWork() []recipe {
	const shadow = `<filter id="f"><feGaussianBlur stdDeviation="2"/><feOffset dy="1"/>` +
		`<feBlend in2="SourceGraphic"/></filter>`
	return []recipe{
		sized("work/chart", `<style>.b{opacity:.8} .c{stroke-dasharray:4 2}</style><path id="p" d="M0 3L3 0"/>`+
			repeat(`<use href="#p" class="b"/>`, 5000)+`<path class="c" stroke-dashoffset="3" d="`+zigzag(12_000)+`"/>`),
		sized("work/drawn-by-itself", `<path pathLength="1" stroke-dasharray="1" stroke-dashoffset="1" d="M0 0L99 99">`+
			`<animate attributeName="stroke-dashoffset" to="0" dur="1s"/></path>`),
		wholeDrawing(drawingCost, "work/interface", `<svg xmlns="http://www.w3.org/2000/svg" width="2880" height="2048">`+
			shadow+repeat(`<g opacity=".9"><rect width="200" height="90" filter="url(#f)"/></g>`, 50)+svgEnd),
		wholeDrawing(drawingCost, "work/poster", `<svg xmlns="http://www.w3.org/2000/svg" width="4961" height="7016">`+
			`<g style="mix-blend-mode:multiply;isolation:isolate">`+repeat(`<rect width="100%" height="100%"/>`, 20)+
			`</g>`+repeat(`<path opacity="1" d="`+zigzag(2000)+`"/>`, 50)+svgEnd),
		sized("work/plan", `<g stroke="red" stroke-dasharray="none">`+repeat(`<path stroke-dasharray="1,.5" d="M0 0h9999"/>`,
			200)+`<text>`+repeat("characters ", 5000)+`</text></g>`),
	}
}
