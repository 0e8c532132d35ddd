package safexml_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safexml/xmltest"
)

// sensible are the limits that xmltest's cases are made for.
var sensible = xmltest.Limits()

// hostile and benign are the cases of xmltest, built once.
var (
	hostile = sync.OnceValue(func() []xmltest.Case { return slices.Collect(xmltest.Hostile()) })
	benign  = sync.OnceValue(func() []xmltest.Case { return slices.Collect(xmltest.Benign()) })
)

// options returns the options that a case is made for.
func options(t testing.TB, c xmltest.Case) []safexml.Option {
	t.Helper()
	opts := c.Options()
	if c.Option != "" && len(opts) != 1+strings.Count(c.Option, ", ") {
		t.Fatalf("%s: an option of %q is not known", c.Name, c.Option)
	}
	return opts
}

// A face takes a document by one of the package's functions, to its end.
type face struct {
	name string
	take func(ctx context.Context, r io.Reader, lim limits.Limits, opts ...safexml.Option) error
}

// faces are all that give a verdict. Validate is the first.
var faces = []face{
	{"Validate", func(ctx context.Context, r io.Reader, lim limits.Limits, opts ...safexml.Option) error {
		_, err := safexml.Validate(ctx, r, lim, opts...)
		return err
	}},
	{"NewReader", func(ctx context.Context, r io.Reader, lim limits.Limits, opts ...safexml.Option) error {
		checked, err := safexml.NewReader(ctx, r, lim, opts...)
		if err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, checked)
		return err
	}},
	{"NewTokenizer", func(ctx context.Context, r io.Reader, lim limits.Limits, opts ...safexml.Option) error {
		t, err := safexml.NewTokenizer(ctx, r, lim, opts...)
		if err != nil {
			return err
		}
		for err == nil {
			err = t.Next()
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		return err
	}},
	{"NewDecoder", func(ctx context.Context, r io.Reader, lim limits.Limits, opts ...safexml.Option) error {
		d, err := safexml.NewDecoder(ctx, r, lim, opts...)
		for err == nil {
			_, err = d.RawToken()
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		return err
	}},
	{"Decode", func(ctx context.Context, r io.Reader, lim limits.Limits, opts ...safexml.Option) error {
		_, err := safexml.Decode[node](ctx, r, lim, opts...)
		return err
	}},
	{"Unmarshal", func(ctx context.Context, r io.Reader, lim limits.Limits, opts ...safexml.Option) error {
		data, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		return safexml.Unmarshal(ctx, data, new(node), lim, opts...)
	}},
}

// node takes any element.
type node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Text    string     `xml:",chardata"`
	Nodes   []node     `xml:",any"`
}

// verdict is what an error says about the document, whichever face it came from.
func verdict(t testing.TB, err error) any {
	t.Helper()
	if rule, ok := errors.AsType[*safexml.RuleError](err); ok {
		v := *rule
		v.Op = ""
		return v
	}
	if exceeded, ok := errors.AsType[*limits.ExceededError](err); ok {
		v := *exceeded
		v.Op = ""
		return v
	}
	if err != nil && !errors.Is(err, errDecode) {
		t.Errorf("neither a verdict nor a decoder's error: %v", err)
	}
	return "accepted"
}

// errDecode matches what encoding/xml has with documents that pass.
var errDecode = errors.New("encoding/xml")

// validate is the verdict of Validate.
func validate(t testing.TB, data []byte, lim limits.Limits, opts ...safexml.Option) (*safexml.Report, error) {
	t.Helper()
	r, err := safexml.Validate(t.Context(), bytes.NewReader(data), lim, opts...)
	if err != nil && r != nil {
		t.Errorf("a Report beside an error: %+v", r)
	}
	return r, err
}

// agree checks that every face has the verdict of Validate, with the document in one read and byte
// by byte.
func agree(t *testing.T, data []byte, lim limits.Limits, opts ...safexml.Option) {
	t.Helper()
	_, first := validate(t, data, lim, opts...)
	want := verdict(t, first)
	for _, f := range faces {
		if len(data) > 64<<10 && f.name != "NewReader" && f.name != "NewTokenizer" {
			continue // The others are NewReader with encoding/xml after it.
		}
		for how, r := range map[string]io.Reader{"whole": bytes.NewReader(data),
			"byte by byte": iotest.OneByteReader(bytes.NewReader(data)),
			"with the end": iotest.DataErrReader(bytes.NewReader(data))} {
			if len(data) > 64<<10 && how != "whole" {
				continue
			}
			err := f.take(t.Context(), r, lim, opts...)
			if _, misfit := errors.AsType[*safexml.MismatchError](err); first == nil && err != nil &&
				(misfit || !errors.Is(err, limits.ErrRefused)) {
				continue // encoding/xml knows fewer names.
			}
			if diff := cmp.Diff(want, verdict(t, err)); diff != "" {
				t.Errorf("%s, %s: (-Validate +%s):\n%s", f.name, how, f.name, diff)
			}
		}
	}
}
