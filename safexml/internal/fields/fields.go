// Package fields reads the tags of structs that are written to XML and filled from it. Its rules
// are those of encoding/xml: which fields there are, under which names, and which of two that
// embedding brings to the same place counts.
package fields

import (
	"encoding/xml"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/seed73825598/airlock/limits"
)

// A Mode is what of an element a field stands for.
type Mode uint8

// The modes of a field.
const (
	Element   Mode = iota
	Attr           // ,attr
	Text           // ,chardata
	CDATA          // ,cdata
	Markup         // ,innerxml
	Comment        // ,comment
	Any            // ,any: in writing an element like any other
	OtherAttr      // ,any,attr: in writing an attribute like any other
)

// IsAttr reports whether a field is written as attributes.
func (m Mode) IsAttr() bool { return m == Attr || m == OtherAttr }

// A Field is one field of a struct, or of one that is embedded in it.
type Field struct {
	Index     []int
	Space     string
	Name      string
	Parents   []string // of a tag such as "a>b>c": a and b
	Mode      Mode
	OmitEmpty bool
}

// A Struct is what the tags of a struct say.
type Struct struct {
	XMLName *Field // the field XMLName, its own or of an embedded struct; nil without one
	Fields  []Field
}

// nameType has the fields of a name and is none of the structs that are read here.
var nameType = reflect.TypeFor[xml.Name]()

// errEmbedsItself is said of a type whose fields would have no end.
var errEmbedsItself = errors.New("embeds itself")

// xmlNameField is the field whose tag names the element, and which holds its name.
const xmlNameField = "XMLName"

// Of reads the tags of a type. A type that is no struct has no fields. The error says which tag is
// wrong, or which two are of the same place.
func Of(t reflect.Type) (*Struct, error) { return read(t, nil) }

// read reads the tags of a type that is embedded in those around it.
func read(t reflect.Type, around []reflect.Type) (*Struct, error) {
	s := &Struct{}
	if t.Kind() != reflect.Struct || t == nameType {
		return s, nil
	}
	if slices.Contains(around, t) {
		return nil, fmt.Errorf("the type %s %w", t, errEmbedsItself)
	}
	around = append(around, t)
	for i := range t.NumField() {
		f := t.Field(i)
		if !f.IsExported() && !f.Anonymous || f.Tag.Get("xml") == "-" {
			continue
		}
		if inner := embedded(&f); inner != nil {
			if err := s.embed(t, inner, i, around); err != nil {
				return nil, err
			}
			continue
		}
		planned, err := parse(t, &f)
		if err != nil {
			return nil, err
		}
		if f.Name == xmlNameField {
			s.XMLName = planned
			continue
		}
		if err := s.put(t, planned); err != nil {
			return nil, err
		}
	}
	return s, nil
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

// embed takes the fields of an embedded struct as those of the one around it.
func (s *Struct) embed(t, inner reflect.Type, i int, around []reflect.Type) error {
	of, err := read(inner, around)
	if err != nil {
		return err
	}
	if s.XMLName == nil && of.XMLName != nil {
		f := *of.XMLName
		f.Index = append([]int{i}, f.Index...)
		s.XMLName = &f
	}
	for _, f := range of.Fields {
		f.Index = append([]int{i}, f.Index...)
		if err := s.put(t, &f); err != nil {
			return err
		}
	}
	return nil
}

// put adds a field, unless one that is embedded less deep stands for it, and in place of those that
// are embedded deeper.
func (s *Struct) put(t reflect.Type, f *Field) error {
	var conflicts []int
	for i := range s.Fields {
		if s.Fields[i].conflicts(f) {
			conflicts = append(conflicts, i)
		}
	}
	for _, i := range conflicts {
		if len(s.Fields[i].Index) < len(f.Index) {
			return nil
		}
	}
	for _, i := range conflicts {
		if len(s.Fields[i].Index) == len(f.Index) {
			return fmt.Errorf("two fields of %s have the tag %s", t, limits.Quote(f.Name))
		}
	}
	for _, i := range slices.Backward(conflicts) {
		s.Fields = slices.Delete(s.Fields, i, i+1)
	}
	s.Fields = append(s.Fields, *f)
	return nil
}

// conflicts reports whether two fields stand for the same place.
func (f *Field) conflicts(g *Field) bool {
	if f.Mode != g.Mode || f.Space != "" && g.Space != "" && f.Space != g.Space {
		return false
	}
	common := min(len(f.Parents), len(g.Parents))
	if !slices.Equal(f.Parents[:common], g.Parents[:common]) {
		return false
	}
	switch {
	case len(f.Parents) > len(g.Parents):
		return f.Parents[common] == g.Name
	case len(f.Parents) < len(g.Parents):
		return g.Parents[common] == f.Name
	}
	return f.Name == g.Name && f.Space == g.Space
}

// Value returns the field of a struct, or an invalid value if it is in an embedded struct that is
// nil.
func (f *Field) Value(v reflect.Value) reflect.Value {
	for i, index := range f.Index {
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
