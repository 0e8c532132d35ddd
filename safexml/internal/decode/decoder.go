package decode

import (
	"reflect"

	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// A Source is the reading that the events come from.
type Source interface {
	// Next goes on to the next event: start and end tags, text, CDATA sections, comments, with their
	// content. Others are passed over.
	Next() (xmlscan.Kind, error)
	// Hold accounts for n bytes of memory that are about to be taken, Release gives them back.
	Hold(n int) error
	Release(n int)
}

// A Decoder fills values from the elements of one document. It is for one goroutine.
type Decoder struct {
	src  Source
	scan *xmlscan.Scanner

	frames []frame
	text   []byte // of the open structs, and of the element at hand, one after the other
	notes  []byte // comments, likewise
	counts []int32
	base   int          // the depth of the element that Fill is for
	around []int32      // see Fill
	last   xmlscan.Kind // the event at hand, while Fill is at work

	leaf int32 // which of several the element at hand is, or 0; see frame.nth
	held int   // accounted for
	room int   // of that, what is not used yet
}

// A frame is one open element that has fields for its children: a struct, or an element that a tag
// such as "a>b" has around a field.
type frame struct {
	v      reflect.Value // the struct
	of     *structure
	at     *branch
	text   int   // where its text begins
	notes  int   // where its comments begin
	counts int   // where the counts of its children begin, one for each step
	hint   int   // the step that is likely to come next
	nth    int32 // which of its name it is in the element around it; 0 if there is just one or it is not known
	inner  bool  // it is not the struct's own element
}

// New returns a decoder for the events of a scan that src drives.
func New(src Source, scan *xmlscan.Scanner) *Decoder { return &Decoder{src: src, scan: scan} }

// Fill fills v, which can be set and is of the plan's type, from the element whose start tag is the
// event at hand. Without an error its end tag is the event at hand afterwards. A *Misfit and an
// *Unfit leave the decoder somewhere inside the element: see [Decoder.Leave]. For the paths of
// errors, around says of this element and those around it which of their name they are, from the
// root on, as far as that is known and not 0.
func (d *Decoder) Fill(v reflect.Value, p *Plan, around ...int32) error {
	d.begin(around)
	if err := d.element(v, p.value, 0); err != nil {
		return err
	}
	for len(d.frames) > 0 {
		kind, err := d.next()
		if err != nil {
			return err
		}
		f := &d.frames[len(d.frames)-1]
		switch kind {
		case xmlscan.StartElement:
			err = d.child(f)
		case xmlscan.EndElement:
			err = d.end(f)
		case xmlscan.Text, xmlscan.CDATA:
			if f.of.text != nil && !f.inner {
				err = d.keep(&d.text, d.scan.Data())
			}
		case xmlscan.Comment:
			if f.of.comment != nil && !f.inner {
				err = d.keep(&d.notes, d.scan.Data())
			}
		case xmlscan.None, xmlscan.More, xmlscan.ProcInst, xmlscan.Doctype, xmlscan.EOF, xmlscan.Failed:
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// next goes on to the next event.
func (d *Decoder) next() (kind xmlscan.Kind, err error) {
	kind, err = d.src.Next()
	d.last = kind
	return kind, err
}

// begin forgets the element before.
func (d *Decoder) begin(around []int32) {
	d.frames, d.text, d.notes, d.counts, d.leaf = d.frames[:0], d.text[:0], d.notes[:0], d.counts[:0], 0
	d.base, d.around, d.last = d.scan.Depth(), around, xmlscan.StartElement
}

// Path returns where in the document the element at hand is, for an error about it as a whole.
// around is that of Fill.
func (d *Decoder) Path(around ...int32) string {
	d.begin(around)
	return d.path("")
}

// Leave goes on to the end tag of the element that Fill has failed to fill.
func (d *Decoder) Leave() error {
	for d.last != xmlscan.EndElement || d.scan.Depth() != d.base {
		if _, err := d.next(); err != nil {
			return err
		}
	}
	return nil
}

// Skip goes on to the end tag of the element whose start tag is the event at hand.
func (d *Decoder) Skip() error {
	for depth := d.scan.Depth(); ; {
		kind, err := d.next()
		if err != nil {
			return err
		}
		if kind == xmlscan.EndElement && d.scan.Depth() == depth {
			return nil
		}
	}
}

// Release gives back what is accounted for values, which have been handed out.
func (d *Decoder) Release() {
	d.src.Release(d.held)
	d.held, d.room = 0, 0
}

// child looks up the element whose start tag is the event at hand in the innermost frame.
func (d *Decoder) child(f *frame) error {
	name, colon := d.scan.Name()
	if i := f.at.find(name[colon+1:], f.hint); i >= 0 {
		s := &f.at.steps[i]
		if c := s.choose(d.scan.Space()); c != nil {
			f.hint = i
			count := &d.counts[f.counts+i]
			*count++
			if c.into != nil {
				return d.enter(f, c.into, several(*count, false))
			}
			v, err := d.field(f.v, c.field)
			if err != nil {
				return err
			}
			return d.element(v, c.field.value, several(*count, c.field.value.op == opSlice))
		}
	}
	if f.of.rest == nil || f.inner {
		return d.Skip()
	}
	v, err := d.field(f.v, f.of.rest)
	if err != nil {
		return err
	}
	return d.element(v, f.of.rest.value, 0)
}

// several is the number of an element for a path: none for what is there once.
func several(count int32, list bool) int32 {
	if list || count > 1 {
		return count
	}
	return 0
}

// enter opens an element that has fields in it and is none.
func (d *Decoder) enter(f *frame, into *branch, nth int32) error {
	return d.push(&frame{v: f.v, of: f.of, at: into, nth: nth, inner: true})
}

// push opens a frame.
func (d *Decoder) push(f *frame) error {
	f.text, f.notes, f.counts = len(d.text), len(d.notes), len(d.counts)
	if err := grow(d, &d.frames, 1); err != nil {
		return err
	}
	if err := grow(d, &d.counts, len(f.at.steps)); err != nil {
		return err
	}
	d.frames = append(d.frames, *f)
	d.counts = d.counts[:f.counts+len(f.at.steps)]
	clear(d.counts[f.counts:])
	return nil
}

// end ends the innermost frame, whose end tag is the event at hand.
func (d *Decoder) end(f *frame) error {
	if !f.inner {
		if r := f.of.text; r != nil {
			v, err := d.field(f.v, r)
			if err == nil {
				err = d.setText(v, r.value, d.text[f.text:])
			}
			if err != nil {
				return err
			}
		}
		if r := f.of.comment; r != nil {
			if err := d.setComment(f, r); err != nil {
				return err
			}
		}
	}
	d.text, d.notes, d.counts = d.text[:f.text], d.notes[:f.notes], d.counts[:f.counts]
	last := len(d.frames) - 1
	d.frames[last] = frame{}
	d.frames = d.frames[:last]
	return nil
}

// element fills v from the element whose start tag is the event at hand. A struct is only opened;
// of everything else the end tag is the event at hand afterwards.
func (d *Decoder) element(v reflect.Value, p *value, nth int32) error {
	d.leaf = nth
	for {
		if p.pointer {
			var err error
			if v, err = d.target(v, p); err != nil {
				return err
			}
		}
		switch p.op {
		case opStruct:
			return d.open(v, p.fields, nth)
		case opSlice:
			var err error
			if v, err = d.more(v, p); err != nil {
				return err
			}
			p = p.elem
		case opInterface:
			inner := v.Elem()
			if inner.Kind() != reflect.Pointer || inner.IsNil() {
				return d.Skip()
			}
			v, p = inner, Of(inner.Type()).value
		case opName:
			if err := d.setName(v); err != nil {
				return err
			}
			return d.Skip()
		case opUnknown, opAttr, opPointer, opIgnore:
			return p.unknown(false)
		case opString, opBytes, opInt, opUint, opFloat, opBool, opText:
			from := len(d.text)
			if err := d.content(); err != nil {
				return err
			}
			err := d.assign(v, p, d.text[from:])
			d.text = d.text[:from]
			return err
		}
	}
}

// content keeps the text of the element whose start tag is the event at hand, and not that of
// elements in it, up to its end tag.
func (d *Decoder) content() error {
	for depth := d.scan.Depth(); ; {
		kind, err := d.next()
		if err != nil {
			return err
		}
		switch kind {
		case xmlscan.Text, xmlscan.CDATA:
			if d.scan.Depth() == depth {
				if err := d.keep(&d.text, d.scan.Data()); err != nil {
					return err
				}
			}
		case xmlscan.EndElement:
			if d.scan.Depth() == depth {
				return nil
			}
		case xmlscan.None, xmlscan.More, xmlscan.StartElement, xmlscan.Comment, xmlscan.ProcInst, xmlscan.Doctype,
			xmlscan.EOF, xmlscan.Failed:
		}
	}
}

// open opens a struct for the element whose start tag is the event at hand.
func (d *Decoder) open(v reflect.Value, s *structure, nth int32) error {
	if s.err != nil {
		return s.err
	}
	name, colon := d.scan.Name()
	if s.name != "" {
		if err := s.fit(d.scan.Space(), name[colon+1:]); err != nil {
			return d.misfit(d.scan.At(), "", s.typ, err)
		}
	}
	if s.xmlName != nil {
		if err := d.setName(v.Field(s.xmlName.index[0])); err != nil {
			return err
		}
	}
	if n := d.scan.Attrs(); n > 0 {
		if err := d.attributes(v, s, n); err != nil {
			return err
		}
	}
	for _, r := range s.makes {
		if _, err := d.field(v, r); err != nil {
			return err
		}
	}
	return d.push(&frame{v: v, of: s, at: s.elements, nth: nth})
}
