// Package svg knows what drawings are made of: their elements and attributes, the grammars of their
// values, which element draws which, and what it costs to draw them. Nothing in it reads a document
// or refuses one: it answers, and the profile refuses.
package svg

import "strings"

// The names that an SVG document may be made of: elements and attributes of SVG 1.1 and 2 that
// draw, and those that editors add. A list of what is forbidden would have to know every renderer;
// a list of what is needed only has to know SVG.

// Element is what an element of SVG does for the references that it makes.
type Element uint8

// The kinds of elements, by what they do.
const (
	Unlisted  Element = iota // no element of the list
	Draws                    // draws, groups or describes
	Texts                    // title and desc, where an HTML parser would read HTML
	Style                    // holds a style sheet
	Animation                // changes an attribute of another element
	Linked                   // draws what its href names again
	Image                    // shows an image
	Active                   // runs code, or holds a document that may
	Loading                  // loads another resource
)

// ElementOf returns what is known of an element by its local name. Names are compared as XML
// does; those of elements that are refused anyway without regard to case, because HTML has no case.
func ElementOf(local string) Element {
	switch local {
	case "svg", "g", "defs", "symbol", "switch", "metadata", "a", "view",
		"rect", "circle", "ellipse", "line", "polyline", "polygon", "path", "text", "tspan", "textPath",
		"marker", "clipPath", "mask", "stop", "mesh", "meshrow", "meshpatch", "hatchpath", "midPointStop", "solidcolor",
		"solidColor",
		"mpath", "animateMotion", "color-profile",
		"feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feConvolveMatrix", "feDiffuseLighting",
		"feDisplacementMap",
		"feDistantLight", "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur",
		"feMerge", "feMergeNode",
		"feMorphology", "feOffset", "fePointLight", "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence",
		"font", "font-face", "font-face-format", "font-face-name", "font-face-src", "font-face-uri", "glyph",
		"missing-glyph", "hkern", "vkern",
		"altGlyphDef", "altGlyphItem", "flowRoot", "flowRegion", "flowRegionExclude", "flowPara", "flowSpan",
		"flowDiv", "flowLine", "textArea", "tbreak":
		return Draws
	case "title", "desc":
		return Texts
	case "style":
		return Style
	case "animate", "animateColor", "animateTransform", "set", "discard":
		return Animation
	case "use", "linearGradient", "radialGradient", "meshgradient", "meshGradient", "pattern", "hatch", "filter",
		"tref", "altGlyph", "glyphRef", "cursor":
		return Linked
	case "image", "feImage":
		return Image
	}
	switch strings.ToLower(local) {
	case "script", "foreignobject", "handler", "listener", "canvas", "iframe", "embed", "object", "applet", "html",
		"body", "base", "meta", "form", "portal":
		return Active
	case "audio", "video", "source", "track", "img", "picture", "link", "frame", "animation", "prefetch", "import",
		"include":
		return Loading
	}
	return Unlisted
}

// IsAttribute reports whether an attribute without a prefix may stand on an element of SVG.
func IsAttribute(name string) bool {
	if strings.HasPrefix(name, "data-") || strings.HasPrefix(name, "aria-") {
		return true
	}
	switch name {
	// Core, conditions, accessibility and links.
	case "id", "class", "style", "lang", "tabindex", "role", "version", "baseProfile", "xmlns", "focusable",
		"autofocus", "title", "name", "datatype", "property", "about", "space",
		"requiredFeatures", "requiredExtensions", "requiredFormats", "requiredFonts", "systemLanguage",
		"externalResourcesRequired",
		"href", "src", "target", "download", "hreflang", "rel", "referrerpolicy", "crossorigin", "type", "media",
		"nonce", "focusHighlight", "typeof", "part", "exportparts", "slot",
		"contentScriptType", "contentStyleType", "zoomAndPan", "viewTarget", "snapshotTime", "playbackOrder",
		"timelineBegin", "editable":
		return true
	// Geometry.
	case "x", "y", "z", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "fr", "dx", "dy", "width",
		"height", "d", "points", "pathLength",
		"viewBox", "preserveAspectRatio", "transform", "transform-box", "rotate", "offset",
		"path", "side", "method", "spacing", "startOffset", "textLength", "lengthAdjust",
		"gradientUnits", "gradientTransform", "spreadMethod", "patternUnits", "patternContentUnits",
		"patternTransform", "hatchUnits", "hatchContentUnits", "hatchTransform", "pitch",
		"clipPathUnits", "maskUnits", "maskContentUnits", "mask-type", "markerUnits", "markerWidth", "markerHeight",
		"refX", "refY", "orient", "rendering-intent", "local":
		return true
	}
	return IsProperty(name) || isFilterAttribute(name) || isOddAttribute(name)
}

// IsProperty reports whether the attribute is a presentation attribute.
func IsProperty(name string) bool {
	switch name {
	case "alignment-baseline", "baseline-shift", "clip-path", "clip-rule", "color", "color-interpolation",
		"color-interpolation-filters", "color-profile", "color-rendering", "cursor",
		"direction", "display", "dominant-baseline", "enable-background", "fill", "fill-opacity", "fill-rule",
		"filter", "flood-color", "flood-opacity",
		"font", "font-family", "font-feature-settings", "font-kerning", "font-size", "font-size-adjust",
		"font-stretch", "font-style", "font-variant", "font-variation-settings", "font-weight",
		"glyph-orientation-horizontal", "glyph-orientation-vertical", "image-rendering", "inline-size", "isolation",
		"kerning", "letter-spacing", "lighting-color", "line-height", "line-increment",
		"marker", "marker-end", "marker-mid", "marker-start", "mask", "mix-blend-mode", "opacity", "paint-order",
		"pointer-events", "shape-inside", "shape-margin", "shape-padding", "shape-rendering", "shape-subtract",
		"solid-color", "solid-opacity", "stop-color", "stop-opacity", "stop-path", "stroke", "stroke-alignment",
		"stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
		"stroke-opacity", "stroke-width",
		"tab-size", "text-align", "text-anchor", "text-decoration", "text-decoration-color", "text-decoration-line",
		"text-decoration-style", "text-indent", "text-orientation", "text-overflow", "text-rendering",
		"unicode-bidi", "vector-effect", "viewport-fill", "viewport-fill-opacity", "visibility", "white-space",
		"white-space-collapsing", "word-spacing", "writing-mode", "background", "background-color",
		"clip", "overflow", "transform-origin",
		"-inkscape-font-specification":
		return true
	}
	return false
}

// isFilterAttribute reports whether the attribute belongs to filters, animation or fonts.
func isFilterAttribute(name string) bool {
	switch name {
	case "in", "in2", "result", "mode", "values", "filterUnits", "primitiveUnits", "filterRes", "tableValues",
		"slope", "intercept", "amplitude", "exponent", "operator", "k1", "k2", "k3", "k4",
		"order", "kernelMatrix", "divisor", "bias", "targetX", "targetY", "edgeMode", "kernelUnitLength",
		"preserveAlpha", "surfaceScale", "diffuseConstant", "specularConstant", "specularExponent",
		"scale", "xChannelSelector", "yChannelSelector", "azimuth", "elevation", "stdDeviation", "radius",
		"pointsAtX", "pointsAtY", "pointsAtZ", "limitingConeAngle", "baseFrequency", "numOctaves", "seed",
		"stitchTiles", "no-composite":
		return true
	case "attributeName", "attributeType", "begin", "dur", "end", "min", "max", "restart", "repeatCount", "repeatDur",
		"fill", "calcMode", "keyTimes", "keySplines", "keyPoints", "from", "to", "by", "accumulate", "additive",
		"origin", "syncBehavior", "syncTolerance", "syncMaster":
		return true
	case "horiz-adv-x", "horiz-origin-x", "horiz-origin-y", "vert-adv-y", "vert-origin-x", "vert-origin-y", "unicode",
		"unicode-range", "units-per-em", "panose-1", "stemv", "stemh", "cap-height", "x-height", "accent-height",
		"ascent", "descent", "widths", "bbox",
		"ideographic", "alphabetic", "mathematical", "hanging", "v-ideographic", "v-alphabetic", "v-mathematical",
		"v-hanging", "underline-position", "underline-thickness", "strikethrough-position",
		"strikethrough-thickness", "overline-position", "overline-thickness",
		"glyph-name", "arabic-form", "g1", "g2", "u1", "u2", "k", "glyphRef", "format", "string":
		return true
	}
	return false
}

// isOddAttribute reports whether the attribute is one that drawing programs add. Nothing acts on
// it.
func isOddAttribute(name string) bool {
	switch name {
	case "connectorname", "connectorName", "gorn", "oldid", "partID", "drill": // Fritzing.
		return true
	case "_SVGFile__filename": // Icons of Oxygen.
		return true
	case "blend", "d2Version", "host", "units": // Inkscape on feBlend, D2, draw.io, WaveDrom.
		return true
	case "p-id", "t", "alt", "filename", "desc", "label", "size", "border", "margin", "content", "block-progression",
		"solid", "gradient", "standalone", "layer", "allowReorder":
		return true
	}
	return false
}

// IsPlainAttribute reports whether the value is text, a name or numbers for every program, so
// that parentheses in it are no function of CSS: the text of a label, the data of a path.
func IsPlainAttribute(name string) bool {
	switch name {
	case "id", "class", "d", "points", "path", "title", "lang", "name", "label", "alt", "desc", "filename", "unicode",
		"glyph-name", "g1", "g2", "u1", "u2", "string", "systemLanguage", "viewBox", "keyTimes", "keySplines",
		"keyPoints",
		"target", "download", "x", "y", "dx", "dy", "x1", "y1", "x2", "y2", "rotate", "kernelMatrix", "tableValues",
		"requiredFeatures", "requiredExtensions", "about", "property", "typeof", "content":
		return true
	}
	return strings.HasPrefix(name, "data-") || strings.HasPrefix(name, "aria-")
}

// IsEditorsNamespace reports whether elements and attributes of the namespace are notes of a
// program to itself, or metadata.
func IsEditorsNamespace(uri string) bool {
	switch uri {
	case "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd", "http://inkscape.sourceforge.net/DTD/sodipodi-0.dtd",
		"http://www.inkscape.org/namespaces/inkscape", "http://fritzing.org/gedametadata/1.0/",
		"http://fritzing.org/kicadmetadata/1.0/", "http://www.freecadweb.org/wiki/index.php?title=Svg_Namespace",
		"http://latexdraw.sourceforge.net/namespaces/latexdraw", "http://www.inkscape.org/namespaces/deprecated/osb",
		"http://www.openswatchbook.org/uri/2009/osb",
		"http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#",
		"http://creativecommons.org/ns#", "https://creativecommons.org/ns#", "http://web.resource.org/cc/",
		"http://purl.org/dc/elements/1.1/",
		"http://purl.org/dc/terms/", "http://xmlns.com/foaf/0.1/",
		"adobe:ns:meta/", "http://www.bohemiancoding.com/sketch/ns", "http://www.serif.com/",
		"http://www.figma.com/figma/ns", "https://boxy-svg.com", "http://vectornator.io",
		"https://launchpad.net/jessyink", "http://svgjs.com/svgjs", "http://svgjs.dev/svgjs", "http://svgjs.dev",
		"http://www.corel.com/coreldraw/odm/2003", "http://schemas.microsoft.com/visio/2003/SVGExtensions/",
		"http://krita.org/namespaces/svg/krita", "http://cNpa.org/manifest", "http://xml.openoffice.org/svg/export",
		"http://www.librsvg.org",
		"https://www.mapbox.com", "https://github.com/nbedos/termtosvg",
		"http://karbon.org/", "http://www.calligra.org/",
		"http://www.vecta.io/nano", "http://www.iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
		"http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/", "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
		"http://ns.useplus.org/ldf/xmp/1.0/", "http://www.w3.org/2004/02/skos/core#", "http://gimp.org/xmp/",
		"http://www.gimp.org/xmp/":
		return true
	}
	return strings.HasPrefix(uri, "http://ns.adobe.com/")
}

// IsHTMLName reports whether a foreign element without a prefix would mean something to an HTML
// parser, which knows neither namespaces nor case: it would end the drawing, or be an element of
// SVG.
func IsHTMLName(local string) bool {
	lower := strings.ToLower(local)
	if ElementOf(lower) != Unlisted || isLowerOf(lower) {
		return true
	}
	switch lower {
	case "b", "big", "blockquote", "br", "center", "code", "dd", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4",
		"h5", "h6", "head", "hr", "i", "li", "listing", "menu", "nobr", "ol", "p", "pre", "ruby", "s", "small", "span",
		"strong", "strike", "sub", "sup", "table", "tt", "u", "ul", "var", "title", "style", "textarea", "xmp",
		"noscript", "noembed", "noframes", "plaintext", "template", "select", "input", "button", "math", "svg",
		"param", "details", "dialog":
		return true
	}
	return false
}

// isRemark reports whether an element inside title or desc is none of HTML or SVG, so that for
// every program it holds text and nothing else. A name with a hyphen may be that of an element that
// a page defines.
func isRemark(local string) bool {
	for _, c := range []byte(local) {
		if !isLetter(c) {
			return false
		}
	}
	if IsHTMLName(local) {
		return false
	}
	switch strings.ToLower(local) {
	case "abbr", "acronym", "address", "area", "article", "aside", "basefont", "bdi", "bdo", "bgsound", "blink",
		"button", "caption", "cite", "col", "colgroup", "command", "content", "data", "datalist", "del", "dfn", "dir",
		"element", "fencedframe", "fieldset", "figcaption", "figure", "footer", "frameset", "geolocation", "header",
		"hgroup", "image", "ins", "isindex", "kbd", "keygen", "label", "legend", "main", "map", "mark", "marquee",
		"menuitem", "meter", "multicol", "nav", "nextid", "nolayer", "layer", "ilayer", "optgroup", "option", "output",
		"permission", "progress", "q", "rb", "rbc", "rp", "rt", "rtc", "samp", "search", "section",
		"selectedcontent", "server", "shadow", "slot", "spacer", "summary", "tbody", "td", "tfoot", "th", "thead",
		"time", "tr", "wbr", "xml":
		return false
	}
	return true
}

// isLowerOf reports whether a name in lower case is that of an element of SVG with capitals, which
// an HTML parser puts back (HTML, 13.2.6.5).
func isLowerOf(lower string) bool {
	switch lower {
	case "altglyph", "altglyphdef", "altglyphitem", "animatecolor", "animatemotion", "animatetransform", "clippath",
		"feblend", "fecolormatrix", "fecomponenttransfer", "fecomposite", "feconvolvematrix", "fediffuselighting",
		"fedisplacementmap", "fedistantlight", "fedropshadow", "feflood", "fefunca", "fefuncb", "fefuncg", "fefuncr",
		"fegaussianblur", "feimage", "femerge", "femergenode", "femorphology", "feoffset", "fepointlight",
		"fespecularlighting", "fespotlight", "fetile", "feturbulence", "foreignobject", "glyphref", "lineargradient",
		"radialgradient", "textpath", "meshgradient", "midpointstop", "solidcolor", "flowroot", "flowregion",
		"flowregionexclude", "flowpara", "flowspan", "flowdiv", "flowline":
		return true
	}
	return false
}
