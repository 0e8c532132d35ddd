package safexml

import (
	"bytes"
	"context"
	"io"
	"math/bits"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/decode"
	"github.com/seed73825598/airlock/safexml/internal/setup"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// A Tokenizer hands out the tokens of a document one by one, each after it has passed the rules:
//
//	for {
//		if err := t.Next(); err == io.EOF {
//			break // the whole document has passed
//		} else if err != nil {
//			return err
//		}
//		switch t.Kind() { … }
//	}
//
// Its names are those of XML 1.0, fifth edition, with prefixes resolved; its text has references
// resolved and line ends normalized. The results of the methods are valid until the next call of
// Next. A token costs no allocation. A Tokenizer is for one goroutine.
type Tokenizer struct {
	*reading
	ctx     context.Context
	src     io.Reader
	kind    Kind
	attrs   []Attr
	decoder *decode.Decoder // nil before the first Decode or Skip
	err     error
}

// NewTokenizer returns a tokenizer for the document in r. It reads nothing yet; its error is a
// *limits.ConfigError. Time runs from the first Next. Under a profile that judges at the end, the
// first Next reads the whole document, keeps it within MemoryBytes, and refuses it or begins; the
// tokens are then scanned under the same limits a second time.
func NewTokenizer(ctx context.Context, r io.Reader, lim limits.Limits, opts ...Option) (*Tokenizer, error) {
	c, err := configure(ctx, "safexml.NewTokenizer", lim, opts)
	if err != nil {
		return nil, err
	}
	return &Tokenizer{reading: &reading{conf: c}, ctx: ctx, src: r}, nil
}

// Next goes on to the next token. It returns io.EOF after the last, when the whole document has
// passed; any other error is the one that [Validate] would return, and ends the tokenizer.
func (t *Tokenizer) Next() error {
	if t == nil || t.reading == nil {
		return unmadeTokenizer()
	}
	if t.err != nil {
		return t.err
	}
	t.kind, t.attrs = 0, t.attrs[:0]
	// If code of the caller panics, that is how it ends. The meter gives back what the operation
	// holds where observers and contexts are asked, and during does where the source is read.
	t.err = errPanicked
	if t.scan == nil {
		if err := t.begin(); err != nil {
			t.err = err
			return err
		}
	}
	kind := t.step()
	for kind == xmlscan.More {
		t.during(t.scan.Fill)
		kind = t.step()
	}
	t.kind, t.err = kindOf(kind), t.reading.err
	if kind == xmlscan.EOF {
		t.err = io.EOF
	}
	return t.err
}

// begin opens the reading.
func (t *Tokenizer) begin() error {
	stop := xmlscan.All
	if !t.conf.Lifted[RuleDoctype] {
		stop &^= xmlscan.Of(xmlscan.Doctype)
	}
	r, err := openVerified(t.ctx, t.conf, t.src, purpose{stop: stop, keep: xmlscan.All, whole: true, hands: true,
		markup: true})
	if err == nil {
		t.reading = r
	}
	return err
}

// openVerified begins a reading whose events are handed out one by one. Under a profile that judges
// at the end it reads the whole document first, keeps it, and begins again only if it has passed.
func openVerified(ctx context.Context, conf *setup.Config, src io.Reader, p purpose) (*reading, error) {
	c, whole := *conf, &copied{src: src}
	if profile := newProfile(&c); profile != nil && profile.Needs().Whole && src != nil {
		first := open(ctx, &c, whole, purpose{hands: true})
		whole.hold = first.hold
		var err error
		first.during(func() { _, err = first.next() })
		if err != nil {
			return nil, err
		}
		src = bytes.NewReader(whole.b)
		c.Profile = ""
	}
	r := open(ctx, &c, src, p)
	if r.err == nil {
		if err := r.hold(cap(whole.b)); err != nil {
			r.end(err)
		}
	}
	return r, r.err
}

// A copied source is kept while it is read.
type copied struct {
	src  io.Reader
	hold func(n int) error
	b    []byte
}

// Read implements [io.Reader].
func (c *copied) Read(p []byte) (int, error) {
	n, err := c.src.Read(p)
	if n <= 0 || n > len(p) {
		return n, err
	}
	if need := len(c.b) + n; need > cap(c.b) {
		// A power of two: what is held depends on the document and not on the reads that it came in.
		size := 1 << bits.Len(uint(need-1))
		if err := c.hold(size - cap(c.b)); err != nil {
			return 0, err
		}
		c.b = append(make([]byte, 0, size), c.b...)
	}
	c.b = append(c.b, p[:n]...)
	return n, err
}

func kindOf(kind xmlscan.Kind) Kind {
	switch kind {
	case xmlscan.StartElement:
		return StartElement
	case xmlscan.EndElement:
		return EndElement
	case xmlscan.Text:
		return Text
	case xmlscan.CDATA:
		return CDATA
	case xmlscan.Comment:
		return Comment
	case xmlscan.ProcInst:
		return ProcInst
	case xmlscan.Doctype:
		return Doctype
	case xmlscan.None, xmlscan.More, xmlscan.Failed, xmlscan.EOF:
	}
	return 0
}

// Kind returns what the token is, or 0 before the first and after the last.
func (t *Tokenizer) Kind() Kind {
	if t == nil {
		return 0
	}
	return t.kind
}

// Name returns the name of the element of a start or end tag, and the target of a processing
// instruction as Local. It is empty for every other token.
func (t *Tokenizer) Name() Name {
	switch t.Kind() {
	case StartElement, EndElement:
		raw, colon := t.scan.Name()
		return newName(raw, colon, t.scan.Space())
	case ProcInst:
		return Name{Local: t.scan.Target()}
	case Text, CDATA, Comment, Doctype:
	}
	return Name{}
}

// Attrs returns the attributes of a start tag in the order in which they are written, namespace
// declarations included. The slice is used again for the next start tag.
func (t *Tokenizer) Attrs() []Attr {
	switch {
	case t == nil:
		return nil
	case t.kind != StartElement || len(t.attrs) > 0:
		return t.attrs
	}
	for i := range t.scan.Attrs() {
		a := t.scan.Attr(i)
		t.attrs = append(t.attrs, Attr{newName(a.Name, a.Colon, a.Space), a.Value})
	}
	return t.attrs
}

// Text returns the text of a run of character data, a CDATA section or a comment, and of a
// processing instruction what follows its target. It is empty for every other token.
func (t *Tokenizer) Text() []byte {
	switch t.Kind() {
	case Text, CDATA, Comment, ProcInst:
		return t.scan.Data()
	case StartElement, EndElement, Doctype:
	}
	return nil
}

// External returns the public and the system identifier of a document type declaration; empty where
// it has none, and for every other token.
func (t *Tokenizer) External() (public, system string) {
	if t.Kind() != Doctype {
		return "", ""
	}
	return t.scan.External()
}

// Depth returns how many elements are open, the one that begins or ends included.
func (t *Tokenizer) Depth() int {
	if t.Kind() == 0 {
		return 0
	}
	return t.scan.Depth()
}

// Offset returns where the token begins, in bytes from the start of the source. The second half of
// an empty-element tag begins where the tag does.
func (t *Tokenizer) Offset() int64 { return t.at().Offset }

// Line returns the line in which the token begins, from 1. LF, CR LF and a lone CR end a line.
func (t *Tokenizer) Line() int { return t.at().Line }

// Column returns the column in which the token begins, in bytes of the source, from 1.
func (t *Tokenizer) Column() int { return t.at().Column }

func (t *Tokenizer) at() xmlscan.Position {
	if t.Kind() == 0 {
		return xmlscan.Position{}
	}
	return t.scan.At()
}
