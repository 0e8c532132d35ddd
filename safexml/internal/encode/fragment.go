package encode

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"

	"github.com/seed73825598/airlock/limits"
)

var (
	errOpen      = errors.New("an element has not ended")
	errEnd       = errors.New("an end tag without its start tag")
	errDirective = errors.New("a declaration")
)

// Fragment writes markup as it is beside the text of an element. It must be content of an element
// on its own: as many end tags as start tags, each in its place.
func (w *Writer) Fragment(markup []byte) error {
	if w.err == nil && len(markup) > 0 {
		w.mixed()
	}
	return w.raw(markup)
}

// Markup is Fragment for the elements that a value makes of itself.
func (w *Writer) Markup(markup []byte) error {
	if w.err == nil && len(markup) > 0 {
		w.child()
	}
	return w.raw(markup)
}

func (w *Writer) raw(markup []byte) error {
	if w.err != nil || len(markup) == 0 {
		return w.err
	}
	if err := balanced(markup); err != nil {
		return w.refuse("markup that is no content of an element by itself: " + limits.Quote(err.Error()))
	}
	w.out = append(w.out, markup...)
	return w.room()
}

// balanced reports whether markup ends every element that it begins, and no other.
func balanced(markup []byte) error {
	d := xml.NewDecoder(bytes.NewReader(markup))
	var open []string
	name := func(n xml.Name) string { return n.Space + ":" + n.Local }
	for {
		token, err := d.RawToken()
		if token == nil {
			if err != io.EOF { //nolint:errorlint // The end itself.
				return err
			}
			if len(open) > 0 {
				return errOpen
			}
			return nil
		}
		switch t := token.(type) {
		case xml.StartElement:
			open = append(open, name(t.Name))
		case xml.EndElement:
			if len(open) == 0 || open[len(open)-1] != name(t.Name) {
				return errEnd
			}
			open = open[:len(open)-1]
		case xml.Directive:
			return errDirective
		}
	}
}
