package encode

import (
	"bytes"
	"encoding"
	"encoding/xml"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/fields"
)

// maxNesting is how deep pointers, slices and interfaces are followed without an element between
// them: a value may refer to itself.
const maxNesting = 1000

// Value writes a value as encoding/xml does, under the name of start if that is not nil.
func (w *Writer) Value(v any, start *xml.StartElement) error {
	if w.err != nil {
		return w.err
	}
	if start != nil && start.Name.Local == "" {
		return w.refuse("an element without a name")
	}
	return w.value(reflect.ValueOf(v), nil, start, 0)
}

// misuse ends the writer for a value of a type that cannot be written.
func (w *Writer) misuse(err error) error {
	return w.fail(&limits.ConfigError{Op: w.cfg.Op, Problems: []limits.FieldProblem{{Field: "v",
		Reason: "cannot be written: " + err.Error()}}})
}

// drill follows pointers and interfaces. The result is invalid for nil.
func drill(v reflect.Value) reflect.Value {
	for range maxNesting {
		if v.Kind() != reflect.Interface && v.Kind() != reflect.Pointer {
			return v
		}
		v = v.Elem()
	}
	return reflect.Value{}
}

// asIf returns the interface that a value, or a pointer to it, implements, and that value. It looks
// only if the plan of the type says that one of them may.
func asIf[T any](may bool, v reflect.Value) (found T, of reflect.Value, ok bool) {
	if !may {
		return found, v, false
	}
	if v.CanInterface() {
		if found, ok = reflect.TypeAssert[T](v); ok {
			return found, v, true
		}
	}
	if v.CanAddr() && v.Addr().CanInterface() {
		if found, ok = reflect.TypeAssert[T](v.Addr()); ok {
			return found, v.Addr(), true
		}
	}
	return found, v, false
}

// value writes one value as an element, or each of several. f is the field that it is in, or nil.
func (w *Writer) value(v reflect.Value, f *fields.Field, start *xml.StartElement, nesting int) error {
	if f != nil && f.OmitEmpty && v.IsValid() && isEmpty(v) {
		return w.err
	}
	if v = drill(v); !v.IsValid() {
		return w.err
	}
	t := v.Type()
	p := planOf(t)
	if m, of, ok := asIf[xml.Marshaler](p.marshals, v); ok {
		return w.marshaler(m, defaultStart(of.Type(), f, start))
	}
	if m, of, ok := asIf[encoding.TextMarshaler](p.isText, v); ok {
		s := defaultStart(of.Type(), f, start)
		return w.textElement(m, s.Name, s.Attr)
	}
	if (v.Kind() == reflect.Slice || v.Kind() == reflect.Array) && t.Elem().Kind() != reflect.Uint8 {
		if nesting == maxNesting {
			return w.misuse(fmt.Errorf("%s holds itself", t))
		}
		for i := range v.Len() {
			if err := w.value(v.Index(i), f, start, nesting+1); err != nil {
				return err
			}
		}
		return w.err
	}
	return w.element(p, v, f, start)
}

// element writes a value that is one element.
func (w *Writer) element(p *plan, v reflect.Value, f *fields.Field, start *xml.StartElement) error {
	if p.err != nil {
		return w.misuse(p.err)
	}
	attrs := w.attrs[:0]
	if start != nil {
		attrs = append(attrs, start.Attr...)
	}
	name, err := p.elementName(v, f, start)
	if err != nil {
		return w.misuse(err)
	}
	for i := range p.Fields {
		g := &p.Fields[i]
		if !g.Mode.IsAttr() {
			continue
		}
		fv := g.Value(v)
		if !fv.IsValid() || g.OmitEmpty && isEmpty(fv) || fv.Kind() == reflect.Interface && fv.IsNil() {
			continue
		}
		if attrs, err = w.attr(attrs, xml.Name{Space: g.Space, Local: g.Name}, fv, 0); err != nil {
			return err
		}
	}
	if p.XMLName != nil && p.XMLName.Name == "" && name.Space == "" && len(w.open) > 0 && w.resolve("") != "" {
		// XMLName says that it is in no namespace.
		attrs = append(attrs, xml.Attr{Name: xml.Name{Local: xmlnsName}})
	}
	w.attrs = attrs
	if err := w.Start(name, attrs); err != nil {
		return err
	}
	if v.Kind() == reflect.Struct {
		err = w.fields(p, v)
	} else {
		err = w.simpleText(v)
	}
	if err != nil {
		return err
	}
	return w.End(name)
}

// elementName returns the name of the element for a value: that of start, of XMLName, of the field,
// or of the type.
func (p *plan) elementName(v reflect.Value, f *fields.Field, start *xml.StartElement) (xml.Name, error) {
	var name xml.Name
	switch {
	case start != nil:
		name = start.Name
	case p.XMLName != nil && p.XMLName.Name != "":
		name = xml.Name{Space: p.XMLName.Space, Local: p.XMLName.Name}
	case p.XMLName != nil:
		if fv := p.XMLName.Value(v); fv.IsValid() && fv.CanInterface() {
			if own, ok := reflect.TypeAssert[xml.Name](fv); ok && own.Local != "" {
				name = own
			}
		}
	}
	if name.Local == "" && f != nil {
		name = xml.Name{Space: f.Space, Local: f.Name}
	}
	if name.Local == "" {
		name.Local, _, _ = strings.Cut(v.Type().Name(), "[")
	}
	if name.Local == "" {
		return name, fmt.Errorf("the type %s has no name for an element", v.Type())
	}
	return name, nil
}

// defaultStart returns the start tag that a Marshaler is given.
func defaultStart(t reflect.Type, f *fields.Field, start *xml.StartElement) xml.StartElement {
	switch {
	case start != nil:
		return xml.StartElement{Name: start.Name, Attr: append([]xml.Attr(nil), start.Attr...)}
	case f != nil && f.Name != "":
		return xml.StartElement{Name: xml.Name{Space: f.Space, Local: f.Name}}
	case t.Name() == "" && t.Kind() == reflect.Pointer:
		t = t.Elem()
	}
	name, _, _ := strings.Cut(t.Name(), "[")
	return xml.StartElement{Name: xml.Name{Local: name}}
}

// marshaler writes what a value makes of itself with an encoder of encoding/xml.
func (w *Writer) marshaler(m xml.Marshaler, start xml.StartElement) error {
	var markup bytes.Buffer
	e := xml.NewEncoder(&markup)
	if err := m.MarshalXML(e, start); err != nil {
		return w.fail(fmt.Errorf("%s: %w", w.cfg.Op, err))
	}
	if err := e.Close(); err != nil {
		return w.refuse("what MarshalXML has written: " + limits.Quote(err.Error()))
	}
	return w.Markup(markup.Bytes())
}

// textElement writes an element with the text of a TextMarshaler.
func (w *Writer) textElement(m encoding.TextMarshaler, name xml.Name, attrs []xml.Attr) error {
	text, err := m.MarshalText()
	if err != nil {
		return w.fail(fmt.Errorf("%s: %w", w.cfg.Op, err))
	}
	if err := w.Start(name, attrs); err != nil {
		return err
	}
	if err := w.Text(string(text)); err != nil {
		return err
	}
	return w.End(name)
}

// attr appends the attributes that a field makes.
func (w *Writer) attr(attrs []xml.Attr, name xml.Name, v reflect.Value, nesting int) ([]xml.Attr, error) {
	if (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface) && v.IsNil() {
		return attrs, nil
	}
	p := planOf(v.Type())
	if m, _, ok := asIf[xml.MarshalerAttr](p.isAttr, v); ok {
		a, err := m.MarshalXMLAttr(name)
		if err != nil {
			return nil, w.fail(fmt.Errorf("%s: %w", w.cfg.Op, err))
		}
		if a.Name.Local != "" {
			attrs = append(attrs, a)
		}
		return attrs, nil
	}
	if m, _, ok := asIf[encoding.TextMarshaler](p.isText, v); ok {
		text, err := m.MarshalText()
		if err != nil {
			return nil, w.fail(fmt.Errorf("%s: %w", w.cfg.Op, err))
		}
		return append(attrs, xml.Attr{Name: name, Value: string(text)}), nil
	}
	if v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if v.Kind() == reflect.Slice && v.Type().Elem().Kind() != reflect.Uint8 {
		if nesting == maxNesting {
			return nil, w.misuse(fmt.Errorf("%s holds itself", v.Type()))
		}
		for i := range v.Len() {
			var err error
			if attrs, err = w.attr(attrs, name, v.Index(i), nesting+1); err != nil {
				return nil, err
			}
		}
		return attrs, nil
	}
	if v.IsValid() && v.Type() == attrType && v.CanInterface() {
		a, _ := reflect.TypeAssert[xml.Attr](v)
		return append(attrs, a), nil
	}
	text, ok := simple(v)
	if !ok {
		return nil, w.misuse(fmt.Errorf("an attribute of type %s", v.Type()))
	}
	return append(attrs, xml.Attr{Name: name, Value: text}), nil
}

// simple returns the text of a value that is no struct.
func simple(v reflect.Value) (text string, ok bool) {
	switch v.Kind() {
	case reflect.String:
		return v.String(), true
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10), true
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return strconv.FormatUint(v.Uint(), 10), true
	case reflect.Float32, reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'g', -1, v.Type().Bits()), true
	case reflect.Bool:
		return strconv.FormatBool(v.Bool()), true
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() != reflect.Uint8 {
			return "", false
		}
		if v.Kind() == reflect.Slice || v.CanAddr() {
			return string(v.Bytes()), true
		}
		b := make([]byte, v.Len())
		for i := range b {
			b[i] = byte(v.Index(i).Uint()) //nolint:gosec // An element of an array of bytes.
		}
		return string(b), true
	default:
		return "", false
	}
}

func (w *Writer) simpleText(v reflect.Value) error {
	switch v.Kind() {
	case reflect.String:
		return w.Text(v.String())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		w.mixed()
		w.out = strconv.AppendInt(w.out, v.Int(), 10)
		return w.err
	case reflect.Float32, reflect.Float64:
		w.mixed()
		w.out = strconv.AppendFloat(w.out, v.Float(), 'g', -1, v.Type().Bits())
		return w.err
	default:
	}
	text, ok := simple(v)
	if !ok {
		return w.misuse(fmt.Errorf("a value of type %s", v.Type()))
	}
	return w.Text(text)
}

// fields writes the fields of a struct that are no attributes.
func (w *Writer) fields(p *plan, v reflect.Value) error {
	var around []string // the elements that are open around a field
	for i := range p.Fields {
		f := &p.Fields[i]
		if f.Mode.IsAttr() {
			continue
		}
		fv := f.Value(v)
		if !fv.IsValid() {
			continue
		}
		var err error
		if f.Mode != fields.Markup {
			if around, err = w.leave(around, f.Parents); err != nil {
				return err
			}
		}
		if len(f.Parents) > len(around) && (fv.Kind() != reflect.Pointer && fv.Kind() != reflect.Interface || !fv.IsNil()) {
			for _, name := range f.Parents[len(around):] {
				if err := w.Start(xml.Name{Local: name}, nil); err != nil {
					return err
				}
			}
			around = f.Parents
		}
		if err := w.field(f, fv); err != nil {
			return err
		}
	}
	_, err := w.leave(around, nil)
	return err
}

// leave ends the elements around the last field that are not around the next.
func (w *Writer) leave(around, next []string) ([]string, error) {
	common := 0
	for common < len(around) && common < len(next) && around[common] == next[common] {
		common++
	}
	for i := len(around) - 1; i >= common; i-- {
		if err := w.End(xml.Name{Local: around[i]}); err != nil {
			return nil, err
		}
	}
	return around[:common], nil
}

// field writes one field of a struct.
func (w *Writer) field(f *fields.Field, v reflect.Value) error {
	switch f.Mode {
	case fields.Text, fields.CDATA:
		text, err := w.textOf(v)
		if err != nil {
			return err
		}
		if f.Mode == fields.CDATA {
			return w.CDATA(text)
		}
		return w.Text(text)
	case fields.Comment:
		return w.commentField(v)
	case fields.Markup:
		switch raw := drill(v); {
		case !raw.IsValid():
			return w.err
		case raw.Kind() == reflect.String:
			return w.Fragment([]byte(raw.String()))
		case raw.Kind() == reflect.Slice && raw.Type().Elem().Kind() == reflect.Uint8:
			return w.Fragment(raw.Bytes())
		}
	case fields.Element, fields.Any, fields.Attr, fields.OtherAttr:
	}
	return w.value(v, f, nil, 0)
}

// textOf returns the text of a field of character data. One of a type that has none is empty.
func (w *Writer) textOf(v reflect.Value) (string, error) {
	if m, _, ok := asIf[encoding.TextMarshaler](v.Kind() == reflect.Interface || planOf(v.Type()).isText, v); ok &&
		(v.Kind() != reflect.Pointer || !v.IsNil()) {
		text, err := m.MarshalText()
		if err != nil {
			return "", w.fail(fmt.Errorf("%s: %w", w.cfg.Op, err))
		}
		return string(text), nil
	}
	if v = drill(v); !v.IsValid() || v.Kind() == reflect.Array {
		return "", nil
	}
	text, _ := simple(v)
	return text, nil
}

func (w *Writer) commentField(v reflect.Value) error {
	if v = drill(v); !v.IsValid() {
		return w.err
	}
	if v.Kind() != reflect.String && (v.Kind() != reflect.Slice || v.Type().Elem().Kind() != reflect.Uint8) {
		return w.misuse(fmt.Errorf("a comment of type %s", v.Type()))
	}
	text, _ := simple(v)
	if text == "" {
		return w.err
	}
	return w.Comment(text)
}

// isEmpty reports whether omitempty leaves a value out.
func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Bool, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint,
		reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr, reflect.Float32,
		reflect.Float64, reflect.Interface, reflect.Pointer:
		return v.IsZero()
	default:
		return false
	}
}
