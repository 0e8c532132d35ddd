package limits

import (
	"strconv"
	"strings"
	"time"
)

// A Resource is one of the things an operation may run out of. There is one for each field of
// [Limits]; the zero Resource stands for none.
type Resource uint8

// The resources, in the order of the fields of [Limits].
const (
	InputBytes  Resource = iota + 1 // bytes read from the untrusted source
	OutputBytes                     // bytes produced from it by expansion, in total
	Items                           // entries, nodes, matches, code points
	Depth                           // deepest nesting at once
	Steps                           // deterministic work
	MemoryBytes                     // bytes held at once, the one gauge
	Time                            // wall clock, in nanoseconds
)

// resourceCount is the length of an array that is indexed by Resource.
const resourceCount = int(Time) + 1

// resourceNames holds what a resource is called in an error, in Go and in the text form of Limits.
var resourceNames = [resourceCount]struct{ text, field, key string }{
	InputBytes:  {"input bytes", "InputBytes", "input"},
	OutputBytes: {"output bytes", "OutputBytes", "output"},
	Items:       {"items", "Items", "items"},
	Depth:       {"depth", "Depth", "depth"},
	Steps:       {"steps", "Steps", "steps"},
	MemoryBytes: {"memory bytes", "MemoryBytes", "memory"},
	Time:        {"time", "Time", "time"},
}

// String returns the name of r as an error says it: "output bytes". What is no resource reads
// "resource(0)".
func (r Resource) String() string {
	if !r.known() {
		return "resource(" + strconv.Itoa(int(r)) + ")"
	}
	return resourceNames[r].text
}

// Key returns the name of r in the text form of Limits and in JSON: "output". What is no resource
// reads as in String.
func (r Resource) Key() string {
	if !r.known() {
		return r.String()
	}
	return resourceNames[r].key
}

// field returns the name of the field of Limits that bounds r.
func (r Resource) field() string {
	if !r.known() {
		return r.String()
	}
	return resourceNames[r].field
}

func (r Resource) known() bool { return r >= InputBytes && r <= Time }

// spendable reports whether r is a total that only ever grows. Memory is a gauge, depth has no
// state, and time passes by itself.
func (r Resource) spendable() bool { return r >= InputBytes && r <= Steps && r != Depth }

// format writes an amount of r in its unit.
func (r Resource) format(n int64) string {
	switch {
	case r.bytes():
		return Bytes(n).String()
	case r == Time:
		return strings.Replace(time.Duration(n).String(), "µ", "u", 1) // Errors are ASCII.
	default:
		return strconv.FormatInt(n, 10)
	}
}

// bytes reports whether r is counted in bytes.
func (r Resource) bytes() bool { return r == InputBytes || r == OutputBytes || r == MemoryBytes }
