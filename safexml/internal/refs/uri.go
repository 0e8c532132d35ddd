package refs

import "strings"

// Trim drops what readers of URIs drop: white space around, and tabs and line ends anywhere.
func Trim(uri string) string {
	if !strings.ContainsAny(uri, "\t\n\r") {
		return strings.Trim(uri, " \x00")
	}
	return strings.Trim(strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(uri), " ")
}

// Fragment returns the ID that a reference within the document names. Tabs and line ends are
// dropped first, as readers of URLs do.
func Fragment(uri string) (id string, ok bool) {
	return strings.CutPrefix(strings.TrimLeft(Trim(uri), "\x00 "), "#")
}
