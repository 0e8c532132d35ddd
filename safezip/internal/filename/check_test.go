package filename_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/filename"
)

// rulesOf returns the rules of problems in their order.
func rulesOf(problems []filename.Problem) []limits.Rule {
	var rules []limits.Rule
	for _, p := range problems {
		rules = append(rules, p.Rule)
	}
	return rules
}

func TestClean(t *testing.T) {
	for _, c := range []struct {
		name, path string
		dir, root  bool
	}{
		{"a", "a", false, false},
		{"a/b", "a/b", false, false},
		{"a/", "a", true, false},
		{"a/b/", "a/b", true, false},
		{"./a", "a", false, false},
		{"./a/", "a", true, false},
		{"./a/b/", "a/b", true, false},
		{"./", "", true, true},

		// Characters that stay as they are, so that Check sees them.
		{"", "", false, false},
		{".", "", true, false},
		{"/", "/", true, false},
		{"//", "/", true, false},
		{"///", "//", true, false},
		{"/a", "/a", false, false},
		{"/./", "/.", true, false},
		{"..", "..", false, false},
		{"../", "..", true, false},
		{"./..", "..", false, false},
		{"a//", "a/", true, false},
		{"a/.", "a/.", false, false},
		{"a/./", "a/.", true, false},
		{"./.", ".", false, false},
		{"././", ".", true, false},
		{"././a", "./a", false, false},
		{".//", "", true, false},
		{".//a", ".//a", false, false},
		{".///a", ".///a", false, false},
		{`.\a`, `.\a`, false, false},
		{`a\`, `a\`, false, false},
		{".a", ".a", false, false},
		{"..a/", "..a", true, false},
	} {
		path, dir, root := filename.Clean(c.name)
		if path != c.path || dir != c.dir || root != c.root {
			t.Errorf("Clean(%q) = %q, %t, %t; want %q, %t, %t", c.name, path, dir, root, c.path, c.dir, c.root)
		}
	}
}

// Whatever Clean takes off must be harmless: the names that it makes the same name the same place,
// and those that lead elsewhere are still refused afterwards.
func TestCleanHidesNothing(t *testing.T) {
	for _, name := range []string{
		"", ".", "/", "//", "///", "/./", ".//", ".//a", "././", "././a", "./.", "./..", "./../a", ".//etc/passwd",
		"a//", "a/./",
		"./C:/a", `./\\server\share`, `.\..\a`, `./..\a`, "././../a", "/../", "../", "./../",
	} {
		path, _, root := filename.Clean(name)
		if root || len(filename.Check(path)) == 0 {
			t.Errorf("Clean(%q) = %q, root %t, and Check finds nothing wrong with it", name, path, root)
		}
	}
}

func TestCheck(t *testing.T) {
	const (
		traversal  = filename.PathTraversal
		absolute   = filename.AbsolutePath
		drive      = filename.DriveOrUNC
		control    = filename.ControlCharacter
		invalid    = filename.InvalidName
		backslash  = filename.Backslash
		reserved   = filename.ReservedName
		trailing   = filename.TrailingDotSpace
		illegal    = filename.IllegalCharacter
		nonASCII   = filename.NonASCII
		long       = filename.LongName
		longPart   = filename.MaxComponent + 1
		longestOne = filename.MaxComponent
	)
	type rules = []limits.Rule
	for _, c := range []struct {
		name, path string
		want       rules // in order
	}{
		{"plain", "a", nil},
		{"nested", "a/b/c.txt", nil},
		{"hidden file", ".bashrc", nil},
		{"two dots in front", "..a", nil},
		{"three dots inside", "a...b/c", nil},
		{"space inside", "a b/ c", nil},
		{"every mark that is allowed", "!#$%&'()+,-;=@[]^_`{}~", nil},

		{"parent", "..", rules{traversal}},
		{"parent in front", "../a", rules{traversal}},
		{"parent inside", "a/../b", rules{traversal}},
		{"parent at the end", "a/b/..", rules{traversal}},
		{"parent many times is one problem", "../../../etc/passwd", rules{traversal}},
		{"parent by backslash", `..\a`, rules{traversal, backslash}},
		{"parent between both separators", `a/..\b`, rules{traversal, backslash}},
		{"parent between backslashes", `a\..\b`, rules{traversal, backslash}},
		{"parent after a root", "/../a", rules{traversal, absolute, invalid}},
		{"parent after a drive", `C:\..\a`, rules{traversal, drive, backslash, illegal}},
		{"parent in a network path", "//../a", rules{traversal, drive, invalid}},
		{"parent with a space behind is no parent, but Windows may think so", ".. /a", rules{trailing}},
		{"three dots", ".../a", rules{trailing}},

		{"root", "/", rules{absolute, invalid}},
		{"absolute", "/etc/passwd", rules{absolute, invalid}},
		{"absolute by backslash", `\Windows`, rules{absolute, backslash}},

		{"drive", "C:/a", rules{drive, illegal}},
		{"drive by backslash", `c:\a`, rules{drive, backslash, illegal}},
		{"drive-relative", "z:a", rules{drive, illegal}},
		{"drive alone", "A:", rules{drive, illegal}},
		{"last drive", "Z:a", rules{drive, illegal}},
		{"drive must be a letter: @", "@:a", rules{illegal}},
		{"drive must be a letter: [", "[:a", rules{illegal}},
		{"drive must be a letter: `", "`:a", rules{illegal}},
		{"drive must be a letter: {", "{:a", rules{illegal}},
		{"drive must be a letter: 1", "1:a", rules{illegal}},
		{"drive must be one letter", "ab:c", rules{illegal}},
		{"drive further on is only a stream", "a/C:b", rules{illegal}},
		{"UNC", `\\server\share`, rules{drive, backslash}},
		{"UNC by slashes", "//server/share", rules{drive, invalid}},
		{"UNC by both", `/\server`, rules{drive, backslash, invalid}},
		{"UNC by both, the other way", `\/server`, rules{drive, backslash}},
		{"device path", `\\.\COM5`, rules{drive, backslash}},
		{"verbatim path", `\\?\C:\a`, rules{drive, backslash, illegal}},
		{"NT path", `\??\C:\a`, rules{drive, backslash, illegal}},
		{"NT path by slashes", "/??/C:/a", rules{drive, illegal, invalid}},
		{"one question mark is no NT path", `\?a`, rules{absolute, backslash, illegal}},

		{"bell", "a\ab", rules{control}},
		{"newline", "a\nb", rules{control}},
		{"delete", "a\x7fb", rules{control}},
		{"escape sequence", "\x1b[2J", rules{control}},
		{"many are one problem", "\x01\x02/\x03", rules{control}},

		{"empty", "", rules{invalid}},
		{"NUL", "a\x00.txt", rules{invalid}},
		{"NUL alone", "\x00", rules{invalid}},
		{"empty component", "a//b", rules{invalid}},
		{"empty component at the end", "a/", rules{invalid}},
		{"dot", ".", rules{invalid}},
		{"dot in front", "./a", rules{invalid}},
		{"dot inside", "a/./b", rules{invalid}},
		{"dot at the end", "a/.", rules{invalid}},
		{"empty and dot are one problem", "a//./b", rules{invalid}},
		{"NUL and dot are one problem", "a\x00/./b", rules{invalid}},

		{"backslash", `a\b`, rules{backslash}},
		{"backslash at the end", `a\`, rules{backslash}},

		{"device", "nul", rules{reserved}},
		{"device inside", "a/con.txt/b", rules{reserved}},
		{"two devices are one problem", "con/prn", rules{reserved}},
		{"device with a stream", "aux:x", rules{illegal, reserved}},
		{"device with a space", "lpt1 ", rules{trailing, reserved}},

		{"dot behind", "a.", rules{trailing}},
		{"space behind", "a ", rules{trailing}},
		{"dot behind a directory", "a./b", rules{trailing}},
		{"space behind a directory", "a /b", rules{trailing}},
		{"two are one problem", "a /b.", rules{trailing}},
		{"space alone", " ", rules{trailing}},

		{"stream", "a.txt:b", rules{illegal}},
		{"wildcards", "*.?", rules{illegal}},

		{"umlaut", "\u00e4", rules{nonASCII}},
		{"invalid UTF-8", "a\xff", rules{nonASCII, invalid}},
		{"C1 control", "a\u0085", rules{nonASCII, control}},
		{"controls of both kinds are one problem", "a\x19\u0085", rules{control, nonASCII}},
		{"the first byte beyond ASCII", "\x80", rules{nonASCII, invalid}},
		{"fullwidth solidus", "..\uff0fa", rules{nonASCII, filename.LookalikeSeparator}},
		{"zero width", "a\u200bb\u200b", rules{nonASCII, filename.InvisibleCharacter}},
		{"override", "a\u202e", rules{nonASCII, filename.BidiControl}},
		{"unassigned", "\u0378", rules{nonASCII, filename.UnassignedCharacter}},
		{"dots that normalize to a parent", "\uff0e\uff0e", rules{nonASCII, filename.LookalikeSeparator}},
		{"each rule once", "\u200b\u202e\u0378\u2215\u0085\u200b\u2215", rules{nonASCII, filename.InvisibleCharacter,
			filename.BidiControl, filename.UnassignedCharacter, filename.LookalikeSeparator, control}},
		{"an emoji with joiners", "👨\u200d👩\u200d👧", rules{nonASCII}},
		{"superscript port", "com\u00b9", rules{nonASCII, reserved}},

		{"longest component", strings.Repeat("a", longestOne), nil},
		{"one byte more", strings.Repeat("a", longPart), rules{long}},
		{"longest component inside", "a/" + strings.Repeat("b", longestOne) + "/c", nil},
		{"one byte more inside", "a/" + strings.Repeat("b", longPart) + "/c", rules{long}},
		{"two long components are one problem", strings.Repeat("a", longPart) + "/" + strings.Repeat("b", longPart),
			rules{long}},
		{"bytes count, not characters", strings.Repeat("\u00e4", 128), rules{nonASCII, long}},
		{"longest path", pathOf(filename.MaxPath), nil},
		{"one byte more of path", pathOf(filename.MaxPath + 1), rules{long}},
		{"long path of a long component is one problem", strings.Repeat("a", filename.MaxPath+1), rules{long}},

		{"everything at once", "\\\\../\x00\x01*\u00e4/con. ", rules{traversal, drive, invalid, control, backslash,
			illegal, nonASCII, trailing, reserved}},
	} {
		t.Run(c.name, func(t *testing.T) {
			problems := filename.Check(c.path)
			if diff := cmp.Diff(c.want, rulesOf(problems)); diff != "" {
				t.Errorf("Check(%.80q) (-want +got):\n%s", c.path, diff)
			}
			for _, p := range problems {
				if p.Detail == "" {
					t.Errorf("%s has no detail", p.Rule)
				}
			}
		})
	}
}

// pathOf returns a path of n bytes whose components are short.
func pathOf(n int) string {
	p := strings.Repeat("abcdefg/", n/8+1)[:n]
	if strings.HasSuffix(p, "/") {
		p = p[:n-1] + "x"
	}
	return p
}

// Every byte alone in the middle of a name: which rule it breaks depends on nothing else.
func TestCheckEveryByte(t *testing.T) {
	for b := range 256 {
		var want []limits.Rule
		switch {
		case b == 0:
			want = []limits.Rule{filename.InvalidName}
		case b < 0x20 || b == 0x7f:
			want = []limits.Rule{filename.ControlCharacter}
		case b == '\\':
			want = []limits.Rule{filename.Backslash}
		case strings.IndexByte(`<>:"|?*`, byte(b)) >= 0:
			want = []limits.Rule{filename.IllegalCharacter}
		case b >= 0x80:
			want = []limits.Rule{filename.NonASCII, filename.InvalidName}
		}
		path := "ab" + string([]byte{byte(b)}) + "cd"
		problems := filename.Check(path)
		if diff := cmp.Diff(want, rulesOf(problems)); diff != "" {
			t.Errorf("Check(%q) (-want +got):\n%s", path, diff)
		}
		if b != 0 && len(problems) == 1 && !strings.Contains(problems[0].Detail, "byte 2 is ") {
			t.Errorf("Check(%q) does not say where the byte stands: %s", path, problems[0].Detail)
		}
	}
}

// A detail goes into logs and onto terminals.
func TestCheckDetailIsHarmless(t *testing.T) {
	for b := range 256 {
		for _, path := range []string{string([]byte{byte(b)}), "C:" + string([]byte{byte(b)}),
			"a/../" + string([]byte{byte(b)}) + "./\x1b[2J"} {
			for _, p := range filename.Check(path) {
				if strings.ContainsFunc(p.Detail, func(r rune) bool { return r < 0x20 || r >= 0x7f }) ||
					len(p.Detail) > 200 {
					t.Errorf("Check(%q): detail %q", path, p.Detail)
				}
			}
		}
	}
}

func TestComponents(t *testing.T) {
	for path, want := range map[string][]string{
		"a":       {"a"},
		"a/b/c.d": {"a", "b", "c.d"},
		"a//b":    {"a", "", "b"}, // Let pass by a caller who lifts what cannot be lifted: still nothing is lost.
		`a\b`:     {`a\b`},
	} {
		got := filename.Components(path)
		if !slices.Equal(got, want) {
			t.Errorf("Components(%q) = %q, want %q", path, got, want)
		}
		if joined := strings.Join(got, "/"); joined != path {
			t.Errorf("Components(%q) joined again is %q", path, joined)
		}
	}
}

func ExampleCheck() {
	for _, name := range []string{"./docs/readme.txt", "docs/../../etc/passwd", `C:\nul`} {
		path, _, _ := filename.Clean(name)
		fmt.Printf("%s\n", name)
		for _, p := range filename.Check(path) {
			fmt.Printf("    %s: %s\n", p.Rule, p.Detail)
		}
	}
	// Output:
	// ./docs/readme.txt
	// docs/../../etc/passwd
	//     path-traversal: a component is ".."
	// C:\nul
	//     drive-or-unc: starts with a drive letter
	//     backslash: byte 2 is a backslash, which separates directories on one system and not on another
	//     illegal-character: byte 1 is ':', which not every file system can hold
}
