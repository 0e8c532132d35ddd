package filename

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/seed73825598/airlock/limits"
)

// Clean takes off what packers add to a name without meaning anything by it: "./" in front, and the
// "/" at the end that marks a directory. The root itself ("./" or ".") is the empty string, and
// only then is root true.
func Clean(name string) (path string, dir, root bool) {
	path, dir = strings.CutSuffix(name, "/")
	if path == "" {
		return name, dir, false // "/" is the system's root, not the archive's.
	}
	if path == "." {
		return "", true, dir // A "." without the slash is a file of that name, which Check refuses.
	}
	if rest, found := strings.CutPrefix(path, "./"); found && !strings.HasPrefix(rest, "/") {
		path = rest
	}
	return path, dir, false
}

// Check returns what is wrong with a path that Clean returned, or nil. The first problem is the
// gravest: those that lead out of the directory come before those that only spell badly.
// Backslashes count as separators in the search for traversal, because on some systems they are.
func Check(path string) []Problem {
	if Plain(path) {
		return nil
	}
	return checkAll(path)
}

// checkAll is Check without the short way.
func checkAll(path string) []Problem {
	var c checker
	c.path(path)
	for component := range strings.SplitSeq(path, "/") {
		c.component(component)
	}
	if strings.ContainsFunc(path, beyondASCII) {
		c.beyondASCII(path)
	}
	return c.problems
}

// Components returns the components of a path that has passed Check, or in which what Check found
// was let pass.
func Components(path string) []string { return strings.Split(path, "/") }

type checker struct{ problems []Problem }

func (c *checker) add(p Problem) { c.problems = append(c.problems, p) }

// path checks what concerns the name as a whole.
func (c *checker) path(path string) {
	for component := range strings.FieldsFuncSeq(path, isSeparator) {
		if component == ".." {
			c.add(Problem{PathTraversal, `a component is ".."`})
			break
		}
	}
	switch {
	case path == "":
		c.add(Problem{InvalidName, "the name is empty"})
	case isUNC(path):
		c.add(Problem{DriveOrUNC, "starts like a network or device path"})
	case isSeparator(rune(path[0])):
		c.add(Problem{AbsolutePath, "starts at the root"})
	case hasDrive(path):
		c.add(Problem{DriveOrUNC, "starts with a drive letter"})
	}
	if strings.IndexByte(path, 0) >= 0 {
		c.add(Problem{InvalidName, "holds a NUL, at which some programs end the name"})
	}
	if i := strings.IndexFunc(path, isControl); i >= 0 {
		c.add(Problem{ControlCharacter, fmt.Sprintf("byte %d is the control character 0x%02x", i, path[i])})
	}
	if i := strings.IndexByte(path, '\\'); i >= 0 {
		c.add(Problem{Backslash, fmt.Sprintf("byte %d is a backslash, which separates directories on one system and not on "+
			"another", i)})
	}
	if i := strings.IndexAny(path, illegal); i >= 0 {
		c.add(Problem{IllegalCharacter, fmt.Sprintf("byte %d is %q, which not every file system can hold", i, path[i])})
	}
	if i := strings.IndexFunc(path, beyondASCII); i >= 0 {
		c.add(Problem{NonASCII, fmt.Sprintf("byte %d is 0x%02x, beyond ASCII", i, path[i])})
	}
	if len(path) > MaxPath {
		c.add(Problem{LongName, fmt.Sprintf("%d bytes; %d is the limit", len(path), MaxPath)})
	}
}

func beyondASCII(r rune) bool { return r >= utf8.RuneSelf }

// beyondASCII checks what takes Unicode's tables. A name that is not UTF-8 means something else to
// every reader, and has no characters to look at.
func (c *checker) beyondASCII(path string) {
	if utf8.ValidString(path) {
		c.unicode(path)
		return
	}
	i := strings.IndexFunc(path, func(r rune) bool { return r == utf8.RuneError })
	c.once(Problem{InvalidName, fmt.Sprintf("it is not UTF-8, at byte %d or after it", i)})
}

// component checks one component of a path.
func (c *checker) component(s string) {
	switch s {
	case "":
		c.once(Problem{InvalidName, "a component is empty"})
		return
	case ".":
		c.once(Problem{InvalidName, `a component is "."`})
		return
	case "..":
		return // Reported for the whole name.
	}
	if last := s[len(s)-1]; last == '.' || last == ' ' {
		c.once(Problem{TrailingDotSpace, fmt.Sprintf("a component ends in %q, which Windows drops", last)})
	}
	if isReserved(s) {
		c.once(Problem{ReservedName, "a component is the name of a device on Windows, whatever its extension"})
	}
	if len(s) > MaxComponent {
		c.once(Problem{LongName, fmt.Sprintf("a component of %d bytes; %d is the limit", len(s), MaxComponent)})
	}
}

// once adds p unless its rule has been reported for this name.
func (c *checker) once(p Problem) {
	if !c.has(p.Rule) {
		c.add(p)
	}
}

// has reports whether a rule has been reported for this name.
func (c *checker) has(rule limits.Rule) bool {
	return slices.ContainsFunc(c.problems, func(p Problem) bool { return p.Rule == rule })
}

// illegal holds the printable ASCII characters that FAT and NTFS cannot store in a name (the colon
// would open a stream).
const illegal = `<>:"|?*`

func isSeparator(r rune) bool { return r == '/' || r == '\\' }

// isControl reports the C0 controls and DEL. NUL is a matter of its own.
func isControl(r rune) bool { return r > 0 && r < 0x20 || r == 0x7f }

// isUNC reports a path of the forms \\server\share, //server/share, \\?\, \\.\ and \??\.
func isUNC(path string) bool {
	if len(path) < 2 || !isSeparator(rune(path[0])) {
		return false
	}
	return isSeparator(rune(path[1])) || strings.HasPrefix(path[1:], "??")
}

// hasDrive reports a path of the form C:rest. With or without a separator after the colon, Windows
// leaves the directory.
func hasDrive(path string) bool {
	return len(path) >= 2 && path[1] == ':' && (path[0]|0x20) >= 'a' && (path[0]|0x20) <= 'z'
}
