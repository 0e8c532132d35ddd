package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/secrets"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/saferegex/regexset"
)

// redaction is how much of a log a contender gets, and how much of it regexp, which is slow.
const (
	redactBytes   = 8 << 20
	redactRegexp  = 1 << 19
	redactWindow  = 64 * limits.KiB
	redactLines   = 100 // one of so many lines has a secret
	redactMissing = "gitleaks"
)

// compareRedact prints what it costs to take secrets out of a log: Redact beside what services
// write, a loop of lines with regexp. It is processor time of this program.
func compareRedact(ctx context.Context, out io.Writer, rounds, _ int) error {
	fmt.Fprintf(out, "\nRedaction of a log with a secret in one line of %d: MiB a second of processor time, medians of "+
		"%d\n\n", redactLines, rounds)
	fmt.Fprintln(out, "| rules | patterns | Redact | loop of lines with regexp | × |\n|---|---|---|---|---|")
	var leaks []string
	for i := range ruleSets {
		if ruleSets[i].name == redactMissing {
			var err error
			if leaks, err = ruleSets[i].accepted(ctx); err != nil {
				return err
			}
		}
	}
	log, err := secrets.NewLog(leaks, 1, redactBytes, redactLines)
	if err != nil {
		return err
	}
	one := []string{`(?i)(?:password|passwd|token)\s*[=:]\s*\S{1,100}`}
	three := []string{`(?i)password=\S{1,200}`, `ghp_[0-9A-Za-z]{36}`, `[0-9]{4}( [0-9]{4}){3}`}
	for _, c := range []struct {
		name     string
		patterns []string
		alone    bool
	}{{"one, by Regexp.Redact", one, true}, {"one", one, false}, {"three", three, false}, {"gitleaks", leaks, false}} {
		redact, err := redactor(ctx, c.patterns, c.alone)
		if err != nil {
			return err
		}
		loop := lineLoop(c.patterns)
		var ours, theirs []float64
		for range rounds {
			began := processTime()
			if err := redact(io.Discard, log.Text); err != nil {
				return err
			}
			ours = append(ours, rate(len(log.Text), processTime()-began))
			began = processTime()
			if err := loop(io.Discard, log.Text[:redactRegexp]); err != nil {
				return err
			}
			theirs = append(theirs, rate(redactRegexp, processTime()-began))
		}
		var a, b bytes.Buffer
		if err := redact(&a, log.Text[:redactRegexp]); err != nil {
			return err
		}
		if err := loop(&b, log.Text[:redactRegexp]); err != nil {
			return err
		}
		fmt.Fprintf(out, "| %s | %d | %.1f | %.2f | %.1f |\n", c.name, len(c.patterns), median(ours), median(theirs),
			median(ours)/median(theirs))
	}
	return nil
}

func rate(n int, d time.Duration) float64 { return float64(n) / (1 << 20) / d.Seconds() }

// redactor returns Redact of one pattern or of a set.
func redactor(ctx context.Context, patterns []string, alone bool) (func(io.Writer, string) error, error) {
	lim := limits.Limits{InputBytes: limits.GiB, Time: time.Hour}
	if alone {
		re, err := saferegex.Compile(ctx, patterns[0], lim)
		return func(dst io.Writer, text string) error {
			_, err := re.Redact(ctx, dst, strings.NewReader(text), "***", redactWindow)
			return err
		}, err
	}
	set, err := regexset.Compile(ctx, patterns, lim)
	return func(dst io.Writer, text string) error {
		_, err := set.Redact(ctx, dst, strings.NewReader(text), "***", redactWindow)
		return err
	}, err
}

// lineLoop replaces the matches of one pattern after the other in each line.
func lineLoop(patterns []string) func(io.Writer, string) error {
	var all []*regexp.Regexp
	for _, p := range patterns {
		all = append(all, regexp.MustCompile(p))
	}
	return func(dst io.Writer, text string) error {
		for lines := bufio.NewScanner(strings.NewReader(text)); lines.Scan(); {
			line := lines.Bytes()
			for _, re := range all {
				line = re.ReplaceAllLiteral(line, []byte("***"))
			}
			if _, err := dst.Write(append(line, '\n')); err != nil {
				return err
			}
		}
		return nil
	}
}

func median(all []float64) float64 {
	slices.Sort(all)
	return all[len(all)/2]
}
