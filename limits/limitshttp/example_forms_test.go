package limitshttp_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/limits/limitshttp"
)

// ParseForm stands before the first FormValue, which would take a form that is too large or broken
// for one without the field.
func ExampleParseForm() {
	login := func(w http.ResponseWriter, r *http.Request) {
		if err := limitshttp.ParseForm(r, limits.Limits{InputBytes: 100, Items: 2}); err != nil {
			limitshttp.Fail(w, r, err)
			return
		}
		fmt.Fprintln(w, "hello", r.FormValue("user"))
	}
	for _, form := range []string{"user=ann&password=x", "user=ann&password=x&user=bob", "user=ann&password=%zz",
		"user=ann&password=" + strings.Repeat("x", 100)} {
		r := httptest.NewRequest(http.MethodPost, "/login", strings.NewReader(form))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		login(w, r)
		fmt.Print(w.Code, " ", w.Body)
	}
	// Output:
	// 200 hello ann
	// 422 refused: items: the limit is 2
	// 400 refused: a field has a bad escape
	// 413 refused: input bytes: the limit is 100 B
}

// ParseMultipart stands before the first FormFile.
func ExampleParseMultipart() {
	avatar := func(w http.ResponseWriter, r *http.Request) {
		err := limitshttp.ParseMultipart(r, limits.Limits{InputBytes: limits.MiB, Items: 2})
		if err != nil {
			limitshttp.Fail(w, r, err)
			return
		}
		defer func() { _ = r.MultipartForm.RemoveAll() }() // Within Handler this is done already.
		f, header, err := r.FormFile("avatar")
		if err != nil {
			http.Error(w, "no avatar", http.StatusBadRequest)
			return
		}
		defer f.Close()
		n, err := io.Copy(io.Discard, f)
		fmt.Fprintln(w, limits.Quote(header.Filename), n, err)
	}
	for _, size := range []int{5, 2 << 20} {
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		file, err := form.CreateFormFile("avatar", "me.png")
		if err == nil {
			_, err = file.Write(make([]byte, size))
		}
		if err == nil {
			err = form.Close()
		}
		if err != nil {
			log.Fatal(err)
		}
		r := httptest.NewRequest(http.MethodPost, "/avatar", &body)
		r.Header.Set("Content-Type", form.FormDataContentType())
		w := httptest.NewRecorder()
		avatar(w, r)
		fmt.Print(w.Code, " ", w.Body)
	}
	// Output:
	// 200 "me.png" 5 <nil>
	// 413 refused: input bytes: the limit is 1 MiB
}

// Fail says more than Error: with the request it knows why the context ended, and whether the
// client reads JSON.
func ExampleFail() {
	err := &limits.RuleError{Op: "safexml.Validate", Rule: "doctype", Line: 1, Column: 1}
	for _, accept := range []string{"text/plain", "application/json"} {
		r := httptest.NewRequest(http.MethodPost, "/", http.NoBody)
		r.Header.Set("Accept", accept)
		w := httptest.NewRecorder()
		limitshttp.Fail(w, r, err)
		fmt.Println(w.Code, w.Header().Get("Content-Type"))
		fmt.Println(strings.TrimSpace(w.Body.String()))
	}
	// Output:
	// 422 text/plain; charset=utf-8
	// refused: doctype (line 1, column 1)
	// 422 application/problem+json
	// {"type":"about:blank","title":"Unprocessable Entity","status":422,"detail":"refused: doctype (line 1, column 1)","rule":"doctype","line":1,"column":1}
}

// A form that is broken is told apart from one that is refused: neither a budget nor a rule has
// spoken.
func ExampleErrForm() {
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader("a=%zz"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	err := limitshttp.ParseForm(r, limits.Limits{Items: 10, Time: time.Second})
	fmt.Println(errors.Is(err, limitshttp.ErrForm), errors.Is(err, limits.ErrRefused))
	fmt.Println(limitshttp.Status(err), limitshttp.Public(err))
	// Output:
	// true false
	// 400 refused: a field has a bad escape
}
