package safezip

import (
	"cmp"
	"fmt"
	"log/slog"
	"time"

	"github.com/seed73825598/airlock/limits"
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
}

// MaxFindings is how many findings a Report holds at most; an Inspect ends there.
const MaxFindings = 100

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
