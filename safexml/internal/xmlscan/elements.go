package xmlscan

import "github.com/seed73825598/airlock/limits"

// elements are those that are open.
type elements struct {
	open    []frame
	names   []byte // their names
	rooted  bool   // there has been a root element
	end     int    // the offset after the root element; 0 before that
	popping bool   // the end of the innermost element has been told
}

// A frame is one open element.
type frame struct {
	name     span // in elements.names
	colon    int  // in the name, or -1
	space    int  // its namespace, in namespaces.bindings
	bindings int  // how many there were before it
	fallback int  // the default namespace before it
}

// push opens an element in the namespaces that are in scope.
func (e *elements) push(m *limits.Meter, name []byte, colon int, n *namespaces) error {
	if err := grow(m, &e.names, len(name)); err != nil {
		return err
	}
	if err := grow(m, &e.open, 1); err != nil {
		return err
	}
	start, depth := len(e.names), len(e.open)
	e.names = append(e.names, name...)
	e.open = e.open[:depth+1]
	f := &e.open[depth]
	f.name.start, f.name.end, f.colon, f.space = start, len(e.names), colon, noNamespace
	f.bindings, f.fallback = len(n.bindings), n.fallback
	return nil
}

// top returns the innermost element.
func (e *elements) top() *frame { return &e.open[len(e.open)-1] }

// name returns the name of the innermost element.
func (e *elements) name() []byte { return e.top().name.of(e.names) }

// prefix returns what stands before the colon of the innermost element's name, which has one.
func (e *elements) prefix() []byte {
	f := e.top()
	return e.names[f.name.start : f.name.start+f.colon]
}

// pop forgets the innermost element.
func (e *elements) pop() {
	e.names = e.names[:e.top().name.start]
	e.open = e.open[:len(e.open)-1]
	e.popping = false
}
