package xmlscan

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
)

// plenty is more than any document of these tests takes.
var plenty = limits.Limits{InputBytes: limits.MiB, OutputBytes: limits.MiB, Items: 1e6, Depth: 100, Steps: 1e6,
	MemoryBytes: 16 * limits.MiB, Time: time.Minute}

// metered returns a meter for a part that is tested on its own.
func metered(t *testing.T, l limits.Limits) *limits.Meter {
	t.Helper()
	m := l.Meter(t.Context(), "test")
	return &m
}

// config returns a configuration that stops at all events and keeps their content.
func config(t *testing.T, change ...func(*Config)) Config {
	t.Helper()
	c := Config{
		Op: "test", Limits: plenty, Attributes: 100, Namespaces: 100, NameBytes: 100, TokenBytes: 1000, ValueBytes: 1000,
		Stop: All, Keep: All, Vocabulary: func([]byte) uint8 { return 0 },
	}
	for _, f := range change {
		f(&c)
	}
	c.Meter = metered(t, c.Limits)
	return c
}

// pieces is a source that gives so many bytes at a time.
type pieces struct {
	rest string
	size int
}

func (p *pieces) Read(b []byte) (int, error) {
	if p.rest == "" {
		return 0, io.EOF
	}
	n := copy(b[:min(len(b), p.size)], p.rest)
	p.rest = p.rest[n:]
	return n, nil
}

// next moves on to the next event.
func next(s *Scanner) Kind {
	for {
		if k := s.Step(); k != More {
			return k
		}
		s.Fill()
	}
}

// events returns a line for each event of a document that comes in pieces of some size, and why the
// scan failed.
func events(c Config, document string, size int) ([]string, error) {
	s := New(&pieces{document, size}, c)
	var list []string
	for {
		k := next(s)
		if k == Failed || k == EOF {
			return list, s.Err()
		}
		list = append(list, event(s, k))
	}
}

// event describes the event at hand, its place in front.
func event(s *Scanner, k Kind) string {
	at := s.At()
	var b strings.Builder
	fmt.Fprintf(&b, "%d:%d ", at.Line, at.Column)
	switch k {
	case StartElement:
		name, _ := s.Name()
		fmt.Fprintf(&b, "<%s {%s}", name, s.Space())
		for i := range s.Attrs() {
			a := s.Attr(i)
			value := fmt.Sprintf("=%q", a.Value)
			if a.Cut {
				value = " cut"
			}
			fmt.Fprintf(&b, " %s {%s}%s@%d", a.Name, a.Space, value, s.AttrAt(i).Column)
		}
	case EndElement:
		name, _ := s.Name()
		fmt.Fprintf(&b, "/%s %d", name, s.Depth())
	case Text:
		fmt.Fprintf(&b, "text %q", s.Data())
	case CDATA:
		fmt.Fprintf(&b, "cdata %q", s.Data())
	case Comment:
		fmt.Fprintf(&b, "comment %q", s.Data())
	case ProcInst:
		fmt.Fprintf(&b, "pi %s %q", s.Target(), s.Data())
	case Doctype:
		public, system := s.External()
		fmt.Fprintf(&b, "doctype %q %q %t", public, system, s.Subset())
	case None, More, Failed, EOF:
		b.WriteString("no event")
	}
	return b.String()
}

// exceeds holds an error to the refusal of a budget.
func exceeds(t *testing.T, err error, r limits.Resource, option string) {
	t.Helper()
	e, ok := errors.AsType[*limits.ExceededError](err)
	if !ok || e.Resource != r || e.Option != option {
		t.Errorf("%v, want %v of %q exceeded", err, r, option)
	}
}
