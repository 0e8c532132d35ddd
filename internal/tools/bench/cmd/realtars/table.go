package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
)

// printTable prints a line for each producer: its archives, and how many are let in under each
// policy.
func printTable(w io.Writer, verdicts []*verdict) error {
	counts := map[string][]int{} // archives, and those let in by policy
	all := make([]int, len(policies)+1)
	var entries int64
	for _, v := range verdicts {
		c := counts[v.Producer]
		if c == nil {
			c = make([]int, len(policies)+1)
			counts[v.Producer] = c
		}
		entries += v.Entries
		c[0]++
		all[0]++
		for i, rule := range v.Rules {
			if rule == acceptedMark {
				c[i+1]++
				all[i+1]++
			}
		}
	}
	tw := tabwriter.NewWriter(w, 0, 0, 1, ' ', tabwriter.Debug)
	head, rule := "| Producer\t Archives\t", "| ---\t ---:\t"
	for _, p := range policies {
		head, rule = head+" "+p.name+"\t", rule+" ---:\t"
	}
	fmt.Fprintln(tw, head)
	fmt.Fprintln(tw, rule)
	line := func(name string, c []int) {
		fmt.Fprintf(tw, "| %s\t", name)
		for _, n := range c {
			fmt.Fprintf(tw, " %d\t", n)
		}
		fmt.Fprintln(tw)
	}
	for _, producer := range slices.Sorted(maps.Keys(counts)) {
		line(producer, counts[producer])
	}
	line(fmt.Sprintf("%d producers, %d entries", len(counts), entries), all)
	return tw.Flush()
}

// printReasons prints what the widest policy refuses, by rule.
func printReasons(w io.Writer, verdicts []*verdict) error {
	byRule := map[string][]string{}
	for _, v := range verdicts {
		if last := v.Rules[len(policies)-1]; last != acceptedMark {
			byRule[last] = append(byRule[last], v.Path+": "+v.Detail)
		}
	}
	for _, rule := range slices.Sorted(maps.Keys(byRule)) {
		if _, err := fmt.Fprintf(w, "\n%s (%d)\n  %s\n", rule, len(byRule[rule]),
			strings.Join(byRule[rule], "\n  ")); err != nil {
			return err
		}
	}
	return nil
}
