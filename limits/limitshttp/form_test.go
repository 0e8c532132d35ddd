package limitshttp_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/limits/limitshttp"
)

const urlencoded = "application/x-www-form-urlencoded"

// formServer answers with what read makes of a request, under a Handler or without one.
func formServer(t *testing.T, handled bool, read func(r *http.Request) error) *httptest.Server {
	t.Helper()
	next := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := read(r)
		if again := read(r); (err == nil) != (again == nil) || err != nil && again.Error() != err.Error() {
			t.Errorf("a second call: %v, the first: %v", again, err)
		}
		if err != nil {
			if r.Form != nil || r.PostForm != nil || r.MultipartForm != nil {
				t.Errorf("after %v there is a part of the form: %v %v", err, r.Form, r.PostForm)
			}
			if !errors.Is(err, limits.ErrRefused) && !errors.Is(err, limitshttp.ErrForm) {
				t.Errorf("%v is neither a refusal nor a broken form", err)
			}
			if errors.Is(err, limitshttp.ErrForm) && (errors.Is(err, limits.ErrRefused) || errors.Is(err, limits.ErrConfig)) {
				t.Errorf("%v is of two kinds", err)
			}
			if _, of := r.Body.Read(make([]byte, 1)); of == nil || of.Error() != err.Error() {
				t.Errorf("the body says %v after %v", of, err)
			}
			checkHarmless(t, limitshttp.Public(err))
			limitshttp.Fail(w, r, err)
			return
		}
		fmt.Fprintf(w, "%s|%s", r.Form.Encode(), r.PostForm.Encode())
	})
	var h http.Handler = next
	if handled {
		h = limitshttp.Handler(next, limitshttp.Options{Body: limits.MiB,
			Envelope: limits.Limits{MemoryBytes: 64 * limits.MiB}})
	}
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

// send sends a body of a media type, chunked if its length is not to be declared.
func send(t *testing.T, method, url, media, body string, chunked bool) (int, string) {
	t.Helper()
	var r io.Reader = strings.NewReader(body)
	if chunked {
		r = io.MultiReader(r)
	}
	req, err := http.NewRequestWithContext(t.Context(), method, url, r)
	if err != nil {
		t.Fatal(err)
	}
	if media != "" {
		req.Header.Set("Content-Type", media)
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
	return res.StatusCode, strings.TrimSuffix(string(data), "\n")
}

// TestParseForm reads what ParseForm of net/http reads, and refuses all that it drops in silence.
func TestParseForm(t *testing.T) {
	lim := limits.Limits{InputBytes: 20, Items: 4}
	for _, tc := range []struct {
		name, method, query, media, body string
		status                           int
		want                             string
	}{
		{"fields", "POST", "", urlencoded, "a=1&b=2", 200, "a=1&b=2|a=1&b=2"},
		{"body before query", "PUT", "a=3", urlencoded, "a=1", 200, "a=1&a=3|a=1"},
		{"patch", "PATCH", "", urlencoded + "; charset=utf-8", "a=%C3%A9+%26", 200, "a=%C3%A9+%26|a=%C3%A9+%26"},
		{"no value, no key, empty fields", "POST", "", urlencoded, "a&=2&&b=", 200, "=2&a=&b=|=2&a=&b="},
		{"query alone", "GET", "a=1&a=2", "", "", 200, "a=1&a=2|"},
		{"nothing", "POST", "", "", "", 200, "|"},
		{"exactly the bytes", "POST", "", urlencoded, "a=" + strings.Repeat("x", 18), 200,
			"a=" + strings.Repeat("x", 18) + "|a=" + strings.Repeat("x", 18)},
		{"a byte more", "POST", "", urlencoded, "a=" + strings.Repeat("x", 19), 413, "refused: input bytes: the limit is " +
			"20 B"},
		{"exactly the fields", "POST", "d=4&c=3", urlencoded, "a=1&b=2", 200, "a=1&b=2&c=3&d=4|a=1&b=2"},
		{"a field more", "POST", "d=4&c=3", urlencoded, "a=1&b=2&e=5", 422, "refused: items: the limit is 4"},
		{"fields of the query", "GET", "a&a&a&a&a", "", "", 422, "refused: items: the limit is 4"},
		{"a bad escape", "POST", "", urlencoded, "a=1&b=%zz", 400, "refused: a field has a bad escape"},
		{"a bad escape in a key", "POST", "", urlencoded, "%=1", 400, "refused: a field has a bad escape"},
		{"a bad escape in the query", "POST", "b=%zz", urlencoded, "a=1", 400, "refused: a field has a bad escape"},
		{"a semicolon", "POST", "", urlencoded, "a=1;b=2", 400, "refused: a field holds a semicolon that is not escaped"},
		{"no media type", "POST", "", "", "a=1", 400, "refused: the body has no Content-Type"},
		{"a malformed media type", "POST", "", "application; evil", "a=1", 400, "refused: the Content-Type is malformed"},
		{"a malformed parameter", "POST", "", urlencoded + "; evil=\"", "a=1", 400, "refused: the Content-Type is malformed"},
		{"another media type", "POST", "", "application/json", `{"a":1}`, 415, "refused: the body is not a form"},
		{"multipart", "POST", "", "multipart/form-data; boundary=x", "--x--", 415, "refused: the form is multipart: " +
			"ParseMultipart reads it"},
	} {
		for _, handled := range []bool{true, false} {
			s := formServer(t, handled, func(r *http.Request) error { return limitshttp.ParseForm(r, lim) })
			for _, chunked := range []bool{false, true} {
				if tc.body == "" && chunked {
					continue
				}
				status, text := send(t, tc.method, s.URL+"/?"+tc.query, tc.media, tc.body, chunked)
				if status != tc.status || text != tc.want {
					t.Errorf("%s (chunked %v): %d %q, want %d %q", tc.name, chunked, status, text, tc.status, tc.want)
				}
			}
		}
	}
}

// TestParseFormAgrees: what is taken reads as net/http reads it.
func TestParseFormAgrees(t *testing.T) {
	for _, text := range []string{"", "a", "a=", "=a", "a=b=c", "a=1&a=2", "&&a=1&", "+=+", "%41=%42", "é=ü", "a=\x00",
		"a[]=1&a[]=2"} {
		ours := httptest.NewRequest(http.MethodPost, "/?q=1&"+url.PathEscape("z=ö"), strings.NewReader(text))
		ours.Header.Set("Content-Type", urlencoded)
		theirs := httptest.NewRequest(http.MethodPost, ours.URL.String(), strings.NewReader(text))
		theirs.Header.Set("Content-Type", urlencoded)
		if err := limitshttp.ParseForm(ours, limits.Limits{Items: 10}); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		if err := theirs.ParseForm(); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(theirs.Form, ours.Form) + cmp.Diff(theirs.PostForm, ours.PostForm); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

// multi writes a multipart form: a name and a value each, and a file where the name begins with @.
func multi(t testing.TB, fields ...string) (media, body string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i < len(fields); i += 2 {
		var part io.Writer
		var err error
		if name, file := strings.CutPrefix(fields[i], "@"); file {
			part, err = w.CreateFormFile(name, name+".txt")
		} else {
			part, err = w.CreateFormField(name)
		}
		if err == nil {
			_, err = io.WriteString(part, fields[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return w.FormDataContentType(), b.String()
}

// TestParseMultipart: parts and fields of the query are counted, bytes are bounded, and nothing is
// dropped.
func TestParseMultipart(t *testing.T) {
	media, body := multi(t, "a", "1", "@f", "content", "b", "2")
	raw := func(lines ...string) string { return strings.Join(lines, "\r\n") }
	const x = "multipart/form-data; boundary=x"
	lim := limits.Limits{InputBytes: limits.Bytes(len(body)), Items: 4}
	for _, tc := range []struct {
		name, query, media, body string
		status                   int
		want                     string
	}{
		{"as many as allowed", "q=3", media, body, 200, "a=1&b=2&q=3|a=1&b=2"},
		{"a field more", "q=3&r=4", media, body, 422, "refused: items: the limit is 4"},
		{"a byte more", "", media, body + "x", 413, "refused: input bytes: the limit is " + strconv.Itoa(len(body)) + " B"},
		{"without the last line end", "", media, strings.TrimSuffix(body, "\r\n"), 200, "a=1&b=2|a=1&b=2"},
		{"no boundary", "", "multipart/form-data", body, 400, "refused: the form has no boundary"},
		{"an empty boundary", "", "multipart/form-data; boundary=", body, 400, "refused: the Content-Type is malformed"},
		{"another boundary", "", "multipart/form-data; boundary=y", body, 400, "refused: the multipart form is malformed"},
		{"no end", "", media, body[:len(body)-8], 400, "refused: the multipart form is malformed"},
		{"no name", "", x, raw("--x", "Content-Disposition: form-data", "", "evil", "--x--"), 400,
			"refused: a part of the form has no name"},
		{"a name given twice", "", x, raw("--x", `Content-Disposition: form-data; name="a"; name="b"`, "", "evil", "--x--"),
			400, "refused: a part of the form has no name"},
		{"a name in two lines", "", x, raw("--x", "Content-Disposition: form-data; name=a",
			"Content-Disposition: form-data; name=b", "", "evil", "--x--"), 400,
			"refused: a part of the form has more than one Content-Disposition"},
		{"a name in two forms", "", x, raw("--x", `Content-Disposition: form-data; name="a"; name*=utf-8''b`, "", "evil",
			"--x--"), 400, "refused: a part of the form has more than one name"},
		{"a name in pieces", "", x, raw("--x", `Content-Disposition: form-data; NAME*0=a; name*1=b`, "", "evil",
			"--x--"), 400, "refused: a part of the form has more than one name"},
		{"a name beside pieces", "", x, raw("--x", `Content-Disposition: form-data; name = a; name*0*=utf-8''b`, "", "evil",
			"--x--"), 400, "refused: a part of the form has more than one name"},
		{"a name in the other form", "", x, raw("--x", `Content-Disposition: form-data; name*=utf-8''%C3%A9`, "", "v",
			"--x--"), 200, "%C3%A9=v|%C3%A9=v"},
		{"names in a file name", "", x, raw("--x", `Content-Disposition: form-data; name="a\"; name*=b"; `+
			`filename=" ;name*=c"; filename*=utf-8''d`, "", "v", "--x--"), 200, "|"},
		{"a boundary in the other form", "", "multipart/form-data; boundary=y; Boundary*=utf-8''x", raw("--x",
			"Content-Disposition: form-data; name=a", "", "v", "--x--"), 400, "refused: the boundary is in an extended form"},
		{"a boundary in pieces", "", "multipart/form-data; boundary*0=x; boundary*1=y", "--xy--", 400,
			"refused: the boundary is in an extended form"},
		{"a boundary with a star", "", `multipart/form-data; charset="boundary*=z"; boundary="x*"`, "--x*--", 200, "|"},
		{"no header", "", x, raw("--x", "", "evil", "--x--"), 400, "refused: a part of the form has no name"},
		{"a bad header", "", x, raw("--x", "evil header", "", "a", "--x--"), 400, "refused: the multipart form is malformed"},
		{"a bad escape in the query", "%zz", media, body, 400, "refused: a field has a bad escape"},
		{"urlencoded", "", urlencoded, "a=1", 415, "refused: the form is not multipart: ParseForm reads it"},
		{"another media type", "", "multipart/mixed; boundary=x", "--x--", 415, "refused: the body is not a form"},
		{"nothing", "", "", "", 400, "refused: there is no form"},
		{"no parts", "", x, "--x--", 200, "|"},
		{"quoted-printable", "", x, raw("--x", `Content-Disposition: form-data; name="a"`, "Content-Transfer-Encoding: "+
			"quoted-printable", "", "=41", "--x--"), 200, "a=A|a=A"},
	} {
		for _, handled := range []bool{true, false} {
			s := formServer(t, handled, func(r *http.Request) error { return limitshttp.ParseMultipart(r, lim) })
			for _, chunked := range []bool{false, true} {
				if tc.body == "" && chunked {
					continue
				}
				status, text := send(t, http.MethodPost, s.URL+"/?"+tc.query, tc.media, tc.body, chunked)
				if strings.HasPrefix(tc.name, "an empty boundary") && text == "refused: the form has no boundary" {
					text = tc.want // mime has changed its mind about it.
				}
				if status != tc.status || text != tc.want {
					t.Errorf("%s (chunked %v): %d %q, want %d %q", tc.name, chunked, status, text, tc.status, tc.want)
				}
			}
		}
	}
}

// TestMultipartCut: a form that is cut anywhere before its last boundary is refused, though its
// body arrives whole.
func TestMultipartCut(t *testing.T) {
	media, body := multi(t, "a", "1", "@f", "content", "b", "2")
	lf := strings.ReplaceAll(body, "\r\n", "\n")
	for _, body := range []string{body, lf, "a preamble\r\n" + body} {
		end := strings.LastIndex(body, "--") + 2
		for n := range len(body) + 1 {
			r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body[:n]))
			r.Header.Set("Content-Type", media)
			err := limitshttp.ParseMultipart(r, limits.Limits{InputBytes: limits.KiB, Items: 9})
			if n >= end && !strings.HasSuffix(body[:n], "\r") &&
				(err != nil || len(r.PostForm) != 2 || len(r.MultipartForm.File) != 1) {
				t.Errorf("whole at %d: %v", n, err)
			}
			if n < end && limitshttp.Status(err) != 400 {
				t.Errorf("cut at %d of %d: %v", n, len(body), err)
			}
			if err == nil {
				_ = r.MultipartForm.RemoveAll()
			}
		}
	}
}

// TestParts sends as many parts as mime/multipart reads, and one more.
func TestParts(t *testing.T) {
	fields := []string{}
	for i := range limitshttp.MaxParts {
		fields = append(fields, "f"+strconv.Itoa(i), "v")
	}
	s := formServer(t, true, func(r *http.Request) error {
		err := limitshttp.ParseMultipart(r, limits.Limits{InputBytes: limits.MiB, Items: limitshttp.MaxParts})
		if err == nil && len(r.MultipartForm.Value) != limitshttp.MaxParts {
			t.Errorf("%d values", len(r.MultipartForm.Value))
		}
		return err
	})
	media, body := multi(t, fields...)
	if status, text := send(t, http.MethodPost, s.URL, media, body, true); status != 200 {
		t.Errorf("%d %s", status, text)
	}
	media, body = multi(t, append(fields, "one", "more")...)
	if status, text := send(t, http.MethodPost, s.URL, media, body, true); status != 422 ||
		text != "refused: items: the limit is 1000" {
		t.Errorf("%d %s", status, text)
	}
}

// TestMultipartMemory: values are bounded by MemoryBytes, and files go to the disk.
func TestMultipartMemory(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	content := strings.Repeat("x", 300<<10)
	var onDisk bool
	var got string
	s := formServer(t, true, func(r *http.Request) error {
		err := limitshttp.ParseMultipart(r, limits.Limits{InputBytes: limits.MiB, Items: 10, MemoryBytes: 100 * limits.KiB})
		if err != nil {
			return err
		}
		if f, _, err := r.FormFile("f"); err == nil {
			data, _ := io.ReadAll(f)
			got = string(data)
			_ = f.Close()
		}
		onDisk = len(inDir(t, os.TempDir())) > 0
		return nil
	})
	media, body := multi(t, "@f", content, "a", "1")
	if status, text := send(t, http.MethodPost, s.URL, media, body, true); status != 200 || got != content || !onDisk {
		t.Errorf("%d %s, %d bytes, on disk: %v", status, text, len(got), onDisk)
	}
	const want = "refused: memory bytes: the limit is 100 KiB"
	media, body = multi(t, "@f", content, "a", content)
	if status, text := send(t, http.MethodPost, s.URL, media, body, true); status != 413 || text != want {
		t.Errorf("a large value: %d %s", status, text)
	}
	media, body = multi(t, content, "1")
	if status, text := send(t, http.MethodPost, s.URL, media, body, true); status != 413 || text != want {
		t.Errorf("a large header: %d %s", status, text)
	}
	if left := inDir(t, os.TempDir()); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// inDir lists a directory.
func inDir(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Error(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// TestFilesOfACopy: a handler that reads the form of a copy of the request leaves no file either.
func TestFilesOfACopy(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	next := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := limitshttp.ParseMultipart(r, limits.Limits{InputBytes: limits.MiB, Items: 10})
		if err != nil || len(inDir(t, os.TempDir())) == 0 {
			t.Errorf("%v, with %v", err, inDir(t, os.TempDir()))
		}
	})
	s := serve(t, limitshttp.Options{Body: limits.MiB, Envelope: limits.Limits{Time: time.Minute}},
		http.StripPrefix("/x", next).ServeHTTP)
	media, body := multi(t, "@f", strings.Repeat("x", 100_000))
	if status, text := send(t, http.MethodPost, s.URL+"/x/y", media, body, true); status != 200 {
		t.Errorf("%d %s", status, text)
	}
	if left := inDir(t, os.TempDir()); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestForms: under Options.Forms no handler sees a broken form, and FormValue drops nothing.
func TestForms(t *testing.T) {
	o := limitshttp.Options{Body: limits.KiB, Envelope: limits.Limits{Time: time.Minute}, Forms: limits.Limits{Items: 2}}
	reached := false
	s := serve(t, o, func(w http.ResponseWriter, r *http.Request) {
		reached = true
		_, _ = io.WriteString(w, r.FormValue("a")+"|"+r.PostFormValue("a")+"|"+strconv.FormatBool(r.MultipartForm != nil))
		if err := limitshttp.ParseForm(r, limits.Limits{Items: 1}); err != nil && r.Form == nil {
			t.Errorf("a second reading: %v", err)
		}
	})
	media, form := multi(t, "a", "1", "@f", "x")
	_, three := multi(t, "a", "1", "b", "2", "c", "3")
	threeMedia := "multipart/form-data; boundary=" + three[2:strings.Index(three, "\r\n")]
	_, large := multi(t, "a", strings.Repeat("x", 2000))
	largeMedia := "multipart/form-data; boundary=" + large[2:strings.Index(large, "\r\n")]
	for _, tc := range []struct {
		name, media, body string
		status            int
		want              string
	}{
		{"urlencoded", urlencoded, "a=1&b=2", 200, "1|1|false"},
		{"multipart", media, form, 200, "1|1|true"},
		{"no form", "application/json", "a=1", 200, "||false"},
		{"too many fields", urlencoded, "a=1&b=2&c=3", 422, "refused: items: the limit is 2"},
		{"too many parts", threeMedia, three, 422, "refused: items: the limit is 2"},
		{"too large", urlencoded, "a=" + strings.Repeat("x", 2000), 413, "refused: the request body: the limit is 1 KiB"},
		{"too large in parts", largeMedia, large, 413, ""},
		{"a bad escape", urlencoded, "a=1&b=%", 400, "refused: a field has a bad escape"},
		{"no boundary", "multipart/form-data", form, 400, "refused: the form has no boundary"},
		{"malformed after the name", "Multipart/Form-Data; boundary", form, 400, "refused: the Content-Type is malformed"},
		{"a comma after the name", "multipart/form-data, x; boundary=y", form, 400,
			"refused: the Content-Type is malformed"},
		{"a word after the name", urlencoded + " x", "a=1", 400, "refused: the Content-Type is malformed"},
		{"a longer name", "multipart/form-data2", form, 200, "||false"},
		{"in capitals", "APPLICATION/X-WWW-FORM-URLENCODED", "a=1", 200, "1|1|false"},
	} {
		for _, chunked := range []bool{false, true} {
			reached = false
			status, text := send(t, http.MethodPost, s.URL, tc.media, tc.body, chunked)
			if status != tc.status || tc.want != "" && text != tc.want || reached != (status == 200) {
				t.Errorf("%s (chunked %v): %d %q, reached: %v", tc.name, chunked, status, text, reached)
			}
		}
	}
}

// TestBodyBreaksOff: a body that does not arrive whole is the sender's fault, and the same error
// from a file of the server is not.
func TestBodyBreaksOff(t *testing.T) {
	status := make(chan int, 1)
	read := map[string]func(r *http.Request) error{
		"/raw":  func(r *http.Request) error { _, err := io.ReadAll(r.Body); return err },
		"/form": func(r *http.Request) error { return limitshttp.ParseForm(r, limits.Limits{Items: 9}) },
		"/multi": func(r *http.Request) error {
			return limitshttp.ParseMultipart(r, limits.Limits{InputBytes: 999, Items: 9})
		},
		"/std": func(r *http.Request) error { return r.ParseMultipartForm(1000) },
		"/own": func(r *http.Request) error {
			_, err := io.ReadFull(strings.NewReader("a"), make([]byte, 2))
			return err
		},
	}
	s := serve(t, usual, func(w http.ResponseWriter, r *http.Request) {
		err := read[r.URL.Path](r)
		if err != nil {
			limitshttp.Fail(w, r, err)
		}
		status <- limitshttp.Status(err)
	})
	media, form := multi(t, "a", "1")
	for _, tc := range []struct {
		path, header, body string
		want               int
	}{
		{"/raw", "Content-Length: 100\r\n", "a=1", 400},
		{"/raw", "Transfer-Encoding: chunked\r\n", "5\r\na=1", 400},
		{"/raw", "Transfer-Encoding: chunked\r\n", "zz\r\na=1\r\n0\r\n\r\n", 400},
		{"/form", "Content-Type: " + urlencoded + "\r\nContent-Length: 100\r\n", "a=1", 400},
		{"/form", "Content-Type: " + urlencoded + "\r\nContent-Length: 3\r\n", "a=1", 200},
		{"/form", "Content-Type: " + urlencoded + "\r\nTransfer-Encoding: chunked\r\n", "5\r\na=1", 400},
		{"/form", "Content-Type: " + urlencoded + "\r\nTransfer-Encoding: chunked\r\n", "3\r\na=1\r\n0\r\n\r\n", 200},
		{"/multi", "Content-Type: " + media + "\r\nTransfer-Encoding: chunked\r\n", "3e7\r\n" + form, 400},
		{"/multi", "Content-Type: " + media + "\r\nContent-Length: 900\r\n", form[:len(form)-20], 400},
		{"/multi", "Content-Type: " + media + "\r\nContent-Length: 900\r\n", form, 400},
		{"/std", "Content-Type: " + media + "\r\nContent-Length: 900\r\n", form[:len(form)-20], 400},
		{"/own", "Content-Length: 0\r\n", "", 500},
	} {
		conn, err := net.Dial("tcp", s.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		_, err = io.WriteString(conn, "POST "+tc.path+" HTTP/1.1\r\nHost: x\r\n"+tc.header+"\r\n"+tc.body)
		if err != nil {
			t.Fatal(err)
		}
		_ = conn.(*net.TCPConn).CloseWrite() //nolint:errcheck // It is one.
		if got := <-status; got != tc.want {
			t.Errorf("%s %q %q: %d, want %d", tc.path, tc.header, tc.body, got, tc.want)
		}
		_ = conn.Close()
	}
}

// TestFailBodyBreaksOff: net/http cancels the context of a request whose connection ends. An
// operation that hears of that first is answered as one that hears of the body, and an operation
// that is canceled for another reason is not.
func TestFailBodyBreaksOff(t *testing.T) {
	s := serve(t, usual, func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithCancel(r.Context())
		defer cancel()
		b, err := limits.Limits{InputBytes: 100, Time: time.Minute}.Start(ctx, "op")
		if err != nil {
			t.Error(err)
		}
		defer b.Close()
		_, err = io.ReadAll(b.Reader(limits.InputBytes, r.Body))
		if r.URL.Path == "/canceled" {
			cancel()
			err = b.Spend(limits.Steps, 1)
		}
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v; want one that was canceled", r.URL.Path, err)
		}
		limitshttp.Fail(w, r.WithContext(ctx), err)
	})
	for _, tc := range []struct {
		path, body string
		want       int
	}{{"/", "5\r\na=1", 400}, {"/canceled", "3\r\na=1\r\n0\r\n\r\n", 500}} {
		conn, err := net.Dial("tcp", s.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		_, err = io.WriteString(conn, "POST "+tc.path+" HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"+tc.body)
		if err != nil {
			t.Fatal(err)
		}
		_ = conn.(*net.TCPConn).CloseWrite() //nolint:errcheck // It is one.
		response, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		if response.StatusCode != tc.want {
			t.Errorf("%s: %d, want %d", tc.path, response.StatusCode, tc.want)
		}
		_, _ = response.Body.Close(), conn.Close()
	}
}

// TestFormConfig tells the caller's own mistakes.
func TestFormConfig(t *testing.T) {
	get := func() *http.Request { return httptest.NewRequest(http.MethodPost, "/", nil) }
	read := get()
	if err := read.ParseForm(); err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{
		"no request":           limitshttp.ParseForm(nil, limits.Limits{Items: 1}),
		"no limits":            limitshttp.ParseForm(get(), limits.Limits{}),
		"no limits, multipart": limitshttp.ParseMultipart(get(), limits.Limits{}),
		"no InputBytes":        limitshttp.ParseMultipart(get(), limits.Limits{Items: 1}),
		"too many parts":       limitshttp.ParseMultipart(get(), limits.Limits{InputBytes: 1, Items: 1001}),
		"any number of parts": limitshttp.ParseMultipart(get(),
			limits.Limits{InputBytes: 1, Items: limits.UnsafeUnlimited}),
		"a limit of no use":     limitshttp.ParseForm(get(), limits.Limits{Items: 1, Depth: 3}),
		"read before":           limitshttp.ParseForm(read, limits.Limits{Items: 1}),
		"read before, in parts": limitshttp.ParseMultipart(read, limits.Limits{InputBytes: 1, Items: 1}),
		"Forms": limitshttp.Options{Body: 1, Envelope: limits.Limits{Steps: 1},
			Forms: limits.Limits{Items: 1001}}.Check(),
		"Forms without Items": limitshttp.Options{Body: 1, Envelope: limits.Limits{Steps: 1},
			Forms: limits.Limits{InputBytes: 1}}.Check(),
	} {
		if !errors.Is(err, limits.ErrConfig) || limitshttp.Status(err) != 500 {
			t.Errorf("%s: %v", name, err)
		}
	}
	o := limitshttp.Options{Body: 1, Envelope: limits.Limits{Steps: 1}, Forms: limits.Limits{Depth: 2}}
	want := "limitshttp.Handler: Options.Forms.Items is not set: give it a limit, or limits.UnsafeUnlimited for input " +
		"you trust; " +
		"Options.Forms.OutputBytes, Depth or Steps is set: leave it out, because nothing here spends it"
	if err := o.Check(); err == nil || err.Error() != want {
		t.Errorf("%v", err)
	}
}

// TestFormEnvelope: a form spends from the request's envelope, and gives back what it held.
func TestFormEnvelope(t *testing.T) {
	form := strings.Repeat("x", 5000)
	ask := func(memory limits.Bytes) error {
		ctx, cancel, err := limits.With(t.Context(), limits.Limits{MemoryBytes: memory})
		if err != nil {
			t.Fatal(err)
		}
		defer cancel()
		r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/", strings.NewReader("a="+form))
		r.Header.Set("Content-Type", urlencoded)
		err = limitshttp.ParseForm(r, limits.Limits{Items: 1})
		if err == nil {
			b, _ := limits.Limits{MemoryBytes: memory}.Start(ctx, "op", limits.MemoryBytes)
			if err := b.Hold(limits.MemoryBytes, int64(memory)); err != nil {
				t.Errorf("not all is given back: %v", err)
			}
			b.Close()
		}
		return err
	}
	if err := ask(16 * limits.KiB); err != nil {
		t.Error(err)
	}
	if err := ask(limits.KiB); !errors.Is(err, limits.ErrExceeded) {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/", strings.NewReader("a=1"))
	r.Header.Set("Content-Type", urlencoded)
	if err := limitshttp.ParseForm(r, limits.Limits{Items: 1}); !errors.Is(err, context.Canceled) ||
		errors.Is(err, limits.ErrRefused) {
		t.Errorf("canceled: %v", err)
	}
}
