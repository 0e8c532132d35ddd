package main

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/muktihari/xmltokenizer"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
)

// A shape is a kind of document and the value that it fills.
type shape struct {
	name   string
	data   []byte
	theirs func(data []byte) (any, error)
	ours   func(ctx context.Context, data []byte) (any, error)
	byHand func(data []byte) (any, error) // with xmltokenizer; nil where that does other work
}

// shapeOf is a shape for values of type T.
func shapeOf[T any](name, document string) shape {
	return shape{name: name, data: []byte(document),
		theirs: func(data []byte) (any, error) {
			v := new(T)
			return v, xml.Unmarshal(data, v)
		},
		ours: func(ctx context.Context, data []byte) (any, error) {
			v := new(T)
			return v, safexml.Unmarshal(ctx, data, v, large)
		}}
}

// large is more than any of the values takes.
var large = limits.Limits{InputBytes: limits.GiB, Items: 1 << 40, MemoryBytes: limits.GiB, Time: time.Minute}

type table struct {
	Records []record `xml:"record"`
}

// A reading has most of what it says in attributes.
type reading struct {
	Sensor  string    `xml:"sensor,attr"`
	At      time.Time `xml:"at,attr"`
	Value   float64   `xml:"value,attr"`
	Low     float64   `xml:"low,attr"`
	High    float64   `xml:"high,attr"`
	Count   int       `xml:"count,attr"`
	Quality uint8     `xml:"quality,attr"`
	Valid   bool      `xml:"valid,attr"`
	Unit    string    `xml:"unit,attr"`
	Site    string    `xml:"site,attr"`
}

// An invoice is one of UBL, with names in two namespaces.
type invoice struct {
	XMLName xml.Name `xml:"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2 Invoice"`
	ID      string   `xml:"urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2 ID"`
	Issued  string   `xml:"urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2 IssueDate"`
	Lines   []struct {
		ID       int     `xml:"urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2 ID"`
		Quantity float64 `xml:"urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2 InvoicedQuantity"`
		Amount   amount  `xml:"urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2 LineExtensionAmount"`
		Item     struct {
			Name string `xml:"urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2 Name"`
		} `xml:"urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2 Item"`
		Price amount `xml:"urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2 Price>PriceAmount"`
	} `xml:"urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2 InvoiceLine"`
}

type amount struct {
	Currency string  `xml:"currencyID,attr"`
	Value    float64 `xml:",chardata"`
}

// A level holds others.
type level struct {
	Name string  `xml:"name,attr"`
	Sub  []level `xml:"level"`
	Leaf string  `xml:"leaf"`
}

// A paragraph is text with marks in it.
type paragraph struct {
	Text string `xml:",chardata"`
	Em   []struct {
		Text string `xml:",chardata"`
	} `xml:"em"`
	Link []struct {
		Href string `xml:"href,attr"`
		Text string `xml:",chardata"`
	} `xml:"a"`
}

// shapes are those to be measured, of about a size.
func shapes(size int) []shape {
	repeat := func(around string, unit func(i int) string) string {
		var b strings.Builder
		b.WriteString("<" + around + ">\n")
		for i := 0; b.Len() < size; i++ {
			b.WriteString(unit(i))
		}
		name, _, _ := strings.Cut(around, " ")
		b.WriteString("</" + name + ">")
		return b.String()
	}
	table := shapeOf[table]("records", repeat("records", func(i int) string {
		return fmt.Sprintf("  <record id=\"%d\" status=\"active\">\n    <name>Customer number %d</name>\n    <contact>"+
			"<email>customer%d@example.org</email></contact>\n"+
			"    <note>Some text that is a bit longer, with an &amp; and more words to read over.</note>\n  </record>\n", i, i,
			i)
	}))
	table.byHand = tableByHand
	const cac, cbc = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
		"urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
	unit := strings.Repeat(`<level name="n">`, 200) + "<leaf>x</leaf>" + strings.Repeat("</level>", 200)
	return []shape{table,
		shapeOf[struct {
			Readings []reading `xml:"reading"`
		}]("attributes", repeat("readings", func(i int) string {
			return fmt.Sprintf(`<reading sensor="s-%d" at="2026-02-03T04:05:06Z" value="%d.5" low="0.25" high="99.75" `+
				`count="%d" quality="7" valid="true" unit="kPa" site="north"/>`+"\n", i%50, i%1000, i)
		})),
		shapeOf[invoice]("invoice", repeat(`Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" `+
			`xmlns:cac="`+cac+`" xmlns:cbc="`+cbc+`"`, func(i int) string {
			return fmt.Sprintf("<cac:InvoiceLine>\n  <cbc:ID>%d</cbc:ID>\n  <cbc:InvoicedQuantity unitCode=\"C62\">"+
				"%d</cbc:InvoicedQuantity>\n  <cbc:LineExtensionAmount currencyID=\"EUR\">%d.50</cbc:LineExtensionAmount>\n"+
				"  <cac:Item>\n    <cbc:Name>Article %d</cbc:Name>\n  </cac:Item>\n  <cac:Price>\n    <cbc:PriceAmount "+
				"currencyID=\"EUR\">12.25</cbc:PriceAmount>\n  </cac:Price>\n</cac:InvoiceLine>\n", i, i%90, i, i%500)
		})),
		shapeOf[level]("deep", repeat("level", func(int) string { return unit })),
		shapeOf[struct {
			P []paragraph `xml:"p"`
		}]("mixed", repeat("book", func(int) string {
			return "<p>" + strings.Repeat(`It was a long sentence, and then <em>another</em> one followed: “quoted”, naïve `+
				`and <a href="#n">linked</a>. `, 4) + "</p>\n"
		})),
	}
}

var errValues = errors.New("the values differ")

// decoders prints the table of how long it takes to fill values, and how many allocations.
func decoders(ctx context.Context, out io.Writer, rounds int) error {
	fmt.Fprintf(out, "Time of computing and allocations, medians of %d; ratios to encoding/xml.\n\n"+
		"| shape | encoding/xml | safexml | times as fast | allocations | bytes allocated | xmltokenizer, by hand "+
		"|\n|---|---|---|---|---|---|---|\n", rounds)
	for _, s := range shapes(4 << 20) {
		theirs, err := s.theirs(s.data)
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		ours, err := s.ours(ctx, s.data)
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		if !reflect.DeepEqual(theirs, ours) {
			return fmt.Errorf("%s: %w", s.name, errValues)
		}
		run := []func() (any, error){
			func() (any, error) { return s.theirs(s.data) },
			func() (any, error) { return s.ours(ctx, s.data) },
		}
		if s.byHand != nil {
			run = append(run, func() (any, error) { return s.byHand(s.data) })
		}
		costs := make([][]decodeCost, len(run))
		for range rounds {
			for i, f := range run {
				c, err := costOf(f)
				if err != nil {
					return fmt.Errorf("%s: %w", s.name, err)
				}
				costs[i] = append(costs[i], c)
			}
		}
		medians := make([]decodeCost, len(run))
		for i := range costs {
			slices.SortFunc(costs[i], func(a, b decodeCost) int { return int(a.time - b.time) })
			medians[i] = costs[i][rounds/2]
		}
		standard, own := medians[0], medians[1]
		fmt.Fprintf(out, "| %s | %v | %v | %.2f | %.2f | %.2f |", s.name, standard.time.Round(time.Millisecond),
			own.time.Round(time.Millisecond), standard.time.Seconds()/own.time.Seconds(),
			float64(own.allocations)/float64(standard.allocations), float64(own.bytes)/float64(standard.bytes))
		if len(medians) > 2 {
			fmt.Fprintf(out, " %.2f |\n", standard.time.Seconds()/medians[2].time.Seconds())
		} else {
			fmt.Fprintf(out, " - |\n")
		}
	}
	return nil
}

// A decodeCost is what it takes to fill one value.
type decodeCost struct {
	time               time.Duration
	allocations, bytes uint64
}

func costOf(f func() (any, error)) (decodeCost, error) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := cpu()
	v, err := f()
	c := decodeCost{time: cpu() - start}
	runtime.ReadMemStats(&after)
	c.allocations, c.bytes = after.Mallocs-before.Mallocs, after.TotalAlloc-before.TotalAlloc
	runtime.KeepAlive(v)
	return c, err
}

// tableByHand fills a table with xmltokenizer, as its manual shows: a loop for each struct. It
// neither checks the document nor knows namespaces; references are resolved here.
func tableByHand(data []byte) (any, error) {
	t := xmltokenizer.New(bytes.NewReader(data))
	v := &table{}
	var r *record
	text := func(b []byte) string { return strings.ReplaceAll(string(b), "&amp;", "&") }
	for {
		token, err := t.Token()
		if err != nil {
			return v, atEnd(err)
		}
		if token.IsEndElement {
			continue
		}
		switch string(token.Name.Local) {
		case "record":
			v.Records = append(v.Records, record{})
			r = &v.Records[len(v.Records)-1]
			for _, a := range token.Attrs {
				switch string(a.Name.Local) {
				case "id":
					if r.ID, err = strconv.Atoi(string(a.Value)); err != nil {
						return nil, err
					}
				case "status":
					r.Status = string(a.Value)
				}
			}
		case "name":
			r.Name = text(token.Data)
		case "email":
			r.Email = text(token.Data)
		case "note":
			r.Note = text(token.Data)
		}
	}
}
