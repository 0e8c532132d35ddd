package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"github.com/wasilibs/go-re2/experimental"

	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/saferegex/regexset"
)

// compareSets prints how long it takes to say which of many patterns match: with a set, with
// go-re2's set alone, and with one pattern after the other. The first call with a set is printed
// apart: it makes the states of the automaton that later ones find.
func compareSets(ctx context.Context, out io.Writer, rounds, largest int) error {
	fmt.Fprintf(out, "\nWhich patterns match? Fastest of %d rounds; of the loops one round once it takes more than "+
		"%v.\n\n", rounds, tooSlow)
	fmt.Fprintln(out, "| patterns | bytes | regexset: first call | later calls | go-re2's set: first call | later calls "+
		"| loop of regexp | loop of saferegex | times as fast as the loop of regexp |")
	fmt.Fprintln(out, "|---|---|---|---|---|---|---|---|---|")
	for _, n := range []int{10, 200, 5000} {
		patterns := setPatterns(n)
		calls, err := setContenders(ctx, patterns)
		if err != nil {
			return err
		}
		for _, size := range []int{4 << 10, 64 << 10, 1 << 20} {
			if size > largest {
				continue
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			// Some of the patterns match, at the very end.
			text := (&workload{ending: "\n" + strings.Join(words(n, 7)[:3], "42 ")}).text(size)
			if err := setRow(out, n, text, calls, rounds); err != nil {
				return err
			}
		}
	}
	return nil
}

// setRow prints one line.
func setRow(out io.Writer, n int, text string, contenders []func(string) (int, error), rounds int) error {
	var first, fastest [4]time.Duration // sets first, loops after them
	var answers [4]int
	for round := range rounds {
		for i, call := range contenders {
			if i >= 2 && round > 0 && fastest[i] > tooSlow {
				continue
			}
			start := time.Now()
			answer, err := call(text)
			elapsed := time.Since(start)
			if err != nil {
				return err
			}
			if answers[i] = answer; answer != answers[0] {
				return errors.New("the contenders have different answers")
			}
			if round == 0 {
				first[i] = elapsed
			}
			if round == 0 || elapsed < fastest[i] {
				fastest[i] = elapsed
			}
		}
	}
	fmt.Fprintf(out, "| %d | %d | %v | %v | %v | %v | %v | %v | %.0f |\n", n, len(text), first[0], fastest[0],
		first[1], fastest[1], fastest[2], fastest[3], float64(fastest[2])/float64(fastest[0]))
	return nil
}

// setPatterns returns n patterns as filters have them: words with something around them.
func setPatterns(n int) []string {
	shapes := []string{`%s`, `\b%s\b`, `%s[0-9]{1,3}`, `(?i)%s`, `%s\s+(\w+)`}
	patterns := make([]string, n)
	for i, word := range words(n, 7) {
		patterns[i] = fmt.Sprintf(shapes[i%len(shapes)], word)
	}
	return patterns
}

// setContenders compiles the patterns for each way to ask, and returns how many of them match in a
// text.
func setContenders(ctx context.Context, patterns []string) ([]func(text string) (int, error), error) {
	set, err := regexset.Compile(ctx, patterns, budget)
	if err != nil {
		return nil, err
	}
	alone, err := experimental.CompileSetWithOptions(patterns,
		experimental.CompileOptions{MaxMem: int(set.Stats().RE2Bytes)})
	if err != nil {
		return nil, err
	}
	std, safe := make([]*regexp.Regexp, len(patterns)), make([]*saferegex.Regexp, len(patterns))
	for i, pattern := range patterns {
		if std[i], err = regexp.Compile(pattern); err != nil {
			return nil, err
		}
		lim := budget
		lim.MemoryBytes = 0 // The default.
		if safe[i], err = saferegex.Compile(ctx, pattern, lim); err != nil {
			return nil, err
		}
	}
	return []func(string) (int, error){
		func(text string) (int, error) {
			found, err := set.Match(ctx, text)
			return len(found), err
		},
		func(text string) (int, error) {
			found, err := alone.FindAllStringWithError(text, -1)
			return len(found), err
		},
		func(text string) (int, error) {
			n := 0
			for _, re := range std {
				if re.MatchString(text) {
					n++
				}
			}
			return n, nil
		},
		func(text string) (int, error) {
			n := 0
			for _, re := range safe {
				found, err := re.MatchString(ctx, text)
				if err != nil {
					return 0, err
				}
				if found {
					n++
				}
			}
			return n, nil
		},
	}, nil
}
