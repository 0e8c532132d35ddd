package decompress_test

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/limits/limitshttp"
	"github.com/seed73825598/airlock/safezip/decompress"
)

// bomb is a gzip member of less than 1 MiB that becomes 229 MB. One block is compressed and stands
// there many times: it has no reference beyond itself.
func bomb(t *testing.T) []byte {
	t.Helper()
	var block bytes.Buffer
	w, err := flate.NewWriter(&block, flate.DefaultCompression)
	if err != nil {
		t.Fatal(err)
	}
	line := bytes.Repeat([]byte("metric{host=\"a\"} 1\n"), 1<<15)
	if _, err := w.Write(line); err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	const times = 229_000_000>>15/19 + 1
	body := []byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff")
	body = append(body, bytes.Repeat(block.Bytes(), times)...)
	body = append(body, 3, 0) // an empty last block
	sum := uint32(0)
	for range times {
		sum = crc32.Update(sum, crc32.IEEETable, line)
	}
	body = binary.LittleEndian.AppendUint32(body, sum)
	return binary.LittleEndian.AppendUint32(body, uint32(times*len(line)))
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
