package safezip_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/limits/limitshttp"
	"github.com/seed73825598/airlock/safezip"
)

// A preview is what a page shows of an upload before the user says yes: nothing is written, and
// what the page shows is what ExtractStream would make of the same bytes with the same options.
type preview struct {
	Files []previewed `json:"files"`
	Bytes int64       `json:"bytes"`
	Text  string      `json:"text"` // the beginning of README.txt
}

type previewed struct {
	Path string `json:"path"`
	Size int64  `json:"size"`
}

// previewLimits are those of the upload, so that a preview never promises what fails later.
var previewLimits = limits.Limits{
	InputBytes: 10 * limits.MiB, OutputBytes: 50 * limits.MiB, Items: 1000, Time: 10 * time.Second,
}

// previewUpload answers POST /preview with a zip archive as its body.
func previewUpload(w http.ResponseWriter, r *http.Request) {
	archive, err := safezip.OpenStream(r.Context(), r.Body, previewLimits, safezip.StripTop(), safezip.SkipMacOS())
	if err != nil {
		limitshttp.Fail(w, r, err)
		return
	}
	defer func() { _ = archive.Close() }() // Only read from.
	shown := preview{Bytes: archive.Report().Bytes}
	for e := range archive.Report().All() {
		if e.Path != "" && e.Mode.IsRegular() {
			shown.Files = append(shown.Files, previewed{e.Path, e.Size})
		}
	}
	// The text is read within the same limits. A file that is damaged returns nothing.
	text, err := archive.ReadFile("README.txt")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		limitshttp.Fail(w, r, err)
		return
	}
	shown.Text = string(text[:min(len(text), 200)])
	if err := json.NewEncoder(w).Encode(shown); err != nil {
		log.Print(err) // The sender has left.
	}
}

func Example_preview() {
	post := func(files map[string]string, order ...string) {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, name := range order {
			f, err := z.Create(name)
			if err == nil {
				_, err = f.Write([]byte(files[name]))
			}
			if err != nil {
				log.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			log.Fatal(err)
		}
		w := httptest.NewRecorder()
		previewUpload(w, httptest.NewRequest(http.MethodPost, "/preview", &b))
		fmt.Print(w.Code, " ", w.Body)
	}
	post(map[string]string{"theme/README.txt": "A theme.", "theme/style.css": "body{}"},
		"theme/README.txt", "__MACOSX/theme/._style.css", "theme/style.css")
	post(map[string]string{"../evil": ""}, "../evil")

	// Output:
	// 200 {"files":[{"path":"README.txt","size":8},{"path":"style.css","size":6}],"bytes":14,"text":"A theme."}
	// 422 refused: path-traversal: "../evil" (offset 58)
}
