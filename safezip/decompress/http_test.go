package decompress_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/limits/limitshttp"
	"github.com/seed73825598/airlock/safezip/decompress"
)

// bomb is a body of 334 KB that becomes 229 MB.
func bomb(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	line := bytes.Repeat([]byte("metric{host=\"a\"} 1\n"), 1<<15)
	for n := 0; n < 229_000_000; n += len(line) {
		if _, err := w.Write(line); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestRequestBody: a body that fits into Options.Body and inflates to far more than the envelope is
// 413 after the envelope's 10 MiB, to the byte.
func TestRequestBody(t *testing.T) {
	const most = 10 * limits.MiB
	codings, err := decompress.ContentCodings(limits.Limits{OutputBytes: limits.GiB, Time: time.Minute}, decompress.Gzip)
	if err != nil {
		t.Fatal(err)
	}
	var read int64
	handler := limitshttp.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var err error
		if read, err = io.Copy(io.Discard, r.Body); err != nil {
			limitshttp.Fail(w, r, err)
		}
	}), limitshttp.Options{Body: limits.MiB, Envelope: limits.Limits{OutputBytes: most}, Decode: codings})
	body := bomb(t)
	if len(body) > 1<<20 {
		t.Fatalf("the body has %d bytes", len(body))
	}
	r := httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(body))
	r.Header.Set("Content-Encoding", "gzip")
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	if w.Code != http.StatusRequestEntityTooLarge || read != int64(most) {
		t.Errorf("status %d after %d bytes; want 413 after %d", w.Code, read, int64(most))
	}
}
