package limitshttp

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"maps"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"

	"github.com/seed73825598/airlock/limits"
)

// ParseMultipart is (*http.Request).ParseMultipartForm under limits: it fills r.Form, r.PostForm
// and r.MultipartForm, so that r.FormFile works.
//
//	Field        Default                 Meaning
//	InputBytes   required                bytes of the whole body
//	Items        required, to MaxParts   parts of the body and fields of the query together
//	MemoryBytes  DefaultMultipartMemory  what the parts hold in memory: values, names and headers, and of the files what is left beyond 10 MiB
//	Time         DefaultMultipartTime    wall clock
//
// The other fields must stay unset. More than MaxParts is a [*limits.ConfigError]: mime/multipart
// reads no more without GODEBUG=multipartmaxparts.
//
// Files that do not fit into MemoryBytes go to one file in [os.TempDir]. It is removed by [Handler]
// when the request ends, or by r.MultipartForm.RemoveAll. A part without a name, which net/http
// leaves out, is an error here, and so are a part with two names, in two lines or in the forms of
// RFC 2231, and a boundary in such a form: other programs read another part, or another form.
//
// Errors and a second call are as for [ParseForm], r.MultipartForm included. A urlencoded form is
// ParseForm's.
func ParseMultipart(r *http.Request, lim limits.Limits) error {
	const op = "limitshttp.ParseMultipart"
	full := lim.Or(limits.Limits{MemoryBytes: DefaultMultipartMemory, Time: DefaultMultipartTime})
	return parse(op, r, lim, full, true, []limits.Resource{limits.InputBytes, limits.Items}, readMultipart)
}

// readMultipart reads query and body into a form.
func readMultipart(op string, r *http.Request, b *limits.Budget, lim limits.Limits) (*form, error) {
	media, params, err := mediaType(op, r)
	switch {
	case err != nil:
		return nil, err
	case media == urlencodedForm:
		return nil, otherForm(op, true)
	case media == "":
		return nil, &formError{op, "there is no form", http.StatusBadRequest, nil}
	case media != multipartForm:
		return nil, &formError{op, "the body is not a form", http.StatusUnsupportedMediaType, nil}
	case params["boundary"] == "":
		return nil, &formError{op, "the form has no boundary", http.StatusBadRequest, nil}
	case isExtended(r.Header.Get("Content-Type"), "boundary"):
		return nil, &formError{op, "the boundary is in an extended form", http.StatusBadRequest, nil}
	}
	if err := b.Fits(limits.InputBytes, max(r.ContentLength, 0)); err != nil {
		return nil, err
	}
	f := &form{form: url.Values{}, post: url.Values{}}
	if err := addQuery(op, r, b, f.form); err != nil {
		return nil, err
	}
	body := &headerReader{most: int64(lim.MemoryBytes), src: b.Reader(limits.InputBytes, bodyOf(r))}
	parts := &partReader{op: op, b: b, body: body, from: multipart.NewReader(body, params["boundary"]),
		boundary: rand.Text()}
	// mime/multipart adds 10 MiB to what it is given.
	const added = 10 << 20
	memory := int64(lim.MemoryBytes)
	if memory < 0 {
		memory = added + 1<<50
	}
	f.parts, err = multipart.NewReader(parts, parts.boundary).ReadForm(memory - added)
	if err == nil {
		_, err = io.Copy(io.Discard, body.src) // To its end: what stands after the form counts.
	}
	if err != nil {
		return f, parts.fault(err, memory)
	}
	for name, values := range f.parts.Value {
		f.form[name] = append(f.form[name], values...)
		f.post[name] = append(f.post[name], values...)
	}
	if cleanup := cleanupOf(r); cleanup != nil {
		cleanup.add(f.parts)
	}
	return f, b.Hold(limits.MemoryBytes, heldBy(f.parts, max(memory-added, 0)))
}

// heldBy is about what a form takes up. Of its files it is what may have been left in memory, which
// nothing tells.
func heldBy(f *multipart.Form, most int64) int64 {
	const entry = 200
	var n, files int64
	for name, values := range f.Value {
		for _, v := range values {
			n += entry + int64(len(name)) + int64(len(v))
		}
	}
	for _, parts := range f.File {
		for _, part := range parts {
			files += part.Size
		}
	}
	return n + min(files, most)
}

// A headerReader is a body of which at most so many bytes are read while a header is:
// mime/multipart holds a header of up to 10 MiB, whatever it is told.
//
// It also takes a body that ends after the boundary before a part for a whole one, which leaves out
// all parts that were to come. So two line ends follow every body: a part without a name begins
// there. A form that is whole ends before them.
type headerReader struct {
	src      io.Reader
	most     int64 // what MemoryBytes allows
	inHeader bool
	read     int64  // since the header began
	last     byte   // of what was read so far
	lineEnd  string // of the first line; empty before that
	after    string // what is left of the two line ends
	ended    bool
}

// errHeader is the error of a header that is larger.
var errHeader = errors.New("the header of a part is too large")

func (h *headerReader) Read(p []byte) (int, error) {
	if h.ended {
		n := copy(p, h.after)
		h.after = h.after[n:]
		if n == 0 && len(p) > 0 {
			return 0, io.EOF
		}
		return n, nil
	}
	n, err := h.src.Read(p)
	h.learn(p[:n])
	if err == io.EOF {
		h.ended, h.after, err = true, h.lineEnd+h.lineEnd, nil
	}
	if h.inHeader {
		const ahead = 4096 // is read of what comes after the header
		if h.read += int64(n); h.most > 0 && h.read-ahead > h.most {
			return 0, errHeader
		}
	}
	return n, err
}

// learn finds out how the first line ends, as mime/multipart does.
func (h *headerReader) learn(p []byte) {
	if h.lineEnd != "" || len(p) == 0 {
		return
	}
	i := bytes.IndexByte(p, '\n')
	if i > 0 {
		h.last = p[i-1]
	}
	switch {
	case i < 0:
		h.last = p[len(p)-1]
	case h.last == '\r':
		h.lineEnd = "\r\n"
	default:
		h.lineEnd = "\n"
	}
}

// A partReader is a multipart form written anew, part by part as it is read: each part has been
// counted and has a name before mime/multipart sees it, which would leave it out in silence.
type partReader struct {
	op       string
	b        *limits.Budget
	body     *headerReader
	from     *multipart.Reader
	boundary string
	text     []byte          // what is to be handed on first
	part     *multipart.Part // whose content is handed on then; nil between two
	err      error
}

// Read implements io.Reader.
func (p *partReader) Read(buf []byte) (int, error) {
	for {
		switch {
		case len(p.text) > 0:
			n := copy(buf, p.text)
			p.text = p.text[n:]
			return n, nil
		case p.err != nil:
			return 0, p.err
		case p.part == nil:
			p.next()
			continue
		}
		n, err := p.part.Read(buf)
		if err == io.EOF { //nolint:errorlint // As io.Reader has it.
			p.part, p.text, err = nil, []byte("\r\n"), nil
		}
		p.err = err
		if n > 0 {
			return n, nil
		}
	}
}

// next goes on to the next part, or to the end.
func (p *partReader) next() {
	p.body.inHeader, p.body.read = true, 0
	part, err := p.from.NextRawPart()
	p.body.inHeader = false
	switch err {
	case io.EOF: //nolint:errorlint // mime/multipart says so itself.
		p.text, p.err = []byte("--"+p.boundary+"--\r\n"), io.EOF
		return
	case nil:
		err = p.b.Spend(limits.Items, 1)
	}
	if err == nil {
		if fault := nameFault(part); fault != "" {
			err = &formError{p.op, fault, http.StatusBadRequest, nil}
		}
	}
	if err != nil {
		p.err = err
		return
	}
	p.part, p.text = part, header(p.boundary, part.Header)
}

// nameFault says what is wrong with the name of a part: it has none, or programs differ in which of
// several they take.
func nameFault(part *multipart.Part) string {
	lines := part.Header.Values("Content-Disposition")
	switch {
	case part.FormName() == "":
		return "a part of the form has no name"
	case len(lines) > 1:
		return "a part of the form has more than one Content-Disposition"
	case severalNames(lines[0], "name"):
		return "a part of the form has more than one name"
	}
	return ""
}

// header writes the boundary before a part, and its header.
func header(boundary string, lines map[string][]string) []byte {
	var s bytes.Buffer
	s.WriteString("--" + boundary + "\r\n")
	for _, key := range slices.Sorted(maps.Keys(lines)) {
		for _, value := range lines[key] {
			s.WriteString(key + ": " + value + "\r\n")
		}
	}
	s.WriteString("\r\n")
	return s.Bytes()
}

// fault is whose fault the error of reading a form is: that of the form, of a limit, or of the
// disk.
func (p *partReader) fault(err error, memory int64) error {
	if p.err != nil && p.err != io.EOF { //nolint:errorlint // It is io.EOF alone at the end.
		err = p.err
	}
	var disk *fs.PathError
	_, broken := errors.AsType[*bodyError](err)
	switch {
	case ofKind(err), errors.Is(err, ErrForm), bodyLimit(err) != nil, broken, p.b.Err() != nil:
		return err
	case errors.Is(err, multipart.ErrMessageTooLarge), errors.Is(err, errHeader):
		return &limits.ExceededError{Op: p.op, Resource: limits.MemoryBytes, Limit: memory, Used: memory + 1}
	case errors.As(err, &disk):
		return err
	default:
		return &formError{p.op, "the multipart form is malformed", http.StatusBadRequest, err}
	}
}
