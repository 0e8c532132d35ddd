package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/safetar"
)

func inspectCommand() command {
	return command{
		name: "inspect", args: "FILE...", summary: "list a zip or tar archive and all that is wrong with it, without " +
			"unpacking",
		about: "Lists the entries of FILE, what is wrong with it, and whether \"airlock unzip\" or \"airlock untar\" with " +
			"the same flags\n" +
			"would let it in. The first bytes of FILE say whether it is tar, plain or within gzip or bzip2; all else is taken " +
			"for zip.\n" +
			"Of a zip archive nothing is inflated, so damage to the data itself (checksums, sizes, targets of links) shows " +
			"only in\n" +
			"unzip. Of a tar archive everything is read, and entries are listed whose names and types are accepted;\n" +
			"FILE may then have 1 GiB, unless -limits says input=.\n" +
			"Names are quoted unless they are plain ASCII.\n" +
			"With -json there may be several FILEs, and each has a line and a budget of its own. A line has the verdict, all " +
			"that\n" +
			"is wrong, and on what the verdict rests: the version of the library, a digest of its rules, and the flags. " +
			"Where\n" +
			"retry is true, the time ran out or the file could not be read; any other verdict stays as it is. The exit status " +
			"is\n" +
			"2 if any file is undecided, and 1 if any is refused.",
		prepare: func(fs *flag.FlagSet) action {
			i := &inspect{}
			i.register(fs)
			fs.BoolVar(&i.hardLinks, "hard-links", false, "in tar, let in hard links to files of the same archive")
			fs.BoolVar(&i.multistream, "multistream", false, "around tar, read several gzip members or bzip2 streams as one")
			fs.StringVar(&i.filesFrom, "files-from", "", "with -json, look at the files as well that `LIST` names, one a "+
				"line; - is standard input")
			fs.IntVar(&i.workers, "workers", defaultWorkers(), "with -json, look at `N` files at a time")
			fs.BoolVar(&i.list, "list", false, "print the names of the entries alone, one a line, if the archive is accepted")
			fs.BoolVar(&i.rules, "rules", false, "list all rules instead")
			return i.run
		},
	}
}

// inspect holds the flags of "airlock inspect".
type inspect struct {
	zipFlags
	hardLinks, multistream bool // of tar alone
	list                   bool
	rules                  bool
	filesFrom              string
	workers                int
}

// An entry is a safezip.Entry in JSON.
type entry struct {
	Name           string `json:"name"`
	NameBytes      []byte `json:"name_bytes,omitempty"` // of a name that is no UTF-8
	Size           int64  `json:"size"`
	CompressedSize int64  `json:"compressed_size"` // 0 in tar
	Type           string `json:"type"`
	Mode           string `json:"mode"`
	Modified       string `json:"modified,omitempty"` // RFC 3339; absent if there is none
}

func (i *inspect) run(ctx context.Context, args []string, out io.Writer) error {
	if i.rules {
		if len(args) != 0 {
			return usageErrorf("-rules takes no arguments")
		}
		return i.listRules(out)
	}
	switch {
	case i.json && (len(args) > 0 || i.filesFrom != ""):
		return i.verdicts(ctx, args, out)
	case i.filesFrom != "":
		return usageErrorf("-files-from wants -json")
	case len(args) > 1:
		return usageErrorf("want one FILE after the flags, not %d; several want -json", len(args))
	case len(args) == 0:
		return usageErrorf("want FILE after the flags")
	}
	archive := args[0]
	form := i.form(archive)
	entries, report, err := form.inspect(ctx, archive)
	if err != nil && !errors.Is(err, limits.ErrRefused) {
		return err
	}
	if i.list {
		return listNames(out, archive, entries, err)
	}
	form.print(out, entries)
	title := "findings"
	if len(report.Findings) == safezip.MaxFindings {
		title = fmt.Sprintf("the first %d findings", safezip.MaxFindings)
	}
	printFindings(out, title, report.Findings)
	printFindings(out, "notes", report.Notes)
	// Without entries, a refusal has come before anything could be counted.
	if err == nil || entries != nil {
		fmt.Fprintf(out, "%s, %s, %s in an archive of %s\n",
			count(report.Files, "file", "files"), count(report.Dirs, "directory", "directories"),
			limits.Bytes(report.Bytes), limits.Bytes(report.ArchiveBytes))
	}
	if err == nil {
		fmt.Fprintln(out, "verdict: accepted"+form.unseen)
		return nil
	}
	fmt.Fprint(out, "verdict: ")
	printRefusal(out, &fileError{err, archive, advice(report.Findings, form.rules)})
	return &printedError{err}
}

// A form is a kind of archive.
type form struct {
	inspect func(ctx context.Context, archive string) ([]safezip.Entry, *safezip.Report, error)
	print   func(out io.Writer, entries []safezip.Entry)
	rules   func() iter.Seq[limits.RuleInfo]
	unseen  string // of an archive that is accepted
}

// form is that of a file.
func (i *inspect) form(archive string) form {
	if isTar(archive) {
		return form{i.tar, printTarEntries, safetar.Rules, ""}
	}
	return form{i.zip, printEntries, safezip.Rules, ", but for the data itself, which airlock unzip checks"}
}

// zip inspects a zip archive.
func (i *inspect) zip(ctx context.Context, archive string) (entries []safezip.Entry, r *safezip.Report, err error) {
	collect := safezip.Select(func(e safezip.Entry) bool {
		entries = append(entries, e)
		return true
	})
	r, err = safezip.InspectFile(ctx, archive, i.limits.Limits, append(i.options(), collect)...)
	return entries, r, err
}

// tar inspects a tar archive, with the flags of untar.
func (i *inspect) tar(ctx context.Context, archive string) (entries []safezip.Entry, r *safezip.Report, err error) {
	collect := safetar.Select(func(e safetar.Entry) bool {
		entries = append(entries, e)
		return true
	})
	f := tarFlags{allow: i.allow, unicode: i.unicode, symlinks: i.symlinks, hardLinks: i.hardLinks,
		multistream: i.multistream, strip: i.strip, stripTop: i.stripTop, skipMac: i.skipMac}
	lim := i.limits.Or(limits.Limits{InputBytes: maxTarInput})
	r, err = safetar.InspectFile(ctx, archive, lim, append(f.options(), collect)...)
	return entries, r, err
}

// listNames is -list: names for another program to read, so nothing else and nothing of an archive
// that is refused.
func listNames(out io.Writer, archive string, entries []safezip.Entry, err error) error {
	if err != nil {
		return &fileError{err, archive, "run airlock inspect " + shellWord(archive) +
			" to see everything that is wrong"}
	}
	for _, e := range entries {
		fmt.Fprintln(out, name(e.Name))
	}
	return nil
}

// advice tells what can be done about an archive that broke rules: if all of them may be lifted,
// which flags do it. Names beyond ASCII have a flag that lifts nothing.
func advice(findings []safezip.Finding, rules func() iter.Seq[limits.RuleInfo]) string {
	var lift []string
	flags := ""
	for _, f := range findings {
		if !infoOf(f.Rule, rules()).Liftable {
			return "do not unpack it"
		}
		if f.Rule == safezip.RuleNonASCII {
			flags = " -unicode"
		} else if !slices.Contains(lift, string(f.Rule)) {
			lift = append(lift, string(f.Rule))
		}
	}
	if len(lift) == 0 && flags != "" {
		return "do not unpack it, unless names beyond ASCII are expected:" + flags
	}
	return "do not unpack it, unless you know who made it so, and why:" + flags + " -allow " + strings.Join(lift, ",")
}

func newEntries(list []safezip.Entry) []entry {
	entries := make([]entry, len(list))
	for i, e := range list {
		entries[i] = entry{e.Name, notUTF8(e.Name), e.Size, e.CompressedSize, typeOf(e), e.Mode.String(),
			modified(e, time.RFC3339)}
	}
	return entries
}

// typeOf says what the archive claims an entry to be.
func typeOf(e safezip.Entry) string {
	switch {
	case e.Mode&fs.ModeSymlink != 0:
		return "link"
	case e.Mode&fs.ModeIrregular != 0:
		return "special"
	case e.Mode.IsDir():
		return "dir"
	default:
		return "file"
	}
}

func modified(e safezip.Entry, layout string) string {
	if e.Modified.IsZero() {
		return ""
	}
	return e.Modified.Format(layout)
}

func printEntries(out io.Writer, entries []safezip.Entry) {
	if len(entries) == 0 {
		return
	}
	t := newNumbers(out)
	t.row("size", "compressed", "ratio", "type", "modified (UTC)", " name")
	for _, e := range entries {
		t.row(e.Size, e.CompressedSize, ratio(e), typeOf(e), modified(e, time.DateTime), " "+name(e.Name))
	}
	t.end()
	fmt.Fprintln(out)
}

// printTarEntries is printEntries for tar, whose entries are not compressed one by one.
func printTarEntries(out io.Writer, entries []safezip.Entry) {
	if len(entries) == 0 {
		return
	}
	t := newNumbers(out)
	t.row("size", "type", "modified (UTC)", " name")
	for _, e := range entries {
		t.row(e.Size, typeOf(e), modified(e, time.DateTime), " "+name(e.Name))
	}
	t.end()
	fmt.Fprintln(out)
}

// ratio says what one byte of the archive becomes.
func ratio(e safezip.Entry) string {
	if e.CompressedSize == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f", float64(e.Size)/float64(e.CompressedSize))
}

// printFindings prints a title and a table.
func printFindings(out io.Writer, title string, findings []safezip.Finding) {
	if len(findings) == 0 {
		return
	}
	fmt.Fprintln(out, title+":")
	t := newTable(out)
	t.row("  rule", "place", "offset", "detail")
	for _, f := range findings {
		t.row("  "+string(f.Rule), place(f.Where), f.Offset, cut(f.Detail))
	}
	t.end()
	fmt.Fprintln(out)
}

// A ruleInfo is a limits.RuleInfo in JSON.
type ruleInfo struct {
	Rule     safezip.Rule `json:"rule"`
	Attack   string       `json:"attack"`
	Advice   string       `json:"advice"`
	CWE      string       `json:"cwe"`
	Default  string       `json:"default"`
	Since    string       `json:"since"`
	Liftable bool         `json:"liftable"`
}

// listRules is -rules.
func (i *inspect) listRules(out io.Writer) error {
	if i.json {
		var list []ruleInfo
		for info := range archiveRules() {
			list = append(list, ruleInfo(info))
		}
		return printJSON(out, list)
	}
	t := newTable(out)
	t.row("rule", "default", "lifted by", "CWE", "attack")
	for info := range archiveRules() {
		t.row(info.Rule, info.Default, liftedBy(info), info.CWE, info.Attack)
	}
	t.end()
	return nil
}

// archiveRules are the rules of zip, and those of tar that zip does not have.
func archiveRules() iter.Seq[limits.RuleInfo] {
	return func(yield func(limits.RuleInfo) bool) {
		for info := range safezip.Rules() {
			if !yield(info) {
				return
			}
		}
		for info := range safetar.Rules() {
			if infoOf(info.Rule, safezip.Rules()).Rule == "" && !yield(info) {
				return
			}
		}
	}
}

// liftedBy names the flag that lifts a rule.
func liftedBy(info limits.RuleInfo) string {
	switch {
	case info.Liftable:
		return "-allow"
	case info.Rule == safezip.RuleSymlink:
		return "-symlinks"
	default:
		return "-"
	}
}
