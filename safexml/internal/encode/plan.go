package encode

import (
	"encoding"
	"encoding/xml"
	"reflect"
	"sync"
	"sync/atomic"

	"github.com/seed73825598/airlock/safexml/internal/fields"
)

// A plan is how the values of a type are written.
type plan struct {
	*fields.Struct
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

var attrType = reflect.TypeFor[xml.Attr]()

// planOf returns the plan for a type.
func planOf(t reflect.Type) *plan {
	if known, ok := plans.Load(t); ok {
		p, _ := known.(*plan)
		return p
	}
	p := &plan{marshals: implements[xml.Marshaler](t), isText: implements[encoding.TextMarshaler](t),
		isAttr: implements[xml.MarshalerAttr](t)}
	p.Struct, p.err = fields.Of(t)
	if planCount.Load() < maxPlans {
		if _, known := plans.LoadOrStore(t, p); !known {
			planCount.Add(1)
		}
	}
	return p
}
