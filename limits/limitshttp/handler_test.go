package limitshttp_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"log"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/limits/limitshttp"
	"github.com/seed73825598/airlock/safexml"
)

// usual are options that do not stand in the way of a test.
var usual = limitshttp.Options{Body: limits.KiB, Envelope: limits.Limits{OutputBytes: limits.MiB,
	MemoryBytes: limits.MiB, Time: time.Minute}}

// serve starts a server with next after the options.
func serve(t *testing.T, o limitshttp.Options, next http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(limitshttp.Handler(next, o))
	t.Cleanup(s.Close)
	return s
}

// echo answers with the body that it was given, or with the error of reading it.
func echo(w http.ResponseWriter, r *http.Request) {
	data, err := io.ReadAll(r.Body)
	if err != nil {
		limitshttp.Error(w, err)
		return
	}
	_, _ = w.Write(data)
}

// post sends a body, chunked if its length is not to be declared.
func post(t *testing.T, url, body string, chunked bool) (status int, text string, closes bool) {
	t.Helper()
	var r io.Reader = strings.NewReader(body)
	if chunked {
		r = io.MultiReader(r)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, r)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(data), res.Close
}

// TestBodyAtTheLimit sends exactly as much as is allowed, and one byte more.
func TestBodyAtTheLimit(t *testing.T) {
	reached := 0
	s := serve(t, usual, func(w http.ResponseWriter, r *http.Request) { reached++; echo(w, r) })
	for _, chunked := range []bool{false, true} {
		body := strings.Repeat("x", 1024)
		if status, text, closes := post(t, s.URL, body, chunked); status != 200 || text != body || closes {
			t.Errorf("chunked %v: %d, %d bytes", chunked, status, len(text))
		}
		if status, text, closes := post(t, s.URL, body+"x", chunked); status != 413 ||
			text != "refused: the request body: the limit is 1 KiB\n" || closes != chunked {
			t.Errorf("chunked %v: %d %q, closes: %v", chunked, status, text, closes)
		}
	}
	if reached != 3 {
		t.Errorf("the handler was called %d times: what declares too much must not reach it", reached)
	}
}

// TestBodyWithoutLimit leaves it to the handler.
func TestBodyWithoutLimit(t *testing.T) {
	o := usual
	o.Body = limits.UnsafeUnlimited
	s := serve(t, o, echo)
	body := strings.Repeat("x", 1<<20)
	for _, chunked := range []bool{false, true} {
		if status, text, _ := post(t, s.URL, body, chunked); status != 200 || text != body {
			t.Errorf("%d, %d bytes", status, len(text))
		}
	}
}

// TestConnectionAfterTheBody: what becomes of the connection is what net/http makes of it after
// its own http.MaxBytesHandler, for bodies of each kind.
func TestConnectionAfterTheBody(t *testing.T) {
	// exchange sends a request and, if the answer leaves the connection open, another one after
	// it.
	exchange := func(addr, header string, body int) (got []string) {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
		go func() {
			_, _ = io.WriteString(conn, "POST / HTTP/1.1\r\nHost: x\r\n"+header+"\r\n")
			data := strings.Repeat("x", body)
			if strings.Contains(header, "chunked") {
				data = strconv.FormatInt(int64(body), 16) + "\r\n" + data + "\r\n0\r\n\r\n"
			}
			_, _ = io.WriteString(conn, data+"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
		}()
		r := bufio.NewReader(conn)
		for range 2 {
			res, err := http.ReadResponse(r, nil)
			if err != nil {
				return append(got, "closed")
			}
			_, _ = io.Copy(io.Discard, res.Body)
			answer := strconv.Itoa(res.StatusCode)
			if res.Close {
				answer += " close"
			}
			got = append(got, answer)
			if strings.Contains(header, "Expect") {
				break // It is the client's turn, to send the body or to close.
			}
		}
		return got
	}
	ours := serve(t, usual, echo)
	theirs := httptest.NewServer(http.MaxBytesHandler(http.HandlerFunc(echo), 1024))
	t.Cleanup(theirs.Close)
	for name, tc := range map[string]struct {
		header string
		body   int
		want   []string
	}{
		"within":        {"Content-Length: 1024\r\n", 1024, []string{"200", "200"}},
		"chunked":       {"Transfer-Encoding: chunked\r\n", 1024, []string{"200", "200"}},
		"too long":      {"Transfer-Encoding: chunked\r\n", 1025, []string{"413 close", "closed"}},
		"much too long": {"Transfer-Encoding: chunked\r\n", 1 << 20, []string{"413 close", "closed"}},
	} {
		got := exchange(ours.Listener.Addr().String(), tc.header, tc.body)
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if diff := cmp.Diff(exchange(theirs.Listener.Addr().String(), tc.header, tc.body), got); diff != "" {
			t.Errorf("%s: other than behind http.MaxBytesHandler: %s", name, diff)
		}
	}
	// A body that declares its length is refused unread. net/http reads the rest where that is
	// little, so that the connection can be used again, and closes it where it is much.
	if diff := cmp.Diff([]string{"413", "200"}, exchange(ours.Listener.Addr().String(), "Content-Length: 1025\r\n",
		1025)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"413 close", "closed"}, exchange(ours.Listener.Addr().String(),
		"Content-Length: 1048576\r\n", 1<<20)); diff != "" {
		t.Error(diff)
	}
	// A client that asks before it sends is told no, and sends nothing.
	if diff := cmp.Diff([]string{"413 close"}, exchange(ours.Listener.Addr().String(),
		"Content-Length: 1025\r\nExpect: 100-continue\r\n", 0)); diff != "" {
		t.Error(diff)
	}
}

// TestContext hands the handler an envelope, a pool and an observer.
func TestContext(t *testing.T) {
	p, err := limits.NewPool(limits.PoolLimits{Operations: 1, MemoryBytes: limits.MiB, MaxWait: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var events []string
	o := usual
	o.Pool = p
	o.Envelope.Steps = 100
	o.Observer.Func = func(_ context.Context, e limits.Event) {
		mu.Lock()
		defer mu.Unlock()
		events = append(events, e.Op+": "+e.Kind.String())
	}
	inside, leave := make(chan struct{}), make(chan struct{})
	handler := limitshttp.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		outer, err := limits.Limits{Steps: 1000}.Start(r.Context(), "outer")
		if err != nil {
			limitshttp.Error(w, err)
			return
		}
		defer outer.Close()
		inner, err := limits.Limits{Steps: 1000}.Start(r.Context(), "inner")
		if err != nil {
			t.Error(err)
		}
		defer inner.Close()
		if s := p.Stats(); s.Operations != 1 || s.MemoryBytes != limits.MiB {
			t.Errorf("%+v", s)
		}
		close(inside)
		<-leave
		if err := errors.Join(outer.Spend(limits.Steps, 60), inner.Spend(limits.Steps, 60)); err != nil {
			limitshttp.Error(w, err)
		}
	}), o)
	first, second := httptest.NewRecorder(), httptest.NewRecorder()
	done := make(chan struct{})
	go func() {
		defer close(done)
		handler.ServeHTTP(first, httptest.NewRequest(http.MethodGet, "/", http.NoBody))
	}()
	<-inside
	handler.ServeHTTP(second, httptest.NewRequest(http.MethodGet, "/", http.NoBody))
	close(leave)
	<-done
	if second.Code != 503 || second.Header().Get("Retry-After") != "1" {
		t.Errorf("%d %s", second.Code, second.Body)
	}
	if first.Code != 422 || first.Body.String() != "refused: steps: the limit is 100\n" {
		t.Errorf("%d %s", first.Code, first.Body)
	}
	if diff := cmp.Diff([]string{"inner: operation ended", "outer: operation ended"}, events); diff != "" {
		t.Error(diff)
	}
	if s := p.Stats(); s.Operations != 0 || s.Admitted != 1 || s.Busy != 1 {
		t.Errorf("%+v", s)
	}
}

// TestPlaceAfterTheRequest gives the place back whatever becomes of the handler: it returns,
// panics, or goes away in the middle of a document.
func TestPlaceAfterTheRequest(t *testing.T) {
	p, err := limits.NewPool(limits.PoolLimits{Operations: 1, MaxWait: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	o := usual
	o.Pool = p
	for name, next := range map[string]http.HandlerFunc{
		"returns": func(_ http.ResponseWriter, r *http.Request) {
			_, err := safexml.Validate(r.Context(), strings.NewReader("<a/>"), xmlLimits)
			if err != nil {
				t.Error(err)
			}
		},
		"reads one token": func(_ http.ResponseWriter, r *http.Request) {
			tokens, err := safexml.NewTokenizer(r.Context(), strings.NewReader("<a><b/></a>"), xmlLimits)
			if err == nil {
				err = tokens.Next()
			}
			if err != nil {
				t.Error(err)
			}
		},
		"panics": func(_ http.ResponseWriter, r *http.Request) {
			tokens, err := safexml.NewTokenizer(r.Context(), strings.NewReader("<a><b/></a>"), xmlLimits)
			if err == nil {
				err = tokens.Next()
			}
			if err != nil {
				t.Error(err)
			}
			panic(http.ErrAbortHandler)
		},
	} {
		t.Run(name, func(t *testing.T) {
			before := p.Stats().Admitted
			func() {
				defer func() { _ = recover() }()
				limitshttp.Handler(next, o).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/",
					http.NoBody))
			}()
			if s := p.Stats(); s.Operations != 0 || s.Admitted != before+1 {
				t.Errorf("%+v", s)
			}
		})
	}
}

// TestContextEndsWithTheRequest: work that the handler has left does not go on without limits.
func TestContextEndsWithTheRequest(t *testing.T) {
	var ctx context.Context
	limitshttp.Handler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { ctx = r.Context() }), usual).
		ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", http.NoBody))
	if _, err := xmlLimits.Start(ctx, "late"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestFormLeavesNoFiles: net/http removes the temporary files of the request that it has made, and
// the handler has a copy.
func TestFormLeavesNoFiles(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", "x")
	if err == nil {
		_, err = part.Write(make([]byte, 100_000))
	}
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	files := func() int {
		list, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	o := usual
	o.Body = limits.MiB
	during := 0
	s := serve(t, o, func(_ http.ResponseWriter, r *http.Request) {
		if err := r.ParseMultipartForm(1); err != nil {
			t.Error(err)
		}
		during = files()
	})
	res, err := http.Post(s.URL, w.FormDataContentType(), &b)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	s.Close()
	if after := files(); during != 1 || after != 0 {
		t.Errorf("%d files while the handler ran, %d after it", during, after)
	}
}

func TestOptionsCheck(t *testing.T) {
	p, err := limits.NewPool(limits.PoolLimits{MemoryBytes: limits.KiB})
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		change func(o *limitshttp.Options)
		want   string
	}{
		"usual": {func(*limitshttp.Options) {}, ""},
		"no body": {func(o *limitshttp.Options) { o.Body = 0 },
			"limitshttp.Handler: Options.Body is not set: give it a limit, or limits.UnsafeUnlimited for input you trust"},
		"negative": {func(o *limitshttp.Options) { o.Body = -1 },
			"limitshttp.Handler: Options.Body is -1: not a budget; use a positive number, or limits.UnsafeUnlimited for input " +
				"you trust"},
		"nothing": {
			func(o *limitshttp.Options) { *o = limitshttp.Options{} },
			"limitshttp.Handler: Options.Body is not set: give it a limit, or limits.UnsafeUnlimited for input you trust; the " +
				"envelope bounds nothing: set at least one of OutputBytes, Steps, MemoryBytes and Time",
		},
		"items": {func(o *limitshttp.Options) { o.Envelope.Items = 1 },
			"limitshttp.Handler: Items belongs to one operation, not to an envelope: leave it unset here"},
		"pool": {func(o *limitshttp.Options) { o.Pool, o.Envelope.MemoryBytes = p, limits.KiB }, ""},
		"pool too low": {func(o *limitshttp.Options) { o.Pool, o.Envelope.MemoryBytes = p, limits.KiB+1 },
			"limitshttp.Handler: MemoryBytes is 1025 B in the limits given to limits.With, and the Pool has 1 KiB in all: " +
				"lower it, or raise PoolLimits.MemoryBytes"},
		"pool, unset": {func(o *limitshttp.Options) { o.Pool, o.Envelope.MemoryBytes = p, 0 },
			"limitshttp.Handler: MemoryBytes is no limit in the limits given to limits.With, and the Pool has to know how " +
				"much the envelope may hold: give it at most 1 KiB"},
		"zero pool": {func(o *limitshttp.Options) { o.Pool = new(limits.Pool) },
			"limitshttp.Handler: the Pool was not made by limits.NewPool"},
		"observer": {func(o *limitshttp.Options) { o.Observer.Soft.Steps = 1 },
			"limitshttp.Handler: Observer.Func is nil"},
	} {
		t.Run(name, func(t *testing.T) {
			o := usual
			tc.change(&o)
			err := o.Check()
			got := ""
			if err != nil {
				got = err.Error()
			}
			if got != tc.want || err != nil && !errors.Is(err, limits.ErrConfig) {
				t.Errorf("got  %s\nwant %s", got, tc.want)
			}
			// Nothing gets through what is not in order, and the sender is not told why.
			reached := false
			w := httptest.NewRecorder()
			var logged bytes.Buffer
			server := &http.Server{ErrorLog: log.New(&logged, "", 0), ReadHeaderTimeout: time.Second}
			r := httptest.NewRequest(http.MethodGet, "/", http.NoBody)
			limitshttp.Handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }), o).
				ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), http.ServerContextKey, server)))
			if tc.want == "" {
				if !reached || w.Code != 200 || logged.Len() != 0 {
					t.Errorf("reached: %v, %d, %q", reached, w.Code, &logged)
				}
				return
			}
			if reached || w.Code != 500 || w.Body.String() != "internal error\n" || logged.String() != tc.want+"\n" {
				t.Errorf("reached: %v, %d %q, logged %q", reached, w.Code, w.Body, &logged)
			}
		})
	}
}

// TestOwnErrors hands refusals of the Handler itself to Options.Error.
func TestOwnErrors(t *testing.T) {
	o := usual
	o.Error = func(w http.ResponseWriter, _ *http.Request, err error) {
		w.WriteHeader(limitshttp.Status(err))
		_, _ = io.WriteString(w, "sorry, "+limitshttp.Public(err))
	}
	w := httptest.NewRecorder()
	limitshttp.Handler(http.HandlerFunc(echo), o).ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/",
		strings.NewReader(strings.Repeat("x", 1025))))
	if w.Code != 413 || w.Body.String() != "sorry, refused: the request body: the limit is 1 KiB" {
		t.Errorf("%d %q", w.Code, w.Body)
	}
}

// TestRequestWithoutBody must not panic: a request need not come from a server.
func TestRequestWithoutBody(t *testing.T) {
	w := httptest.NewRecorder()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
	if err != nil {
		t.Fatal(err)
	}
	limitshttp.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Body != nil {
			echo(w, r)
		}
	}), usual).ServeHTTP(w, r)
	if w.Code != 200 {
		t.Errorf("%d", w.Code)
	}
}
