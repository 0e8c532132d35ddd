package filename_test

import (
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/filename"
)

// The rules of Check in other words: no component that is empty, ends in a dot or a
// space, or has more than 255 bytes; nothing but printable ASCII without a few marks; no device.
var (
	foreign = regexp.MustCompile(`[^ -~]|[\\<>:"|?*]`)
	device  = regexp.MustCompile(`(?i)(?:^|/)(?:con|prn|aux|nul|(?:com|lpt)[0-9]|conin\$|conout\$|clock\$) *(?:[./]|$)`)
)

func isPortable(p string) bool {
	for component := range strings.SplitSeq(p, "/") {
		if component == "" || len(component) > 255 || strings.HasSuffix(component, ".") ||
			strings.HasSuffix(component, " ") {
			return false
		}
	}
	return len(p) <= 4096 && !foreign.MatchString(p) && !device.MatchString(p)
}

// leadsOut are the rules about names that lead out of the directory. They come first.
var leadsOut = []limits.Rule{filename.PathTraversal, filename.AbsolutePath, filename.DriveOrUNC}

func FuzzCheck(f *testing.F) {
	for _, seed := range []string{
		"", ".", "./", "/", "a", "a/b.txt", "./a/", "..", "../a", "a/../b", `..\a`, "//server/share", `\\?\C:\a`,
		"c:a", "a\x00b", "a\x1bb", "a\x7f",
		"a//b", "a/./b", "con", "NUL .txt", "com\u00b9", "lpt9:x", "a. ", "a*b", "\u00e4", "a\xff", ".//a", "././a",
		"clock$", "..\u2024/", "a\x19\u008bb",
		strings.Repeat("a", 256), strings.Repeat("b", 255), pathOf(4096), pathOf(4097),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		p, dir, root := filename.Clean(name)
		problems := filename.Check(p)
		if root && (p != "" || !dir || name != "./") {
			t.Fatalf("Clean(%q) = %q, %t: not the root", name, p, dir)
		}
		if !strings.Contains(name, p) || dir && name != "." && !strings.HasSuffix(name, "/") {
			t.Fatalf("Clean(%q) = %q, %t: not a part of it", name, p, dir)
		}
		checkProblems(t, p, problems)
		if good := isPortable(p); good != (len(problems) == 0) {
			t.Fatalf("Check(%q) = %v, portable: %t", p, problems, good)
		}
		if len(problems) == 0 {
			checkGood(t, p)
		}
		for component := range strings.SplitSeq(p, "/") {
			key := filename.Key(component)
			if filename.Key(key) != key {
				t.Fatalf("the key of %q is not its own: %q", component, key)
			}
			if filename.Key(component+". .") != key || filename.Key(asciiUpper(component)) != key {
				t.Fatalf("spellings of %q have other keys than %q", component, key)
			}
		}
	})
}

// checkGood holds a path that Check has nothing against to what the rest of the module builds on.
func checkGood(t *testing.T, p string) {
	t.Helper()
	switch {
	case !fs.ValidPath(p) || p == ".":
		t.Fatalf("%q is no valid path", p)
	case !filepath.IsLocal(p) || !filepath.IsLocal(filepath.FromSlash(p)):
		t.Fatalf("%q is not local", p)
	case path.Clean(p) != p:
		t.Fatalf("path.Clean changes %q", p)
	}
	for i := range len(p) {
		if p[i] < 0x20 || p[i] > 0x7e {
			t.Fatalf("%q holds more than printable ASCII", p)
		}
	}
	components := filename.Components(p)
	if strings.Join(components, "/") != p {
		t.Fatalf("the components of %q are %q", p, components)
	}
	for _, component := range components {
		if path.Clean(component) != component || filename.Key(component) != strings.ToLower(component) {
			t.Fatalf("component %q of %q: key %q", component, p, filename.Key(component))
		}
	}
	if again, dir, root := filename.Clean(p); again != p || dir || root {
		t.Fatalf("Clean(%q) = %q, %t, %t: not stable", p, again, dir, root)
	}
	if slash, dir, root := filename.Clean("./" + p + "/"); slash != p || !dir || root {
		t.Fatalf("Clean of %q between ./ and / is %q, %t, %t", p, slash, dir, root)
	}
}

// checkProblems holds the order, the number and the text of problems.
func checkProblems(t *testing.T, p string, problems []filename.Problem) {
	t.Helper()
	harmless := false
	seen := map[limits.Rule]bool{}
	for _, q := range problems {
		if seen[q.Rule] {
			t.Fatalf("Check(%q) reports %s twice", p, q.Rule)
		}
		seen[q.Rule] = true
		out := slices.Contains(leadsOut, q.Rule)
		if out && harmless {
			t.Fatalf("Check(%q) = %v: what leads out does not come first", p, problems)
		}
		harmless = harmless || !out
		if len(q.Detail) > 200 || foreignText(q.Detail) {
			t.Fatalf("Check(%q): detail %q", p, q.Detail)
		}
	}
}

func foreignText(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r < 0x20 || r > 0x7e })
}

func asciiUpper(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'a' && c <= 'z' {
			b[i] = c - 'a' + 'A'
		}
	}
	return string(b)
}

// A name of an archive has up to 65,535 bytes, and is not refused before it is checked. Of
// 64 times the length a linear check takes 64 times as long, and a quadratic one 4,096 times; the
// line is drawn far from both, so that no busy machine crosses it.
func TestCostIsLinear(t *testing.T) {
	small, factor, slack := 4<<10, 64, time.Duration(8)
	if testing.Short() {
		small = 1 << 10
	}
	for name, unit := range map[string]string{
		"slashes": "/", "parents": "../", "backslashes": `..\`, "dots": "./", "trailing dots": "a./", "devices": "nul/",
		"letters": "a", "controls": "\x01", "beyond ASCII": "\u00e4", "invalid UTF-8": "\xff", "spaces": "  ",
		"long components": strings.Repeat("x", 300) + "/",
	} {
		t.Run(name, func(t *testing.T) {
			// Both sizes are looked at for as long, so that a busy machine takes as much from each.
			cost := func(n, times int) time.Duration {
				s := strings.Repeat(unit, n/len(unit))
				best := time.Duration(1 << 62)
				for range 5 {
					var problems []filename.Problem
					var key string
					start := time.Now()
					for range times {
						p, _, _ := filename.Clean(s)
						problems, key = filename.Check(p), filename.Key(p)
					}
					best = min(best, time.Since(start))
					if len(problems) == 0 || len(key) > 3*len(s) {
						t.Fatalf("%d problems, a key of %d bytes", len(problems), len(key))
					}
				}
				return best
			}
			var a, b time.Duration
			for range 10 { // On a busy machine one of the two may be interrupted for long.
				if a, b = cost(small, factor), cost(small*factor, 1); b <= a*slack+time.Millisecond {
					return
				}
			}
			t.Errorf("%d times %d bytes take %v, %d bytes %v", factor, small, a, small*factor, b)
		})
	}
}
