package main

import (
	"flag"
	"runtime"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

// A limitsFlag is a flag for limits that have defaults: what a use of the flag does not name stays
// as it is.
type limitsFlag struct{ limits.Limits }

func (f *limitsFlag) Set(s string) error {
	given, err := limits.Parse(s)
	if err != nil {
		return err
	}
	f.Limits = given.Or(f.Limits)
	return nil
}

// A rulesFlag is a flag for rules, separated by commas. Whether there are such rules, and whether
// they may be lifted, the package says.
type rulesFlag []safezip.Rule

func (f *rulesFlag) String() string {
	words := make([]string, len(*f))
	for i, rule := range *f {
		words[i] = string(rule)
	}
	return strings.Join(words, ",")
}

func (f *rulesFlag) Set(s string) error {
	for word := range strings.SplitSeq(s, ",") {
		*f = append(*f, safezip.Rule(strings.TrimSpace(word)))
	}
	return nil
}

// zipFlags are the flags that decide whether an archive is let in. unzip and inspect share them, so
// that the one can say what the other will do.
type zipFlags struct {
	limits   limitsFlag
	allow    rulesFlag
	unicode  bool
	symlinks bool
	strip    string
	stripTop bool
	skipMac  bool
	json     bool
}

// The texts by which unzip, untar and inspect explain the flags that they share.
const (
	stripTopUsage = "take the single top directory of the archive for its root, if everything lies in one"
	skipMacUsage  = "leave out what macOS adds: __MACOSX, .DS_Store, ._ files and icons of folders"
)

func (z *zipFlags) register(fs *flag.FlagSet) {
	z.limits.Limits = limits.Limits{OutputBytes: limits.GiB, Items: 10_000, Time: time.Minute}
	fs.Var(&z.limits, "limits", "what the archive may cost: `LIMITS` among input= output= items= depth= steps= memory= "+
		"time=, separated by spaces; what is left out keeps its default")
	fs.Var(&z.allow, "allow", "lift these `RULES`, separated by commas; airlock inspect -rules lists them")
	fs.BoolVar(&z.unicode, "unicode", false, "let in names beyond ASCII, under rules of their own")
	fs.BoolVar(&z.symlinks, "symlinks", false,
		"let in symbolic links that stay inside; programs that read the directory later may follow them")
	fs.StringVar(&z.strip, "strip", "",
		"take the directory `PREFIX` of the archive for its root; an entry beside it is refused")
	fs.BoolVar(&z.stripTop, "strip-top", false, stripTopUsage)
	fs.BoolVar(&z.skipMac, "skip-macos", false, skipMacUsage)
	fs.BoolVar(&z.json, "json", false, "print one JSON object in place of text, also for a refusal")
}

func (z *zipFlags) options() []safezip.Option {
	opts := []safezip.Option{safezip.UnsafeAllow(z.allow...)}
	if z.unicode {
		opts = append(opts, safezip.UnicodeNames())
	}
	if z.symlinks {
		opts = append(opts, safezip.UnsafeSymlinks())
	}
	if z.strip != "" {
		opts = append(opts, safezip.StripPrefix(z.strip))
	}
	if z.stripTop {
		opts = append(opts, safezip.StripTop())
	}
	if z.skipMac {
		opts = append(opts, safezip.SkipMacOS())
	}
	if memory := z.limits.MemoryBytes; memory != 0 {
		// A user who says how much memory there is need not say it a second time for the central
		// directory, which is held in it.
		opts = append(opts, safezip.DirectoryBytes(min(memory, safezip.MaxDirectoryBytes)))
	}
	return opts
}

// defaultWorkers is how many workers safezip would take by itself.
func defaultWorkers() int { return min(runtime.GOMAXPROCS(0), safezip.MaxWorkers) }
