package limitshttp

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
)

// Defaults of the limits of [ParseForm] and [ParseMultipart].
const (
	DefaultFormBytes       = 1 * limits.MiB   // InputBytes of ParseForm
	DefaultFormTime        = 10 * time.Second // Time of ParseForm
	DefaultMultipartMemory = 1 * limits.MiB   // MemoryBytes of ParseMultipart
	DefaultMultipartTime   = 5 * time.Minute  // Time of ParseMultipart
	// MaxParts is the ceiling of Items of ParseMultipart, which is that of mime/multipart.
	MaxParts = 1000
)

const (
	urlencodedForm = "application/x-www-form-urlencoded"
	multipartForm  = "multipart/form-data"
)

// ErrForm is matched by the error of a form that is broken, or is none: no boundary, bad escapes, a
// body that breaks off, another media type. [Status] answers 400, and 415 for another media type.
// It matches no kind of package limits, because neither a rule nor a budget has spoken.
var ErrForm error = errForm{}

type errForm struct{}

func (errForm) Error() string { return "broken form" }

// A formError says what is wrong with a form. It matches ErrForm.
type formError struct {
	op     string
	reason string // in our words
	status int    // 400 or 415
	err    error  // what was said of it; may be nil
}

// Error says the operation, the reason and, quoted, what was said of it.
func (e *formError) Error() string {
	text := e.op + ": " + e.reason
	if e.err != nil {
		text += ": " + limits.Quote(e.err.Error())
	}
	return text
}

// Is matches ErrForm.
func (e *formError) Is(target error) bool { return target == ErrForm }

// Unwrap returns what was said of it.
func (e *formError) Unwrap() error { return e.err }

// A form is what a reading has come to. It is told again to the next reader of the same request.
type form struct {
	multipart bool
	err       error
	form      url.Values
	post      url.Values
	parts     *multipart.Form
}

// put puts what was read into a request.
func (f *form) put(r *http.Request) error {
	if f.err != nil {
		r.Form, r.PostForm, r.MultipartForm = nil, nil, nil
		return f.err
	}
	r.Form, r.PostForm, r.MultipartForm = f.form, f.post, f.parts
	return nil
}

// ParseForm is (*http.Request).ParseForm under limits: it fills r.Form and r.PostForm, after which
// r.FormValue and r.PostFormValue read from them and drop no error. As there, only the bodies of
// POST, PUT and PATCH are read.
//
//	Field        Default             Meaning
//	InputBytes   DefaultFormBytes    bytes of the body
//	Items        required            fields of query and body together
//	MemoryBytes  4 × InputBytes      the body and the fields that are made of it; a map holds about 100 bytes for each field besides
//	Time         DefaultFormTime     wall clock
//
// The other fields must stay unset.
//
// Anything wrong with the form, the query included, is an error: it matches [limits.ErrRefused]
// ([Status] 413 or 422) or [ErrForm] (400, or 415 for a body of another media type, a multipart
// form included). After an error r.Form and r.PostForm are nil, never a part of the form, and
// r.Body returns the error as well, so that FormValue does not read a part by itself. A second call
// returns what the first did.
func ParseForm(r *http.Request, lim limits.Limits) error {
	const op = "limitshttp.ParseForm"
	input := lim.InputBytes
	if input == 0 {
		input = DefaultFormBytes
	}
	memory := limits.Bytes(limits.UnsafeUnlimited)
	if input > 0 && input <= (1<<63-1)/4 {
		memory = 4 * input
	}
	full := lim.Or(limits.Limits{InputBytes: input, MemoryBytes: memory, Time: DefaultFormTime})
	return parse(op, r, lim, full, false, []limits.Resource{limits.Items}, readForm)
}

// parse is what ParseForm and ParseMultipart share: what must be so before the form is read, and
// what is left after it.
func parse(op string, r *http.Request, lim, full limits.Limits, multi bool, required []limits.Resource,
	read func(op string, r *http.Request, b *limits.Budget, lim limits.Limits) (*form, error)) error {
	var problems setup.Problems
	if r == nil {
		problems.Nil("the Request")
	}
	unspent(&problems, lim)
	if multi && (lim.Items > MaxParts || lim.Items == limits.UnsafeUnlimited) {
		problems.Add("Items", "is more than %d, which is as many parts as mime/multipart reads", MaxParts)
	}
	if err := problems.Err(op, lim, required...); err != nil {
		return err
	}
	body := bodyOf(r)
	if body.form != nil {
		if body.form.multipart != multi && body.form.err == nil {
			return otherForm(op, multi)
		}
		return body.form.put(r)
	}
	if r.Form != nil || r.PostForm != nil || r.MultipartForm != nil {
		return setup.Misuse(op, "the form", "was read before, without limits: this must be the first to read it")
	}
	b, err := full.Start(r.Context(), op, required...)
	if err != nil {
		return err
	}
	defer b.Close()
	began, until := time.Now(), body.wire.deadline()
	if full.Time > 0 {
		body.wire.end(began.Add(full.Time))
	}
	f, err := read(op, r, b, full)
	switch took := time.Since(began); {
	case err == nil:
		body.wire.resume(until) // A body that is not read here may be read later.
		err = b.Err()
	case body.wire.isLate() && !ofKind(err) && full.Time > 0 && took >= full.Time:
		err = &limits.ExceededError{Op: op, Resource: limits.Time, Limit: int64(full.Time), Used: int64(took)}
	}
	if err != nil {
		if f != nil && f.parts != nil {
			_ = f.parts.RemoveAll()
		}
		if fault := body.fault(); fault != nil && errors.Is(err, context.Canceled) {
			err = fault
		}
		err = formFault(op, err)
		_ = b.Fail(err) // So that observers learn of it.
		f = &form{err: err}
		body.err = err
	}
	f.multipart = multi
	body.form = f
	return f.put(r)
}

// unspent notes the limits that no form spends.
func unspent(p *setup.Problems, lim limits.Limits) {
	if lim.OutputBytes > 0 || lim.Depth > 0 || lim.Steps > 0 {
		p.Add("OutputBytes, Depth or Steps", "is set: leave it out, because nothing here spends it")
	}
}

// formFault is what the error of reading a form is to its sender: a body that breaks off is a
// broken form, and one that Options.Body has cut is refused.
func formFault(op string, err error) error {
	switch _, broken := errors.AsType[*bodyError](err); {
	case ofKind(err) || errors.Is(err, ErrForm):
		return err
	case bodyLimit(err) != nil:
		return &bodyTooLarge{err}
	case broken:
		return &formError{op, "the body breaks off", http.StatusBadRequest, err}
	default:
		return err
	}
}

// otherForm is the error of a form of the other kind.
func otherForm(op string, multi bool) error {
	if multi {
		return &formError{op, "the form is not multipart: ParseForm reads it", http.StatusUnsupportedMediaType, nil}
	}
	return &formError{op, "the form is multipart: ParseMultipart reads it", http.StatusUnsupportedMediaType, nil}
}

// mediaType returns the media type of a body, and its parameters. It is empty for a request that
// has neither a body nor a media type.
func mediaType(op string, r *http.Request) (string, map[string]string, error) {
	lines := r.Header.Values("Content-Type")
	switch {
	case len(lines) == 0 && empty(r):
		return "", nil, nil
	case len(lines) == 0:
		return "", nil, &formError{op, "the body has no Content-Type", http.StatusBadRequest, nil}
	case len(lines) > 1:
		return "", nil, &formError{op, "the body has more than one Content-Type", http.StatusBadRequest, nil}
	}
	media, params, err := mime.ParseMediaType(lines[0])
	if err != nil {
		return "", nil, &formError{op, "the Content-Type is malformed", http.StatusBadRequest, err}
	}
	return media, params, nil
}

// empty reports whether a request has no body.
func empty(r *http.Request) bool {
	body := bodyOf(r)
	return body.src == http.NoBody || r.ContentLength == 0
}

// readForm reads query and body into a form.
func readForm(op string, r *http.Request, b *limits.Budget, lim limits.Limits) (*form, error) {
	f := &form{form: url.Values{}, post: url.Values{}}
	if r.Method == http.MethodPost || r.Method == http.MethodPut || r.Method == http.MethodPatch {
		data, err := formBody(op, r, b, lim)
		if err != nil {
			return nil, err
		}
		if err := addFields(op, b, data, f.post, true); err != nil {
			return nil, err
		}
	}
	for key, values := range f.post {
		f.form[key] = append(f.form[key], values...)
	}
	return f, addQuery(op, r, b, f.form)
}

// addQuery adds the fields of the query.
func addQuery(op string, r *http.Request, b *limits.Budget, to url.Values) error {
	if r.URL == nil {
		return nil
	}
	return addFields(op, b, []byte(r.URL.RawQuery), to, false)
}

// formBody reads the body of a urlencoded form.
func formBody(op string, r *http.Request, b *limits.Budget, lim limits.Limits) ([]byte, error) {
	media, _, err := mediaType(op, r)
	switch {
	case err != nil:
		return nil, err
	case media == multipartForm:
		return nil, otherForm(op, false)
	case media != urlencodedForm && media != "":
		return nil, &formError{op, "the body is not a form", http.StatusUnsupportedMediaType, nil}
	}
	if err := b.Fits(limits.InputBytes, max(r.ContentLength, 0)); err != nil {
		return nil, err
	}
	src := b.Reader(limits.InputBytes, bodyOf(r))
	most := int64(1) << 62 // One more than the limit is never needed.
	if lim.InputBytes > 0 {
		most = int64(lim.InputBytes)
	}
	first := int64(128)
	if r.ContentLength >= 0 {
		first = min(r.ContentLength, 64<<10) + 1
	}
	data := []byte{}
	for {
		if len(data) == cap(data) {
			if data, err = grow(b, data, min(max(2*int64(cap(data)), first), most+1)); err != nil {
				return nil, err
			}
		}
		n, err := src.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		switch {
		case err == io.EOF:
			return data, nil
		case err != nil:
			return nil, err
		}
	}
}

// grow returns data with room for so many bytes, and accounts for it.
func grow(b *limits.Budget, data []byte, size int64) ([]byte, error) {
	if err := b.Hold(limits.MemoryBytes, size); err != nil {
		return nil, err
	}
	larger := make([]byte, len(data), size)
	copy(larger, data)
	b.Release(limits.MemoryBytes, int64(cap(data)))
	return larger, nil
}

// addFields parses urlencoded text as url.ParseQuery does, but field by field under a budget. The
// memory of the parsed form is held.
func addFields(op string, b *limits.Budget, text []byte, to url.Values, held bool) error {
	for len(text) > 0 {
		var field []byte
		field, text, _ = bytes.Cut(text, []byte("&"))
		if err := b.Err(); err != nil {
			return err
		}
		if len(field) == 0 {
			continue
		}
		if err := b.Spend(limits.Items, 1); err != nil {
			return err
		}
		if held {
			if err := b.Hold(limits.MemoryBytes, int64(len(field))); err != nil {
				return err
			}
		}
		if bytes.IndexByte(field, ';') >= 0 {
			return &formError{op, "a field holds a semicolon that is not escaped", http.StatusBadRequest, nil}
		}
		key, value, _ := strings.Cut(string(field), "=")
		key, err := url.QueryUnescape(key)
		if err == nil {
			value, err = url.QueryUnescape(value)
		}
		if err != nil {
			return &formError{op, "a field has a bad escape", http.StatusBadRequest, err}
		}
		to[key] = append(to[key], value)
	}
	return nil
}
