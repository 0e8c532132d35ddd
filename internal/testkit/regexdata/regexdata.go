// Package regexdata reads the data that Go's regexp package is tested with, for the tests of this
// module. Nothing else imports it.
//
// The results in the data are not used: regexp, which is held to them by its own tests, is asked
// instead, and for more than is in them.
package regexdata

import (
	"bufio"
	"compress/bzip2"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// Open opens a file of GOROOT/src/regexp/testdata, unpacked if it ends in .bz2. It is closed when
// the test ends.
func Open(t testing.TB, name string) io.Reader {
	t.Helper()
	root, err := exec.CommandContext(t.Context(), "go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(filepath.Join(strings.TrimSpace(string(root)), "src", "regexp", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	if strings.HasSuffix(name, ".bz2") {
		return bzip2.NewReader(f)
	}
	return f
}

// A Block of RE2's data is a list of texts and of patterns that are tried on each of them.
type Block struct{ Texts, Patterns []string }

// EachBlock reads RE2's data, re2-search.txt and re2-exhaustive.txt.bz2. Of the patterns one in
// every is used; 1 is all of them.
func EachBlock(t testing.TB, r io.Reader, every int, f func(Block)) {
	t.Helper()
	var b Block
	var into *[]string
	lines := 0
	scanner := bufio.NewScanner(r)
	scanner.Buffer(make([]byte, 1<<16), 1<<24)
	for scanner.Scan() {
		line := scanner.Text()
		switch {
		case line == "strings":
			if len(b.Patterns) > 0 {
				f(b)
			}
			b = Block{}
			into = &b.Texts
		case line == "regexps":
			into = &b.Patterns
		case strings.HasPrefix(line, `"`):
			if lines++; into == &b.Patterns && lines%every != 0 {
				continue
			}
			text, err := strconv.Unquote(line)
			if err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			*into = append(*into, text)
		}
	}
	if err := scanner.Err(); err != nil {
		t.Fatal(err)
	}
	f(b)
}

// EachFowler reads Glenn Fowler's data for POSIX and calls f with flags, pattern and text of each
// line.
func EachFowler(t testing.TB, name string, f func(flags, pattern, text string)) {
	t.Helper()
	scanner := bufio.NewScanner(Open(t, name))
	last := ""
	for scanner.Scan() {
		fields := strings.FieldsFunc(scanner.Text(), func(r rune) bool { return r == '\t' })
		if len(fields) < 4 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		pattern, text := fields[1], fields[2]
		if pattern == "SAME" {
			pattern = last
		}
		last = pattern
		if text == "NULL" {
			text = ""
		}
		f(fields[0], pattern, text)
	}
	if err := scanner.Err(); err != nil {
		t.Fatal(err)
	}
}
