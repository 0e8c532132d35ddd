package safezip_test

import (
	"bytes"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/ziptest"
)

// fuzzLimits are small, so that an input is dealt with in a millisecond, and so that each of them
// is met.
var fuzzLimits = limits.Limits{OutputBytes: 64 * limits.KiB, Items: 24, Depth: 6, Steps: 4000,
	MemoryBytes: 2 * limits.MiB, Time: time.Minute}

// seed adds the cases of ziptest to a corpus: all of them to a target that is fuzzed, and one in
// eight to one that runs as a test, where other tests read them all.
func seed(f *testing.F) {
	f.Helper()
	if fuzzed := flag.Lookup("test.fuzz"); fuzzed != nil && fuzzed.Value.String() != "" {
		ziptest.Seed(f)
		return
	}
	every := 8
	if testing.Short() {
		every = 40
	}
	for i, c := range slices.Concat(hostile(), benign(), slices.Collect(ziptest.HostileUnicode()),
		slices.Collect(ziptest.BenignUnicode())) {
		if i%every == 0 && len(c.Data) <= 64<<10 {
			f.Add(c.Data)
		}
	}
}

// FuzzRaw holds the properties for any bytes.
func FuzzRaw(f *testing.F) {
	seed(f)
	desk := newDesk(f)
	f.Fuzz(func(t *testing.T, data []byte) { desk.holds(t, data) })
}

// FuzzStructured holds them for archives that are put together as packers and attackers do it: most
// of these get far enough to be unpacked, or to be refused for one thing alone.
func FuzzStructured(f *testing.F) {
	f.Add([]byte{}, "a", "content", []byte{})
	f.Add([]byte("\x03\x01\x02\x03\x04\x05\x06\x07\x08\x09"), "d/|d/a|./b|c.txt", strings.Repeat("content ", 100),
		[]byte{})
	f.Add([]byte{3, 2, 1, 4, 4, 2, 2, 2, 5, 1, 3, 3, 1, 2, 7}, "a|b|c/d|e/", "one two three four",
		[]byte{1, 3, 1, 12, 1, 1})
	f.Add([]byte{0, 0, 0, 1, 2, 2, 1, 4}, "a|A|a/b", "x", []byte{2, 4, 1, 3, 0, 0, 0, 9})
	f.Add([]byte{0, 0, 0, 4, 0, 2, 1, 2}, "x|link", "link", []byte{1, 4, 1, 8, 0})
	f.Add([]byte{}, "ä|日本/x|e\u0301|👨\u200d👩", "content", []byte{})
	f.Add([]byte{}, "\u00e4|a\u0308|Ä|\u200b", "content", []byte{})
	desk := newDesk(f)
	f.Fuzz(func(t *testing.T, shape []byte, names, content string, wrong []byte) {
		desk.holds(t, blueprint{shape, names, content, wrong}.build())
	})
}

// A desk is where a fuzz target unpacks: a directory of its own for each attempt, below one that is
// made once.
type desk struct {
	dir  string
	next int
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return &desk{dir: dir}
}

// attempt unpacks data and returns what came of it. The tree is nil after a refusal.
func (d *desk) attempt(t *testing.T, data []byte, opts ...safezip.Option) (tree map[string]string, r *safezip.Report,
	err error) {
	t.Helper()
	d.next++
	parent := filepath.Join(d.dir, strconv.Itoa(d.next))
	if err := os.Mkdir(parent, 0o700); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := os.RemoveAll(parent); err != nil {
			t.Fatal(err)
		}
	}()
	dir := filepath.Join(parent, "out")
	r, err = safezip.Extract(t.Context(), dir, bytes.NewReader(data), int64(len(data)), fuzzLimits, opts...)
	beside, readErr := os.ReadDir(parent)
	if readErr != nil {
		t.Fatal(readErr)
	}
	if err != nil {
		if r != nil {
			t.Errorf("a Report beside an error: %+v", r)
		}
		if len(beside) != 0 {
			t.Errorf("%v is left after a refusal", beside)
		}
		return nil, nil, err
	}
	if len(beside) != 1 || beside[0].Name() != "out" || !beside[0].IsDir() {
		t.Fatalf("%v stands where one directory should", beside)
	}
	inside(t, dir)
	return readTree(t, dir), r, nil
}

// holds checks everything that is promised for any archive.
func (d *desk) holds(t *testing.T, data []byte) {
	t.Helper()
	inspected, inspectErr := safezip.Inspect(t.Context(), bytes.NewReader(data), int64(len(data)), fuzzLimits)
	tree, r, err := d.attempt(t, data, safezip.Workers(1))
	classified(t, err)
	classified(t, inspectErr)
	for _, f := range inspected.Findings {
		printable(t, f.String())
	}
	if len(inspected.Findings) > safezip.MaxFindings {
		t.Errorf("%d findings", len(inspected.Findings))
	}
	if inspectErr != nil || err == nil {
		if diff := cmp.Diff(withoutOp(inspectErr), withoutOp(err)); diff != "" {
			t.Errorf("Inspect and Extract judge differently (-Inspect +Extract):\n%s", diff)
		}
	}
	tree8, r8, err8 := d.attempt(t, data, safezip.Workers(8))
	if diff := cmp.Diff(text(err), text(err8)); diff != "" {
		t.Errorf("one and eight workers end differently (-1 +8):\n%s", diff)
	}
	if diff := cmp.Diff(tree, tree8); diff != "" {
		t.Errorf("one and eight workers unpack differently (-1 +8):\n%s", diff)
	}
	lax, _, laxErr := d.attempt(t, data, safezip.UnsafeAllow(liftable()...), safezip.UnsafeSymlinks())
	classifiedLax(t, laxErr)
	d.holdsWide(t, data, tree, err)
	if err != nil {
		return
	}
	if diff := cmp.Diff(readByGo(t, data), tree); diff != "" {
		t.Errorf("the tree is not what archive/zip reads (-zip +tree):\n%s", diff)
	}
	if diff := cmp.Diff(tree, lax); diff != "" || laxErr != nil {
		t.Errorf("lifting rules that nothing breaks changes the tree (%v):\n%s", laxErr, diff)
	}
	inspected.Elapsed, r.Elapsed, r8.Elapsed = 0, 0, 0
	if diff := cmp.Diff(inspected, structural(r), sameReport); diff != "" {
		t.Errorf("the reports differ (-Inspect +Extract):\n%s", diff)
	}
	if diff := cmp.Diff(r, r8, sameReport); diff != "" {
		t.Errorf("the reports differ (-1 +8 workers):\n%s", diff)
	}
	bounded(t, tree, r)
}

// holdsWide checks what UnicodeNames promises besides: what is accepted without it stays as it is,
// and of the names that it lets in no two are one on any file system.
func (d *desk) holdsWide(t *testing.T, data []byte, narrow map[string]string, narrowErr error) {
	t.Helper()
	wide, r, err := d.attempt(t, data, safezip.UnicodeNames())
	classified(t, err)
	if narrowErr == nil {
		if diff := cmp.Diff(narrow, wide); diff != "" || err != nil {
			t.Errorf("UnicodeNames changes an archive of ASCII names (%v):\n%s", err, diff)
		}
		return
	}
	if err != nil {
		return
	}
	if diff := cmp.Diff(readByGo(t, data), wide); diff != "" {
		t.Errorf("the tree is not what archive/zip reads (-zip +tree):\n%s", diff)
	}
	seen := map[string]string{}
	for name := range wide {
		name = strings.TrimSuffix(name, "/")
		key := ucd.FoldKey(name)
		if other, twice := seen[key]; twice || !utf8.ValidString(name) {
			t.Errorf("%+q and %+q are one name, or no UTF-8", name, other)
		}
		seen[key] = name
	}
	bounded(t, wide, r)
}

// bounded checks that a tree keeps the limits, and that the Report tells the truth about it.
func bounded(t *testing.T, tree map[string]string, r *safezip.Report) {
	t.Helper()
	r = structural(r)
	var files, dirs, size int64
	for name, content := range tree {
		if strings.HasSuffix(name, "/") {
			dirs++
		} else {
			files++
		}
		size += int64(len(content))
		if depth := int64(strings.Count(strings.TrimSuffix(name, "/"), "/") + 1); depth > fuzzLimits.Depth {
			t.Errorf("%q is %d deep", name, depth)
		}
	}
	if size > int64(fuzzLimits.OutputBytes) || files+dirs > fuzzLimits.Items {
		t.Errorf("%d items of %d bytes are more than the limits", files+dirs, size)
	}
	if files != r.Files || dirs != r.Dirs || size != r.Bytes || r.Entries > files+dirs+1 ||
		slices.ContainsFunc(r.Notes, func(f safezip.Finding) bool { return f.Rule != "" }) ||
		len(r.Findings) != 0 {
		t.Errorf("%d files, %d directories and %d bytes are reported as %+v", files, dirs, size, r)
	}
}

// inside checks that below dir nothing but links, files and directories stands, and that each link
// leads to something there.
func inside(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Type().IsRegular() {
			return err
		}
		end, err := filepath.EvalSymlinks(name)
		if entry.Type() != fs.ModeSymlink || !strings.HasPrefix(end, dir+"/") {
			t.Errorf("%s is a %v and leads to %q (%v)", name, entry.Type(), end, err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// classified checks that an error is a refusal with a text for every log.
func classified(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		return
	}
	printable(t, err.Error())
	_, isRule := errors.AsType[*safezip.RuleError](err)
	_, isExceeded := errors.AsType[*limits.ExceededError](err)
	if !errors.Is(err, limits.ErrRefused) || isRule == isExceeded {
		t.Errorf("%v is not one kind of refusal", err)
	}
}

// classifiedLax is classified where the system has a say as well: names longer than it allows, and
// links that have no target.
func classifiedLax(t *testing.T, err error) {
	t.Helper()
	if _, isPath := errors.AsType[*fs.PathError](err); !isPath || errors.Is(err, limits.ErrRefused) {
		classified(t, err)
	}
}

// printable checks that a text is short and plain.
func printable(t *testing.T, text string) {
	t.Helper()
	if len(text) >= 1500 || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' }) {
		t.Errorf("a text of %d bytes: %q", len(text), text)
	}
}

// withoutOp is an error without the name of the operation that it comes from.
func withoutOp(err error) any {
	if rule, ok := errors.AsType[*safezip.RuleError](err); ok {
		r := *rule
		r.Op = ""
		return r
	}
	if exceeded, ok := errors.AsType[*limits.ExceededError](err); ok {
		e := *exceeded
		_, e.Op, _ = strings.Cut(e.Op, ":")
		return e
	}
	return err
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// liftable returns every rule that UnsafeAllow takes.
func liftable() []limits.Rule {
	var rules []limits.Rule
	for info := range safezip.Rules() {
		if info.Liftable {
			rules = append(rules, info.Rule)
		}
	}
	return rules
}
