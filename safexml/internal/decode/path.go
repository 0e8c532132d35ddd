package decode

import (
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// maxPath is how long a path is at most.
const maxPath = 1024

// judge makes a *Misfit of what a conversion has come to, unless it is about the type or the
// budget.
func (d *Decoder) judge(err error, at xmlscan.Position, attr string, t reflect.Type) error {
	switch e := err.(type) { //nolint:errorlint // Its own errors, and none that a value has wrapped.
	case *refusal:
		return d.misfit(at, attr, t, e.error)
	case *strconv.NumError:
		return d.misfit(at, attr, t, e.Err)
	}
	return err
}

// misfit says what does not fit in the element at hand or one of its attributes.
func (d *Decoder) misfit(at xmlscan.Position, attr string, t reflect.Type, err error) error {
	return &Misfit{Path: d.path(attr), At: at, Type: t, Err: err}
}

// path returns where in the document the element at hand is, and the attribute in it. If it is too
// long, its end is left.
func (d *Decoder) path(attr string) string {
	depth, size := d.scan.Depth(), 0
	first := depth
	for ; first > 1 && size < maxPath; first-- {
		size += len(d.scan.OpenName(first))
	}
	var b strings.Builder
	for i := first; i <= depth; i++ {
		if i > 1 {
			b.WriteByte('/')
		}
		b.Write(d.scan.OpenName(i))
		if n := d.nth(i); n > 0 {
			b.WriteByte('[')
			b.WriteString(strconv.Itoa(int(n)))
			b.WriteByte(']')
		}
	}
	if attr != "" {
		b.WriteByte('/')
		b.WriteString(attr)
	}
	path := b.String()
	if first == 1 && len(path) <= maxPath {
		return path
	}
	path = path[max(0, len(path)-maxPath+len("…")):]
	for len(path) > 0 && !utf8.RuneStart(path[0]) {
		path = path[1:]
	}
	return "…" + path
}

// nth returns which of its name the open element at a depth is, or 0.
func (d *Decoder) nth(depth int) int32 {
	if depth <= len(d.around) {
		return d.around[depth-1]
	}
	if i := depth - d.base; i >= 0 && i < len(d.frames) {
		return d.frames[i].nth
	} else if i == len(d.frames) {
		return d.leaf
	}
	return 0
}
