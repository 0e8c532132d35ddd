package safexml

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/encode"
	"github.com/seed73825598/airlock/safexml/internal/setup"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// An Encoder writes one document that [Validate] accepts under the same options, profiles included.
// It has the methods of encoding/xml's Encoder, and refuses what that repairs or passes on:
// characters that XML forbids, names that are none and bring in markup, comments with --,
// instructions with ?>, a second root element. Text and attribute values are escaped so that they
// are read as they were given.
//
// Every byte goes through the scan that Validate makes before it reaches w, in blocks. An error is
// that of Validate, a *limits.ConfigError for a value of a type that cannot be written or for what
// is not a token, or w's own. It ends the Encoder: nothing reaches w after it, and every later call
// returns it. Under a profile that judges at the end everything is kept, within MemoryBytes, until
// Close.
//
// An Encoder is one operation from NewEncoder to [Encoder.Close], which must be called: it holds a
// place of the Pool as long. Time runs while a call is inside. It is for one goroutine, and the
// zero value answers with a *limits.ConfigError.
type Encoder struct {
	budget *limits.Budget
	ctx    context.Context // the budget's
	gate   *reading
	fed    feed
	out    *encode.Writer
	w      io.Writer
	held   []byte // kept until the verdict
	closed bool
}

// NewEncoder returns an encoder that writes to w, which it does not close. Required are OutputBytes
// and Time; Items, Depth, Steps, MemoryBytes and the caps of the format are as in reading. ctx is
// that of the whole document: its end ends the Encoder. The error is a *limits.ConfigError, or that
// of a Pool without room.
func NewEncoder(ctx context.Context, w io.Writer, lim limits.Limits, opts ...Option) (*Encoder, error) {
	return newEncoder(ctx, "safexml.NewEncoder", w, lim, opts)
}

func newEncoder(ctx context.Context, op string, w io.Writer, lim limits.Limits, opts []Option) (*Encoder, error) {
	c, err := configureWriting(ctx, op, lim, opts)
	if err != nil {
		return nil, err
	}
	if w == nil {
		return nil, &limits.ConfigError{Op: op, Problems: []limits.FieldProblem{{Field: "w", Reason: "is nil"}}}
	}
	b, err := limits.Limits{Time: c.Limits.Time, MemoryBytes: c.Limits.MemoryBytes}.Start(ctx, op, limits.Time)
	if err != nil {
		return nil, err
	}
	b.Pause()
	c.Limits.Time = limits.UnsafeUnlimited // The budget's, whose clock stands still between calls.
	e := &Encoder{budget: b, ctx: b.Context(), w: w}
	e.gate = open(e.ctx, c, &e.fed, purpose{writes: true})
	e.out = encode.New(encode.Config{
		Op: op, Namespaces: namespaces(c), EmptyTags: c.Writing.EmptyTags,
		Indenting: c.Writing.Indents, Prefix: c.Writing.LinePrefix, Indent: c.Writing.Indent,
		Take: e.take, Hold: e.gate.hold, Step: e.gate.meter.Step,
	})
	return e, nil
}

func namespaces(c *setup.Config) []encode.Namespace {
	list := make([]encode.Namespace, 0, len(c.Writing.Namespaces))
	for _, ns := range c.Writing.Namespaces {
		list = append(list, encode.Namespace(ns))
	}
	return list
}

// Marshal returns v as a document, written by an [Encoder]. The result is the caller's, and nil
// with an error. OutputBytes and Time are required.
func Marshal(ctx context.Context, v any, lim limits.Limits, opts ...Option) ([]byte, error) {
	var b bytes.Buffer
	e, err := newEncoder(ctx, "safexml.Marshal", &b, lim, opts)
	if err != nil {
		return nil, err
	}
	defer e.Close() //nolint:errcheck // The second time, and after an error.
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	if err := e.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// A feed is the source of the scan of what is written.
type feed struct {
	block []byte
	end   bool
}

// Read implements [io.Reader]. It is called while there is something to read.
func (f *feed) Read(p []byte) (int, error) {
	if len(f.block) == 0 && f.end {
		return 0, io.EOF
	}
	n := copy(p, f.block)
	f.block = f.block[n:]
	return n, nil
}

// scan scans what has been fed.
func (e *Encoder) scan() error {
	for {
		kind := e.gate.step() // Nothing but these three: no event is asked for.
		if kind != xmlscan.More {
			return e.gate.err
		}
		if len(e.fed.block) == 0 && !e.fed.end {
			return nil
		}
		e.gate.scan.Fill()
	}
}

// take scans a block and passes it on, or keeps it. The clock runs, whatever the call.
func (e *Encoder) take(block []byte) (err error) {
	e.budget.Resume()
	defer e.budget.Pause()
	if err := e.budget.Err(); err != nil {
		return err
	}
	e.fed.block = block
	if err := e.scan(); err != nil {
		return err
	}
	if e.gate.needs.Whole {
		if err := e.gate.hold(len(block)); err != nil {
			return err
		}
		e.held = append(e.held, block...)
		return nil
	}
	e.gate.during(func() { err = e.write(block) })
	return err
}

func (e *Encoder) write(block []byte) error {
	n, err := e.w.Write(block)
	if err == nil && n != len(block) {
		err = io.ErrShortWrite
	}
	if err != nil {
		return fmt.Errorf("%s: writing the document: %w", e.gate.conf.Op, err)
	}
	return nil
}

// call runs one call of the user, in which the clock runs.
func (e *Encoder) call(f func() error) error {
	if e == nil || e.budget == nil {
		return &limits.ConfigError{Op: "safexml.Encoder", Problems: []limits.FieldProblem{{Field: "the Encoder",
			Reason: "was not made by NewEncoder"}}}
	}
	if e.closed {
		return fmt.Errorf("safexml.Encoder: %w", fs.ErrClosed)
	}
	e.budget.Resume()
	defer e.budget.Pause()
	if err := e.budget.Err(); err != nil {
		return e.out.Fail(err)
	}
	if f == nil {
		return nil
	}
	var err error
	e.gate.during(func() { err = f() }) // A value may write itself.
	if err == nil {
		return nil
	}
	return e.budget.Fail(err)
}

// EncodeToken writes one token. Names with a namespace get a prefix that is declared for it, the
// default namespace, or a declaration of their own; attributes named xmlns are declarations. Names
// without one are written as they are. An EndElement must be that of the innermost element. A
// ProcInst with the target xml is the XML declaration and must come first. A Directive is refused.
func (e *Encoder) EncodeToken(t xml.Token) error {
	if e == nil || e.budget == nil || e.closed || e.ctx.Err() != nil {
		return e.call(nil)
	}
	// The clock is looked at for each block, and not for each token.
	if err := e.token(t); err != nil {
		return e.budget.Fail(err)
	}
	return nil
}

func (e *Encoder) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		return e.out.Start(t.Name, t.Attr)
	case xml.EndElement:
		return e.out.End(t.Name)
	case xml.CharData:
		return e.out.Text(string(t))
	case xml.Comment:
		return e.out.Comment(string(t))
	case xml.ProcInst:
		return e.out.Instruction(t.Target, string(t.Inst))
	case xml.Directive:
		return e.out.Fail(&RuleError{Op: e.gate.conf.Op, Rule: RuleDoctype, Offset: -1,
			Detail: "a declaration: no document type is written"})
	}
	return e.out.Fail(&limits.ConfigError{Op: e.gate.conf.Op, Problems: []limits.FieldProblem{{Field: "the token",
		Reason: fmt.Sprintf("is %T: not one of encoding/xml", t)}}})
}

// Encode writes v as encoding/xml does: by the tags of its fields, and its methods if it is an
// xml.Marshaler, xml.MarshalerAttr or encoding.TextMarshaler. The output of a MarshalXML and the
// content of a field with ",innerxml" is checked to be whole by itself, and written as it is; there
// encoding/xml has replaced forbidden characters already, and takes any name.
func (e *Encoder) Encode(v any) error {
	return e.call(func() error { return e.out.Value(v, nil) })
}

// EncodeElement is Encode with the start tag given.
func (e *Encoder) EncodeElement(v any, start xml.StartElement) error {
	return e.call(func() error { return e.out.Value(v, &start) })
}

// Flush passes on to w what has been written so far, but for the end of a start tag that may yet
// become an empty one, and for what a profile keeps until Close.
func (e *Encoder) Flush() error {
	return e.call(func() error { return e.out.Flush() })
}

// Close ends the document, passes on the rest of it and gives back what the Encoder holds. Elements
// that are open, and a document without any, are an error; no end tag is made up. A second call
// returns nil.
func (e *Encoder) Close() error {
	if e != nil && e.closed {
		return nil
	}
	err := e.call(func() error {
		if err := e.out.Finish(); err != nil {
			return err
		}
		e.fed.end = true
		if err := e.scan(); err != nil {
			return e.out.Fail(err)
		}
		if len(e.held) > 0 {
			return e.write(e.held)
		}
		return nil
	})
	if e == nil || e.budget == nil {
		return err
	}
	e.closed, e.held = true, nil
	e.gate.end(err)
	e.budget.Close()
	return err
}

// Context returns the context of the operation, under which what belongs to it needs no place of
// its own in a Pool.
func (e *Encoder) Context() context.Context {
	if e == nil || e.budget == nil {
		return context.Background()
	}
	return e.ctx
}

// Prefix has [NewEncoder] and [Marshal] declare a prefix on the root element, for all names in the
// namespace. A namespace without a prefix is declared as the default where an element is in it, and
// with a prefix of the Encoder's own where only an attribute is. An element that is given no
// namespace gets no prefix: it is in none then, where without Prefix it is in the default namespace
// that its parent declares.
func Prefix(prefix, namespace string) Option {
	return func(c *setup.Config) {
		switch {
		case !xmlscan.IsNCName(prefix) || len(prefix) >= 3 && strings.EqualFold(prefix[:3], "xml"):
			c.Problem("Prefix", "is %s: not a prefix that can be declared", limits.Quote(prefix))
		case namespace == "":
			c.Problem("Prefix", "declares %s for no namespace", limits.Quote(prefix))
		}
		for _, ns := range c.Writing.Namespaces {
			if ns.Prefix == prefix && ns.URI != namespace {
				c.Problem("Prefix", "declares %s twice", limits.Quote(prefix))
			}
			if ns.Prefix == prefix {
				return
			}
		}
		c.Writing.Namespaces = append(c.Writing.Namespaces, setup.Namespace{Prefix: prefix, URI: namespace})
	}
}

// EmptyTags has [NewEncoder] and [Marshal] write <a/> for an element without content.
func EmptyTags() Option { return func(c *setup.Config) { c.Writing.EmptyTags = true } }

// Indent has [NewEncoder] and [Marshal] begin a line for each element, comment and instruction,
// with prefix and one indent for each element around it; not beside text, which would change. Both
// must be spaces and tabs. Under [Signed] and [SAML] white space is part of what is signed, and
// Indent is a *limits.ConfigError.
func Indent(prefix, indent string) Option {
	return func(c *setup.Config) {
		if strings.Trim(prefix+indent, " \t") != "" {
			c.Problem("Indent", "is %s: not spaces and tabs alone", limits.Quote(prefix+indent))
		}
		c.Writing.Indents, c.Writing.LinePrefix, c.Writing.Indent = true, prefix, indent
	}
}
