package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

// maxNotes is how many notes unzip prints; -json prints them all.
const maxNotes = 20

func unzipCommand() command {
	return command{
		name: "unzip", args: "FILE.zip DIR", summary: "unpack an archive, all of it or nothing",
		about: "Unpacks FILE.zip into the new directory DIR, whose parent must exist. If the archive breaks a rule or " +
			"spends\n" +
			"a limit, and if the command is interrupted, nothing is left behind.",
		prepare: func(fs *flag.FlagSet) action {
			u := &unzip{}
			u.register(fs)
			fs.IntVar(&u.workers, "workers", defaultWorkers(), "unpack `N` entries at a time")
			fs.BoolVar(&u.keepTimes, "keep-times", false, "keep the modification times that the archive states")
			fs.BoolVar(&u.sync, "sync", false, "return when everything is on the disk")
			fs.BoolVar(&u.quiet, "quiet", false, "print nothing but errors")
			return u.run
		},
	}
}

// unzip holds the flags of "airlock unzip".
type unzip struct {
	zipFlags
	workers                int
	keepTimes, sync, quiet bool
}

func (u *unzip) run(ctx context.Context, args []string, out io.Writer) error {
	if len(args) != 2 {
		return usageErrorf("want FILE.zip and DIR after the flags, not %d arguments", len(args))
	}
	archive, dir := args[0], args[1]
	opts := append(u.options(), safezip.Workers(u.workers))
	if u.keepTimes {
		opts = append(opts, safezip.KeepTimes())
	}
	if u.sync {
		opts = append(opts, safezip.Sync())
	}
	report, err := u.extract(ctx, dir, archive, opts)
	if u.json {
		o := newOutcome(archive, report, err)
		o.Directory = dir
		return printOutcome(out, o, err)
	}
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%w: remove it, or name a directory that does not exist", err)
	}
	if err != nil {
		return &fileError{err, archive, u.next(ctx, archive, opts, err)}
	}
	if !u.quiet {
		printUnpacked(out, report, dir)
	}
	return nil
}

// next says what to do about an archive that was refused. Inspect knows of everything but the data
// of entries: if it has nothing to say, only the sender can help.
func (u *unzip) next(ctx context.Context, archive string, opts []safezip.Option, err error) string {
	if _, other := safezip.InspectFile(ctx, archive, u.limits.Limits, opts...); other != nil {
		return "run airlock inspect " + shellWord(archive) + " to see everything that is wrong"
	}
	return lifting("unpack it", safezip.Rules(), err)
}

// extract unpacks, and shows a progress bar if standard error is a terminal.
func (u *unzip) extract(ctx context.Context, dir, archive string, opts []safezip.Option) (*safezip.Report, error) {
	if !u.quiet {
		if b := newBar(os.Stderr); b != nil {
			defer b.clear()
			opts = append(opts, safezip.Progress(b.show))
		}
	}
	return safezip.ExtractFile(ctx, dir, archive, u.limits.Limits, opts...)
}

// printUnpacked prints one line, and one for each note.
func printUnpacked(out io.Writer, r *safezip.Report, dir string) {
	fmt.Fprintf(out, "%s: %s, %s, %s in %s", name(dir),
		count(r.Files, "file", "files"), count(r.Dirs, "directory", "directories"), limits.Bytes(r.Bytes),
		rounded(r.Elapsed))
	if len(r.Notes) > 0 {
		fmt.Fprintf(out, "; %s", count(int64(len(r.Notes)), "note", "notes"))
	}
	fmt.Fprintln(out)
	for _, n := range r.Notes[:min(len(r.Notes), maxNotes)] {
		fmt.Fprintln(out, "  "+oneLine(n.String()))
	}
	if len(r.Notes) > maxNotes {
		fmt.Fprintln(out, "  ... -json prints all of them")
	}
}
