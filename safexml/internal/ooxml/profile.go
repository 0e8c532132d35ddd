package ooxml

import (
	"bytes"
	"path"
	"strconv"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/refs"
	"github.com/seed73825598/airlock/safexml/internal/rule"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

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

// A Profile holds the rules of parts of office documents. It sees one of them.
type Profile struct {
	part   string
	fields fieldStack
	kept   []kept // the texts that are judged at their end: formulas, and their like
	rels   bool   // the root element is Relationships
}

// A kept is the text of an element that is open.
type kept struct {
	text   *strings.Builder
	what   string // the name of the element
	depth  int    // its depth
	held   int    // what is accounted for it
	at     xmlscan.Position
	blank  bool // there is no text in it yet
	parted bool // there is an element in it
}

// fraction is what an f of Office Math is, which has elements in its text.
const fraction = "fraction"

// New returns a profile for one part; its name in the package may be empty.
func New(part string) *Profile { return &Profile{part: part} }

// Needs implements rule.Profile.
func (p *Profile) Needs() rule.Needs {
	return rule.Needs{Content: xmlscan.Of(xmlscan.Text, xmlscan.CDATA)}
}

// Start implements rule.Profile.
func (p *Profile) Start(d rule.Document) error {
	raw, colon := d.Name()
	local := string(raw[colon+1:])
	if d.Depth() == 1 {
		p.rels = local == "Relationships"
	} else if p.rels && (local != "Relationship" || d.Depth() != 2) {
		// Markup compatibility inside a list of relationships shows one program other relationships
		// than the next one.
		if err := d.Refuse(rule.OOXMLExternal, d.At(),
			"the element "+limits.Quote(local)+" among relationships, where programs differ in what they make of "+
				"it"); err != nil {
			return err
		}
	}
	if err := p.divide(d); err != nil {
		return err
	}
	if isJudged(local) {
		if err := oneReading(d); err != nil {
			return err
		}
	}
	switch local {
	case "Relationship":
		return p.relationship(d)
	case "Override", "Default":
		return contentType(d)
	case "fldSimple":
		return simpleField(d)
	case "fldChar":
		return p.fields.mark(d, attributeOf(d, "fldCharType"))
	case "instrText", "delInstrText":
		return p.fields.begin(d)
	case "t", "delText":
		return p.fields.beginText(d)
	case "row", "c", "col", "brk", "dimension", "mergeCell", "hyperlink", "selection", "pane", "sheetView", "autoFilter",
		"sortState", "table", "conditionalFormatting", "dataValidation", "protectedRange", "ignoredError", "comment",
		"threadedComment", "location", "worksheetSource", "dataRef":
		if err := p.bounds(d, local); err != nil {
			return err
		}
		if anchored(d, local) {
			if err := p.keepText(d, local); err != nil {
				return err
			}
		}
	case "Row", "Column", "sqref":
		if anchored(d, local) {
			if err := p.keepText(d, local); err != nil {
				return err
			}
		}
	case "gridSpan", "gridBefore", "gridAfter", "ptCount", "tc", "sst":
		if err := spans(d, local); err != nil {
			return err
		}
	case "f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula", "totalsRowFormula":
		if bytes.HasSuffix(d.Space(), []byte("/math")) {
			return p.keepText(d, fraction)
		}
		if err := p.bounds(d, local); err != nil {
			return err
		}
		if err := p.automatic(d, local); err != nil {
			return err
		}
		return p.keepText(d, local)
	case "FmlaMacro", "FmlaPict", "FmlaLink", "FmlaRange", "FmlaGroup", "FmlaTxbx", "HyperlinkBase":
		return p.keepText(d, local)
	case "cfvo":
		return inAttribute(d, "val")
	case "cacheField", "calculatedItem":
		return inAttribute(d, "formula")
	case "sp", "cxnSp", "pic", "graphicFrame", "controlPr", "objectPr", "formControlPr":
		return control(d)
	case "cmd":
		return command(d)
	case "olapPr", "oledbPr", "dataFeedPr", "DataMashup", "Schema", "DataBinding", "udl",
		"webPr", "dbPr", "textPr", "ddeLink", "oleLink", "connectString", "hlinkClick", "hlinkHover", "hlinkMouseOver":
		return query(d, local)
	case "externalBook", "externalReference", "attachedTemplate", "altChunk", "subDoc", "webPublishItem":
		// The target stands among the relationships; the element alone says that a program is
		// to look there.
		return external(d, officeBook, attributeOf(d, "id"), d.At(),
			"the element "+local+" merges in what lies elsewhere:")
	case "OLEObject":
		if strings.EqualFold(attributeOf(d, "Type"), "Link") {
			return external(d, officeBook, attributeOf(d, "id"), d.At(), "an object that is linked and not embedded:")
		}
	}
	for _, judge := range []func(rule.Document, string) error{p.loads, linked, ribbon, p.drawing} {
		if err := judge(d, local); err != nil {
			return err
		}
	}
	return nil
}

// isJudged reports whether what an element fetches or runs stands in its attributes.
func isJudged(local string) bool {
	switch local {
	case "Relationship", "Override", "Default", "fldSimple", "fldChar", "definedName", "cfvo", "cacheField",
		"calculatedItem", "webPr", "dbPr", "textPr", "olapPr", "oledbPr", "dataFeedPr", "cmd", "formControlPr",
		"ddeLink", "oleLink", "connectString", "hlinkClick", "hlinkHover", "hlinkMouseOver", "OLEObject", "webVideoPr",
		"connection", "taskpane", "webextension", "webextensionref", "attachedSchema", "gridSpan", "gridBefore",
		"gridAfter", "ptCount", "tc":
		return true
	}
	return false
}

// oneReading refuses two attributes of an element with one local name: the one that is judged need
// not be the one that a program reads.
func oneReading(d rule.Document) error {
	for i := range d.Attrs() {
		a := d.Attr(i)
		for j := range i {
			b := d.Attr(j)
			if a.Declaration || b.Declaration || !bytes.Equal(a.Name[a.Colon+1:], b.Name[b.Colon+1:]) {
				continue
			}
			return d.Refuse(rule.OOXMLExternal, d.AttrAt(i), "the attributes "+limits.Quote(string(b.Name))+" and "+
				limits.Quote(string(a.Name))+" of one element: programs differ in which of them they read")
		}
		if err := d.Step(int64(i)); err != nil {
			return err
		}
	}
	return nil
}

// attributeOf returns the value of an attribute of the element at hand by its local name, and ""
// where there is none.
func attributeOf(d rule.Document, local string) string {
	value, _ := findAttribute(d, local)
	return value
}

func findAttribute(d rule.Document, local string) (value string, at xmlscan.Position) {
	for i := range d.Attrs() {
		if a := d.Attr(i); !a.Declaration && string(a.Name[a.Colon+1:]) == local {
			return string(a.Value), d.AttrAt(i)
		}
	}
	return "", d.At()
}

// external reports what leads outside and refuses it.
func external(d rule.Document, mechanism string, uri string, at xmlscan.Position, why string) error {
	if err := d.Refers(mechanism, uri, at); err != nil {
		return err
	}
	return d.Refuse(rule.OOXMLExternal, at, why+" "+limits.Quote(uri))
}

// relationship judges one relationship (ECMA-376 part 2, 6.5).
func (p *Profile) relationship(d rule.Document) error {
	target, at := findAttribute(d, "Target")
	kind := attributeOf(d, "Type")
	kind = strings.ToLower(kind[strings.LastIndexByte(strings.TrimRight(kind, "/"), '/')+1:])
	mode := strings.TrimSpace(attributeOf(d, "TargetMode"))
	switch kind {
	case "vbaproject", "wordvbadata", "activexcontrol", "activexcontrolbinary", "control", "attachedtoolbars",
		"keymapcustomizations", "xlmacrosheet", "xlintlmacrosheet", "dialogsheet", "extensibility":
		return d.Refuse(rule.Active, at, "a relationship to macros or controls: "+limits.Quote(target))
	case "attachedtemplate":
		return external(d, officeRelationship, target, at, "the attached template")
	case "webextension", "webextensiontaskpanes":
		return external(d, officeRelationship, target, at, "a relationship to a program on the web:")
	case "afchunk":
		return external(d, officeRelationship, target, at, "a part in a foreign format that is merged in:")
	}
	switch {
	case strings.EqualFold(mode, "Internal"), mode == "":
		if why := p.leaves(target); why != "" {
			return external(d, officeRelationship, target, at, why)
		}
		return nil
	case kind == "hyperlink" && isPlace(target):
		return nil
	case kind == "hyperlink" && isWebLink(target):
		if d.Telling() {
			return d.Refers(officeRelationship, target, at)
		}
		return d.Note(at, "a hyperlink to "+limits.Quote(target))
	}
	return external(d, officeRelationship, target, at, "an external relationship to")
}

// unnamedClimb is how many steps upwards are taken for granted while the part's own name is not
// known: xl/worksheets lies that deep.
const unnamedClimb = 2

// leaves says how an internal target leads out of the package, or "" if it does not. It is read as
// the most generous program reads it.
func (p *Profile) leaves(target string) string {
	decoded := refs.Trim(target)
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
func contentType(d rule.Document) error {
	value, at := findAttribute(d, "ContentType")
	kind := strings.ToLower(value)
	for _, code := range []string{"vbaproject", "macroenabled", "activex", "macrosheet", "vbadata", "dialogsheet",
		"attachedtoolbars", "keymapcustomizations"} {
		if strings.Contains(kind, code) {
			return d.Refuse(rule.Active, at,
				"the content type "+limits.Quote(value)+" is one of macros or controls")
		}
	}
	if strings.Contains(kind, "webextension") {
		return external(d, officeExtension, value, at, "the content type is one of programs on the web:")
	}
	return nil
}

// query judges elements that describe where data come from, and actions of a click.
func query(d rule.Document, local string) error {
	names, mechanism := []string{"url", "connection", "sourceFile", "command"}, officeQuery
	switch local {
	case "ddeLink", "oleLink":
		names, mechanism = []string{"ddeService", "ddeTopic", "progId", "id"}, officeBook
	case "connectString", "udl":
		names, mechanism = []string{"val"}, officeMailMerge
	case "olapPr":
		names = []string{"localConnection"}
	case "Schema":
		names = []string{"SchemaRef"}
	case "DataBinding":
		names = []string{"FileBindingName"}
	case "hlinkClick", "hlinkHover", "hlinkMouseOver":
		return click(d, local)
	}
	for _, name := range names {
		if value, at := findAttribute(d, name); value != "" {
			return external(d, mechanism, value, at, "the element "+local+" has a program fetch")
		}
	}
	switch local {
	case "textPr", "dbPr", "olapPr", "Schema", "DataBinding":
		// Drawings have elements of these names as well; without a source they are no query.
		return nil
	case "webPr":
		if strings.Contains(string(d.Space()), "presentationml") {
			return nil // How slides are saved as pages.
		}
	}
	return external(d, mechanism, "", d.At(), "the element "+local+" has a program fetch")
}

// click judges what a click on a shape, or the pointer over it, leads to. A program follows the
// latter without a click.
func click(d rule.Document, local string) error {
	if target, at := findAttribute(d, "invalidUrl"); target != "" && !isWebLink(target) && LeadsOut(target) {
		return external(d, officeAction, target, at, "a hyperlink to")
	}
	action, at := findAttribute(d, "action")
	id := attributeOf(d, "id")
	if strings.TrimSpace(action) == "" && id != "" && local != "hlinkClick" {
		return external(d, officeAction, id, at, "the element "+local+" follows, without a click, the relationship")
	}
	return act(d, action, at)
}

// act judges what a click on a shape does. A target that is not known to stay inside the slides
// does not.
func act(d rule.Document, action string, at xmlscan.Position) error {
	verb, isAction := strings.CutPrefix(strings.ToLower(strings.TrimSpace(action)), "ppaction://")
	verb, _, _ = strings.Cut(verb, "?")
	switch {
	case strings.TrimSpace(action) == "":
		return nil
	case !isAction, verb == "hlinkfile", verb == "hlinkpres":
		return external(d, officeAction, action, at, "the action")
	case verb == "hlinkshowjump", verb == "hlinksldjump", verb == "customshow", verb == "noaction", verb == "media":
		return nil
	}
	if err := d.Refers(officeAction, action, at); err != nil {
		return err
	}
	return d.Refuse(rule.Active, at, "the action "+limits.Quote(action)+" runs a program or a macro")
}

// drawing judges the sources of VML, which names them without relationships.
func (p *Profile) drawing(d rule.Document, local string) error {
	if !strings.HasPrefix(string(d.Space()), "urn:schemas-microsoft-com:") {
		return nil
	}
	for i := range d.Attrs() {
		a := d.Attr(i)
		switch string(a.Name[a.Colon+1:]) {
		case "src", "href", "althref":
			uri := refs.Trim(string(a.Value))
			if clicked := string(a.Name) == "href" && isWebLink(uri); clicked || uri == "" || uri[0] == '#' ||
				p.leaves(uri) == "" {
				continue
			}
			if err := external(d, officeVML, string(a.Value), d.AttrAt(i),
				"the drawing element "+local+" names"); err != nil {
				return err
			}
		}
	}
	return nil
}

// divide notes an element that begins in a text that is judged.
func (p *Profile) divide(d rule.Document) error {
	if len(p.kept) == 0 {
		return nil
	}
	k := &p.kept[len(p.kept)-1]
	k.parted = true
	return k.mixed(d)
}

// mixed refuses an element in a text that is judged, where there is text beside it: programs differ
// in whether they read what stands before the element, after it, in it, or all.
func (k *kept) mixed(d rule.Document) error {
	if k.blank || k.what == fraction {
		return nil
	}
	return d.Refuse(rule.OOXMLExternal, d.At(), "an element in the text of "+k.what+
		", where programs differ in what they read")
}

// keptBytes is what a kept text takes besides its bytes, with room for a larger slice of them.
const keptBytes = 256

// keepText keeps the text of the element that begins.
func (p *Profile) keepText(d rule.Document, local string) error {
	if err := d.Hold(keptBytes); err != nil {
		return err
	}
	p.kept = append(p.kept, kept{text: new(strings.Builder), what: local, depth: d.Depth(), held: keptBytes, at: d.At(),
		blank: true})
	return nil
}

// judge judges the text of an element that has ended.
func (k *kept) judge(d rule.Document) error {
	text := k.text.String()
	switch k.what {
	case "FmlaMacro":
		return macro(d, text, k.at)
	case "row", "col", "Row", "Column", "sqref":
		return within(d, k.what, text, k.at)
	case "HyperlinkBase":
		if namesServer(text) {
			return external(d, officeRelationship, text, k.at, "the base of hyperlinks is")
		}
		return nil
	}
	return judgeFormula(d, text, k.at)
}

// Text implements rule.Texts.
func (p *Profile) Text(d rule.Document, _ xmlscan.Kind, data []byte) error {
	if len(p.kept) > 0 {
		if err := d.Hold(len(data)); err != nil {
			return err
		}
		k := &p.kept[len(p.kept)-1]
		k.held += len(data)
		k.text.Write(data)
		if k.blank = k.blank && len(bytes.TrimSpace(data)) == 0; k.parted && d.Depth() == k.depth {
			if err := k.mixed(d); err != nil {
				return err
			}
		}
	}
	return p.fields.text(d, data)
}

// End implements rule.Profile.
func (p *Profile) End(d rule.Document) error {
	p.fields.leave(d.Depth())
	last := len(p.kept) - 1
	if last < 0 || d.Depth() != p.kept[last].depth {
		return nil
	}
	k := p.kept[last]
	p.kept = p.kept[:last]
	d.Release(k.held)
	return k.judge(d)
}

// inAttribute judges a formula that is the value of an attribute.
func inAttribute(d rule.Document, name string) error {
	formula, at := findAttribute(d, name)
	return judgeFormula(d, formula, at)
}

// judgeFormula refuses a formula that fetches, or whose hyperlinks lead to files and programs.
func judgeFormula(d rule.Document, formula string, at xmlscan.Position) error {
	for call := range Calls(formula) {
		if err := d.Step(1 + int64(len(call.Text)/16)); err != nil {
			return err
		}
		if call.Link {
			address, literal := FirstString(call.Text)
			// A sheet may have a link in each row: those to the web are told, and not noted.
			if !literal || !d.Telling() && isWebLink(address) {
				continue
			}
			if err := hyperlink(d, officeFormula, address, at); err != nil {
				return err
			}
			continue
		}
		if err := d.Refers(officeFormula, ResourceOf(call.Text), at); err != nil {
			return err
		}
		if err := d.Refuse(rule.OOXMLExternal, at, "a formula that reads "+limits.Quote(call.Text)); err != nil {
			return err
		}
	}
	return nil
}

// Finish implements rule.Finishes.
func (p *Profile) Finish(d rule.Document) error { return p.fields.finish(d) }
