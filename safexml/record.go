package safexml

import (
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"reflect"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/decode"
	"github.com/seed73825598/airlock/safexml/internal/setup"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// EachRecord decodes each element at path into a new T, as [Unmarshal] would, and calls f with it.
// It holds one record at a time, so a document of any size passes in bounded memory:
//
//	n, err := safexml.EachRecord(ctx, body, "export/customer", lim, func(c Customer) error {
//		return insert(ctx, tx, c)
//	})
//
// path is the names from the root element down, parted by "/": each a local name in any namespace,
// or {namespace}local. There is no other syntax. The root must be the first of them, or EachRecord
// returns a *[MismatchError]: a document of another kind must not look like one without records.
// Elements beside the path are judged and passed over.
//
// EachRecord returns how many records f was given. f sees them before the end of the document is
// verified: only a nil error says that the whole document has passed, so do what f does in a
// transaction. A record that does not fit T ends the operation with a *MismatchError, and an error
// of f ends it and is returned as it is. The errors are otherwise those of [Decode]; a path that is
// wrong, or a T that no document fills, is a *limits.ConfigError before r is read.
//
// For a document of 2 GiB raise InputBytes, Time, and Items to the number of elements that it may
// have: the default of Steps grows with these. The memory of a record is accounted for as
// MemoryBytes until f returns, so the default does for any number of records. Under a profile that
// judges at the end ([Signed], [SAML], [SVG]) the document is kept, within MemoryBytes, and f sees
// nothing before it has passed.
func EachRecord[T any](ctx context.Context, r io.Reader, path string, lim limits.Limits, f func(T) error,
	opts ...Option,
) (int64, error) {
	c, err := configure(ctx, "safexml.EachRecord", lim, opts)
	if err != nil {
		return 0, err
	}
	if f == nil {
		return 0, &limits.ConfigError{Op: c.Op, Problems: []limits.FieldProblem{{Field: "the function", Reason: "is nil"}}}
	}
	var record, zero T
	return eachRecord(ctx, c, r, path, reflect.ValueOf(&record).Elem(), func() error {
		full := record
		record = zero
		return f(full)
	})
}

// eachRecord fills v from one record after another, and calls f each time.
func eachRecord(ctx context.Context, c *setup.Config, src io.Reader, path string, v reflect.Value, f func() error,
) (int64, error) {
	w := records{v: v, f: f, plan: decode.Of(v.Type())}
	if !w.readPath(path) {
		return 0, &limits.ConfigError{Op: c.Op, Problems: []limits.FieldProblem{{Field: "the path",
			Reason: fmt.Sprintf("is %s: not names such as export/record or {namespace}export/record", limits.Quote(path))}}}
	}
	if err := w.plan.Check(); err != nil {
		return 0, unfit(c.Op, err.Error())
	}
	r, err := openVerified(ctx, c, src, purpose{stop: events, keep: events, whole: true, hands: true,
		markup: w.plan.Foreign})
	if err != nil {
		return 0, err
	}
	w.reading, w.decoder = r, decode.New(source{r}, r.scan)
	w.during(func() { err = w.run() })
	return w.n, err
}

// records is one EachRecord.
type records struct {
	*reading
	decoder *decode.Decoder
	plan    *decode.Plan
	v       reflect.Value
	f       func() error
	path    []xml.Name
	nth     []int32 // how many elements there have been for each name of the path, in the one around them
	n       int64
}

// readPath reads a path of names.
func (w *records) readPath(path string) bool {
	for rest, more := path, true; more; {
		var name xml.Name
		if after, ok := strings.CutPrefix(rest, "{"); ok {
			if name.Space, rest, ok = strings.Cut(after, "}"); !ok {
				return false
			}
		}
		if name.Local, rest, more = strings.Cut(rest, "/"); !xmlscan.IsNCName(name.Local) {
			return false
		}
		w.path = append(w.path, name)
	}
	w.nth = make([]int32, len(w.path))
	return true
}

// run goes through the document. An element beside the path is passed over whole, so all elements
// around the one at hand are on it.
func (w *records) run() error {
	for {
		kind, err := w.next()
		if err != nil || kind == xmlscan.EOF {
			return err
		}
		if kind == xmlscan.StartElement {
			if err := w.element(); err != nil {
				w.end(err)
				return w.err
			}
		}
	}
}

// element takes the element that begins at hand: a record, one around records, or none of these.
func (w *records) element() error {
	depth := w.scan.Depth()
	wants := &w.path[depth-1]
	raw, colon := w.scan.Name()
	if wants.Local != string(raw[colon+1:]) || wants.Space != "" && wants.Space != string(w.scan.Space()) {
		if depth > 1 {
			return w.decoder.Skip()
		}
		return misfit(w.conf.Op, &decode.Misfit{Path: w.decoder.Path(), At: w.scan.At(), Type: w.v.Type(),
			Err: xml.UnmarshalError(fmt.Sprintf("expected element type <%s> but have <%s>", wants.Local, raw[colon+1:]))})
	}
	if depth > 1 {
		w.nth[depth-1]++
	}
	if depth < len(w.path) {
		w.nth[depth] = 0
		return nil
	}
	return w.record()
}

// record decodes the element that begins at hand.
func (w *records) record() error {
	failed, err := w.fill(w.decoder, w.v, w.plan, w.nth...)
	if err != nil {
		return err
	}
	if failed != nil {
		return misfit(w.conf.Op, failed)
	}
	w.n++
	if err := w.f(); err != nil {
		return err
	}
	w.decoder.Release()
	return w.meter.Err() // f may have taken long.
}
