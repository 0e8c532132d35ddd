// Package ooxml reads the small languages in parts of office documents: formulas, and references to
// cells.
package ooxml

import "strings"

// ResourceOf returns what a call names: its first string if it begins with one, or else the call
// itself.
func ResourceOf(call string) string {
	_, arguments, _ := strings.Cut(call, "(")
	if arguments = strings.TrimLeft(arguments, " \t\r\n"); strings.HasPrefix(arguments, `"`) {
		return FirstWord(arguments)
	}
	return call
}

// FetchingCall returns the first part of a formula of SpreadsheetML that fetches or runs something,
// and "" if there is none. Strings are passed over; a bar outside of them is DDE (cmd|'/c
// calc'!A0). A book that is named by its path or address, and not by the number of a relationship,
// is fetched.
func FetchingCall(formula string) string {
	for i := 0; i < len(formula); {
		switch c := formula[i]; {
		case c == '"' || c == '\'':
			end := quoteEnd(formula, i)
			if end < 0 {
				// A string that does not end is read on: the first quote may be what another
				// program skips.
				i++
				continue
			}
			if c == '\'' && strings.ContainsAny(formula[i:end], `\/`) {
				return formula[i:] // No sheet has such a name.
			}
			i = end
		case c == '[':
			if isAddress(formula[i+1:]) {
				return formula[i:]
			}
			i++
		case c == '|':
			return formula[lineStart(formula, i):]
		case isFormulaName(c):
			start := i
			for i < len(formula) && (isFormulaName(formula[i]) || formula[i] >= '0' && formula[i] <= '9') {
				i++
			}
			after := strings.TrimLeft(formula[i:], " \t\r\n")
			if strings.HasPrefix(after, "(") && fetches(formula[start:i]) {
				return formula[start:]
			}
		default:
			i++
		}
	}
	return ""
}

// lineStart returns where the name before a bar begins.
func lineStart(formula string, i int) int {
	for i > 0 && (isFormulaName(formula[i-1]) || formula[i-1] >= '0' && formula[i-1] <= '9') {
		i--
	}
	return i
}

func isFormulaName(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '.' || c >= 0x80
}

// fetches reports whether a function reads another source or calls a program, whatever prefix says
// since when it is known.
func fetches(name string) bool {
	name = strings.ToUpper(name)
	for _, prefix := range []string{"_XLFN.", "_XLWS.", "_XLL."} {
		name = strings.TrimPrefix(name, prefix)
	}
	switch name {
	case "WEBSERVICE", "IMAGE", "RTD", "DDE", "CALL", "REGISTER", "REGISTER.ID", "EXEC", "SQL", "IMPORTXML",
		"IMPORTDATA", "IMPORTFEED", "IMPORTHTML", "IMPORTRANGE", "OPENDOC", "INITIATE", "EXECUTE", "FOPEN":
		return true
	}
	return false
}

// quoteEnd returns where the text in quotes that begins at i has ended, or -1. A quote in it is
// written twice.
func quoteEnd(formula string, i int) int {
	quote := formula[i]
	for i++; i < len(formula); i++ {
		if formula[i] != quote {
			continue
		}
		if i+1 == len(formula) || formula[i+1] != quote {
			return i + 1
		}
		i++
	}
	return -1
}

// isAddress reports whether what stands after an opening bracket is the place of a book: a share,
// or a URL. Between brackets there are names of columns as well, which may hold anything.
func isAddress(rest string) bool {
	name := strings.TrimLeft(rest, " ")
	if strings.HasPrefix(name, `\\`) || strings.HasPrefix(name, "//") {
		return true
	}
	// Not more is looked at than a scheme, so that many brackets are not read to the end by each.
	end := strings.IndexFunc(name, func(r rune) bool {
		return (r|0x20 < 'a' || r|0x20 > 'z') && r != '+' && r != '-' && r != '.'
	})
	return end > 0 && strings.HasPrefix(name[end:], "://")
}

// FirstWord returns what the text begins with: what stands between quotes, or up to white space.
func FirstWord(text string) string {
	if rest, ok := strings.CutPrefix(text, `"`); ok {
		word, _, _ := strings.Cut(rest, `"`)
		return word
	}
	if i := strings.IndexAny(text, " \t\r\n"); i >= 0 {
		return text[:i]
	}
	return text
}
