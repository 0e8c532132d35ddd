package safexml

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"reflect"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/setup"
)

// Unmarshal checks the document in data and fills v, a pointer that is not nil, as xml.Unmarshal
// does. v is assigned only if the whole document has passed and fits: on an error it is what it was
// before. It is assigned whole: what it held before is replaced, not added to.
//
// The error matches limits.ErrRefused if the document is refused, which a *[MismatchError] says if it
// has passed and does not fit v, and limits.ErrConfig if lim, the options or v are at fault.
func Unmarshal(ctx context.Context, data []byte, v any, lim limits.Limits, opts ...Option) error {
	c, err := configure(ctx, "safexml.Unmarshal", lim, opts)
	if err != nil {
		return err
	}
	target := reflect.ValueOf(v)
	if target.Kind() != reflect.Pointer || target.IsNil() {
		return &limits.ConfigError{Op: c.Op, Problems: []limits.FieldProblem{{Field: "v",
			Reason: fmt.Sprintf("is %T: not a pointer that can be assigned through", v)}}}
	}
	fresh := reflect.New(target.Type().Elem())
	if err := decode(ctx, c, bytes.NewReader(data), fresh.Interface()); err != nil {
		return err
	}
	target.Elem().Set(fresh.Elem())
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
	if err := decode(ctx, c, r, &fresh); err != nil {
		return zero, err
	}
	return fresh, nil
}

// decode fills v, and reads to the end for the verdict whatever encoding/xml makes of the document.
func decode(ctx context.Context, c *setup.Config, src io.Reader, v any) error {
	f := newFilter(ctx, c, src, true)
	d := xml.NewDecoder(f)
	var failed error
	f.during(func() { failed = d.Decode(v) }) // A value may decode itself.
	if _, err := io.Copy(io.Discard, f); err != nil {
		return err
	}
	return misfit(c, f, d, v, failed)
}
