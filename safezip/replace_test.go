package safezip_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

// site makes a directory with the given files, whose names may end in a slash.
func site(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	for _, name := range slices.Sorted(maps.Keys(files)) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if strings.HasSuffix(name, "/") {
			path += "/x"
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(name, "/") {
			if err := os.WriteFile(path, []byte(files[name]), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}

func replace(t *testing.T, dir string, files []string, opts ...safezip.Option) (*safezip.Report, error) {
	t.Helper()
	var list []zipbuild.File
	for _, name := range files {
		list = append(list, zipbuild.File{Name: name})
	}
	data := zipbuild.Archive{Files: list}.Bytes()
	return safezip.Extract(t.Context(), dir, bytes.NewReader(data), int64(len(data)), sensible, opts...)
}

func TestReplace(t *testing.T) {
	was := map[string]string{"index": "old", "uploads/1": "mine", "etc/settings": "k=v", "etc/other": "x", "gone/": ""}
	for name, test := range map[string]struct {
		keep  []string
		files []string
		want  map[string]string // nil for a refusal
		notes int
	}{
		"nothing kept": {files: []string{"index"}, want: map[string]string{"index": ""}},
		"a directory": {keep: []string{"uploads"}, files: []string{"index"},
			want: map[string]string{"index": "", "uploads/": "", "uploads/1": "mine"}},
		"a file below": {keep: []string{"etc/settings"}, files: []string{"etc/new"},
			want: map[string]string{"etc/": "", "etc/new": "", "etc/settings": "k=v"}},
		"a file below a new directory": {keep: []string{"etc/settings"}, files: []string{"index"},
			want: map[string]string{"index": "", "etc/": "", "etc/settings": "k=v"}},
		"an empty directory": {keep: []string{"gone"}, files: []string{"a"},
			want: map[string]string{"a": "", "gone/": ""}},
		"what is not there": {keep: []string{"cache", "index/x"}, files: nil, notes: 1}, // index is a file.
		"missing": {keep: []string{"cache"}, files: []string{"a"}, want: map[string]string{"a": ""},
			notes: 1},
		"the same name":           {keep: []string{"uploads"}, files: []string{"uploads"}},
		"below":                   {keep: []string{"uploads"}, files: []string{"uploads/2"}},
		"in another case":         {keep: []string{"uploads"}, files: []string{"Uploads/2"}},
		"a file on the way":       {keep: []string{"etc/settings"}, files: []string{"etc"}},
		"another case on the way": {keep: []string{"etc/settings"}, files: []string{"ETC/x"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := site(t, was)
			before := readTree(t, dir)
			r, err := replace(t, dir, test.files, safezip.Replace(test.keep...))
			if test.want == nil {
				if err == nil {
					t.Error("no error")
				}
				if diff := cmp.Diff(before, readTree(t, dir)); diff != "" {
					t.Errorf("the directory changed (-was +is):\n%s", diff)
				}
				if rule, ok := errors.AsType[*safezip.RuleError](err); test.notes == 0 &&
					(!ok || rule.Rule != safezip.RuleKeptName) {
					t.Errorf("%v; want %s", err, safezip.RuleKeptName)
				}
			} else {
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(test.want, readTree(t, dir)); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
				if len(r.Notes) != test.notes {
					t.Errorf("notes: %v", r.Notes)
				}
			}
			if beside, err := os.ReadDir(filepath.Dir(dir)); err != nil || len(beside) != 1 {
				t.Errorf("beside the directory: %v, %v", beside, err)
			}
		})
	}
}

// TestReplaceNothing has Replace of a directory that does not exist be Extract.
func TestReplaceNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	r, err := replace(t, dir, []string{"a"}, safezip.Replace("uploads"))
	if err != nil || len(r.Notes) != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	if diff := cmp.Diff(map[string]string{"a": ""}, readTree(t, dir)); diff != "" {
		t.Error(diff)
	}
}

// TestReplaceFollowsNoLink leaves alone what a link in the old tree leads to.
func TestReplaceFollowsNoLink(t *testing.T) {
	dir := site(t, map[string]string{"a": "old"})
	outside := filepath.Join(filepath.Dir(dir), "outside")
	if err := os.MkdirAll(filepath.Join(outside, "data"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../outside", filepath.Join(dir, "etc")); err != nil {
		t.Skip(err)
	}
	if _, err := replace(t, dir, []string{"a"}, safezip.Replace("etc/data")); err == nil {
		t.Error("a kept path leads through a link, and there is no error")
	}
	// The link itself may be kept.
	if _, err := replace(t, dir, []string{"a"}, safezip.Replace("etc")); err != nil {
		t.Error(err)
	}
	if to, err := os.Readlink(filepath.Join(dir, "etc")); err != nil || to != "../outside" {
		t.Errorf("%q, %v", to, err)
	}
	if _, err := os.Stat(filepath.Join(outside, "data")); err != nil {
		t.Error(err)
	}
	link := filepath.Join(filepath.Dir(dir), "link")
	if err := os.Symlink("site", link); err != nil {
		t.Fatal(err)
	}
	if _, err := replace(t, link, []string{"a"}, safezip.Replace()); err == nil {
		t.Error("a link is replaced")
	}
}

// TestReplaceOnlyDirectories puts nothing in the place of a link, however its name is written, and
// of what has come there while the archive was unpacked. Nothing is left beside it.
func TestReplaceOnlyDirectories(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links take a privilege there")
	}
	exchanged := func(to func(dir string) error) func(dir string) []safezip.Option {
		return func(dir string) []safezip.Option {
			return []safezip.Option{safezip.Select(func(safezip.Entry) bool {
				if err := errors.Join(os.RemoveAll(dir), to(dir)); err != nil {
					t.Error(err)
				}
				return true
			})}
		}
	}
	for name, test := range map[string]struct {
		path string // beside the link and the directory
		opts func(dir string) []safezip.Option
		good bool
	}{
		"a link": {path: "link"}, "a link with a slash": {path: "link/"}, "with slashes": {path: "link//"},
		"with a dot": {path: "link/."}, "from below": {path: "link/new/.."},
		"a link has come": {path: "site", opts: exchanged(func(dir string) error { return os.Symlink("other", dir) })},
		"a file has come": {path: "site", opts: exchanged(func(dir string) error {
			return os.WriteFile(dir, nil, 0o600)
		})},
		"a link to nothing has come": {path: "site",
			opts: exchanged(func(dir string) error { return os.Symlink("nothing", dir) })},
		"a directory with a slash": {path: "site/", good: true},
		"a directory with a dot":   {path: "site/.", good: true},
		"another directory has come": {path: "site", good: true,
			opts: exchanged(func(dir string) error { return os.Mkdir(dir, 0o700) })},
		"it has gone": {path: "site", good: true, opts: exchanged(func(string) error { return nil })},
	} {
		t.Run(name, func(t *testing.T) {
			dir := site(t, map[string]string{"a": "old"})
			parent := filepath.Dir(dir)
			if err := errors.Join(os.Mkdir(filepath.Join(parent, "other"), 0o700),
				os.Symlink("site", filepath.Join(parent, "link"))); err != nil {
				t.Fatal(err)
			}
			opts := []safezip.Option{safezip.Replace("b")}
			if test.opts != nil {
				opts = append(opts, test.opts(dir)...)
			}
			_, err := replace(t, parent+"/"+test.path, []string{"new"}, opts...)
			if test.good != (err == nil) || errors.Is(err, limits.ErrRefused) {
				t.Errorf("%v; want success: %v", err, test.good)
			}
			tree := readTree(t, parent)
			if _, made := tree["site/new"]; made != test.good {
				t.Errorf("there is %v", tree)
			}
			for name := range tree {
				if strings.HasPrefix(name, ".") {
					t.Errorf("%s is left", name)
				}
			}
		})
	}
}

// TestReplaceTogether has many operations replace one directory at once: each succeeds, what is
// kept is there after each round, and nothing is left.
func TestReplaceTogether(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there are no locks there")
	}
	rounds, together, kept := 5, 6, 40
	if testing.Short() {
		rounds, together, kept = 2, 3, 10
	}
	was := map[string]string{}
	var keep []string
	for i := range kept {
		name := fmt.Sprintf("k%d/uploads", i)
		keep = append(keep, name)
		was[name+"/x"] = "mine"
	}
	dir := site(t, was)
	want := readTree(t, dir)
	want["new"] = ""
	for round := range rounds {
		if round == rounds-1 { // It is made anew.
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
			want = map[string]string{"new": ""}
		}
		var group sync.WaitGroup
		for range together {
			group.Go(func() {
				if _, err := replace(t, dir, []string{"new"}, safezip.Replace(keep...)); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if diff := cmp.Diff(want, readTree(t, dir)); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	}
	if beside, err := os.ReadDir(filepath.Dir(dir)); err != nil || len(beside) != 1 {
		t.Errorf("beside the directory: %v, %v", beside, err)
	}
}

func TestReplaceConfig(t *testing.T) {
	dir := site(t, map[string]string{"a": ""})
	for _, keep := range [][]string{{"."}, {""}, {"/a"}, {"../a"}, {"a/"}, {"a", "a/b"}, {"a/b", "a"}, {"a", "a"}} {
		if _, err := replace(t, dir, []string{"b"}, safezip.Replace(keep...)); !errors.Is(err, limits.ErrConfig) {
			t.Errorf("%q: %v", keep, err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	data := ordinary()
	if _, err := safezip.ExtractRoot(t.Context(), root, bytes.NewReader(data), int64(len(data)), sensible,
		safezip.Replace()); !errors.Is(err, limits.ErrConfig) {
		t.Errorf("ExtractRoot: %v", err)
	}
	if _, err := replace(t, dir, []string{"b"}); !errors.Is(err, fs.ErrExist) {
		t.Errorf("without Replace: %v", err)
	}
}
