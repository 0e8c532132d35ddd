package decode

import (
	"encoding/xml"
	"reflect"

	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// attributes fills the fields for the n attributes of the start tag at hand.
func (d *Decoder) attributes(v reflect.Value, s *structure, n int) error {
	for _, r := range s.attrMakes {
		if _, err := d.field(v, r); err != nil {
			return err
		}
	}
	if len(s.attrs) == 0 && s.otherAttr == nil {
		return nil
	}
	hint := 0
	for i := range n {
		a := d.scan.Attr(i)
		var list []attrField
		list, hint = s.attr(a.Name[a.Colon+1:], hint)
		handled := false
		for j := range list {
			f := &list[j]
			if f.space != "" && f.space != string(attrSpace(&a)) {
				continue
			}
			handled = true
			if err := d.attribute(v, f.field, i, &a); err != nil {
				return err
			}
		}
		if !handled && s.otherAttr != nil {
			if err := d.attribute(v, s.otherAttr, i, &a); err != nil {
				return err
			}
		}
	}
	return nil
}

// xmlns is what encoding/xml gives for the namespace of xmlns:a.
var xmlns = []byte("xmlns")

// attrSpace returns the namespace of an attribute as encoding/xml tells it.
func attrSpace(a *xmlscan.Attr) []byte {
	if a.Declaration && a.Colon >= 0 {
		return xmlns
	}
	return a.Space
}

// attribute fills a field from the attribute with the number i.
func (d *Decoder) attribute(v reflect.Value, r *ref, i int, a *xmlscan.Attr) error {
	v, err := d.field(v, r)
	if err != nil {
		return err
	}
	for p := r.value; ; p = p.elem {
		if p.pointer {
			if v, err = d.target(v, p); err != nil {
				return err
			}
		}
		switch p.op {
		case opSlice:
			if v, err = d.more(v, p); err != nil {
				return err
			}
		case opPointer:
		case opAttr:
			return d.setAttr(v, a)
		case opUnknown, opStruct, opName, opInterface, opIgnore:
			return p.unknown(true)
		case opString, opBytes, opInt, opUint, opFloat, opBool, opText:
			if err := d.convert(v, p, a.Value); err != nil {
				return d.judge(err, d.scan.AttrAt(i), "@"+string(a.Name), p.typ)
			}
			return nil
		}
	}
}

// setAttr sets an xml.Attr.
func (d *Decoder) setAttr(v reflect.Value, a *xmlscan.Attr) error {
	space, local := attrSpace(a), a.Name[a.Colon+1:]
	if err := d.charge(len(space) + len(local) + len(a.Value)); err != nil {
		return err
	}
	if to, ok := reflect.TypeAssert[*xml.Attr](v.Addr()); ok {
		*to = xml.Attr{Name: xml.Name{Space: string(space), Local: string(local)}, Value: string(a.Value)}
	}
	return nil
}

// setName sets an xml.Name to that of the element at hand.
func (d *Decoder) setName(v reflect.Value) error {
	name, colon := d.scan.Name()
	space, local := d.scan.Space(), name[colon+1:]
	if err := d.charge(len(space) + len(local)); err != nil {
		return err
	}
	if to, ok := reflect.TypeAssert[*xml.Name](v.Addr()); ok {
		*to = xml.Name{Space: string(space), Local: string(local)}
	}
	return nil
}
