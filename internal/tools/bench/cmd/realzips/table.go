package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// A count is one line of the table.
type count struct {
	packer            string
	accepted, refused int
}

// tally counts verdicts by packer, the most frequent first and the unknown last.
func tally(verdicts []*verdict) []count {
	byPacker := map[string]*count{}
	for _, v := range verdicts {
		c := byPacker[v.Packer]
		if c == nil {
			c = &count{packer: v.Packer}
			byPacker[v.Packer] = c
		}
		if v.Rule == "" {
			c.accepted++
		} else {
			c.refused++
		}
	}
	counts := make([]count, 0, len(byPacker))
	for _, c := range byPacker {
		counts = append(counts, *c)
	}
	slices.SortFunc(counts, func(a, b count) int {
		last := cmp.Compare(rank(a.packer), rank(b.packer))
		return cmp.Or(last, cmp.Compare(b.accepted+b.refused, a.accepted+a.refused), cmp.Compare(a.packer, b.packer))
	})
	return counts
}

func rank(packer string) int {
	if packer == unknown {
		return 1
	}
	return 0
}

// printTable prints the counts as a Markdown table.
func printTable(w io.Writer, verdicts []*verdict, duplicates int) error {
	tw := tabwriter.NewWriter(w, 0, 0, 1, ' ', tabwriter.Debug)
	var sum count
	line := func(cells ...any) { fmt.Fprintf(tw, "| %v\t %v\t %v\t %v\t\n", cells...) }
	line("Packer", "Archives", "Accepted", "Refused")
	line("---", "---:", "---:", "---:")
	for _, c := range tally(verdicts) {
		line(c.packer, c.accepted+c.refused, c.accepted, c.refused)
		sum.accepted += c.accepted
		sum.refused += c.refused
	}
	line("all", sum.accepted+sum.refused, sum.accepted, sum.refused)
	if err := tw.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\n%d more were copies of these.\n", duplicates)
	return err
}

// printRefused prints every refused archive, grouped by rule.
func printRefused(w io.Writer, verdicts []*verdict) error {
	refused := slices.DeleteFunc(slices.Clone(verdicts), func(v *verdict) bool { return v.Rule == "" })
	slices.SortStableFunc(refused, func(a, b *verdict) int { return cmp.Compare(a.Rule, b.Rule) })
	for i, v := range refused {
		if i == 0 || refused[i-1].Rule != v.Rule {
			n := len(slices.DeleteFunc(slices.Clone(refused), func(o *verdict) bool { return o.Rule != v.Rule }))
			if _, err := fmt.Fprintf(w, "\n%s (%d)\n", v.Rule, n); err != nil {
				return err
			}
		}
		if _, err := fmt.Fprintln(w, "  "+v.String()); err != nil {
			return err
		}
	}
	return nil
}

// String is the verdict on one line.
func (v *verdict) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s [%s]: ", v.Path, v.Packer)
	if v.Rule == "" {
		fmt.Fprintf(&b, "accepted, %d entries", v.Entries)
		return b.String()
	}
	if v.Data {
		b.WriteString("on unpacking: ")
	}
	fmt.Fprintf(&b, "%s: %s", cmp.Or(v.Where, "archive"), v.Detail)
	if len(v.Others) > 0 {
		fmt.Fprintf(&b, " (also %s)", strings.Join(v.Others, ", "))
	}
	return b.String()
}
