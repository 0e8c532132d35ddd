package filename_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/safezip/internal/filename"
)

// devices are the names that some Windows opens as a device, in lower case.
func devices() []string {
	names := []string{"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"}
	for _, port := range []string{"com", "lpt"} {
		for _, digit := range []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "\u00b9", "\u00b2", "\u00b3"} {
			names = append(names, port+digit)
		}
	}
	return names
}

// spellings returns s in every mixture of cases.
func spellings(s string) []string {
	all := []string{""}
	for _, r := range s {
		lower, upper := string(r), strings.ToUpper(string(r))
		next := make([]string, 0, 2*len(all))
		for _, head := range all {
			next = append(next, head+lower)
			if upper != lower {
				next = append(next, head+upper)
			}
		}
		all = next
	}
	return all
}

func isReserved(path string) bool {
	return slices.Contains(rulesOf(filename.Check(path)), filename.ReservedName)
}

func TestReservedNames(t *testing.T) {
	checked := 0
	for _, device := range devices() {
		for _, name := range spellings(device) {
			for _, spaces := range []string{"", " ", "  ", "     "} {
				for _, rest := range []string{"", ".", "..", ".txt", ".tar.gz", ". x", ".x ", ":", ":stream",
					"::$DATA", ".a:b"} {
					for _, place := range []string{"", "a/", "a/b/"} {
						checked++
						if path := place + name + spaces + rest; !isReserved(path) {
							t.Errorf("%q is taken for a file", path)
						}
					}
					checked++
					if path := name + spaces + rest + "/a"; !isReserved(path) {
						t.Errorf("%q is taken for a file in a directory", path)
					}
				}
			}
		}
	}
	if checked < 40_000 {
		t.Errorf("only %d names were checked", checked)
	}
}

// Names that come close and are ordinary: a rule that refuses it would refuse real archives.
func TestReservedNeighbours(t *testing.T) {
	names := []string{
		"co", "cons", "icon", "con1", "con-x", "con_", "c.on", "pr", "prn1", "print", "au", "auxx", "auxiliary", "nu",
		"null", "nulls", "nil",
		"com", "com.txt", "lpt", "lpt.log", "com10", "com11", "com1x", "com-1", "coma", "comb.c", "lpt10", "lpt1a",
		"xcom1", "communication", "com 1", "co m1",
		"com\u2074", "com\u00bc", "com\u00b9\u00b9", "com1\u00b9", "lpt\u2070", "c\u00f6n", "com\xb9", "lpt\xb2",
		"conin", "conout", "conin$$", "conin$x", "conout$$", "clock", "clock$$", "$conin", "con$", "nul$", "config$",
		"clocks$", "coninx", "clockx", "conoutx",
		" con", ".con", "a.con", "a con", "a.nul", "x.com1", "-nul", "$nul", "con,x", "con;x", "\u212aon",
	}
	for _, name := range names {
		for _, spelling := range []string{name, strings.ToUpper(name)} {
			for _, path := range []string{spelling, spelling + "/a", "a/" + spelling, spelling + ".txt"} {
				if isReserved(path) {
					t.Errorf("%q is taken for a device", path)
				}
			}
		}
	}
}

// Every name of up to four characters over an alphabet that spells all short devices, against a
// list.
func TestReservedExhaustive(t *testing.T) {
	list := map[string]bool{}
	for _, d := range devices() {
		list[d] = true
	}
	const alphabet = "acomnulprtx0159 "
	names := []string{""}
	found := 0
	for range 4 {
		var longer []string
		for _, n := range names {
			for _, c := range alphabet {
				longer = append(longer, n+string(c))
			}
		}
		for _, n := range longer {
			want := list[strings.TrimRight(n, " ")]
			if want {
				found++
			}
			if got := isReserved(n); got != want {
				t.Errorf("%q reserved: %t, want %t", n, got, want)
			}
		}
		names = longer
	}
	// Each device of three letters also with a space, and the ports 0, 1, 5 and 9.
	if want := 4*2 + 2*4; found != want {
		t.Errorf("%d reserved names among them, want %d", found, want)
	}
}
