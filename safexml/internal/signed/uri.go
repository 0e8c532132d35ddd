package signed

import (
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/rule"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// namespaceName refuses a namespace name that is no absolute URI. Canonical XML must fail on one
// without a scheme (1.1, 1.3), and libxml2 fails on every one that it cannot parse as a URI. There
// are programs that then sign, or check, nothing at all.
func namespaceName(d rule.Document, a *xmlscan.Attr, i int) error {
	uri := string(a.Value)
	switch {
	case uri == "":
		return nil
	case !hasScheme(uri):
		return d.Refuse(RuleRelativeNamespace, d.AttrAt(i), "the namespace name "+limits.Quote(uri)+
			" is relative, so the document has no canonical form")
	case !isURI(uri):
		return d.Refuse(RuleRelativeNamespace, d.AttrAt(i), "the namespace name "+limits.Quote(uri)+
			" is no URI, so programs differ in whether the document has a canonical form")
	}
	return nil
}

// hasScheme reports whether a URI begins with a scheme (RFC 3986, 3.1).
func hasScheme(uri string) bool {
	scheme, _, found := strings.Cut(uri, ":")
	if !found || scheme == "" {
		return false
	}
	for i := range len(scheme) {
		c := scheme[i]
		letter := c|0x20 >= 'a' && c|0x20 <= 'z'
		if !letter && (i == 0 || (c < '0' || c > '9') && c != '+' && c != '-' && c != '.') {
			return false
		}
	}
	return true
}

// isURI reports whether what has a scheme is a URI (RFC 3986, 3) in the form that all parsers take:
// without a host in brackets, and without an empty port.
func isURI(uri string) bool {
	_, rest, _ := strings.Cut(uri, ":")
	rest, fragment, _ := strings.Cut(rest, "#")
	rest, query, _ := strings.Cut(rest, "?")
	if after, found := strings.CutPrefix(rest, "//"); found {
		authority, path := after, ""
		if i := strings.IndexByte(after, '/'); i >= 0 {
			authority, path = after[:i], after[i:]
		}
		if !isAuthority(authority) {
			return false
		}
		rest = path
	}
	return hasOnly(rest, ":@/") && hasOnly(query, ":@/?") && hasOnly(fragment, ":@/?")
}

// isAuthority tells a user, a host and a port (RFC 3986, 3.2). A port of five digits at most is one
// to all parsers.
func isAuthority(authority string) bool {
	host := authority
	if i := strings.LastIndexByte(authority, '@'); i >= 0 {
		if !hasOnly(authority[:i], ":") {
			return false
		}
		host = authority[i+1:]
	}
	host, port, found := strings.Cut(host, ":")
	return hasOnly(host, "") && (!found || port != "" && len(port) <= 5 && strings.Trim(port, "0123456789") == "")
}

// hasOnly reports whether s has only unreserved characters, delimiters within a part, escapes
// (RFC 3986, 2), and the characters in more.
func hasOnly(s, more string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c|0x20 >= 'a' && c|0x20 <= 'z', c >= '0' && c <= '9',
			strings.IndexByte("-._~!$&'()*+,;=", c) >= 0, strings.IndexByte(more, c) >= 0:
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			i += 2
		default:
			return false
		}
	}
	return true
}

func isHex(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f' }
