package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/ziptest"
)

// verdictsOf runs inspect -json with a list of files on standard input.
func verdictsOf(t *testing.T, list []string, args ...string) (int, []outcome) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, append([]string{"inspect", "-json", "-files-from", "-"}, args...)...)
	cmd.Stdin = strings.NewReader(strings.Join(list, "\n") + "\n")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	_ = cmd.Run() // The status says it.
	assertPlain(t, "standard output", out.String(), "\n")
	if errs.Len() > 0 {
		t.Errorf("standard error says %q", errs.String())
	}
	var all []outcome
	for line := range strings.Lines(out.String()) {
		var o outcome
		if err := json.Unmarshal([]byte(line), &o); err != nil {
			t.Fatalf("%v in %q", err, line)
		}
		all = append(all, o)
	}
	return cmd.ProcessState.ExitCode(), all
}

// TestVerdicts: a line for each file, in their order, each with the verdict that the file alone
// has.
func TestVerdicts(t *testing.T) {
	dir := t.TempDir()
	var files []string
	want := map[string]string{}
	add := func(name string, data []byte, verdict string) {
		file := filepath.Join(dir, name)
		if data != nil {
			if err := os.WriteFile(file, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		files, want[file] = append(files, file), verdict
	}
	n := 0
	for c := range ziptest.Hostile() {
		if n++; n%20 == 0 {
			add(fmt.Sprintf("hostile-%d.zip", n), c.Data, "")
		}
	}
	for c := range ziptest.Benign() {
		if n++; n%20 == 0 {
			add(fmt.Sprintf("benign-%d.zip", n), c.Data, accepted)
		}
	}
	add("not there.zip", nil, undecided)
	if runtime.GOOS == "linux" {
		add("latin-\xe9.zip", []byte("no archive"), refused)
	}
	for file, verdict := range want {
		if verdict == "" {
			want[file] = parse(t, airlock(t, "inspect", "-json", file)).Verdict
		}
	}
	for _, workers := range []string{"1", "2", "8"} {
		status, all := verdictsOf(t, files[1:], "-workers", workers, files[0])
		if status != statusFailed || len(all) != len(files) {
			t.Fatalf("exit status %d and %d lines for %d files", status, len(all), len(files))
		}
		for k, o := range all {
			path := o.Archive
			if o.PathBytes != nil {
				path = string(o.PathBytes)
			}
			if path != files[k] || o.Verdict != want[path] || o.Retry != (o.Verdict == undecided) {
				t.Errorf("line %d is %q: %s, retry %v; want %q: %s", k, path, o.Verdict, o.Retry, files[k], want[files[k]])
			}
			if o.Basis == nil || o.Basis.Library == "" || len(o.Basis.Rules) != 16 || o.Basis.Options["limits"] == "" {
				t.Errorf("line %d rests on %+v", k, o.Basis)
			}
		}
	}
}

// TestVerdictsRetry: only of a refusal by time another run may say otherwise.
func TestVerdictsRetry(t *testing.T) {
	var many bytes.Buffer // Inspect needs far more than a millisecond for these.
	w := zip.NewWriter(&many)
	for i := range 50_000 {
		if _, err := w.CreateHeader(&zip.FileHeader{Name: strconv.Itoa(i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	file := write(t, many.Bytes())
	for _, test := range []struct {
		limits, resource string
		retry            bool
	}{
		{"time=1ms items=100000", limits.Time.String(), true},
		{"items=1", limits.Items.String(), false},
		{"steps=1 items=100000", limits.Steps.String(), false},
	} {
		o := parse(t, airlock(t, "inspect", "-json", "-limits", test.limits, file))
		if o.Error == nil || o.Error.Resource != test.resource || o.Retry != test.retry || o.Verdict != refused {
			t.Errorf("%s: %+v, retry %v", test.limits, o.Error, o.Retry)
		}
	}
}

// TestVerdictsStatus: the worst file decides, and flags are part of what a verdict rests on.
func TestVerdictsStatus(t *testing.T) {
	var good []byte
	for c := range ziptest.Benign() {
		good = c.Data
		break
	}
	fine, bad := write(t, good), write(t, []byte("no archive"))
	for _, test := range []struct {
		files  []string
		status int
	}{
		{[]string{fine, fine}, statusOK}, {[]string{fine, bad, fine}, statusRefused},
		{[]string{bad, filepath.Join(t.TempDir(), "none"), fine}, statusFailed}, {nil, statusOK},
	} {
		status, all := verdictsOf(t, test.files)
		if status != test.status || len(all) != len(test.files) {
			t.Errorf("%q: exit status %d and %d lines", test.files, status, len(all))
		}
	}
	_, plain := verdictsOf(t, []string{fine})
	_, wide := verdictsOf(t, []string{fine}, "-unicode", "-allow", "trailing-data")
	if plain[0].Basis.Options["unicode"] != "false" || wide[0].Basis.Options["unicode"] != "true" ||
		wide[0].Basis.Options["allow"] != "trailing-data" || plain[0].Basis.Rules != wide[0].Basis.Rules {
		t.Errorf("%+v and %+v", plain[0].Basis, wide[0].Basis)
	}
	airlock(t, "inspect", "-files-from", "x", fine).want(t, statusFailed, "-files-from wants -json")
	airlock(t, "inspect", fine, bad).want(t, statusFailed, "several want -json")
	airlock(t, "inspect", "-json", "-workers", "0", fine).want(t, statusFailed, "-workers is 0")
	airlock(t, "inspect", "-json", "-files-from", filepath.Join(t.TempDir(), "none")).want(t, statusFailed, "no such file")
}

// TestInOrder: results come in the order of the items, whatever order they are made in, and a
// consumer that stops leaves no worker.
func TestInOrder(t *testing.T) {
	double := func(n int) int { return 2 * n }
	for _, workers := range []int{1, 3, 16} {
		items := slices.Values([]int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19})
		got := slices.Collect(inOrder(workers, items, double))
		for i, n := range got {
			if n != 2*i {
				t.Errorf("%d workers: %v", workers, got)
				break
			}
		}
		if len(got) != 20 {
			t.Errorf("%d workers: %d results", workers, len(got))
		}
		for range inOrder(workers, items, double) {
			break
		}
	}
}
