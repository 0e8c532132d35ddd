package main

import (
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/safetar"
)

// zipped packs a tree with zip and returns the archive.
func zipped(t *testing.T, files map[string]string) string {
	t.Helper()
	in, file := t.TempDir(), filepath.Join(t.TempDir(), "file.zip")
	plant(t, in, files)
	tool(t, in, "zip", "-q", "-r", file, ".")
	return file
}

// A wrong use ends with 2, says what is wrong, and makes nothing.
func TestWrongUse(t *testing.T) {
	file, beside, existing := zipped(t, map[string]string{"a": "a"}), t.TempDir(), t.TempDir()
	out := filepath.Join(beside, "out")
	tests := []struct {
		name string
		args []string
		says string
	}{
		{"no command", nil, "usage: airlock COMMAND"},
		{"no such command", []string{"unpack"}, `there is no command "unpack"`},
		{"hostile command", []string{"\x1b[2J"}, `there is no command "\x1b[2J"`},
		{"no such help", []string{"help", "unpack"}, `there is no command "unpack"`},
		{"too much help", []string{"help", "unzip", "inspect"}, "help takes the name of one command"},
		{"no arguments", []string{"unzip"}, "want FILE.zip and DIR after the flags, not 0 arguments"},
		{"no directory", []string{"unzip", file}, "want FILE.zip and DIR after the flags, not 1 arguments"},
		{"flag behind", []string{"unzip", file, out, "-json"},
			"want FILE.zip and DIR after the flags, not 3 arguments"},
		{"no such flag", []string{"unzip", "-unsafe", file, out}, "flag provided but not defined: -unsafe"},
		{"hostile flag", []string{"unzip", "-\x1b[2J\nairlock: all is well", file, out},
			`flag provided but not defined: -\x1b[2J\nairlock: all is well`},
		{"no number", []string{"unzip", "-workers", "many", file, out}, `invalid value "many" for flag -workers`},
		{"no workers", []string{"unzip", "-workers", "0", file, out}, "Workers is 0: not between 1 and 256"},
		{"unknown limit", []string{"unzip", "-limits", "outptu=1GiB", file, out},
			`"outptu=1GiB" is not one of input=, output=`},
		{"no unit", []string{"unzip", "-limits", "time=30", file, out}, `time="30" is not a time`},
		{"no limit at all", []string{"unzip", "-limits", "items=0", file, out}, `items="0" is not a budget`},
		{"unknown rule", []string{"unzip", "-allow", "gaps", file, out}, `names no rule of this package: "gaps"`},
		{"empty rule", []string{"unzip", "-allow", "", file, out}, `names no rule of this package: ""`},
		{"trust boundary", []string{"unzip", "-allow", "gap,path-traversal", file, out},
			`cannot lift "path-traversal", which belongs to the trust boundary`},
		{"prefix that climbs", []string{"unzip", "-strip", "../x", file, out}, "StripPrefix is \"../x\""},
		{"no file", []string{"unzip", filepath.Join(beside, "none.zip"), out}, "none.zip: no such file or directory"},
		{"file is a directory", []string{"unzip", beside, out}, "not a regular file"},
		{"directory exists", []string{"unzip", file, existing}, "file already exists"},
		{"directory is a file", []string{"unzip", file, file}, "file already exists"},
		{"parent does not exist", []string{"unzip", file, filepath.Join(out, "in")},
			"the directory's parent must exist"},
		{"inspect nothing", []string{"inspect"}, "want FILE after the flags"},
		{"inspect two", []string{"inspect", file, file}, "several want -json"},
		{"inspect no file", []string{"inspect", filepath.Join(beside, "none.zip")},
			"none.zip: no such file or directory"},
		{"inspect a directory", []string{"inspect", beside}, "not a regular file"},
		{"inspect trust boundary", []string{"inspect", "-allow", "checksum", file}, `cannot lift "checksum"`},
		{"rules of a file", []string{"inspect", "-rules", file}, "-rules takes no arguments"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := airlock(t, test.args...)
			r.want(t, statusFailed, test.says)
			if r.out != "" {
				t.Errorf("standard output says %q", r.out)
			}
			assertNothing(t, beside)
			assertNothing(t, existing)
		})
	}
}

// In JSON, a configuration and an environment at fault are told apart from a refusal.
func TestFailureKinds(t *testing.T) {
	file, beside := zipped(t, map[string]string{"a": "a"}), t.TempDir()
	out := filepath.Join(beside, "out")
	tests := []struct {
		name          string
		args          []string
		verdict, kind string
	}{
		{"limit", []string{"unzip", "-json", "-limits", "items=1 depth=1", write(t, bombOfItems(t)), out}, "refused",
			kindLimit},
		{"rule", []string{"unzip", "-json", write(t, []byte("no archive")), out}, "refused", kindRule},
		{"config", []string{"unzip", "-json", "-allow", "nothing", file, out}, "undecided", kindConfig},
		{"environment", []string{"unzip", "-json", filepath.Join(beside, "none"), out}, "undecided", kindEnvironment},
		{"inspect limit", []string{"inspect", "-json", "-limits", "items=1", write(t, bombOfItems(t))}, "refused",
			kindLimit},
		{"inspect rule", []string{"inspect", "-json", write(t, []byte("no archive"))}, "refused", kindRule},
		{"inspect config", []string{"inspect", "-json", "-allow", "nothing", file}, "undecided", kindConfig},
		{"inspect environment", []string{"inspect", "-json", filepath.Join(beside, "none")}, "undecided",
			kindEnvironment},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			o := parse(t, airlock(t, test.args...))
			if o.Verdict != test.verdict || o.Error.Kind != test.kind || o.Error.Message == "" {
				t.Errorf("%+v, %+v", o, o.Error)
			}
			if limit := o.Error.Kind == kindLimit; limit != (o.Error.Resource != "") || limit &&
				o.Error.Used <= o.Error.Limit {
				t.Errorf("%+v", o.Error)
			}
			if rule := o.Error.Kind == kindRule; rule != (o.Error.Rule != "") || rule && (o.Error.Offset == nil ||
				o.Error.Detail == "") {
				t.Errorf("%+v", o.Error)
			}
			assertNothing(t, beside)
		})
	}
}

// bombOfItems is an archive of three files.
func bombOfItems(t *testing.T) []byte {
	t.Helper()
	data, err := os.ReadFile(zipped(t, map[string]string{"a": "a", "b": "b", "c": "c"}))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Exactly the limit passes, one less is refused, and what the refusal says to do lets the archive
// in.
func TestLimits(t *testing.T) {
	file := zipped(t, map[string]string{"one": strings.Repeat("1", 70000), "two": strings.Repeat("2", 30000),
		"d/e/f": "3"})
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		key    string
		enough int64
		advice string // what the refusal of one less says to do
	}{
		{"output", 100001, "output=200000B"},
		{"items", 5, "items=8"}, // three files, two directories
		{"depth", 3, "depth=4"},
		{"input", info.Size(), fmt.Sprintf("input=%dB", 2*(info.Size()-1))},
	}
	for _, test := range tests {
		t.Run(test.key, func(t *testing.T) {
			beside := t.TempDir()
			out := filepath.Join(beside, "out")
			less := fmt.Sprintf("%s=%d", test.key, test.enough-1)
			airlock(t, "unzip", "-limits", less, file, out).want(t, statusRefused, "limit", test.key+"=",
				"if you trust the file, raise the limit: -limits "+test.advice+"\n")
			assertNothing(t, beside)
			if r := airlock(t, "inspect", "-limits", less, file); r.status != statusRefused ||
				!strings.Contains(r.out, "-limits "+test.advice) {
				t.Errorf("inspect: %+v", r)
			}
			airlock(t, "unzip", "-limits", fmt.Sprintf("%s=%d", test.key, test.enough), file, out).want(t, statusOK)
			airlock(t, "unzip", "-limits", test.advice, file, out+"2").want(t, statusOK)
		})
	}
}

// More memory than the default is also there for the central directory.
func TestMemoryForTheDirectory(t *testing.T) {
	file, out := filepath.Join(t.TempDir(), "file.zip"), filepath.Join(t.TempDir(), "out")
	packed := byPython("", `
with zipfile.ZipFile(sys.argv[1], 'w') as z:
    for i in range(300):
        e = zipfile.ZipInfo('%03d' % i)
        e.comment = b'c' * 65000
        z.writestr(e, '')`)
	packed.pack(t, t.TempDir(), file)
	airlock(t, "unzip", file, out).want(t, statusRefused, "limit  memory=16MiB", "place  \"central directory\"",
		"-limits memory=32MiB")
	airlock(t, "unzip", "-limits", "memory=32MiB", file, out).want(t, statusOK)
}

// A run out of time is a refusal.
func TestTime(t *testing.T) {
	beside := t.TempDir()
	airlock(t, "unzip", "-limits", "time=2ms", large(t), filepath.Join(beside, "out")).want(t, statusRefused,
		"limit  time=2ms (time)", "took   time=", "-limits time=")
	assertNothing(t, beside)
}

// Each flag does what help says.
func TestFlags(t *testing.T) {
	files := map[string]string{"top/a": "a", "top/d/b": "b"}
	file, beside := zipped(t, files), t.TempDir()
	dir := func(name string) string { return filepath.Join(beside, name) }

	r := airlock(t, "unzip", "-quiet", file, dir("quiet"))
	if r.want(t, statusOK); r.out+r.errs != "" {
		t.Errorf("-quiet says %q", r.out+r.errs)
	}

	airlock(t, "unzip", "-strip", "top", "-workers", "1", "-sync", file, dir("stripped")).want(t, statusOK)
	want := t.TempDir()
	plant(t, want, map[string]string{"a": "a", "d/b": "b"})
	assertSame(t, look(t, want), look(t, dir("stripped")))
	airlock(t, "unzip", "-strip", "other", file, dir("other")).want(t, statusRefused, "outside-prefix")

	airlock(t, "unzip", "-keep-times", file, dir("times")).want(t, statusOK)
	packed := parse(t, airlock(t, "inspect", "-json", file)).Entries
	for _, e := range packed {
		info, err := os.Stat(filepath.Join(dir("times"), e.Name))
		if err != nil {
			t.Fatal(err)
		}
		if got := info.ModTime().UTC().Format(time.RFC3339); got != e.Modified {
			t.Errorf("%s is of %s, the archive says %s", e.Name, got, e.Modified)
		}
	}
	if len(packed) == 0 {
		t.Error("inspect lists nothing")
	}
}

// The rules are listed, all of them, as text and as JSON.
func TestRules(t *testing.T) {
	text, asJSON := airlock(t, "inspect", "-rules"), airlock(t, "inspect", "-rules", "-json")
	text.want(t, statusOK)
	asJSON.want(t, statusOK)
	for _, rules := range []iter.Seq[limits.RuleInfo]{safezip.Rules(), safetar.Rules()} {
		for info := range rules {
			if strings.Count(text.out, "\n"+string(info.Rule)+" ") != 1 ||
				strings.Count(asJSON.out, fmt.Sprintf("\"rule\": %q", info.Rule)) != 1 {
				t.Errorf("%s is not listed once", info.Rule)
			}
		}
	}
}

// Help is on standard output, in every form that people try, and names every flag.
func TestHelp(t *testing.T) {
	for _, args := range [][]string{{"help"}, {"-h"}, {"--help"}} {
		r := airlock(t, args...)
		r.want(t, statusOK)
		for _, c := range commands() {
			if !strings.Contains(r.out, "  "+c.name+" ") {
				t.Errorf("%v does not name %s:\n%s", args, c.name, r.out)
			}
		}
	}
	for _, args := range [][]string{{"help", "unzip"}, {"unzip", "-h"}, {"unzip", "--help"}} {
		r := airlock(t, args...)
		r.want(t, statusOK)
		for _, word := range []string{"usage: airlock unzip [flags] FILE.zip DIR",
			"(default output=1GiB items=10000 time=1m0s)", "-allow RULES", "-json", "-keep-times", "-quiet",
			"-strip PREFIX", "-symlinks", "-sync", "-unicode", "-workers N"} {
			if !strings.Contains(r.out, word) {
				t.Errorf("%v does not say %q:\n%s", args, word, r.out)
			}
		}
	}
}
