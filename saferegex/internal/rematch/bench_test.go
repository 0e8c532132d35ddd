package rematch

import (
	"math/rand/v2"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/limits"
)

// free is a budget that nothing in a test exceeds.
var free = limits.Limits{InputBytes: limits.UnsafeUnlimited, Steps: limits.UnsafeUnlimited,
	MemoryBytes: limits.UnsafeUnlimited, Items: limits.UnsafeUnlimited}

// compile makes a program of a pattern.
func compile(t testing.TB, pattern string, o Options) *Program {
	t.Helper()
	tree, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		t.Fatal(err)
	}
	std, err := syntax.Compile(tree.Simplify())
	if err != nil {
		t.Fatal(err)
	}
	m := free.Meter(t.Context(), "test")
	p, err := New(std, o, &m)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// letters is text of lower case letters and spaces, the same for the same size.
func letters(n int) string {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	b := make([]byte, n)
	for i := range b {
		b[i] = "abcdefghijklmnopqrstuvwxyz      "[r.IntN(32)]
	}
	return string(b)
}

// BenchmarkPike compares the Pike machine with the one in the regexp package, which uses it alone
// for texts and programs that are large.
func BenchmarkPike(b *testing.B) {
	words := make([]string, 200)
	for i := range words {
		words[i] = strings.ReplaceAll(letters(6*200), " ", "x")[6*i:][:6]
	}
	text := letters(16 << 10)
	for _, c := range []struct{ name, pattern string }{
		{"nested", `(?:a|aa)*c!`},
		{"email", `[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}`},
		{"counted", `[a-q][^u-z]{13}X`},
		{"words", strings.Join(words, "|")},
		{"groups", `([a-z]+) ([a-z]+)=([0-9]+);`},
		{"context", `[a-z]{4}\s+[\s\S]{0,100}result[\s\S]{0,100}\s+[a-z]{4}`},
		{"boundary", `\b[a-z]+\b!`},
	} {
		p := compile(b, c.pattern, Options{})
		std := regexp.MustCompile(c.pattern)
		for _, n := range slices.Compact([]int{0, 2, p.slots}) {
			caps := make([]int, n)
			name := map[int]string{0: "match", 2: "find"}[n]
			if n > 2 {
				name = "submatch"
			}
			b.Run(c.name+"/"+name+"/pike", func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				var v machine
				for b.Loop() {
					m := free.Meter(b.Context(), "test")
					if _, err := pike(p, &v, &m, text, request{to: len(text)}, caps); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run(c.name+"/"+name+"/regexp", func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					switch n {
					case 0:
						std.MatchString(text)
					case 2:
						std.FindStringIndex(text)
					default:
						std.FindStringSubmatchIndex(text)
					}
				}
			})
		}
	}
}
