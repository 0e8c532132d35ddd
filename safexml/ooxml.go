package safexml

import (
	"path"
	"strconv"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/ooxml"
	"github.com/seed73825598/airlock/safexml/internal/refs"
	"github.com/seed73825598/airlock/safexml/internal/setup"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// OOXML takes the XML parts of office documents (.docx, .xlsx, .pptx; ECMA-376), one by one: those
// of a package that safezip has unpacked, relationships (.rels) and [Content_Types].xml included.
// Besides the rules for all documents such a part
//
//   - leads nowhere outside the package: no relationship with TargetMode External but hyperlinks to
//     http, https and mailto, which go to Report.Notes; no target that climbs out of the package;
//     no attached template, schema or schema library; no part in a foreign format that is merged in;
//     no query, connection file, web page, online video, task pane, web extension, mail merge or link
//     to another book, by a relationship or by its path in a formula; no field and no function that
//     fetches ([RuleOOXMLExternal]);
//   - carries no macros and no controls, and names no action and defines no name that runs them
//     ([RuleActiveContent]);
//   - numbers no row and no column beyond the last of the format, 1,048,576 and 16,384
//     ([RuleOOXMLBounds]).
//
// Fields are put together from all the runs they are spread over. Markup compatibility
// (mc:AlternateContent and its like) hides nothing: every branch is judged, whichever a program
// takes. Names are compared without their namespaces, because Office knows several for each.
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

// The mechanisms that parts of office documents have.
const (
	officeRelationship = "ooxml-relationship"
	officeField        = "ooxml-field"
	officeFormula      = "ooxml-formula"
	officeQuery        = "ooxml-query"
	officeBook         = "ooxml-external-book"
	officeMailMerge    = "ooxml-mail-merge"
	officeAction       = "ooxml-action"
	officeVML          = "vml-src"
	officeVideo        = "ooxml-video"
	officeExtension    = "ooxml-web-extension"
	officeSchema       = "ooxml-schema"
)

// office is the profile of parts of office documents.
type office struct {
	part   string
	fields fieldStack
	open   *strings.Builder // the formula that is open
	depth  int              // its depth
	held   int              // what is accounted for it
	at     xmlscan.Position
	rels   bool // the root element is Relationships
}

func (p *office) holds() bool { return false }

func (p *office) keeps() xmlscan.Set { return xmlscan.Of(xmlscan.Text, xmlscan.CDATA) }

func (p *office) start(r *reading) error {
	s := r.scan
	raw, colon := s.Name()
	local := string(raw[colon+1:])
	if s.Depth() == 1 {
		p.rels = local == "Relationships"
	} else if p.rels && (local != "Relationship" || s.Depth() != 2) {
		// Markup compatibility inside a list of relationships shows one program other relationships
		// than the next one.
		if err := r.refuse(RuleOOXMLExternal, s.At(),
			"the element "+limits.Quote(local)+" among relationships, where programs differ in what they make of it"); err != nil {
			return err
		}
	}
	switch local {
	case "Relationship":
		return p.relationship(r)
	case "Override", "Default":
		return p.contentType(r)
	case "fldSimple":
		return p.simpleField(r)
	case "fldChar":
		return p.fields.mark(r, attributeOf(r, "fldCharType"))
	case "instrText", "delInstrText":
		return p.fields.begin(r)
	case "row", "c", "col", "brk", "dimension", "mergeCell":
		if err := p.bounds(r, local); err != nil {
			return err
		}
	case "f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula", "totalsRowFormula":
		if err := p.bounds(r, local); err != nil {
			return err
		}
		if err := p.automatic(r, local); err != nil {
			return err
		}
		p.open, p.depth, p.at = new(strings.Builder), s.Depth(), s.At()
		return nil
	case "webPr", "dbPr", "textPr", "ddeLink", "oleLink", "connectString", "hlinkClick", "hlinkHover", "hlinkMouseOver":
		return p.query(r, local)
	case "externalBook", "externalReference", "attachedTemplate", "altChunk", "subDoc", "webPublishItem":
		// What they name stands among the relationships; the element alone says that a program is
		// to look there.
		return p.external(r, officeBook, attributeOf(r, "id"), s.At(),
			"the element "+local+" merges in what lies elsewhere:")
	case "OLEObject":
		if strings.EqualFold(attributeOf(r, "Type"), "Link") {
			return p.external(r, officeBook, attributeOf(r, "id"), s.At(), "an object that is linked and not embedded:")
		}
	}
	if err := p.loads(r, local); err != nil {
		return err
	}
	return p.drawing(r, local)
}

// attributeOf returns the value of an attribute of the element at hand by its local name, and ""
// where there is none.
func attributeOf(r *reading, local string) string {
	value, _ := findAttribute(r, local)
	return value
}

func findAttribute(r *reading, local string) (value string, at xmlscan.Position) {
	for i := range r.scan.Attrs() {
		if a := r.scan.Attr(i); !a.Declaration && string(a.Name[a.Colon+1:]) == local {
			return string(a.Value), r.scan.AttrAt(i)
		}
	}
	return "", r.scan.At()
}

// external reports what leads outside and refuses it.
func (p *office) external(r *reading, mechanism string, uri string, at xmlscan.Position, why string) error {
	if err := r.refers(refs.ByID(mechanism), uri, at); err != nil {
		return err
	}
	return r.refuse(RuleOOXMLExternal, at, why+" "+limits.Quote(uri))
}

// relationship judges one relationship (ECMA-376 part 2, 6.5).
func (p *office) relationship(r *reading) error {
	target, at := findAttribute(r, "Target")
	kind := attributeOf(r, "Type")
	kind = strings.ToLower(kind[strings.LastIndexByte(strings.TrimRight(kind, "/"), '/')+1:])
	mode := strings.TrimSpace(attributeOf(r, "TargetMode"))
	switch kind {
	case "vbaproject", "wordvbadata", "activexcontrol", "activexcontrolbinary", "control", "attachedtoolbars",
		"keymapcustomizations", "xlmacrosheet", "xlintlmacrosheet", "dialogsheet", "extensibility":
		return r.refuse(RuleActiveContent, at, "a relationship to macros or controls: "+limits.Quote(target))
	case "attachedtemplate":
		return p.external(r, officeRelationship, target, at, "the attached template")
	case "webextension", "webextensiontaskpanes":
		return p.external(r, officeRelationship, target, at, "a relationship to a program on the web:")
	case "afchunk":
		return p.external(r, officeRelationship, target, at, "a part in a foreign format that is merged in:")
	}
	switch {
	case strings.EqualFold(mode, "Internal"), mode == "":
		if why := p.leaves(target); why != "" {
			return p.external(r, officeRelationship, target, at, why)
		}
		return nil
	case kind == "hyperlink" && isWebLink(target):
		if r.tell != nil {
			return r.refers(refs.ByID(officeRelationship), target, at)
		}
		return r.note("", at, "a hyperlink to "+limits.Quote(target))
	}
	return p.external(r, officeRelationship, target, at, "an external relationship to")
}

// isWebLink reports whether a hyperlink leads where a browser or a mail program is asked first.
func isWebLink(target string) bool {
	scheme, _, found := strings.Cut(trimURI(target), ":")
	return found && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https") ||
		strings.EqualFold(scheme, "mailto"))
}

// unnamedClimb is how many steps upwards are taken for granted while the part's own name is not
// known: xl/worksheets lies that deep.
const unnamedClimb = 2

// leaves says how an internal target leads out of the package, or "" if it does not. It is read as
// the most generous program reads it.
func (p *office) leaves(target string) string {
	decoded := trimURI(target)
	for range 2 { // Some programs resolve escapes twice.
		decoded = unescapePercent(decoded)
	}
	decoded = strings.ReplaceAll(decoded, `\`, "/")
	if strings.HasPrefix(decoded, "//") {
		return "an internal target that names a server:"
	}
	name, _, _ := strings.Cut(decoded, "#")
	if colon := strings.IndexByte(name, ':'); colon >= 0 && !strings.Contains(name[:colon], "/") {
		return "an internal target with a scheme:"
	}
	base, room := "", unnamedClimb
	if p.part != "" {
		// Targets count from the folder of the part that the relationships are of.
		base, room = path.Dir(path.Dir(strings.TrimPrefix(p.part, "/"))), 0
	}
	if strings.HasPrefix(name, "/") {
		base, room = "", 0
	}
	depth := room
	for step := range strings.SplitSeq(base+"/"+name, "/") {
		switch step {
		case "", ".":
		case "..":
			if depth--; depth < 0 {
				return "a target that climbs out of the package:"
			}
		default:
			depth++
		}
	}
	return ""
}

// unescapePercent resolves escapes of two hexadecimal digits and leaves anything else.
func unescapePercent(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if c, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				b.WriteByte(byte(c))
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// contentType refuses types of parts that hold code, in [Content_Types].xml.
func (p *office) contentType(r *reading) error {
	value, at := findAttribute(r, "ContentType")
	kind := strings.ToLower(value)
	for _, code := range []string{"vbaproject", "macroenabled", "activex", "macrosheet", "vbadata"} {
		if strings.Contains(kind, code) {
			return r.refuse(RuleActiveContent, at,
				"the content type "+limits.Quote(value)+" is one of macros or controls")
		}
	}
	if strings.Contains(kind, "webextension") {
		return p.external(r, officeExtension, value, at, "the content type is one of programs on the web:")
	}
	return nil
}

// query judges elements that describe where data come from, and actions of a click.
func (p *office) query(r *reading, local string) error {
	names, mechanism := []string{"url", "connection", "sourceFile", "command"}, officeQuery
	switch local {
	case "ddeLink", "oleLink":
		names, mechanism = []string{"ddeService", "ddeTopic", "progId", "id"}, officeBook
	case "connectString":
		names, mechanism = []string{"val"}, officeMailMerge
	case "hlinkClick", "hlinkHover", "hlinkMouseOver":
		action, at := findAttribute(r, "action")
		return p.action(r, action, at)
	}
	for _, name := range names {
		if value, at := findAttribute(r, name); value != "" {
			return p.external(r, mechanism, value, at, "the element "+local+" has a program fetch")
		}
	}
	if local == "textPr" || local == "dbPr" {
		// Drawings have elements of these names as well; without a source they are no query.
		return nil
	}
	return p.external(r, mechanism, "", r.scan.At(), "the element "+local+" has a program fetch")
}

// action judges what a click on a shape does. What is not known to stay inside the slides does not.
func (p *office) action(r *reading, action string, at xmlscan.Position) error {
	verb, isAction := strings.CutPrefix(strings.ToLower(strings.TrimSpace(action)), "ppaction://")
	verb, _, _ = strings.Cut(verb, "?")
	switch {
	case strings.TrimSpace(action) == "":
		return nil
	case !isAction, verb == "hlinkfile", verb == "hlinkpres":
		return p.external(r, officeAction, action, at, "the action")
	case verb == "hlinkshowjump", verb == "hlinksldjump", verb == "customshow", verb == "noaction", verb == "media":
		return nil
	}
	if err := r.refers(refs.ByID(officeAction), action, at); err != nil {
		return err
	}
	return r.refuse(RuleActiveContent, at, "the action "+limits.Quote(action)+" runs a program or a macro")
}

// drawing judges the sources of VML, which names them without relationships.
func (p *office) drawing(r *reading, local string) error {
	if !strings.HasPrefix(string(r.scan.Space()), "urn:schemas-microsoft-com:") {
		return nil
	}
	for i := range r.scan.Attrs() {
		a := r.scan.Attr(i)
		switch string(a.Name[a.Colon+1:]) {
		case "src", "href", "althref":
			uri := trimURI(string(a.Value))
			if clicked := string(a.Name) == "href" && isWebLink(uri); clicked || uri == "" || uri[0] == '#' ||
				p.leaves(uri) == "" {
				continue
			}
			if err := p.external(r, officeVML, string(a.Value), r.scan.AttrAt(i),
				"the drawing element "+local+" names"); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *office) text(r *reading, _ xmlscan.Kind, data []byte) error {
	if p.open != nil {
		if err := r.hold(len(data)); err != nil {
			return err
		}
		p.held += len(data)
		p.open.Write(data)
	}
	return p.fields.text(r, data)
}

func (p *office) end(r *reading) error {
	p.fields.leave(r.scan.Depth())
	if p.open == nil || r.scan.Depth() != p.depth {
		return nil
	}
	formula := p.open.String()
	p.open = nil
	r.meter.Release(limits.MemoryBytes, int64(p.held))
	p.held = 0
	if call := ooxml.FetchingCall(formula); call != "" {
		if err := r.refers(refs.ByID(officeFormula), ooxml.ResourceOf(call), p.at); err != nil {
			return err
		}
		return r.refuse(RuleOOXMLExternal, p.at, "a formula that reads "+limits.Quote(call))
	}
	return nil
}

func (p *office) node(*reading, xmlscan.Kind) error { return nil }

func (p *office) finish(r *reading) error { return p.fields.finish(r) }
