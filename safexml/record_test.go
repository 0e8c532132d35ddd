package safexml_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/internal/testkit/limittable"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
)

// A customer is a record.
type customer struct {
	ID    int      `xml:"id,attr"`
	Name  string   `xml:"name"`
	Mails []string `xml:"contact>mail"`
}

// A raw record is filled by encoding/xml.
type raw struct {
	XMLName xml.Name
	ID      string `xml:"urn:x id,attr"`
	Inner   string `xml:",innerxml"`
	Sum     sum    `xml:"sum"`
}

// A sum reads its element itself.
type sum int

func (s *sum) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	var list struct {
		N []int `xml:"n"`
	}
	if err := d.DecodeElement(&list, &start); err != nil {
		return err
	}
	for _, n := range list.N {
		*s += sum(n)
	}
	return nil
}

// each returns what EachRecord gives to its function.
func each[T any](t *testing.T, document, path string, opts ...safexml.Option) ([]T, error) {
	t.Helper()
	lim := sensible
	if len(opts) > 0 {
		lim.OutputBytes = limits.MiB
	}
	var whole []T
	for i, r := range []io.Reader{strings.NewReader(document), iotest.OneByteReader(strings.NewReader(document))} {
		var list []T
		n, err := safexml.EachRecord(t.Context(), r, path, lim, func(v T) error {
			list = append(list, v)
			return nil
		}, opts...)
		if n != int64(len(list)) {
			t.Errorf("%d records, and %d were told", n, len(list))
		}
		if err != nil {
			return list, err
		}
		if i == 0 {
			whole = list
		} else if diff := cmp.Diff(whole, list); diff != "" {
			t.Errorf("byte by byte (-whole +split):\n%s", diff)
		}
	}
	return whole, nil
}

func TestEachRecord(t *testing.T) {
	for name, test := range map[string]struct {
		path, document string
		want           []customer
	}{
		"plain": {"export/customer", `<export><customer id="1"><name>a</name><contact>
			<mail>x</mail><mail>y</mail></contact></customer><other><customer id="7"/></other><customer id="2"/></export>`,
			[]customer{{1, "a", []string{"x", "y"}}, {ID: 2}}},
		"deeper": {"export/batch/customer", `<export><customer id="9"/><batch><customer id="1"/></batch><batch/>
			<batch><other/><customer id="2"/></batch></export>`, []customer{{ID: 1}, {ID: 2}}},
		"the root":       {"customer", `<customer id="3"/>`, []customer{{ID: 3}}},
		"in itself":      {"a/a", `<a><a id="1"><a id="2"/></a></a>`, []customer{{ID: 1}}},
		"any namespace":  {"e/c", `<x:e xmlns:x="urn:x"><c id="1"/><x:c id="2"/></x:e>`, []customer{{ID: 1}, {ID: 2}}},
		"one namespace":  {"{urn:x}e/{urn:x}c", `<x:e xmlns:x="urn:x"><c id="1"/><x:c id="2"/></x:e>`, []customer{{ID: 2}}},
		"slash in names": {"{http://a/b}e/c", `<e xmlns="http://a/b"><c id="1"/></e>`, []customer{{ID: 1}}},
		"none":           {"export/customer", `<export/>`, nil},
		"later names":    {"\U00012000/c", "<\U00012000><c id='1'/></\U00012000>", []customer{{ID: 1}}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := each[customer](t, test.document, test.path)
			if diff := cmp.Diff(test.want, got); err != nil || diff != "" {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
		})
	}
}

// TestEachRecordOfAllKinds takes records of any type.
func TestEachRecordOfAllKinds(t *testing.T) {
	const document = `<e><c id="1">x</c><c/></e>`
	texts, err := each[string](t, document, "e/c")
	if diff := cmp.Diff([]string{"x", ""}, texts); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
	pointers, err := each[*customer](t, document, "e/c")
	if diff := cmp.Diff([]*customer{{ID: 1}, {}}, pointers); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
	lists, err := each[[]customer](t, document, "e/c")
	if diff := cmp.Diff([][]customer{{{ID: 1}}, {{}}}, lists); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
}

// TestEachRecordByMarkup has encoding/xml fill records: it sees the element as it is written, with
// the namespaces around it.
func TestEachRecordByMarkup(t *testing.T) {
	space := strings.Repeat(" ", 70_000) // More than a window.
	document := `<!DOCTYPE e [<!ENTITY two "2>">]><e xmlns="urn:d" xmlns:x="urn:x"><before>&two;</before><c ` +
		`x:id="&lt;1&gt;"><!-- c --><a>&lt;` +
		`</a><sum><n>1</n><n>2</n></sum></c>` + space + `<c/><c x:id="&two;"></c><x:c xmlns=""><b/>&two;` + space +
		`</x:c></e>`
	got, err := each[raw](t, document, "e/c", safexml.LiteralEntities())
	want := []raw{
		{xml.Name{Space: "urn:d", Local: "c"}, "<1>", `<!-- c --><a>&lt;</a><sum><n>1</n><n>2</n></sum>`, 3},
		{XMLName: xml.Name{Space: "urn:d", Local: "c"}},
		{XMLName: xml.Name{Space: "urn:d", Local: "c"}, ID: "2>"},
		{XMLName: xml.Name{Space: "urn:x", Local: "c"}, Inner: "<b/>2&gt;" + space},
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	_, err = each[raw](t, `<e><c/><c><sum><n>z</n></sum></c></e>`, "e/c")
	if misfit, ok := errors.AsType[*safexml.MismatchError](err); !ok || misfit.Path != "e/c[2]" || misfit.Column != 8 {
		t.Errorf("%v", err)
	}
	if _, err = each[raw](t, `<e><c><sum></e>`, "e/c"); !errors.Is(err, limits.ErrRefused) ||
		!strings.Contains(err.Error(), "end tag") {
		t.Errorf("%v", err)
	}
}

var errStop = errors.New("stop")

func TestEachRecordFails(t *testing.T) {
	record := func(n *int) func(customer) error {
		return func(customer) error { *n++; return nil }
	}
	for name, test := range map[string]struct {
		path, document string
		want           error
		told           int
		place          string // of a mismatch
	}{
		"another root":  {"export/c", `<exports><c/></exports>`, limits.ErrRefused, 0, "exports"},
		"another space": {"{urn:y}export/c", `<export><c/></export>`, limits.ErrRefused, 0, "export"},
		"a record":      {"e/b/c", `<e><b/><b><x/><c/><c id="z"/></b></e>`, limits.ErrRefused, 1, "e/b[2]/c[2]/@id"},
		"cut off":       {"e/c", `<e><c/><c/>`, limits.ErrRefused, 2, ""},
		"not XML":       {"e/c", `<e><c/><d><c></d></e>`, limits.ErrRefused, 1, ""},
		"after the end": {"e/c", `<e><c/></e>x`, limits.ErrRefused, 1, ""},
		"no path":       {"", `<e/>`, limits.ErrConfig, 0, ""},
		"no name":       {"e//c", `<e/>`, limits.ErrConfig, 0, ""},
		"a slash first": {"/e/c", `<e/>`, limits.ErrConfig, 0, ""},
		"no end":        {"{urn:x/c", `<e/>`, limits.ErrConfig, 0, ""},
		"XPath":         {"e/c[1]", `<e/>`, limits.ErrConfig, 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			n := 0
			told, err := safexml.EachRecord(t.Context(), strings.NewReader(test.document), test.path, sensible, record(&n))
			if !errors.Is(err, test.want) || n != test.told || told != int64(n) {
				t.Errorf("%d records, %v; want %d, %v", n, err, test.told, test.want)
			}
			misfit, ok := errors.AsType[*safexml.MismatchError](err)
			if ok != (test.place != "") || ok && (misfit.Path != test.place || misfit.Op != "safexml.EachRecord") {
				t.Errorf("%+v; want %q", misfit, test.place)
			}
		})
	}
	n, err := safexml.EachRecord(t.Context(), strings.NewReader("<e><c/><c/><c/></e>"), "e/c", sensible,
		func(customer) error { return errStop })
	if err != errStop || n != 1 { //nolint:errorlint // As it is.
		t.Errorf("%d, %v", n, err)
	}
}

// TestEachRecordOfNothing refuses before it reads what can never be filled.
func TestEachRecordOfNothing(t *testing.T) {
	unread := iotest.ErrReader(errStop)
	for name, err := range map[string]error{
		"channel":     second(safexml.EachRecord(t.Context(), unread, "e/c", sensible, func(chan int) error { return nil })),
		"anything":    second(safexml.EachRecord(t.Context(), unread, "e/c", sensible, func(any) error { return nil })),
		"no function": second(safexml.EachRecord[customer](t.Context(), unread, "e/c", sensible, nil)),
		"no source":   second(safexml.EachRecord(t.Context(), nil, "e/c", sensible, func(customer) error { return nil })),
		"a tag in it": second(safexml.EachRecord(t.Context(), unread, "e/c", sensible, func(struct {
			A []struct {
				B int `xml:"a,attr,chardata"` //nolint:staticcheck // A wrong tag.
			}
		}) error {
			return nil
		})),
	} {
		if !errors.Is(err, limits.ErrConfig) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func second(_ int64, err error) error { return err }

// TestEachRecordIsJudged shows nothing of a document that a profile refuses at its end.
func TestEachRecordIsJudged(t *testing.T) {
	n := 0
	_, err := safexml.EachRecord(t.Context(), strings.NewReader("<e><c ID='a'/><c ID='a'/></e>"), "e/c", sensible,
		func(customer) error { n++; return nil }, safexml.Signed())
	if !errors.Is(err, limits.ErrRefused) || n != 0 {
		t.Errorf("%d records, %v", n, err)
	}
}

// TestEachRecordIsBounded takes more records than fit into memory at once, and not one that does
// not.
func TestEachRecordIsBounded(t *testing.T) {
	lim := sensible
	lim.MemoryBytes = 256 * limits.KiB
	small := "<e>" + strings.Repeat("<c><name>"+strings.Repeat("n", 1000)+"</name></c>", 2000) + "</e>"
	if n, err := safexml.EachRecord(t.Context(), strings.NewReader(small), "e/c", lim,
		func(customer) error { return nil }); err != nil || n != 2000 {
		t.Errorf("%d, %v", n, err)
	}
	many := "<e><c><contact>" + strings.Repeat("<mail>n</mail>", 20_000) + "</contact></c></e>"
	_, err := safexml.EachRecord(t.Context(), strings.NewReader(many), "e/c", lim, func(customer) error { return nil })
	limittable.Exceeds(t, err, limits.MemoryBytes, int64(lim.MemoryBytes))
	lim = sensible
	lim.Items = 10
	_, err = safexml.EachRecord(t.Context(), strings.NewReader(many), "e/c", lim, func(customer) error { return nil })
	if limittable.Exceeds(t, err, limits.Items, 10); !strings.Contains(fmt.Sprint(err), "raise Items, and Time with it") {
		t.Errorf("%v", err)
	}
}
