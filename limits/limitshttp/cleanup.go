package limitshttp

import (
	"context"
	"mime/multipart"
	"net/http"
	"sync"
)

// A cleanup removes the temporary files of the forms of one request when the request ends. It is in
// the request's context, because a handler may read the form of a copy of the request.
type cleanup struct {
	mu    sync.Mutex
	forms []*multipart.Form
}

type cleanupKey struct{}

// withCleanup returns a context that carries c.
func withCleanup(ctx context.Context, c *cleanup) context.Context {
	return context.WithValue(ctx, cleanupKey{}, c)
}

// cleanupOf returns what the context of a request carries, or nil.
func cleanupOf(r *http.Request) *cleanup {
	c, _ := r.Context().Value(cleanupKey{}).(*cleanup)
	return c
}

// add has the files of f removed in the end.
func (c *cleanup) add(f *multipart.Form) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.forms = append(c.forms, f)
}

// run removes them. A file that is gone already is no matter.
func (c *cleanup) run() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, f := range c.forms {
		_ = f.RemoveAll()
	}
	c.forms = nil
}
