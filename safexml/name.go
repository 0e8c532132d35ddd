package safexml

// A Name is the name of an element or attribute (Namespaces in XML 1.0, 4). Its parts are valid
// until the tokenizer's next step and must not be changed.
type Name struct {
	Prefix []byte // as it is written; empty without one
	Local  []byte
	Space  []byte // the namespace name; empty for none. Of a namespace declaration it is empty
}

// Is reports whether the name is the given one, whatever its prefix.
func (n Name) Is(space, local string) bool {
	return string(n.Local) == local && string(n.Space) == space
}

// newName takes a name apart at its colon.
func newName(raw []byte, colon int, space []byte) Name {
	if colon < 0 {
		return Name{Local: raw, Space: space}
	}
	return Name{Prefix: raw[:colon], Local: raw[colon+1:], Space: space}
}

// An Attr is an attribute of a start tag. Its parts are valid until the tokenizer's next step and
// must not be changed.
type Attr struct {
	Name  Name
	Value []byte // references resolved, each white space a space (XML 1.0, 3.3.3)
}
