package safezip

import (
	"cmp"
	"fmt"
	"iter"
	"log/slog"
	"path"
	"time"

	"github.com/seed73825598/airlock/internal/record"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/judge"
	"github.com/seed73825598/airlock/safezip/internal/tree"
)

// A Report says what an operation found and did.
type Report struct {
	Entries int64 // in the central directory
	// regular files and links; after an extraction, those that were written
	Files int64
	// directories, with those that only the names imply; after an extraction, those that were made
	Dirs         int64
	Bytes        int64         // size of the files, unpacked
	ArchiveBytes int64         // size of the archive
	Elapsed      time.Duration // wall clock
	Notes        []Finding     // what UnsafeAllow let pass, and times that could not be kept
	// after a refused Inspect: everything wrong that was found, at most MaxFindings
	Findings []Finding
	Stripped string // the directory that StripTop has taken away, as its name stands; empty for none

	all func(yield func(Entry) bool) // nil for none
}

// All yields what the archive lists, in its order: after Inspect, refused or not, as far as it was
// read, and of a Reader. It may be ranged over several times. A Report of an extraction keeps no
// entries, as they cost memory, and yields nothing.
func (r *Report) All() iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		if r != nil && r.all != nil {
			r.all(yield)
		}
	}
}

// ReportOf returns a Report whose All yields the entries, and whose other fields are to be set:
// what an Inspect returns, for tests of code that is given one, and for package safetar.
func ReportOf(entries iter.Seq[Entry]) *Report { return &Report{all: entries} }

// MaxFindings is how many findings a Report holds at most; an Inspect ends there.
const MaxFindings = judge.MaxFindings

// LogValue makes a Report a group of attributes. Hostile text in it is quoted and cut.
func (r *Report) LogValue() slog.Value {
	if r == nil {
		return slog.Value{}
	}
	attrs := []slog.Attr{
		slog.Int64("entries", r.Entries), slog.Int64("files", r.Files), slog.Int64("dirs", r.Dirs),
		slog.Int64("bytes", r.Bytes),
		slog.Int64("archive_bytes", r.ArchiveBytes), slog.Duration("elapsed", r.Elapsed),
		slog.Int("notes", len(r.Notes)), slog.Int("findings", len(r.Findings)),
	}
	if len(r.Notes) > 0 {
		attrs = append(attrs, slog.String("first_note", r.Notes[0].String()))
	}
	if len(r.Findings) > 0 {
		attrs = append(attrs, slog.String("first_finding", r.Findings[0].String()))
	}
	return slog.GroupValue(attrs...)
}

// MarshalJSON writes an object with the members entries, files, dirs, bytes, archive_bytes,
// elapsed_ns, stripped (quoted and cut as by [limits.Quote]), notes and findings, two lists of what
// [Finding.MarshalJSON] writes. Empty ones are left out. A nil Report is null.
func (r *Report) MarshalJSON() ([]byte, error) {
	if r == nil {
		return []byte("null"), nil
	}
	members := record.Record{
		slog.Int64("entries", r.Entries), slog.Int64("files", r.Files), slog.Int64("dirs", r.Dirs),
		slog.Int64("bytes", r.Bytes), slog.Int64("archive_bytes", r.ArchiveBytes), slog.Duration("elapsed", r.Elapsed),
	}
	if r.Stripped != "" {
		members = members.Text("stripped", limits.Quote(r.Stripped))
	}
	if len(r.Notes) > 0 {
		members = append(members, slog.Any("notes", r.Notes))
	}
	if len(r.Findings) > 0 {
		members = append(members, slog.Any("findings", r.Findings))
	}
	return members.MarshalJSON()
}

// A Finding is one broken rule and its place.
type Finding struct {
	Rule Rule // empty for a note that no rule asks for
	// the entry's name as it stands in the archive, hostile text; empty for the archive itself
	Where  string
	Offset int64  // in the archive, of the record that breaks the rule
	Detail string // what was found and what was expected; hostile text in it is quoted
}

// String is the finding on one line, hostile text quoted and cut.
func (f Finding) String() string {
	where := "archive"
	if f.Where != "" {
		where = limits.Quote(f.Where)
	}
	return fmt.Sprintf("%s: %s (offset %d): %s", cmp.Or(f.Rule, "note"), where, f.Offset, f.Detail)
}

// MarshalJSON writes an object with the members rule, where (quoted and cut as by [limits.Quote]),
// offset and detail. Empty texts are left out.
func (f Finding) MarshalJSON() ([]byte, error) {
	where := f.Where
	if where != "" {
		where = limits.Quote(where)
	}
	return append(record.Record(nil).Text("rule", string(f.Rule)).Text("where", where), slog.Int64("offset", f.Offset)).
		Text("detail", f.Detail).MarshalJSON()
}

// report says what is known of the archive at the end.
func (a *archive) report() *Report {
	r := &Report{ArchiveBytes: a.size, Elapsed: a.budget.Usage().Elapsed, Notes: findings(a.judge.Notes),
		Findings: findings(a.judge.Findings)}
	if a.zip != nil {
		r.Entries = int64(len(a.zip.Entries))
	}
	if a.tree == nil {
		return r
	}
	if a.config.StripTop && a.tree.Root > 0 {
		r.Stripped = a.tree.Path(a.tree.Root)
	}
	for id := range a.tree.Nodes {
		n := &a.tree.Nodes[id]
		switch {
		case !n.Wanted || int32(id) == a.tree.Root:
		case n.Kind == tree.Dir:
			r.Dirs++
		default:
			r.Files++
			r.Bytes += a.zip.Entries[n.Entry].Size
		}
	}
	return r
}

func findings(list []judge.Finding) []Finding {
	if len(list) == 0 {
		return nil
	}
	public := make([]Finding, len(list))
	for i, f := range list {
		public[i] = Finding(f)
	}
	return public
}

// noteLeft notes what a successful extraction could not remove after itself.
func (r *Report) noteLeft(left error) {
	if r != nil && left != nil {
		r.Notes = append(r.Notes, Finding{Detail: left.Error()})
	}
}

// all returns what yields the entries. Those of an accepted archive have a Path, but for what is
// left out.
func (a *archive) all(accepted bool) func(yield func(Entry) bool) {
	if a.zip == nil {
		return nil
	}
	return func(yield func(Entry) bool) {
		nodes := map[int32]int32{}
		if accepted {
			for id := range a.tree.Nodes {
				if n := &a.tree.Nodes[id]; n.Entry != tree.NoEntry && n.Wanted {
					nodes[n.Entry] = int32(id)
				}
			}
		}
		for i := range a.zip.Entries {
			te := a.entry(int32(i))
			e := entryOf(&te)
			if id, found := nodes[int32(i)]; found {
				e.Path, e.Link = path.Join(".", a.tree.PathOnDisk(id)), a.targets[id]
			}
			if !yield(e) {
				return
			}
		}
	}
}
