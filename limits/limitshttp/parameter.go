package limitshttp

import "strings"

// severalNames reports whether a header gives a parameter by another form than its name alone, and
// by that name as well or in pieces: name and name*, or name*0 and name*1 (RFC 2231). Go takes the
// extended form, and most other programs the plain one, or none. An extended form that stands
// alone, as some clients write it for a name beyond ASCII, has one reading.
func severalNames(header, name string) bool {
	plain, extended := 0, 0
	for _, key := range parameters(header) {
		switch base, star, _ := strings.Cut(key, "*"); {
		case base != name:
		case key == name:
			plain++
		case star != "":
			return true
		default:
			extended++
		}
	}
	return plain+extended > 1
}

// isExtended reports whether a header gives a parameter in an extended form.
func isExtended(header, name string) bool {
	for _, key := range parameters(header) {
		if strings.HasPrefix(key, name+"*") {
			return true
		}
	}
	return false
}

// parameters returns the names of the parameters of a header, in lower case.
func parameters(header string) []string {
	var keys []string
	quoted, escaped, from := false, false, 0
	for i := 0; i <= len(header); i++ {
		switch {
		case i < len(header) && escaped:
			escaped = false
			continue
		case i < len(header) && quoted && header[i] == '\\':
			escaped = true
			continue
		case i < len(header) && header[i] == '"':
			quoted = !quoted
			continue
		case i < len(header) && (quoted || header[i] != ';'):
			continue
		}
		key, _, isParameter := strings.Cut(header[from:i], "=")
		if isParameter {
			keys = append(keys, strings.ToLower(strings.TrimSpace(key)))
		}
		from = i + 1
	}
	return keys
}
