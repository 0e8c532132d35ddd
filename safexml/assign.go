package safexml

import (
	"fmt"
	"reflect"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/decode"
)

// An assignment is a value that is filled apart from the caller's, and becomes it once all is well.
type assignment struct {
	to, fresh reflect.Value
	plan      *decode.Plan
	held      []held
}

// A held value is what an interface in the caller's value points to. It is filled like any other,
// and so the caller can say what an interface is to be filled with.
type held struct {
	in, to, fresh reflect.Value // the interface, and the two pointers
}

// newAssignment prepares the assignment to what v points to.
func newAssignment(op string, v any) (*assignment, error) {
	p := reflect.ValueOf(v)
	if p.Kind() != reflect.Pointer || p.IsNil() {
		return nil, &limits.ConfigError{Op: op, Problems: []limits.FieldProblem{{Field: "v",
			Reason: fmt.Sprintf("is %T: not a pointer that can be assigned through", v)}}}
	}
	t := p.Type().Elem()
	a := &assignment{to: p.Elem(), fresh: reflect.New(t).Elem(), plan: decode.Of(t)}
	if a.plan.Interfaces {
		a.hold(a.fresh, a.to, map[any]bool{})
	}
	return a, nil
}

// hold gives the interfaces in fresh a pointer of the kind that they have in to, and reports
// whether there were any.
func (a *assignment) hold(fresh, to reflect.Value, seen map[any]bool) bool {
	switch to.Kind() {
	case reflect.Struct:
		found := false
		for i := range to.NumField() {
			if to.Field(i).CanSet() && a.hold(fresh.Field(i), to.Field(i), seen) {
				found = true
			}
		}
		return found
	case reflect.Pointer:
		if to.IsNil() || seen[to.Interface()] {
			return false
		}
		seen[to.Interface()] = true
		made := reflect.New(to.Type().Elem())
		if !a.hold(made.Elem(), to.Elem(), seen) {
			return false
		}
		fresh.Set(made)
		return true
	case reflect.Interface:
		pointer := to.Elem()
		if pointer.Kind() != reflect.Pointer || pointer.IsNil() || seen[pointer.Interface()] {
			return false
		}
		seen[pointer.Interface()] = true
		made := reflect.New(pointer.Type().Elem())
		fresh.Set(made)
		a.held = append(a.held, held{fresh, pointer, made})
		if decode.Of(pointer.Type()).Foreign && !a.plan.Foreign {
			foreign := *a.plan
			foreign.Foreign = true
			a.plan = &foreign
		}
		a.hold(made.Elem(), pointer.Elem(), seen)
		return true
	}
	return false
}

// assign assigns all. A pointer inside another one comes first.
func (a *assignment) assign() {
	for i := len(a.held) - 1; i >= 0; i-- {
		h := &a.held[i]
		h.to.Elem().Set(h.fresh.Elem())
		h.in.Set(h.to)
	}
	a.to.Set(a.fresh)
}
