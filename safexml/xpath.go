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
	for rest := text; ; {
		uri, after, found := nextCall(rest)
		if !found {
			return nil
		}
		if err := r.refers(w, uri, at); err != nil {
			return err
		}
		rest = after
	}
}

// readsResources reports whether a function of XPath or XSLT, under any prefix, reads what its
// arguments name.
func readsResources(name []byte) bool {
	switch string(name) {
	case "document", "doc", "collection", "uri-collection", "json-doc", "unparsed-text", "unparsed-text-lines",
		"transform",
		"load-xquery-module", "stream", "discard-document", "read-text", "read-binary", "parse-document":
		return true
	}
	return false
}

// nextCall finds the next call of such a function, or a reference to it by name and arity, and
// returns its first argument, without quotes if it is a literal.
func nextCall(text []byte) (argument string, rest []byte, found bool) {
	for i := 0; i < len(text); {
		if !isNameByte(text[i]) {
			i++
			continue
		}
		start := i
		for i < len(text) && isNameByte(text[i]) {
			i++
		}
		if !readsResources(text[start:i]) {
			continue
		}
		after := skipXPathSpace(text[i:])
		if len(after) == 0 || after[0] != '(' && after[0] != '#' {
			continue
		}
		return firstArgument(after), after[1:], true
	}
	return "", nil, false
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

// firstArgument returns what is named by the argument list that text begins with.
func firstArgument(text []byte) string {
	if text[0] != '(' {
		return ""
	}
	text = bytes.TrimLeft(text[1:], " \t\r\n")
	if len(text) > 0 && (text[0] == '\'' || text[0] == '"') {
		if end := bytes.IndexByte(text[1:], text[0]); end >= 0 {
			return string(text[1 : 1+end])
		}
	}
	end := bytes.IndexAny(text, ",)")
	if end < 0 {
		end = len(text)
	}
	return strings.TrimSpace(limits.Quote(string(text[:end])))
}
