package limitshttp_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/limits/limitshttp"
	"github.com/seed73825598/airlock/safexml"
)

func ExampleStatus() {
	for _, err := range []error{
		nil,
		&limits.ExceededError{Op: "safezip.Extract", Resource: limits.OutputBytes, Limit: 10 << 20, Used: 10<<20 + 1},
		&limits.RuleError{Op: "safezip.Extract", Rule: "path-traversal", Where: "../../etc/passwd"},
		&limits.BusyError{Op: "safezip.Extract"},
		os.ErrPermission,
	} {
		fmt.Println(limitshttp.Status(err), err)
	}
	// Output:
	// 200 <nil>
	// 413 safezip.Extract: output bytes: needs at least 10485761 B, the limit is 10 MiB; if such input is expected, raise OutputBytes
	// 422 safezip.Extract: path-traversal: "../../etc/passwd" (offset 0)
	// 503 safezip.Extract: busy: no room in the Pool for one operation, nor to wait for it; 0 operations run, 0 wait; try again later
	// 500 permission denied
}

func ExamplePublic() {
	err := fmt.Errorf("/srv/uploads/7: %w", &limits.RuleError{Op: "safezip.Extract", Rule: "path-traversal",
		Where: "../../etc/passwd", Offset: 67, Detail: `a component is ".."`})
	fmt.Println(err)
	fmt.Println(limitshttp.Public(err))
	fmt.Println(limitshttp.Public(&os.PathError{Op: "open", Path: "/srv/uploads/7", Err: os.ErrPermission}))
	// Output:
	// /srv/uploads/7: safezip.Extract: path-traversal: "../../etc/passwd" (offset 67): a component is ".."
	// refused: path-traversal: "../../etc/passwd" (offset 67)
	// internal error
}

func ExampleError() {
	lim := limits.Limits{InputBytes: 1 * limits.MiB, Items: 10_000, Time: time.Second}
	handler := func(w http.ResponseWriter, r *http.Request) {
		_, err := safexml.Validate(r.Context(), r.Body, lim)
		if err != nil {
			limitshttp.Fail(w, r, err)
			return
		}
		fmt.Fprintln(w, "well")
	}
	for _, body := range []string{"<a/>", "<a>"} {
		w := httptest.NewRecorder()
		handler(w, httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body)))
		fmt.Print(w.Code, " ", w.Body)
	}
	// Output:
	// 200 well
	// 422 refused: not-well-formed (line 1, column 4)
}

func ExampleOptions_Check() {
	options := limitshttp.Options{Envelope: limits.Limits{Items: 100, Time: 10}}
	fmt.Println(options.Check())
	// Output:
	// limitshttp.Handler: Options.Body is not set: give it a limit, or limits.UnsafeUnlimited for input you trust; Time is 10ns: is a unit missing? at least 1ms; Items belongs to one operation, not to an envelope: leave it unset here
}
