// Package ooxml reads the small languages in parts of office documents: formulas, and references to
// cells.
package ooxml

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ResourceOf returns what a call names: its first string if it begins with one, or else the call
// itself.
func ResourceOf(call string) string {
	if address, ok := FirstString(call); ok {
		return address
	}
	return call
}

// FirstString returns the string that the arguments of a call begin with. A quote in it is written
// twice, and stays so.
func FirstString(call string) (text string, ok bool) {
	text, _, ok = firstString(call)
	return text, ok
}

// firstString is FirstString, and says where in the call the string ends.
func firstString(call string) (text string, end int, ok bool) {
	_, arguments, _ := strings.Cut(call, "(")
	if arguments = strings.TrimLeft(arguments, " \t\r\n("); !strings.HasPrefix(arguments, `"`) {
		return "", 0, false
	}
	length := quoteEnd(arguments, 0)
	if length < 0 {
		return arguments[1:], len(call), true
	}
	return arguments[1 : length-1], len(call) - len(arguments) + length, true
}

// A Call is a part of a formula that names a resource.
type Call struct {
	// from where it begins, with all of the string that its arguments begin with; of what follows not
	// more than callBytes, so that many calls do not repeat the formula
	Text string
	Link bool // it is followed by a click alone
}

const callBytes = 256

// head is the beginning of a call whose first string ends at end.
func head(call string, end int) string {
	if end = max(end, callBytes); end >= len(call) {
		return call
	}
	for most := end - utf8.UTFMax; end > most && !utf8.RuneStart(call[end]); {
		end--
	}
	return call[:end]
}

// Calls lists the parts of a formula of SpreadsheetML that fetch or run something, and its
// hyperlinks. Strings are passed over; a bar outside of them is DDE (cmd|'/c calc'!A0). A book that
// is named by its path or address, and not by the number of a relationship, is fetched.
func Calls(formula string) iter.Seq[Call] {
	return func(yield func(Call) bool) {
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
				// No sheet has such a name.
				if c == '\'' && strings.ContainsAny(formula[i:end], `\/`) && !yield(Call{Text: head(formula[i:], 0)}) {
					return
				}
				i = end
			case c == '[':
				if isAddress(formula[i+1:]) && !yield(Call{Text: head(formula[i:], 0)}) {
					return
				}
				i++
			case c == '|':
				if !yield(Call{Text: head(formula[lineStart(formula, i):], 0)}) {
					return
				}
				i++
			case isFormulaName(c):
				start := i
				for i < len(formula) && (isFormulaName(formula[i]) || formula[i] >= '0' && formula[i] <= '9') {
					i++
				}
				if !strings.HasPrefix(strings.TrimLeft(formula[i:], " \t\r\n"), "(") {
					continue
				}
				if call, found := callOf(formula[start:i], formula[start:]); found && !yield(call) {
					return
				}
			default:
				i++
			}
		}
	}
}

// callOf returns what a call of the function is, if it names a resource. text is the formula from
// there on.
func callOf(name, text string) (call Call, found bool) {
	switch name = functionName(name); name {
	case "HYPERLINK":
		_, end, _ := firstString(text)
		return Call{head(text, end), true}, true
	case "DUMMYFUNCTION":
		// Google Sheets keeps a formula of its own as a string, and takes it out again. Without a
		// string it is a function that nothing knows. The quotes of a formula within one are doubled
		// each time, so that there are few within each other.
		inner, _, _ := firstString(text)
		for call = range Calls(strings.ReplaceAll(inner, `""`, `"`)) {
			if !call.Link {
				return call, true
			}
		}
		return Call{}, false
	}
	if !fetches(name) {
		return Call{}, false
	}
	_, end, _ := firstString(text)
	return Call{Text: head(text, end)}, true
}

// functionName returns the name of a function in capitals, without the prefixes that say since when
// it is known, and without spaces of other alphabets, which no name has.
func functionName(name string) string {
	name = strings.ToUpper(strings.TrimFunc(name, func(c rune) bool {
		return c >= utf8.RuneSelf && !unicode.IsLetter(c) && !unicode.IsDigit(c)
	}))
	for {
		rest, _, _ := strings.Cut(name, ".")
		switch strings.TrimLeft(rest, "_") {
		case "XLFN", "XLWS", "XLL", "XLUDF":
			if len(rest) < len(name) && rest[0] == '_' {
				name = name[len(rest)+1:]
				continue
			}
		}
		return name
	}
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

// fetches reports whether a function reads another source, hands the cells to a service, or calls a
// program.
func fetches(name string) bool {
	switch name {
	case "WEBSERVICE", "IMAGE", "RTD", "DDE", "CALL", "REGISTER", "REGISTER.ID", "EXEC", "SQL", "IMPORTXML",
		"IMPORTDATA", "IMPORTFEED", "IMPORTHTML", "IMPORTRANGE", "OPENDOC", "INITIATE", "EXECUTE", "FOPEN",
		"STOCKHISTORY", "TRANSLATE", "DETECTLANGUAGE", "COPILOT", "PY", "GOOGLEFINANCE", "GOOGLETRANSLATE",
		"POKE", "SEND.MAIL", "SEND.KEYS", "FILE.DELETE", "OPEN.TEXT", "OPEN.LINKS", "QUERY.GET.DATA":
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
