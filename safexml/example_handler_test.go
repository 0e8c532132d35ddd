package safexml_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/limits/limitshttp"
	"github.com/seed73825598/airlock/safexml"
)

// An invoice is what a partner sends.
type invoice struct {
	Number string  `xml:"number,attr"`
	Lines  []lines `xml:"line"`
}

type lines struct {
	Cents int    `xml:"cents,attr"`
	Text  string `xml:",chardata"`
}

// perInvoice is what one invoice may cost. Items is the number of its elements, and a little more.
var perInvoice = limits.Limits{InputBytes: 1 * limits.MiB, Items: 10_000, Depth: 8, Time: 2 * time.Second}

// takeInvoice answers POST /invoices. The invoice is filled once all of the document has passed: an
// external entity, a document that is cut off and one that does not fit are all refused before it.
func takeInvoice(w http.ResponseWriter, r *http.Request) {
	in, err := safexml.Decode[invoice](r.Context(), r.Body, perInvoice)
	if err != nil {
		limitshttp.Fail(w, r, err)
		return
	}
	sum := 0
	for _, line := range in.Lines {
		sum += line.Cents
	}
	fmt.Fprintf(w, "%q: %d lines, %d cents\n", in.Number, len(in.Lines), sum)
}

// takeAvatar answers POST /avatar with a drawing that a browser may show in an img element: no
// script, nothing that is fetched, nothing that takes minutes to draw.
func takeAvatar(w http.ResponseWriter, r *http.Request) {
	drawing := limits.Limits{InputBytes: 256 * limits.KiB, Time: time.Second}
	checked, err := safexml.NewReader(r.Context(), r.Body, drawing, safexml.SVG(), safexml.Canvas(1024, 1024))
	var data []byte
	if err == nil {
		data, err = io.ReadAll(checked) // The bytes that are kept are those that were checked.
	}
	if err != nil {
		limitshttp.Fail(w, r, err)
		return
	}
	fmt.Fprintln(w, len(data), "bytes are kept")
}

func Example_handler() {
	for _, c := range []struct {
		handler http.HandlerFunc
		body    string
	}{
		{takeInvoice, `<invoice number="7"><line cents="250">tea</line><line cents="320">cake</line></invoice>`},
		{takeInvoice, `<!DOCTYPE i [<!ENTITY e SYSTEM "file:///etc/passwd">]><invoice number="&e;"/>`},
		{takeInvoice, `<invoice number="7"><line cents="250">tea</line>`},
		{takeInvoice, `<invoice><line cents="2.50"/></invoice>`},
		{takeInvoice, strings.Repeat("<a>", 100)},
		{takeAvatar, `<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/></svg>`},
		{takeAvatar, `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`},
	} {
		w := httptest.NewRecorder()
		c.handler(w, httptest.NewRequest(http.MethodPost, "/", strings.NewReader(c.body)))
		fmt.Print(w.Code, " ", w.Body)
	}
	// Output:
	// 200 "7": 2 lines, 570 cents
	// 422 refused: doctype (line 1, column 1)
	// 422 refused: not-well-formed: "invoice" (line 1, column 49)
	// 422 refused: mismatch: "invoice/line[1]/@cents" (line 1, column 23)
	// 422 refused: depth: the limit is 8
	// 200 67 bytes are kept
	// 422 refused: active-content: "svg" (line 1, column 49)
}
