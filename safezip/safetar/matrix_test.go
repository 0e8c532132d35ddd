package safetar_test

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"context"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/need"
	"github.com/seed73825598/airlock/safezip/tartest"
)

var updateReaders = flag.Bool("update-readers", false, "write READERS.md anew")

const (
	matrixFile = "READERS.md"
	matrixHead = `# What other readers make of archives that safetar refuses

Each hostile archive of package tartest, listed by five readers: every entry with its size, or where a link leads. "error" after entries says
that the reader has listed them and then failed. Where two cells of a line differ, a scanner that uses one reader and a service that uses the
other see different files. A listing writes nothing: what a program does about names that lead out of the directory shows only when it unpacks.
This file is written by ` + "`go test ./safezip/safetar -run TestMatrix -update-readers`" + `, and TestMatrix holds it to what the programs say.

`
)

// A lister lists archives with one reader.
type lister struct {
	name, program, debian string
	version               []string // what prints its version
	script                string   // lists "$f"; without one the reader is archive/tar or Python
	line                  *regexp.Regexp
}

// The lines of verbose listings: type, size, name.
var listers = []lister{
	{"GNU tar", "tar", "tar", []string{"tar", "--version"},
		`tar -tvf "$f" --numeric-owner --quoting-style=escape --warning=no-timestamp`,
		regexp.MustCompile(`^(.)\S{9} +-?\d+/-?\d+ +(\S+) \S+ \d\d:\d\d (.*)$`)},
	{"bsdtar", "bsdtar", "libarchive-tools", []string{"bsdtar", "--version"},
		`bsdtar -tvf "$f" --numeric-owner`,
		regexp.MustCompile(`^(.)\S{9} +\d+ +-?\d+ +-?\d+ +(\d+) +\S+ +\d+ +\S+ (.*)$`)},
	{"busybox", "busybox", "busybox", []string{"busybox"},
		`case $f in *.gz) busybox tar -tvzf "$f";; *.bz2) busybox tar -tvjf "$f";; *) busybox tar -tvf "$f";; esac`,
		regexp.MustCompile(`^(.)\S{9} \d+/\d+ +(\d+) \S+ \S+ (.*)$`)},
	{"Python", "python3", "python3", []string{"python3", "--version"}, "", nil},
	{"archive/tar", "", "", nil, "", nil},
}

// installed is the version of a lister.
func (l *lister) installed(t *testing.T) string {
	t.Helper()
	if l.version == nil {
		return runtime.Version()
	}
	need.Program(t, l.program, l.debian)
	out, err := exec.CommandContext(t.Context(), l.version[0], l.version[1:]...).CombinedOutput()
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(out), "\n")
	return first
}

// hostile are the archives, but for bombs: those have one reading.
func hostile() (cases []tartest.Case) {
	for _, set := range kit() {
		for c := range set.cases {
			if set.hostile && c.Rule != "" {
				c.Name = strings.TrimPrefix(set.name+" ", "plain ") + c.Name
				cases = append(cases, c)
			}
		}
	}
	return cases
}

// A listing is what a reader says of an archive.
type listing struct {
	entries []string
	failed  bool
}

// String is a cell of the table.
func (l listing) String() string {
	parts := slices.Clone(l.entries)
	if len(parts) > 4 {
		parts = append(parts[:4], "…")
	}
	if l.failed {
		parts = append(parts, "error")
	}
	if len(parts) == 0 {
		return "nothing"
	}
	return strings.Join(parts, ", ")
}

// entry is one entry of a listing: type as a letter of ls, size, and name with the target of a
// link.
func entry(kind, size, name string) string {
	if kind == "-" && strings.Contains(name, " link to ") {
		kind = "h" // Some show a hard link as the file that it is.
	}
	if q := strconv.QuoteToASCII(name); q != `"`+name+`"` || name == "" {
		name = q
	}
	if len(name) > 32 {
		name = name[:30] + "…"
	}
	name = strings.ReplaceAll(name, "|", `\|`)
	switch kind {
	case "-":
		return "`" + name + "` " + size
	case "d":
		return "`" + strings.TrimSuffix(name, "/") + "/`"
	case "l", "h":
		return "`" + strings.ReplaceAll(name, " link to ", " = ") + "`"
	}
	return "`" + name + "` of type " + kind
}

// list lists the cases, which are the files 0.tar, 1.tar.gz and so on in dir.
func (l *lister) list(ctx context.Context, dir string, cases []tartest.Case) ([]listing, error) {
	switch l.name {
	case "archive/tar":
		return listGo(cases), nil
	case "Python":
		return l.run(ctx, exec.CommandContext(ctx, "python3", "-c", listPython, dir, strconv.Itoa(len(cases))), len(cases))
	}
	script := `cd "$1" && i=0; while [ $i -lt "$2" ]; do for f in $i.*; do echo "== $i"; ` + l.script +
		`; echo "status $?"; done; i=$((i+1)); done 2>/dev/null`
	return l.run(ctx, exec.CommandContext(ctx, "sh", "-c", script, "sh", dir, strconv.Itoa(len(cases))), len(cases))
}

// run reads what a script prints: "== N", lines of a listing, "status N".
func (l *lister) run(ctx context.Context, cmd *exec.Cmd, n int) ([]listing, error) {
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "TZ=UTC")
	out, err := cmd.Output()
	if err != nil {
		return nil, errors.Join(err, ctx.Err())
	}
	list, at := make([]listing, n), -1
	for line := range strings.Lines(string(out)) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "== "):
			at++
		case strings.HasPrefix(line, "status "):
			list[at].failed = line != "status 0"
		case l.line == nil:
			f := strings.SplitN(line, " ", 3)
			name, err := hex.DecodeString(f[2])
			if err != nil {
				return nil, err
			}
			list[at].entries = append(list[at].entries, entry(f[0], f[1], string(name)))
		default:
			if m := l.line.FindStringSubmatch(line); m != nil {
				list[at].entries = append(list[at].entries, entry(m[1], m[2], l.unescaped(m[1], m[3])))
			}
		}
	}
	if at != n-1 {
		return nil, fmt.Errorf("%s listed %d archives of %d", l.name, at+1, n)
	}
	return list, nil
}

// escape is how GNU tar and bsdtar write what is not printed.
var escape = regexp.MustCompile(`\\(?:[0-7]{3}|.)`)

// unescaped is a name without the escapes of a listing.
func (l *lister) unescaped(kind, name string) string {
	switch {
	case l.program == "busybox" && kind == "-": // It escapes nothing, and shows a hard link as a symbolic one.
		return strings.Replace(name, " -> ", " link to ", 1)
	case l.program == "busybox":
		return name
	}
	return escape.ReplaceAllStringFunc(name, func(e string) string {
		if plain, err := strconv.Unquote(`"` + e + `"`); err == nil {
			return plain
		}
		return e[1:]
	})
}

const listPython = `
import glob, sys, tarfile
def kind(m):
    return "d" if m.isdir() else "l" if m.issym() else "h" if m.islnk() else "-" if m.isfile() else "other"
for i in range(int(sys.argv[2])):
    print("==", i)
    try:
        with tarfile.open(glob.glob("%s/%d.*" % (sys.argv[1], i))[0]) as t:
            for m in t:
                target = " -> " + m.linkname if m.issym() else " link to " + m.linkname if m.islnk() else ""
                print(kind(m), m.size, (m.name + target).encode("utf-8", "surrogateescape").hex() or "")
        print("status 0")
    except Exception:
        print("status 1")
`

// listGo lists the cases with archive/tar.
func listGo(cases []tartest.Case) []listing {
	list := make([]listing, len(cases))
	for i, c := range cases {
		l := &list[i]
		r, err := unpackedStream(c.Data)
		for err == nil {
			var h *tar.Header
			if h, err = r.Next(); err != nil {
				break
			}
			if _, err = io.Copy(io.Discard, r); err != nil {
				break
			}
			switch h.Typeflag {
			case tar.TypeXGlobalHeader:
			case tar.TypeSymlink:
				l.entries = append(l.entries, entry("l", "", h.Name+" -> "+h.Linkname))
			case tar.TypeLink:
				l.entries = append(l.entries, entry("h", "", h.Name+" link to "+h.Linkname))
			default:
				kind := strings.ToLower(h.FileInfo().Mode().String()[:1])
				l.entries = append(l.entries, entry(kind, strconv.FormatInt(h.Size, 10), h.Name))
			}
		}
		l.failed = !errors.Is(err, io.EOF)
	}
	return list
}

// suffix is that of an archive's file.
func suffix(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\x1f\x8b")):
		return ".tar.gz"
	case bytes.HasPrefix(data, []byte("BZ")):
		return ".tar.bz2"
	}
	return ".tar"
}

// unpackedStream is the tar stream of an archive.
func unpackedStream(data []byte) (*tar.Reader, error) {
	b := bufio.NewReader(bytes.NewReader(data))
	switch magic, _ := b.Peek(2); string(magic) {
	case "\x1f\x8b":
		z, err := gzip.NewReader(b)
		return tar.NewReader(z), err
	case "BZ":
		return tar.NewReader(bzip2.NewReader(b)), nil
	}
	return tar.NewReader(b), nil
}

// TestMatrix holds READERS.md to what the readers say, those whose version the file names.
func TestMatrix(t *testing.T) {
	cases, dir := hostile(), t.TempDir()
	for i, c := range cases {
		if err := os.WriteFile(filepath.Join(dir, strconv.Itoa(i)+suffix(c.Data)), c.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if *updateReaders {
		writeMatrix(t, dir, cases)
	}
	versions, rows := readMatrix(t)
	for i, c := range cases {
		if i >= len(rows) || rows[i][0] != c.Name || len(rows) != len(cases) {
			t.Fatalf("%s has %d lines for %d cases, and not %s at line %d: run this test with -update-readers", matrixFile,
				len(rows), len(cases), c.Name, i)
		}
	}
	for column, l := range listers {
		t.Run(l.program, func(t *testing.T) {
			if got := l.installed(t); got != versions[column] {
				t.Skipf("%s is about %q, and here is %q", matrixFile, versions[column], got)
			}
			list, err := l.list(t.Context(), dir, cases)
			if err != nil {
				t.Fatal(err)
			}
			for i, c := range cases {
				if got := list[i].String(); got != rows[i][column+1] {
					t.Errorf("%s: %s, and %s says %s", c.Name, got, matrixFile, rows[i][column+1])
				}
			}
		})
	}
}

// writeMatrix writes READERS.md.
func writeMatrix(t *testing.T, dir string, cases []tartest.Case) {
	t.Helper()
	var b strings.Builder
	b.WriteString(matrixHead)
	columns := make([][]listing, len(listers))
	for i, l := range listers {
		list, err := l.list(t.Context(), dir, cases)
		if err != nil {
			t.Fatal(err)
		}
		columns[i] = list
		fmt.Fprintf(&b, "- %s: %s\n", l.name, l.installed(t))
	}
	refused, apart := 0, 0
	for i := range cases {
		cells, all := map[string]bool{}, true
		for _, c := range columns {
			cells[c[i].String()] = true
			all = all && c[i].failed
		}
		if len(cells) > 1 {
			apart++
		}
		if all {
			refused++
		}
	}
	fmt.Fprintf(&b, "\nOf %d archives the five readers list %d in more than one way; all five end in an error for "+
		"%d.\n\n| case |", len(cases), apart, refused)
	for _, l := range listers {
		fmt.Fprintf(&b, " %s |", l.name)
	}
	b.WriteString("\n|" + strings.Repeat(" --- |", len(listers)+1) + "\n")
	for i, c := range cases {
		fmt.Fprintf(&b, "| %s |", c.Name)
		for _, column := range columns {
			fmt.Fprintf(&b, " %s |", column[i])
		}
		b.WriteString("\n")
	}
	if err := os.WriteFile(matrixFile, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// readMatrix reads the versions and the lines of READERS.md.
func readMatrix(t *testing.T) (versions []string, rows [][]string) {
	t.Helper()
	data, err := os.ReadFile(matrixFile)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if _, version, found := strings.Cut(line, ": "); found && strings.HasPrefix(line, "- ") {
			versions = append(versions, version)
		}
		if cells := strings.Split(strings.Trim(line, "| "), " | "); len(cells) == len(listers)+1 && cells[0] != "case" &&
			cells[0] != "---" {
			rows = append(rows, cells)
		}
	}
	if len(versions) != len(listers) {
		t.Fatalf("%s names %d versions", matrixFile, len(versions))
	}
	return versions, rows
}
