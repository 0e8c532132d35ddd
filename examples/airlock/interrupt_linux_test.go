package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// An interrupted extraction leaves nothing.
func TestInterrupt(t *testing.T) {
	file := large(t)
	tests := []struct {
		name   string
		signal os.Signal
		flags  []string
		says   string
	}{
		{"SIGINT", syscall.SIGINT, nil, "airlock unzip: interrupted: "},
		{"SIGTERM", syscall.SIGTERM, nil, "airlock unzip: interrupted: "},
		{"one worker", syscall.SIGINT, []string{"-workers", "1"}, "airlock unzip: interrupted: "},
		{"more workers than files", syscall.SIGINT, []string{"-workers", "16"}, "airlock unzip: interrupted: "},
		{"as JSON", syscall.SIGINT, []string{"-json"}, `"kind": "interrupted"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			beside := t.TempDir()
			var said bytes.Buffer
			cmd := exec.CommandContext(t.Context(), program, append(append([]string{"unzip"}, test.flags...), file,
				filepath.Join(beside, "out"))...)
			cmd.Stdout, cmd.Stderr = &said, &said
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			waitForFile(t, beside)
			if err := cmd.Process.Signal(test.signal); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait() // The status is looked at below.
			if got := cmd.ProcessState.ExitCode(); got != statusInterrupted || !strings.Contains(said.String(),
				test.says) {
				t.Errorf("exit status %d, says %q", got, said.String())
			}
			assertNothing(t, beside)
		})
	}
}

// waitForFile returns when a file of some size is being written below dir.
func waitForFile(t *testing.T, dir string) {
	t.Helper()
	for range 20_000 {
		found, err := filepath.Glob(filepath.Join(dir, ".out.safezip-*", "tree", "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range found {
			if info, err := os.Stat(name); err == nil && info.Size() >= 1<<20 {
				return
			}
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatal("nothing was written in 20 s")
}

// The bar is drawn on a terminal and taken away again, in printable ASCII, and never with -quiet.
func TestProgressBar(t *testing.T) {
	file, dir := large(t), t.TempDir()
	on := func(args string) string {
		t.Helper()
		said := filepath.Join(t.TempDir(), "said")
		tool(t, dir, "script", "-q", "-e", "-c", fmt.Sprintf("stty cols 100; %s unzip %s %s out", program, args,
			file), said)
		text, err := os.ReadFile(said)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.RemoveAll(filepath.Join(dir, "out")); err != nil {
			t.Fatal(err)
		}
		// script frames what it records with two lines of its own.
		_, screen, _ := strings.Cut(string(text), "\n")
		screen, _, _ = strings.Cut(screen, "\nScript done")
		assertPlain(t, "terminal", screen, "\r\n")
		return screen
	}
	if screen := on(""); !strings.Contains(screen, "unpacking  ") || !strings.Contains(screen, "/512 MiB") ||
		!strings.Contains(screen, " \rout: 8 files, 0 directories, 512 MiB in ") {
		t.Errorf("the terminal shows %q", screen)
	}
	if screen := on("-json"); !strings.Contains(screen, "unpacking  ") || !strings.Contains(screen, " \r{\r\n") {
		t.Errorf("with -json the terminal shows %q", screen)
	}
	if screen := strings.TrimSpace(on("-quiet")); screen != "" {
		t.Errorf("with -quiet the terminal shows %q", screen)
	}
}

// An output that cannot be written is no success.
func TestFullOutput(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = full.Close() }()
	file := zipped(t, map[string]string{"a": "a"})
	for _, args := range [][]string{{"inspect", file}, {"inspect", "-json", file}, {"inspect", "-rules"},
		{"unzip", file, filepath.Join(t.TempDir(), "out")}, {"help"}} {
		var errs bytes.Buffer
		cmd := exec.CommandContext(t.Context(), program, args...)
		cmd.Stdout, cmd.Stderr = full, &errs
		_ = cmd.Run() // The status is looked at below.
		if got := cmd.ProcessState.ExitCode(); got != statusFailed || !strings.Contains(errs.String(),
			"no space left on device") {
			t.Errorf("%v: exit status %d, standard error %q", args, got, errs.String())
		}
	}
}

// A FIFO is refused before anyone waits for its other end.
func TestFIFO(t *testing.T) {
	fifo := filepath.Join(t.TempDir(), "fifo.zip")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	beside := t.TempDir()
	airlock(t, "unzip", fifo, filepath.Join(beside, "out")).want(t, statusFailed, "not a regular file")
	airlock(t, "inspect", fifo).want(t, statusFailed, "not a regular file")
	assertNothing(t, beside)
}
