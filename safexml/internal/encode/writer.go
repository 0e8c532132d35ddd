// Package encode writes XML. A scan of its own checks the output besides, so this package sees to
// what a scan cannot: that text, names, comments and instructions stay what they are given as, and
// bring in no markup.
package encode

import (
	"encoding/xml"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// ruleNotWellFormed is the rule for everything that no document can hold.
const ruleNotWellFormed limits.Rule = "not-well-formed"

const (
	xmlNamespace = "http://www.w3.org/XML/1998/namespace"
	xmlnsName    = "xmlns"

	// blockBytes is how much is written before it is handed on.
	blockBytes = 32 << 10
	// elementBytes is what an open element takes, with its place in a list that doubles.
	elementBytes = 128
)

// A Namespace is a prefix and what it stands for.
type Namespace struct{ Prefix, URI string }

// Config says how a document is written.
type Config struct {
	Op         string      // the operation, for errors
	Namespaces []Namespace // declared on the root element
	EmptyTags  bool        // an element without content is one tag

	Indenting bool // elements stand on lines of their own
	Prefix    string
	Indent    string

	// Take takes what has been written; it must not keep it.
	Take func(block []byte) error
	// Hold accounts for n bytes of memory.
	Hold func(n int) error
	// Step pays for n steps of work.
	Step func(n int64) error
}

// A Writer writes one document. Its first error ends it. It is for one goroutine.
type Writer struct {
	cfg      Config
	out      []byte
	taken    int64 // bytes before out
	err      error
	started  bool // something has been written
	pending  bool // the > of a start tag is still to come
	open     []element
	bindings []binding
	spent    int // prefixes that were made up
	names    []qualified
	extra    []Namespace // declared on the start tag at hand, besides its own attributes
	attrs    []xml.Attr  // of a value, until its start tag is written
}

// An element is one that is open.
type element struct {
	name     xml.Name
	prefix   string // of its name as it is written
	bindings int    // how many there were before it
	text     bool   // it has text
	child    bool   // it has something on a line of its own
}

// A binding is a prefix in scope. One that was made up for an attribute serves no element: those
// that are given no namespace take the default of the element around them, as encoding/xml has it.
type binding struct {
	Namespace
	invented bool
}

// qualified is the name of an attribute as it is written.
type qualified struct{ prefix, local string }

// New returns a writer.
func New(c Config) *Writer {
	return &Writer{cfg: c, bindings: []binding{{Namespace: Namespace{"xml", xmlNamespace}}}}
}

// Fail ends the writer with an error from outside, and returns what it has ended with.
func (w *Writer) Fail(err error) error { return w.fail(err) }

// fail ends the writer.
func (w *Writer) fail(err error) error {
	if w.err == nil && err != nil {
		w.err, w.out = err, nil
	}
	return w.err
}

// refuse ends the writer for what no document can hold.
func (w *Writer) refuse(detail string) error {
	where := ""
	if n := len(w.open); n > 0 {
		where = w.open[n-1].name.Local
	}
	return w.fail(&limits.RuleError{Op: w.cfg.Op, Rule: ruleNotWellFormed, Where: where,
		Offset: w.taken + int64(len(w.out)), Detail: detail})
}

// Flush hands on what has been written, but for the end of a start tag that may become an empty
// one.
func (w *Writer) Flush() error {
	if w.err != nil || len(w.out) == 0 {
		return w.err
	}
	w.taken += int64(len(w.out))
	if err := w.cfg.Take(w.out); err != nil {
		return w.fail(err)
	}
	w.out = w.out[:0]
	return nil
}

// room hands on what has been written if that is a block.
func (w *Writer) room() error {
	if len(w.out) < blockBytes {
		return w.err
	}
	return w.Flush()
}

// Finish ends the document, whose elements must have ended.
func (w *Writer) Finish() error {
	if w.err == nil && len(w.open) > 0 {
		return w.refuse("the element has not ended")
	}
	return w.Flush()
}

// content begins something inside the element at hand.
func (w *Writer) content() {
	if w.pending {
		w.out = append(w.out, '>')
		w.pending = false
	}
	w.started = true
}

// line begins a line for a tag, a comment or an instruction, unless text stands beside it.
func (w *Writer) line(depth int) {
	if !w.cfg.Indenting || !w.started {
		return
	}
	if n := len(w.open); n > 0 && w.open[n-1].text {
		return
	}
	w.out = append(w.out, '\n')
	w.out = append(w.out, w.cfg.Prefix...)
	for range depth {
		w.out = append(w.out, w.cfg.Indent...)
	}
}

// child begins a node on a line of its own.
func (w *Writer) child() {
	if w.pending {
		w.out = append(w.out, '>')
		w.pending = false
	}
	w.line(len(w.open))
	w.started = true
	if n := len(w.open); n > 0 {
		w.open[n-1].child = true
	}
}

// Start writes a start tag. A name with a namespace gets a prefix that is declared for it, or the
// default namespace, or a declaration of its own; one without is written as it is.
func (w *Writer) Start(name xml.Name, attrs []xml.Attr) error {
	if w.err != nil {
		return w.err
	}
	before := len(w.bindings)
	if err := w.checkNames(name, attrs); err != nil {
		return err
	}
	w.child()
	w.declare(attrs)
	own := w.bindings[before:]
	prefix := w.elementPrefix(name.Space, own)
	w.attrPrefixes(attrs)
	w.out = append(w.out, '<')
	w.elementName(prefix, name.Local)
	if len(w.open) == cap(w.open) {
		if err := w.cfg.Hold(elementBytes * max(8, len(w.open))); err != nil {
			return w.fail(err)
		}
	}
	w.open = append(w.open, element{name: name, prefix: prefix, bindings: before})
	for _, ns := range w.extra {
		w.declaration(ns)
	}
	for i := range attrs {
		if attrs[i].Name.Local != "" {
			w.attribute(w.names[i], attrs[i].Value)
		}
	}
	w.pending = true
	return w.room()
}

// elementName writes the name of an element.
func (w *Writer) elementName(prefix, local string) {
	if prefix != "" {
		w.out = append(append(w.out, prefix...), ':')
	}
	w.out = append(w.out, local...)
}

// checkNames refuses names that are not names, or that bring in markup.
func (w *Writer) checkNames(name xml.Name, attrs []xml.Attr) error {
	if !xmlscan.IsNCName(name.Local) {
		return w.refuse(limits.Quote(name.Local) + " is no name of an element")
	}
	for i := range attrs {
		if local := attrs[i].Name.Local; local != "" && !xmlscan.IsNCName(local) {
			return w.refuse(limits.Quote(local) + " is no name of an attribute")
		}
	}
	return nil
}

// declaresPrefix returns the prefix that an attribute declares, "" for the default namespace.
func declaresPrefix(a *xml.Attr) (prefix string, ok bool) {
	switch {
	case a.Name.Space == xmlnsName:
		return a.Name.Local, true
	case a.Name.Space == "" && a.Name.Local == xmlnsName:
		return "", true
	}
	return "", false
}

// declare takes the declarations among the attributes of a start tag, and on the root element those
// of the configuration.
func (w *Writer) declare(attrs []xml.Attr) {
	w.extra = w.extra[:0]
	before := len(w.bindings)
	for i := range attrs {
		if prefix, ok := declaresPrefix(&attrs[i]); ok {
			w.bindings = append(w.bindings, binding{Namespace: Namespace{prefix, attrs[i].Value}})
		}
	}
	if len(w.open) > 0 {
		return
	}
	own := w.bindings[before:]
	for _, ns := range w.cfg.Namespaces {
		if !declares(own, ns.Prefix) {
			w.bind(ns, false)
		}
	}
}

// bind declares a prefix on the start tag at hand.
func (w *Writer) bind(ns Namespace, invented bool) {
	w.bindings = append(w.bindings, binding{ns, invented})
	w.extra = append(w.extra, ns)
}

// declares reports whether one of the declarations is of a prefix.
func declares(list []binding, prefix string) bool {
	for i := range list {
		if list[i].Prefix == prefix {
			return true
		}
	}
	return false
}

// bindingsPerStep is how many declarations in scope are looked at for a step.
const bindingsPerStep = 64

// payLook pays for a look at all declarations in scope; those before an element's own are few,
// because a scan has held them to a limit, but its own are as many as its attributes.
func (w *Writer) payLook() error {
	return w.fail(w.cfg.Step(int64(len(w.bindings) / bindingsPerStep)))
}

// resolve returns what a prefix stands for, "" for nothing.
func (w *Writer) resolve(prefix string) string {
	if w.payLook() != nil {
		return ""
	}
	for _, b := range slices.Backward(w.bindings) {
		if b.Prefix == prefix {
			return b.URI
		}
	}
	return ""
}

// bound returns the innermost prefix that stands for a namespace.
func (w *Writer) bound(space string, attribute bool) (prefix string, ok bool) {
	if w.payLook() != nil {
		return "", false
	}
	for i := len(w.bindings) - 1; i >= 0; i-- {
		b := &w.bindings[i]
		if b.URI == space && (attribute && b.Prefix != "" || !attribute && !b.invented) && w.resolve(b.Prefix) == space {
			return b.Prefix, true
		}
	}
	return "", false
}

// elementPrefix returns the prefix for an element. own are the declarations of its own start tag.
func (w *Writer) elementPrefix(space string, own []binding) string {
	if space == "" {
		return ""
	}
	if prefix, ok := w.bound(space, false); ok {
		return prefix
	}
	if declares(own, "") {
		return w.invent(space)
	}
	w.bind(Namespace{"", space}, false)
	return ""
}

// attrPrefixes finds the prefixes for the attributes of a start tag.
func (w *Writer) attrPrefixes(attrs []xml.Attr) {
	w.names = w.names[:0]
	for i := range attrs {
		a := &attrs[i]
		q := qualified{local: a.Name.Local}
		if _, ok := declaresPrefix(a); ok {
			if a.Name.Space == xmlnsName {
				q.prefix = xmlnsName
			}
		} else if a.Name.Space != "" {
			prefix, ok := w.bound(a.Name.Space, true)
			if !ok {
				prefix = w.invent(a.Name.Space)
			}
			q.prefix = prefix
		}
		w.names = append(w.names, q)
	}
}

// invent declares a prefix of its own for a namespace.
func (w *Writer) invent(space string) string {
	for {
		w.spent++
		prefix := "ns" + strconv.Itoa(w.spent)
		if w.resolve(prefix) == "" {
			w.bind(Namespace{prefix, space}, true)
			return prefix
		}
	}
}

func (w *Writer) declaration(ns Namespace) {
	if ns.Prefix == "" {
		w.attribute(qualified{local: xmlnsName}, ns.URI)
		return
	}
	w.attribute(qualified{prefix: xmlnsName, local: ns.Prefix}, ns.URI)
}

// attribute writes one attribute.
func (w *Writer) attribute(name qualified, value string) {
	w.out = append(w.out, ' ')
	if name.prefix != "" {
		w.out = append(append(w.out, name.prefix...), ':')
	}
	w.out = append(append(w.out, name.local...), '=', '"')
	w.escape(value, &inValue)
	w.out = append(w.out, '"')
}

// End writes the end tag of the innermost element, which must have the name.
func (w *Writer) End(name xml.Name) error {
	if w.err != nil {
		return w.err
	}
	n := len(w.open) - 1
	if n < 0 {
		return w.refuse("an end tag of " + limits.Quote(name.Local) + " without its start tag")
	}
	e := &w.open[n]
	if e.name != name {
		return w.refuse("an end tag of " + limits.Quote(name.Local) + " where another element is open")
	}
	switch {
	case w.pending && w.cfg.EmptyTags:
		w.out = append(w.out, '/', '>')
		w.pending = false
	default:
		if w.pending {
			w.out = append(w.out, '>')
			w.pending = false
		}
		if e.child {
			w.line(n)
		}
		w.out = append(w.out, '<', '/')
		w.elementName(e.prefix, e.name.Local)
		w.out = append(w.out, '>')
	}
	w.bindings = w.bindings[:e.bindings]
	w.open[n] = element{}
	w.open = w.open[:n]
	return w.room()
}

// mixed notes that the element at hand has text.
func (w *Writer) mixed() {
	w.content()
	if n := len(w.open); n > 0 {
		w.open[n-1].text = true
	}
}

// Text writes character data.
func (w *Writer) Text(text string) error {
	if w.err != nil || text == "" {
		return w.err
	}
	w.mixed()
	w.escape(text, &inText)
	return w.room()
}

// The characters that are escaped in text, and in an attribute value.
var (
	inText  = [256]string{'&': "&amp;", '<': "&lt;", '>': "&gt;", '\r': "&#xD;"}
	inValue = [256]string{'&': "&amp;", '<': "&lt;", '>': "&gt;", '\r': "&#xD;", '"': "&#34;", '\t': "&#x9;",
		'\n': "&#xA;"}
)

// escape writes text so that it is read as it is. A long one is handed on in blocks.
func (w *Writer) escape(text string, escapes *[256]string) {
	for len(text) > blockBytes && w.err == nil {
		piece := cut(text, blockBytes)
		text = text[len(piece):]
		w.escapePiece(piece, escapes)
		_ = w.room() // Remembered.
	}
	if w.err == nil {
		w.escapePiece(text, escapes)
	}
}

func (w *Writer) escapePiece(text string, escapes *[256]string) {
	from := 0
	for i := range len(text) {
		if escape := escapes[text[i]]; escape != "" {
			w.out = append(append(w.out, text[from:i]...), escape...)
			from = i + 1
		}
	}
	w.out = append(w.out, text[from:]...)
}

// cut returns the first n bytes of a text, or up to three fewer, so that no character is divided.
func cut(text string, n int) string {
	for i := n; i > n-utf8.UTFMax; i-- {
		if utf8.RuneStart(text[i]) {
			return text[:i]
		}
	}
	return text[:n]
}

// CDATA writes character data in a CDATA section, or several where it holds what ends one, or what
// a section cannot hold as it is.
func (w *Writer) CDATA(text string) error {
	if w.err != nil || text == "" {
		return w.err
	}
	w.mixed()
	w.out = append(w.out, "<![CDATA["...)
	for len(text) > 0 && w.err == nil {
		i := strings.IndexAny(text, "\r]")
		switch {
		case i < 0:
			w.out = append(w.out, text...)
			text = ""
		case text[i] == '\r':
			w.out = append(append(w.out, text[:i]...), "]]>&#xD;<![CDATA["...)
			text = text[i+1:]
		case strings.HasPrefix(text[i:], "]]>"):
			w.out = append(append(w.out, text[:i]...), "]]]]><![CDATA[>"...)
			text = text[i+3:]
		default:
			w.out = append(w.out, text[:i+1]...)
			text = text[i+1:]
		}
	}
	w.out = append(w.out, "]]>"...)
	return w.room()
}

// Comment writes a comment.
func (w *Writer) Comment(text string) error {
	switch {
	case w.err != nil:
		return w.err
	case strings.Contains(text, "--") || strings.HasSuffix(text, "-"):
		return w.refuse("a comment that holds --, or ends with -")
	case strings.ContainsRune(text, '\r'):
		return w.refuse("a comment with a carriage return, which would be read as a line end")
	}
	w.child()
	w.out = append(append(append(w.out, "<!--"...), text...), "-->"...)
	return w.room()
}

// Instruction writes a processing instruction, or before everything else the XML declaration.
func (w *Writer) Instruction(target, text string) error {
	switch {
	case w.err != nil:
		return w.err
	case !xmlscan.IsNCName(target):
		return w.refuse(limits.Quote(target) + " is no target of a processing instruction")
	case strings.EqualFold(target, "xml") && (w.started || target != "xml"):
		return w.refuse("an XML declaration that is not first")
	case strings.Contains(text, "?>"):
		return w.refuse("a processing instruction that holds ?>")
	case strings.ContainsRune(text, '\r'):
		return w.refuse("a processing instruction with a carriage return, which would be read as a line end")
	case strings.TrimLeft(text, " \t\n") != text:
		return w.refuse("a processing instruction that begins with white space, which would not be read")
	}
	w.child()
	w.out = append(append(w.out, "<?"...), target...)
	if text != "" {
		w.out = append(append(w.out, ' '), text...)
	}
	w.out = append(w.out, "?>"...)
	return w.room()
}
