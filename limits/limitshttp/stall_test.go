package limitshttp_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/limits/limitshttp"
)

// dial sends the beginning of a request and returns the answer, with what is needed to send more.
func dial(t *testing.T, s *httptest.Server, request string) (net.Conn, *bufio.Reader) {
	t.Helper()
	conn, err := net.Dial("tcp", s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	return conn, bufio.NewReader(conn)
}

// answerOf returns status and text of the next answer.
func answerOf(t *testing.T, r *bufio.Reader) string {
	t.Helper()
	res, err := http.ReadResponse(r, nil)
	if err != nil {
		return err.Error()
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Error(err)
	}
	return strconv.Itoa(res.StatusCode) + " " + strings.TrimSpace(string(text))
}

// A client that sends a part of the body and then nothing holds the request no longer than its
// time.
func TestBodyStalls(t *testing.T) {
	const form, part = "Content-Type: " + urlencoded + "\r\n", "Content-Type: multipart/form-data; boundary=b\r\n"
	late := "422 refused: time: the limit is 100ms"
	short := usual
	short.Envelope.Time = 100 * time.Millisecond
	forms := usual
	forms.Forms = limits.Limits{Items: 10, Time: 100 * time.Millisecond}
	coded := short
	coded.Decode = map[string]limitshttp.Decoder{"x": func(_ context.Context, body io.Reader) (io.ReadCloser, error) {
		return io.NopCloser(body), nil
	}}
	unset := usual
	unset.Envelope.Time = 0
	read := func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			limitshttp.Fail(w, r, err)
		}
	}
	parse := func(w http.ResponseWriter, r *http.Request) {
		if err := limitshttp.ParseForm(r, limits.Limits{Items: 10, Time: 100 * time.Millisecond}); err != nil {
			limitshttp.Fail(w, r, err)
		}
	}
	for name, tc := range map[string]struct {
		options limitshttp.Options
		next    http.HandlerFunc
		timeout time.Duration // of the server
		header  string
		want    string
	}{
		"body":                {short, read, 0, "Content-Length: 9\r\n\r\na=1", late},
		"chunked":             {short, read, 0, "Transfer-Encoding: chunked\r\n\r\n5\r\na=1", late},
		"coded":               {coded, read, 0, "Content-Encoding: x\r\nContent-Length: 9\r\n\r\na=1", late},
		"form":                {forms, read, 0, form + "Content-Length: 9\r\n\r\na=1", late},
		"multipart":           {forms, read, 0, part + "Content-Length: 99\r\n\r\n--b\r\nConte", late},
		"form of the handler": {usual, parse, 0, form + "Content-Length: 9\r\n\r\na=1", late},
		"without an envelope": {unset, parse, 0, form + "Content-Length: 9\r\n\r\na=1", late},
		"time of the server": {usual, read, 100 * time.Millisecond, "Content-Length: 9\r\n\r\na=1",
			"400 refused: the request body breaks off or is malformed"},
		"long time of a server": {short, read, time.Minute, "Content-Length: 9\r\n\r\na=1", late},
		"whole":                 {forms, read, 0, form + "Content-Length: 3\r\n\r\na=1", "200 "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := httptest.NewUnstartedServer(limitshttp.Handler(tc.next, tc.options))
			s.Config.ReadTimeout = tc.timeout
			s.Start()
			t.Cleanup(s.Close)
			_, r := dial(t, s, "POST / HTTP/1.1\r\nHost: x\r\n"+tc.header)
			if got := answerOf(t, r); got != tc.want {
				t.Errorf("%q; want %q", got, tc.want)
			}
		})
	}
}

// The deadline ends with the body: a handler that takes longer than its time, and the next request
// on the connection, hear nothing of it.
func TestDeadlineEndsWithTheBody(t *testing.T) {
	short := usual
	short.Envelope.Time = 50 * time.Millisecond
	ended := make(chan error, 2)
	inner := limitshttp.Handler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		time.Sleep(200 * time.Millisecond)
	}), short)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		inner.ServeHTTP(w, r)
		ended <- r.Context().Err()
	}))
	t.Cleanup(s.Close)
	const request = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\na=1"
	conn, r := dial(t, s, request)
	got := []string{answerOf(t, r)}
	_, _ = io.WriteString(conn, request)
	got = append(got, answerOf(t, r))
	if diff := cmp.Diff([]string{"200 ", "200 "}, got); diff != "" {
		t.Error(diff)
	}
	for range 2 {
		if err := <-ended; err != nil {
			t.Errorf("the context of the connection has ended: %v", err)
		}
	}
}

// unhijacked is a connection that cannot be taken over after all.
type unhijacked struct {
	*httptest.ResponseRecorder
}

func (unhijacked) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return nil, nil, errors.New("no connection")
}

// A connection that could not be taken over is there to answer.
func TestHijackFails(t *testing.T) {
	w := unhijacked{httptest.NewRecorder()}
	limitshttp.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, _, err := http.NewResponseController(w).Hijack(); err != nil {
			limitshttp.Fail(w, r, limits.ErrBusy)
		}
	}), usual).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if w.Code != http.StatusServiceUnavailable {
		t.Errorf("%d", w.Code)
	}
}
