package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"github.com/wasilibs/go-re2/experimental"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/saferegex/regexset"
)

// asker says how many patterns match in a text.
type asker func(text string) (int, error)

// rulesContenders are the ways to ask many patterns, regexset first.
var rulesContenders = []struct {
	name    string
	compile func(ctx context.Context, patterns []string) (asker, error)
}{
	{"regexset", askSet}, {"loop of saferegex", askSafe}, {"loop of regexp", askStd}, {"go-re2's set", askRE2},
}

func askSet(ctx context.Context, patterns []string) (asker, error) {
	lim := budget
	lim.MemoryBytes = 0
	set, err := regexset.Compile(ctx, patterns, lim)
	if err != nil {
		return nil, err
	}
	return func(text string) (int, error) {
		found, err := set.Match(ctx, text)
		return len(found), err
	}, nil
}

func askSafe(ctx context.Context, patterns []string) (asker, error) {
	lim := budget
	lim.MemoryBytes = 0
	all := make([]*saferegex.Regexp, len(patterns))
	for i, p := range patterns {
		var err error
		if all[i], err = saferegex.Compile(ctx, p, lim); err != nil {
			return nil, err
		}
	}
	return func(text string) (n int, err error) {
		for _, re := range all {
			found, err := re.MatchString(ctx, text)
			if err != nil {
				return 0, err
			}
			if found {
				n++
			}
		}
		return n, nil
	}, nil
}

func askStd(_ context.Context, patterns []string) (asker, error) {
	all := make([]*regexp.Regexp, len(patterns))
	for i, p := range patterns {
		all[i] = regexp.MustCompile(p)
	}
	return func(text string) (n int, err error) {
		for _, re := range all {
			if re.MatchString(text) {
				n++
			}
		}
		return n, nil
	}, nil
}

func askRE2(_ context.Context, patterns []string) (asker, error) {
	set, err := experimental.CompileSetWithOptions(append([]string(nil), patterns...),
		experimental.CompileOptions{MaxMem: int(128 * limits.MiB)})
	if err != nil {
		return nil, err
	}
	return func(text string) (int, error) {
		found, err := set.FindAllStringWithError(text, -1)
		return len(found), err
	}, nil
}

// rulesSpan is how much processor time a contender gets for a size of pieces.
const rulesSpan = 300 * time.Millisecond

// compareRules prints what public rule sets cost on text that was not seen before: each piece is
// asked about once. It is processor time of this program, which other programs on the machine do
// not lengthen.
func compareRules(ctx context.Context, out io.Writer, _, largest int) error {
	fmt.Fprintf(out, "\nPublic rule sets on text not seen before: processor time by byte, and as multiples of the speed "+
		"of a loop of regexp\n\n")
	fmt.Fprintln(out, "| rules | patterns | refused | piece | regexset ns/B | loop of saferegex | loop of regexp | "+
		"go-re2's set | regexset: × regexp | × saferegex |\n|---|---|---|---|---|---|---|---|---|---|")
	text, err := sourceText()
	if err != nil {
		return err
	}
	sets := make([]struct {
		name     string
		patterns []string
	}, 0, len(ruleSets)+2)
	for i := range ruleSets {
		patterns, err := ruleSets[i].accepted(ctx)
		if err != nil {
			fmt.Fprintf(out, "| %s | not there: %v |\n", ruleSets[i].name, err)
			continue
		}
		sets = append(sets, struct {
			name     string
			patterns []string
		}{ruleSets[i].name, patterns})
	}
	for _, n := range []int{1, 3, 10, 200, 10_000} {
		sets = append(sets, struct {
			name     string
			patterns []string
		}{"words", words(n, 7)})
	}
	sets = append(sets, struct {
		name     string
		patterns []string
	}{"shapes", setPatterns(5000)}, struct {
		name     string
		patterns []string
	}{"numbers", numberPatterns(40)})
	for _, s := range sets {
		patterns, refused := admitted(ctx, s.patterns)
		askers := make([]asker, len(rulesContenders))
		for i, c := range rulesContenders {
			if askers[i], err = c.compile(ctx, patterns); err != nil {
				fmt.Fprintf(out, "| %s | %s: %v |\n", s.name, c.name, err)
			}
		}
		for _, size := range []int{300, 4 << 10, 1 << 20} {
			if size > largest {
				continue
			}
			perByte := make([]float64, len(askers))
			answers := make([]int, len(askers))
			pieces := 1 << 30
			for i, ask := range askers {
				if ask == nil {
					continue
				}
				runtime.GC()
				began := processTime()
				asked := 0
				for at := 0; at+size <= len(text) && asked < pieces && (asked == 0 || processTime()-began < rulesSpan); at += size {
					n, err := ask(text[at : at+size])
					if err != nil {
						return fmt.Errorf("%s: %s: %w", s.name, rulesContenders[i].name, err)
					}
					asked++
					if asked == 1 {
						answers[i] = n
					}
				}
				perByte[i] = float64(processTime()-began) / float64(asked*size)
				if answers[i] != answers[0] && i != 3 {
					return fmt.Errorf("%s: %s finds %d, regexset %d", s.name, rulesContenders[i].name, answers[i], answers[0])
				}
			}
			fmt.Fprintf(out, "| %s | %d | %d | %d | %.2f | %.2f | %.2f | %.2f | %.1f | %.2f |\n", s.name, len(patterns), refused,
				size, perByte[0], perByte[1], perByte[2], perByte[3], perByte[2]/perByte[0], perByte[1]/perByte[0])
		}
	}
	return nil
}

// numberPatterns have no literals that could be searched for.
func numberPatterns(n int) []string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf(`\b[0-9]{%d}[-/.][0-9]{%d}\b`, i%7+1, i/7+1))
	}
	return all
}

// admitted leaves out what saferegex refuses with its defaults.
func admitted(ctx context.Context, patterns []string) (all []string, refused int) {
	for _, p := range patterns {
		if _, err := saferegex.Compile(ctx, p, limits.Limits{InputBytes: limits.MiB, Time: time.Minute}); err != nil {
			refused++
			continue
		}
		all = append(all, p)
	}
	return all, refused
}

// sourceText is the source of Go's standard library, one file after the other: text of which each
// piece is another one.
func sourceText() (string, error) {
	var b strings.Builder
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return "", err
	}
	files, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(root)), "src", "*", "*.go"))
	if err != nil {
		return "", err
	}
	for _, path := range files {
		content, err := os.ReadFile(path) //nolint:gosec // A file of Go's own.
		if err != nil {
			return "", err
		}
		b.Write(content)
	}
	return b.String(), nil
}

// processTime is the processor time of this program.
func processTime() time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_PROCESS_CPUTIME_ID, &t); err != nil {
		return 0
	}
	return time.Duration(t.Nano())
}
