package limits

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// quoteBytes is the most that hostile text may take up in an error or an event.
const quoteBytes = 128

// errorBytes is the most that the text of an error takes up, however many parts it has.
const errorBytes = 1024

const dots = "..."

// nilText is the text of an error that is a nil pointer, in an error that is not nil itself.
const nilText = "<nil>"

// Quote returns s in double quotes, in ASCII alone, and never longer than 128 bytes: what does not
// fit is cut between two characters, and the closing quote is followed by "...". Control
// characters, bidirectional controls, everything beyond ASCII and invalid UTF-8 come out as Go
// escapes, so a name from an input cannot move a terminal's cursor, forge a line of a log, or flood
// it (CWE-117, CWE-150). The time it takes does not grow with the length of s.
func Quote(s string) string {
	const room = quoteBytes - len(`""`)
	out := make([]byte, 0, quoteBytes)
	out = append(out, '"')
	fits := len(out) // the length of out that leaves room for the dots
	for i := 0; i < len(s); {
		_, size := utf8.DecodeRuneInString(s[i:])
		out = appendEscaped(out, s[i:i+size])
		if len(out)-1 > room {
			return string(out[:fits]) + `"` + dots
		}
		if len(out)-1 <= room-len(dots) {
			fits = len(out)
		}
		i += size
	}
	return string(append(out, '"'))
}

// appendEscaped appends one character as strconv.QuoteToASCII writes it. One at a time, so that no
// escape is ever cut in two.
func appendEscaped(out []byte, char string) []byte {
	quoted := strconv.QuoteToASCII(char)
	return append(out, quoted[1:len(quoted)-1]...)
}

// printable returns s with everything but printable ASCII escaped, and cut at errorBytes. The texts
// that pass through it are written by programmers, who are meant to use Quote; this is the net
// below them.
func printable(s string) string {
	s = s[:min(len(s), errorBytes+1)] // So that clip still sees that there was more.
	if strings.IndexFunc(s, unprintable) < 0 {
		return s
	}
	var out []byte
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if unprintable(r) {
			out = appendEscaped(out, s[i:i+size])
		} else {
			out = append(out, s[i])
		}
		i += size
	}
	return string(out)
}

// clip cuts the text of an error that consists of printable parts.
func clip(text string) string {
	if len(text) <= errorBytes {
		return text
	}
	return text[:errorBytes-len(dots)] + dots
}

func unprintable(r rune) bool { return r < ' ' || r > '~' }
