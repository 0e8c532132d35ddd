//go:build !race

// The race detector has a heap of its own.

package whole

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/saferegex/regextest"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safexml/xmltest"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/ziptest"
	"github.com/seed73825598/airlock/unicodeid"
	"github.com/seed73825598/airlock/unicodeid/idtest"
)

// beside is what an operation may need besides: buffers of fixed size, and what the sampling itself
// leaves.
const beside = 2 << 20

// The factors between the memory that an operation accounts for and the heap that it needs at most,
// as the package comments state them: at GOGC=10, which keeps little garbage, and at GOGC=100,
// which lets the heap grow to twice of what is in use before it is collected.
var factors = map[string]map[int]int64{
	"safezip":   {10: 2, 100: 5},
	"safexml":   {10: 2, 100: 3},
	"saferegex": {10: 3, 100: 4},
	"unicodeid": {10: 2, 100: 3},
}

// An operation is one call of one package under limits.
type operation struct {
	name string
	run  func(ctx context.Context) error
}

// cost is what an operation accounted for at its peak, and what the heap grew by.
type cost struct{ accounted, heap int64 }

// measure runs an operation and samples the heap, garbage of the last moments included, as often as
// it can.
func measure(t *testing.T, op operation) cost {
	t.Helper()
	var accounted int64
	ctx := limits.WithObserver(t.Context(), limits.Observer{Func: func(_ context.Context, e limits.Event) {
		accounted = max(accounted, int64(e.Usage.MemoryBytes))
	}})
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	read := func() int64 {
		metrics.Read(sample)
		return int64(sample[0].Value.Uint64())
	}
	runtime.GC()
	runtime.GC() // Pools are emptied by the second.
	before := read()
	done := make(chan error, 1)
	go func() { done <- op.run(ctx) }()
	most := before
	for {
		select {
		case err := <-done:
			if err != nil && !errors.Is(err, limits.ErrRefused) {
				t.Errorf("%s: %v", op.name, err)
			}
			return cost{accounted, max(most, read()) - before}
		default:
			most = max(most, read())
			time.Sleep(20 * time.Microsecond)
		}
	}
}

var both = flag.Bool("both", false, "measure with garbage collected early as well, and with larger trees")

// percents are the values of GOGC under which memory is measured.
func percents() []int {
	if *both {
		return []int{10, 100}
	}
	return []int{100}
}

// TestMemory holds the heap of every operation to the memory that it accounts for, whether garbage
// is collected early or late. The inputs of one group alone are in the heap: how much garbage Go
// keeps follows from all that is alive.
func TestMemory(t *testing.T) {
	for _, group := range []struct {
		pkg, name string
		list      func(t *testing.T) []operation
	}{
		{"safezip", "cases", zipOperations},
		{"safezip", "entries", manyEntriesOperations},
		{"safezip", "directories", directoryOperations},
		{"safexml", "cases", func(*testing.T) []operation { return xmlOperations(math.MaxInt) }},
		{"saferegex", "cases", func(*testing.T) []operation { return regexOperations() }},
		{"unicodeid", "cases", nameOperations},
	} {
		if testing.Short() && (group.name != "cases" || group.pkg != "safezip") {
			continue // These take most of the time.
		}
		for _, percent := range percents() {
			t.Run(fmt.Sprintf("%s/%s/GOGC=%d", group.pkg, group.name, percent), func(t *testing.T) {
				defer debug.SetGCPercent(debug.SetGCPercent(percent))
				holdTo(t, group.list(t), factors[group.pkg][percent])
			})
		}
	}
}

// holdTo fails where an operation needs more heap than so many times what it accounts for.
func holdTo(t *testing.T, list []operation, factor int64) {
	t.Helper()
	worst, which, large := 0.0, "", 0
	for _, op := range list {
		c := measure(t, op)
		// The runtime's own work may fall into a sample, and on a busy machine the collector comes late:
		// the smallest of several heaps is what the operation needs.
		for try := 1; c.heap > factor*c.accounted+beside; try++ {
			if try == 8 {
				t.Errorf("%s: %d bytes of heap, %d accounted for", op.name, c.heap, c.accounted)
				break
			}
			again := measure(t, op)
			c = cost{max(c.accounted, again.accounted), min(c.heap, again.heap)}
		}
		if c.accounted >= 1<<20 {
			large++
			if f := float64(c.heap-beside) / float64(c.accounted); f > worst {
				worst, which = f, op.name
			}
		}
	}
	t.Logf("%d operations, %d of at least 1 MiB: heap at most %.2f times what is accounted for, and 2 MiB (%s)",
		len(list), large, worst, which)
	if large == 0 {
		t.Error("no operation is large enough to tell")
	}
}

// TestReplacementMemory holds a replacement, whose output is the caller's in the end, to 2.1 times
// its output and 2 MiB: the output in blocks, and the whole that they are joined to.
func TestReplacementMemory(t *testing.T) {
	lim := limits.Limits{InputBytes: 4 * limits.MiB, OutputBytes: 256 * limits.MiB, Items: 1 << 30, Steps: 1 << 40,
		MemoryBytes: limits.GiB, Time: time.Minute}
	text := strings.Repeat("some words of a text, and then 12345; ", 50_000)
	word, err := saferegex.Compile(t.Context(), `\w+`, lim)
	if err != nil {
		t.Fatal(err)
	}
	run := strings.Repeat("long text of a replacement ", 4)
	for _, percent := range percents() {
		for _, face := range []struct {
			name string
			call func(ctx context.Context) (int, error)
		}{
			{"ReplaceAllLiteralString", func(ctx context.Context) (int, error) {
				out, err := word.ReplaceAllLiteralString(ctx, text, run)
				return len(out), err
			}},
			{"ReplaceAllString", func(ctx context.Context) (int, error) {
				out, err := word.ReplaceAllString(ctx, text, "<$0>"+run)
				return len(out), err
			}},
			{"ReplaceAllStringFunc", func(ctx context.Context) (int, error) {
				out, err := word.ReplaceAllStringFunc(ctx, text, func(string) string { return run })
				return len(out), err
			}},
		} {
			t.Run(fmt.Sprintf("%s/GOGC=%d", face.name, percent), func(t *testing.T) {
				defer debug.SetGCPercent(debug.SetGCPercent(percent))
				var output, heap int64
				for try := range 5 {
					c := measure(t, operation{face.name, func(ctx context.Context) error {
						n, err := face.call(ctx)
						output = int64(n)
						return err
					}})
					if try == 0 || c.heap < heap {
						heap = c.heap
					}
					if heap <= output*21/10+beside {
						break
					}
				}
				t.Logf("%d bytes of output, %d of heap: %.2f times", output, heap, float64(heap)/float64(output))
				if heap > output*21/10+beside {
					t.Errorf("%d bytes of output needed a heap of %d", output, heap)
				}
			})
		}
	}
}

var zipLimits = limits.Limits{OutputBytes: 16 * limits.MiB, Items: 200_000, Time: time.Minute}

// zipOperations inspect the archives of ziptest, and extract those that are small.
func zipOperations(t *testing.T) []operation {
	lim := zipLimits
	var list []operation
	add := func(name string, data []byte) {
		list = append(list, operation{name, func(ctx context.Context) error {
			_, err := safezip.Inspect(ctx, bytes.NewReader(data), int64(len(data)), lim)
			return err
		}}, operation{"extract " + name, func(ctx context.Context) error {
			few := lim
			few.Items = 10_000 // More directories come by themselves, in directoryOperations.
			_, err := safezip.Extract(ctx, t.TempDir()+"/out", bytes.NewReader(data), int64(len(data)), few)
			return err
		}})
	}
	n := 0
	for c := range ziptest.Hostile() {
		if n++; n%8 == 0 || c.Rule == "" {
			add(c.Name, c.Data)
		}
	}
	for c := range ziptest.Benign() {
		if n++; n%8 == 0 {
			add(c.Name, c.Data)
		}
	}
	return append(list, readerOperations(t, lim)...)
}

// manyEntriesOperations inspect long indexes.
func manyEntriesOperations(t *testing.T) []operation {
	var list []operation
	for _, entries := range []int{20_000, 100_000} {
		data := manyEntries(t, entries)
		list = append(list, operation{"many entries", func(ctx context.Context) error {
			_, err := safezip.Inspect(ctx, bytes.NewReader(data), int64(len(data)), zipLimits)
			return err
		}})
	}
	return list
}

// directoryOperations make many directories, each of which is opened while its files are made.
func directoryOperations(t *testing.T) []operation {
	var list []operation
	add := func(name string, data []byte) {
		list = append(list, operation{name, func(ctx context.Context) error {
			_, err := safezip.Extract(ctx, t.TempDir()+"/out", bytes.NewReader(data), int64(len(data)), zipLimits)
			return err
		}})
	}
	if !*both {
		add("deep directories", deepDirectories(t, 100, 30))
		return list
	}
	add("deep directories", deepDirectories(t, 300, 30))
	for c := range ziptest.Hostile() {
		if c.Name == "limit/implied-directories" {
			add(c.Name, bytes.Clone(c.Data))
		}
	}
	return list
}

// deepDirectories returns an archive of so many directories, one in the other, with a file in each.
func deepDirectories(t *testing.T, chains, levels int) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := range chains {
		dir := ""
		for level := range levels {
			dir += fmt.Sprintf("directory %d at level %d/", i, level)
			if _, err := w.Create(dir + "file"); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// xmlOperations take the documents of xmltest, up to a length, by several faces, and documents that
// have to be held.
func xmlOperations(longest int) []operation {
	lim := limits.Limits{InputBytes: 64 * limits.MiB, Time: time.Minute}
	var list []operation
	add := func(name string, data []byte, opts ...safexml.Option) {
		list = append(list, operation{name, func(ctx context.Context) error {
			_, err := safexml.Validate(ctx, bytes.NewReader(data), lim, opts...)
			return err
		}}, operation{"read " + name, func(ctx context.Context) error {
			r, err := safexml.NewReader(ctx, bytes.NewReader(data), lim, opts...)
			if err != nil {
				return err
			}
			_, err = io.Copy(io.Discard, r)
			return err
		}}, operation{"tokens of " + name, func(ctx context.Context) error {
			tok, err := safexml.NewTokenizer(ctx, bytes.NewReader(data), lim, opts...)
			for err == nil {
				if err = tok.Next(); err == nil {
					tok.Attrs()
				}
			}
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}})
	}
	n := 0
	for c := range xmltest.Hostile() {
		if n++; (c.Rule == "" || n%20 == 0) && c.Option == "" && len(c.Data) <= longest {
			add(c.Name, c.Data)
		}
	}
	add("drawing", []byte("<svg xmlns='http://www.w3.org/2000/svg'>"+strings.Repeat("<path class='a' id='b' "+
		"fill='url(#x)'/>", 50_000)+"</svg>"), safexml.SVG())
	add("classes", []byte("<svg xmlns='http://www.w3.org/2000/svg'><style>"+strings.Repeat(".a{fill:url(#b)}",
		20)+"</style>"+strings.Repeat("<path class='a'/>", 20_000)+"</svg>"), safexml.SVG())
	add("signed", []byte("<a>"+strings.Repeat("<b ID='x'>text</b>", 100_000)+"</a>"), safexml.Signed())
	add("held", []byte("<a>"+strings.Repeat("<b>text</b>", 600_000)+"</a>"), safexml.Signed())
	add("text", []byte("<a>"+strings.Repeat("long text ", 700_000)+"</a>"))
	add("value", []byte("<a b='"+strings.Repeat("long value", 700_000)+"'/>"))
	add("notes", []byte("<a xmlns='http://www.w3.org/2001/XInclude'>"+strings.Repeat("<include href='x'/>",
		60_000)+"</a>"), safexml.UnsafeAllow(safexml.RuleXInclude))
	add("formula", []byte("<c><f>"+strings.Repeat("A1+", 500_000)+"</f></c>"), safexml.OOXML())
	add("epilog", []byte("<a/>"+strings.Repeat("<!-- comment -->\n", 300_000)))
	return append(list, valueOperations(lim)...)
}

// An anyNode takes any element.
type anyNode struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Text    string     `xml:",chardata"`
	Nodes   []anyNode  `xml:",any"`
}

// valueOperations fill values that take much more memory than the document.
func valueOperations(lim limits.Limits) []operation {
	lim.MemoryBytes = 64 * limits.MiB
	many := []byte("<a>" + strings.Repeat("<b>x</b>", 500_000) + "</a>")
	attrs := []byte("<a>" + strings.Repeat("<b c='d' e='f'/>", 100_000) + "</a>")
	return []operation{
		valueOperation[struct {
			B []string `xml:"b"`
		}]("texts", many, lim),
		valueOperation[struct {
			B []struct {
				Text  string `xml:",chardata"`
				Other [5]int `xml:"-"`
			} `xml:"b"`
		}]("structs", many, lim),
		valueOperation[struct {
			B []*int8 `xml:"c"`
		}]("pointers", []byte("<a>"+strings.Repeat("<c>1</c>", 500_000)+"</a>"), lim),
		valueOperation[anyNode]("nodes", many, lim),
		valueOperation[anyNode]("attributes", attrs, lim),
		valueOperation[anyNode]("long", []byte("<a>"+strings.Repeat("long text ", 700_000)+"</a>"), lim),
	}
}

// valueOperation fills one value.
func valueOperation[T any](name string, data []byte, lim limits.Limits) operation {
	return operation{"value of " + name, func(ctx context.Context) error {
		_, err := safexml.Decode[T](ctx, bytes.NewReader(data), lim)
		return err
	}}
}

// regexOperations compile and run the cases of regextest.
func regexOperations() []operation {
	lim := limits.Limits{InputBytes: 4 * limits.MiB, Steps: 20_000_000, Time: time.Minute}
	var list []operation
	add := func(name, pattern, text string) {
		list = append(list, operation{"compile " + name, func(ctx context.Context) error {
			_, err := saferegex.Compile(ctx, pattern, lim)
			return err
		}})
		re, err := saferegex.Compile(context.Background(), pattern, lim)
		if err != nil {
			return
		}
		list = append(list, operation{"match " + name, func(ctx context.Context) error {
			_, err := re.MatchString(ctx, text)
			return err
		}}, operation{"find all of " + name, func(ctx context.Context) error {
			// The result is the caller's, and not accounted for.
			_, err := re.FindAllStringSubmatchIndex(ctx, text, 1000)
			return err
		}})
	}
	for c := range regextest.Hostile() {
		add(c.Name, c.Pattern, c.Text)
	}
	text := strings.Repeat("some words of a text, and then 12345; ", 20_000)
	add("large program", strings.Repeat("[a-z ]{0,990}", 5)+"9", text)
	add("many groups", strings.Repeat("(x?)", 90)+"y", text)
	add("many states", "[a-q][^u-z]{200}9|zzzz", text)
	add("classes", `(?i)[\pL\pN]{100}`, text)
	return list
}

// nameOperations register the names of idtest, and names far longer than any service lets in.
func nameOperations(t *testing.T) []operation {
	p, err := unicodeid.New(idtest.Limits(), idtest.Options()...)
	if err != nil {
		t.Fatal(err)
	}
	wide, err := unicodeid.New(limits.Limits{InputBytes: 4 * limits.MiB, Items: 4 << 20, Steps: 1 << 40,
		Depth: 1 << 20, MemoryBytes: limits.GiB, Time: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	var list []operation
	add := func(p *unicodeid.Profile, name, raw string) {
		list = append(list, operation{name, func(ctx context.Context) error {
			_, err := p.Register(ctx, raw)
			return err
		}}, operation{"key of " + name, func(ctx context.Context) error {
			_, err := p.Lookup(ctx, raw)
			return err
		}})
	}
	n := 0
	for c := range idtest.Hostile() {
		if n++; n%2000 == 0 {
			add(p, c.Name, c.Raw)
		}
	}
	for name, unit := range map[string]string{"ASCII": "ab", "decomposed": "e\u0301", "Hangul": "각",
		"expansion": "\ufdfa", "marks": "a\u0345\u0323"} {
		add(wide, name, strings.Repeat(unit, 20_000))
	}
	return list
}
