// Command idbench measures unicodeid beside what else maps names: PRECIS (RFC 8265) and NFKC with
// case folding of x/text, and ICU. The contenders take turns on each name, and the medians of their
// processor time are printed as a table, with the goals of the contract after it.
//
//	go run ./internal/tools/bench/cmd/idbench             five rounds
//	go run ./internal/tools/bench/cmd/idbench -words FILE  how many words of a list look like others
//	go run ./internal/tools/bench/cmd/idbench -traditions  who gets in with the name that they write
//	go run ./internal/tools/bench/cmd/idbench -hostile     which hostile names get in
//
// With -before REVISION the last two compare with an older revision of the repository.
//
// ICU is measured by a C program that it builds (apt-get install gcc libc6-dev libicu-dev).
package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
	"golang.org/x/text/cases"
	"golang.org/x/text/secure/precis"
	"golang.org/x/text/unicode/norm"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
)

func main() {
	rounds := flag.Int("rounds", 5, "runs of each contender on each name; the median is printed")
	words := flag.String("words", "", "count the lookalikes among the words of this `FILE` instead, one a line")
	people := flag.Bool("traditions", false, "print which names of people are accepted, by tradition, instead")
	bad := flag.Bool("hostile", false, "count which hostile names are accepted instead")
	before := flag.String("before", "", "compare with this `REVISION` of the repository")
	flag.Parse()
	var err error
	ctx := context.Background()
	switch {
	case *words != "":
		err = lookalikes(*words)
	case *people:
		err = traditions(ctx, os.Stdout, *before)
	case *bad:
		err = hostile(ctx, os.Stdout, *before)
	default:
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
	{"sharp s", "weißgold"}, {"final sigma", "νίκος"},
	{"decomposed", "nguye\u0302\u0303n"}, {"Hangul", "김철수"}, {"Han", "王小明"},
	{"worst: marks", "a" + strings.Repeat("\u0345\u0323\u0301", 21)},
	{"worst: two rounds", strings.Repeat("\u1e9b\u0323", 32)}, {"too long", strings.Repeat("x", 256)},
}

// A contender maps a name once.
type contender struct {
	name string
	run  func(string)
}

func contenders(p, words *unicodeid.Profile) []contender {
	ctx, fold := context.Background(), cases.Fold()
	return []contender{
		{"unicodeid.Lookup", func(s string) { _, _ = p.Lookup(ctx, s) }},
		{"unicodeid.Register", func(s string) { _, _ = p.Register(ctx, s) }},
		{"with 1,000 words", func(s string) { _, _ = words.Register(ctx, s) }},
		{"precis.UsernameCaseMapped", func(s string) { _, _ = precis.UsernameCaseMapped.String(s) }},
		{"NFKC + cases.Fold", func(s string) { norm.NFKC.String(fold.String(norm.NFKC.String(s))) }},
	}
}

// Where the contenders stand that the goals are about.
const (
	atLookup = iota
	atRegister
	atWords
	atPrecis
)

// reserved are 1,000 words as lists have them, of two to four syllables, the same each time.
func reserved() []string {
	r := rand.New(rand.NewPCG(22, 0)) //nolint:gosec // Not a secret.
	var words []string
	for len(words) < 1000 {
		var b strings.Builder
		for range 2 + r.IntN(3) {
			b.WriteByte("bcdfghjklmnprstvz"[r.IntN(17)])
			b.WriteByte("aeiou"[r.IntN(5)])
		}
		if w := b.String(); !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	return words
}

func measure(rounds int) error {
	p, err := unicodeid.New(names)
	if err != nil {
		return err
	}
	words, err := unicodeid.New(names, unicodeid.Reserved(reserved()...))
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
	// The heap of a service. In one as small as this program's the collector runs every 4 MiB, and
	// takes more time than what is measured.
	heap := make([]byte, 64*limits.MiB)
	defer runtime.KeepAlive(heap)
	all := contenders(p, words)
	heads := []string{"name"}
	for _, c := range all {
		heads = append(heads, c.name)
	}
	heads = append(heads, "ICU NFKC_Casefold", "ICU skeleton")
	medians := map[string][]float64{}
	fmt.Printf("Nanoseconds of processor time a call, medians of %d.\n\n| %s |\n|%s\n", rounds, strings.Join(heads, " | "),
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
			medians[s.what] = append(medians[s.what], median(t))
			fmt.Printf(" %.0f |", median(t))
		}
		fmt.Println()
	}
	goals(medians)
	return audits(p, rounds)
}

// goals prints what the contract asks for beside what was measured.
func goals(of map[string][]float64) {
	ascii, mixed, cyrillic := of["ASCII, canonical"], of["ASCII, mixed case"], of["Cyrillic, canonical"]
	fmt.Print("\n| goal | at most | measured | |\n|---|---|---|---|\n")
	for _, g := range []struct {
		what     string
		goal, is float64
	}{
		{"Lookup, ASCII", 10, ascii[atLookup]}, {"Lookup, ASCII in mixed case", 35, mixed[atLookup]},
		{"Lookup, Cyrillic", 80, cyrillic[atLookup]}, {"Lookup, the costliest", 20_000, of["worst: two rounds"][atLookup]},
		{"Register, ASCII", 200, ascii[atRegister]}, {"Register, Cyrillic", 1000, cyrillic[atRegister]},
		{"Register, too long", 100, of["too long"][atRegister]}, {"Lookup, too long", 100, of["too long"][atLookup]},
		{"Lookup of ß, as multiples of precis", 1, of["sharp s"][atLookup] / of["sharp s"][atPrecis]},
		{"Lookup of ς, as multiples of precis", 1, of["final sigma"][atLookup] / of["final sigma"][atPrecis]},
		{"1,000 words, ASCII, as multiples of none", 1.5, ascii[atWords] / ascii[atRegister]},
		{"1,000 words, Cyrillic, as multiples of none", 1.5, cyrillic[atWords] / cyrillic[atRegister]},
	} {
		verdict := "met"
		if g.is > g.goal {
			verdict = "short"
		}
		fmt.Printf("| %s | %.4g | %.3g | %s |\n", g.what, g.goal, g.is, verdict)
	}
	fmt.Println()
}

// processorTime is that of this program.
func processorTime() time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_PROCESS_CPUTIME_ID, &t); err != nil {
		return 0
	}
	return time.Duration(t.Nano())
}

// perCall runs f for a twentieth of a second, in blocks that take a millisecond each: to ask for
// the processor time takes longer than most calls.
func perCall(f func()) float64 {
	runtime.GC()
	n, block, took := 0, 1, time.Duration(0)
	for took < 50*time.Millisecond {
		begin := processorTime()
		for range block {
			f()
		}
		one := processorTime() - begin
		n, took = n+block, took+one
		if one < time.Millisecond {
			block *= 2
		}
	}
	return float64(took.Nanoseconds()) / float64(n)
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

// lookalikes registers every word of a list and counts those that conflict with an earlier word of
// another key.
func lookalikes(file string) error {
	f, err := os.Open(file) //nolint:gosec // The user of this command names the file.
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
