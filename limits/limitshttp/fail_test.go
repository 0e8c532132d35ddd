package limitshttp_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/limits/limitshttp"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/unicodeid"
)

// TestStatusOfForms: what net/http and mime/multipart say of a broken form is the sender's fault.
func TestStatusOfForms(t *testing.T) {
	parse := func(media, body string) error {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
		r.Header.Set("Content-Type", media)
		return r.ParseMultipartForm(1 << 20)
	}
	own := func(media, body string) error {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
		r.Header.Set("Content-Type", media)
		return r.ParseForm()
	}
	const x = "multipart/form-data; boundary=x"
	_, escape := url.QueryUnescape("%zz")
	_, program := url.Parse("http://[::1%zz") //nolint:staticcheck // It is invalid on purpose.
	for name, tc := range map[string]struct {
		err    error
		status int
	}{
		"cut in a header":        {parse(x, "--x\r\nContent-Dispos"), 400},
		"no part":                {parse(x, "evil"), 400},
		"a bad header":           {parse(x, "--x\r\nevil\r\n\r\na\r\n--x--"), 400},
		"no boundary":            {parse("multipart/form-data", ""), 400},
		"not multipart":          {parse("text/plain", ""), 415},
		"bad escapes":            {own("application/x-www-form-urlencoded", "a=%zz"), 400},
		"a semicolon":            {own("application/x-www-form-urlencoded", "a;b"), 400},
		"a bad media type":       {own("evil/; =", ""), 400},
		"an escape":              {escape, 400},
		"an escape, wrapped":     {fmt.Errorf("query: %w", errors.Join(errors.New("evil"), escape)), 400},
		"a URL of the program":   {program, 500},
		"no file of that name":   {http.ErrMissingFile, 400},
		"too large":              {multipart.ErrMessageTooLarge, 413},
		"a header":               {textproto.ProtocolError("malformed MIME header line: evil"), 400},
		"a form":                 {limitshttp.ErrForm, 400},
		"the end of a file":      {io.ErrUnexpectedEOF, 500},
		"the end of it, wrapped": {fmt.Errorf("reading /srv/secret/evil: %w", io.ErrUnexpectedEOF), 500},
	} {
		if tc.err == nil {
			t.Fatalf("%s: no error", name)
		}
		if got := limitshttp.Status(tc.err); got != tc.status {
			t.Errorf("%s: %d, want %d, for %v", name, got, tc.status, tc.err)
		}
		checkHarmless(t, limitshttp.Public(tc.err))
	}
}

// TestFailAsksForTheCause: a spent envelope that surfaces as the end of a context is a refusal, and
// a client that has gone away is none.
func TestFailAsksForTheCause(t *testing.T) {
	spent, cancel, err := limits.With(t.Context(), limits.Limits{Steps: 1, OutputBytes: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer cancel()
	b, err := limits.Limits{Steps: 10}.Start(spent, "op")
	if err != nil {
		t.Fatal(err)
	}
	_ = b.Spend(limits.Steps, 2)
	b.Close()
	late, cancelLate, err := limits.With(t.Context(), limits.Limits{Time: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer cancelLate()
	<-late.Done()
	refused, cancelRefused := context.WithCancelCause(t.Context())
	cancelRefused(&limits.RuleError{Op: "op", Rule: "formula", Offset: -1})
	gone, cancelGone := context.WithCancel(t.Context())
	cancelGone()
	for name, tc := range map[string]struct {
		ctx    context.Context //nolint:containedctx // It is what is tested.
		err    error
		status int
		text   string
	}{
		"an envelope":            {spent, spent.Err(), 422, "refused: steps: the limit is 1\n"},
		"an envelope, wrapped":   {spent, fmt.Errorf("query: %w", context.Canceled), 422, "refused: steps: the limit is 1\n"},
		"its time":               {late, late.Err(), 422, "refused: time: the limit is 1ms\n"},
		"its time, as a timeout": {late, context.DeadlineExceeded, 422, "refused: time: the limit is 1ms\n"},
		"a rule":                 {refused, refused.Err(), 422, "refused: formula\n"},
		"another error":          {spent, errors.New("the disk"), 500, "internal error\n"},
		"a mistake":              {spent, errors.Join(spent.Err(), &limits.ConfigError{}), 500, "internal error\n"},
		"its own refusal":        {spent, &limits.RuleError{Rule: "other", Offset: -1}, 422, "refused: other\n"},
		"a client gone":          {gone, gone.Err(), 500, "canceled\n"},
		"no end":                 {t.Context(), context.Canceled, 500, "canceled\n"},
		"nil":                    {t.Context(), nil, 500, "internal error\n"},
		"nil, of a spent one":    {spent, nil, 500, "internal error\n"},
	} {
		w := httptest.NewRecorder()
		limitshttp.Fail(w, httptest.NewRequestWithContext(tc.ctx, http.MethodGet, "/", nil), tc.err)
		if w.Code != tc.status || w.Body.String() != tc.text {
			t.Errorf("%s: %d %q", name, w.Code, w.Body)
		}
	}
	w := httptest.NewRecorder()
	if limitshttp.Fail(w, nil, nil); w.Code != 500 {
		t.Errorf("without a request: %d", w.Code)
	}
	// An error of this module holds the cause, and so needs no request.
	if _, err := xmlLimits.Start(refused, "op"); limitshttp.Status(err) != 422 {
		t.Errorf("canceled with a refusal as the cause: %d, %v", limitshttp.Status(err), err)
	}
}

// TestProblem writes a problem document to a client that asks for it. The name of the place is all
// that it holds of the input.
func TestProblem(t *testing.T) {
	for _, tc := range []struct {
		err  error
		want string
	}{
		{&limits.RuleError{Op: hostile, Rule: "doctype", Where: hostile, Detail: hostile, Line: 3, Column: 7, Offset: 40},
			`{"type":"about:blank","title":"Unprocessable Entity","status":422,"detail":"refused: doctype: \"evil` +
				`\\x3cscript\\x3e\\r\\nadmin logged in\\u202e\\x1b[2J\" (line 3, column 7)","rule":"doctype","where":"\"evil` +
				`\\x3cscript\\x3e\\r\\nadmin logged in\\u202e\\x1b[2J\"","line":3,"column":7}`},
		{&limits.RuleError{Rule: "path-traversal", Offset: 0},
			`{"type":"about:blank","title":"Unprocessable Entity","status":422,"detail":"refused: path-traversal (offset 0)",` +
				`"rule":"path-traversal","offset":0}`},
		{&limits.RuleError{Rule: limits.Rule(hostile), Offset: -1},
			`{"type":"about:blank","title":"Unprocessable Entity","status":422,"detail":"refused"}`},
		{&limits.ExceededError{Op: hostile, Where: hostile, Resource: limits.OutputBytes, Limit: 1024, Used: 1025},
			`{"type":"about:blank","title":"Request Entity Too Large","status":413,"detail":"refused: output bytes: the limit ` +
				`is 1 KiB","resource":"output","limit":1024}`},
		{&http.MaxBytesError{Limit: 10},
			`{"type":"about:blank","title":"Request Entity Too Large","status":413,"detail":"refused: the request body: the ` +
				`limit is 10 B","resource":"input","limit":10}`},
		{limitshttp.ErrForm, `{"type":"about:blank","title":"Bad Request","status":400,"detail":"refused: the form is ` +
			`broken"}`},
		{limits.ErrBusy, `{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"busy: try again ` +
			`later"}`},
		{errors.New("/srv/secret"), `{"type":"about:blank","title":"Internal Server Error","status":500,"detail":"internal ` +
			`error"}`},
		{&limits.ConfigError{Op: "op"}, `{"type":"about:blank","title":"Internal Server Error","status":500,` +
			`"detail":"internal error"}`},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Accept", "application/problem+json")
		w := httptest.NewRecorder()
		w.Header().Set("Content-Length", "5")
		w.Header().Set("Content-Encoding", "gzip")
		limitshttp.Fail(w, r, tc.err)
		if diff := cmp.Diff(tc.want+"\n", w.Body.String()); diff != "" || w.Code != limitshttp.Status(tc.err) {
			t.Errorf("%d %s", w.Code, diff)
		}
		if !json.Valid(w.Body.Bytes()) || w.Header().Get("Content-Type") != "application/problem+json" ||
			w.Header().Get("X-Content-Type-Options") != "nosniff" || w.Header().Get("Content-Length") != "" ||
			w.Header().Get("Content-Encoding") != "" || (w.Code == 503) != (w.Header().Get("Retry-After") == "1") {
			t.Errorf("%v", w.Header())
		}
	}
}

// adviceIn returns the advice of a rule.
func adviceIn(rules iter.Seq[limits.RuleInfo], rule limits.Rule) string {
	for info := range rules {
		if info.Rule == rule {
			return info.Advice
		}
	}
	return "no advice"
}

// TestAdvice: with Options.Rules the sender learns what to do, by the package that has refused.
func TestAdvice(t *testing.T) {
	o := usual
	o.Rules = map[string]iter.Seq[limits.RuleInfo]{"safezip": safezip.Rules(), "unicodeid": unicodeid.Rules(),
		"nothing": nil}
	for _, tc := range []struct {
		err  error
		want string
	}{
		{&limits.RuleError{Op: "safezip.Extract", Rule: safezip.RuleBidiControl, Offset: -1},
			"refused: bidi-control\n" + adviceIn(safezip.Rules(), safezip.RuleBidiControl) + "\n"},
		{&limits.RuleError{Op: "unicodeid.Register", Rule: unicodeid.RuleBidiControl, Offset: -1},
			"refused: bidi-control\n" + adviceIn(unicodeid.Rules(), unicodeid.RuleBidiControl) + "\n"},
		{&limits.RuleError{Op: "safexml.Validate", Rule: "doctype", Offset: -1}, "refused: doctype\n"},
		{errors.Join(&limits.RuleError{Op: "safezip.Extract", Rule: safezip.RuleBidiControl}, &limits.ConfigError{}),
			"internal error\n"},
		{limits.ErrBusy, "busy: try again later\n"},
	} {
		h := limitshttp.Handler(http.HandlerFunc(
			func(w http.ResponseWriter, r *http.Request) { limitshttp.Fail(w, r, tc.err) }), o)
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		w := httptest.NewRecorder()
		if h.ServeHTTP(w, r); w.Body.String() != tc.want {
			t.Errorf("%q, want %q", w.Body, tc.want)
		}
		r.Header.Set("Accept", "application/json")
		w = httptest.NewRecorder()
		h.ServeHTTP(w, r)
		var got struct{ Detail, Advice string }
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil ||
			strings.TrimSuffix(got.Detail+"\n"+got.Advice, "\n")+"\n" != tc.want {
			t.Errorf("%s: %v", w.Body, err)
		}
	}
}

// TestAccept: plain text unless JSON is asked for at least as much.
func TestAccept(t *testing.T) {
	for accept, want := range map[string]bool{
		"":                                               false,
		"*/*":                                            false,
		"application/problem+json":                       true,
		"application/json":                               true,
		"Application/JSON; charset=utf-8":                true,
		"application/json, text/plain, */*":              true,
		"application/*":                                  true,
		"application/json;q=0.5, text/plain":             false,
		"application/json;q=0.5, text/*;q=0.4":           true,
		"application/json;q=0.5, */*;q=0.8":              false,
		"application/json;q=0.8, */*;q=0.5":              true,
		"application/problem+json;q=0, application/json": false,
		"application/json;q=0":                           false,
		"application/json;q=evil":                        false,
		"application/json;q=2":                           false,
		"application/json ; level=1 ; Q = 0.9":           true,
		"text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8": false,
		"text/plain":        false,
		"image/png":         false,
		",,;;/,application": false,
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		for line := range strings.SplitSeq(accept, "|") {
			r.Header.Add("Accept", line)
		}
		w := httptest.NewRecorder()
		limitshttp.Fail(w, r, limits.ErrBusy)
		if got := strings.HasPrefix(w.Header().Get("Content-Type"), "application/problem+json"); got != want ||
			w.Header().Get("Vary") != "Accept" {
			t.Errorf("%q: %v", accept, w.Header())
		}
	}
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Header.Add("Accept", "text/plain;q=0.1")
	r.Header.Add("Accept", "application/json")
	w := httptest.NewRecorder()
	if limitshttp.Fail(w, r, limits.ErrBusy); !json.Valid(w.Body.Bytes()) {
		t.Errorf("two headers: %s", w.Body)
	}
}

// TestFailAfterTheHeader: an answer that has begun is left as it is.
func TestFailAfterTheHeader(t *testing.T) {
	begin := map[string]func(w http.ResponseWriter){
		"/write":  func(w http.ResponseWriter) { _, _ = io.WriteString(w, "some") },
		"/header": func(w http.ResponseWriter) { w.WriteHeader(http.StatusAccepted); _, _ = w.Write([]byte("some")) },
		"/copy":   func(w http.ResponseWriter) { _, _ = io.Copy(w, io.LimitReader(strings.NewReader("some more"), 4)) },
		"/flush": func(w http.ResponseWriter) {
			w.(http.Flusher).Flush() //nolint:errcheck // It is one.
			_, _ = io.WriteString(w, "some")
		},
		"/controller": func(w http.ResponseWriter) {
			if err := http.NewResponseController(w).Flush(); err != nil {
				t.Error(err)
			}
			_, _ = io.WriteString(w, "some")
		},
		"/wrapped": func(w http.ResponseWriter) { _, _ = io.WriteString(&logged{w}, "some") },
	}
	refusal := &limits.RuleError{Rule: "formula", Offset: -1}
	s := serve(t, usual, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/hints":
			w.WriteHeader(http.StatusEarlyHints)
		case "/failed-copy":
			if _, err := io.Copy(w, failing{}); err == nil {
				t.Error("no error")
			}
		default:
			begin[r.URL.Path](w)
		}
		limitshttp.Fail(&logged{w}, r, refusal)
		limitshttp.Error(w, refusal)
	})
	for path := range begin {
		res, err := http.Get(s.URL + path) //nolint:noctx // A test.
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if res.StatusCode >= 300 || string(text) != "some" {
			t.Errorf("%s: %d %q", path, res.StatusCode, text)
		}
	}
	for _, path := range []string{"/hints", "/failed-copy"} {
		res, err := http.Get(s.URL + path) //nolint:noctx // A test.
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if res.StatusCode != http.StatusUnprocessableEntity || string(text) != "refused: formula\n" {
			t.Errorf("%s: %d %q", path, res.StatusCode, text)
		}
	}
}

// logged is another program's wrapping of a writer.
type logged struct{ http.ResponseWriter }

func (l *logged) Unwrap() http.ResponseWriter { return l.ResponseWriter }

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("the disk") }

// TestWriterHasWhatTheServersHas: handlers that ask for optional methods find them as before.
func TestWriterHasWhatTheServersHas(t *testing.T) {
	methods := func(w http.ResponseWriter) string {
		_, flusher := w.(http.Flusher)
		_, hijacker := w.(http.Hijacker)
		_, pusher := w.(http.Pusher)
		_, from := w.(io.ReaderFrom)
		_, text := w.(io.StringWriter)
		deadline := http.NewResponseController(w).SetWriteDeadline(time.Now().Add(time.Minute))
		return fmt.Sprint(flusher, hijacker, pusher, from || pusher, text, deadline == nil)
	}
	var plain, handled string
	h := limitshttp.Handler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { handled = methods(w) }), usual)
	for _, http2 := range []bool{false, true} {
		s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			plain = methods(w)
			h.ServeHTTP(w, r)
		}))
		s.EnableHTTP2 = http2
		s.StartTLS()
		res, err := s.Client().Get(s.URL) //nolint:noctx // A test.
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if plain != handled || res.ProtoMajor == 2 != http2 {
			t.Errorf("%s: %s, without Handler %s", res.Proto, handled, plain)
		}
		s.Close()
	}
	s := serve(t, usual, func(w http.ResponseWriter, r *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack() //nolint:errcheck // It is one.
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = io.WriteString(conn, "HTTP/1.1 204 No Content\r\n\r\n")
		_ = conn.Close()
		limitshttp.Fail(w, r, limits.ErrBusy)
	})
	res, err := http.Get(s.URL) //nolint:noctx // A test.
	if err != nil || res.StatusCode != http.StatusNoContent {
		t.Errorf("%v, %v", res, err)
	}
	_ = res.Body.Close()
	// Another server, which has nothing.
	w := bare{http.Header{}}
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if _, flushes := any(w).(http.Flusher); flushes || strings.HasPrefix(handled, "true") {
		t.Errorf("a writer without Flush: %s", handled)
	}
}

type bare struct{ header http.Header }

func (b bare) Header() http.Header         { return b.header }
func (b bare) Write(p []byte) (int, error) { return len(p), nil }
func (b bare) WriteHeader(int)             {}
