package safezip_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/limits/limitshttp"
	"github.com/seed73825598/airlock/safezip"
)

// themes is a directory of themes for a blog, which users upload as zip files.
type themes struct{ dir string }

// oneTheme is what one theme may cost.
var oneTheme = limits.Limits{
	InputBytes:  10 * limits.MiB, // of the upload
	OutputBytes: 50 * limits.MiB, // of all files together
	Items:       1000,            // files and directories
	Time:        30 * time.Second,
}

// ServeHTTP answers PUT /themes/{name}. The theme is there as a whole or not at all, in the place
// of an older version of itself, whose directory uploads it keeps.
func (t themes) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	if err := safezip.CheckName(name); err != nil {
		limitshttp.Fail(w, r, err)
		return
	}
	report, err := safezip.ExtractStream(r.Context(), filepath.Join(t.dir, name), r.Body, oneTheme,
		safezip.StripTop(),                  // theme-1.2/style.css is style.css
		safezip.SkipMacOS(),                 // what macOS adds is left out
		safezip.Replace("uploads"),          // what users have put there stays
		safezip.MaxEntryBytes(5*limits.MiB), // no single file is larger
	)
	if err != nil {
		log.New(os.Stdout, "log: ", 0).Print(err) // all of it, with hostile text quoted
		limitshttp.Fail(w, r, err)                // what the sender may know
		return
	}
	fmt.Fprintf(w, "%d files, %d bytes\n", report.Files, report.Bytes)
}

// packed is an archive as a client would make it.
func packed(names ...string) io.Reader {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range names {
		f, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(f, "body{}")
		}
		if err != nil {
			log.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	return &b
}

func Example_handler() {
	dir, err := os.MkdirTemp("", "themes-")
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	mux := http.NewServeMux()
	mux.Handle("PUT /themes/{name}", themes{dir})
	put := func(name string, body io.Reader) {
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, httptest.NewRequest(http.MethodPut, "/themes/"+name, body))
		fmt.Print(w.Code, " ", w.Body)
	}
	put("plain", packed("plain-1.0/style.css", "plain-1.0/page.html", "__MACOSX/._plain-1.0"))
	put("plain", packed("plain-1.1/style.css"))
	put("plain", packed("plain-1.2/style.css", "plain-1.2/uploads/shell.php"))
	put("plain", packed("style.css", "../../.ssh/authorized_keys"))
	put("..%2Fplain", packed("style.css"))
	// Output:
	// 200 2 files, 12 bytes
	// 200 1 files, 6 bytes
	// log: safezip.ExtractStream: kept-name: "plain-1.2/uploads" (offset 0): it stands where Replace keeps what the old directory has
	// 422 refused: kept-name: "plain-1.2/uploads" (offset 0)
	// log: safezip.ExtractStream: path-traversal: "../../.ssh/authorized_keys" (offset 206): a component is ".."
	// 422 refused: path-traversal: "../../.ssh/authorized_keys" (offset 206)
	// 422 refused: path-traversal: "../plain" (offset 0)
}
