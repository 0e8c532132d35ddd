package main

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestZip packs a tree, and unpacks it again.
func TestZip(t *testing.T) {
	in, beside := t.TempDir(), t.TempDir()
	files := map[string]string{"a.txt": "a", "d/b": strings.Repeat("b ", 10_000), "d/none": ""}
	plant(t, in, files)
	if err := os.Mkdir(filepath.Join(in, "empty"), 0o700); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(beside, "out.zip")
	r := airlock(t, "zip", "-reproducible", in, file)
	if r.status != 0 || !strings.Contains(r.out, "3 files, 2 directories") {
		t.Fatalf("%+v", r)
	}
	r = airlock(t, "inspect", "-list", file)
	if want := "a.txt\nd/\nd/b\nd/none\nempty/\n"; r.status != 0 || r.out != want {
		t.Errorf("%+v", r)
	}
	out := filepath.Join(beside, "out")
	if r := airlock(t, "unzip", file, out); r.status != 0 {
		t.Fatalf("%+v", r)
	}
	got := map[string]string{}
	for name := range files {
		data, err := os.ReadFile(filepath.Join(out, name))
		if err != nil {
			t.Fatal(err)
		}
		got[name] = string(data)
	}
	if !maps.Equal(got, files) {
		t.Errorf("%q", got)
	}
	again := filepath.Join(beside, "again.zip")
	if r := airlock(t, "zip", "-quiet", "-reproducible", out, again); r.status != 0 || r.out != "" {
		t.Errorf("%+v", r)
	}
	one, oneErr := os.ReadFile(file)
	two, twoErr := os.ReadFile(again)
	if err := errors.Join(oneErr, twoErr); err != nil || string(one) != string(two) {
		t.Errorf("the same tree gives other bytes: %v", err)
	}
}

// TestZipIntoItself packs a directory into a file in it, which is not packed.
func TestZipIntoItself(t *testing.T) {
	in := t.TempDir()
	plant(t, in, map[string]string{"a": strings.Repeat("a", 200_000), "d/b": "b"})
	for i, file := range []string{"one.zip", "d/two.zip", "three.zip"} {
		if r := airlock(t, "zip", in, filepath.Join(in, file)); r.status != 0 || strings.Contains(r.out, `\x`) {
			t.Fatalf("%s: %+v", file, r)
		}
		want := []string{"a\nd/\nd/b\n", "a\nd/\nd/b\none.zip\n", "a\nd/\nd/b\nd/two.zip\none.zip\n"}[i]
		if r := airlock(t, "inspect", "-list", filepath.Join(in, file)); r.status != 0 || r.out != want {
			t.Errorf("%s: %+v", file, r)
		}
	}
}

func TestRounded(t *testing.T) {
	for want, d := range map[string]time.Duration{
		"0.0ms": 3 * time.Microsecond, "0.4ms": 412 * time.Microsecond, "1.2ms": 1234 * time.Microsecond,
		"1.23s": 1234 * time.Millisecond, "1m0s": time.Minute,
	} {
		if got := rounded(d); got != want {
			t.Errorf("%v: %s, want %s", d, got, want)
		}
	}
}

// TestZipRefuses leaves nothing where it cannot leave an archive.
func TestZipRefuses(t *testing.T) {
	in := t.TempDir()
	plant(t, in, map[string]string{"a": "a"})
	link := t.TempDir()
	if err := os.Symlink("/etc/passwd", filepath.Join(link, "l")); err != nil {
		t.Fatal(err)
	}
	device := t.TempDir()
	plant(t, device, map[string]string{"nul.txt": "x"})
	existing := filepath.Join(in, "a")
	for name, c := range map[string]struct {
		args   []string
		status int
		says   string
	}{
		"a link":            {[]string{link, "out.zip"}, 1, "special-file"},
		"a device":          {[]string{device, "out.zip"}, 1, "reserved-name"},
		"a limit":           {[]string{"-limits", "input=1", in, "out.zip"}, 1, "input=1"},
		"a level":           {[]string{"-level", "10", in, "out.zip"}, 2, "Level is 10"},
		"one argument":      {[]string{in}, 2, "want DIR and FILE.zip"},
		"a file that is":    {[]string{in, existing}, 2, "file already exists"},
		"no such directory": {[]string{filepath.Join(in, "none"), "out.zip"}, 2, "no such file"},
	} {
		beside := t.TempDir()
		args := []string{"zip"}
		for _, arg := range c.args {
			if arg == "out.zip" {
				arg = filepath.Join(beside, arg)
			}
			args = append(args, arg)
		}
		r := airlock(t, args...)
		if r.status != c.status || !strings.Contains(r.errs, c.says) || r.out != "" {
			t.Errorf("%s: %+v", name, r)
		}
		if left, err := os.ReadDir(beside); err != nil || len(left) > 0 {
			t.Errorf("%s: left %v, %v", name, left, err)
		}
	}
	if r := airlock(t, "inspect", "-list", existing); r.status != 1 || r.out != "" {
		t.Errorf("no archive: %+v", r)
	}
}
