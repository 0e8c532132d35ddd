package reliability

import (
	"context"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
)

// document is one of 16 MiB.
var document = sync.OnceValue(func() string {
	return "<a>" + strings.Repeat("<b c='d'>text</b>", 1<<20) + "</a>"
})

// A wide value takes the whole document.
type wide struct {
	B []struct {
		C    string `xml:"c,attr"`
		Text string `xml:",chardata"`
	} `xml:"b"`
}

// filled is a value that becomes 16 MiB.
var filled = sync.OnceValue(func() *wide {
	v := &wide{}
	v.B = make([]struct {
		C    string `xml:"c,attr"`
		Text string `xml:",chardata"`
	}, 1<<20)
	for i := range v.B {
		v.B[i].C = "d"
	}
	return v
})

func xmlOperations() []operation {
	read := func(f func(ctx context.Context, r io.Reader, lim limits.Limits) error,
	) func(*testing.T, context.Context, limits.Limits) error {
		return func(_ *testing.T, ctx context.Context, lim limits.Limits) error {
			return f(ctx, strings.NewReader(document()), lim)
		}
	}
	return []operation{
		{name: "safexml.Validate", slow: read(func(ctx context.Context, r io.Reader, lim limits.Limits) error {
			_, err := safexml.Validate(ctx, r, lim)
			return err
		})},
		{name: "safexml.Unmarshal", slow: func(_ *testing.T, ctx context.Context, lim limits.Limits) error {
			var v wide
			return safexml.Unmarshal(ctx, []byte(document()), &v, lim)
		}},
		{name: "safexml.Decode", slow: read(func(ctx context.Context, r io.Reader, lim limits.Limits) error {
			_, err := safexml.Decode[wide](ctx, r, lim)
			return err
		})},
		{name: "safexml.NewDecoder", slow: read(func(ctx context.Context, r io.Reader, lim limits.Limits) error {
			d, err := safexml.NewDecoder(ctx, r, lim)
			for err == nil {
				_, err = d.RawToken()
			}
			return err
		})},
		{name: "safexml.NewReader", slow: read(func(ctx context.Context, r io.Reader, lim limits.Limits) error {
			checked, err := safexml.NewReader(ctx, r, lim)
			if err == nil {
				_, err = io.Copy(io.Discard, checked)
			}
			return err
		})},
		{name: "safexml.NewTokenizer", slow: read(func(ctx context.Context, r io.Reader, lim limits.Limits) error {
			tokens, err := safexml.NewTokenizer(ctx, r, lim)
			for err == nil {
				err = tokens.Next()
			}
			return err
		})},
		{name: "safexml.EachRecord", slow: read(func(ctx context.Context, r io.Reader, lim limits.Limits) error {
			_, err := safexml.EachRecord(ctx, r, "a/b", lim, func(struct {
				C string `xml:"c,attr"`
			}) error {
				return nil
			})
			return err
		})},
		{name: "safexml.EachRecord of one", slow: read(func(ctx context.Context, r io.Reader, lim limits.Limits) error {
			_, err := safexml.EachRecord(ctx, r, "a", lim, func(wide) error { return nil })
			return err
		})},
		{name: "safexml.Tokenizer.Decode", slow: read(func(ctx context.Context, r io.Reader, lim limits.Limits) error {
			tokens, err := safexml.NewTokenizer(ctx, r, lim)
			if err == nil {
				err = tokens.Next()
			}
			if err == nil {
				err = tokens.Decode(new(wide))
			}
			return err
		})},
		{name: "safexml.NewEncoder", slow: func(_ *testing.T, ctx context.Context, lim limits.Limits) error {
			e, err := safexml.NewEncoder(ctx, io.Discard, lim)
			if err != nil {
				return err
			}
			defer func() { _ = e.Close() }()
			return e.Encode(filled())
		}},
		{name: "safexml.Marshal", slow: func(_ *testing.T, ctx context.Context, lim limits.Limits) error {
			_, err := safexml.Marshal(ctx, filled(), lim)
			return err
		}},
		{name: "safexml.EachReference", slow: read(func(ctx context.Context, r io.Reader, lim limits.Limits) error {
			return safexml.EachReference(ctx, r, lim, func(safexml.Reference) error { return nil })
		})},
	}
}
