package limitshttp

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/seed73825598/airlock/limits"
)

// Fail answers r with [Status] and [Public] of err. Where err comes to no more than that the
// context of r has ended, it answers with those of [context.Cause], so that a spent envelope is 413
// or 422 and not 500. Within [Handler], a body that has broken off is 400 then: net/http cancels the
// context when a connection ends.
//
// The answer is one line of plain text, or, where the request's Accept asks for JSON at least as
// much, a problem document (application/problem+json, RFC 9457):
//
//	{"type":"about:blank","title":"Unprocessable Entity","status":422,
//	 "detail":"refused: doctype (line 1, column 1)","rule":"doctype","line":1,"column":1}
//
// A second line, and the member advice, say what the sender can do, if Options.Rules has the rule.
// Type, title, status and detail are always there; rule, resource (as [limits.Resource.Key] has
// it), limit (in the resource's unit, of time in nanoseconds), where (the name of the place, quoted
// as in Public), offset, line and column where they are known. A server that is busy sends a
// Retry-After of as many seconds as one waits for a place there. A body in a content coding that is
// not taken gets the list of those that are in Accept-Encoding.
//
// A nil err is a mistake of the caller and a 500. If the header of the answer has been written
// already, Fail does nothing; it knows that within [Handler]. After Fail the handler must return.
func Fail(w http.ResponseWriter, r *http.Request, err error) {
	if r == nil {
		answer(w, err, "", false)
		return
	}
	if cause := causeOf(r, err); cause != nil {
		err = cause
	}
	w.Header().Add("Vary", "Accept")
	answer(w, err, adviceOf(r).of(err), wantsJSON(r.Header.Values("Accept")))
}

// causeOf returns the cause of the end of the request's context if err tells no more than that end,
// and the cause tells more: a spent envelope, or a body that has broken off.
func causeOf(r *http.Request, err error) error {
	ended := r.Context().Err()
	if ended == nil || Status(err) != http.StatusInternalServerError || errors.Is(err, limits.ErrConfig) ||
		!errors.Is(err, ended) && !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded) {
		return nil
	}
	cause := context.Cause(r.Context())
	if Status(cause) != http.StatusInternalServerError {
		return cause
	}
	if body, ok := r.Body.(*requestBody); ok {
		return body.fault()
	}
	return nil
}

// answer writes the answer, unless one has begun.
func answer(w http.ResponseWriter, err error, advice string, asJSON bool) {
	if hasBegun(w) {
		return
	}
	status, text := Status(err), Public(err)
	if err == nil {
		status, text = http.StatusInternalServerError, internal
	}
	h := w.Header()
	if status == http.StatusServiceUnavailable {
		h.Set("Retry-After", strconv.FormatInt(retryAfter(err), 10))
	}
	refuseCoding(w, err)
	if !asJSON {
		if advice != "" {
			text += "\n" + advice
		}
		http.Error(w, text, status)
		return
	}
	// These would describe another body, as for http.Error.
	for _, name := range [...]string{"Content-Length", "Content-Encoding", "Etag", "Last-Modified", "Cache-Control"} {
		h.Del(name)
	}
	h.Set("Content-Type", "application/problem+json")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(newProblem(err, status, text, advice)) // The client may be gone.
}

// refuseCoding says which content codings are taken, if err is about one that is not.
func refuseCoding(w http.ResponseWriter, err error) {
	if e, ok := errors.AsType[*codingError](err); ok {
		w.Header().Set("Accept-Encoding", e.accept)
	}
}

// A problem is a problem document.
type problem struct {
	Type     string `json:"type"`
	Title    string `json:"title"`
	Status   int    `json:"status"`
	Detail   string `json:"detail"`
	Rule     string `json:"rule,omitempty"`
	Resource string `json:"resource,omitempty"`
	Limit    *int64 `json:"limit,omitempty"`
	Where    string `json:"where,omitempty"`
	Offset   *int64 `json:"offset,omitempty"`
	Line     int    `json:"line,omitempty"`
	Column   int    `json:"column,omitempty"`
	Advice   string `json:"advice,omitempty"`
}

// newProblem tells what Public tells, in parts.
func newProblem(err error, status int, text, advice string) problem {
	p := problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: text, Advice: advice}
	if status == http.StatusInternalServerError || status == http.StatusServiceUnavailable {
		return p
	}
	if body := bodyLimit(err); body != nil {
		p.Resource, p.Limit = limits.InputBytes.Key(), &body.Limit
		return p
	}
	if e, ok := errors.AsType[*limits.RuleError](err); ok && isID(string(e.Rule)) {
		p.Rule, p.Line, p.Column = string(e.Rule), max(e.Line, 0), max(e.Column, 0)
		if e.Where != "" {
			p.Where = named(e.Where)
		}
		if e.Offset >= 0 && e.Line <= 0 {
			p.Offset = &e.Offset
		}
	}
	if e, ok := errors.AsType[*limits.ExceededError](err); ok {
		p.Resource, p.Limit = e.Resource.Key(), &e.Limit
	}
	return p
}

// wantsJSON reports whether an Accept header asks for JSON, and no less than for plain text. One
// that asks for anything gets plain text.
func wantsJSON(accept []string) bool {
	asJSON := quality(accept, "application", "problem+json", "json")
	return asJSON.q > 0 && asJSON.named && asJSON.q >= quality(accept, "text", "plain").q
}

// A preference is how much a media type is asked for.
type preference struct {
	q     int // in thousandths
	named bool
	rank  int // how closely the range describes it; the closest decides
}

// quality returns how much a media type is asked for, under any of its names, the first of which
// counts before the next.
func quality(accept []string, kind string, names ...string) preference {
	var best preference
	for _, line := range accept {
		for part := range strings.SplitSeq(line, ",") {
			media, params, _ := strings.Cut(part, ";")
			of, name, _ := strings.Cut(strings.ToLower(strings.TrimSpace(media)), "/")
			rank := 0
			switch {
			case of == kind && name == "*":
				rank = 2
			case of == "*" && name == "*":
				rank = 1
			case of == kind:
				for i, candidate := range names {
					if name == candidate {
						rank = 3 + len(names) - i
					}
				}
			}
			if rank > best.rank {
				best = preference{q: weight(params), named: rank > 1, rank: rank}
			}
		}
	}
	return best
}

// weight returns the q of the parameters of a media range, in thousandths.
func weight(params string) int {
	for param := range strings.SplitSeq(params, ";") {
		key, value, _ := strings.Cut(strings.TrimSpace(param), "=")
		if strings.EqualFold(strings.TrimSpace(key), "q") {
			q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
			if err != nil || !(q >= 0 && q <= 1) {
				return 0
			}
			return int(q * 1000)
		}
	}
	return 1000
}
