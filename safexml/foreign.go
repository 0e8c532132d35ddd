package safexml

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/seed73825598/airlock/safexml/internal/decode"
	"github.com/seed73825598/airlock/safexml/internal/setup"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// fillForeign is decodeInto for types that encoding/xml must fill.
func fillForeign(ctx context.Context, c *setup.Config, src io.Reader, v reflect.Value) error {
	f := newFilter(ctx, c, src, true)
	d := xml.NewDecoder(f)
	var failed error
	f.during(func() { failed = d.Decode(v.Addr().Interface()) })
	if _, err := io.Copy(io.Discard, f); err != nil {
		return err
	}
	line, column := d.InputPos()
	at := xmlscan.Position{Offset: d.InputOffset(), Line: line, Column: column}
	if f.scan.Encoding() != "UTF-8" {
		at.Offset, at.Column = -1, 0 // The decoder has read UTF-8.
	}
	return misfit(c.Op, foreignMisfit(v, at, "", failed))
}

// foreignMisfit is the error of the decoder for one of encoding/xml.
func foreignMisfit(v reflect.Value, at xmlscan.Position, path string, failed error) error {
	switch number, ok := errors.AsType[*strconv.NumError](failed); {
	case failed == nil:
		return nil
	case isTypeFault(failed):
		return &decode.Unfit{Type: v.Type(), Reason: failed.Error()}
	case ok && error(number) == failed: //nolint:errorlint // encoding/xml's own, and none that a value has wrapped.
		failed = number.Err
	}
	return &decode.Misfit{Path: path, At: at, Type: v.Type(), Err: failed}
}

// fillFromMarkup is fill by encoding/xml.
func (r *reading) fillFromMarkup(d *decode.Decoder, v reflect.Value, around []int32) (failed, refused error) {
	path, at := d.Path(around...), r.scan.At()
	m := &markup{r: r, depth: r.scan.Depth(), made: r.made[:0]}
	r.made = nil
	defer func() { r.made = m.made }()
	if err := m.open(); err != nil {
		r.end(err)
		return nil, r.err
	}
	theirs := xml.NewDecoder(m)
	if _, failed = theirs.Token(); failed == nil { // The element around it, which declares the namespaces.
		failed = theirs.Decode(v.Addr().Interface())
	}
	for r.err == nil && !m.done {
		m.advance()
	}
	if r.err != nil {
		return nil, r.err
	}
	return foreignMisfit(v, at, path, failed), nil
}

// A markup is one element of a reading as it is written, in an element that declares the namespaces
// that are in scope. It ends with the end tag.
type markup struct {
	r     *reading
	depth int
	from  int // the offset up to which has been handed out, in the document's UTF-8 form
	out   []byte
	made  []byte // of out, what is not in the window
	spent bool   // the window is used up
	empty bool   // nothing has been handed out of the element's content
	done  bool
}

// open writes the start tags. The value of an attribute is written again, since the window may have
// left it.
func (m *markup) open() error {
	s := m.r.scan
	var err error
	write := func(parts ...[]byte) {
		for _, part := range parts {
			if err == nil {
				m.made, err = m.r.add(m.made, part)
			}
		}
	}
	write([]byte("<x"))
	s.EachBinding(func(prefix, uri []byte) {
		if err == nil {
			// Each element has them written again.
			err = m.r.meter.Step(1 + int64(len(prefix)+len(uri))/bytesPerStep)
		}
		write([]byte(" xmlns"))
		if len(prefix) > 0 {
			write([]byte(":"), prefix)
		}
		write([]byte(`="`), escaped(uri), []byte(`"`))
	})
	name, _ := s.Name()
	write([]byte("><"), name)
	for i := range s.Attrs() {
		a := s.Attr(i)
		write([]byte(" "), a.Name, []byte(`="`), escaped(a.Value), []byte(`"`))
	}
	write([]byte(">"))
	m.out, m.from, m.empty = m.made, s.Scanned(), true
	return err
}

// Read implements [io.Reader].
func (m *markup) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for len(m.out) == 0 {
		if m.r.err != nil {
			return 0, m.r.err
		}
		if m.done {
			return 0, io.EOF
		}
		m.advance()
	}
	n := copy(p, m.out)
	m.out = m.out[n:]
	return n, nil
}

// advance checks what is in the window, or up to the end tag.
func (m *markup) advance() {
	s := m.r.scan
	if m.spent {
		m.spent = false
		s.Fill()
	}
	kind := m.r.step()
	switch {
	case kind == xmlscan.More:
		m.spent = true
	case kind == xmlscan.EndElement && s.Depth() == m.depth:
		m.done = true
	default:
		return
	}
	checked := s.Window(m.from)
	m.out = checked
	if list := s.Replacements(); len(list) > 0 {
		var err error
		if m.made, err = m.r.replaced(m.made[:0], checked, m.from, list); err != nil {
			m.r.end(err)
			return
		}
		m.out = m.made
	}
	m.from += len(checked)
	if m.done && m.empty && len(checked) == 0 {
		// An empty-element tag has been opened like any other.
		name, _ := s.Name()
		m.out = append(append([]byte("</"), name...), '>')
	}
	m.empty = m.empty && len(checked) == 0
}

// replaced appends to out a part of the document, which begins at the offset from, with what stands
// for references to entities in their place.
func (r *reading) replaced(out, part []byte, from int, list []xmlscan.Replacement) ([]byte, error) {
	at := 0
	// Those before the element are none of its own.
	first, _ := slices.BinarySearchFunc(list, from, func(e xmlscan.Replacement, from int) int { return e.Start - from })
	for _, e := range list[first:] {
		var err error
		if out, err = r.add(out, part[at:e.Start-from]); err != nil {
			return out, err
		}
		if out, err = r.add(out, []byte(e.Text)); err != nil {
			return out, err
		}
		at = e.End - from
	}
	return r.add(out, part[at:])
}

// add appends to b, and accounts for it before it grows.
func (r *reading) add(b, more []byte) ([]byte, error) {
	if need := len(b) + len(more); need > cap(b) {
		size := max(need, 2*cap(b))
		if err := r.hold(size - cap(b)); err != nil {
			return b, err
		}
		b = append(make([]byte, 0, size), b...)
	}
	return append(b, more...), nil
}

// escaped returns a value as it is written in an attribute.
func escaped(value []byte) []byte {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, value) // A buffer takes all.
	return b.Bytes()
}

// isTypeFault reports whether an error of encoding/xml is about the type and not the document.
func isTypeFault(err error) bool {
	if _, ok := errors.AsType[*xml.TagPathError](err); ok {
		return true
	}
	text := err.Error()
	for _, prefix := range []string{"unknown type ", "cannot unmarshal into ", "xml: invalid tag in field ",
		"xml: namespace without name in field ", "xml: trailing '>' in field ", "xml: name "} {
		if strings.HasPrefix(text, prefix) {
			return true
		}
	}
	return strings.HasPrefix(text, "xml: ") && (strings.Contains(text, " chain not valid with ") ||
		strings.Contains(text, ".UnmarshalXML did not consume entire "))
}
