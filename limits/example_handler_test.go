package limits_test

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/limits/limitshttp"
)

// contacts is what one upload of contacts may cost.
var contacts = limits.Limits{InputBytes: 1 * limits.MiB, Items: 3, Time: 5 * time.Second}

// importContacts bounds a reader that knows no limits itself, encoding/csv: every byte is charged
// before it is parsed, and every row before it is kept.
func importContacts(ctx context.Context, src io.Reader) (rows [][]string, err error) {
	b, err := contacts.Start(ctx, "contacts.Import", limits.InputBytes, limits.Items, limits.Time)
	if err != nil {
		return nil, err
	}
	defer b.Close()
	r := csv.NewReader(b.Reader(limits.InputBytes, src))
	r.FieldsPerRecord = 2
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if parse, ok := errors.AsType[*csv.ParseError](err); ok {
			return nil, b.Fail(&limits.RuleError{Op: "contacts.Import", Rule: "csv", Line: parse.Line,
				Column: parse.Column, Detail: parse.Err.Error()})
		}
		if err == nil {
			err = b.Spend(limits.Items, 1)
		}
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
}

func upload(w http.ResponseWriter, r *http.Request) {
	rows, err := importContacts(r.Context(), r.Body)
	if err != nil {
		limitshttp.Fail(w, r, err)
		return
	}
	fmt.Fprintln(w, len(rows), "contacts")
}

func Example_handler() {
	for _, body := range []string{
		"Ann,ann@example.com\nBob,bob@example.com\n",
		"a,b\nc,d\ne,f\ng,h\n",
		"Ann,ann@example.com\nBob\n",
		strings.Repeat("x", 2<<20),
	} {
		w := httptest.NewRecorder()
		upload(w, httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body)))
		fmt.Print(w.Code, " ", w.Body)
	}
	// Output:
	// 200 2 contacts
	// 422 refused: items: the limit is 3
	// 422 refused: csv (line 2, column 1)
	// 413 refused: input bytes: the limit is 1 MiB
}
