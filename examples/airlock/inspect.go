package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

func inspectCommand() command {
	return command{
		name: "inspect", args: "FILE.zip", summary: "list an archive and all that is wrong with it, without unpacking",
		about: "Lists the entries of FILE.zip, what is wrong with it, and whether \"airlock unzip\" with the same flags would let it in.\n" +
			"Nothing is inflated, so damage to the data itself (checksums, sizes, targets of links) shows only in unzip.\n" +
			"Names are quoted unless they are plain ASCII.",
		prepare: func(fs *flag.FlagSet) action {
			i := &inspect{}
			i.register(fs)
			fs.BoolVar(&i.list, "list", false, "print the names of the entries alone, one a line, if the archive is accepted")
			fs.BoolVar(&i.rules, "rules", false, "list all rules instead")
			return i.run
		},
	}
}

// inspect holds the flags of "airlock inspect".
type inspect struct {
	zipFlags
	list  bool
	rules bool
}

// An entry is a safezip.Entry in JSON.
type entry struct {
	Name           string `json:"name"`
	NameBytes      []byte `json:"name_bytes,omitempty"` // of a name that is no UTF-8
	Size           int64  `json:"size"`
	CompressedSize int64  `json:"compressed_size"`
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
	if len(args) != 1 {
		return usageErrorf("want FILE.zip behind the flags, not %d arguments", len(args))
	}
	archive := args[0]
	var entries []safezip.Entry
	collect := safezip.Select(func(e safezip.Entry) bool {
		entries = append(entries, e)
		return true
	})
	report, err := safezip.InspectFile(ctx, archive, i.limits.Limits, append(i.options(), collect)...)
	if i.json {
		o := newOutcome(archive, report, err)
		o.Entries = newEntries(entries)
		return printOutcome(out, o, err)
	}
	if err != nil && !errors.Is(err, limits.ErrRefused) {
		return err
	}
	if i.list {
		return listNames(out, archive, entries, err)
	}
	printEntries(out, entries)
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
		fmt.Fprintln(out, "verdict: accepted, but for the data itself, which airlock unzip checks")
		return nil
	}
	fmt.Fprint(out, "verdict: ")
	printRefusal(out, &fileError{err, archive, advice(report.Findings)})
	return &printedError{err}
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
// which flag does it.
func advice(findings []safezip.Finding) string {
	var lift []string
	for _, f := range findings {
		if !ruleOf(f.Rule).Liftable {
			return "do not unpack it"
		}
		if !slices.Contains(lift, string(f.Rule)) {
			lift = append(lift, string(f.Rule))
		}
	}
	return "do not unpack it, unless you know who made it so, and why: -allow " + strings.Join(lift, ",")
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
		for info := range safezip.Rules() {
			list = append(list, ruleInfo(info))
		}
		return printJSON(out, list)
	}
	t := newTable(out)
	t.row("rule", "default", "lifted by", "CWE", "attack")
	for info := range safezip.Rules() {
		t.row(info.Rule, info.Default, liftedBy(info), info.CWE, info.Attack)
	}
	t.end()
	return nil
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
