package safexml

import (
	"bytes"
	"context"
	"io"
	"reflect"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/decode"
	"github.com/seed73825598/airlock/safexml/internal/setup"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// Unmarshal checks the document in data and fills v, a pointer that is not nil, as xml.Unmarshal
// does. v is assigned only if the whole document has passed and fits: on an error it is what it was
// before. It is assigned whole: what it held before is replaced, not added to. A value that an
// interface in it points to is filled in the same way, so that a field of type any can be told what
// to take.
//
// The tags of structs, the conversions and the order in which fields are filled are those of
// encoding/xml. The result differs from that of encoding/xml in this alone:
//
//   - names are those of the fifth edition of XML 1.0, and a version such as 1.1 is taken;
//   - white space in attribute values and line ends in comments are normalized (XML 1.0, 3.3.3 and
//     2.11);
//   - where encoding/xml panics there is an error, or what was meant: a pointer to an
//     encoding.TextUnmarshaler as character data, an embedded pointer to an unexported struct,
//     character data as a slice of strings. A method of the caller's that panics still does, as an
//     UnmarshalText that a struct inherits through an embedded pointer which is nil;
//   - an XMLName in an embedded struct is checked and not set. encoding/xml does not set it either,
//     but writes the name into whatever field of the outer struct has the same index, if that is an
//     xml.Name.
//
// A type is filled by encoding/xml itself, on the checked bytes, if it or a type that it holds has
// the method UnmarshalXML or UnmarshalXMLAttr, or a field with the tag ",innerxml": such a method
// is given a decoder of encoding/xml, and such a field the markup as it is written. The memory of
// such a value is bounded by InputBytes and Items alone, and its names are those of the fourth
// edition.
//
// Methods named UnmarshalText are called while the document is read, before the verdict. The text
// is theirs until they return. The memory of any other v is accounted for as MemoryBytes: texts,
// and the targets of pointers and slices.
//
// The error matches limits.ErrRefused if the document is refused, which a *[MismatchError] says if
// it has passed and does not fit v, and limits.ErrConfig if lim, the options or v are at fault.
func Unmarshal(ctx context.Context, data []byte, v any, lim limits.Limits, opts ...Option) error {
	c, err := configure(ctx, "safexml.Unmarshal", lim, opts)
	if err != nil {
		return err
	}
	a, err := newAssignment(c.Op, v)
	if err != nil {
		return err
	}
	if err := decodeInto(ctx, c, bytes.NewReader(data), a.fresh, a.plan); err != nil {
		return err
	}
	a.assign()
	return nil
}

// Decode checks the document in r to its end and returns it as a T, as xml.Unmarshal would fill
// one. With an error the T is its zero value. The errors are those of [Unmarshal], and those of r.
func Decode[T any](ctx context.Context, r io.Reader, lim limits.Limits, opts ...Option) (T, error) {
	var fresh, zero T
	c, err := configure(ctx, "safexml.Decode", lim, opts)
	if err != nil {
		return zero, err
	}
	if err := decodeInto(ctx, c, r, reflect.ValueOf(&fresh).Elem(), decode.Of(reflect.TypeFor[T]())); err != nil {
		return zero, err
	}
	return fresh, nil
}

// events are those that a decoder takes.
const events = 1<<xmlscan.StartElement | 1<<xmlscan.EndElement | 1<<xmlscan.Text | 1<<xmlscan.CDATA | 1<<xmlscan.Comment

// decodeInto fills v, and reads to the end for the verdict whether the document fits v or not.
func decodeInto(ctx context.Context, c *setup.Config, src io.Reader, v reflect.Value, plan *decode.Plan,
) error {
	if plan.Foreign {
		return fillForeign(ctx, c, src, v)
	}
	r := open(ctx, c, src, purpose{stop: events, keep: events, whole: true, hands: true})
	if r.err != nil {
		return r.err
	}
	var failed, err error
	r.during(func() { failed, err = r.fillRoot(v, plan) }) // A value may decode itself.
	if err != nil {
		return err
	}
	return misfit(c.Op, failed)
}

// fillRoot fills v from the root element. Why the document does not fit v is the one error, why it
// does not pass the other.
func (r *reading) fillRoot(v reflect.Value, plan *decode.Plan) (failed, refused error) {
	d := decode.New(source{r}, r.scan)
	for {
		kind, err := r.next()
		if err != nil || kind == xmlscan.EOF {
			return failed, err
		}
		if kind == xmlscan.StartElement && r.scan.Depth() == 1 {
			if failed, err = r.fill(d, v, plan); err != nil {
				return nil, err
			}
		}
	}
}

// fill fills v from the element that begins at hand, and goes on to its end tag, whether v fits or
// not.
func (r *reading) fill(d *decode.Decoder, v reflect.Value, plan *decode.Plan, around ...int32) (failed, refused error) {
	if plan.Foreign {
		return r.fillFromMarkup(d, v, around)
	}
	err := d.Fill(v, plan, around...)
	switch {
	case err == nil:
		return nil, nil
	case isMisfit(err):
		return err, d.Leave()
	case r.err == nil:
		r.end(err) // The memory of the value has passed a limit.
	}
	return nil, r.err
}

// A source is a reading as a decoder wants it.
type source struct{ *reading }

// Next implements decode.Source.
func (s source) Next() (xmlscan.Kind, error) { return s.next() }

// Hold implements decode.Source.
func (s source) Hold(n int) error { return s.hold(n) }

// Release implements decode.Source.
func (s source) Release(n int) { s.meter.Release(limits.MemoryBytes, int64(n)) }
