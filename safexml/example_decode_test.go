package safexml_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
)

// A feed of Atom: names in a namespace, links by their attributes, times.
func ExampleDecode_feed() {
	type entry struct {
		Title   string    `xml:"title"`
		Updated time.Time `xml:"updated"`
		Links   []struct {
			Rel  string `xml:"rel,attr"`
			Href string `xml:"href,attr"`
		} `xml:"link"`
		Authors []string `xml:"author>name"`
	}
	type feed struct {
		XMLName struct{} `xml:"http://www.w3.org/2005/Atom feed"`
		Title   string   `xml:"title"`
		Entries []entry  `xml:"http://www.w3.org/2005/Atom entry"`
	}
	const document = `<feed xmlns="http://www.w3.org/2005/Atom">
	<title>Tides</title>
	<entry>
		<title>Low water</title><updated>2026-03-01T06:12:00Z</updated>
		<link rel="alternate" href="https://example.org/1"/>
		<author><name>Ada</name></author><author><name>Grace</name></author>
	</entry>
</feed>`
	f, err := safexml.Decode[feed](context.Background(), strings.NewReader(document), lim)
	fmt.Println(f.Title, len(f.Entries), err)
	e := f.Entries[0]
	fmt.Println(e.Title, e.Updated.Format(time.Kitchen), e.Links[0].Href, e.Authors)

	// Output:
	// Tides 1 <nil>
	// Low water 6:12AM https://example.org/1 [Ada Grace]
}

// cents decodes an amount such as 12.50.
type cents int64

var errAmount = errors.New("not an amount with two decimals")

// UnmarshalText implements encoding.TextUnmarshaler.
func (c *cents) UnmarshalText(text []byte) error {
	whole, part, ok := strings.Cut(string(text), ".")
	var a, b int64
	if _, err := fmt.Sscanf(whole+" "+part, "%d %02d", &a, &b); err != nil || !ok || len(part) != 2 {
		return errAmount
	}
	*c = cents(100*a + b)
	return nil
}

// An invoice of UBL: elements in three namespaces, amounts that decode themselves, and an error
// that says where.
func ExampleUnmarshal_invoice() {
	type amount struct {
		Currency string `xml:"currencyID,attr"`
		Value    cents  `xml:",chardata"`
	}
	type invoice struct {
		ID    string `xml:"urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2 ID"`
		Lines []struct {
			Item   string `xml:"Item>Name"`
			Amount amount `xml:"LineExtensionAmount"`
		} `xml:"InvoiceLine"`
		Payable amount `xml:"LegalMonetaryTotal>PayableAmount"`
	}
	const document = `<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
	xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
	xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
	<cbc:ID>2026-7</cbc:ID>
	<cac:InvoiceLine>
		<cbc:LineExtensionAmount currencyID="EUR">12.50</cbc:LineExtensionAmount>
		<cac:Item><cbc:Name>Rope</cbc:Name></cac:Item>
	</cac:InvoiceLine>
	<cac:InvoiceLine>
		<cbc:LineExtensionAmount currencyID="EUR">3.75</cbc:LineExtensionAmount>
		<cac:Item><cbc:Name>Hook</cbc:Name></cac:Item>
	</cac:InvoiceLine>
	<cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="EUR">16.25</cbc:PayableAmount></cac:LegalMonetaryTotal>
</Invoice>`
	ctx := context.Background()
	var i invoice
	err := safexml.Unmarshal(ctx, []byte(document), &i, lim)
	fmt.Println(i.ID, len(i.Lines), i.Lines[1].Item, i.Payable.Value, err)

	err = safexml.Unmarshal(ctx, []byte(strings.Replace(document, "3.75", "3,75", 1)), &i, lim)
	misfit, _ := errors.AsType[*safexml.MismatchError](err)
	fmt.Println(misfit.Path, misfit.Line, misfit.Err)

	// Output:
	// 2026-7 2 Hook 1625 <nil>
	// Invoice/cac:InvoiceLine[2]/cbc:LineExtensionAmount 10 not an amount with two decimals
}

// An exporter generates a document of records, in place of a file or a request body of gigabytes.
type exporter struct {
	records, made int
	rest          string
}

// Read implements io.Reader.
func (e *exporter) Read(p []byte) (int, error) {
	if e.rest == "" {
		switch {
		case e.made == 0:
			e.rest = "<export>"
		case e.made > e.records+1:
			return 0, io.EOF
		case e.made > e.records:
			e.rest = "</export>"
		default:
			e.rest = fmt.Sprintf("<sale id=\"%d\"><customer>Customer %d</customer><total>%d.50</total></sale>\n", e.made,
				e.made%7, e.made)
		}
		e.made++
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

// An export of up to 2 GiB, record by record: memory does not grow with it, and of the limits that
// have a default Items alone is raised.
func ExampleEachRecord_export() {
	type sale struct {
		ID       int     `xml:"id,attr"`
		Customer string  `xml:"customer"`
		Total    float64 `xml:"total"`
	}
	large := limits.Limits{
		InputBytes: 2 * limits.GiB,
		Items:      200_000_000, // elements
		Time:       time.Hour,
	}
	totals := map[string]float64{}
	n, err := safexml.EachRecord(context.Background(), &exporter{records: 10_000}, "export/sale", large,
		func(s sale) error {
			totals[s.Customer] += s.Total
			return nil
		})
	if err != nil {
		fmt.Println("nothing of it counts:", err) // In a service: roll back.
		return
	}
	fmt.Println(n, "sales to", len(totals), "customers")

	// Output:
	// 10000 sales to 7 customers
}

func ExampleEachRecord() {
	type customer struct {
		ID   int    `xml:"id,attr"`
		Name string `xml:"name"`
	}
	body := strings.NewReader(`<export><customer id="1"><name>Ada</name></customer><customer id="2"><name>Grace</name>` +
		`</customer></export>`)
	n, err := safexml.EachRecord(context.Background(), body, "export/customer", lim, func(c customer) error {
		fmt.Println(c.ID, c.Name)
		return nil
	})
	fmt.Println(n, err)

	// Output:
	// 1 Ada
	// 2 Grace
	// 2 <nil>
}

// One bad record is counted and passed over.
func ExampleTokenizer_Decode() {
	const document = `<log><entry level="3"/><note>x</note><entry level="high"/><entry level="5"/></log>`
	t, err := safexml.NewTokenizer(context.Background(), strings.NewReader(document), lim)
	if err != nil {
		fmt.Println(err)
		return
	}
	bad := 0
	for {
		if err := t.Next(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			fmt.Println(err)
			return
		}
		if t.Kind() != safexml.StartElement || !t.Name().Is("", "entry") {
			continue
		}
		var entry struct {
			Level int `xml:"level,attr"`
		}
		err := t.Decode(&entry)
		if _, misfit := errors.AsType[*safexml.MismatchError](err); misfit {
			bad++
		} else if err != nil {
			fmt.Println(err)
			return
		} else {
			fmt.Println("level", entry.Level)
		}
	}
	fmt.Println(bad, "bad")

	// Output:
	// level 3
	// level 5
	// 1 bad
}
