package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/codepage"
)

// policies are what -modes asks each archive under, each wider than the one before. The last has
// the page that a mode such as names-in-CP932 ends with, or else CP437.
var policies = []struct {
	name string
	opts func(mode string) []safezip.Option
}{
	{"strict", func(string) []safezip.Option { return nil }},
	{"UnicodeNames", func(string) []safezip.Option { return []safezip.Option{safezip.UnicodeNames()} }},
	{"and SkipMacOS", func(string) []safezip.Option {
		return []safezip.Option{safezip.UnicodeNames(), safezip.SkipMacOS()}
	}},
	{"and NameEncoding", func(mode string) []safezip.Option {
		return []safezip.Option{safezip.UnicodeNames(), safezip.SkipMacOS(), codepage.NameEncoding(pageOf(mode))}
	}},
}

// pageOf returns the code page in which the names of a mode are.
func pageOf(mode string) codepage.Page {
	for p := codepage.CP437; p <= codepage.CP950; p++ {
		if strings.HasSuffix(mode, "-"+p.String()) {
			return p
		}
	}
	return codepage.CP437
}

const acceptedMark = "in"

// A shape is one archive of packers.sh: what one packer writes in one mode.
type shape struct {
	packer, mode string
	rules        []string // by policy: acceptedMark, or the rule or limit that refuses it
	detail       string   // of the last refusal
}

// printModes prints, for the archives PACKER--MODE.zip in a directory, who is let in under which
// policy, and why the others are not. If into is not empty, what is let in is unpacked below it
// under the first policy that lets it in, each archive into a directory of its name.
func printModes(ctx context.Context, w io.Writer, dir, into string) error {
	paths, err := filepath.Glob(filepath.Join(dir, "*--*.zip"))
	if err != nil {
		return err
	}
	var shapes []shape
	for _, path := range paths {
		s := shape{}
		s.packer, s.mode, _ = strings.Cut(strings.TrimSuffix(filepath.Base(path), ".zip"), "--")
		for _, p := range policies {
			rule, detail, err := readWhole(ctx, path, p.opts(s.mode))
			if err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
			s.rules = append(s.rules, rule)
			s.detail = detail
		}
		if first := slices.Index(s.rules, acceptedMark); into != "" && first >= 0 {
			to := filepath.Join(into, strings.TrimSuffix(filepath.Base(path), ".zip"))
			if _, err := safezip.ExtractFile(ctx, to, path, generous, policies[first].opts(s.mode)...); err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
		}
		shapes = append(shapes, s)
	}
	if err := printShapes(w, shapes); err != nil {
		return err
	}
	return printReasons(w, shapes)
}

// readWhole opens an archive and reads every entry.
func readWhole(ctx context.Context, path string, opts []safezip.Option) (rule, detail string, err error) {
	f, err := os.Open(path) //nolint:gosec // The directory is the caller's own.
	if err != nil {
		return "", "", err
	}
	defer f.Close() //nolint:errcheck // Only read from.
	info, err := f.Stat()
	if err != nil {
		return "", "", err
	}
	r, err := safezip.NewReader(ctx, f, info.Size(), generous, opts...)
	if err == nil {
		err = fs.WalkDir(r, ".", func(name string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() {
				_, err = r.CopyEntry(ctx, io.Discard, name)
			}
			return err
		})
		err = errors.Join(err, r.Close())
	}
	if broken, ok := errors.AsType[*safezip.RuleError](err); ok {
		return string(broken.Rule), broken.Detail, nil
	}
	if exceeded, ok := errors.AsType[*limits.ExceededError](err); ok {
		return "limit: " + exceeded.Resource.String(), exceeded.Error(), nil
	}
	return acceptedMark, "", err
}

// printShapes prints a line for each packer and mode, and the sums.
func printShapes(w io.Writer, shapes []shape) error {
	tw := tabwriter.NewWriter(w, 0, 0, 1, ' ', tabwriter.Debug)
	head, rule := "| packer\t mode\t", "| ---\t ---\t"
	packers := map[string]bool{}
	sums := make([]int, len(policies))
	for _, p := range policies {
		head, rule = head+" "+p.name+"\t", rule+" ---\t"
	}
	fmt.Fprintln(tw, head)
	fmt.Fprintln(tw, rule)
	for _, s := range shapes {
		packers[s.packer] = true
		fmt.Fprintf(tw, "| %s\t %s\t %s\t\n", s.packer, s.mode, strings.Join(s.rules, "\t "))
		for i, r := range s.rules {
			if r == acceptedMark {
				sums[i]++
			}
		}
	}
	fmt.Fprintf(tw, "| %d packers\t %d shapes\t", len(packers), len(shapes))
	for _, n := range sums {
		fmt.Fprintf(tw, " %d in\t", n)
	}
	fmt.Fprintln(tw)
	return tw.Flush()
}

// printReasons prints why the widest policy refuses what it refuses.
func printReasons(w io.Writer, shapes []shape) error {
	byRule := map[string][]string{}
	for _, s := range shapes {
		if last := s.rules[len(s.rules)-1]; last != acceptedMark {
			byRule[last] = append(byRule[last], fmt.Sprintf("%s, %s: %s", s.packer, s.mode, s.detail))
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
