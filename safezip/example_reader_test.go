package safezip_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"strings"
	"testing/fstest"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safezip"
)

// archiveOf makes an archive of files.
func archiveOf(files map[string][]byte) *bytes.Reader {
	tree := fstest.MapFS{}
	for name, data := range files {
		tree[name] = &fstest.MapFile{Data: data}
	}
	var b bytes.Buffer
	lim := limits.Limits{InputBytes: limits.MiB, Items: 100, Time: time.Minute}
	if _, err := safezip.Pack(context.Background(), &b, tree, lim); err != nil {
		log.Fatal(err)
	}
	return bytes.NewReader(b.Bytes())
}

// One part of an office document is read in memory. Archive and parser share one place in a Pool
// and one context, and the part is verified before a byte of it is used.
func ExampleNewReader() {
	docx := archiveOf(map[string][]byte{
		"[Content_Types].xml": []byte("<Types/>"),
		"docProps/core.xml":   []byte("<coreProperties><title>Minutes</title></coreProperties>"),
		"word/document.xml":   []byte("<document/>"),
	})
	lim := limits.Limits{OutputBytes: 50 * limits.MiB, Items: 5000, Time: 5 * time.Second}
	r, err := safezip.NewReader(context.Background(), docx, docx.Size(), lim)
	if err != nil {
		log.Fatal(err)
	}
	defer r.Close()
	part, err := r.ReadFile("docProps/core.xml")
	if err != nil {
		log.Fatal(err)
	}
	var core struct {
		Title string `xml:"title"`
	}
	err = safexml.Unmarshal(r.Context(), part, &core, limits.Limits{InputBytes: limits.MiB, Time: time.Second})
	fmt.Println(core.Title, err)
	// Output:
	// Minutes <nil>
}

// A preview lists what an upload holds, and shows the beginning of its text files.
func ExampleOpenStream() {
	body := io.Reader(archiveOf(map[string][]byte{
		"notes/readme.txt": []byte("Read me first.\nThen the rest.\n"),
		"photo.jpg":        []byte("\xff\xd8\xff"),
	}))
	lim := limits.Limits{InputBytes: 10 * limits.MiB, OutputBytes: 100 * limits.MiB, Items: 1000, Time: 10 * time.Second}
	r, err := safezip.OpenStream(context.Background(), body, lim)
	if err != nil {
		log.Fatal(err)
	}
	defer r.Close()
	for e := range r.Entries() {
		if e.Dir {
			continue
		}
		fmt.Printf("%s, %d bytes\n", e.Path, e.Size)
		if path.Ext(e.Path) != ".txt" {
			continue
		}
		f, err := r.Open(e.Path)
		if err != nil {
			log.Fatal(err)
		}
		first := make([]byte, 14)
		if _, err := io.ReadFull(f, first); err != nil {
			log.Fatal(err)
		}
		fmt.Printf("  %s...\n", first)
		if err := f.Close(); err != nil {
			log.Fatal(err)
		}
	}
	// Output:
	// notes/readme.txt, 30 bytes
	//   Read me first....
	// photo.jpg, 3 bytes
}

// An archive inside an archive is opened under the same budget.
func ExampleReader_OpenArchive() {
	inner := archiveOf(map[string][]byte{"data.csv": []byte("a,b\n1,2\n")})
	plain, err := io.ReadAll(inner)
	if err != nil {
		log.Fatal(err)
	}
	outer := archiveOf(map[string][]byte{"backup.zip": plain})
	lim := limits.Limits{OutputBytes: 10 * limits.MiB, Items: 100, Time: 5 * time.Second}
	r, err := safezip.NewReader(context.Background(), outer, outer.Size(), lim, safezip.Nesting(1))
	if err != nil {
		log.Fatal(err)
	}
	defer r.Close()
	backup, err := r.OpenArchive(context.Background(), "backup.zip")
	if err != nil {
		log.Fatal(err)
	}
	defer backup.Close()
	data, err := backup.ReadFile("data.csv")
	fmt.Printf("%q %v\n", data, err)
	// Output:
	// "a,b\n1,2\n" <nil>
}

// CopyEntry serves one entry. If it fails, the client has got a part, and only an aborted
// connection says so.
func ExampleReader_CopyEntry() {
	archive := archiveOf(map[string][]byte{"report.txt": []byte("all is well")})
	lim := limits.Limits{OutputBytes: 10 * limits.MiB, Items: 100, Time: 5 * time.Second}
	handler := http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		r, err := safezip.NewReader(req.Context(), archive, archive.Size(), lim)
		if err != nil {
			http.Error(w, "not a file that can be shown", http.StatusUnprocessableEntity)
			return
		}
		defer r.Close()
		w.Header().Set("Content-Type", "application/octet-stream")
		if _, err := r.CopyEntry(req.Context(), w, "report.txt"); err != nil {
			panic(http.ErrAbortHandler)
		}
	})
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/", http.NoBody))
	fmt.Println(answer.Code, answer.Body)
	// Output:
	// 200 all is well
}

// The "download my files" of a service: a tree is packed into the answer while it is read. os.Root
// keeps links that lead out of the tree from being followed.
func ExamplePack() {
	dir, err := os.MkdirTemp("", "files-")
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := os.WriteFile(path.Join(dir, "letter.txt"), []byte("Dear all,\n"), 0o600); err != nil {
		log.Fatal(err)
	}
	files, err := os.OpenRoot(dir)
	if err != nil {
		log.Fatal(err)
	}
	defer files.Close()

	lim := limits.Limits{InputBytes: limits.GiB, Items: 10_000, Time: time.Minute}
	download := http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		w.Header().Set("Content-Type", "application/zip")
		w.Header().Set("Content-Disposition", `attachment; filename="files.zip"`)
		if _, err := safezip.Pack(req.Context(), w, files.FS(), lim); err != nil {
			log.Print(err)
			panic(http.ErrAbortHandler) // The client must not take a part for the whole.
		}
	})
	answer := httptest.NewRecorder()
	download.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/", http.NoBody))
	got := bytes.NewReader(answer.Body.Bytes())
	r, err := safezip.NewReader(context.Background(), got, got.Size(), limits.Limits{OutputBytes: limits.MiB, Items: 10,
		Time: time.Second})
	if err != nil {
		log.Fatal(err)
	}
	defer r.Close()
	for e := range r.Entries() {
		fmt.Println(e.Path, e.Size)
	}
	// Output:
	// letter.txt 10
}

// A Writer takes names from users: one that no unpacker should get is refused, and another can be
// tried. The deferred Close never makes an archive of half the rows.
func ExampleNewWriter() {
	export := func(dst io.Writer, rows []string) error {
		lim := limits.Limits{InputBytes: 10 * limits.MiB, Items: 1000, Time: 10 * time.Second}
		w, err := safezip.NewWriter(context.Background(), dst, lim)
		if err != nil {
			return err
		}
		defer w.Close()
		for i, name := range rows {
			if err := w.WriteFile(name, []byte("row")); err != nil {
				fmt.Println(err)
				if err := w.WriteFile(fmt.Sprintf("row-%d", i), []byte("row")); err != nil {
					return err
				}
			}
		}
		_, err = w.Finish()
		return err
	}
	var b bytes.Buffer
	if err := export(&b, []string{"first", "../../second", "FIRST"}); err != nil {
		log.Fatal(err)
	}
	archive := bytes.NewReader(b.Bytes())
	r, err := safezip.NewReader(context.Background(), archive, archive.Size(), limits.Limits{OutputBytes: limits.MiB,
		Items: 10, Time: time.Second})
	if err != nil {
		log.Fatal(err)
	}
	defer r.Close()
	names, err := r.Glob("*")
	fmt.Println(strings.Join(names, " "), err)
	// Output:
	// safezip.NewWriter: path-traversal: "../../second" (offset 60): a component is ".."
	// safezip.NewWriter: case-collision: "FIRST" (offset 120): on some file systems it is the same as "first"
	// first row-1 row-2 <nil>
}
