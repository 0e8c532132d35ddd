package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"os"
	"slices"
	"strconv"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/saferegex/regexset"
)

// A matcher is a pattern, or several of them.
type matcher interface {
	MatchString(ctx context.Context, line string) (bool, error)
	FindAllString(ctx context.Context, line string, n int) ([]string, error) // n is -1
}

// compileArgument compiles the pattern on the command line.
func compileArgument(ctx context.Context, pattern string, lim limits.Limits) (matcher, error) {
	re, err := saferegex.Compile(ctx, pattern, lim)
	if err != nil {
		return nil, &fileError{err, pattern, "write another pattern: airlock help match"}
	}
	return re, nil
}

// compileFile compiles the patterns in a file. An error in a pattern names the number of its line.
func compileFile(ctx context.Context, name string, lim limits.Limits) (*regexset.Set, error) {
	patterns, lines, err := readPatterns(name)
	if err != nil {
		return nil, err
	}
	set, err := regexset.Compile(ctx, patterns, lim)
	if err == nil {
		return set, nil
	}
	at := name
	if which, ok := errors.AsType[*regexset.PatternError](err); ok {
		at += ":" + strconv.Itoa(lines[which.Index])
	}
	return nil, &fileError{err, at, "write another pattern there: airlock help match"}
}

// readPatterns reads the lines of a file that are not empty, and their numbers.
func readPatterns(name string) (patterns []string, lines []int, err error) {
	f, err := os.Open(name) //nolint:gosec // The user names the file.
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = f.Close() }()
	scanner := bufio.NewScanner(f)
	scanner.Buffer(nil, int(saferegex.MaxPatternBytes))
	for n := 1; scanner.Scan() && len(patterns) <= regexset.MaxPatterns; n++ {
		if line := scanner.Text(); line != "" {
			patterns, lines = append(patterns, line), append(lines, n)
		}
	}
	return patterns, lines, scanner.Err()
}

// anyPattern matches where any pattern in a file does.
func anyPattern(ctx context.Context, name string, lim limits.Limits) (matcher, error) {
	set, err := compileFile(ctx, name, lim)
	if err != nil {
		return nil, err
	}
	return anyOf{set}, nil
}

// anyOf matches where any pattern of a set does.
type anyOf struct{ set *regexset.Set }

func (a anyOf) MatchString(ctx context.Context, line string) (bool, error) {
	found, err := a.set.Match(ctx, line)
	return len(found) > 0, err
}

// FindAllString returns all matches of all patterns in the order in which they begin.
func (a anyOf) FindAllString(ctx context.Context, line string, _ int) ([]string, error) {
	var found []regexset.SetMatch
	err := a.set.Each(ctx, line, func(x regexset.SetMatch) error {
		found = append(found, x)
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(found, func(x, y regexset.SetMatch) int { return cmp.Compare(x.Start(), y.Start()) })
	texts := make([]string, len(found))
	for i, x := range found {
		texts[i] = x.Text()
	}
	return texts, nil
}
