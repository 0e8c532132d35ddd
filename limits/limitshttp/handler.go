package limitshttp

import (
	"log"
	"net/http"

	"github.com/seed73825598/airlock/limits"
)

// Handler returns a handler that bounds what a request costs before it hands it to next.
//
// A body that declares more than Options.Body is refused with 413 before any of it is read; one
// that turns out to be longer ends with an [*http.MaxBytesError], which [Status] answers with 413,
// and net/http closes the connection as it does after any http.MaxBytesReader. The request's
// context carries envelope, pool and observer, and ends with next: work that is to outlive the
// request needs limits of its own. Temporary files of a multipart form are removed when next
// returns.
//
// Under options that Options.Check finds fault with every request is answered with 500, next is not
// called, and the server's ErrorLog says why: no request gets through without its limits.
func Handler(next http.Handler, o Options) http.Handler {
	if o.Error == nil {
		o.Error = func(w http.ResponseWriter, _ *http.Request, err error) { Error(w, err) }
	}
	return &handler{next: next, options: o, config: o.Check()}
}

type handler struct {
	next    http.Handler
	options Options
	config  error
}

// ServeHTTP implements [http.Handler].
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if h.config != nil {
		h.logConfig(r)
		h.options.Error(w, r, h.config)
		return
	}
	body := int64(h.options.Body)
	if body > 0 && r.ContentLength > body {
		h.options.Error(w, r, &http.MaxBytesError{Limit: body})
		return
	}
	ctx := r.Context()
	if h.options.Pool != nil {
		ctx = limits.WithPool(ctx, h.options.Pool)
	}
	if h.options.observed() {
		ctx = limits.WithObserver(ctx, h.options.Observer)
	}
	ctx, cancel, err := limits.With(ctx, h.options.Envelope)
	defer cancel()
	if err != nil {
		h.options.Error(w, r, err)
		return
	}
	inner := r.WithContext(ctx)
	if body > 0 && r.Body != nil {
		inner.Body = http.MaxBytesReader(w, r.Body, body)
	}
	// The server removes the files of the request that it has made, and this one is a copy of it.
	defer func() {
		if form := inner.MultipartForm; form != nil && form != r.MultipartForm {
			_ = form.RemoveAll()
		}
	}()
	h.next.ServeHTTP(w, inner)
}

// logConfig says where net/http would what is wrong with the options, which the sender must not be
// told.
func (h *handler) logConfig(r *http.Request) {
	if server, ok := r.Context().Value(http.ServerContextKey).(*http.Server); ok && server.ErrorLog != nil {
		server.ErrorLog.Print(h.config)
		return
	}
	log.Print(h.config)
}
