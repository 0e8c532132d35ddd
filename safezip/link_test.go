package safezip_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/internal/testkit/limittable"
	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

func symlink(name, target string) zipbuild.File {
	return zipbuild.File{Name: name, Data: []byte(target), Mode: 0o120777, Method: zipbuild.Deflate}
}

// chain returns n links, each to the next, and a file at the end.
func chain(n int) []zipbuild.File {
	files := []zipbuild.File{{Name: strings.Repeat("l", n+1), Data: []byte("end")}}
	for i := range n {
		files = append(files, symlink(strings.Repeat("l", i+1), strings.Repeat("l", i+2)))
	}
	return files
}

func TestSymlinks(t *testing.T) {
	file := zipbuild.File{Name: "d/file", Data: []byte("content")}
	for name, test := range map[string]struct {
		files []zipbuild.File
		want  map[string]string // nil: refused
	}{
		"to a file":         {[]zipbuild.File{file, symlink("l", "d/file")}, map[string]string{"l": "-> d/file"}},
		"to a directory":    {[]zipbuild.File{file, symlink("l", "d")}, map[string]string{"l": "-> d"}},
		"before its target": {[]zipbuild.File{symlink("l", "d/file"), file}, map[string]string{"l": "-> d/file"}},
		"beside its target": {[]zipbuild.File{file, symlink("d/l", "file")}, map[string]string{"d/l": "-> file"}},
		"through a link": {[]zipbuild.File{file, symlink("m", "d"), symlink("l", "m/file")},
			map[string]string{"m": "-> d", "l": "-> m/file"}},
		"as frameworks have it": {[]zipbuild.File{{Name: "V/A/x", Data: []byte("x")}, symlink("V/Current", "A"),
			symlink("x", "V/Current/x")}, map[string]string{"V/A/": "", "V/A/x": "x", "V/": "", "V/Current": "-> A",
			"x": "-> V/Current/x", "d/": "-", "d/file": "-"}},
		"too many links":      {chain(41), nil},
		"upwards":             {[]zipbuild.File{file, symlink("d/l", "../../d/file")}, nil},
		"far upwards":         {[]zipbuild.File{file, symlink("l", "../../../etc/passwd")}, nil},
		"up in the middle":    {[]zipbuild.File{file, symlink("l", "d/../../d/file")}, nil},
		"absolute":            {[]zipbuild.File{file, symlink("l", "/etc/passwd")}, nil},
		"drive":               {[]zipbuild.File{file, symlink("l", `C:\Windows`)}, nil},
		"backslash":           {[]zipbuild.File{file, symlink("l", `d\file`)}, nil},
		"control character":   {[]zipbuild.File{file, symlink("l", "d/file\n")}, nil},
		"NUL":                 {[]zipbuild.File{file, symlink("l", "d/file\x00x")}, nil},
		"empty":               {[]zipbuild.File{file, symlink("l", "")}, nil},
		"here":                {[]zipbuild.File{file, symlink("l", ".")}, map[string]string{"l": "-> ."}},
		"to itself":           {[]zipbuild.File{file, symlink("l", "l")}, nil},
		"in a circle":         {[]zipbuild.File{file, symlink("l", "m"), symlink("m", "l")}, nil},
		"in a growing circle": {[]zipbuild.File{file, symlink("l", "l/l")}, nil},
		"to nothing":          {[]zipbuild.File{file, symlink("l", "nothing")}, nil},
		"through a file":      {[]zipbuild.File{file, symlink("l", "d/file/x")}, nil},
		"another case":        {[]zipbuild.File{file, symlink("l", "D/FILE")}, nil},
		"too long":            {[]zipbuild.File{file, symlink("l", strings.Repeat("d/", 2050)+"file")}, nil},
		"through a bad link":  {[]zipbuild.File{file, symlink("m", "../d"), symlink("l", "m/file")}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			data := zipbuild.Archive{Files: test.files}.Bytes()
			dir := filepath.Join(t.TempDir(), "out")
			_, err := safezip.Extract(t.Context(), dir, strings.NewReader(string(data)), int64(len(data)), sensible,
				safezip.UnsafeSymlinks())
			if test.want == nil {
				ruleOf(t, err, safezip.RuleSymlink)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			want := map[string]string{"d/": "", "d/file": "content"}
			for name, content := range test.want {
				want[name] = content
				if content == "-" {
					delete(want, name)
				}
			}
			if diff := cmp.Diff(want, readTree(t, dir)); diff != "" {
				t.Errorf("tree (-want +got):\n%s", diff)
			}
		})
	}
}

// TestSymlinkChain takes a chain of exactly as many links as kernels follow.
func TestSymlinkChain(t *testing.T) {
	data := zipbuild.Archive{Files: chain(40)}.Bytes()
	dir := filepath.Join(t.TempDir(), "out")
	if _, err := safezip.Extract(t.Context(), dir, strings.NewReader(string(data)), int64(len(data)), sensible,
		safezip.UnsafeSymlinks()); err != nil {
		t.Fatal(err)
	}
	if content, err := os.ReadFile(filepath.Join(dir, "l")); err != nil || string(content) != "end" {
		t.Errorf("%q, %v", content, err)
	}
}

// TestWriteThroughSymlink has entries below a link, which is no directory, links or not.
func TestWriteThroughSymlink(t *testing.T) {
	for _, files := range [][]zipbuild.File{
		{symlink("l", "d"), {Name: "d/x"}, {Name: "l/evil"}},
		{{Name: "l/evil"}, {Name: "d/x"}, symlink("l", "d")},
		{symlink("l", "d"), {Name: "d/x"}, {Name: "l/"}},
	} {
		_, _, err := extract(t, zipbuild.Archive{Files: files}.Bytes(), sensible, safezip.UnsafeSymlinks())
		ruleOf(t, err, safezip.RuleFileDirCollision)
	}
}

// TestSymlinkSelected refuses a link whose target is not unpacked with it.
func TestSymlinkSelected(t *testing.T) {
	data := zipbuild.Archive{Files: []zipbuild.File{{Name: "d/file"}, {Name: "x"}, symlink("l", "d/file"),
		symlink("top/l", "sub/x"), {Name: "top/sub/x"}}}.Bytes()
	only := func(names ...string) safezip.Option {
		return safezip.Select(func(e safezip.Entry) bool { return slices.Contains(names, e.Name) })
	}
	_, _, err := extract(t, data, sensible, safezip.UnsafeSymlinks(), only("l", "x"))
	ruleOf(t, err, safezip.RuleSymlink)
	if _, _, err := extract(t, data, sensible, safezip.UnsafeSymlinks(), only("x")); err != nil {
		t.Error(err)
	}
	dir := filepath.Join(t.TempDir(), "out")
	if _, err := safezip.Extract(t.Context(), dir, strings.NewReader(string(data)), int64(len(data)), sensible,
		safezip.UnsafeSymlinks(), safezip.StripPrefix("top"), only("top/l", "top/sub/x")); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]string{"l": "-> sub/x", "sub/": "", "sub/x": ""}, readTree(t, dir)); diff != "" {
		t.Errorf("tree (-want +got):\n%s", diff)
	}
}

// TestSymlinkCost bounds many links through long chains by Steps.
func TestSymlinkCost(t *testing.T) {
	data := zipbuild.Archive{Files: chain(40)}.Bytes()
	lim := sensible
	lim.Steps = 300 // The headers and targets take 41 × 3, the way along each chain the rest.
	_, _, err := extract(t, data, lim, safezip.UnsafeSymlinks())
	limittable.Exceeds(t, err, limits.Steps, 300)
}
