package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

func zipCommand() command {
	return command{
		name: "zip", args: "DIR FILE.zip", summary: "pack a directory into an archive that every program reads alike",
		about: "Packs what is in DIR, empty directories included, into the new file FILE.zip. Names that airlock unzip " +
			"with the\n" +
			"same flags would refuse are refused, and so are links and devices, which are never followed. The file is there\n" +
			"when it is whole: an error or an interrupt leaves nothing behind.",
		prepare: func(fs *flag.FlagSet) action {
			z := &zipper{}
			z.limits.Limits = limits.Limits{InputBytes: limits.GiB, Items: 10_000, Time: time.Minute}
			fs.Var(&z.limits, "limits", "what the tree may cost: `LIMITS` among input= output= items= depth= steps= memory= "+
				"time=, separated by spaces; what is left out keeps its default")
			fs.Var(&z.allow, "allow", "lift these `RULES`, separated by commas; airlock inspect -rules lists them")
			fs.BoolVar(&z.unicode, "unicode", false, "take names beyond ASCII, under rules of their own")
			fs.BoolVar(&z.reproducible, "reproducible", false, "write no times, so that the same tree gives the same bytes")
			fs.IntVar(&z.level, "level", safezip.DefaultLevel, "compress as hard as `N`, from 1 (fast) to 9 (small)")
			fs.BoolVar(&z.quiet, "quiet", false, "print nothing but errors")
			fs.BoolVar(&z.json, "json", false, "print the outcome as JSON")
			return z.run
		},
	}
}

// zipper holds the flags of "airlock zip".
type zipper struct {
	limits                             limitsFlag
	allow                              rulesFlag
	unicode, reproducible, quiet, json bool
	level                              int
}

func (z *zipper) options() []safezip.Option {
	opts := []safezip.Option{safezip.Level(z.level)}
	if len(z.allow) > 0 {
		opts = append(opts, safezip.UnsafeAllow(z.allow...))
	}
	if z.unicode {
		opts = append(opts, safezip.UnicodeNames())
	}
	if z.reproducible {
		opts = append(opts, safezip.FixedTime(time.Time{}))
	}
	return opts
}

func (z *zipper) run(ctx context.Context, args []string, out io.Writer) error {
	if len(args) != 2 {
		return usageErrorf("want DIR and FILE.zip after the flags, not %d arguments", len(args))
	}
	dir, archive := args[0], args[1]
	report, err := z.pack(ctx, dir, archive)
	if z.json {
		o := newOutcome(archive, report, err)
		o.Directory = dir
		return printOutcome(out, o, err)
	}
	if err != nil {
		return &fileError{err, dir, "rename it, or leave it out"}
	}
	if !z.quiet {
		printUnpacked(out, report, archive)
	}
	return nil
}

// pack writes to a file of another name beside the archive, and gives it its name when it is whole.
// A name that exists is not written over.
func (z *zipper) pack(ctx context.Context, dir, archive string) (report *safezip.Report, err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	if _, err := os.Lstat(archive); err == nil {
		return nil, fmt.Errorf("%w: remove it, or name a file that does not exist",
			&fs.PathError{Op: "create", Path: archive, Err: fs.ErrExist})
	}
	f, err := os.CreateTemp(filepath.Dir(archive), ".airlock-zip-*")
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			report, err = nil, errors.Join(err, f.Close(), os.Remove(f.Name()))
		}
	}()
	// FILE.zip may lie in DIR, and then the file that is being written does as well.
	others := safezip.Select(func(e safezip.Entry) bool { return path.Base(e.Path) != filepath.Base(f.Name()) })
	if report, err = safezip.Pack(ctx, f, root.FS(), z.limits.Limits, append(z.options(), others)...); err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	// A link does not write over a name that has come up meanwhile, as a rename would.
	if err := os.Link(f.Name(), archive); err != nil {
		return nil, err
	}
	return report, os.Remove(f.Name())
}
