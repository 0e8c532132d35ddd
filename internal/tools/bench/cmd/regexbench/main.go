// Command regexbench matches the same patterns and texts with saferegex and its peers, one by one
// and many at once, compiles hostile patterns, and stops hostile operations at deadlines. It prints
// one table for each.
//
//	go run ./internal/tools/bench/cmd/regexbench                      # from the root of the repository; some minutes
//	go run ./internal/tools/bench/cmd/regexbench -only speed -rounds 3
//
// The contenders take turns, so that a busy machine is as busy for each, and of each the fastest
// round counts, so that what is printed is the code and not the machine. Figures of one run should
// be compared with that run alone.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"slices"
	"strings"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "regexbench:", err)
		os.Exit(1) //nolint:gocritic // Nothing but the signal handler is left to undo.
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("regexbench", flag.ContinueOnError)
	rounds := flags.Int("rounds", 5, "rounds of each contender on each text; the fastest is printed")
	only := flags.String("only", "", "comma-separated tables instead of all: speed, find, forms, curated, sets, rules, "+
		"redact, compile, deadlines")
	largest := flags.Int("size", 1<<20, "largest text, in bytes")
	task := flags.String("task", "", "of the curated tasks, those alone whose names match this pattern")
	against := flags.String("against", "", "comma-separated contenders of the curated tasks instead of all: regexp, "+
		"go-re2, grafana/regexp, regexp2")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *rounds < 1 || *largest < 16 {
		return fmt.Errorf("-rounds is %d and -size is %d; at least 1 and 16 are needed", *rounds, *largest)
	}
	named, err := regexp.Compile(*task)
	if err != nil {
		return fmt.Errorf("-task: %w", err)
	}
	curated := curation{named, *against}
	tables := []struct {
		name string
		run  func(ctx context.Context, out io.Writer, rounds, largest int) error
	}{
		{"speed", compareMatch},
		{"find", compareFind},
		{"forms", compareForms},
		{"curated", curated.compare},
		{"sets", compareSets},
		{"rules", compareRules},
		{"redact", compareRedact},
		{"compile", compileHostile},
		{"deadlines", overshoot},
	}
	for _, t := range tables {
		if *only == "" || slices.Contains(strings.Split(*only, ","), t.name) {
			if err := t.run(ctx, out, *rounds, *largest); err != nil {
				return err
			}
		}
	}
	return nil
}
