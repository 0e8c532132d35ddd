package decode

import (
	"encoding/xml"
	"fmt"
	"reflect"

	"github.com/seed73825598/airlock/safexml/internal/fields"
)

// few is up to how many names are compared one by one.
const few = 8

// A structure is how a struct is filled.
type structure struct {
	typ reflect.Type
	err error // why its fields cannot be filled

	// the name that XMLName asks for; empty for any
	space, name string
	xmlName     *ref // its own field XMLName of type xml.Name, or nil

	attrs     []attrName
	attrIndex map[string]int // in attrs; nil if they are few
	otherAttr *ref           // ,any,attr: of attributes that no field is for

	text, comment, rest *ref // ,chardata or ,cdata; ,comment; ,any
	elements            *branch

	// fields in embedded pointers: those of attributes are made with the first attribute, those for
	// text, comments and other elements with the element
	attrMakes, makes []*ref
}

// A ref is a field of a struct.
type ref struct {
	index []int // through embedded structs
	value *value
	err   error // why it cannot be set: it, or an embedded pointer, is unexported
}

// An attrName is one local name of attributes, and the fields that take it.
type attrName struct {
	name   string
	fields []attrField
}

type attrField struct {
	space string // empty for any
	field *ref
}

// A branch is where in a struct an element's children are looked up: the struct itself, or one of
// the elements that tags such as "a>b" have around a field.
type branch struct {
	steps    []step
	index    map[string]int // in steps; nil if they are few
	finished bool
}

// A step is one local name, and what it leads to, in the order of the fields.
type step struct {
	name    string
	choices []choice
}

// A choice is where a name in a namespace leads: to a field, or into a branch.
type choice struct {
	space string // empty for any
	field *ref
	into  *branch
}

// structure plans a struct.
func (b *builder) structure(t reflect.Type) *structure {
	if known, ok := b.structs[t]; ok {
		return known
	}
	s := &structure{typ: t, elements: &branch{}}
	b.structs[t] = s
	tags, err := fields.Of(t)
	if err != nil {
		if b.err == nil {
			b.err = err
		}
		s.err = &Unfit{Type: t, Reason: err.Error()}
		return s
	}
	if own := tags.XMLName; own != nil {
		s.space, s.name = own.Space, own.Name
		// encoding/xml checks the name for XMLName of an embedded struct, and does not set it.
		if len(own.Index) == 1 && t.FieldByIndex(own.Index).Type == nameType {
			s.xmlName = b.ref(t, own, nil)
		}
	}
	for i := range tags.Fields {
		b.field(s, &tags.Fields[i])
	}
	for _, r := range []*ref{s.text, s.comment, s.rest} {
		if r != nil && len(r.index) > 1 {
			s.makes = append(s.makes, r)
		}
	}
	if len(s.attrs) > few {
		s.attrIndex = map[string]int{}
		for i := range s.attrs {
			s.attrIndex[s.attrs[i].name] = i
		}
	}
	s.elements.finish()
	return s
}

// field plans one field of a struct.
func (b *builder) field(s *structure, f *fields.Field) {
	t := s.typ.FieldByIndex(f.Index).Type
	switch f.Mode {
	case fields.Element:
		s.elements.add(f, b.ref(s.typ, f, b.element(t)))
	case fields.Any:
		r := b.ref(s.typ, f, b.element(t))
		s.elements.add(f, r)
		if s.rest == nil {
			s.rest = r
		}
	case fields.Attr:
		r := b.ref(s.typ, f, b.attribute(t, 0))
		s.addAttr(f, r)
		if len(r.index) > 1 {
			s.attrMakes = append(s.attrMakes, r)
		}
	case fields.OtherAttr:
		if s.otherAttr == nil {
			s.otherAttr = b.ref(s.typ, f, b.attribute(t, 0))
		}
	case fields.Text, fields.CDATA:
		if s.text == nil {
			s.text = b.ref(s.typ, f, b.text(t))
		}
	case fields.Comment:
		if s.comment == nil {
			s.comment = b.ref(s.typ, f, commentOf(t))
		}
	case fields.Markup:
		b.foreign = true
	}
}

// ref plans the way to a field.
func (b *builder) ref(t reflect.Type, f *fields.Field, v *value) *ref {
	r := &ref{index: f.Index, value: v}
	for i, x := range f.Index {
		pointer := t.Kind() == reflect.Pointer
		if pointer {
			t = t.Elem()
		}
		field := t.Field(x)
		t = field.Type
		// An embedded struct can be unexported and its fields can be set, but not a pointer to one.
		if last := i == len(f.Index)-1; !field.IsExported() && (last || t.Kind() == reflect.Pointer) {
			r.err = &Unfit{Type: t, Reason: fmt.Sprintf("the embedded field %s is not exported and cannot be set", field.Name)}
		}
	}
	return r
}

// addAttr adds a field for an attribute.
func (s *structure) addAttr(f *fields.Field, r *ref) {
	for i := range s.attrs {
		if s.attrs[i].name == f.Name {
			s.attrs[i].fields = append(s.attrs[i].fields, attrField{f.Space, r})
			return
		}
	}
	s.attrs = append(s.attrs, attrName{f.Name, []attrField{{f.Space, r}}})
}

// attr returns the fields for the local name of an attribute.
func (s *structure) attr(local []byte, hint int) (fields []attrField, next int) {
	if hint < len(s.attrs) && s.attrs[hint].name == string(local) {
		return s.attrs[hint].fields, hint + 1
	}
	if s.attrIndex != nil {
		if i, ok := s.attrIndex[string(local)]; ok {
			return s.attrs[i].fields, i + 1
		}
		return nil, hint
	}
	for i := range s.attrs {
		if s.attrs[i].name == string(local) {
			return s.attrs[i].fields, i + 1
		}
	}
	return nil, hint
}

// add adds the field for an element, and the branches to it.
func (b *branch) add(f *fields.Field, r *ref) {
	for _, parent := range f.Parents {
		b = b.branchTo(parent, f.Space)
	}
	s := b.step(f.Name)
	s.choices = append(s.choices, choice{space: f.Space, field: r})
}

// branchTo returns the branch that a name leads to. Whatever the namespace, there is one for a
// name: which fields of it an element is for, their own namespaces tell again.
func (b *branch) branchTo(name, space string) *branch {
	s := b.step(name)
	var into *branch
	for i := range s.choices {
		if c := &s.choices[i]; c.into != nil {
			into = c.into
			if c.space == space || c.space == "" {
				return into
			}
		}
	}
	if into == nil {
		into = &branch{}
	}
	s.choices = append(s.choices, choice{space: space, into: into})
	return into
}

// step returns the step for a name.
func (b *branch) step(name string) *step {
	for i := range b.steps {
		if b.steps[i].name == name {
			return &b.steps[i]
		}
	}
	b.steps = append(b.steps, step{name: name})
	return &b.steps[len(b.steps)-1]
}

// finish makes the indexes of a branch and those that it leads to.
func (b *branch) finish() {
	if b.finished {
		return // It is in several choices.
	}
	b.finished = true
	if len(b.steps) > few {
		b.index = map[string]int{}
		for i := range b.steps {
			b.index[b.steps[i].name] = i
		}
	}
	for i := range b.steps {
		for _, c := range b.steps[i].choices {
			if c.into != nil {
				c.into.finish()
			}
		}
	}
}

// find returns the number of the step for a local name, or -1. Fields often come in their order, so
// the hint is looked at first.
func (b *branch) find(local []byte, hint int) int {
	for i := hint; i < len(b.steps) && i < hint+2; i++ {
		if b.steps[i].name == string(local) {
			return i
		}
	}
	if b.index != nil {
		if i, ok := b.index[string(local)]; ok {
			return i
		}
		return -1
	}
	for i := range b.steps {
		if b.steps[i].name == string(local) {
			return i
		}
	}
	return -1
}

// choose returns where the step leads in a namespace, or nil.
func (s *step) choose(space []byte) *choice {
	for i := range s.choices {
		if c := &s.choices[i]; c.space == "" || c.space == string(space) {
			return c
		}
	}
	return nil
}

// fit checks the name of an element against XMLName.
func (s *structure) fit(space, local []byte) error {
	if s.name != "" && s.name != string(local) {
		return xml.UnmarshalError(fmt.Sprintf("expected element type <%s> but have <%s>", s.name, local))
	}
	if s.space == "" || s.space == string(space) {
		return nil
	}
	have := string(space)
	if have == "" {
		have = "no name space"
	}
	return xml.UnmarshalError(fmt.Sprintf("expected element <%s> in name space %s but have %s", s.name, s.space, have))
}
