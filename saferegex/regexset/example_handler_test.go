package regexset_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/limits/limitshttp"
	"github.com/seed73825598/airlock/saferegex/regexset"
)

// A filter keeps comments with links to what operators have listed out of a forum.
type filter struct {
	spam  *regexset.Set
	next  http.Handler
	audit *log.Logger
}

// newFilter compiles the patterns of the operators when the program starts. A text of 64 KiB is
// answered or refused within two seconds.
func newFilter(ctx context.Context, patterns []string, next http.Handler) (*filter, error) {
	spam, err := regexset.Compile(ctx, patterns, limits.Limits{InputBytes: 64 * limits.KiB,
		Time: 2 * time.Second}, regexset.CaseInsensitive())
	if err != nil {
		return nil, err
	}
	return &filter{spam, next, log.New(os.Stdout, "audit: ", 0)}, nil
}

// ServeHTTP hands the comment to the next handler if none of the patterns is in it.
func (f *filter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 64<<10))
	if err != nil {
		limitshttp.Fail(w, r, err)
		return
	}
	which, found, err := f.spam.First(r.Context(), string(body))
	switch {
	case err != nil:
		limitshttp.Fail(w, r, err)
	case found:
		// The sender is not told which pattern it was, and the log is.
		f.audit.Printf("a comment of %d bytes matches %s", len(body), limits.Quote(f.spam.Pattern(which)))
		http.Error(w, "this comment is not published", http.StatusForbidden)
	default:
		r.Body = io.NopCloser(strings.NewReader(string(body)))
		f.next.ServeHTTP(w, r)
	}
}

func Example_handler() {
	publish := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n, err := io.Copy(io.Discard, r.Body)
		fmt.Fprintln(w, n, "bytes are published", err)
	})
	f, err := newFilter(context.Background(), []string{`\bcheap\s+watches\b`, `https?://[a-z0-9-]+\.example/`}, publish)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, comment := range []string{"Well said.", "CHEAP \n watches", strings.Repeat("a", 65<<10)} {
		w := httptest.NewRecorder()
		f.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/", strings.NewReader(comment)))
		fmt.Print(w.Code, " ", w.Body)
	}
	// Output:
	// 200 10 bytes are published <nil>
	// audit: a comment of 15 bytes matches "\\bcheap\\s+watches\\b"
	// 403 this comment is not published
	// 413 refused: the request body: the limit is 64 KiB
}
