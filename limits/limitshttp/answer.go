package limitshttp

import (
	"context"
	"errors"
	"mime"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
)

// Status returns the status code for an error of this module, or of reading a request: 413 for a
// body that is too large and a spent budget of bytes, 422 for every other refusal, 415 for a
// content coding or media type that is not taken, 400 for a form that is broken ([ErrForm], and
// what net/http and mime/multipart say of one) and for a body that does not arrive whole, 503 for
// [limits.ErrBusy], 500 for all else, and 200 for nil. Errors that wrap them count as they do.
//
// A body that breaks off is known by its type, which [Handler] gives to the errors of r.Body: an
// io.ErrUnexpectedEOF by itself may come from a file of the server, and is a 500. An error that
// wraps the end of a context counts as the cause of that end if it wraps the cause as well, as
// those of this module do: a refusal there is 413 or 422. [Fail] asks for the cause where the error
// has lost it.
func Status(err error) int {
	switch {
	case err == nil:
		return http.StatusOK
	case errors.Is(err, limits.ErrConfig):
		return http.StatusInternalServerError
	case bodyLimit(err) != nil:
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, limits.ErrRefused):
		if e, ok := errors.AsType[*limits.ExceededError](err); ok && inBytes(e.Resource) {
			return http.StatusRequestEntityTooLarge
		}
		return http.StatusUnprocessableEntity
	case errors.Is(err, limits.ErrBusy):
		return http.StatusServiceUnavailable
	default:
		return senderStatus(err)
	}
}

// senderStatus returns the status of an error that no package of this module has made, or of a
// form.
func senderStatus(err error) int {
	if _, ok := errors.AsType[*codingError](err); ok {
		return http.StatusUnsupportedMediaType
	}
	if e, ok := errors.AsType[*formError](err); ok {
		return e.status
	}
	if _, ok := errors.AsType[*bodyError](err); ok || errors.Is(err, ErrForm) {
		return http.StatusBadRequest
	}
	switch {
	case errors.Is(err, multipart.ErrMessageTooLarge):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, http.ErrNotMultipart):
		return http.StatusUnsupportedMediaType
	case brokenForm(err):
		return http.StatusBadRequest
	}
	return http.StatusInternalServerError
}

// brokenForm reports whether net/http, net/url or mime/multipart has said of a form that it is
// broken. Most of their errors have no type, but the prefix of their package.
func brokenForm(err error) bool {
	if errors.Is(err, http.ErrMissingBoundary) || errors.Is(err, http.ErrMissingFile) ||
		errors.Is(err, mime.ErrInvalidMediaParameter) {
		return true
	}
	switch e := err.(type) { //nolint:errorlint // Each error of the tree is looked at by itself.
	case url.EscapeError, textproto.ProtocolError:
		return true
	case *url.Error: // A URL of the program's own.
		return false
	case interface{ Unwrap() error }:
		return hasPrefix(err) || e.Unwrap() != nil && brokenForm(e.Unwrap())
	case interface{ Unwrap() []error }:
		return slices.ContainsFunc(e.Unwrap(), brokenForm)
	}
	return hasPrefix(err)
}

func hasPrefix(err error) bool {
	text := err.Error()
	return strings.HasPrefix(text, "multipart: ") || strings.HasPrefix(text, "mime: ") ||
		text == "invalid semicolon separator in query" || text == "missing form body"
}

// Public returns what the sender of the input may be told of an error, in one line of ASCII: which
// limit or rule it was, and where in the input, by name and number. The name is quoted and cut as
// by [limits.Quote], with the characters of markup escaped as well, so that the line can stand in a
// page or a terminal. It holds nothing of the server, neither paths nor what is wrong with it. It
// is "" for nil.
//
//	refused: output bytes: the limit is 100 MiB
//	refused: path-traversal: "../evil" (offset 1234)
//	refused: pattern-too-long: input bytes: the limit is 32 KiB
//	refused: the request body: the limit is 10 MiB
//	refused: a field has a bad escape
//	busy: try again later
//	internal error
func Public(err error) string {
	switch body := bodyLimit(err); {
	case err == nil:
		return ""
	case errors.Is(err, limits.ErrConfig):
		return internal
	case body != nil:
		return "refused: the request body: the limit is " + limits.Bytes(body.Limit).String()
	case errors.Is(err, limits.ErrRefused):
		return refusal(err)
	case errors.Is(err, limits.ErrBusy):
		return "busy: try again later"
	case errors.Is(err, context.Canceled):
		return "canceled"
	default:
		return publicForm(err)
	}
}

// publicForm says what is wrong with a form or a body.
func publicForm(err error) string {
	status := senderStatus(err)
	e, _ := errors.AsType[*formError](err)
	_, broken := errors.AsType[*bodyError](err)
	_, coding := errors.AsType[*codingError](err)
	switch {
	case e != nil:
		return "refused: " + e.reason
	case broken:
		return "refused: the request body breaks off or is malformed"
	case coding:
		return "refused: the content coding of the body is not taken"
	case status == http.StatusRequestEntityTooLarge:
		return "refused: the form is too large"
	case status != http.StatusInternalServerError:
		return "refused: the form is broken"
	default:
		return internal
	}
}

// internal is all that is said about what is not the sender's affair.
const internal = "internal error"

// Error is [Fail] without a request: it asks for no cause, and answers in plain text.
//
// Deprecated: Use Fail.
func Error(w http.ResponseWriter, err error) { answer(w, err, "", false) }

// retryAfter returns for how many seconds it makes no sense to come again: a request that has
// waited so long would only wait again.
func retryAfter(err error) int64 {
	const most = time.Minute
	wait := time.Second
	if busy, ok := errors.AsType[*limits.BusyError](err); ok {
		wait = max(wait, min(most, busy.Pool.Limits.MaxWait))
	}
	return int64((wait + time.Second - 1) / time.Second)
}

// refusal says which refusal it was: a rule's id or a resource's name, which this module chose,
// numbers, and the name of the place.
func refusal(err error) string {
	text := "refused"
	if e, ok := errors.AsType[*limits.RuleError](err); ok && isID(string(e.Rule)) {
		text += ": " + string(e.Rule)
		if e.Where != "" {
			text += ": " + named(e.Where)
		}
		text += position(e)
	}
	if e, ok := errors.AsType[*limits.ExceededError](err); ok {
		text += ": " + e.Resource.String() + ": the limit is " + amount(e.Resource, e.Limit)
	}
	return text
}

// amount writes a limit in the unit of its resource.
func amount(r limits.Resource, n int64) string {
	switch {
	case inBytes(r):
		return limits.Bytes(n).String()
	case r == limits.Time:
		return strings.ReplaceAll(time.Duration(n).String(), "µ", "u")
	default:
		return strconv.FormatInt(n, 10)
	}
}

// position says where in the input a rule was broken, if that is known.
func position(e *limits.RuleError) string {
	switch {
	case e.Line > 0 && e.Column > 0:
		return " (line " + strconv.Itoa(e.Line) + ", column " + strconv.Itoa(e.Column) + ")"
	case e.Line > 0:
		return " (line " + strconv.Itoa(e.Line) + ")"
	case e.Offset >= 0:
		return " (offset " + strconv.FormatInt(e.Offset, 10) + ")"
	default:
		return ""
	}
}

// markup escapes, as Quote does, what means something in a page and not in a terminal.
var markup = strings.NewReplacer("<", `\x3c`, ">", `\x3e`, "&", `\x26`, "'", `\x27`, "`", `\x60`)

// named is a name of the input for a page.
func named(name string) string { return markup.Replace(limits.Quote(name)) }

// isID reports whether s is an id in kebab case, as all rules of this module are. A Rule is a
// string, and what else a program puts into one is not known here.
func isID(s string) bool {
	return s != "" && len(s) <= 64 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

func inBytes(r limits.Resource) bool {
	return r == limits.InputBytes || r == limits.OutputBytes || r == limits.MemoryBytes
}

// bodyLimit returns the error of a body that http.MaxBytesReader has cut, or nil.
func bodyLimit(err error) *http.MaxBytesError {
	e, _ := errors.AsType[*http.MaxBytesError](err)
	return e
}
