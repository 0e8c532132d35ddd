package main

import (
	"context"
	"errors"
	"flag"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/decompress"
	"github.com/seed73825598/airlock/safezip/safetar"
)

func untarCommand() command {
	return command{
		name: "untar", args: "FILE.tar DIR", summary: "unpack a tar archive, plain, gzip or bzip2, all of it or nothing",
		about: "Unpacks FILE.tar into the new directory DIR, whose parent must exist, in one pass. If the archive breaks a " +
			"rule or\n" +
			"spends a limit, and if the command is interrupted, nothing is left behind.",
		prepare: func(fs *flag.FlagSet) action {
			u := &untar{}
			u.register(fs)
			fs.BoolVar(&u.keepTimes, "keep-times", false, "keep the modification times that the archive states")
			fs.BoolVar(&u.sync, "sync", false, "return when everything is on the disk")
			fs.BoolVar(&u.quiet, "quiet", false, "print nothing but errors")
			return u.run
		},
	}
}

// tarFlags are the flags that decide whether a tar archive is let in.
type tarFlags struct {
	limits      limitsFlag
	allow       rulesFlag
	unicode     bool
	symlinks    bool
	hardLinks   bool
	multistream bool
	strip       string
	stripTop    bool
	skipMac     bool
}

// maxTarInput is the default of input=.
const maxTarInput = limits.GiB

func (f *tarFlags) register(fs *flag.FlagSet) {
	f.limits.Limits = limits.Limits{InputBytes: maxTarInput, OutputBytes: limits.GiB, Items: 10_000, Time: time.Minute}
	fs.Var(&f.limits, "limits", "what the archive may cost: `LIMITS` among input= output= items= depth= steps= memory= "+
		"time=, separated by spaces; what is left out keeps its default")
	fs.Var(&f.allow, "allow", "lift these `RULES`, separated by commas")
	fs.BoolVar(&f.unicode, "unicode", false, "let in names beyond ASCII, under rules of their own")
	fs.BoolVar(&f.symlinks, "symlinks", false,
		"let in symbolic links that stay inside; programs that read the directory later may follow them")
	fs.BoolVar(&f.hardLinks, "hard-links", false, "let in hard links to files of the same archive")
	fs.BoolVar(&f.multistream, "multistream", false, "read several gzip members or bzip2 streams as one")
	fs.StringVar(&f.strip, "strip", "",
		"take the directory `PREFIX` of the archive for its root; an entry beside it is refused")
	fs.BoolVar(&f.stripTop, "strip-top", false, stripTopUsage)
	fs.BoolVar(&f.skipMac, "skip-macos", false, skipMacUsage)
}

func (f *tarFlags) options() []safetar.Option {
	opts := []safetar.Option{safetar.UnsafeAllow(f.allow...)}
	if f.unicode {
		opts = append(opts, safetar.UnicodeNames())
	}
	if f.symlinks {
		opts = append(opts, safetar.UnsafeSymlinks())
	}
	if f.hardLinks {
		opts = append(opts, safetar.UnsafeHardLinks())
	}
	if f.multistream {
		opts = append(opts, safetar.Multistream())
	}
	if f.strip != "" {
		opts = append(opts, safetar.StripPrefix(f.strip))
	}
	if f.stripTop {
		opts = append(opts, safetar.StripTop())
	}
	if f.skipMac {
		opts = append(opts, safetar.SkipMacOS())
	}
	return opts
}

// isTar reports whether a file begins as a tar archive does, or as what may be around one: with the
// magic of gzip or bzip2, with a header whose checksum is right, or with a block of zeros, as an
// empty archive does. A file that cannot be read is not one.
func isTar(file string) bool {
	// Opening a FIFO waits for a writer.
	if info, err := os.Stat(file); err != nil || !info.Mode().IsRegular() {
		return false
	}
	f, err := os.Open(file) //nolint:gosec // The user names it.
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }() // Only read from.
	block := make([]byte, tarBlock)
	n, err := io.ReadFull(f, block)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false
	}
	if _, compressed := decompress.Detect(block[:n], decompress.Gzip, decompress.Bzip2); compressed {
		return true
	}
	if n < tarBlock || string(block[:2]) == "PK" && block[2] < ' ' { // A record of zip.
		return false
	}
	return string(block[tarMagic:tarMagic+5]) == "ustar" || tarSum(block)
}

const (
	tarBlock  = 512
	tarMagic  = 257 // where the magic of POSIX and GNU tar stands
	tarSumAt  = 148
	tarSumEnd = 156
)

// tarSum reports a header whose checksum is right, which the format of Version 7 has for a magic,
// or a block of zeros. The checksum counts its own field as spaces.
func tarSum(block []byte) bool {
	sum, zero := int64(0), true
	for i, b := range block {
		zero = zero && b == 0
		if i >= tarSumAt && i < tarSumEnd {
			b = ' '
		}
		sum += int64(b)
	}
	said, err := strconv.ParseInt(strings.Trim(string(block[tarSumAt:tarSumEnd]), " \x00"), 8, 64)
	return zero || err == nil && said == sum
}

// untar holds the flags of "airlock untar".
type untar struct {
	tarFlags
	keepTimes, sync, quiet bool
}

func (u *untar) run(ctx context.Context, args []string, out io.Writer) error {
	if len(args) != 2 {
		return usageErrorf("want FILE.tar and DIR after the flags, not %d arguments", len(args))
	}
	archive, dir := args[0], args[1]
	opts := u.options()
	if u.keepTimes {
		opts = append(opts, safetar.KeepTimes())
	}
	if u.sync {
		opts = append(opts, safetar.Sync())
	}
	report, err := safetar.ExtractFile(ctx, dir, archive, u.limits.Limits, opts...)
	if err != nil {
		return &fileError{err, archive, "run airlock inspect " + shellWord(archive) + " to see everything that is wrong"}
	}
	if !u.quiet {
		printUnpacked(out, report, dir)
	}
	return nil
}
