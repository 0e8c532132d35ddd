package safetar_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
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
	"github.com/seed73825598/airlock/safezip/decompress"
	"github.com/seed73825598/airlock/safezip/safetar"
)

// sites is a directory of web pages, which a build server uploads as tar.gz.
type sites struct{ dir string }

// oneSite is what one upload may cost. The archive is unpacked while it comes, so its time is also
// that of the connection.
var oneSite = limits.Limits{
	InputBytes:  20 * limits.MiB, // of the upload, compressed
	OutputBytes: 100 * limits.MiB,
	Items:       5000,
	Time:        time.Minute,
}

// ServeHTTP answers PUT /sites. The pages of before are served until the last byte of the new ones
// was read and verified.
func (s sites) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	report, err := safetar.Extract(r.Context(), filepath.Join(s.dir, "public"), r.Body, oneSite,
		safetar.Compressed(decompress.Gzip), // tar and tar.gz, and nothing else
		safetar.Replace(),
		safetar.MaxEntryBytes(10*limits.MiB),
	)
	if err != nil {
		limitshttp.Fail(w, r, err)
		return
	}
	fmt.Fprintf(w, "%d files, %d bytes\n", report.Files, report.Bytes)
}

// buildSite makes an archive as the build server would make it.
func buildSite(files ...tar.Header) []byte {
	var b bytes.Buffer
	zw := gzip.NewWriter(&b)
	w := tar.NewWriter(zw)
	for _, h := range files {
		h.Mode, h.Size = 0o644, int64(len("<p>hello</p>"))
		if h.Linkname != "" {
			h.Typeflag, h.Size = tar.TypeSymlink, 0
		}
		err := w.WriteHeader(&h)
		if err == nil && h.Size > 0 {
			_, err = io.WriteString(w, "<p>hello</p>")
		}
		if err != nil {
			log.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	if err := zw.Close(); err != nil {
		log.Fatal(err)
	}
	return b.Bytes()
}

func Example_handler() {
	dir, err := os.MkdirTemp("", "sites-")
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	put := func(body []byte) {
		w := httptest.NewRecorder()
		sites{dir}.ServeHTTP(w, httptest.NewRequest(http.MethodPut, "/sites", bytes.NewReader(body)))
		fmt.Print(w.Code, " ", w.Body)
	}
	whole := buildSite(tar.Header{Name: "index.html"}, tar.Header{Name: "about/index.html"})
	put(whole)
	put(whole[:60])
	put(buildSite(tar.Header{Name: "index.html"}, tar.Header{Name: "passwd", Linkname: "/etc/passwd"}))
	put(buildSite(tar.Header{Name: "../index.html"}))
	page, err := os.ReadFile(filepath.Join(dir, "public", "about", "index.html"))
	fmt.Printf("still there: %s %v\n", page, err)
	// Output:
	// 200 2 files, 24 bytes
	// 422 refused: malformed (offset 60)
	// 422 refused: symlink: "passwd" (offset 1024)
	// 422 refused: path-traversal: "../index.html" (offset 0)
	// still there: <p>hello</p> <nil>
}
