package decode

import (
	"encoding"
	"encoding/xml"
	"reflect"
	"sync"
	"sync/atomic"
)

// A Plan is how the values of a type are filled. It is immutable.
type Plan struct {
	// Foreign says that the type, or one that it holds, is left to encoding/xml.
	Foreign bool
	// Interfaces says that the type holds interfaces, in which a pointer can say what to fill.
	Interfaces bool

	value *value
	err   error // the first wrong tag in the type or one that it holds
}

// An op is how a value is filled.
type op uint8

const (
	opIgnore    op = iota // stays as it is
	opInterface           // what a pointer in it says
	opString
	opBytes
	opInt
	opUint
	opFloat
	opBool
	opText   // by UnmarshalText
	opName   // an xml.Name: the name of the element
	opAttr   // an xml.Attr: the attribute
	opStruct // by its fields
	opSlice  // by one more element
	opPointer
	opUnknown // no document fills it
)

// A value is how a value of one type is filled from an element, an attribute, or text.
type value struct {
	typ  reflect.Type // of what is filled; if pointer is set, of what it points to
	op   op
	bits int // of a number
	size int // of the type, or of an element of a slice
	// the field or element is a pointer, and what it points to is filled
	pointer bool
	elem    *value     // of opSlice and opPointer
	fields  *structure // of opStruct
}

var (
	plans     sync.Map // of reflect.Type to *Plan
	planCount atomic.Int64
)

// maxPlans is how many plans are kept. Types are made by programs, and by reflection.
const maxPlans = 4096

var (
	nameType            = reflect.TypeFor[xml.Name]()
	attrType            = reflect.TypeFor[xml.Attr]()
	textType            = reflect.TypeFor[encoding.TextUnmarshaler]()
	unmarshalerType     = reflect.TypeFor[xml.Unmarshaler]()
	unmarshalerAttrType = reflect.TypeFor[xml.UnmarshalerAttr]()
)

// Of returns the plan for a type.
func Of(t reflect.Type) *Plan {
	if known, ok := plans.Load(t); ok {
		p, _ := known.(*Plan)
		return p
	}
	b := &builder{elements: map[reflect.Type]*value{}, structs: map[reflect.Type]*structure{}}
	p := &Plan{value: b.element(t)}
	p.Foreign, p.Interfaces, p.err = b.foreign, b.interfaces, b.err
	if planCount.Load() < maxPlans {
		if _, known := plans.LoadOrStore(t, p); !known {
			planCount.Add(1)
		}
	}
	return p
}

// Check says why no document, or not every one that fits, fills a value of the type: it is of a
// kind that nothing fills, or a tag in it is wrong.
func (p *Plan) Check() error {
	switch p.value.op {
	case opUnknown, opInterface:
		return p.value.unknown(false)
	default:
		return p.err
	}
}

// A builder makes one plan. Types may hold themselves, so each is planned once.
type builder struct {
	elements map[reflect.Type]*value
	structs  map[reflect.Type]*structure
	// of the plan
	foreign, interfaces bool
	err                 error // the first wrong tag
}

// element plans how an element fills a value of a type.
func (b *builder) element(t reflect.Type) *value {
	if known, ok := b.elements[t]; ok {
		return known
	}
	v := &value{}
	b.elements[t] = v
	v.typ = t
	if t.Kind() == reflect.Pointer {
		v.pointer, v.typ = true, t.Elem()
	}
	v.size = int(v.typ.Size())
	b.foreign = b.foreign || implements(v.typ, unmarshalerType)
	switch kind := v.typ.Kind(); {
	case kind == reflect.Interface:
		v.op, b.interfaces = opInterface, true
	case kind != reflect.Pointer && implements(v.typ, textType):
		v.op = opText
	case v.typ == nameType:
		v.op = opName
	case kind == reflect.Struct:
		v.op, v.fields = opStruct, b.structure(v.typ)
	case kind == reflect.Slice && v.typ.Elem().Kind() != reflect.Uint8:
		v.op, v.elem = opSlice, b.element(v.typ.Elem())
		v.size = int(v.typ.Elem().Size())
		if v.endless() {
			v.op = opUnknown
		}
	default:
		v.simple()
	}
	return v
}

// attribute plans how an attribute fills a value of a type.
func (b *builder) attribute(t reflect.Type, nesting int) *value {
	v := &value{typ: t}
	if t.Kind() == reflect.Pointer {
		v.pointer, v.typ = true, t.Elem()
	}
	v.size = int(v.typ.Size())
	b.foreign = b.foreign || implements(v.typ, unmarshalerAttrType)
	switch kind := v.typ.Kind(); {
	case kind != reflect.Pointer && kind != reflect.Interface && implements(v.typ, textType):
		v.op = opText
	case v.typ == attrType:
		v.op = opAttr
	case kind == reflect.Slice && v.typ.Elem().Kind() != reflect.Uint8 && nesting < maxNesting:
		v.op, v.elem = opSlice, b.attribute(v.typ.Elem(), nesting+1)
		v.size = int(v.typ.Elem().Size())
	case kind == reflect.Pointer:
		// One more is followed, and no method called on what it points to.
		v.op, v.elem = opPointer, &value{typ: v.typ.Elem(), size: int(v.typ.Elem().Size()), pointer: true}
		v.elem.simple()
	default:
		v.simple()
	}
	return v
}

// maxNesting is how many slices of slices an attribute fills. A type can be a slice of itself.
const maxNesting = 16

// text plans how the text of an element fills a field for character data.
func (b *builder) text(t reflect.Type) *value {
	v := &value{typ: t}
	if t.Kind() == reflect.Pointer {
		v.pointer, v.typ = true, t.Elem()
	}
	v.size = int(v.typ.Size())
	if kind := v.typ.Kind(); kind != reflect.Pointer && kind != reflect.Interface && implements(v.typ, textType) {
		v.op = opText
	} else {
		v.simple()
	}
	return v
}

// implements reports whether a type, or a pointer to it, implements an interface.
func implements(t, i reflect.Type) bool { return t.Implements(i) || reflect.PointerTo(t).Implements(i) }

// commentOf plans how comments fill a field: a text or bytes. A field of any other type stays as it
// is.
func commentOf(t reflect.Type) *value {
	v := &value{typ: t, size: int(t.Size())}
	if v.simple(); v.op != opString && v.op != opBytes && t.Kind() != reflect.Slice {
		v.op = opIgnore
	}
	return v
}

// endless reports whether a slice has nothing but slices in it: an element would never reach a
// value.
func (v *value) endless() bool {
	seen := map[*value]bool{}
	for v != nil && v.op == opSlice && !seen[v] {
		seen[v] = true
		v = v.elem
	}
	return seen[v]
}

// simple plans a value that is made of text.
func (v *value) simple() {
	switch v.typ.Kind() {
	case reflect.String:
		v.op = opString
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.op, v.bits = opInt, v.typ.Bits()
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		v.op, v.bits = opUint, v.typ.Bits()
	case reflect.Float32, reflect.Float64:
		v.op, v.bits = opFloat, v.typ.Bits()
	case reflect.Bool:
		v.op = opBool
	case reflect.Slice:
		v.op = opUnknown
		if v.typ.Elem().Kind() == reflect.Uint8 {
			v.op = opBytes
		}
	default:
		v.op = opUnknown
	}
}

// unknown says that no element, or that no text, fills a value.
func (v *value) unknown(text bool) error {
	if text {
		return &Unfit{Type: v.typ, Reason: "cannot unmarshal into " + v.typ.String()}
	}
	return &Unfit{Type: v.typ, Reason: "unknown type " + v.typ.String()}
}
