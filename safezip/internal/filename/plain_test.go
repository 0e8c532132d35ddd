package filename

import (
	"strings"
	"testing"
)

// TestPlain holds the short way of judging a name against the long one.
func TestPlain(t *testing.T) {
	names := []string{"", ".", "..", "a", "a/b.txt", "a//b", "/a", "a/", "a.", "a ", ".a", "..a", "con", "con.txt", "cona",
		"CON",
		"nul", "nul .txt", "com1", "COM0", "conin$", "CONOUT$", "conout$.x", "lpt9.a.b", "lpt", "aux/x", "x/aux", "a:b",
		"a~1", "a*b", "é", "a\x7f", "a\x00", strings.Repeat("x", 255), strings.Repeat("x", 256),
		strings.Repeat("x/", 2047) + "x", strings.Repeat("x/", 2048) + "x", strings.Repeat("x/", 2047) + "xxx"}
	for c := range 256 {
		s := string([]byte{byte(c)})
		names = append(names, s, s+"a", "a"+s, "a"+s+"a")
	}
	plainOnes := 0
	for _, name := range names {
		if Plain(name) {
			plainOnes++
			if problems := checkAll(name); problems != nil {
				t.Errorf("%q is plain, and has %v", name, problems)
			}
			if path, dir, root := Clean(name); path != name || dir || root {
				t.Errorf("%q is plain, and Clean makes it %q, %t, %t", name, path, dir, root)
			}
		}
	}
	if plainOnes < 200 {
		t.Errorf("only %d of %d names are plain", plainOnes, len(names))
	}
}

func FuzzPlain(f *testing.F) {
	f.Add("a/b.txt")
	f.Add("con/x ")
	f.Fuzz(func(t *testing.T, name string) {
		if problems := checkAll(name); Plain(name) && problems != nil {
			t.Errorf("%q is plain, and has %v", name, problems)
		}
	})
}
