package filename

// Plain reports a path of which Check has certainly nothing to say, and Clean nothing to take off,
// in one pass: printable ASCII without a character that is special anywhere, and no component that
// could be a device, a dot or too long. Nearly all names are plain, and then this is all that
// judging them costs.
func Plain(path string) bool {
	if len(path) > MaxPath {
		return false
	}
	start := 0
	for i := range len(path) {
		switch c := path[i]; {
		case c == '/':
			if !plainComponent(path[start:i]) {
				return false
			}
			start = i + 1
		case !ordinary[c]:
			return false
		}
	}
	return plainComponent(path[start:])
}

// plainComponent looks at a component of ordinary characters.
func plainComponent(s string) bool {
	if s == "" || len(s) > MaxComponent {
		return false
	}
	if last := s[len(s)-1]; last == '.' || last == ' ' {
		return false
	}
	// Devices have names that begin so: AUX, COM1, CON, LPT1, NUL, PRN.
	switch s[0] | 0x20 {
	case 'a', 'c', 'l', 'n', 'p':
		return len(s) < 3 || !isReserved(s)
	}
	return true
}

// ordinary holds the characters that a plain name may have. Check judges all other characters.
var ordinary = [256]bool{
	' ': true, '!': true, '#': true, '$': true, '%': true, '&': true, '\'': true, '(': true, ')': true, '+': true,
	',': true, '-': true, '.': true, '0': true, '1': true, '2': true, '3': true, '4': true, '5': true, '6': true,
	'7': true, '8': true, '9': true, ';': true, '=': true, '@': true, 'A': true, 'B': true, 'C': true, 'D': true,
	'E': true, 'F': true, 'G': true, 'H': true, 'I': true, 'J': true, 'K': true, 'L': true, 'M': true, 'N': true,
	'O': true, 'P': true, 'Q': true, 'R': true, 'S': true, 'T': true, 'U': true, 'V': true, 'W': true, 'X': true,
	'Y': true, 'Z': true, '[': true, ']': true, '^': true, '_': true, '`': true, 'a': true, 'b': true, 'c': true,
	'd': true, 'e': true, 'f': true, 'g': true, 'h': true, 'i': true, 'j': true, 'k': true, 'l': true, 'm': true,
	'n': true, 'o': true, 'p': true, 'q': true, 'r': true, 's': true, 't': true, 'u': true, 'v': true, 'w': true,
	'x': true, 'y': true, 'z': true, '{': true, '}': true,
}
