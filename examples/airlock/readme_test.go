package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"go/format"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/need"
)

// readme returns README.md.
func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// blocks returns the code blocks of a language in the order of the text.
func blocks(text, language string) []string {
	var found []string
	for _, m := range regexp.MustCompile("(?ms)^```"+language+"\n(.*?)^```$").FindAllStringSubmatch(text, -1) {
		found = append(found, m[1])
	}
	return found
}

// TestReadmeCommands runs each command of README on such a file as the line names. Those that show
// a refusal are refused.
func TestReadmeCommands(t *testing.T) {
	need.Program(t, "sh", "dash")
	dir := t.TempDir()
	put := func(name string, data []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var zipped, tarred bytes.Buffer
	z, ta := zip.NewWriter(&zipped), tar.NewWriter(&tarred)
	w, err := z.Create("a.txt")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte("hello")); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := ta.WriteHeader(&tar.Header{Name: "a.txt", Size: 5, Mode: 0o644}); err != nil {
		t.Fatal(err)
	}
	if _, err := ta.Write([]byte("hello")); err != nil {
		t.Fatal(err)
	}
	if err := ta.Close(); err != nil {
		t.Fatal(err)
	}
	put("upload.zip", zipped.Bytes())
	put("upload.tar.gz", tarred.Bytes())
	put("feed.xml", []byte(`<rss version="2.0"><channel><title>news</title></channel></rss>`))
	put("drawing.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="5" height="5"/>`+
		`</svg>`))
	put("app.log", []byte("INFO started\nERROR it broke\n"))
	put("FILE", []byte("secret-[0-9]+\n"))
	put("in", []byte("the key is secret-42\n"))
	put("names.txt", []byte("anna\nbob\n"))
	want := map[string]string{"match": "ERROR it broke", "untar": "1 file", "unzip": "1 file", "name": "admin",
		"audit": "2 rows"}
	n := 0
	for _, block := range blocks(readme(t), "") {
		for line := range strings.Lines(block) {
			args, is := strings.CutPrefix(line, "go run ./examples/airlock ")
			if !is || strings.Contains(args, "zoneinfo") { // .ci/run has that one.
				continue
			}
			n++
			cmd := exec.CommandContext(t.Context(), "sh", "-c", "'"+program+"' "+args)
			cmd.Dir = dir
			out, err := cmd.CombinedOutput()
			name, _, _ := strings.Cut(args, " ")
			if err != nil || !strings.Contains(string(out), want[name]) {
				t.Errorf("%s: %v\n%s", strings.TrimSpace(line), err, out)
			}
		}
	}
	if got, err := os.ReadFile(filepath.Join(dir, "out")); err != nil || string(got) != "the key is [redacted]\n" {
		t.Errorf("redact wrote %q, error %v", got, err)
	}
	if n < 8 {
		t.Errorf("README has %d commands", n)
	}
}

// snippets is a program around the Go of README: %s are the first block, the handler, and the calls
// of the table.
const snippets = `package main

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/limits/limitshttp"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/decompress"
	"github.com/seed73825598/airlock/safezip/safetar"
	"github.com/seed73825598/airlock/unicodeid"
)

func first(ctx context.Context) error {
	%s
	return err
}

func handler(uploads string) (http.Handler, error) {
	%s
	return handler, err
}

func use(...any) {}

// The code below is compiled and not run.
%s

func main() {
	var evil, good bytes.Buffer
	for name, to := range map[string]*bytes.Buffer{"../../etc/cron.d/evil": &evil, "top/a.txt": &good} {
		w := zip.NewWriter(to)
		if _, err := w.CreateHeader(&zip.FileHeader{Name: name}); err != nil {
			panic(err)
		}
		if err := w.Close(); err != nil {
			panic(err)
		}
	}
	if err := os.WriteFile("evil.zip", evil.Bytes(), 0o600); err != nil {
		panic(err)
	}
	fmt.Println(first(context.Background()))
	if _, err := os.Stat("upload-42"); err == nil {
		panic("something is left")
	}
	h, err := handler(filepath.Join(os.TempDir()))
	if err != nil {
		panic(err)
	}
	for _, body := range []io.Reader{&good, &evil} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/", body))
		fmt.Println(w.Code, strings.TrimSpace(w.Body.String()))
	}
}

var _ = rand.Text
`

// TestReadmeSnippets compiles all Go of README, and runs the first block and the handler.
func TestReadmeSnippets(t *testing.T) {
	text := readme(t)
	golang := blocks(text, "go")
	if len(golang) != 2 {
		t.Fatalf("README has %d blocks of Go; this test knows two", len(golang))
	}
	first, said, found := strings.Cut(golang[0], "// safezip.ExtractFile: ")
	if !found {
		t.Fatal("the first block does not say what it returns")
	}
	var calls strings.Builder
	n := 0
	for _, m := range regexp.MustCompile("(?m)^\\| `.* \\| (`.*) \\|$").FindAllStringSubmatch(text, -1) {
		for _, code := range regexp.MustCompile("`([^`]+\\))`").FindAllStringSubmatch(m[1], -1) {
			n++
			r := "*os.File"
			if strings.HasPrefix(code[1], "limitshttp.") {
				r = "*http.Request"
			}
			fmt.Fprintf(&calls, "func _(ctx context.Context, dir, name, p, s, user string, data []byte, lim limits.Limits, r "+
				"%s,"+
				" w io.Writer, size, n int64, d time.Duration, m limits.Bytes, v any, root *os.Root, profile *unicodeid.Profile,"+
				" re *saferegex.Regexp) {\n\tuse(%s)\n}\n\n", r, code[1])
		}
	}
	if n < 12 {
		t.Fatalf("the table has %d calls", n)
	}
	source := fmt.Sprintf(snippets, first, strings.Replace(golang[1], "...\n", "if err != nil {\nreturn nil, err\n}\n", 1),
		calls.String())
	formatted, err := format.Source([]byte(source))
	if err != nil {
		t.Fatalf("%v in\n%s", err, source)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "main.go")
	if err := os.WriteFile(file, formatted, 0o600); err != nil {
		t.Fatal(err)
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {filepath.Join(here, "readme", "main.go"): file}})
	if err != nil {
		t.Fatal(err)
	}
	layer := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(layer, overlay, 0o600); err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(dir, "readme.exe")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-overlay", layer, "-o", binary,
		"./readme").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s\n%s", err, out, formatted)
	}
	run := exec.CommandContext(t.Context(), binary)
	run.Dir = dir
	out, err := run.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	// Where in the archive the name stands is not the same.
	offset := regexp.MustCompile(`offset \d+`)
	want := "safezip.ExtractFile: " + strings.TrimSpace(said) + "\n200 1 files\n" +
		"422 refused: path-traversal: \"../../etc/cron.d/evil\" (offset 1)\n"
	if got := string(out); offset.ReplaceAllString(got, "") != offset.ReplaceAllString(want, "") {
		t.Errorf("it says\n%s\nwant\n%s", got, want)
	}
}
