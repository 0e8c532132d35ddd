package limitshttp_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/limits/limitshttp"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safezip"
)

// An uploads is a handler that takes an archive of XML documents, each of which it checks before it
// says yes.
type uploads struct{ dir string }

// The limits of one archive and of one document in it. The envelope of the request holds for all of
// them together.
var (
	anArchive = limits.Limits{InputBytes: 1 * limits.MiB, OutputBytes: 4 * limits.MiB, Items: 100,
		Time: 10 * time.Second}
	aDocument  = limits.Limits{InputBytes: 1 * limits.MiB, Items: 10_000, Time: time.Second}
	perRequest = limits.Limits{OutputBytes: 4 * limits.MiB, MemoryBytes: 64 * limits.MiB, Time: 20 * time.Second}
)

// ServeHTTP unpacks the body into a directory of its own and checks what was in it.
func (u uploads) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	parent, err := os.MkdirTemp(u.dir, "upload-")
	if err != nil {
		limitshttp.Fail(w, r, err)
		return
	}
	defer func() { _ = os.RemoveAll(parent) }()
	n, err := u.take(r, filepath.Join(parent, "files"))
	if err != nil {
		// log.Print(err) would say all of it, with hostile text quoted.
		limitshttp.Fail(w, r, err)
		return
	}
	fmt.Fprintf(w, "%d documents\n", n)
}

// take returns how many documents there were.
func (uploads) take(r *http.Request, dir string) (int64, error) {
	ctx := r.Context()
	report, err := safezip.ExtractStream(ctx, dir, r.Body, anArchive)
	if err != nil {
		return 0, err
	}
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer func() { _ = f.Close() }() // Only read from.
		_, err = safexml.Validate(ctx, f, aDocument)
		return err
	})
	return report.Files, err
}

func ExampleHandler() {
	dir, err := os.MkdirTemp("", "limitshttp-example-")
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()

	// At the start of the program: four requests at once, and 20 more that wait for at most five
	// seconds.
	pool, err := limits.NewPool(limits.PoolLimits{Operations: 4, MemoryBytes: 256 * limits.MiB, Waiting: 20,
		MaxWait: 5 * time.Second})
	if err != nil {
		log.Fatal(err)
	}
	options := limitshttp.Options{Body: 64 * limits.KiB, Envelope: perRequest, Pool: pool}
	if err := options.Check(); err != nil {
		log.Fatal(err)
	}
	server := httptest.NewServer(limitshttp.Handler(uploads{dir}, options))
	defer server.Close()

	send := func(what string, body io.Reader) {
		res, err := http.Post(server.URL, "application/zip", body)
		if err != nil {
			log.Fatal(err)
		}
		defer res.Body.Close()
		answer, err := io.ReadAll(res.Body)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s: %d %s", what, res.StatusCode, answer)
	}
	send("two documents", zipped("a.xml", "<order/>", "more/b.xml", "<order><line/></order>"))
	send("a file outside", zipped("../../etc/cron.d/job", "* * * * * root sh"))
	send("an external entity", zipped("a.xml", `<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>`))
	send("a bomb", zipped("a.xml", strings.Repeat(" ", 5<<20)+"<a/>"))
	send("no archive", strings.NewReader("hello"))
	send("a long body", strings.NewReader(strings.Repeat("x", 65<<10)))
	fmt.Println("still held:", pool.Stats().Operations)
	// Output:
	// two documents: 200 2 documents
	// a file outside: 422 refused: path-traversal: "../../etc/cron.d/job" (offset 83)
	// an external entity: 422 refused: doctype (line 1, column 1)
	// a bomb: 413 refused: output bytes: the limit is 4 MiB
	// no archive: 422 refused: malformed (offset 0)
	// a long body: 413 refused: the request body: the limit is 64 KiB
	// still held: 0
}

// zipped packs files, each after its name.
func zipped(files ...string) io.Reader {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for pair := range slices.Chunk(files, 2) {
		f, err := w.Create(pair[0])
		if err == nil {
			_, err = io.WriteString(f, pair[1])
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
