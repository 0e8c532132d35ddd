package svg

// elementKind is what an element is to the program that draws.
type elementKind uint8

const (
	kindGroup      elementKind = iota // draws what stands in it
	kindShape                         // is painted, with fill and stroke
	kindUse                           // hands what it inherits on to what it names
	kindVertices                      // and has vertices, with markers
	kindClipped                       // a shape that only clips
	kindDefinition                    // draws nothing where it stands: defs, symbol
	kindPattern
	kindMask
	kindMarker
	kindFilter
	kindClip
	kindGradient
	kindNothing // draws nothing at all
)

// kindOf returns what an element is, by its local name.
func kindOf(name string) elementKind {
	switch name {
	case "path", "line", "polyline", "polygon":
		return kindVertices
	case "rect", "circle", "ellipse", "text", "tspan", "textPath", "tref", "altGlyph", "glyphRef", "flowRoot",
		"flowPara", "flowSpan", "flowDiv", "flowLine", "textArea", "mesh":
		return kindShape
	case "use":
		return kindUse
	case "pattern", "hatch":
		return kindPattern
	case "mask":
		return kindMask
	case "marker":
		return kindMarker
	case "filter":
		return kindFilter
	case "clipPath":
		return kindClip
	case "linearGradient", "radialGradient", "meshgradient", "meshGradient":
		return kindGradient
	case "defs", "symbol", "font", "cursor":
		return kindDefinition
	case "title", "desc", "metadata", "style", "stop", "animate", "set", "animateTransform", "animateMotion",
		"animateColor", "solidcolor", "solidColor", "font-face", "color-profile":
		return kindNothing
	}
	return kindGroup
}

// isText reports whether an element of that name is drawn as characters.
func isText(name string) bool {
	switch name {
	case "text", "tspan", "textPath", "tref", "altGlyph":
		return true
	}
	return false
}

// isServer reports whether properties can name the element and draw it. fill="url(#a)" on a path
// with the ID a draws nothing again. The stops of a gradient are set up for each shape that it
// fills.
func (k elementKind) isServer() bool {
	return k == kindGradient || k == kindPattern || k == kindMask || k == kindMarker || k == kindFilter || k == kindClip
}

// inPlace reports whether an element is drawn where it stands.
func (k elementKind) inPlace() bool { return k <= kindClipped }

// isPainted reports whether fill and stroke paint the element itself.
func (k elementKind) isPainted() bool { return k >= kindShape && k <= kindVertices }
