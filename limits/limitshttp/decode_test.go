package limitshttp_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/limits/limitshttp"
	"github.com/seed73825598/airlock/safezip/decompress"
)

// gunzip is a decoder of a program's own: gzip within a budget.
func gunzip(lim limits.Limits, closed *atomic.Int32) limitshttp.Decoder {
	return func(ctx context.Context, body io.Reader) (io.ReadCloser, error) {
		b, err := lim.Start(ctx, "gunzip", limits.OutputBytes)
		if err != nil {
			return nil, err
		}
		z, err := gzip.NewReader(body)
		if err != nil {
			b.Close()
			return nil, err
		}
		return &unzipped{b.Reader(limits.OutputBytes, z), b, closed}, nil
	}
}

type unzipped struct {
	io.Reader
	b      *limits.Budget
	closed *atomic.Int32
}

func (u *unzipped) Close() error {
	u.b.Close()
	u.closed.Add(1)
	return nil
}

// gzipped compresses n bytes.
func gzipped(t testing.TB, n int) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	chunk := make([]byte, 1<<20)
	for n > 0 && t.Context().Err() == nil {
		k := min(n, len(chunk))
		if _, err := w.Write(chunk[:k]); err != nil {
			t.Fatal(err)
		}
		n -= k
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// unread is a body that must not be read.
type unread struct{ t *testing.T }

func (u unread) Read([]byte) (int, error) { u.t.Error("the body is read"); return 0, io.EOF }
func (u unread) Close() error             { return nil }

// TestContentCodings: which codings pass, which are decoded, and which are refused before a byte of
// the body is read.
func TestContentCodings(t *testing.T) {
	var closed atomic.Int32
	with := map[string]limitshttp.Decoder{
		"gzip":   gunzip(limits.Limits{OutputBytes: 100}, &closed),
		"x-gzip": gunzip(limits.Limits{OutputBytes: 100}, &closed),
	}
	plain := []byte("plain")
	for _, tc := range []struct {
		name    string
		decode  map[string]limitshttp.Decoder
		headers []string
		body    []byte // nil for one that must not be read
		status  int
		want    string // what the handler reads
		accept  string
	}{
		{"nothing is looked at", nil, []string{"gzip"}, plain, 200, "plain", ""},
		{"no header", with, nil, plain, 200, "plain", ""},
		{"an empty header", with, []string{""}, plain, 200, "plain", ""},
		{"empty elements", with, []string{" , ,"}, plain, 200, "plain", ""},
		{"identity", with, []string{"Identity"}, plain, 200, "plain", ""},
		{"identity, none taken", map[string]limitshttp.Decoder{}, []string{"identity"}, plain, 200, "plain", ""},
		{"listed", with, []string{"gzip"}, gzipped(t, 100), 200, string(make([]byte, 100)), ""},
		{"in capitals, with space", with, []string{" GZIP\t"}, gzipped(t, 3), 200, "\x00\x00\x00", ""},
		{"its other name", with, []string{"x-gzip"}, gzipped(t, 1), 200, "\x00", ""},
		{"one byte more", with, []string{"gzip"}, gzipped(t, 101), 413, "", ""},
		{"not gzip", with, []string{"gzip"}, plain, 400, "", ""},
		{"cut", with, []string{"gzip"}, gzipped(t, 50)[:20], 400, "", ""},
		{"not listed", with, []string{"br"}, nil, 415, "", "gzip, x-gzip"},
		{"none taken", map[string]limitshttp.Decoder{}, []string{"gzip"}, nil, 415, "", "identity"},
		{"stacked", with, []string{"gzip, gzip"}, nil, 415, "", "gzip, x-gzip"},
		{"stacked in two headers", with, []string{"gzip", "gzip"}, nil, 415, "", "gzip, x-gzip"},
		{"stacked on identity", with, []string{"identity, gzip"}, nil, 415, "", "gzip, x-gzip"},
		{"hostile", with, []string{hostile}, nil, 415, "", "gzip, x-gzip"},
	} {
		o := usual
		o.Decode = tc.decode
		before := closed.Load()
		decoded := len(tc.headers) == 1 && strings.Contains(strings.ToLower(tc.headers[0]), "gzip")
		h := limitshttp.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if tc.status == 415 {
				t.Errorf("%s: the handler is called", tc.name)
			}
			if got := r.Header.Get("Content-Encoding") != "" || r.Header.Get("Content-Length") != "" ||
				r.ContentLength != -1; got == (decoded && tc.decode != nil) {
				t.Errorf("%s: length %d, header %v", tc.name, r.ContentLength, r.Header)
			}
			if closed.Load() != before {
				t.Errorf("%s: closed while the handler runs", tc.name)
			}
			data, err := io.ReadAll(r.Body)
			if err != nil {
				limitshttp.Fail(w, r, err)
				return
			}
			_, _ = w.Write(data)
		}), o)
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", bytes.NewReader(tc.body))
		r.Header.Set("Content-Length", "7")
		if tc.body == nil {
			r.Body, r.ContentLength = unread{t}, 7
		}
		for _, line := range tc.headers {
			r.Header.Add("Content-Encoding", line)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != tc.status || tc.status == 200 && w.Body.String() != tc.want ||
			w.Header().Get("Accept-Encoding") != tc.accept {
			t.Errorf("%s: %d %q %v", tc.name, w.Code, w.Body, w.Header())
		}
		if tc.status != 200 {
			checkHarmless(t, strings.TrimSpace(w.Body.String()))
		}
		if r.Header.Get("Content-Encoding") == "" && len(tc.headers) > 0 && strings.Trim(tc.headers[0], " ,") != "" {
			t.Errorf("%s: the server's own request is changed", tc.name)
		}
	}
	if closed.Load() == 0 {
		t.Error("no decoder was closed")
	}
}

// TestDecodedWithinTheEnvelope: 229 MB in 334 KB, through a Body of 1 MiB and an envelope of 10
// MiB, end after 10 MiB to the byte, under any decoder.
func TestDecodedWithinTheEnvelope(t *testing.T) {
	bomb := gzipped(t, 40<<20)
	if len(bomb) > 1<<20 {
		t.Fatalf("%d bytes", len(bomb))
	}
	var closed atomic.Int32
	module, err := decompress.ContentCodings(limits.Limits{OutputBytes: limits.GiB, Time: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	for name, decode := range map[string]map[string]limitshttp.Decoder{
		"own":    {"gzip": gunzip(limits.Limits{OutputBytes: limits.GiB}, &closed)},
		"module": module,
	} {
		var read int64
		o := limitshttp.Options{Body: limits.MiB, Envelope: limits.Limits{OutputBytes: 10 * limits.MiB,
			MemoryBytes: 64 * limits.MiB},
			Decode: decode}
		s := serve(t, o, func(w http.ResponseWriter, r *http.Request) {
			read, err = io.Copy(io.Discard, r.Body)
			limitshttp.Fail(w, r, err)
		})
		req, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL, bytes.NewReader(bomb))
		req.Header.Set("Content-Encoding", "gzip")
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if res.StatusCode != http.StatusRequestEntityTooLarge || read != int64(10*limits.MiB) ||
			string(text) != "refused: output bytes: the limit is 10 MiB\n" {
			t.Errorf("%s: %d %q after %d bytes", name, res.StatusCode, text, read)
		}
	}
}

// TestDecodedForm: a form in a coding is bounded by what it becomes.
func TestDecodedForm(t *testing.T) {
	module, err := decompress.ContentCodings(limits.Limits{OutputBytes: limits.GiB, Time: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	o := limitshttp.Options{Body: limits.MiB, Envelope: limits.Limits{OutputBytes: limits.GiB}, Decode: module,
		Forms: limits.Limits{InputBytes: limits.KiB, Items: 3}}
	s := serve(t, o, func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, r.FormValue("a")) })
	for _, tc := range []struct {
		form   string
		status int
		want   string
	}{
		{"a=1", 200, "1"},
		{"a=" + strings.Repeat("x", 1022), 200, strings.Repeat("x", 1022)},
		{"a=" + strings.Repeat("x", 1023), 413, "refused: input bytes: the limit is 1 KiB\n"},
		{"a=1&b=2&c=3&d=4", 422, "refused: items: the limit is 3\n"},
	} {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, _ = io.WriteString(w, tc.form)
		_ = w.Close()
		req, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL, &b)
		req.Header.Set("Content-Type", urlencoded)
		req.Header.Set("Content-Encoding", "gzip")
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if res.StatusCode != tc.status || string(text) != tc.want {
			t.Errorf("%.10s: %d %q", tc.form, res.StatusCode, text)
		}
	}
}

// TestDecoderFails: whose fault it is decides the status.
func TestDecoderFails(t *testing.T) {
	for name, tc := range map[string]struct {
		err    error
		status int
	}{
		"broken":    {errors.New("evil"), 400},
		"refused":   {&limits.RuleError{Rule: "malformed"}, 422},
		"busy":      {limits.ErrBusy, 503},
		"config":    {&limits.ConfigError{Op: "op"}, 500},
		"unlimited": {fmt.Errorf("op: %w", &limits.ExceededError{Resource: limits.OutputBytes}), 413},
	} {
		o := usual
		o.Decode = map[string]limitshttp.Decoder{"x": func(context.Context, io.Reader) (io.ReadCloser, error) {
			return nil, tc.err
		}}
		h := limitshttp.Handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Errorf("%s: called", name) }),
			o)
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader("x"))
		r.Header.Set("Content-Encoding", "x")
		w := httptest.NewRecorder()
		if h.ServeHTTP(w, r); w.Code != tc.status {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
}

func TestDecodeConfig(t *testing.T) {
	some := func(context.Context, io.Reader) (io.ReadCloser, error) { return nil, nil }
	o := usual
	o.Decode = map[string]limitshttp.Decoder{"gzip": nil, "GZIP": some, "identity": some, "": some, "a,b": some,
		"zstd": some}
	var config *limits.ConfigError
	if err := o.Check(); !errors.As(err, &config) {
		t.Fatal(err)
	}
	var fields []string
	for _, p := range config.Problems {
		fields = append(fields, p.Field+" "+p.Reason)
	}
	want := []string{
		`Options.Decode[""] is not the name of a content coding in lower case`,
		`Options.Decode["GZIP"] is not the name of a content coding in lower case`,
		`Options.Decode["a,b"] is not the name of a content coding in lower case`,
		`Options.Decode["gzip"] is nil`,
		`Options.Decode["identity"] is taken without a decoder`,
	}
	if diff := cmp.Diff(want, fields); diff != "" {
		t.Error(diff)
	}
}
