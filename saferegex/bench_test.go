package saferegex_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
)

// prose is text of words with spaces and line breaks, the same for the same size.
func prose(n int) string {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	var s strings.Builder
	for s.Len() < n {
		for range 1 + r.IntN(9) {
			s.WriteByte(byte('a' + r.IntN(26)))
		}
		s.WriteByte(" \n"[min(r.IntN(12)/11, 1)])
	}
	return s.String()[:n]
}

var benchPatterns = []struct{ name, pattern string }{
	{"literal", `needle`},
	{"anchored", `^[a-z]+ [a-z]+$`},
	{"email", `[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}`},
	{"nested", `(a|aa)*c!`},
	{"dots", `.*.*=.*`},
	{"fold", `(?i)needle`},
	{"groups", `([a-z]+)=([0-9]+);`},
}

// BenchmarkMatch has both packages look for what is not there, so that the whole text is read.
func BenchmarkMatch(b *testing.B) {
	lim := limits.Limits{InputBytes: limits.GiB, Time: time.Hour, Steps: limits.UnsafeUnlimited}
	for _, p := range benchPatterns {
		for _, size := range []int{16, 4 << 10, 1 << 20} {
			text := prose(size)
			ours := saferegex.MustCompile(p.pattern, lim)
			std := regexp.MustCompile(p.pattern)
			b.Run(fmt.Sprintf("%s/%d/saferegex", p.name, size), func(b *testing.B) {
				b.SetBytes(int64(size))
				b.ReportAllocs()
				for b.Loop() {
					if _, err := ours.MatchString(b.Context(), text); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run(fmt.Sprintf("%s/%d/regexp", p.name, size), func(b *testing.B) {
				b.SetBytes(int64(size))
				b.ReportAllocs()
				for b.Loop() {
					std.MatchString(text)
				}
			})
		}
	}
}
