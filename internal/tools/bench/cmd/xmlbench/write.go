package main

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"runtime"
	"slices"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
)

// A record is what is written.
type record struct {
	ID     int    `xml:"id,attr"`
	Status string `xml:"status,attr"`
	Name   string `xml:"name"`
	Email  string `xml:"contact>email"`
	Note   string `xml:"note"`
}

// An order has names in namespaces.
type order struct {
	XMLName xml.Name `xml:"urn:orders order"`
	ID      int      `xml:"id,attr"`
	Items   []item   `xml:"urn:orders item"`
}

type item struct {
	SKU   string  `xml:"sku,attr"`
	Price float64 `xml:"urn:orders price"`
}

// room is more than any of the documents takes.
var room = limits.Limits{OutputBytes: limits.GiB, Items: 1 << 40, Time: time.Minute}

// An encoder is what both have.
type encoder interface {
	EncodeToken(t xml.Token) error
	Encode(v any) error
	Close() error
}

// encoders prints the table of how long writing takes. Bytes are not compared: the standard library
// declares a namespace again on each element.
func encoders(ctx context.Context, out io.Writer, rounds int) error {
	records := make([]record, 100_000)
	for i := range records {
		records[i] = record{i, "active", fmt.Sprint("Customer number ", i), fmt.Sprintf("customer%d@example.org", i),
			"Some text that is a bit longer, with an & and more words to read over."}
	}
	orders := make([]order, 50_000)
	for i := range orders {
		orders[i] = order{ID: i, Items: []item{{"A-1", 1.5}, {"A-2", 2.25}}}
	}
	tokens, err := tokensOf(recordsAsXML(records))
	if err != nil {
		return err
	}
	list := []struct {
		name  string
		write func(e encoder) error
	}{
		{"structs", func(e encoder) error { return each(e, records) }},
		{"structs with namespaces", func(e encoder) error { return each(e, orders) }},
		{"tokens", func(e encoder) error {
			for _, t := range tokens {
				if err := e.EncodeToken(t); err != nil {
					return err
				}
			}
			return nil
		}},
	}
	fmt.Fprintf(out, "Time of computing, medians of %d.\n\n| what | encoding/xml | safexml | ratio |\n|---|---|---|---|\n",
		rounds)
	for _, c := range list {
		var times [2][]time.Duration
		for range rounds {
			for i := range times {
				var b counter
				e := encoder(xml.NewEncoder(&b))
				if i == 1 {
					if e, err = safexml.NewEncoder(ctx, &b, room); err != nil {
						return err
					}
				}
				runtime.GC()
				start := cpu()
				if err := c.write(e); err != nil {
					return fmt.Errorf("%s: %w", c.name, err)
				}
				if err := e.Close(); err != nil {
					return fmt.Errorf("%s: %w", c.name, err)
				}
				times[i] = append(times[i], cpu()-start)
			}
		}
		slices.Sort(times[0])
		slices.Sort(times[1])
		standard, own := times[0][rounds/2], times[1][rounds/2]
		fmt.Fprintf(out, "| %s | %v | %v | %.2f |\n", c.name, standard.Round(time.Millisecond), own.Round(time.Millisecond),
			standard.Seconds()/own.Seconds())
	}
	return nil
}

// each writes a list as the children of one element.
func each[T any](e encoder, list []T) error {
	root := xml.StartElement{Name: xml.Name{Local: "list"}}
	if err := e.EncodeToken(root); err != nil {
		return err
	}
	for i := range list {
		if err := e.Encode(&list[i]); err != nil {
			return err
		}
	}
	return e.EncodeToken(root.End())
}

func recordsAsXML(list []record) []byte {
	var b bytes.Buffer
	e := xml.NewEncoder(&b)
	_ = each(e, list)
	_ = e.Close()
	return b.Bytes()
}

func tokensOf(document []byte) ([]xml.Token, error) {
	var list []xml.Token
	d := xml.NewDecoder(bytes.NewReader(document))
	for {
		t, err := d.Token()
		if err != nil {
			return list, atEnd(err)
		}
		list = append(list, xml.CopyToken(t))
	}
}

// A counter counts what is written.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
