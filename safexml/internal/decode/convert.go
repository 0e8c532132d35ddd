package decode

import (
	"encoding"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// setText fills v from the text of an element whose end tag is the event at hand.
func (d *Decoder) setText(v reflect.Value, p *value, text []byte) error {
	if p.pointer {
		var err error
		if v, err = d.target(v, p); err != nil {
			return err
		}
	}
	return d.assign(v, p, text)
}

// assign is setText for what is no pointer, or what one points to.
func (d *Decoder) assign(v reflect.Value, p *value, text []byte) error {
	if err := d.convert(v, p, text); err != nil {
		return d.judge(err, d.scan.At(), "", p.typ)
	}
	return nil
}

// setComment fills the field for comments of a frame.
func (d *Decoder) setComment(f *frame, r *ref) error {
	switch r.value.op {
	case opUnknown:
		return r.value.unknown(true)
	case opIgnore:
		return nil
	default:
	}
	v, err := d.field(f.v, r)
	if err != nil {
		return err
	}
	if text := d.notes[f.notes:]; len(text) > 0 {
		return d.convert(v, r.value, text)
	}
	v.SetZero() // Of several elements for one field the last tells.
	return nil
}

// convert sets v, which is no pointer, to what a text says.
func (d *Decoder) convert(v reflect.Value, p *value, text []byte) error {
	switch p.op {
	case opString:
		if err := d.charge(len(text)); err != nil {
			return err
		}
		v.SetString(string(text))
		return nil
	case opBytes:
		if err := d.charge(len(text)); err != nil {
			return err
		}
		v.SetBytes(append(make([]byte, 0, len(text)), text...))
		return nil
	case opText:
		if err := d.charge(len(text)); err != nil {
			return err
		}
		if text = slices.Clip(text); len(text) == 0 { // The text that it appends must not meet the text after it.
			text = nil
		}
		if u, ok := reflect.TypeAssert[encoding.TextUnmarshaler](v.Addr()); ok {
			if err := u.UnmarshalText(text); err != nil {
				return &refusal{err}
			}
		}
		return nil
	case opInt, opUint, opFloat, opBool:
		return number(v, p, text)
	case opIgnore, opInterface, opName, opAttr, opStruct, opSlice, opPointer, opUnknown:
	}
	return p.unknown(true)
}

// A refusal is an error of a value that decodes itself.
type refusal struct{ error }

// number sets a number or a truth value. Nothing at all is zero.
func number(v reflect.Value, p *value, text []byte) error {
	if len(text) == 0 {
		v.SetZero()
		return nil
	}
	switch p.op {
	case opInt:
		n, ok := decimal(text)
		if !ok || n<<(64-p.bits)>>(64-p.bits) != n {
			var err error
			if n, err = strconv.ParseInt(strings.TrimSpace(string(text)), 10, p.bits); err != nil {
				return err
			}
		}
		v.SetInt(n)
	case opUint:
		n, err := strconv.ParseUint(strings.TrimSpace(string(text)), 10, p.bits)
		if err != nil {
			return err
		}
		v.SetUint(n)
	case opFloat:
		n, err := strconv.ParseFloat(strings.TrimSpace(string(text)), p.bits)
		if err != nil {
			return err
		}
		v.SetFloat(n)
	default:
		b, err := strconv.ParseBool(strings.TrimSpace(string(text)))
		if err != nil {
			return err
		}
		v.SetBool(b)
	}
	return nil
}

// maxDigits is how many digits are a number of 64 bits, whatever they are.
const maxDigits = 18

// decimal reads a whole number of a few digits, and nothing else.
func decimal(text []byte) (n int64, ok bool) {
	digits := text
	if digits[0] == '-' {
		digits = digits[1:]
	}
	if len(digits) == 0 || len(digits) > maxDigits {
		return 0, false
	}
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = 10*n + int64(c-'0')
	}
	if len(digits) < len(text) {
		n = -n
	}
	return n, true
}
