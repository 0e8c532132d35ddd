package saferegex_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/limits/limitshttp"
	"github.com/seed73825598/airlock/saferegex"
)

// A notebook is searched by patterns that its readers write.
type notebook []string

// One search may take as long as this, over all notes together; one note, and one pattern, less.
var (
	search  = limits.Limits{Time: 2 * time.Second, Steps: 50_000_000}
	oneNote = limits.Limits{InputBytes: 64 * limits.KiB, Time: time.Second}
)

// ServeHTTP answers GET /?q=PATTERN with the notes that the pattern matches.
func (n notebook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	found, err := n.find(r.Context(), r.URL.Query().Get("q"))
	if syntax, ok := errors.AsType[*saferegex.SyntaxError](err); ok {
		// The reader wrote the pattern, and is told how to write it instead. Construct may be a
		// part of the pattern, so it is quoted.
		http.Error(w, fmt.Sprintf("%s at %d: %s", limits.Quote(syntax.Construct), syntax.Offset, syntax.Rewrite),
			http.StatusUnprocessableEntity)
		return
	}
	if err != nil {
		limitshttp.Fail(w, r, err)
		return
	}
	for _, note := range found {
		fmt.Fprintln(w, note)
	}
}

func (n notebook) find(ctx context.Context, pattern string) ([]string, error) {
	ctx, cancel, err := limits.With(ctx, search)
	if err != nil {
		return nil, err
	}
	defer cancel()
	re, err := saferegex.Compile(ctx, pattern, oneNote, saferegex.CaseInsensitive(), saferegex.ProgramSize(1000))
	if err != nil {
		return nil, err
	}
	var found []string
	for _, note := range n {
		ok, err := re.MatchString(ctx, note)
		if err != nil {
			return nil, err
		}
		if ok {
			found = append(found, note)
		}
	}
	return found, nil
}

func Example_handler() {
	notes := notebook{"Call Ann", "buy milk", "call Bob back"}
	for _, pattern := range []string{`^call \w+$`, `(?=milk)`, `((a{100}){100}){100}`} {
		w := httptest.NewRecorder()
		notes.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/?q="+url.QueryEscape(pattern), http.NoBody))
		fmt.Print(w.Code, " ", w.Body)
	}
	// Output:
	// 200 Call Ann
	// 422 "look-ahead" at 0: match what follows as well, and put what is wanted into a group; several conditions on one text are several patterns
	// 422 refused: program-too-large: "((a{100}){100}){100}": items: the limit is 1000
}
