package safexml

import (
	"bytes"
	"html"
)

// pseudoAttributes returns the values of a pseudo-attribute in a processing instruction
// (Associating Style Sheets with XML documents 1.0, 3). It takes what browsers and stylesheet
// processors take: programs differ in how strictly they read it, and in whether they take the first
// or the last.
func pseudoAttributes(data []byte, name string) (values []string) {
	for len(data) > 0 {
		key, rest, ok := bytes.Cut(data, []byte("="))
		if !ok {
			return values
		}
		rest = bytes.TrimLeft(rest, " \t\n")
		if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
			return values
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return values
		}
		// Words before the name are passed over, as by Xalan.
		if words := bytes.Fields(key); len(words) > 0 && string(words[len(words)-1]) == name {
			values = append(values, html.UnescapeString(string(rest[1:1+end])))
		}
		data = rest[end+2:]
	}
	return values
}
