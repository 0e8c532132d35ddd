package xmltest

// A service that takes drawings from users chooses these words.
const drawingWords = "SVG, SkipDoctype, Hyperlinks, LiteralEntities"

// svg11 is the document type declaration of SVG 1.1.
const svg11 = `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"
 "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">` + "\n"

// benignDrawings has a drawing in the shape of each program that draws.
func benignDrawings() []recipe {
	by := func(program, document string) recipe {
		return under(drawingWords, text(unlisted, "by-"+program, document))
	}
	return []recipe{
		by("qgis", `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">
  <circle cx="8" cy="8" r="6" fill="param(fill) #FFF" fill-opacity="param(fill-opacity)" stroke="param(outline)"
    stroke-opacity="param(outline-opacity) 1" stroke-width="param(outline-width) 0.5"/>
  <path style="fill:param(fill) #f00;stroke:param(outline) none" d="M2 2h4v4z"/>
</svg>`),
		by("inkscape", `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with Inkscape (http://www.inkscape.org/) -->
<svg width="48" height="48" viewBox="0 0 12.7 12.7" version="1.1" id="svg5" inkscape:version="1.2.2 (b0a8486541)"
  sodipodi:docname="drawing.svg" inkscape:export-filename="/home/user/drawing.png" inkscape:export-xdpi="96"
  xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
  xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" xmlns:xlink="http://www.w3.org/1999/xlink"
  xmlns="http://www.w3.org/2000/svg" xmlns:svg="http://www.w3.org/2000/svg" xmlns:cc="http://creativecommons.org/ns#"
  xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <sodipodi:namedview id="namedview7" pagecolor="#ffffff" bordercolor="#666666" inkscape:zoom="8"
    inkscape:document-units="mm" showgrid="false"><inkscape:grid type="xygrid" id="grid9"/></sodipodi:namedview>
  <defs id="defs2">
    <inkscape:path-effect effect="spiro" id="path-effect1" is_visible="true"/>
    <linearGradient inkscape:collect="always" id="linearGradient1"><stop style="stop-color:#729fcf;stop-opacity:1"
      offset="0" id="stop1"/><stop style="stop-color:#729fcf;stop-opacity:0" offset="1" id="stop2"/></linearGradient>
    <radialGradient inkscape:collect="always" xlink:href="#linearGradient1" id="radialGradient3" cx="6" cy="6" fx="6"
      fy="6" r="4" gradientUnits="userSpaceOnUse" gradientTransform="matrix(1,0,0,0.5,0,3)"/>
    <filter style="color-interpolation-filters:sRGB" inkscape:collect="always" id="filter4"><feGaussianBlur
      inkscape:collect="always" stdDeviation="0.4" id="blur5"/></filter></defs>
  <metadata id="metadata6"><rdf:RDF><cc:Work rdf:about=""><dc:format>image/svg+xml</dc:format><dc:type
    rdf:resource="http://purl.org/dc/dcmitype/StillImage"/></cc:Work></rdf:RDF></metadata>
  <g inkscape:label="Layer 1" inkscape:groupmode="layer" id="layer1" style="display:inline">
    <path style="fill:url(#radialGradient3);stroke:#204a87;stroke-width:0.26;filter:url(#filter4)" id="path7"
      d="m 2,2 c 3,0 6,3 6,6 z" sodipodi:nodetypes="ccc" inkscape:connector-curvature="0"/>
    <text xml:space="preserve" style="font-size:3px;-inkscape-font-specification:'Sans, Normal'" x="1" y="9"
 id="text8">
      <tspan sodipodi:role="line" id="tspan9" x="1" y="9">A &amp; B</tspan></text></g>
</svg>
`),
		by("illustrator", `<?xml version="1.0" encoding="iso-8859-1"?>
<!-- Generator: Adobe Illustrator 16.0.0, SVG Export Plug-In . SVG Version: 6.00 Build 0)  -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
	<!ENTITY ns_extend "http://ns.adobe.com/Extensibility/1.0/">
	<!ENTITY ns_ai "http://ns.adobe.com/AdobeIllustrator/10.0/">
	<!ENTITY ns_graphs "http://ns.adobe.com/Graphs/1.0/">
	<!ENTITY ns_svg "http://www.w3.org/2000/svg">
	<!ENTITY ns_xlink "http://www.w3.org/1999/xlink">
	<!ENTITY st0 "fill:#FFFFFF;stroke:#000000;">
]>
<svg version="1.1" id="Ebene_1" xmlns:x="&ns_extend;" xmlns:i="&ns_ai;" xmlns:graph="&ns_graphs;" xmlns="&ns_svg;"
	 xmlns:xlink="&ns_xlink;" x="0px" y="0px" width="64px" height="64px" viewBox="0 0 64 64"
	 style="enable-background:new 0 0 64 64;" xml:space="preserve" overflow="visible">
<style type="text/css"><![CDATA[
	.st1{fill:#E6007E;} .st2{font-family:'MyriadPro-Regular';font-size:12px;}
]]></style>
<g i:extraneous="self"><path i:knockout="Off" style="&st0;" d="M1,1c0,2,3,4,5,6z"/><text
 transform="matrix(1 0 0 1 8 8)"
	 class="st2">A</text></g></svg>
`),
		by("sketch", `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<svg width="24px" height="24px" viewBox="0 0 24 24" version="1.1" xmlns="http://www.w3.org/2000/svg"
  xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:sketch="http://www.bohemiancoding.com/sketch/ns">
    <!-- Generator: Sketch 3.0.3 (7891) - http://www.bohemiancoding.com/sketch -->
    <title>icon/close</title><desc>Created with Sketch.</desc>
    <defs><path d="M0,0 L9,9 Z" id="path-1"></path></defs>
    <g id="Page-1" stroke="none" stroke-width="1" fill="none" fill-rule="evenodd" sketch:type="MSPage">
        <mask id="mask-2" fill="white"><use xlink:href="#path-1"></use></mask>
        <use id="Mask" fill="#D8D8D8" sketch:type="MSShapeGroup" xlink:href="#path-1"></use>
        <rect fill="#000" mask="url(#mask-2)" x="0" y="0" width="9" height="9"></rect></g>
</svg>`),
		by("figma", `<svg width="40" height="40" viewBox="0 0 40 40" fill="none" xmlns="http://www.w3.org/2000/svg">
<g clip-path="url(#clip0_1_2)"><mask id="mask0_1_2" style="mask-type:alpha" maskUnits="userSpaceOnUse" x="0" y="0"
width="40" height="40"><rect width="40" height="40" fill="#D9D9D9"/></mask><g mask="url(#mask0_1_2)"
 filter="url(#f1_d)">
<path fill-rule="evenodd" clip-rule="evenodd" d="M1 1H39V39H1V1Z" fill="url(#paint0_linear_1_2)"/></g></g>
<defs><filter id="f1_d" x="-4" y="0" width="48" height="48" filterUnits="userSpaceOnUse"
color-interpolation-filters="sRGB"><feFlood flood-opacity="0" result="BackgroundImageFix"/><feColorMatrix
in="SourceAlpha" type="matrix" values="0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 127 0" result="hardAlpha"/><feOffset
 dy="4"/>
<feGaussianBlur stdDeviation="2"/><feBlend mode="normal" in2="BackgroundImageFix" result="effect1_dropShadow_1_2"/>
</filter><linearGradient id="paint0_linear_1_2" x1="20" y1="1" x2="20" y2="39" gradientUnits="userSpaceOnUse"><stop
stop-color="#FF5733"/><stop offset="1" stop-color="#FF5733" stop-opacity="0"/></linearGradient><clipPath
 id="clip0_1_2">
<rect width="40" height="40" fill="white"/></clipPath></defs></svg>`),
		by("drawio", `<?xml version="1.0" encoding="UTF-8"?>
`+svg11+`<svg xmlns="http://www.w3.org/2000/svg" style="background-color: rgb(255, 255, 255);"
xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" width="121px" height="61px" viewBox="-0.5 -0.5 121 61"
content="&lt;mxfile host=&quot;Electron&quot; version=&quot;21.6.5&quot;&gt;&lt;diagram id=&quot;a&quot;
&gt;jZJNb4MwDIZ/&lt;/diagram&gt;&lt;/mxfile&gt;"><defs/><g><rect x="0" y="0" width="120" height="60" rx="9" ry="9"
fill="rgb(255, 255, 255)" stroke="rgb(0, 0, 0)" pointer-events="all"/><path d="M 60 60 L 60 113.63" fill="none"
stroke="rgb(0, 0, 0)" stroke-miterlimit="10" pointer-events="stroke"/><g fill="rgb(0, 0, 0)" font-family="Helvetica"
text-anchor="middle" font-size="12px"><text x="59.5" y="34.5">Start</text></g></g></svg>`),
		by("graphviz", `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
`+svg11+`<!-- Generated by graphviz version 2.43.0 (0)
 -->
<!-- Title: G Pages: 1 -->
<svg width="62pt" height="116pt" viewBox="0.00 0.00 62.00 116.00" xmlns="http://www.w3.org/2000/svg"
 xmlns:xlink="http://www.w3.org/1999/xlink">
<g id="graph0" class="graph" transform="scale(1 1) rotate(0) translate(4 112)"><title>G</title>
<polygon fill="white" stroke="transparent" points="-4,4 -4,-112 58,-112 58,4 -4,4"/>
<g id="node1" class="node"><title>a</title><g id="a_node1"><a xlink:href="https://example.org/a?b=c&amp;d"
 xlink:title="a"
 target="_top"><ellipse fill="none" stroke="black" cx="27" cy="-90" rx="27" ry="18"/><text text-anchor="middle" x="27"
 y="-86.3" font-family="Times,serif" font-size="14.00">a</text></a></g></g>
<g id="edge1" class="edge"><title>a&#45;&gt;b</title><path fill="none" stroke="black"
 d="M27,-71.7C27,-63.98 27,-54.71 27,-46.11"/>
</g></g></svg>
`),
		by("gnuplot", `<?xml version="1.0" encoding="utf-8"  standalone="no"?>
<svg width="600" height="480" viewBox="0 0 600 480" xmlns="http://www.w3.org/2000/svg"
 xmlns:xlink="http://www.w3.org/1999/xlink"><title>Gnuplot</title><desc>Produced by GNUPLOT 5.4 patchlevel 4 </desc>
<g id="gnuplot_canvas"><rect x="0" y="0" width="600" height="480" fill="none"/><defs><circle id='gpDot' r='0.5'
 stroke-width='0.5' stroke='currentColor'/><path id='gpPt0' stroke-width='0.222' stroke='currentColor'
 d='M-1,0 h2 M0,-1 v2'/>
<filter id='textbox' filterUnits='objectBoundingBox' x='0' y='0' height='1' width='1'><feFlood flood-color='white'
 flood-opacity='1' result='bgnd'/><feComposite in='SourceGraphic' in2='bgnd' operator='atop'/></filter></defs>
<g fill="none" color="white" stroke="currentColor" stroke-width="1.00" stroke-linecap="butt" stroke-linejoin="miter">
</g><g transform="translate(45.92,447.31)" stroke="none" fill="black" font-family="Arial" font-size="12.00"
 text-anchor="end"><text><tspan font-family="Arial" >-1</tspan></text></g><use xlink:href='#gpPt0'
 transform='translate(54.53,443.41) scale(4.50)' color='rgb(148,   0, 211)'/></g></svg>
`),
		by("matplotlib", `<?xml version="1.0" encoding="utf-8" standalone="no"?>
`+svg11+`<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="460.8pt" height="345.6pt" viewBox="0 0 460.8 345.6"
 xmlns="http://www.w3.org/2000/svg" version="1.1"><metadata><rdf:RDF xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:cc="http://creativecommons.org/ns#" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><cc:Work><dc:type
 rdf:resource="http://purl.org/dc/dcmitype/StillImage"/><dc:date>2026-01-02T03:04:05</dc:date><dc:creator><cc:Agent>
 <dc:title>Matplotlib v3.6.3, https://matplotlib.org/</dc:title></cc:Agent></dc:creator></cc:Work></rdf:RDF>
</metadata>
<defs><style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style></defs><g id="figure_1"><g
 id="line2d_1"><defs><path id="m0" d="M 0 0 
L 0 3.5 
" style="stroke: #000000; stroke-width: 0.8"/></defs><use xlink:href="#m0" x="73.8" y="307.584"
 style="stroke: #000000"/></g><path d="M 73 295 
L 395 50 
" clip-path="url(#p1)" style="fill: none; stroke: #1f77b4; stroke-width: 1.5"/></g><defs><clipPath id="p1"><rect
 x="57.6" y="41.472" width="357.12" height="266.112"/></clipPath></defs></svg>
`),
		by("libreoffice-draw", `<?xml version="1.0" encoding="UTF-8"?>
`+svg11+`<svg version="1.2" width="210mm" height="297mm" viewBox="0 0 21000 29700" preserveAspectRatio="xMidYMid"
 fill-rule="evenodd" stroke-width="28.222" stroke-linejoin="round" xmlns="http://www.w3.org/2000/svg"
 xmlns:ooo="http://xml.openoffice.org/svg/export" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:presentation="http://sun.com/xmlns/staroffice/presentation" xmlns:smil="http://www.w3.org/2001/SMIL20/"
 xmlns:anim="urn:oasis:names:tc:opendocument:xmlns:animation:1.0" xml:space="preserve">
 <defs class="ClipPathGroup"><clipPath id="presentation_clip_path" clipPathUnits="userSpaceOnUse"><rect x="0" y="0"
  width="21000" height="29700"/></clipPath></defs>
 <defs><font id="EmbeddedFont_1" horiz-adv-x="2048"><font-face font-family="Liberation Sans embedded"
  units-per-em="2048" font-weight="normal" font-style="normal" ascent="1852" descent="423"/><missing-glyph
  horiz-adv-x="2048" d="M 0,0 L 2047,0 Z"/><glyph unicode="a" horiz-adv-x="1085" d="M 414,-20 Z"/></font></defs>
 <defs class="TextShapeIndex"><g ooo:slide="id1" ooo:id-list="id3 id4"/></defs>
 <g id="ooo:meta_slides" ooo:number-of-slides="1" ooo:page-numbering-type="arabic"><g id="ooo:meta_slide_0"
  ooo:slide="id1" ooo:master="id2"/></g>
 <g class="SlideGroup"><g id="container-id1"><g id="id1" class="Slide" clip-path="url(#presentation_clip_path)"><g
  class="com.sun.star.drawing.CustomShape"><g id="id3"><path fill="rgb(114,159,207)" stroke="none"
  d="M 5000,5000 L 2000,5000 Z"/><text class="SVGTextShape"><tspan class="TextParagraph" font-family="Liberation Sans"
  font-size="635px" font-weight="400"><tspan class="TextPosition" x="3000" y="4000"><tspan fill="rgb(0,0,0)"
  stroke="none">A</tspan></tspan></tspan></text></g></g></g></g></g></svg>`),
		by("coreldraw", `<?xml version="1.0" encoding="UTF-8"?>
`+svg11+`<!-- Creator: CorelDRAW X6 -->
<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" width="8.5in" height="11in" version="1.1"
 style="shape-rendering:geometricPrecision; text-rendering:geometricPrecision;
 image-rendering:optimizeQuality; fill-rule:evenodd; clip-rule:evenodd"
viewBox="0 0 8500 11000" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:xodm="http://www.corel.com/coreldraw/odm/2003">
 <defs><style type="text/css">
   <![CDATA[
    .str0 {stroke:#373435;stroke-width:6.94488}
    .fil1 {fill:url(#id0)}
   ]]>
  </style><linearGradient id="id0" gradientUnits="userSpaceOnUse" x1="1" y1="1" x2="9" y2="9"><stop offset="0"
   style="stop-opacity:1; stop-color:#FEFEFE"/><stop offset="1" style="stop-opacity:1; stop-color:#373435"/>
  </linearGradient></defs>
 <g id="Layer_x0020_1"><metadata id="CorelCorpID_0Corel-Layer"/><path class="fil1 str0"
  d="M1217 1493c112,0 203,91 203,203z"/></g></svg>
`),
		by("svgo", `<svg xmlns="http://www.w3.org/2000/svg" width="1em" height="1em" viewBox="0 0 24 24"><path `+
			`fill="currentColor" d="M12 2a10 10 0 100 20 10 10 0 000-20m1 15h-2v-6h2zm0-8h-2V7h2z"/></svg>`),
		by("potrace", `<?xml version="1.0" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 20010904//EN"
 "http://www.w3.org/TR/2001/REC-SVG-20010904/DTD/svg10.dtd">
<svg version="1.0" xmlns="http://www.w3.org/2000/svg" width="512.000000pt" height="512.000000pt"
 viewBox="0 0 512.000000 512.000000" preserveAspectRatio="xMidYMid meet">
<metadata>
Created by potrace 1.16, written by Peter Selinger 2001-2019
</metadata>
<g transform="translate(0.000000,512.000000) scale(0.100000,-0.100000)"
fill="#000000" stroke="none"><path d="M2365 5109 c-683 -47 -1329 -370 -1770 -885 l3 -1 -2 4z"/></g></svg>
`),
		by("cairo", `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="90pt" height="20pt"
 viewBox="0 0 90 20" version="1.1"><defs><g><symbol overflow="visible" id="glyph0-0"><path style="stroke:none;"
 d="M 0 0 L 0 -8 Z M 0 0 "/></symbol></g><clipPath id="clip1"><path d="M 0 0 L 90 0 Z M 0 0 "/></clipPath></defs>
<g id="surface1"><g clip-path="url(#clip1)" clip-rule="nonzero"><g style="fill:rgb(0%,0%,0%);fill-opacity:1;"><use
 xlink:href="#glyph0-0" x="1.5" y="9"/></g></g></g></svg>
`),
		by("qt", `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<svg width="35.28mm" height="35.28mm" viewBox="0 0 100 100" xmlns="http://www.w3.org/2000/svg"
 xmlns:xlink="http://www.w3.org/1999/xlink"  version="1.2" baseProfile="tiny"><title>Qt SVG Document</title>
<desc>Generated with Qt</desc><defs></defs><g fill="none" stroke="black" stroke-width="1" fill-rule="evenodd"
 stroke-linecap="square" stroke-linejoin="bevel" ><g fill="#ffffff" fill-opacity="1" stroke="#000000"
 stroke-opacity="1"
 transform="matrix(1,0,0,1,0,0)" font-family="Sans Serif" font-size="9" font-weight="400" font-style="normal" >
<polyline fill="none" vector-effect="non-scaling-stroke" points="1,1 9,9 " /></g></g></svg>
`),
		by("plantuml", `<?xml version="1.0" encoding="us-ascii" standalone="no"?><svg xmlns="http://www.w3.org/2000/svg" `+
			`xmlns:xlink="http://www.w3.org/1999/xlink" contentStyleType="text/css" height="120px" `+
			`preserveAspectRatio="none" style="width:113px;height:120px;background:#FFFFFF;" version="1.1" `+
			`viewBox="0 0 113 120" width="113px" zoomAndPan="magnify"><?plantuml 1.2023.1?><defs/><g><line `+
			`style="stroke:#181818;stroke-width:0.5;stroke-dasharray:5.0,5.0;" x1="26" x2="26" y1="36" y2="85"/><text `+
			`fill="#000000" font-family="sans-serif" font-size="14" lengthAdjust="spacing" textLength="27" x="12" y="25">`+
			`Bob</text><!--SRC=[SyfFKj2rKt3CoKnELR1Io4ZDoSa70000]--></g></svg>`),
		by("svglite", `<?xml version='1.0' encoding='UTF-8' ?>
<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' class='svglite' width='720.00pt'
 height='576.00pt' viewBox='0 0 720.00 576.00'><defs><style type='text/css'><![CDATA[
    .svglite line, .svglite polyline, .svglite path { fill: none; stroke: #000000; stroke-linecap: round; }
    .svglite text { white-space: pre; }
  ]]></style></defs><rect width='100%' height='100%' style='stroke: none; fill: #FFFFFF;'/><g clip-path='url(#c0)'>
<text x='389.52' y='563.04' text-anchor='middle' style='font-size: 12.00px; font-family: "Liberation Sans";'
 textLength='30.01px' lengthAdjust='spacingAndGlyphs'>speed</text></g><clipPath id='c0'><rect x='0' y='0' width='1'
 height='1'/></clipPath></svg>
`),
		by("d2", `<?xml version="1.0" encoding="utf-8"?><svg xmlns="http://www.w3.org/2000/svg" `+
			`xmlns:xlink="http://www.w3.org/1999/xlink" preserveAspectRatio="xMinYMin meet" viewBox="0 0 9 9"><svg `+
			`class="d2-1 d2-svg" width="9" height="9" viewBox="-1 -1 9 9"><style type="text/css">.d2-1 .md hr{margin:24px 0}`+
			` .d2-1 .md img{margin: 13px auto 0} .appendix-icon{filter:drop-shadow(0px 0px 32px rgba(31, 36, 58, 0.1))}`+
			`</style><g id="(a -&gt; b)[0]"><path d="M 1 1 L 9 9" class="connection stroke-B1"/></g></svg></svg>`),
		by("design-system", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" part="icon" slot="start" role="img" `+
			`aria-labelledby="t"><title id="t">Close</title><path d="M1 1"/></svg>`),
		by("oxygen", `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" `+
			`_SVGFile__filename="oldscale/apps/a.svg"><path d="M1 1"/></svg>`),
		by("tailwind", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" class="size-6 dark:fill-white `+
			`[&amp;>path]:hidden"><path d="M1 1"/></svg>`),
		by("graphviz-gradient", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><style>rect{opacity:1.}</style>`+
			`<linearGradient id="c_l_0"><stop offset="0" style="stop-color:lightblue;stop-opacity:1.;"/></linearGradient>`+
			`<rect fill="url(#c_l_0)" stroke-width="1." style="stroke-dasharray:1. ,2.;width:3. !important"/></svg>`),
		by("fritzing", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><desc ><referenceFile >a_icon.svg`+
			`</referenceFile></desc><g id="icon" gorn="0.1"/></svg>`),
		by("maki", `<svg xmlns="http://www.w3.org/2000/svg" xmlns:m="https://www.mapbox.com" viewBox="0 0 9 9"><metadata>`+
			`<m:metadata><m:tag>parking</m:tag></m:metadata></metadata><path d="M1 1"/></svg>`),
		by("termtosvg", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><defs><termtosvg:template_settings `+
			`xmlns:termtosvg="https://github.com/nbedos/termtosvg"><termtosvg:screen_geometry columns="82" rows="19"/>`+
			`</termtosvg:template_settings></defs></svg>`),
		by("others", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" host="65bd71144e" d2Version="v0.6"><filter `+
			`id="f"><feBlend blend="normal" mode="normal"/></filter><g units="1"/></svg>`),
		under("SVG, SkipDoctype, LiteralEntities, DataFonts", text(external, "fonts-by-illustrator", svg11+
			`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><style type="text/css"><![CDATA[`+
			`@font-face{font-family:'MyriadPro-Regular';src:url("data:;base64,T1RUTwACACAAAQAQ")}]]></style></svg>`)),
		under("SVG, DataFonts", drawing(external, "fonts-by-canvas", `<style>@font-face{font-family:'a';src:`+
			`url('data:type/opentype;base64,T1RUTwACACAAAQAQ')}</style>`)),
		under("SVG, DataImages", drawing(external, "image-without-type",
			`<image xlink:href="data:;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAA="/>`)),
	}
}
