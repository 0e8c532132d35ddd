package xmlscan

import (
	"bytes"

	"github.com/seed73825598/airlock/limits"
)

// attributes are those of the start tag at hand. Their names and values lie in token.data.
type attributes struct {
	list      []attr
	places    []Position // of those that have left the window; there is room for as many as in list
	prefixed  int        // those with a prefix, namespace declarations not counted
	declares  bool       // one of them is a namespace declaration
	byName    index
	byMeaning index
	meanings  []int // those with a prefix, in the order of byMeaning
}

// An attr is one attribute.
type attr struct {
	name  span
	colon int // in the name, or -1
	value span
	space int  // its namespace, in namespaces.bindings; 0 without a prefix
	at    int  // the offset of its value
	cut   bool // the value is longer than what is kept of it
	xmlns bool // it is a namespace declaration
}

// hasPrefix reports whether the name has a prefix that stands for a namespace.
func (a *attr) hasPrefix() bool { return a.colon >= 0 && !a.xmlns }

// prefix returns the part of the name before the colon, which it has.
func (a *attr) prefix(data []byte) []byte { return data[a.name.start : a.name.start+a.colon] }

// local returns the part of the name after the colon, or all of it.
func (a *attr) local(data []byte) []byte { return data[a.name.start+a.colon+1 : a.name.end] }

func newAttributes() attributes { return attributes{byName: newIndex(), byMeaning: newIndex()} }

// clear begins another tag.
func (t *attributes) clear() {
	t.list, t.places, t.prefixed, t.declares = t.list[:0], t.places[:0], 0, false
}

// push adds an attribute whose name lies in data.
func (t *attributes) push(m *limits.Meter, name span, colon int, data []byte) error {
	n := len(t.list)
	if err := grow(m, &t.list, 1); err != nil {
		return err
	}
	// Which of them leave the window depends on the pieces that the document comes in. That there is
	// memory for their places must not.
	if err := grow(m, &t.places, n+1-len(t.places)); err != nil {
		return err
	}
	t.list = t.list[:n+1]
	a := &t.list[n]
	*a = attr{name: name, colon: colon}
	switch raw, prefix := name.of(data), len("xmlns"); {
	case colon == prefix && string(raw[:prefix]) == "xmlns", colon < 0 && string(raw) == "xmlns":
		a.xmlns, t.declares = true, true
	case colon >= 0:
		t.prefixed++
	}
	return nil
}

// last returns the newest attribute.
func (t *attributes) last() *attr { return &t.list[len(t.list)-1] }

// has reports whether there is an attribute with the name as it is written. The name is that of the
// attribute to come: it is entered into the index if there are many.
func (t *attributes) has(m *limits.Meter, raw, data []byte) (bool, error) {
	n := len(t.list)
	if n < few {
		for i := range t.list {
			if bytes.Equal(t.list[i].name.of(data), raw) {
				return true, nil
			}
		}
		return false, nil
	}
	if n == few {
		t.byName.clear()
		for i := range t.list {
			if err := t.byName.push(m, t.byName.hash(t.list[i].name.of(data))); err != nil {
				return false, err
			}
		}
	}
	hash := t.byName.hash(raw)
	for i := t.byName.first(hash); i >= 0; i = t.byName.next(i) {
		if bytes.Equal(t.list[i].name.of(data), raw) {
			return true, nil
		}
	}
	return false, t.byName.push(m, hash)
}

// same looks for two attributes with one local name and one namespace under different prefixes
// (Namespaces in XML 1.0, 6.3), and returns their numbers, or -1 twice.
func (t *attributes) same(m *limits.Meter, data []byte, n *namespaces) (first, second int, err error) {
	t.meanings = t.meanings[:0]
	t.byMeaning.clear()
	for i := range t.list {
		a := &t.list[i]
		if !a.hasPrefix() {
			continue
		}
		other, err := t.meaning(m, a, data, n)
		if err != nil || other >= 0 {
			return other, i, err
		}
		if err := grow(m, &t.meanings, 1); err != nil {
			return -1, -1, err
		}
		t.meanings = append(t.meanings, i)
	}
	return -1, -1, nil
}

// meaning returns the attribute before a that means the same, or -1, and enters a into the index if
// there are many.
func (t *attributes) meaning(m *limits.Meter, a *attr, data []byte, n *namespaces) (other int, err error) {
	space, local := n.bindings[a.space].space, a.local(data)
	same := func(j int) bool {
		b := &t.list[j]
		return n.bindings[b.space].space == space && bytes.Equal(b.local(data), local)
	}
	if t.prefixed <= few {
		for _, j := range t.meanings {
			if same(j) {
				return j, nil
			}
		}
		return -1, nil
	}
	// The seed makes the first term, an odd factor spreads the second.
	hash := t.byMeaning.hash(local) + uint64(space)*0x9e3779b97f4a7c15 //nolint:gosec // A place in a list.
	for i := t.byMeaning.first(hash); i >= 0; i = t.byMeaning.next(i) {
		if same(t.meanings[i]) {
			return t.meanings[i], nil
		}
	}
	return -1, t.byMeaning.push(m, hash)
}

// position returns the position of the value of an attribute.
func (t *attributes) position(i int, w *window) Position {
	if i < len(t.places) {
		return t.places[i]
	}
	return w.position(t.list[i].at - w.shift)
}

// settlePlaces works out the positions of the values that have begun, before they leave the window.
func (t *attributes) settlePlaces(w *window) {
	for i := len(t.places); i < len(t.list) && t.list[i].at != 0; i++ {
		t.places = append(t.places, w.position(t.list[i].at-w.shift))
	}
}
