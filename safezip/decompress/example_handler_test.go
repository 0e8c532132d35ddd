package decompress_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/limits/limitshttp"
	"github.com/seed73825598/airlock/safezip/decompress"
)

// A metrics handler takes what agents send, most of them with Content-Encoding: gzip.
type metrics struct{}

// ServeHTTP sees the decoded body, whatever it was sent in. io.EOF means that its checksum was
// right.
func (metrics) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		limitshttp.Fail(w, r, err)
		return
	}
	fmt.Fprintln(w, bytes.Count(body, []byte("\n")), "measurements")
}

// newHandler decodes gzip and zlib bodies before the handler is called. A body of 64 KiB may become
// 1 MiB, and no more.
func newHandler() (http.Handler, error) {
	codings, err := decompress.ContentCodings(limits.Limits{OutputBytes: limits.MiB, Time: 5 * time.Second})
	if err != nil {
		return nil, err
	}
	options := limitshttp.Options{
		Body:     64 * limits.KiB,
		Envelope: limits.Limits{OutputBytes: limits.MiB, Time: 10 * time.Second},
		Decode:   codings,
	}
	if err := options.Check(); err != nil {
		return nil, err
	}
	return limitshttp.Handler(metrics{}, options), nil
}

// gzipped is a body as an agent would send it.
func gzipped(text string) string {
	var b strings.Builder
	w := gzip.NewWriter(&b)
	_, err := io.WriteString(w, text)
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		log.Fatal(err)
	}
	return b.String()
}

func Example_handler() {
	handler, err := newHandler()
	if err != nil {
		log.Fatal(err)
	}
	post := func(coding, body string) {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
		if coding != "" {
			r.Header.Set("Content-Encoding", coding)
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		fmt.Print(w.Code, " ", w.Body)
	}
	whole := gzipped("cpu 1\nmem 2\n")
	post("", "cpu 1\n")
	post("gzip", whole)
	post("gzip", gzipped(strings.Repeat("0", 2<<20)))
	post("gzip", whole[:20])
	post("gzip", whole+whole)
	post("br", "?")
	// Output:
	// 200 1 measurements
	// 200 2 measurements
	// 413 refused: output bytes: the limit is 1 MiB
	// 422 refused: malformed (offset 20)
	// 422 refused: several-members (offset 36)
	// 415 refused: the content coding of the body is not taken
}
