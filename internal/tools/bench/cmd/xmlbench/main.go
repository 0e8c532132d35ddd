// Command xmlbench measures safexml beside encoding/xml, beevik/etree, xmllint --stream (libxml2)
// and xmlwf (expat) on documents of some size. The contenders take turns, and the medians of their
// speed are printed as a table, in MB of the document a second.
//
//	go run ./internal/tools/bench/cmd/xmlbench
//
// reads 50 MiB of records and 20 MiB of each of the others in five rounds. A flag measures another
// thing instead: -write the encoders, -charset documents in other encodings, -decode Unmarshal over
// five shapes of document with its allocations, and -bombs the time and the heap that the refusal
// of a hostile document takes.
//
// The programs are started for each round; they read a file in the system's temporary directory.
// Put that into memory (TMPDIR) to measure them and not the disk. Missing programs are left out
// (apt-get install libxml2-utils expat).
package main

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"runtime/metrics"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/beevik/etree"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safexml/xmltest"
)

func main() {
	rounds := flag.Int("rounds", 5, "runs of each contender on each document; the median is printed")
	bombs := flag.Bool("bombs", false, "measure refusals instead")
	write := flag.Bool("write", false, "measure encoders instead")
	other := flag.Bool("charset", false, "measure documents in other encodings instead")
	decode := flag.Bool("decode", false, "measure how values are filled instead")
	flag.Parse()
	run := speed
	if *other {
		run = charsets
	}
	if *decode {
		run = decoders
	}
	if *write {
		run = encoders
	}
	if *bombs {
		run = refusals
	}
	if err := run(context.Background(), os.Stdout, *rounds); err != nil {
		fmt.Fprintln(os.Stderr, "xmlbench:", err)
		os.Exit(1)
	}
}

// wide is more than any of the documents takes.
var wide = limits.Limits{InputBytes: limits.GiB, Items: 1 << 40, Time: time.Minute}

// documents are those to be measured.
func documents() []struct {
	name string
	data []byte
} {
	return []struct {
		name string
		data []byte
	}{
		{"records", records(50 << 20)},
		{"prose", prose(20 << 20)},
		{"512 attributes", attributes(20<<20, 512)},
		{"namespaces", namespaces(20 << 20)},
		{"deep", deep(20 << 20)},
	}
}

// records is a table as XML.
func records(size int) []byte {
	var b bytes.Buffer
	b.WriteString("<records>\n")
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, "  <record id=\"%d\" status=\"active\">\n    <name>Customer number %d</name>\n    <email>"+
			"customer%d@example.org</email>\n"+
			"    <note>Some text that is a bit longer, with an &amp; and more words to read over.</note>\n  </record>\n", i, i,
			i)
	}
	b.WriteString("</records>\n")
	return b.Bytes()
}

// prose is text with little markup, some of it beyond ASCII.
func prose(size int) []byte {
	var b bytes.Buffer
	b.WriteString("<book>\n")
	paragraph := "<p>" + strings.Repeat("It was a long sentence, and then another one followed: “quoted”, naïve and <em>"+
		"marked</em>. ", 8) + "</p>\n"
	for b.Len() < size {
		b.WriteString(paragraph)
	}
	b.WriteString("</book>\n")
	return b.Bytes()
}

// attributes has elements with n attributes each.
func attributes(size, n int) []byte {
	var b bytes.Buffer
	b.WriteString("<r>")
	for b.Len() < size {
		b.WriteString("<e")
		for j := range n {
			fmt.Fprintf(&b, " attr%d=\"value %d\"", j, j)
		}
		b.WriteString("/>\n")
	}
	b.WriteString("</r>")
	return b.Bytes()
}

// namespaces has prefixes on every element.
func namespaces(size int) []byte {
	var b bytes.Buffer
	b.WriteString(`<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:o="urn:orders"><s:Body>`)
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, `<o:order o:id="%d"><o:item o:sku="A-%d">%d</o:item></o:order>`, i, i%100, i)
	}
	b.WriteString(`</s:Body></s:Envelope>`)
	return b.Bytes()
}

// deep nests 240 elements, over and over.
func deep(size int) []byte {
	unit := strings.Repeat("<a><b>", 120) + "x" + strings.Repeat("</b></a>", 120)
	return []byte("<r>" + strings.Repeat(unit, size/len(unit)) + "</r>")
}

// A contender reads a document to its end.
type contender struct {
	name string
	run  func(ctx context.Context, data []byte, file string) error
}

func contenders() []contender {
	list := []contender{
		{"Validate", func(ctx context.Context, data []byte, _ string) error {
			_, err := safexml.Validate(ctx, bytes.NewReader(data), wide)
			return err
		}},
		{"Tokenizer", func(ctx context.Context, data []byte, _ string) error {
			t, err := safexml.NewTokenizer(ctx, bytes.NewReader(data), wide)
			for err == nil {
				if err = t.Next(); err == nil {
					t.Attrs()
				}
			}
			return atEnd(err)
		}},
		{"Decoder", func(ctx context.Context, data []byte, _ string) error {
			d, err := safexml.NewDecoder(ctx, bytes.NewReader(data), wide)
			if err != nil {
				return err
			}
			return tokens(d)
		}},
		{"encoding/xml", func(_ context.Context, data []byte, _ string) error {
			return tokens(xml.NewDecoder(bytes.NewReader(data)))
		}},
		{"etree", func(_ context.Context, data []byte, _ string) error {
			return etree.NewDocument().ReadFromBytes(data)
		}},
	}
	for _, p := range [][]string{{"xmllint", "--stream", "--noout", "--huge"}, {"xmlwf"}} {
		bin, err := exec.LookPath(p[0])
		if err != nil {
			continue
		}
		list = append(list, contender{p[0], func(ctx context.Context, _ []byte, file string) error {
			//nolint:gosec // A program of this list.
			out, err := exec.CommandContext(ctx, bin, append(p[1:], file)...).CombinedOutput()
			if err == nil && len(out) > 0 {
				err = fmt.Errorf("%s: %s", p[0], out)
			}
			return err
		}})
	}
	return list
}

// tokens reads every token.
func tokens(d *xml.Decoder) error {
	for {
		if _, err := d.Token(); err != nil {
			return atEnd(err)
		}
	}
}

func atEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// speed prints the table of speeds.
func speed(ctx context.Context, out io.Writer, rounds int) error {
	dir, err := os.MkdirTemp("", "xmlbench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	list := contenders()
	fmt.Fprintf(out, "MB of the document a second, medians of %d; heap of Validate.\n\n| document |", rounds)
	for _, c := range list {
		fmt.Fprintf(out, " %s |", c.name)
	}
	fmt.Fprintf(out, " heap |\n|---|%s\n", strings.Repeat("---|", len(list)+1))
	docs := documents()
	for i := range docs {
		d := &docs[i]
		file := dir + "/document.xml"
		if err := os.WriteFile(file, d.data, 0o600); err != nil {
			return err
		}
		times := make([][]time.Duration, len(list))
		for range rounds {
			for j, c := range list {
				runtime.GC()
				start := time.Now()
				if err := c.run(ctx, d.data, file); err != nil {
					return fmt.Errorf("%s on %s: %w", c.name, d.name, err)
				}
				times[j] = append(times[j], time.Since(start))
			}
		}
		fmt.Fprintf(out, "| %s |", d.name)
		for j := range list {
			slices.Sort(times[j])
			fmt.Fprintf(out, " %.0f |", float64(len(d.data))/1e6/times[j][rounds/2].Seconds())
		}
		heap, err := peak(func() error { return list[0].run(ctx, d.data, file) })
		if err != nil {
			return err
		}
		fmt.Fprintf(out, " %s |\n", limits.Bytes(heap))
	}
	return nil
}

// peak returns how much more heap there is at most while f runs, looked at each tenth of a
// millisecond, garbage included.
func peak(f func() error) (int64, error) {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	read := func() int64 {
		metrics.Read(sample)
		return int64(sample[0].Value.Uint64()) //nolint:gosec // A heap.
	}
	runtime.GC()
	before := read()
	done := make(chan error, 1)
	go func() { done <- f() }()
	most := before
	for {
		select {
		case err := <-done:
			return max(most, read()) - before, err
		case <-time.After(100 * time.Microsecond):
			most = max(most, read())
		}
	}
}

// refusals prints what it takes to refuse the bombs of xmltest.
func refusals(ctx context.Context, out io.Writer, rounds int) error {
	t := tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
	fmt.Fprintln(t, "document\tsize\ttime\theap\trefusal")
	for c := range xmltest.Hostile() {
		if c.Rule != "" {
			continue
		}
		var times []time.Duration
		var refusal error
		validate := func() error {
			_, refusal = safexml.Validate(ctx, bytes.NewReader(c.Data), c.Limits(), c.Options()...)
			return nil
		}
		for range rounds {
			start := time.Now()
			_ = validate()
			times = append(times, time.Since(start))
		}
		slices.Sort(times)
		heap, err := peak(validate)
		if err != nil {
			return err
		}
		exceeded, ok := errors.AsType[*limits.ExceededError](refusal)
		if !ok {
			return fmt.Errorf("%s: %w", c.Name, refusal)
		}
		fmt.Fprintf(t, "%s\t%s\t%v\t%s\t%s\n", c.Name, limits.Bytes(len(c.Data)),
			times[rounds/2].Round(time.Microsecond), limits.Bytes(heap), exceeded.Resource)
	}
	return t.Flush()
}
