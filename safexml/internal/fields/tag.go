package fields

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/seed73825598/airlock/limits"
)

// parse reads the tag of a field.
func parse(t reflect.Type, f *reflect.StructField) (*Field, error) {
	wrong := func() error {
		return fmt.Errorf("the field %s of %s has the tag %s", f.Name, t, limits.Quote(f.Tag.Get("xml")))
	}
	planned := &Field{Index: f.Index}
	tag := f.Tag.Get("xml")
	if space, rest, ok := strings.Cut(tag, " "); ok {
		planned.Space, tag = space, rest
	}
	tag, flags, _ := strings.Cut(tag, ",")
	if !planned.flags(flags, f.Name, tag) || planned.Space != "" && tag == "" {
		return nil, wrong()
	}
	if f.Name == xmlNameField {
		planned.Name = tag
		return planned, nil
	}
	if tag == "" {
		planned.Space, planned.Name = "", f.Name
		if own := nameOf(f.Type); own != nil {
			planned.Space, planned.Name = own.Space, own.Name
		}
		return planned, nil
	}
	if !planned.path(f.Name, tag) || len(planned.Parents) > 0 && !planned.isElement() {
		return nil, wrong()
	}
	if own := nameOf(f.Type); planned.isElement() && own != nil && own.Name != planned.Name {
		return nil, fmt.Errorf("the name %s in the tag of %s.%s is not that of %s.XMLName, %s", limits.Quote(planned.Name), t,
			f.Name, f.Type, limits.Quote(own.Name))
	}
	return planned, nil
}

func (f *Field) isElement() bool { return f.Mode == Element || f.Mode == Any }

// flags reads what follows the name in a tag, and reports whether it may stand there.
func (f *Field) flags(list, fieldName, tag string) bool {
	modes, rest := 0, false
	for flag := range strings.SplitSeq(list, ",") {
		m, known := map[string]Mode{"attr": Attr, "chardata": Text, "cdata": CDATA, "innerxml": Markup,
			"comment": Comment}[flag]
		switch {
		case flag == "omitempty":
			f.OmitEmpty = true
		case flag == "any":
			rest = true
		case known && f.Mode != m:
			f.Mode = m
			modes++
		}
	}
	switch {
	case rest && f.Mode == Element:
		f.Mode = Any
		modes++
	case rest && f.Mode == Attr:
		f.Mode = OtherAttr
	case rest:
		return false
	}
	if modes > 1 {
		return false
	}
	// Of a field with a mode of its own only an attribute has a name, and XMLName has no mode.
	if modes == 1 && (fieldName == xmlNameField || tag != "" && f.Mode != Attr) {
		return false
	}
	return !f.OmitEmpty || f.isElement() || f.Mode.IsAttr()
}

// path reads the name of a field, which may have elements around it, and reports whether there is
// one.
func (f *Field) path(fieldName, tag string) bool {
	f.Parents = strings.Split(tag, ">")
	if f.Parents[0] == "" {
		f.Parents[0] = fieldName
	}
	last := len(f.Parents) - 1
	f.Name = f.Parents[last]
	f.Parents = f.Parents[:last:last]
	return f.Name != ""
}

// maxPointers is how many pointers are followed to a struct: there are types that are pointers to
// themselves.
const maxPointers = 64

// nameOf returns the field XMLName of a struct if its tag has a name, or nil.
func nameOf(t reflect.Type) *Field {
	for i := 0; i < maxPointers && t.Kind() == reflect.Pointer; i++ {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	f, ok := t.FieldByName(xmlNameField)
	if !ok || len(f.Index) != 1 {
		return nil
	}
	planned, err := parse(t, &f)
	if err != nil || planned.Name == "" {
		return nil
	}
	return planned
}
