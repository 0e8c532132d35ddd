package safexml

import (
	"context"
	"io"
	"net/url"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/ooxml"
	"github.com/seed73825598/airlock/safexml/internal/refs"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// A Reference is one place in a document that names a resource.
type Reference struct {
	Mechanism Mechanism
	// as it stands in the document, references to characters resolved; hostile text
	URI string
	// against xml:base where that is in scope, without the white space that readers drop; as URI
	// where it cannot be resolved
	Resolved string
	Where    string // the name of the element as it is written; empty outside the root element
	// of the attribute's value, the text or the node, in bytes from the start of the source
	Offset int64
	Line   int // from 1
	Column int // in bytes of the source, from 1
}

// EachReference calls f for everything in a document that names a resource, in the order of the
// document: for every mechanism that [Mechanisms] lists, whatever the profile. Nothing is fetched.
//
// Rules that can be lifted do not end it: what they stand against is what it reports. Every other
// refusal does, and so does an error of f, which it returns as it is. References come while the
// document is read: on a refusal those before its place have been reported.
func EachReference(ctx context.Context, r io.Reader, lim limits.Limits, f func(Reference) error, opts ...Option) error {
	c, err := configure(ctx, "safexml.EachReference", lim, opts)
	if err != nil {
		return err
	}
	if f == nil {
		return &limits.ConfigError{Op: c.Op, Problems: []limits.FieldProblem{{Field: "the function", Reason: "is nil"}}}
	}
	doc := open(ctx, c, r, purpose{tell: f})
	doc.during(func() { _, err = doc.next() })
	return err
}

// refers reports a reference, and refuses the document if its mechanism has a rule. uri is as it is
// written.
func (r *reading) refers(w *refs.Row, uri string, p xmlscan.Position) error {
	if r.tell != nil {
		ref := Reference{Mechanism: mechanismOf(w), URI: uri, Resolved: r.resolve(uri), Where: r.scan.Where(),
			Offset: p.Offset,
			Line:   p.Line, Column: p.Column}
		if err := r.tell(ref); err != nil {
			return err
		}
	}
	if w.Rule == "" {
		return nil
	}
	if w.ID == "xsd-import" && r.conf.Profile == profileOOXML && ooxml.IsSchemaOfSharePoint(uri) {
		return r.note("", p, "an import of "+limits.Quote(uri)+", as SharePoint writes it")
	}
	return r.refuse(w.Rule, p, w.Format()+" ("+w.Construct()+") names "+limits.Quote(uri))
}

// A baseURI is an xml:base, for the elements from its depth on.
type baseURI struct {
	depth  int
	uri    *url.URL // nil if it cannot be parsed, and none around it can
	bytes  int      // of the URI, which grows with every relative base in another
	remote bool     // it leads out, however it is parsed
}

// pushBase takes the xml:base of the element that has been opened. One that cannot be parsed is
// none to resolve by: references below stay as they are written. A program that parses it all the
// same may still fetch by it.
func (r *reading) pushBase(value []byte) error {
	written := refs.Trim(string(value))
	base := baseURI{depth: r.scan.Depth(), remote: isRemote(written)}
	u, err := url.Parse(written)
	if n := len(r.bases); n > 0 {
		if err := r.payBase(); err != nil {
			return err
		}
		around := &r.bases[n-1]
		base.uri, base.bytes = around.uri, around.bytes
		base.remote = base.remote || around.remote && !isData(written)
		if err == nil && around.uri != nil {
			u = around.uri.ResolveReference(u)
		}
	}
	if err == nil {
		base.uri = u
		base.bytes = len(u.Opaque) + len(u.Host) + len(u.Path) + len(u.RawPath) + len(u.RawQuery) + len(u.Fragment) +
			len(u.RawFragment)
	}
	if err := r.hold(baseBytes + 2*base.bytes); err != nil {
		return err
	}
	r.bases = append(r.bases, base)
	return nil
}

// leadsOut reports whether a program that resolves a URI, in whatever way, leaves the document's
// own directory.
func (r *reading) leadsOut(uri string) bool {
	uri = refs.Trim(uri)
	n := len(r.bases)
	return isRemote(uri) || n > 0 && r.bases[n-1].remote && !isData(uri)
}

// baseBytes is what a base takes beside its URI.
const baseBytes = 256

// popBase ends the scope of a base.
func (r *reading) popBase() {
	last := len(r.bases) - 1
	r.meter.Release(limits.MemoryBytes, int64(baseBytes+2*r.bases[last].bytes))
	r.bases = r.bases[:last]
}

// payBase charges a step for each 8 bytes of the base in scope: it may be long, and what is
// resolved against it may be short and much.
func (r *reading) payBase() error { return r.meter.Step(int64(r.bases[len(r.bases)-1].bytes / 8)) }

// resolve resolves a URI against the base in scope. A budget that runs out here is told by the
// scan.
func (r *reading) resolve(uri string) string {
	trimmed := refs.Trim(uri)
	if len(r.bases) == 0 {
		return trimmed
	}
	if r.payBase() != nil || r.bases[len(r.bases)-1].uri == nil {
		return trimmed
	}
	u, err := url.Parse(trimmed)
	if err != nil {
		return trimmed
	}
	return r.bases[len(r.bases)-1].uri.ResolveReference(u).String()
}
