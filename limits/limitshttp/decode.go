package limitshttp

import (
	"context"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/seed73825598/airlock/limits"
)

// A Decoder opens a decoded view of the body of a request. It must not close body. The reader that
// it returns is closed when the handler returns. It is an alias, so that decompress.ContentCodings
// can make the value of [Options.Decode] without this package, and a program that unpacks archives
// links no net/http.
type Decoder = func(ctx context.Context, body io.Reader) (io.ReadCloser, error)

const identity = "identity"

// A codingError is the refusal of a body in a content coding that is not taken.
type codingError struct {
	given  string
	accept string
}

// Error says which coding it was, and which are taken.
func (e *codingError) Error() string {
	return "the content coding " + limits.Quote(e.given) + " is not taken: use one of: " + e.accept
}

// codingsOf returns the content codings of a request in the order in which they were applied.
func codingsOf(r *http.Request) []string {
	var codings []string
	for _, line := range r.Header.Values("Content-Encoding") {
		for coding := range strings.SplitSeq(line, ",") {
			if coding = strings.ToLower(strings.Trim(coding, " \t")); coding != "" {
				codings = append(codings, coding)
			}
		}
	}
	return codings
}

// decoder returns what decodes the body of a request, nil if nothing is to be decoded, or the error
// of a coding that is not taken.
func (o *Options) decoder(r *http.Request) (Decoder, error) {
	if o.Decode == nil {
		return nil, nil
	}
	codings := codingsOf(r)
	if len(codings) == 0 || len(codings) == 1 && codings[0] == identity {
		return nil, nil
	}
	if len(codings) == 1 && o.Decode[codings[0]] != nil {
		return o.Decode[codings[0]], nil
	}
	accept := strings.Join(slices.Sorted(maps.Keys(o.Decode)), ", ")
	if accept == "" {
		accept = identity
	}
	return nil, &codingError{given: strings.Join(codings, ", "), accept: accept}
}

// decode has r read the body that decoder makes of it. The result closes the decoder.
func decode(r *http.Request, open Decoder) (closer func(), err error) {
	body := bodyOf(r)
	decoded, err := open(r.Context(), body)
	if err != nil {
		return nil, bodyFault(err)
	}
	r.Body = &requestBody{src: decoded, wire: body.wire}
	r.ContentLength = -1
	r.Header = r.Header.Clone() // The one of the server's own request stays.
	r.Header.Del("Content-Encoding")
	r.Header.Del("Content-Length")
	return func() { _ = decoded.Close() }, nil
}

// decodeProblems finds what is wrong with the codings of Options.
func (o *Options) decodeProblems() []limits.FieldProblem {
	var problems []limits.FieldProblem
	for _, coding := range slices.Sorted(maps.Keys(o.Decode)) {
		var reason string
		switch {
		case o.Decode[coding] == nil:
			reason = "is nil"
		case coding == identity:
			reason = "is taken without a decoder"
		case coding == "" || strings.Trim(coding, "abcdefghijklmnopqrstuvwxyz0123456789-._") != "":
			reason = "is not the name of a content coding in lower case"
		default:
			continue
		}
		problems = append(problems, limits.FieldProblem{Field: "Options.Decode[" + limits.Quote(coding) + "]",
			Reason: reason})
	}
	return problems
}
