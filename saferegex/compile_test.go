package saferegex_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
)

// manyWords returns n different words of six letters.
func manyWords(n int) []string {
	words := make([]string, n)
	for i := range words {
		x := uint32(i) * 2654435761
		b := make([]byte, 6)
		for j := range b {
			b[j] = byte('a' + x%26)
			x = x/26 + uint32(i)
		}
		words[i] = string(b)
	}
	return words
}

// hostilePatterns are patterns that are dear to parse, to write out, or to compile.
var hostilePatterns = []struct{ name, pattern string }{
	{"repeat bomb", "((a{100}){100}){100}"},
	{"repeat bomb of alternatives", strings.Repeat("(?:", 30) + "a|b" + strings.Repeat("){2,3}", 30)},
	{"largest repeats", strings.Repeat("a{1000}", 500)},
	{"optional repeats", strings.Repeat("(?:a?){1000}", 300)},
	{"class bomb", `\pL{1000}`},
	{"classes in a row", strings.Repeat(`\pL`, 1300)},
	{"classes negated", strings.Repeat(`[^\pL\pN]`, 400)},
	{"long class names", strings.Repeat(`\p{Lowercase_Letter}`, 200)},
	{"dots", strings.Repeat(".{1000}", 500)},
	{"dots of 3,000", strings.Repeat(".{1000}", 3000)},
	{"alternative classes", strings.Repeat(`\pL|`, 5000) + "a"},
	{"50,000 words", strings.Join(manyWords(50_000), "|")},
	{"literal of 1 MiB", strings.Repeat("a", 1<<20)},
	{"100,000 parentheses", strings.Repeat("(", 100_000) + strings.Repeat(")", 100_000)},
	{"100,000 open parentheses", strings.Repeat("(", 100_000)},
	{"100,000 empty groups", strings.Repeat("(?:)", 100_000)},
	{"10,000 groups", strings.Repeat("(a)", 10_000)},
	{"folding of ranges", "(?i)" + strings.Repeat(`[B-\x{1E942}]`, 240)},
	{"folding of classes", "(?i)" + strings.Repeat(`\pL`, 1000)},
	{"ranges of single characters", "[" + manyRunes(1200) + "]"},
	{"many different characters", manyRunes(1200)},
	{"many different classes", manyClasses(400)},
	{"alternatives within each other", strings.Repeat("(?:a|b(?:c|", 45) + strings.Repeat("))", 45)},
	{"stars within each other", strings.Repeat("(?:a*", 90) + strings.Repeat(")*", 90)},
	{"alternatives that share beginnings", sharedBeginnings(85)},
	{"names that do not end", "[" + strings.Repeat("[:", 2000) + "]"},
	{"quotations", strings.Repeat(`\Q(\E`, 700)},
	{"backslashes", strings.Repeat(`\\`, 2000) + `\`},
	{"assertions", strings.Repeat(`\b\B^$`, 600)},
	{"empty alternatives", strings.Repeat("|", 4000)},
	{"empty alternatives repeated", "(?:" + strings.Repeat("|", 900) + "){10}"},
	{"invalid UTF-8", strings.Repeat("a", 4000) + "\xff"},
}

func manyRunes(n int) string {
	var s strings.Builder
	for i := range n {
		s.WriteRune(rune(0x400 + 2*i))
	}
	return s.String()
}

func manyClasses(n int) string {
	var s strings.Builder
	for i := range n {
		fmt.Fprintf(&s, "[^%c-%c]", rune(0x400+2*i), rune(0x500+3*i))
	}
	return s.String()
}

func sharedBeginnings(n int) string {
	var words []string
	for i := range n {
		words = append(words, strings.Repeat("a", i)+"b")
	}
	return strings.Join(words, "|")
}

// compileCost is what one call of Compile takes.
func compileCost(pattern string, opts ...saferegex.Option) (allocated uint64, elapsed time.Duration, err error) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	_, err = saferegex.Compile(context.Background(), pattern, wide, opts...)
	elapsed = time.Since(start)
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc, elapsed, err
}

// TestHostilePatterns compiles every hostile pattern within its budget of memory, or refuses it for
// next to nothing: with the defaults, and with patterns of a mebibyte let in, so that the later
// checks are met.
func TestHostilePatterns(t *testing.T) {
	for _, long := range []bool{false, true} {
		var opts []saferegex.Option
		if long {
			opts = append(opts, saferegex.PatternBytes(saferegex.MaxPatternBytes))
		}
		for _, c := range hostilePatterns {
			t.Run(fmt.Sprintf("%s/long=%t", c.name, long), func(t *testing.T) {
				allocated, elapsed, err := compileCost(c.pattern, opts...)
				t.Logf("%8d bytes, %v: %.150v", allocated, elapsed.Round(10*time.Microsecond), err)
				if err != nil && !errors.Is(err, limits.ErrRefused) {
					t.Error(err)
				}
				most := uint64(limits.MiB)
				if err == nil {
					most = 2 * uint64(saferegex.DefaultMemoryBytes)
				}
				if allocated > most {
					t.Errorf("%d bytes were allocated, by a call that ended with %v", allocated, err)
				}
			})
		}
	}
}
