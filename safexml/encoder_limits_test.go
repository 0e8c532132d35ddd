package safexml_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/seed73825598/airlock/internal/testkit/limittable"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
)

// TestEncoderLimits stops at a limit, and passes at it.
func TestEncoderLimits(t *testing.T) {
	const document = "<a><b></b></a>"
	write := func(lim limits.Limits) error {
		var b strings.Builder
		e, err := safexml.NewEncoder(t.Context(), &b, lim)
		if err != nil {
			return err
		}
		defer e.Close()
		for _, token := range []xml.Token{start("", "a"), start("", "b"), end("", "b"), end("", "a")} {
			if err := e.EncodeToken(token); err != nil {
				return err
			}
		}
		if err := e.Close(); err != nil {
			return err
		}
		if b.String() != document {
			t.Errorf("%q", b.String())
		}
		return nil
	}
	for _, c := range []struct {
		resource limits.Resource
		n        int64
		set      func(l *limits.Limits, n int64)
	}{
		{limits.OutputBytes, int64(len(document)), func(l *limits.Limits, n int64) { l.OutputBytes = limits.Bytes(n) }},
		{limits.Items, 2, func(l *limits.Limits, n int64) { l.Items = n }},
		{limits.Depth, 2, func(l *limits.Limits, n int64) { l.Depth = n }},
	} {
		lim := writing
		c.set(&lim, c.n)
		if err := write(lim); err != nil {
			t.Errorf("%v at the limit: %v", c.resource, err)
		}
		c.set(&lim, c.n-1)
		limittable.Exceeds(t, write(lim), c.resource, c.n-1)
	}
	if err := write(limits.Limits{Time: time.Second}); !errors.Is(err, limits.ErrUnset) {
		t.Errorf("without OutputBytes: %v", err)
	}
	if err := write(limits.Limits{OutputBytes: 100}); !errors.Is(err, limits.ErrUnset) {
		t.Errorf("without Time: %v", err)
	}
}

// broken is a writer that fails.
type broken struct{ after int }

func (b *broken) Write(p []byte) (int, error) {
	if b.after -= len(p); b.after < 0 {
		return 0, io.ErrClosedPipe
	}
	return len(p), nil
}

// TestEncoderWriter tells an error of the writer as it is, once and for good, and writes long
// documents in blocks.
func TestEncoderWriter(t *testing.T) {
	e, err := safexml.NewEncoder(t.Context(), &broken{100_000}, writing)
	if err != nil {
		t.Fatal(err)
	}
	if err := e.EncodeToken(start("", "a")); err != nil {
		t.Fatal(err)
	}
	for range 100 {
		if err = e.EncodeToken(xml.CharData(strings.Repeat("é", 5000))); err != nil {
			break
		}
	}
	if !errors.Is(err, io.ErrClosedPipe) || errors.Is(err, limits.ErrRefused) || errors.Is(err, limits.ErrConfig) {
		t.Errorf("%v; want the writer's error", err)
	}
	if err := e.Close(); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("Close: %v", err)
	}
	var zero safexml.Encoder
	var none *safexml.Encoder
	for _, e := range []*safexml.Encoder{&zero, none} {
		for _, err := range []error{e.EncodeToken(nil), e.Encode(1), e.EncodeElement(1, start("", "a")), e.Flush(),
			e.Close()} {
			if !errors.Is(err, limits.ErrConfig) {
				t.Errorf("%v; want a *limits.ConfigError", err)
			}
		}
		if e.Context() == nil {
			t.Error("no context")
		}
	}
}

// TestEncoderOptions tells mistakes in the options, and options of writing where something is read.
func TestEncoderOptions(t *testing.T) {
	for name, opts := range map[string][]safexml.Option{
		"prefix xml":     {safexml.Prefix("xmlx", "urn:a")},
		"prefix no name": {safexml.Prefix("a b", "urn:a")},
		"prefix empty":   {safexml.Prefix("", "urn:a")},
		"no namespace":   {safexml.Prefix("a", "")},
		"prefix twice":   {safexml.Prefix("a", "urn:a"), safexml.Prefix("a", "urn:b")},
		"indent":         {safexml.Indent("", "x")},
		"indent lines":   {safexml.Indent("\n", "")},
		"indent, Signed": {safexml.Signed(), safexml.Indent("", " ")},
		"indent, SAML":   {safexml.Indent("", " "), safexml.SAML()},
		"option of SVG":  {safexml.DataImages()},
	} {
		if _, err := safexml.Marshal(t.Context(), inner{}, writing, opts...); !errors.Is(err, limits.ErrConfig) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, opt := range []safexml.Option{safexml.Prefix("a", "urn:a"), safexml.EmptyTags(), safexml.Indent("", " ")} {
		for _, f := range faces {
			if err := f.take(t.Context(), strings.NewReader(ordinary), sensible, opt); !errors.Is(err, limits.ErrConfig) {
				t.Errorf("%s: %v", f.name, err)
			}
		}
	}
	if _, err := safexml.NewEncoder(t.Context(), nil, writing); !errors.Is(err, limits.ErrConfig) {
		t.Errorf("no writer: %v", err)
	}
}

// TestEncodeProfiles writes nothing that a profile refuses, and under one that judges at the end
// nothing before.
func TestEncodeProfiles(t *testing.T) {
	if got, err := encodeTokens(t, []safexml.Option{safexml.Signed()}, start("", "a", "", "ID", "x"),
		start("", "b", "", "ID", "x"), end("", "b"), end("", "a")); !errors.Is(err, limits.ErrRefused) {
		t.Errorf("two IDs: %q, %v", got, err)
	}
	if _, err := safexml.Marshal(t.Context(), cdata{Text: "a"}, writing, safexml.Signed()); !errors.Is(err,
		limits.ErrRefused) {
		t.Errorf("CDATA: %v", err)
	}
	if got, err := safexml.Marshal(t.Context(), inner{}, writing, safexml.SVG()); !errors.Is(err, limits.ErrRefused) {
		t.Errorf("no drawing: %q, %v", got, err)
	}
	got, err := encodeTokens(t, []safexml.Option{safexml.Signed()}, start("", "a", "", "ID", "x"), end("", "a"))
	if err != nil || got != `<a ID="x"></a>` {
		t.Errorf("%q, %v", got, err)
	}
}

// TestEncodeCopies writes the tokens of every benign document to a document with the same tokens.
func TestEncodeCopies(t *testing.T) {
	for _, c := range benign() {
		if c.Rule == safexml.RuleEncoding || len(c.Data) > 1<<20 {
			continue
		}
		if err := recode(t, c.Data, c.Limits(), options(t, c)...); err != nil {
			t.Errorf("%s: %v", c.Name, err)
		}
	}
}

// recode writes the tokens of a document and compares.
func recode(t *testing.T, document []byte, lim limits.Limits, opts ...safexml.Option) error {
	t.Helper()
	var b bytes.Buffer
	e, err := safexml.NewEncoder(t.Context(), &b, writing, opts...)
	if err != nil {
		return err
	}
	defer e.Close()
	d := xml.NewDecoder(bytes.NewReader(document))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	for {
		token, err := d.Token()
		if err == io.EOF { //nolint:errorlint // The end itself.
			break
		}
		if err != nil {
			return nil //nolint:nilerr // Not a document for encoding/xml.
		}
		if p, ok := token.(xml.ProcInst); ok && p.Target == "xml" {
			continue
		} else if ok && bytes.ContainsRune(p.Inst, '\r') {
			return nil // encoding/xml leaves the line ends of an instruction as they are.
		}
		if text, ok := token.(xml.CharData); ok && strings.HasPrefix(string(text), "\ufeff") {
			continue
		}
		if _, ok := token.(xml.Directive); ok {
			return nil
		}
		if err := e.EncodeToken(token); err != nil {
			return err
		}
	}
	if err := e.Close(); err != nil {
		return err
	}
	if _, err := validate(t, b.Bytes(), lim, opts...); err != nil {
		return fmt.Errorf("written and refused: %w", err)
	}
	want := tokensOf(t, bytes.TrimPrefix(document, []byte("\ufeff")))
	got := tokensOf(t, b.Bytes())
	drop := func(list []string) []string {
		var kept []string
		for _, line := range list {
			if !strings.HasPrefix(line, "instruction xml ") && strings.TrimSpace(strings.TrimPrefix(line, "text ")) != "" {
				kept = append(kept, line)
			}
		}
		return kept
	}
	if diff := cmp.Diff(drop(want), drop(got)); diff != "" {
		return fmt.Errorf("(-document +written)\n%s", diff)
	}
	return nil
}

// FuzzEncode writes any document that passes, and any text in a value, and reads the same again.
func FuzzEncode(f *testing.F) {
	for _, c := range benign() {
		if len(c.Data) < 2048 {
			f.Add(c.Data, "a", "b", "c")
		}
	}
	f.Add([]byte("<a/>"), "<&>\"'\r\n\t", "a]]>b", "--")
	type value struct {
		Attr    string `xml:"attr,attr"`
		Text    string `xml:"text"`
		Cdata   string
		Comment string `xml:",comment"`
	}
	f.Fuzz(func(t *testing.T, document []byte, attr, text, comment string) {
		if len(document) > 1<<16 {
			return
		}
		if _, err := validate(t, document, sensible); err == nil {
			if err := recode(t, document, sensible); err != nil {
				if rule, ok := errors.AsType[*safexml.RuleError](err); !ok || !strings.Contains(rule.Detail, "carriage return") &&
					!strings.Contains(rule.Detail, "white space") {
					t.Error(err)
				}
			}
		}
		v := value{attr, text, "", comment}
		got, err := safexml.Marshal(t.Context(), v, writing)
		if err != nil {
			if !errors.Is(err, limits.ErrRefused) {
				t.Error(err)
			}
			return
		}
		var back value
		if err := safexml.Unmarshal(t.Context(), got, &back, sensible); err != nil {
			t.Fatalf("%v in %s", err, got)
		}
		if !reflect.DeepEqual(v, back) {
			t.Errorf("%+v\n%+v\n%s", v, back, got)
		}
	})
}

// TestEncoderInPool holds one place of a Pool and the declared memory from NewEncoder to Close,
// which what belongs to it shares, and gives both back after errors and panics as well.
func TestEncoderInPool(t *testing.T) {
	pool, err := limits.NewPool(limits.PoolLimits{Operations: 1, MemoryBytes: 64 * limits.MiB,
		MaxWait: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	ctx := limits.WithPool(t.Context(), pool)
	for name, token := range map[string]xml.Token{"whole": xml.CharData("t"), "refused": xml.Comment("--")} {
		e, err := safexml.NewEncoder(ctx, io.Discard, writing)
		if err != nil {
			t.Fatal(err)
		}
		if err := e.EncodeToken(start("", "a")); err != nil {
			t.Fatal(err)
		}
		_ = e.EncodeToken(token)
		if got := pool.Stats().Operations; got != 1 {
			t.Errorf("%s: %d operations", name, got)
		}
		if name == "whole" {
			if _, err := safexml.Validate(e.Context(), strings.NewReader("<a/>"), sensible); err != nil {
				t.Errorf("in its context: %v", err)
			}
			if _, err := safexml.Validate(ctx, strings.NewReader("<a/>"), sensible); !errors.Is(err, limits.ErrBusy) {
				t.Errorf("beside it: %v", err)
			}
		}
		_ = e.EncodeToken(end("", "a"))
		_ = e.Close()
		if got := pool.Stats().Operations; got != 0 {
			t.Errorf("%s: %d operations after Close", name, got)
		}
	}
	func() {
		defer func() { _ = recover() }()
		_, _ = safexml.Marshal(ctx, panics{}, writing)
	}()
	if got := pool.Stats().Operations; got != 0 {
		t.Errorf("%d operations after a panic", got)
	}
}

// panics is a value that does so when it writes itself.
type panics struct{}

func (panics) MarshalText() ([]byte, error) { panic("a value") }
