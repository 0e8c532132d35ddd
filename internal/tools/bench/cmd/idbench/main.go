// Command idbench measures unicodeid beside what else maps names: PRECIS (RFC 8265) and NFKC with
// case folding of x/text, and ICU. The contenders take turns on each name, and the medians are
// printed as a table.
//
//	go run ./internal/tools/bench/cmd/idbench             five rounds
//	go run ./internal/tools/bench/cmd/idbench -words FILE  how many words of a list look like others
//
// ICU is measured by a C program that it builds (apt-get install gcc libc6-dev libicu-dev).
package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/cases"
	"golang.org/x/text/secure/precis"
	"golang.org/x/text/unicode/norm"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
)

func main() {
	rounds := flag.Int("rounds", 5, "runs of each contender on each name; the median is printed")
	words := flag.String("words", "", "count the lookalikes among the words of this `FILE` instead, one a line")
	flag.Parse()
	var err error
	if *words != "" {
		err = lookalikes(*words)
	} else {
		err = measure(*rounds)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "idbench:", err)
		os.Exit(1)
	}
}

var names = limits.Limits{InputBytes: 255, Items: 64}

// samples are names of ordinary people, and the costliest that fit into the limits.
var samples = []struct{ what, name string }{
	{"ASCII, canonical", "username"}, {"ASCII, mixed case", "UserName"}, {"Cyrillic, canonical", "владимир"},
	{"Cyrillic, capital", "Владимир"},
	{"decomposed", "nguye\u0302\u0303n"}, {"Hangul", "김철수"}, {"Han", "王小明"},
	{"worst: marks", "a" + strings.Repeat("\u0345\u0323\u0301", 21)},
	{"worst: two rounds", strings.Repeat("\u1e9b\u0323", 32)}, {"too long", strings.Repeat("x", 256)},
}

// A contender maps a name once.
type contender struct {
	name string
	run  func(string)
}

func contenders(p *unicodeid.Profile) []contender {
	ctx, fold := context.Background(), cases.Fold()
	return []contender{
		{"unicodeid.Lookup", func(s string) { _, _ = p.Lookup(ctx, s) }},
		{"unicodeid.Register", func(s string) { _, _ = p.Register(ctx, s) }},
		{"precis.UsernameCaseMapped", func(s string) { _, _ = precis.UsernameCaseMapped.String(s) }},
		{"NFKC + cases.Fold", func(s string) { norm.NFKC.String(fold.String(norm.NFKC.String(s))) }},
	}
}

func measure(rounds int) error {
	p, err := unicodeid.New(names)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "idbench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	icu, err := build(dir)
	if err != nil {
		return err
	}
	all := contenders(p)
	heads := []string{"name"}
	for _, c := range all {
		heads = append(heads, c.name)
	}
	heads = append(heads, "ICU NFKC_Casefold", "ICU skeleton")
	fmt.Printf("Nanoseconds a call, medians of %d.\n\n| %s |\n|%s\n", rounds, strings.Join(heads, " | "),
		strings.Repeat("---|", len(heads)))
	for _, s := range samples {
		times := make([][]float64, len(all)+2)
		for range rounds {
			for i, c := range all {
				times[i] = append(times[i], perCall(func() { c.run(s.name) }))
			}
			for i, what := range []string{"fold", "skeleton"} {
				ns, err := askICU(icu, what, s.name)
				if err != nil {
					return err
				}
				times[len(all)+i] = append(times[len(all)+i], ns)
			}
		}
		fmt.Printf("| %s |", s.what)
		for _, t := range times {
			fmt.Printf(" %.0f |", median(t))
		}
		fmt.Println()
	}
	fmt.Println()
	return audits(p, rounds)
}

// perCall runs f for a twentieth of a second.
func perCall(f func()) float64 {
	runtime.GC()
	n, begin := 0, time.Now()
	for time.Since(begin) < 50*time.Millisecond {
		for range 100 {
			f()
		}
		n += 100
	}
	return float64(time.Since(begin).Nanoseconds()) / float64(n)
}

func median(all []float64) float64 {
	slices.Sort(all)
	return all[len(all)/2]
}

// build compiles the C program that stands beside this file.
func build(dir string) (string, error) {
	_, here, _, ok := runtime.Caller(0)
	if !ok {
		return "", fmt.Errorf("the source of icu.c is not known")
	}
	program := filepath.Join(dir, "icu")
	source := filepath.Join(filepath.Dir(here), "icu", "icu.c")
	//nolint:gosec // Our own source and program.
	out, err := exec.Command("cc", "-O2", "-o", program, source, "-licuuc", "-licui18n").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("building with ICU (apt-get install gcc libc6-dev libicu-dev): %w\n%s", err, out)
	}
	return program, nil
}

func askICU(program, what, name string) (float64, error) {
	out, err := exec.Command(program, what, name).Output() //nolint:gosec // Our own program.
	if err != nil {
		return 0, fmt.Errorf("icu %s: %w", what, err)
	}
	return strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
}

// audits measures how many rows a second Audit reads on one core.
func audits(p *unicodeid.Profile, rounds int) error {
	const n = 500_000
	rows := func(yield func(unicodeid.Row, error) bool) {
		for i := range n {
			if !yield(unicodeid.Row{ID: strconv.Itoa(i), Name: "user" + strconv.FormatInt(int64(i)*7919, 36)}, nil) {
				return
			}
		}
	}
	var rates []float64
	for range rounds {
		begin := time.Now()
		if err := p.Audit(context.Background(), rows, limits.Limits{Items: n, Time: time.Hour},
			func(unicodeid.Finding) error { return nil }); err != nil {
			return err
		}
		rates = append(rates, n/time.Since(begin).Seconds())
	}
	fmt.Printf("Audit: %.0f rows a second, of %d\n", median(rates), n)
	return nil
}

// lookalikes registers every word of a list and counts those that conflict with an earlier word of
// another key.
func lookalikes(file string) error {
	f, err := os.Open(file) //nolint:gosec // The file that whoever runs this names.
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	p, err := unicodeid.New(names, unicodeid.Punctuation("-_.'"))
	if err != nil {
		return err
	}
	var words []string
	for lines := bufio.NewScanner(f); lines.Scan(); {
		words = append(words, lines.Text())
	}
	rows := func(yield func(unicodeid.Row, error) bool) {
		for _, w := range words {
			if !yield(unicodeid.Row{ID: w, Name: w}, nil) {
				return
			}
		}
	}
	counts := make(map[unicodeid.FindingKind]int)
	err = p.Audit(context.Background(), rows, limits.Limits{Items: int64(len(words)), Time: time.Hour},
		func(f unicodeid.Finding) error {
			counts[f.Kind]++
			if f.Kind == unicodeid.Lookalike {
				fmt.Printf("%s looks like %s\n", f.Row.Name, f.Other)
			}
			return nil
		})
	distinct := len(words) - counts[unicodeid.Collision]
	fmt.Printf("%d words, %d of them with the key of an earlier one, %d refused; of %d keys %d look like another: %.3f "+
		"%%\n", len(words),
		counts[unicodeid.Collision], counts[unicodeid.Refused], distinct, counts[unicodeid.Lookalike],
		100*float64(counts[unicodeid.Lookalike])/float64(distinct))
	return err
}
