package limitshttp

import (
	"context"
	"log"
	"net/http"
	"strings"
	"time"

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
// With Options.Decode a body in a content coding is decoded, and with Options.Forms a form is read,
// before next is called.
//
// Under options that Options.Check finds fault with every request is answered with 500, next is not
// called, and the server's ErrorLog says why: no request gets through without its limits.
func Handler(next http.Handler, o Options) http.Handler {
	if o.Error == nil {
		o.Error = Fail
	}
	return &handler{next: next, options: o, config: o.Check(), advice: newAdvice(o.Rules)}
}

type handler struct {
	next    http.Handler
	options Options
	config  error
	advice  advice
}

// ServeHTTP implements [http.Handler].
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began, tracked := time.Now(), track(w)
	if h.config != nil {
		h.logConfig(r)
		h.options.Error(tracked, r, h.config)
		return
	}
	body := int64(h.options.Body)
	if body > 0 && r.ContentLength > body {
		h.options.Error(tracked, r, &http.MaxBytesError{Limit: body})
		return
	}
	decoder, err := h.options.decoder(r)
	if err != nil {
		refuseCoding(tracked, err)
		h.options.Error(tracked, r, err)
		return
	}
	ctx, cancel, err := h.options.around(r.Context())
	defer cancel()
	if err != nil {
		h.options.Error(tracked, r, err)
		return
	}
	var files cleanup
	defer files.run()
	inner := r.WithContext(withAdvice(withCleanup(ctx, &files), h.advice))
	// The server removes the files of the request that it has made, and this one is a copy of it.
	defer func() {
		if form := inner.MultipartForm; form != nil && form != r.MultipartForm {
			files.add(form)
		}
	}()
	if r.Body != nil {
		arriving := &requestBody{src: r.Body}
		if body > 0 {
			arriving.src = http.MaxBytesReader(w, r.Body, body)
		}
		if !empty(inner) {
			arriving.wire = wireOf(ctx, w, began, h.options.Envelope.Time)
		}
		inner.Body = arriving
	}
	if decoder != nil && !empty(inner) {
		closeDecoder, err := decode(inner, decoder)
		if err != nil {
			h.options.Error(tracked, inner, err)
			return
		}
		defer closeDecoder()
	}
	if err := h.options.readForms(inner); err != nil {
		h.options.Error(tracked, inner, err)
		return
	}
	h.next.ServeHTTP(tracked, inner)
}

// around puts pool, observer and envelope around what a request does.
func (o *Options) around(ctx context.Context) (context.Context, context.CancelFunc, error) {
	if o.Pool != nil {
		ctx = limits.WithPool(ctx, o.Pool)
	}
	if o.observed() {
		ctx = limits.WithObserver(ctx, o.Observer)
	}
	return limits.With(ctx, o.Envelope)
}

// readForms reads the form of a request that has one, if Options.Forms asks for it.
func (o *Options) readForms(r *http.Request) error {
	if o.Forms == (limits.Limits{}) || r.Body == nil {
		return nil
	}
	// A header that is malformed after one of the two names is a broken form as well.
	for _, line := range r.Header.Values("Content-Type") {
		media := strings.TrimSpace(line)
		if end := strings.IndexAny(media, ";, \t"); end >= 0 {
			media = media[:end]
		}
		switch strings.ToLower(media) {
		case urlencodedForm:
			return ParseForm(r, o.Forms)
		case multipartForm:
			return ParseMultipart(r, o.Forms.Or(limits.Limits{InputBytes: o.Body}))
		}
	}
	return nil
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
