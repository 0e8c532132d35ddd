package safexml

import "strings"

// resourceOf returns what a call names: its first string if it begins with one, or else the call
// itself.
func resourceOf(call string) string {
	_, arguments, _ := strings.Cut(call, "(")
	if arguments = strings.TrimLeft(arguments, " \t\r\n"); strings.HasPrefix(arguments, `"`) {
		return firstWord(arguments)
	}
	return call
}

// fetchingCall returns the first call in a formula of SpreadsheetML that fetches or runs something,
// and "" if there is none. Strings and the names of sheets in quotes are passed over; a bar outside
// of them is DDE (cmd|'/c calc'!A0).
func fetchingCall(formula string) string {
	for i := 0; i < len(formula); {
		switch c := formula[i]; {
		case c == '"' || c == '\'':
			end := strings.IndexByte(formula[i+1:], c)
			if end < 0 {
				// What does not end is read on: the first quote may be what another program skips.
				i++
				continue
			}
			i += end + 2
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
