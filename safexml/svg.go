package safexml

import "github.com/seed73825598/airlock/safexml/internal/setup"

// SVG takes drawings that strangers hand in. Besides the rules for all documents such a drawing
//
//   - names nothing outside itself: every href, src and url() is a #fragment, there is no @import,
//     no xml:base and no path of Inkscape's own, sodipodi:absref ([RuleExternalReference]);
//   - runs nothing: no script, no on… attribute, no foreignObject, no animation of a link, a style
//     or a handler ([RuleActiveContent]);
//   - has only elements, attributes, at-rules and functions of CSS that the profile knows, those
//     that editors add included, and nothing that an HTML parser, or a renderer that knows no
//     namespaces, reads differently, so that it may also stand in a page ([RuleUnlistedContent]);
//   - ends when it is drawn: use, pattern, mask, marker, filter and the like do not hold themselves,
//     by what they name, set or inherit ([RuleReferenceCycle]), and with every reference followed it
//     has no more nodes than Items;
//   - is drawn at a bounded cost ([RuleDrawingCost]): see [Canvas].
//
// CSS is cut into tokens after references, CDATA sections and comments have been resolved, and its
// escapes are. The streaming faces keep the whole document, within MemoryBytes, until it has
// passed: a cycle can close at its end. [DataImages] lets in raster images inside data: URIs.
func SVG() Option {
	return func(c *setup.Config) { c.Choose(profileSVG) }
}

// MaxCanvas is the ceiling of each side of [Canvas], in CSS pixels.
const MaxCanvas = 1 << 20

// Canvas bounds what it costs to draw a document under [SVG]: each side of the drawing in CSS
// pixels, and width × height its area. Sides are from 1 to MaxCanvas. Without the option they are
// 16,384, and the area is 64 Mi pixels. With another profile, or none, it is a *limits.ConfigError.
//
// The size is that of the attributes width and height, and of the viewBox where one of them is
// missing or a percentage; where a style attribute or a style sheet says more, it is that, and of
// calc() and its like the most that it can be. [Report] has it. The areas that filters, masks and
// patterns work on, their regions with all units, transforms, viewBoxes and references followed,
// multiplied by the filter's primitives and octaves, may be 16 canvases in all. A raster image may
// be as large as the canvas, by its header, and counts among them with four times the pixels that
// it decodes to, each time that it is drawn and however small: some programs keep all of them in
// memory at once. Octaves, blurs, radii and kernels have bounds of their own.
//
// Some programs lay a picture as large as the drawing over it for each group with opacity, blend
// mode, filter or mask, however small it is: such layers may be 32 canvases in all, and 4 inside
// one another. The boxes of shapes, within the drawing, may be 64 canvases. Lines, dashes and, with
// 32 each, characters may be 8 Mi more than the document writes numbers, each time that they are
// drawn.
//
// It bounds the work of one drawing at the size that the drawing says. A program that draws larger
// than that, or for every frame of an animation, pays as often, and for what the animation makes
// larger. It does not bound the time that a program takes for a pixel, for a path that crosses
// itself thousands of times, or for selectors of style sheets, and not dashes that functions of CSS
// make. Give the program that draws a limit of memory and time as well.
func Canvas(width, height int) Option {
	return func(c *setup.Config) {
		c.Within("Canvas", int64(width), MaxCanvas, &c.CanvasWidth)
		c.Within("Canvas", int64(height), MaxCanvas, &c.CanvasHeight)
		c.Canvas = true
	}
}

// DataImages has [SVG] take image and feImage elements whose href is a data: URI of a raster image
// (PNG, JPEG, GIF, WebP, AVIF) in Base64. The first bytes must be those of such an image, and the
// size that they tell is held to that of [Canvas]; what else the image holds is not looked at.
func DataImages() Option { return func(c *setup.Config) { c.Images = true } }

// DataFonts has [SVG] take fonts inside data: URIs (TrueType, OpenType, WOFF, WOFF2) in Base64,
// where @font-face and font-face-uri name them. The content of the font is not looked at, but for
// its first bytes: let in fonts only where the program that draws may read fonts of strangers.
func DataFonts() Option { return func(c *setup.Config) { c.Fonts = true } }

// Hyperlinks has [SVG] take links to http, https, mailto and tel on the element a. They are
// followed by a click only, and [Report.Notes] tells of each.
func Hyperlinks() Option { return func(c *setup.Config) { c.Hyperlinks = true } }
