package safexml

import (
	"bytes"
	"html"
)

// pseudoAttribute returns the value of a pseudo-attribute in a processing instruction (Associating
// Style Sheets with XML documents 1.0, 3). It takes what browsers take: programs differ in how
// strictly they read it, and the first match is what all of them see.
func pseudoAttribute(data []byte, name string) (value string, found bool) {
	for len(data) > 0 {
		key, rest, ok := bytes.Cut(data, []byte("="))
		if !ok {
			return "", false
		}
		rest = bytes.TrimLeft(rest, " \t\n")
		if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
			return "", false
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return "", false
		}
		if string(bytes.TrimSpace(key)) == name {
			return html.UnescapeString(string(rest[1 : 1+end])), true
		}
		data = rest[end+2:]
	}
	return "", false
}
