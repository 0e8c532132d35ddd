package xmlscan

import (
	"bytes"
	"hash/maphash"

	"github.com/seed73825598/airlock/limits"
)

// The two namespaces whose prefixes are bound by definition (Namespaces in XML 1.0, 3).
const (
	xmlNamespace   = "http://www.w3.org/XML/1998/namespace"
	xmlnsNamespace = "http://www.w3.org/2000/xmlns/"
)

// A binding is one namespace declaration in scope. The first two entries are no declarations: no
// namespace at all, and that of the prefix xml.
type binding struct {
	prefix, uri span // in Scanner.uris
	// the oldest binding with the same namespace name: two names mean the same if this is the same
	space      int
	vocabulary uint8
}

const (
	noNamespace = 0
	predeclared = 2
)

func (s *Scanner) predeclare() {
	none := binding{}
	if !grow(s, &s.bindings, predeclared) {
		return
	}
	prefix, _ := s.add(&s.uris, []byte("xml"))
	uri, ok := s.add(&s.uris, []byte(xmlNamespace))
	if !ok {
		return
	}
	s.bindings = append(s.bindings, none, binding{prefix: prefix, uri: uri, space: 1,
		vocabulary: s.cfg.Vocabulary([]byte(xmlNamespace))})
}

// declare takes the namespace declaration in an attribute of the start tag (Namespaces [1]).
func (s *Scanner) declare(i int) Kind {
	a := &s.attrs[i]
	value := a.value.of(s.data)
	var prefix []byte
	if a.colon >= 0 {
		prefix = s.data[a.name.start+a.colon+1 : a.name.end]
	}
	switch {
	case string(prefix) == "xmlns":
		return s.failPlace(s.AttrAt(i), "the prefix xmlns is declared (Namespaces in XML 1.0, 3)")
	case string(value) == xmlnsNamespace:
		return s.failPlace(s.AttrAt(i), "a prefix is declared for the namespace of xmlns (Namespaces in XML 1.0, 3)")
	case (string(prefix) == "xml") != (string(value) == xmlNamespace):
		return s.failPlace(s.AttrAt(i), "the prefix xml and its namespace belong together (Namespaces in XML 1.0, 3)")
	case len(value) == 0 && len(prefix) > 0:
		return s.failPlace(s.AttrAt(i), "a prefix is declared for no namespace (Namespaces in XML 1.0, 2.2)")
	}
	n := len(s.bindings)
	if n-predeclared == s.cfg.Namespaces {
		return s.overCap(limits.Items, "NamespacesInScope", s.cfg.Namespaces, s.cfg.Namespaces+1)
	}
	b := binding{space: n, vocabulary: s.cfg.Vocabulary(value)}
	if same := s.sameSpace(value); same >= 0 {
		b.space = same
	}
	var ok bool
	if b.prefix, ok = s.add(&s.uris, prefix); !ok {
		return Failed
	}
	if b.uri, ok = s.add(&s.uris, value); !ok || !grow(s, &s.bindings, 1) {
		return Failed
	}
	s.bindings = append(s.bindings, b)
	if len(prefix) == 0 {
		s.fallback = n
	}
	if b.vocabulary&Watch != 0 {
		s.watching++
	}
	return s.indexBinding()
}

// indexBinding enters the newest binding into the indexes, and with the first beyond few all before
// it.
func (s *Scanner) indexBinding() Kind {
	n := len(s.bindings)
	if n <= few && len(s.byPrefix.links) == 0 {
		return None
	}
	for _, b := range s.bindings[len(s.byPrefix.links):] {
		if !s.push(&s.byPrefix, s.hash(b.prefix.of(s.uris))) || !s.push(&s.bySpace, s.hash(b.uri.of(s.uris))) {
			return Failed
		}
	}
	return None
}

func (s *Scanner) hash(b []byte) uint64 { return maphash.Bytes(s.seed, b) }

// sameSpace returns the oldest binding in scope with the namespace name, or -1.
func (s *Scanner) sameSpace(uri []byte) int {
	if len(s.bySpace.links) > 0 {
		for i := s.bySpace.first(s.hash(uri)); i >= 0; i = s.bySpace.next(i) {
			if bytes.Equal(s.bindings[i].uri.of(s.uris), uri) {
				return s.bindings[i].space
			}
		}
		return -1
	}
	for i := range s.bindings {
		if bytes.Equal(s.bindings[i].uri.of(s.uris), uri) {
			return i
		}
	}
	return -1
}

// resolve returns the binding of a prefix, or -1 if it is not declared.
func (s *Scanner) resolve(prefix []byte) int {
	if len(s.byPrefix.links) > 0 {
		for i := s.byPrefix.first(s.hash(prefix)); i >= 0; i = s.byPrefix.next(i) {
			if bytes.Equal(s.bindings[i].prefix.of(s.uris), prefix) {
				return i
			}
		}
		return -1
	}
	for i := len(s.bindings) - 1; i > noNamespace; i-- {
		if bytes.Equal(s.bindings[i].prefix.of(s.uris), prefix) {
			return i
		}
	}
	return -1
}

// undeclare ends the scope of all bindings from the given number on.
func (s *Scanner) undeclare(n int) {
	for i := len(s.bindings) - 1; i >= n; i-- {
		if s.bindings[i].vocabulary&Watch != 0 {
			s.watching--
		}
		if i < len(s.byPrefix.links) {
			s.byPrefix.drop()
			s.bySpace.drop()
		}
	}
	s.uris = s.uris[:s.bindings[n].prefix.start]
	s.bindings = s.bindings[:n]
}

// Lookup returns the namespace name that a prefix has in the element at hand, or that of the default
// namespace if the prefix is empty.
func (s *Scanner) Lookup(prefix []byte) (space []byte, declared bool) {
	if len(prefix) == 0 {
		return s.spaceOf(s.fallback), true
	}
	b := s.resolve(prefix)
	if b < 0 {
		return nil, false
	}
	return s.spaceOf(b), true
}
