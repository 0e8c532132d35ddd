package safexml

import (
	"bytes"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/refs"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// holdsXPath reports whether attributes of elements of the vocabulary may be XPath expressions.
func holdsXPath(v refs.Vocabulary) bool {
	return v == refs.XSLT || v == refs.Schematron || v == refs.XProc || v == refs.XForms
}

// xpath looks for calls of functions that read other resources, in text that is an XPath expression
// or, if templates is set, has expressions in braces.
func (r *reading) xpath(text []byte, cut, templates bool, at xmlscan.Position) error {
	w := refs.ByID("xslt-function")
	if cut {
		return r.refuse(w.Rule, at, "an attribute value longer than 64 KiB where a stylesheet may compute: it is not "+
			"looked through")
	}
	if templates && bytes.IndexByte(text, '{') < 0 {
		return nil
	}
	if err := r.bracedNames(text, at); err != nil {
		return err
	}
	for rest := text; ; {
		name, after := nextName(rest)
		if len(name) == 0 {
			return nil
		}
		if rest = after; !readsResources(name) {
			continue
		}
		uri, after, looked, called := firstArgument(rest)
		// The same comment or argument may stand after many names.
		if err := r.meter.Step(int64(looked / bytesPerStep)); err != nil {
			return err
		}
		if !called {
			continue
		}
		if err := r.refers(w, uri, at); err != nil {
			return err
		}
		rest = after
	}
}

// bracedNames looks for functions of program code by a name that needs no declaration (XPath 3.1,
// 2.0): Q{java:java.lang.Runtime}getRuntime().
func (r *reading) bracedNames(text []byte, at xmlscan.Position) error {
	for {
		_, after, found := bytes.Cut(text, []byte("Q{"))
		if !found {
			return nil
		}
		space, rest, _ := bytes.Cut(after, []byte("}"))
		if err := r.meter.Step(1 + int64(len(space)/bytesPerStep)); err != nil {
			return err
		}
		if namesCode(space) {
			if err := r.refuse(RuleActiveContent, at, "a function of program code: "+limits.Quote(string(space))); err != nil {
				return err
			}
		}
		text = rest
	}
}

// shadow returns the first expression in a shadow attribute of XSLT (XSLT 3.0, 3.13.2). A processor
// computes the attribute that it stands for before anything else, so the document does not tell
// which URI or function that names. A shadow attribute whose value is neither a URI nor an
// expression is let pass.
func shadow(a *xmlscan.Attr) (expression string, found bool) {
	if a.Colon >= 0 || a.Declaration || len(a.Name) < 2 || a.Name[0] != '_' {
		return "", false
	}
	switch string(a.Name[1:]) {
	case "streamable", "indent", "version", "visibility", "on-no-match", "expand-text", "use-accumulators", "typed",
		"default-mode", "input-type-annotations", "warning-on-no-match", "package-version", "new-each-time", "cache",
		"priority":
		return "", false
	}
	_, after, found := bytes.Cut(a.Value, []byte("{"))
	inner, _, _ := bytes.Cut(after, []byte("}"))
	return string(inner), found
}

// readsResources reports whether a function of XPath or XSLT, of EXSLT or EXPath, under any prefix,
// reads or writes what its arguments name, or can call one that does under a name that is computed.
func readsResources(name []byte) bool {
	switch string(name) {
	case "document", "doc", "collection", "uri-collection", "json-doc", "unparsed-text", "unparsed-text-lines",
		"transform", "load-xquery-module", "stream", "discard-document", "parse-document", "environment-variable",
		"read-text", "read-text-lines", "read-binary", "write-text", "write-text-lines", "write-binary",
		"append-text", "append-binary", "send-request",
		"doc-available", "unparsed-text-available", "stream-available", "parse-xml",
		"function-lookup", "evaluate", "eval":
		return true
	}
	return false
}

// namesCode reports whether the functions under the name of a namespace are those of a class or an
// assembly, or of the language that the processor is written in: Xalan, Saxon, Oracle's and PHP's
// processor call them from XPath.
func namesCode(space []byte) bool {
	for _, prefix := range [...]string{
		"java:", "xalan://", "clitype:",
		"http://xml.apache.org/xalan/java", "http://xml.apache.org/xslt/java", "http://xml.apache.org/xalan/xsltc/java",
		"http://xml.apache.org/xalan/sql", "http://saxon.sf.net/java-type", "http://saxon.sf.net/clitype",
		"http://saxon.sf.net/sql",
		"http://www.oracle.com/XSL/Transform/java", "http://php.net/xsl",
	} {
		if bytes.HasPrefix(bytes.TrimSpace(space), []byte(prefix)) {
			return true
		}
	}
	return false
}

// nextName finds the next name, and returns it and the text after it.
func nextName(text []byte) (name, rest []byte) {
	start := 0
	for start < len(text) && !isNameByte(text[start]) {
		start++
	}
	end := start
	for end < len(text) && isNameByte(text[end]) {
		end++
	}
	return text[start:end], text[end:]
}

// isNameByte tells the bytes of a name, but for the colon: a prefix is a name of its own.
func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.' ||
		c >= 0x80
}

// skipXPathSpace skips white space and comments (XPath 3.1, A.2.1).
func skipXPathSpace(text []byte) []byte {
	for {
		text = bytes.TrimLeft(text, " \t\r\n")
		if !bytes.HasPrefix(text, []byte("(:")) {
			return text
		}
		depth, i := 0, 0
		for i+1 < len(text) {
			switch {
			case text[i] == '(' && text[i+1] == ':':
				depth++
				i += 2
			case text[i] == ':' && text[i+1] == ')':
				depth--
				i += 2
			default:
				i++
			}
			if depth == 0 {
				break
			}
		}
		if depth != 0 {
			return nil
		}
		text = text[i:]
	}
}

// firstArgument returns what is named by the argument list that text begins with, without quotes if
// it is a literal, and the text after its parenthesis. A number sign, and the arity after it, stand
// for a list as well. looked is how much of text it took.
func firstArgument(text []byte) (argument string, rest []byte, looked int, called bool) {
	list := skipXPathSpace(text)
	looked = len(text) - len(list)
	if len(list) == 0 || list[0] != '(' && list[0] != '#' {
		return "", nil, looked, false
	}
	rest = list[1:]
	if list[0] == '#' {
		return "", rest, looked, true
	}
	list = bytes.TrimLeft(rest, " \t\r\n")
	if len(list) > 0 && (list[0] == '\'' || list[0] == '"') {
		if end := bytes.IndexByte(list[1:], list[0]); end >= 0 {
			return string(list[1 : 1+end]), rest, looked + end, true
		}
		looked += len(list)
	}
	end := bytes.IndexAny(list, ",)")
	if end < 0 {
		end = len(list)
	}
	const shown = 256 // Quote shows less.
	return strings.TrimSpace(limits.Quote(string(list[:min(end, shown)]))), rest, looked + end, true
}
