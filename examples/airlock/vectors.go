package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/seed73825598/airlock/unicodeid"
	"github.com/seed73825598/airlock/unicodeid/idtest"
)

func vectorsCommand() command {
	return command{
		name: "vectors", args: "", summary: "print names with verdict, key and skeletons, for ports of unicodeid",
		about: "Prints a line for each name of unicodeid/idtest, in an order that stays: raw name, verdict, key, skeletons," +
			"\n" +
			"separated by tabs. Text is quoted ASCII as Go writes it (\\xNN is a byte that is not UTF-8, \\uNNNN a code " +
			"point).\n" +
			"The verdict is ok, or the rules that the name breaks; - stands for no key and no skeleton.\n" +
			"Lines that begin with # say the profile.",
		prepare: func(*flag.FlagSet) action { return runVectors },
	}
}

func runVectors(ctx context.Context, args []string, out io.Writer) error {
	if len(args) != 0 {
		return usageErrorf("want no arguments")
	}
	p, err := unicodeid.New(idtest.Limits(), idtest.Options()...)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	data := p.Data()
	fmt.Fprintf(w, "# unicodeid vectors 1; profile %s; key version %d; Unicode %s; confusables %s\n", p.ID(),
		unicodeid.KeyVersion, data.Unicode, data.Confusables)
	fmt.Fprintf(w, "# %v; the words are those of idtest.Options\n# raw\tverdict\tkey\tskeletons\n", idtest.Limits())
	seen := map[string]bool{}
	for _, cases := range []func(func(idtest.Case) bool){idtest.Legit(), idtest.Hostile()} {
		for c := range cases {
			for _, raw := range []string{c.Raw, c.Like} {
				if raw == "" && c.Raw != "" || seen[raw] || len(raw) > maxVector {
					continue
				}
				seen[raw] = true
				if err := vector(ctx, w, p, raw); err != nil {
					return err
				}
			}
		}
	}
	return w.Flush()
}

// maxVector leaves out the names that are there for their length alone.
const maxVector = 1024

// vector prints one line. A name that the policy refuses has a key and skeletons all the same, if
// it has a key.
func vector(ctx context.Context, w io.Writer, p *unicodeid.Profile, raw string) error {
	name, problems, err := p.UnsafeAdopt(ctx, raw)
	if refusal, ok := errors.AsType[*unicodeid.Error](err); ok {
		problems = refusal.Problems
	} else if err != nil {
		return err
	}
	verdict, key, skeletons := "ok", "-", "-"
	if len(problems) > 0 {
		var rules []string
		for i := range problems {
			rules = append(rules, string(problems[i].Rule))
		}
		slices.Sort(rules)
		verdict = strings.Join(slices.Compact(rules), ",")
	}
	if !name.Key().IsZero() {
		key = strconv.QuoteToASCII(name.Key().Text())
	} else if k, err := p.Lookup(ctx, raw); err == nil {
		key = strconv.QuoteToASCII(k.Text())
	}
	var all []string
	for _, s := range name.Skeletons() {
		text, err := s.Value()
		if err != nil {
			return err
		}
		all = append(all, strconv.QuoteToASCII(fmt.Sprint(text)))
	}
	if all != nil {
		skeletons = strings.Join(all, " ")
	}
	_, err = fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", strconv.QuoteToASCII(raw), verdict, key, skeletons)
	return err
}
