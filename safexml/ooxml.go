package safexml

import "github.com/seed73825598/airlock/safexml/internal/setup"

// OOXML takes the XML parts of office documents (.docx, .xlsx, .pptx; ECMA-376), one by one: those
// of a package that safezip has unpacked, relationships (.rels) and [Content_Types].xml included.
// Besides the rules for all documents such a part
//
//   - leads nowhere outside the package: no relationship with TargetMode External but hyperlinks to
//     http, https and mailto, which go to Report.Notes; no target that climbs out of the package;
//     no attached template, schema or schema library; no part in a foreign format that is merged in;
//     no query, connection file, web page, online video, task pane, web extension, mail merge,
//     linked image or object, or link to another book, by a relationship or by its path in a
//     formula; no field and no function that fetches, and none that leads to a file, a share or a
//     program of another scheme; and no element in the text of a formula, where programs differ in
//     what they read ([RuleOOXMLExternal]);
//   - carries no macros and no controls, and has no action and no name that runs them
//     ([RuleActiveContent]);
//   - numbers no row and no column beyond the last of the format, 1,048,576 and 16,384, has no cell
//     of a table that spans more than 1,024 columns or rows, no chart of more points than a sheet
//     has rows, and no part that says it has more than 16,777,216 shared strings
//     ([RuleOOXMLBounds]).
//
// Each part is judged by itself: a hyperlink of a relationship is noted, and a program that does
// not look at the types of relationships may take it for an image. Fields are put together from all
// the runs they are spread over. Markup compatibility (mc:AlternateContent and its like) hides
// nothing: every branch is judged, whichever a program takes. Names are compared without their
// namespaces, because Office knows several for each.
//
// Whether a relative target climbs out depends on where the part lies: say so with [PartName].
// Without it more than two steps upwards are refused.
func OOXML() Option {
	return func(c *setup.Config) { c.Choose(profileOOXML) }
}

// PartName tells [OOXML] the name of the part within its package, such as
// "word/_rels/document.xml.rels", from which relative targets count.
func PartName(name string) Option {
	return func(c *setup.Config) {
		if name == "" {
			c.Problem("PartName", "is empty")
		}
		c.PartName = name
	}
}
