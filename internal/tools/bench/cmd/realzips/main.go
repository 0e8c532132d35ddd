// Command realzips asks safezip about real archives: it finds every zip archive below the given
// directories, tells by its marks which program wrote it, and prints who is accepted, who is
// refused, and why.
//
//	go run ./internal/tools/bench/cmd/realzips [-extract] [-json] [-list] [-packers] DIR…
//	go run ./internal/tools/bench/cmd/realzips -modes [-into DIR] DIR
//
// Archives are found by content (a local header or an end record in front, or an end record without
// a comment at the end) and by extension, and counted once for each distinct content. All are
// inspected under limits that no ordinary archive meets (8 GiB of output, 5,000,000 items, paths of
// 4,096 components, 4 GiB of memory, 5 minutes, and any number of steps); -extract has those that
// pass unpacked as well, into a temporary directory that is removed again.
//
// With -modes it reads the archives that packers.sh has made, one tree by each packer in each of
// its modes, and prints which of them are let in under which options, and why the others are not.
// With -into it also unpacks those that are let in; readers.py compares them with what other
// programs read in the same archives.
//
// The script collect.sh beside it collects a few thousand archives from packages. The exit status
// is 0 whatever the verdicts are, and 1 if something could not be read.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	if err := run(context.Background(), os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "realzips:", err)
		os.Exit(1)
	}
}

// run is the program: arguments in, tables out.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("realzips", flag.ContinueOnError)
	flags.SetOutput(stderr)
	extract := flags.Bool("extract", false, "unpack what is accepted as well")
	asJSON := flags.Bool("json", false, "print the verdicts as JSON instead of the tables")
	list := flags.Bool("list", false, "list every archive with its packer and verdict, before the tables")
	marks := flags.Bool("packers", false, "print by which marks the packers are told, and nothing else")
	modes := flags.Bool("modes", false, "print what is let in of the archives that packers.sh has made in the directory")
	into := flags.String("into", "", "with -modes: a directory to unpack what is let in to")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *modes {
		return printModes(ctx, stdout, flags.Arg(0), *into)
	}
	if *marks {
		return printPackers(stdout)
	}
	verdicts := []*verdict{}
	w := newFinder(func(path string, f *os.File, size int64) error {
		v, err := judge(ctx, path, f, size, *extract)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		verdicts = append(verdicts, v)
		return nil
	})
	for _, dir := range flags.Args() {
		if err := w.walk(dir); err != nil {
			return err
		}
	}
	if *asJSON {
		e := json.NewEncoder(stdout)
		e.SetIndent("", "\t")
		return e.Encode(verdicts)
	}
	if *list {
		for _, v := range verdicts {
			fmt.Fprintln(stdout, v)
		}
		fmt.Fprintln(stdout)
	}
	if err := printTable(stdout, verdicts, w.duplicates); err != nil {
		return err
	}
	return printRefused(stdout, verdicts)
}

func printPackers(w io.Writer) error {
	for _, p := range packers {
		if _, err := fmt.Fprintf(w, "%s: %s.\n", p.name, p.marks); err != nil {
			return err
		}
	}
	return nil
}
