package limitshttp

import (
	"context"
	"errors"
	"io"
	"net/http"

	"github.com/seed73825598/airlock/limits"
)

// A requestBody is the body of a request whose faults are told apart from the server's own: an
// error of the connection or of a decoder comes out as a *bodyError. It also remembers the form
// that was read from it, so that all copies of the request share one reading.
type requestBody struct {
	src  io.ReadCloser
	err  error // what every further Read returns
	form *form // once ParseForm or ParseMultipart has been called
	wire *wire // what arrives; nil where the connection is not known
}

// Read reads from the body as the client sends it, or as the decoder makes it.
func (b *requestBody) Read(p []byte) (int, error) {
	if b.err != nil {
		return 0, b.err
	}
	n, err := b.src.Read(p)
	if err == io.EOF {
		b.wire.arrived()
	}
	b.err = bodyFault(b.wire.fault(err))
	return n, b.err
}

// Close closes the body.
func (b *requestBody) Close() error { return b.src.Close() }

// fault returns what made the body break off, or nil. net/http cancels the context of a request
// when its connection ends: an operation that reads the body may hear of that alone.
func (b *requestBody) fault() error {
	if fault, ok := errors.AsType[*bodyError](b.err); ok {
		return fault
	}
	return nil
}

// bodyOf returns the body of a request in this form, which it puts there if it is not.
func bodyOf(r *http.Request) *requestBody {
	if b, ok := r.Body.(*requestBody); ok {
		return b
	}
	b := &requestBody{src: r.Body}
	if b.src == nil {
		b.src = http.NoBody
	}
	r.Body = b
	return b
}

// A bodyError is a body that does not arrive whole: the connection broke off, its chunks are
// malformed, or it does not decode. It is the sender's fault, and no refusal.
type bodyError struct{ err error }

// Error says what net/http or the decoder has said, quoted.
func (e *bodyError) Error() string { return "the request body: " + limits.Quote(e.err.Error()) }

// Unwrap returns it.
func (e *bodyError) Unwrap() error { return e.err }

// bodyFault makes a *bodyError of an error of reading a body, unless it is the end, says itself
// whose fault it is, or is that of the program.
func bodyFault(err error) error {
	switch {
	case err == nil || err == io.EOF: //nolint:errorlint // As io.Reader has it.
		return err
	case ofKind(err), bodyLimit(err) != nil,
		errors.Is(err, http.ErrBodyReadAfterClose), errors.Is(err, context.Canceled),
		errors.Is(err, context.DeadlineExceeded):
		return err
	}
	if _, typed := errors.AsType[*bodyError](err); typed {
		return err
	}
	return &bodyError{err}
}

// ofKind reports whether an error is one of the kinds of package limits.
func ofKind(err error) bool {
	return errors.Is(err, limits.ErrRefused) || errors.Is(err, limits.ErrConfig) || errors.Is(err, limits.ErrBusy)
}

// A bodyTooLarge is a form that the limit of the request's body has cut. It matches
// limits.ErrRefused, which an [*http.MaxBytesError] by itself does not.
type bodyTooLarge struct{ err error }

func (e *bodyTooLarge) Error() string        { return e.err.Error() }
func (e *bodyTooLarge) Unwrap() error        { return e.err }
func (e *bodyTooLarge) Is(target error) bool { return target == limits.ErrRefused }
