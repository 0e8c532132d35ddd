package filename_test

import (
	"strings"
	"testing"

	"github.com/seed73825598/airlock/safezip/internal/filename"
)

func TestKey(t *testing.T) {
	for _, c := range []struct {
		name string
		a, b string
		same bool
	}{
		{"case", "README", "readme", true},
		{"mixed case", "rEaDmE.TxT", "ReAdMe.tXt", true},
		{"a dot behind", "a", "a.", true},
		{"a space behind", "a", "a ", true},
		{"dots and spaces behind", "a.txt", "a.txt. . .. ", true},
		{"case and a dot behind", "A", "a.", true},
		{"nothing but dots and spaces", "...", " ", true},

		{"another letter", "a", "b", false},
		{"a dot in front", "a", ".a", false},
		{"a space in front", "a", " a", false},
		{"a dot inside", "ab", "a.b", false},
		{"a space inside", "ab", "a b", false},
		{"two dots inside", "a.b", "a..b", false},
		{"another extension", "a.txt", "a.tx", false},
		{"nothing", "", "a", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := filename.Key(c.a) == filename.Key(c.b); got != c.same {
				t.Errorf("Key(%q) = %q, Key(%q) = %q; want the same: %t", c.a, filename.Key(c.a), c.b,
					filename.Key(c.b), c.same)
			}
		})
	}
}

// sameFile is what Windows and macOS do with two names of ASCII, in other words than Key says it.
func sameFile(a, b string) bool {
	for strings.HasSuffix(a, ".") || strings.HasSuffix(a, " ") {
		a = a[:len(a)-1]
	}
	for strings.HasSuffix(b, ".") || strings.HasSuffix(b, " ") {
		b = b[:len(b)-1]
	}
	return strings.EqualFold(a, b)
}

// Two names have one key exactly if they are one file. All names of up to four characters, each
// against each.
func TestKeyIsAnEquivalence(t *testing.T) {
	names, last := []string{""}, []string{""}
	for range 4 {
		var longer []string
		for _, n := range last {
			for _, c := range "aAb. " {
				longer = append(longer, n+string(c))
			}
		}
		names, last = append(names, longer...), longer
	}
	keys := make([]string, len(names))
	for i, n := range names {
		keys[i] = filename.Key(n)
		if again := filename.Key(keys[i]); again != keys[i] {
			t.Errorf("the key of %q is %q, and that one's is %q", n, keys[i], again)
		}
	}
	for i, a := range names {
		for j, b := range names[:i] {
			if got, want := keys[i] == keys[j], sameFile(a, b); got != want {
				t.Fatalf("%q and %q have one key: %t, want %t", a, b, got, want)
			}
		}
	}
}

// Of all pairs of ASCII characters only those that differ in case are one: not @ and `, not [ and
// {, not ^ and ~.
func TestKeyFoldsLettersOnly(t *testing.T) {
	for a := range 128 {
		for b := range a {
			x, y := string(rune(a))+"!", string(rune(b))+"!"
			want := a >= 'a' && a <= 'z' && b == a-'a'+'A'
			if got := filename.Key(x) == filename.Key(y); got != want {
				t.Errorf("%q and %q have one key: %t, want %t", x, y, got, want)
			}
		}
	}
}

// Names that pass Check and are different files have different keys and the other way round; so a
// key of a good name is the name in lower case and nothing else.
func TestKeyOfGoodNames(t *testing.T) {
	for b := range 128 {
		name := "a" + string(rune(b)) + "Z"
		if len(filename.Check(name)) == 0 && filename.Key(name) != strings.ToLower(name) {
			t.Errorf("Key(%q) = %q", name, filename.Key(name))
		}
	}
}
