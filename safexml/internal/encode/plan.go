package encode

import (
	"encoding"
	"encoding/xml"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/seed73825598/airlock/limits"
)

// A mode is how a field is written.
type mode uint8

const (
	asElement mode = iota
	asAttr
	asText
	asCDATA
	asMarkup // ,innerxml
	asComment
	asAny // ,any: an element like any other in writing
)

// A field is one field of a struct, or of one that is embedded in it.
type field struct {
	index     []int
	space     string
	name      string
	parents   []string // of a tag such as "a>b>c": a and b
	mode      mode
	omitEmpty bool
}

// A plan is how the values of a type are written.
type plan struct {
	xmlName *field // the field XMLName, its own or of an embedded struct
	fields  []field

	err      error // why its fields cannot be written
	marshals bool  // it, or a pointer to it, is an xml.Marshaler
	isText   bool  // it, or a pointer to it, is an encoding.TextMarshaler
	isAttr   bool  // it, or a pointer to it, is an xml.MarshalerAttr
}

// implements reports whether a type, or a pointer to it, implements an interface.
func implements[T any](t reflect.Type) bool {
	i := reflect.TypeFor[T]()
	return t.Implements(i) || reflect.PointerTo(t).Implements(i)
}

var (
	plans     sync.Map // of reflect.Type to *plan
	planCount atomic.Int64
)

// maxPlans is how many plans are kept. Types are made by programs, and by reflection.
const maxPlans = 4096

var (
	nameType = reflect.TypeFor[xml.Name]()
	attrType = reflect.TypeFor[xml.Attr]()
)

const xmlNameField = "XMLName"

// planOf returns the plan for a type.
func planOf(t reflect.Type) *plan {
	if known, ok := plans.Load(t); ok {
		p, _ := known.(*plan)
		return p
	}
	p := &plan{marshals: implements[xml.Marshaler](t), isText: implements[encoding.TextMarshaler](t),
		isAttr: implements[xml.MarshalerAttr](t)}
	if t.Kind() == reflect.Struct && t != nameType {
		p.err = p.add(t)
	}
	if planCount.Load() < maxPlans {
		if _, known := plans.LoadOrStore(t, p); !known {
			planCount.Add(1)
		}
	}
	return p
}

// add plans the fields of a struct.
func (p *plan) add(t reflect.Type) error {
	for i := range t.NumField() {
		f := t.Field(i)
		if !f.IsExported() && !f.Anonymous || f.Tag.Get("xml") == "-" {
			continue
		}
		if inner := embedded(&f); inner != nil {
			if err := p.embed(t, inner, i); err != nil {
				return err
			}
			continue
		}
		planned, err := planField(t, &f)
		if err != nil {
			return err
		}
		if f.Name == xmlNameField {
			p.xmlName = planned
			continue
		}
		if err := p.put(t, planned); err != nil {
			return err
		}
	}
	return nil
}

// embedded returns the struct that a field embeds, or nil.
func embedded(f *reflect.StructField) reflect.Type {
	if !f.Anonymous {
		return nil
	}
	t := f.Type
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	return t
}

// embed plans the fields of an embedded struct as those of the one around it.
func (p *plan) embed(t, inner reflect.Type, i int) error {
	of := planOf(inner)
	if of.err != nil {
		return of.err
	}
	if p.xmlName == nil && of.xmlName != nil {
		f := *of.xmlName
		f.index = append([]int{i}, f.index...)
		p.xmlName = &f
	}
	for _, f := range of.fields {
		f.index = append([]int{i}, f.index...)
		if err := p.put(t, &f); err != nil {
			return err
		}
	}
	return nil
}

// put adds a field, unless one that is embedded less deep stands for it, and in place of those that
// are embedded deeper.
func (p *plan) put(t reflect.Type, f *field) error {
	var conflicts []int
	for i := range p.fields {
		if p.fields[i].conflicts(f) {
			conflicts = append(conflicts, i)
		}
	}
	for _, i := range conflicts {
		if len(p.fields[i].index) < len(f.index) {
			return nil
		}
	}
	for _, i := range conflicts {
		if len(p.fields[i].index) == len(f.index) {
			return fmt.Errorf("two fields of %s have the tag %s", t, limits.Quote(f.name))
		}
	}
	for _, i := range slices.Backward(conflicts) {
		p.fields = slices.Delete(p.fields, i, i+1)
	}
	p.fields = append(p.fields, *f)
	return nil
}

// conflicts reports whether two fields are written to the same place.
func (f *field) conflicts(g *field) bool {
	if f.mode != g.mode || f.space != "" && g.space != "" && f.space != g.space {
		return false
	}
	common := min(len(f.parents), len(g.parents))
	if !slices.Equal(f.parents[:common], g.parents[:common]) {
		return false
	}
	switch {
	case len(f.parents) > len(g.parents):
		return f.parents[common] == g.name
	case len(f.parents) < len(g.parents):
		return g.parents[common] == f.name
	}
	return f.name == g.name && f.space == g.space
}

// planField reads the tag of a field.
func planField(t reflect.Type, f *reflect.StructField) (*field, error) {
	wrong := func() error {
		return fmt.Errorf("the field %s of %s has the tag %s", f.Name, t, limits.Quote(f.Tag.Get("xml")))
	}
	planned := &field{index: f.Index}
	tag := f.Tag.Get("xml")
	if space, rest, ok := strings.Cut(tag, " "); ok {
		planned.space, tag = space, rest
	}
	tag, flags, _ := strings.Cut(tag, ",")
	if !planned.flags(flags, f.Name, tag) || planned.space != "" && tag == "" {
		return nil, wrong()
	}
	if f.Name == xmlNameField {
		planned.name = tag
		return planned, nil
	}
	if tag == "" {
		planned.space, planned.name = "", f.Name
		if own := nameOf(f.Type); own != nil {
			planned.space, planned.name = own.space, own.name
		}
		return planned, nil
	}
	if err := planned.path(f.Name, tag); err != nil || len(planned.parents) > 0 && planned.mode != asElement &&
		planned.mode != asAny {
		return nil, wrong()
	}
	if own := nameOf(f.Type); planned.mode == asElement && own != nil && own.name != planned.name {
		return nil, fmt.Errorf("the name %s in the tag of %s.%s is not that of %s.XMLName, %s", limits.Quote(planned.name), t,
			f.Name, f.Type, limits.Quote(own.name))
	}
	return planned, nil
}

// flags reads what follows the name in a tag, and reports whether it may stand there.
func (f *field) flags(list, fieldName, tag string) bool {
	modes, rest := 0, false
	for flag := range strings.SplitSeq(list, ",") {
		m, known := map[string]mode{"attr": asAttr, "chardata": asText, "cdata": asCDATA, "innerxml": asMarkup,
			"comment": asComment}[flag]
		switch {
		case flag == "omitempty":
			f.omitEmpty = true
		case flag == "any":
			rest = true
		case known && f.mode != m:
			f.mode = m
			modes++
		}
	}
	if rest && f.mode == asElement {
		f.mode = asAny
		modes++
	}
	if modes > 1 || rest && f.mode != asAny && f.mode != asAttr {
		return false
	}
	// Of a field with a mode of its own only an attribute has a name, and XMLName has none.
	if modes == 1 && (fieldName == xmlNameField || tag != "" && (f.mode != asAttr || rest)) {
		return false
	}
	return !f.omitEmpty || f.mode == asElement || f.mode == asAttr || f.mode == asAny
}

// path reads the name of a field, which may have elements around it.
func (f *field) path(fieldName, tag string) error {
	f.parents = strings.Split(tag, ">")
	if f.parents[0] == "" {
		f.parents[0] = fieldName
	}
	last := len(f.parents) - 1
	if f.parents[last] == "" {
		return errOpen
	}
	f.name = f.parents[last]
	f.parents = f.parents[:last:last]
	return nil
}

// nameOf returns the field XMLName of a struct if its tag has a name, or nil.
func nameOf(t reflect.Type) *field {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	f, ok := t.FieldByName(xmlNameField)
	if !ok || len(f.Index) != 1 {
		return nil
	}
	planned, err := planField(t, &f)
	if err != nil || planned.name == "" {
		return nil
	}
	return planned
}

// value returns the field of a struct, or an invalid value if it is in an embedded struct that is nil.
func (f *field) value(v reflect.Value) reflect.Value {
	for i, index := range f.index {
		if i > 0 && v.Kind() == reflect.Pointer && v.Type().Elem().Kind() == reflect.Struct {
			if v.IsNil() {
				return reflect.Value{}
			}
			v = v.Elem()
		}
		v = v.Field(index)
	}
	return v
}
