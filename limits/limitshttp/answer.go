package limitshttp

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
)

// Status returns the status code for an error of this module or of the body of a request: 413 for a
// body that is too large and a spent budget of bytes, 422 for every other refusal, 503 for
// [limits.ErrBusy], 500 for all else, and 200 for nil. Errors that wrap them count as they do.
//
// A client that has gone away is a 500 like any other end that is not the input's fault; nobody
// reads it.
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
		return http.StatusInternalServerError
	}
}

// Public returns what the sender of the input may be told of an error, in one line of ASCII: which
// limit or rule it was, and where in the input as a number. It holds no text of the input, so it
// can stand in a page or a terminal, and nothing of the server, neither paths nor what is wrong
// with it. It is "" for nil.
//
//	refused: output bytes: the limit is 100 MiB
//	refused: path-traversal (offset 1234)
//	refused: pattern-too-long: input bytes: the limit is 32 KiB
//	refused: the request body: the limit is 10 MiB
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
		return internal
	}
}

// internal is all that is said about what is not the sender's affair.
const internal = "internal error"

// Error answers a request with [Status] and [Public], as plain text, and where the server is busy
// with a Retry-After of as many seconds as one waits for a place there. As after [http.Error], the
// caller should write no more.
func Error(w http.ResponseWriter, err error) {
	status := Status(err)
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", strconv.FormatInt(retryAfter(err), 10))
	}
	http.Error(w, Public(err), status)
}

// retryAfter returns for how many seconds it makes no sense to come again: whoever has waited so
// long would only wait again.
func retryAfter(err error) int64 {
	const most = time.Minute
	wait := time.Second
	if busy, ok := errors.AsType[*limits.BusyError](err); ok {
		wait = max(wait, min(most, busy.Pool.Limits.MaxWait))
	}
	return int64((wait + time.Second - 1) / time.Second)
}

// refusal says which refusal it was. Only what this module chose, and numbers, get through: a
// rule's id and a resource's name.
func refusal(err error) string {
	text := "refused"
	if e, ok := errors.AsType[*limits.RuleError](err); ok && isID(string(e.Rule)) {
		text += ": " + string(e.Rule) + position(e)
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
