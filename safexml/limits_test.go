package safexml_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/limittable"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
)

// ordinary is a document with every kind of node.
const ordinary = `<?xml version="1.0" encoding="UTF-8"?>
<!-- an order -->
<order xmlns="urn:order" xmlns:x="urn:extra" id="1">
  <line x:kind="a">Text &amp; more &#x41;</line><?print landscape?>
  <line><deep><deeper><deepest/></deeper></deep></line>
  <data><![CDATA[<raw>]]></data>
</order>
`

// cost returns what a face takes for the document.
func cost(t *testing.T, f face, data []byte, opts ...safexml.Option) limits.Usage {
	t.Helper()
	var usage limits.Usage
	ctx := limits.WithObserver(t.Context(), limits.Observer{Func: func(_ context.Context,
		e limits.Event) {
		usage = e.Usage
	}})
	if err := f.take(ctx, bytes.NewReader(data), sensible, opts...); err != nil {
		t.Fatal(err)
	}
	return usage
}

// TestCost counts by hand what a document costs. The numbers are promised by the package comment.
func TestCost(t *testing.T) {
	got := cost(t, faces[0], []byte(ordinary))
	// elements, comment, instruction, CDATA section
	if want := int64(7 + 1 + 1 + 1); got.Items != want {
		t.Errorf("%d items; want %d", got.Items, want)
	}
	if want := int64((len(ordinary)+63)/64 + 10); got.Steps != want {
		t.Errorf("%d steps; want %d", got.Steps, want)
	}
	if got.InputBytes != limits.Bytes(len(ordinary)) || got.OutputBytes != 0 || got.Depth != 5 {
		t.Errorf("%+v; want %d bytes, depth 5", got, len(ordinary))
	}
	for _, f := range faces {
		again := cost(t, f, []byte(ordinary))
		if again.Steps != got.Steps || again.Items != got.Items || again.InputBytes != got.InputBytes {
			t.Errorf("%s: %+v; want %+v", f.name, again, got)
		}
	}
}

// TestLimits passes a document at exactly each limit, and refuses it one below, by every face.
func TestLimits(t *testing.T) {
	fields := limittable.Fields{Required: []limits.Resource{limits.InputBytes, limits.Time},
		Unset: []limits.Resource{limits.OutputBytes}}
	operations := make([]limittable.Operation, len(faces))
	for i, f := range faces {
		operations[i] = limittable.Operation{Name: f.name,
			Rows: limittable.Rows(cost(t, f, []byte(ordinary)), fields),
			Run: func(t *testing.T, lim limits.Limits) error {
				return f.take(t.Context(), strings.NewReader(ordinary), lim)
			}}
	}
	limittable.Each(t, sensible, operations...)
	t.Run("Time", outOfTime)
}

// slow is a source without end that takes its time.
type slow struct{ started bool }

func (s *slow) Read(p []byte) (int, error) {
	time.Sleep(15 * time.Millisecond)
	if !s.started {
		s.started = true
		return copy(p, "<a>"), nil
	}
	return copy(p, "text"), nil
}

// outOfTime refuses a document that trickles in, and calls it neither the environment's nor the
// caller's fault.
func outOfTime(t *testing.T) {
	lim := sensible
	lim.Time = 30 * time.Millisecond
	for _, f := range faces[:5] { // Unmarshal has its document before it starts.
		err := f.take(t.Context(), &slow{}, lim)
		limittable.Exceeds(t, err, limits.Time, int64(lim.Time))
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %v does not match context.DeadlineExceeded", f.name, err)
		}
	}
}

// TestCanceled ends with the caller's context, which is no refusal.
func TestCanceled(t *testing.T) {
	for _, f := range faces[:5] {
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
		err := f.take(ctx, &slow{}, sensible)
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, limits.ErrRefused) ||
			errors.Is(err, limits.ErrConfig) {
			t.Errorf("%s: %v", f.name, err)
		}
	}
}

// TestOptionLimits passes a document at exactly each cap of the format, and refuses it one above.
func TestOptionLimits(t *testing.T) {
	const token = 100_000 // More than a window.
	fill := func(before string, n int, after string) []byte {
		return []byte(before + strings.Repeat("x", n) + after)
	}
	count := func(n int, of, after string) []byte {
		var b strings.Builder
		b.WriteString("<a")
		for i := range n {
			fmt.Fprintf(&b, of, i)
		}
		return []byte(b.String() + after)
	}
	for _, test := range []struct {
		name, option string
		limit        int
		resource     limits.Resource
		document     func(n int) []byte
	}{
		{"attributes", "AttributesPerElement", safexml.DefaultAttributesPerElement, limits.Items,
			func(n int) []byte { return count(n, " a%d=''", "/>") }},
		{"declarations among attributes", "AttributesPerElement", safexml.DefaultAttributesPerElement, limits.Items,
			func(n int) []byte { return count(n-1, " a%d=''", " xmlns='u'/>") }},
		{"namespaces", "NamespacesInScope", safexml.DefaultNamespacesInScope, limits.Items,
			func(n int) []byte { return count(n, " xmlns:a%d='u'", "/>") }},
		{"nested namespaces", "NamespacesInScope", safexml.DefaultNamespacesInScope, limits.Items, func(n int) []byte {
			return count(n-2, " xmlns:a%d='u'", "><b xmlns:a1='v'><c xmlns='w'/></b><d xmlns:e='f' xmlns:a1='v'/></a>")
		}},
		{"name", "NameBytes", int(safexml.DefaultNameBytes), limits.MemoryBytes,
			func(n int) []byte { return fill("<", n, "/>") }},
		{"name beyond ASCII", "NameBytes", int(safexml.DefaultNameBytes), limits.MemoryBytes,
			func(n int) []byte { return fill("<é", n-2, "/>") }},
		{"name with prefix", "NameBytes", int(safexml.DefaultNameBytes), limits.MemoryBytes,
			func(n int) []byte { return fill("<p:", n-2, " xmlns:p='u'/>") }},
		{"attribute name", "NameBytes", int(safexml.DefaultNameBytes), limits.MemoryBytes,
			func(n int) []byte { return fill("<a ", n, "=''/>") }},
		{"target", "NameBytes", int(safexml.DefaultNameBytes), limits.MemoryBytes,
			func(n int) []byte { return fill("<a/><?", n, "?>") }},
		{"namespace", "NameBytes", int(safexml.DefaultNameBytes), limits.MemoryBytes,
			func(n int) []byte { return fill("<a xmlns='", n, "'/>") }},
		{"text", "TokenBytes", token, limits.MemoryBytes, func(n int) []byte { return fill("<a>", n, "</a>") }},
		{"text with references", "TokenBytes", token, limits.MemoryBytes,
			func(n int) []byte { return fill("<a>&lt;", n-8, "&gt;</a>") }},
		{"value", "TokenBytes", token, limits.MemoryBytes, func(n int) []byte { return fill("<a b='", n, "'/>") }},
		{"comment", "TokenBytes", token, limits.MemoryBytes, func(n int) []byte {
			return fill("<a><!--", n,
				"--></a>")
		}},
		{"CDATA section", "TokenBytes", token, limits.MemoryBytes, func(n int) []byte {
			return fill("<a><![CDATA[", n,
				"]]></a>")
		}},
		{"instruction", "TokenBytes", token, limits.MemoryBytes, func(n int) []byte {
			return fill("<a><?b ", n-1,
				"?></a>")
		}},
		{"white space in a tag", "TokenBytes", token, limits.MemoryBytes, func(n int) []byte {
			return []byte("<a " + strings.Repeat(" ", n-4) + "b \n= ''/>")
		}},
		{"white space in an end tag", "TokenBytes", token, limits.MemoryBytes, func(n int) []byte {
			return []byte("<a></a" + strings.Repeat("\t", n) + ">")
		}},
		{"leading zeros", "TokenBytes", token, limits.MemoryBytes, func(n int) []byte {
			return []byte("<a>&#" + strings.Repeat("0", n-5) + "65;</a>")
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			opts := []safexml.Option{safexml.TokenBytes(token)}
			if _, err := validate(t, test.document(test.limit), sensible, opts...); err != nil {
				t.Errorf("at %d: %v", test.limit, err)
			}
			over := test.document(test.limit + 1)
			_, err := validate(t, over, sensible, opts...)
			limittable.Exceeds(t, err, test.resource, int64(test.limit))
			if e, ok := errors.AsType[*limits.ExceededError](err); ok && (e.Option != test.option ||
				!strings.HasSuffix(err.Error(), "raise "+test.option)) {
				t.Errorf("%q does not say to raise %s", err, test.option)
			}
			agree(t, over, sensible, opts...)
		})
	}
}

// TestOptionsRaise takes with each option what its default refuses.
func TestOptionsRaise(t *testing.T) {
	many := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	for name, test := range map[string]struct {
		document string
		option   func(n int) safexml.Option
		n        int
	}{
		"attributes": {"<a" + many(5000, " a%d='1'") + "/>", safexml.AttributesPerElement, 5000},
		"namespaces": {"<a" + many(500, " xmlns:a%d='u%[1]d'") + many(12, " a%d:x=''") + "/>",
			safexml.NamespacesInScope, 500},
		"name": {"<" + strings.Repeat("x", 16<<10) + "/>",
			func(n int) safexml.Option { return safexml.NameBytes(limits.Bytes(n)) }, 16 << 10},
		"token": {"<a>" + strings.Repeat("x", 9<<20) + "</a>",
			func(n int) safexml.Option { return safexml.TokenBytes(limits.Bytes(n)) }, 9 << 20},
	} {
		t.Run(name, func(t *testing.T) {
			opts := []safexml.Option{test.option(test.n)}
			if name == "namespaces" {
				opts = append(opts, safexml.AttributesPerElement(512))
			}
			if _, err := validate(t, []byte(test.document), sensible); !errors.Is(err, limits.ErrExceeded) {
				t.Errorf("by default: %v", err)
			}
			if _, err := validate(t, []byte(test.document), sensible, opts...); err != nil {
				t.Errorf("with %d: %v", test.n, err)
			}
		})
	}
}

// TestRequired refuses limits that are missing or are no limits, whatever the document.
func TestRequired(t *testing.T) {
	for name, lim := range map[string]limits.Limits{
		"zero":        {},
		"no input":    {Time: time.Second},
		"no time":     {InputBytes: 1},
		"minus one":   {InputBytes: -1, Time: time.Second},
		"minus depth": {InputBytes: 1, Time: time.Second, Depth: -5},
		"no unit":     {InputBytes: 1, Time: 30},
	} {
		t.Run(name, func(t *testing.T) {
			for _, f := range faces {
				err := f.take(t.Context(), strings.NewReader(ordinary), lim)
				if _, ok := errors.AsType[*limits.ConfigError](err); !ok || !errors.Is(err, limits.ErrUnset) ||
					errors.Is(err, limits.ErrRefused) {
					t.Errorf("%s: %v; want an unset limit", f.name, err)
				}
			}
			if err := safexml.EachReference(t.Context(), strings.NewReader(ordinary), lim,
				func(safexml.Reference) error { return nil }); !errors.Is(err, limits.ErrUnset) {
				t.Errorf("EachReference: %v", err)
			}
		})
	}
}

// TestUnlimited takes limits.UnsafeUnlimited for each field.
func TestUnlimited(t *testing.T) {
	const none = limits.UnsafeUnlimited
	for _, lim := range []limits.Limits{
		{InputBytes: none, OutputBytes: none, Items: none, Depth: none, Steps: none, MemoryBytes: none, Time: none},
		{InputBytes: none, Time: none},
		{InputBytes: math.MaxInt64, Items: math.MaxInt64, Depth: math.MaxInt64, Steps: math.MaxInt64,
			MemoryBytes: math.MaxInt64, Time: math.MaxInt64},
	} {
		agree(t, []byte(ordinary), lim)
		if _, err := validate(t, []byte(ordinary), lim); err != nil {
			t.Errorf("%v: %v", lim, err)
		}
	}
}

// TestEnvelope holds the operations of one request to one budget.
func TestEnvelope(t *testing.T) {
	ctx, cancel, err := limits.With(t.Context(), limits.Limits{Steps: 100})
	if err != nil {
		t.Fatal(err)
	}
	defer cancel()
	passed := 0
	for ; err == nil && passed < 100; passed++ {
		_, err = safexml.Validate(ctx, strings.NewReader(ordinary), sensible)
	}
	e, ok := errors.AsType[*limits.ExceededError](err)
	if !ok || !e.Envelope || e.Resource != limits.Steps {
		t.Errorf("after %d documents: %v", passed, err)
	}
}

// TestExactInput reads a source of exactly InputBytes to its end, and one byte more at most of a
// longer one.
func TestExactInput(t *testing.T) {
	lim := sensible
	lim.InputBytes = limits.Bytes(len(ordinary))
	endless := io.MultiReader(strings.NewReader(ordinary), strings.NewReader(strings.Repeat(" ", 100)))
	counted := &counter{r: endless}
	_, err := safexml.Validate(t.Context(), counted, lim)
	limittable.Exceeds(t, err, limits.InputBytes, int64(lim.InputBytes))
	if counted.n != len(ordinary)+1 {
		t.Errorf("%d bytes were read; want %d", counted.n, len(ordinary)+1)
	}
}

// counter counts what is read from a source.
type counter struct {
	r io.Reader
	n int
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += n
	return n, err
}

// TestKeptTextsAreHeld: formulas inside of one another take memory each, which is accounted for.
func TestKeptTextsAreHeld(t *testing.T) {
	const depth = 10_000
	part := `<a xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">` + strings.Repeat("<m:f>", depth) +
		strings.Repeat("</m:f>", depth) + "</a>"
	held := func(part string) limits.Bytes {
		t.Helper()
		lim := limits.Limits{InputBytes: limits.MiB, Depth: limits.UnsafeUnlimited, MemoryBytes: 64 * limits.MiB,
			Time: time.Minute}
		return limittable.Used(t, func(ctx context.Context) error {
			_, err := safexml.Validate(ctx, strings.NewReader(part), lim, safexml.OOXML())
			return err
		}).MemoryBytes
	}
	kept, others := held(part), held(strings.ReplaceAll(part, "m:f>", "m:g>"))
	if kept < others+depth*256 {
		t.Errorf("%d bytes for %d fractions, %d for other elements", kept, depth, others)
	}
}
