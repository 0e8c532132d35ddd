package main

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/ziptest"
)

var whole = flag.Bool("whole", false, "run the command on every hostile archive, not on one a rule and one in eight")

// Every hostile archive is refused with its rule and leaves nothing, as text and as JSON, and no
// byte of it reaches a terminal as it is, which airlock checks.
func TestHostile(t *testing.T) {
	seen, n := map[limits.Rule]bool{}, 0
	for c := range ziptest.Hostile() {
		n++
		if !*whole && n%8 > 0 && seen[c.Rule] {
			continue
		}
		seen[c.Rule] = true
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			file, beside := write(t, c.Data), t.TempDir()
			out := filepath.Join(beside, "out")
			said := "rule    " + string(c.Rule) + "\n"
			if c.Rule == "" {
				said = "raise the limit: -limits "
			}
			airlock(t, "unzip", file, out).want(t, statusRefused, "is refused", said)
			assertNothing(t, beside)

			text := airlock(t, "inspect", file)
			o := parse(t, airlock(t, "inspect", "-json", file))
			switch {
			case text.status == statusOK: // Only the data is wrong, which inspect does not look at.
				if o.Verdict != "accepted" || o.Error != nil || len(o.Findings) != 0 {
					t.Errorf("exit status 0 and yet: %+v", o)
				}
			case o.Verdict != "refused" || o.Error == nil || o.Error.Rule != c.Rule:
				t.Errorf("inspect says another thing than unzip: %+v", o)
			case c.Rule != "":
				if len(o.Findings) == 0 || o.Findings[0].Rule != c.Rule || !strings.Contains(text.out, string(c.Rule)) {
					t.Errorf("inspect does not list the rule %s:\n%s", c.Rule, text.out)
				}
			}
		})
	}
}

// parse reads what -json prints, holds it to be one object without unknown fields, and its verdict
// to the exit status.
func parse(t *testing.T, r result) outcome {
	t.Helper()
	var o outcome
	d := json.NewDecoder(strings.NewReader(r.out))
	d.DisallowUnknownFields()
	if err := d.Decode(&o); err != nil {
		t.Fatalf("%v in:\n%s", err, r.out)
	}
	if d.More() {
		t.Errorf("more than one object:\n%s", r.out)
	}
	if r.errs != "" {
		t.Errorf("beside the object, standard error says %q", r.errs)
	}
	want := map[string]int{"accepted": statusOK, "refused": statusRefused, "undecided": statusFailed}[o.Verdict]
	if r.status != want || (o.Error == nil) != (want == statusOK) {
		t.Errorf("exit status %d beside %+v", r.status, o)
	}
	return o
}

// Benign archives, some of which come as close as they can, are unpacked.
func TestBenign(t *testing.T) {
	for c := range ziptest.Benign() {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			file, out := write(t, c.Data), filepath.Join(t.TempDir(), "out")
			o := parse(t, airlock(t, "unzip", "-json", file, out))
			if o.Verdict != "accepted" || o.Directory != out || o.Report == nil {
				t.Fatalf("%+v", o)
			}
			files, dirs := int64(0), int64(0)
			for _, content := range look(t, out) {
				if content == "/" {
					dirs++
				} else {
					files++
				}
			}
			if files != o.Report.Files || dirs != o.Report.Dirs {
				t.Errorf("%d files and %d directories, the report says %+v", files, dirs, o.Report)
			}
			ziptest.AssertContained(t, out)
		})
	}
}

// Names are exact in JSON, whatever is in them, and harmless in a table.
func TestHostileNames(t *testing.T) {
	names := []string{
		"plain.txt",
		"esc\x1b[2J\x1b]0;title\x07.txt",
		"line\nverdict: accepted",
		"tab\tbed, return\r, del\x7f, csi\u009b",
		"right-to-left \u202etxt.exe",
		"beyond the first plane \U0001f512",
		"not UTF-8 \xff\xfe",
		"not UTF-8 \xfe\xff",
		`quoted "name" with \ in it`,
		strings.Repeat("long", 16000),
	}
	var archive bytes.Buffer
	w := zip.NewWriter(&archive)
	for _, n := range names {
		if _, err := w.CreateHeader(&zip.FileHeader{Name: n}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	file := write(t, archive.Bytes())
	o := parse(t, airlock(t, "inspect", "-json", file))
	got := make([]string, len(o.Entries))
	for i, e := range o.Entries {
		got[i] = e.Name
		if utf8.ValidString(names[i]) != (e.NameBytes == nil) {
			t.Errorf("%q has the bytes %q", e.Name, e.NameBytes)
		}
		if e.NameBytes != nil {
			got[i] = string(e.NameBytes)
		}
	}
	if !slices.Equal(got, names) {
		t.Errorf("names are %q, want %q", got, names)
	}
	r := airlock(t, "inspect", file)
	for line := range strings.Lines(r.out) {
		if strings.HasPrefix(line, "verdict: accepted") || len(line) > 500 {
			t.Errorf("a name made a line of its own, or a long one: %q", line)
		}
	}
}

// TestAdviceForNames: names beyond ASCII have a flag that lifts nothing, and no advice to lift a
// rule for them.
func TestAdviceForNames(t *testing.T) {
	for name, want := range map[string]string{
		"naïve.txt":  "unless names beyond ASCII are expected: -unicode\n",
		"naïve?.txt": "and why: -unicode -allow illegal-character\n",
		"../naïve":   "next    do not unpack it\n",
	} {
		var archive bytes.Buffer
		w := zip.NewWriter(&archive)
		if _, err := w.CreateHeader(&zip.FileHeader{Name: name}); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		r := airlock(t, "inspect", write(t, archive.Bytes()))
		if r.status != statusRefused || !strings.Contains(r.out, want) {
			t.Errorf("%q: %s, want %s", name, r.out, want)
		}
	}
}

// A time of NTFS reaches to the year 60056, which no calendar program writes: the entry has none
// then.
func TestHostileTime(t *testing.T) {
	extra := binary.LittleEndian.AppendUint16(nil, 0x000a) // APPNOTE 4.5.5
	extra = append(extra, 32, 0, 0, 0, 0, 0, 1, 0, 24, 0)
	for range 3 {
		extra = binary.LittleEndian.AppendUint64(extra, 1<<64-1)
	}
	var archive bytes.Buffer
	w := zip.NewWriter(&archive)
	if _, err := w.CreateHeader(&zip.FileHeader{Name: "a", Extra: extra}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	file, out := write(t, archive.Bytes()), filepath.Join(t.TempDir(), "out")
	o := parse(t, airlock(t, "inspect", "-json", file))
	if len(o.Entries) != 1 || o.Entries[0].Modified != "" {
		t.Errorf("entries are %+v", o.Entries)
	}
	r := airlock(t, "unzip", "-keep-times", file, out)
	r.want(t, statusOK)
	if !strings.Contains(r.out, "; 1 note\n  note: \"a\"") {
		t.Errorf("the time was not kept, and no note says so: %s", r.out)
	}
	if info, err := os.Stat(filepath.Join(out, "a")); err != nil || info.ModTime().Year() > 9999 {
		t.Errorf("%v, %v", info, err)
	}
}
