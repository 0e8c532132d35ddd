package xmlscan

import (
	"bytes"

	"github.com/seed73825598/airlock/limits"
)

// The two namespaces whose prefixes are bound by definition (Namespaces in XML 1.0, 3).
const (
	xmlNamespace   = "http://www.w3.org/XML/1998/namespace"
	xmlnsNamespace = "http://www.w3.org/2000/xmlns/"
)

const (
	noNamespace = 0
	// predeclared is how many bindings there are before the first declaration: no namespace at all,
	// and that of the prefix xml.
	predeclared = 2
)

// namespaces are the declarations in scope.
type namespaces struct {
	known    func(uri []byte) uint8 // Config.Vocabulary
	bindings []binding
	text     []byte // their prefixes and namespace names
	byPrefix index
	bySpace  index
	fallback int // the default namespace, in bindings
	watching int // bindings whose vocabulary says Watch
}

// A binding is one declaration.
type binding struct {
	prefix, uri span // in namespaces.text
	// the oldest binding with the same namespace name: two names mean the same if this is the same
	space      int
	vocabulary uint8
}

func newNamespaces(known func(uri []byte) uint8) namespaces {
	return namespaces{known: known, byPrefix: newIndex(), bySpace: newIndex()}
}

// predeclare makes the bindings that no document declares.
func (n *namespaces) predeclare(m *limits.Meter) error {
	if err := grow(m, &n.bindings, predeclared); err != nil {
		return err
	}
	prefix, err := add(m, &n.text, []byte("xml"))
	if err != nil {
		return err
	}
	uri, err := add(m, &n.text, []byte(xmlNamespace))
	if err != nil {
		return err
	}
	n.bindings = append(n.bindings, binding{}, binding{prefix: prefix, uri: uri, space: 1,
		vocabulary: n.known([]byte(xmlNamespace))})
	return nil
}

// misdeclared says why a prefix must not be declared for a namespace name; empty if it may be.
func misdeclared(prefix, uri []byte) string {
	switch {
	case string(prefix) == "xmlns":
		return "the prefix xmlns is declared (Namespaces in XML 1.0, 3)"
	case string(uri) == xmlnsNamespace:
		return "a prefix is declared for the namespace of xmlns (Namespaces in XML 1.0, 3)"
	case (string(prefix) == "xml") != (string(uri) == xmlNamespace):
		return "the prefix xml and its namespace belong together (Namespaces in XML 1.0, 3)"
	case len(uri) == 0 && len(prefix) > 0:
		return "a prefix is declared for no namespace (Namespaces in XML 1.0, 2.2)"
	}
	return ""
}

// declare binds a prefix, or the default namespace if that is empty.
func (n *namespaces) declare(m *limits.Meter, prefix, uri []byte) error {
	b := binding{space: len(n.bindings), vocabulary: n.known(uri)}
	if same := n.find(uri); same >= 0 {
		b.space = same
	}
	var err error
	if b.prefix, err = add(m, &n.text, prefix); err != nil {
		return err
	}
	if b.uri, err = add(m, &n.text, uri); err != nil {
		return err
	}
	if err := grow(m, &n.bindings, 1); err != nil {
		return err
	}
	if len(prefix) == 0 {
		n.fallback = len(n.bindings)
	}
	if b.vocabulary&Watch != 0 {
		n.watching++
	}
	n.bindings = append(n.bindings, b)
	return n.index(m)
}

// index enters the newest binding into the indexes, and with the first beyond few all before it.
func (n *namespaces) index(m *limits.Meter) error {
	if len(n.bindings) <= few && n.byPrefix.len() == 0 {
		return nil
	}
	for _, b := range n.bindings[n.byPrefix.len():] {
		if err := n.byPrefix.push(m, n.byPrefix.hash(b.prefix.of(n.text))); err != nil {
			return err
		}
		if err := n.bySpace.push(m, n.bySpace.hash(b.uri.of(n.text))); err != nil {
			return err
		}
	}
	return nil
}

// find returns the oldest binding in scope with the namespace name, or -1.
func (n *namespaces) find(uri []byte) int {
	if n.bySpace.len() > 0 {
		for i := n.bySpace.first(n.bySpace.hash(uri)); i >= 0; i = n.bySpace.next(i) {
			if bytes.Equal(n.uri(i), uri) {
				return n.bindings[i].space
			}
		}
		return -1
	}
	for i := range n.bindings {
		if bytes.Equal(n.uri(i), uri) {
			return i
		}
	}
	return -1
}

// resolve returns the binding of a prefix, or -1 if it is not declared.
func (n *namespaces) resolve(prefix []byte) int {
	if n.byPrefix.len() > 0 {
		for i := n.byPrefix.first(n.byPrefix.hash(prefix)); i >= 0; i = n.byPrefix.next(i) {
			if bytes.Equal(n.bindings[i].prefix.of(n.text), prefix) {
				return i
			}
		}
		return -1
	}
	for i := len(n.bindings) - 1; i > noNamespace; i-- {
		if bytes.Equal(n.bindings[i].prefix.of(n.text), prefix) {
			return i
		}
	}
	return -1
}

// leave ends the scope of the declarations of an element.
func (n *namespaces) leave(f *frame) {
	n.fallback = f.fallback
	if len(n.bindings) > f.bindings {
		n.undeclare(f.bindings)
	}
}

// undeclare ends the scope of all bindings from the given number on.
func (n *namespaces) undeclare(from int) {
	for i := len(n.bindings) - 1; i >= from; i-- {
		if n.bindings[i].vocabulary&Watch != 0 {
			n.watching--
		}
		if i < n.byPrefix.len() {
			n.byPrefix.drop()
			n.bySpace.drop()
		}
	}
	n.text = n.text[:n.bindings[from].prefix.start]
	n.bindings = n.bindings[:from]
}

// uri returns the namespace name of a binding.
func (n *namespaces) uri(i int) []byte { return n.bindings[i].uri.of(n.text) }

// vocabulary returns what is known of it.
func (n *namespaces) vocabulary(i int) uint8 { return n.bindings[i].vocabulary }

// Lookup returns the namespace name that a prefix has in the element at hand, or that of the
// default namespace if the prefix is empty.
func (s *Scanner) Lookup(prefix []byte) (space []byte, declared bool) {
	if len(prefix) == 0 {
		return s.spaces.uri(s.spaces.fallback), true
	}
	b := s.spaces.resolve(prefix)
	if b < 0 {
		return nil, false
	}
	return s.spaces.uri(b), true
}

// EachBinding calls f with the namespace declarations that are in scope, the oldest first. The
// prefix of the default namespace is empty, and so is the name of no namespace.
func (s *Scanner) EachBinding(f func(prefix, uri []byte)) {
	for _, b := range s.spaces.bindings[predeclared:] {
		f(b.prefix.of(s.spaces.text), b.uri.of(s.spaces.text))
	}
}
