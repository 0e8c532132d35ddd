package xmltest

// hostileSizes has drawings that are larger than their attributes say: by CSS, by what is
// inherited, and by units that depend on it.
func hostileSizes() []recipe {
	const (
		blur  = `<filter id="f"><feGaussianBlur stdDeviation="1"/></filter>`
		rect  = `<rect width="50" height="50" filter="url(#f)"/>`
		large = `1e6px`
	)
	var list []recipe
	for _, c := range []struct{ name, style string }{
		{"width", `width:` + large}, {"min-width", `min-width:` + large}, {"inline-size", `inline-size:` + large},
		{"calc", `width:calc(1px * 1000000)`}, {"calc-nested", `height:calc((1px + 1px)*(1000*1000))`},
		{"calc-divided", `width:calc(1px / 0.000001)`}, {"min", `height:min(1e9px, ` + large + `)`},
		{"max", `height:max(1px, ` + large + `)`}, {"clamp", `width:clamp(1px, 50%, ` + large + `)`},
		{"percent-and-more", `width:calc(1% + ` + large + `)`},
		{"font", `font-size:100000px;width:16em`}, {"font-shorthand", `font:bold 100000px/1 x;height:16em`},
		{"variable", `--w:` + large + `;width:var(--w)`},
	} {
		list = append(list,
			wholeDrawing(drawingCost, "root/"+c.name, `<svg xmlns="http://www.w3.org/2000/svg" style="`+c.style+
				`" width="1" height="1"/>`))
		if c.name != "font" && c.name != "font-shorthand" {
			list = append(list, wholeDrawing(drawingCost, "root-in-sheet/"+c.name,
				`<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><style>:root{`+c.style+`}</style></svg>`))
		}
	}
	for _, c := range []struct{ name, style string }{
		{"scale", `scale:4000`}, {"scale-in-percent", `scale:400000%`}, {"zoom", `zoom:4000`},
		{"transform", `transform:scale(1000)`}, {"both", `transform:scale(50);scale:60`},
		{"variable", `--s:4000;transform:scale(var(--s))`},
	} {
		list = append(list,
			sized("enlarged/"+c.name, blur+`<g style="`+c.style+`">`+rect+`</g>`),
			sized("enlarged-in-sheet/"+c.name, `<style>g{`+c.style+`}</style>`+blur+`<g>`+rect+`</g>`),
			sized("enlarged-beside-attribute/"+c.name, blur+`<g style="`+c.style+`" transform="scale(.5)">`+rect+`</g>`))
	}
	return append(list,
		sized("blur-in-sheet", `<style>rect{filter:blur(99999px)}</style><rect width="9" height="9"/>`),
		sized("blur-scaled-in-sheet", `<style>rect{filter:blur(4000px)}</style><g transform="scale(10)"><rect width="9" `+
			`height="9"/></g>`),
		sized("many-blurs-in-sheet", `<style>.c{filter:`+repeat("blur(4000px) ", 9000)+
			`}</style><rect class="c" width="9" height="9"/>`),
		sized("blur-by-variable", `<rect style="--b:99999px;filter:blur(var(--b))" width="9" height="9"/>`),
		sized("animated-deviation", `<filter><feGaussianBlur><animate attributeName="stdDeviation" values="1;99999"/>`+
			`</feGaussianBlur></filter>`),
		sized("animated-octaves",
			`<filter><feTurbulence><set attributeName="numOctaves" to="9999"/></feTurbulence></filter>`),
		sized("animated-blur", `<rect><set attributeName="filter" to="blur(99999px)"/></rect>`),
		sized("transform-that-cancels", blur+`<g transform="scale(1e-6)" style="transform:scale(1e6)">`+rect+`</g>`),
		sized("transform-that-cancels-reversed", blur+`<g style="transform:scale(1e6)" transform="scale(1e-6)">`+rect+`</g>`),
		sized("shape-in-style", blur+`<rect style="width:1e5px;height:1e5px" width="1" height="1" filter="url(#f)"/>`),
		sized("shape-in-sheet", `<style>rect{width:1e5px;height:1e5px}</style>`+blur+rect),
		sized("circle-in-sheet", `<style>#c{r:1e5px}</style>`+blur+`<circle id="c" r="1" filter="url(#f)"/>`),
		sized("text-of-font", blur+repeat(`<g font-size="10em">`, 6)+`<text filter="url(#f)">x</text>`+repeat(`</g>`, 6)),
		sized("text-in-sheet", `<style>text{font:bold 10000px x}</style>`+blur+`<text filter="url(#f)">x</text>`),
		sized("shape-of-font", blur+repeat(`<g font-size="10em">`, 6)+`<rect width="1em" height="1em" filter="url(#f)"/>`+
			repeat(`</g>`, 6)),
		sized("marker-of-inherited-stroke", blur+`<marker id="m">`+rect+
			`</marker><g stroke-width="10000"><path d="M0 0" marker-start="url(#m)"/></g>`),
		sized("marker-of-stroke-left-out", blur+`<marker id="m">`+rect+`</marker><g stroke-width="10000">`+
			`<path d="M0 0" stroke-width="calc(1px)" marker-start="url(#m)"/></g>`),
		sized("marker-of-stroke-in-sheet", `<style>path{stroke-width:10000px}</style>`+blur+`<marker id="m">`+rect+
			`</marker><path d="M0 0" marker-start="url(#m)"/>`),
		sized("marker-of-stroke-of-use", blur+`<marker id="m">`+rect+`</marker><path id="p" d="M0 0" `+
			`marker-start="url(#m)"/><use href="#p" stroke-width="10000"/>`),
		drawing(cycle, "animated-from-elsewhere", `<pattern id="p"><rect id="r"/></pattern><defs><symbol><animate `+
			`xlink:href="#r" attributeName="fill" to="url(#p)"/></symbol></defs>`),
	)
}

// benignSizes has the same constructs as pages and editors write them.
func benignSizes() []recipe {
	const shadow = `<filter id="f"><feGaussianBlur stdDeviation="5"/></filter>`
	return []recipe{
		wholeDrawing(drawingCost, "responsive", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 600" `+
			`style="width:calc(100% - 2px);max-width:1e6px;min-width:min(100%, 20em);height:auto" font-size="16px"/>`),
		wholeDrawing(drawingCost, "variables", `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><style>`+
			`:root{--ink:#123456;--w:2px} path{stroke-width:var(--w);transform:rotate(var(--a, 45deg))}</style>`+
			`<path d="M0 0"/></svg>`),
		sized("animated", `<style>.a{animation:p 1s infinite;transform-origin:center} @keyframes p{50%{transform:scale(1.2);`+
			`opacity:.5}} .b:hover{filter:drop-shadow(0 2px 4px rgb(0 0 0 / .5))}</style>`+shadow+
			`<g class="a b" style="scale:2"><rect width="50" height="50" filter="url(#f)"/></g>`),
		sized("fonts", shadow+`<g font-size="1.2em" style="font:12px/1.5 'Open Sans', serif"><text filter="url(#f)" `+
			`font-size="150%">x</text></g>`),
		sized("markers", shadow+`<marker id="m"><path d="M0 0h9v9z" filter="url(#f)"/></marker><g stroke-width="4">`+
			`<path d="M0 0L9 9" marker-end="url(#m)"/></g>`),
		drawing(cycle, "animated-elsewhere", `<pattern id="p"><rect/></pattern><rect id="r"/><g><animate href="#r" `+
			`attributeName="fill" to="url(#p)"/></g>`),
	}
}
