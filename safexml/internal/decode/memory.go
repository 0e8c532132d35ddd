package decode

import (
	"reflect"
)

const (
	// block is what is held from the budget at once, at least.
	block = 4096
	// roomy is how many bytes of elements a slice has room for at first.
	roomy = 64
)

// charge accounts for n bytes that are about to be allocated for a value, and for what the
// allocator adds to them.
func (d *Decoder) charge(n int) error {
	n = (n + 15) &^ 15
	if n > d.room {
		more := max(n, block)
		if err := d.src.Hold(more); err != nil {
			return err
		}
		d.held += more
		d.room += more
	}
	d.room -= n
	return nil
}

// field returns a field of a struct, and makes the embedded structs that it is in.
func (d *Decoder) field(v reflect.Value, r *ref) (reflect.Value, error) {
	if r.err != nil {
		return v, r.err
	}
	if len(r.index) == 1 {
		return v.Field(r.index[0]), nil
	}
	for i, x := range r.index {
		if i > 0 && v.Kind() == reflect.Pointer {
			if v.IsNil() {
				if err := d.charge(int(v.Type().Elem().Size())); err != nil {
					return v, err
				}
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(x)
	}
	return v, nil
}

// target returns what the pointer v points to, and makes it.
func (d *Decoder) target(v reflect.Value, p *value) (reflect.Value, error) {
	if v.IsNil() {
		if err := d.charge(int(p.typ.Size())); err != nil {
			return v, err
		}
		v.Set(reflect.New(p.typ))
	}
	return v.Elem(), nil
}

// more appends an element to the slice v and returns it.
func (d *Decoder) more(v reflect.Value, p *value) (reflect.Value, error) {
	n := v.Len()
	if n == v.Cap() {
		size := 2 * n
		if n == 0 {
			size = max(1, roomy/max(1, p.size))
		}
		if err := d.charge(size * p.size); err != nil {
			return v, err
		}
		v.Grow(size - n)
		d.room += n * p.size // The place of the elements before is garbage.
	}
	v.SetLen(n + 1)
	return v.Index(n), nil
}

// keep appends to a text that is at hand.
func (d *Decoder) keep(text *[]byte, b []byte) error {
	if len(b) > cap(*text)-len(*text) {
		if err := grow(d, text, len(b)); err != nil {
			return err
		}
	}
	*text = append(*text, b...)
	return nil
}

// grow makes room for n more entries in a list of the decoder's own. The memory that it takes stays
// accounted for as long as the decoder is in use.
func grow[T any](d *Decoder, list *[]T, n int) error {
	used, room := len(*list), cap(*list)
	if n <= room-used {
		return nil
	}
	size := max(16, 2*room, used+n)
	if err := d.src.Hold((size - room) * int(reflect.TypeFor[T]().Size())); err != nil {
		return err
	}
	larger := make([]T, used, size)
	copy(larger, *list)
	*list = larger
	return nil
}
