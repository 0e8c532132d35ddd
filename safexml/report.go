package safexml

import (
	"cmp"
	"fmt"
	"log/slog"

	"github.com/seed73825598/airlock/internal/record"
	"github.com/seed73825598/airlock/limits"
)

// A Report says what a document that has passed holds.
type Report struct {
	Bytes      int64 // read from the source
	Elements   int64 //
	Attributes int64 // of all elements, namespace declarations included
	Nodes      int64 // elements, comments, processing instructions and CDATA sections
	Depth      int   // the deepest
	// under SVG, the size that the drawing says it has, in pixels of CSS, rounded up; else 0
	Width, Height int
	Encoding      string // of the source: UTF-8, UTF-16LE, UTF-16BE, or one that package charset allows
	// what UnsafeAllow let pass, and other things worth knowing, in the order of the document
	Notes []Note
}

// LogValue makes a Report a group of attributes. Hostile text in it is quoted and cut.
func (r *Report) LogValue() slog.Value {
	if r == nil {
		return slog.Value{}
	}
	attrs := []slog.Attr{
		slog.Int64("bytes", r.Bytes), slog.Int64("elements", r.Elements), slog.Int64("attributes", r.Attributes),
		slog.Int64("nodes", r.Nodes), slog.Int("depth", r.Depth), slog.String("encoding", r.Encoding),
		slog.Int("notes", len(r.Notes)),
	}
	if len(r.Notes) > 0 {
		attrs = append(attrs, slog.String("first_note", r.Notes[0].String()))
	}
	return slog.GroupValue(attrs...)
}

// MarshalJSON writes an object with the members bytes, elements, attributes, nodes, depth, width
// and height (under SVG), encoding and notes, a list of what [Note.MarshalJSON] writes. A nil
// Report is null.
func (r *Report) MarshalJSON() ([]byte, error) {
	if r == nil {
		return []byte("null"), nil
	}
	members := record.Record{
		slog.Int64("bytes", r.Bytes), slog.Int64("elements", r.Elements), slog.Int64("attributes", r.Attributes),
		slog.Int64("nodes", r.Nodes), slog.Int("depth", r.Depth),
	}
	members = members.Number("width", int64(r.Width)).Number("height", int64(r.Height)).Text("encoding", r.Encoding)
	if len(r.Notes) > 0 {
		members = append(members, slog.Any("notes", r.Notes))
	}
	return members.MarshalJSON()
}

// A Note is something about a document that has not refused it.
type Note struct {
	Rule Rule // that was lifted; empty for a note that no rule asks for
	// the name of the element as it stands in the document, hostile text; empty outside the root
	// element
	Where  string
	Offset int64  // in bytes from the start of the source
	Line   int    // from 1
	Column int    // in bytes of the source, from 1
	Detail string // what was found; hostile text in it is quoted
}

// String is the note on one line, hostile text quoted and cut.
func (n Note) String() string {
	where := "document"
	if n.Where != "" {
		where = limits.Quote(n.Where)
	}
	return fmt.Sprintf("%s: %s (line %d, column %d): %s", cmp.Or(n.Rule, "note"), where, n.Line, n.Column, n.Detail)
}

// MarshalJSON writes an object with the members rule, where (quoted and cut as by [limits.Quote]),
// offset, line, column and detail. Empty texts are left out.
func (n Note) MarshalJSON() ([]byte, error) {
	where := n.Where
	if where != "" {
		where = limits.Quote(where)
	}
	return append(record.Record(nil).Text("rule", string(n.Rule)).Text("where", where), slog.Int64("offset", n.Offset)).
		Number("line", int64(n.Line)).Number("column", int64(n.Column)).Text("detail", n.Detail).MarshalJSON()
}
