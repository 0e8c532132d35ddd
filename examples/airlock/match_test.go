package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// matching runs "airlock match" on a text.
func matching(t *testing.T, text string, args ...string) result {
	t.Helper()
	file := filepath.Join(t.TempDir(), "text")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return airlock(t, append(append([]string{"match"}, args...), file)...)
}

func TestMatch(t *testing.T) {
	const text = "one 1\ntwo\nthree 33 4\n\nend 5"
	for _, c := range []struct {
		name string
		args []string
		want string
	}{
		{"lines", []string{`\d`}, "one 1\nthree 33 4\nend 5\n"},
		{"numbers", []string{"-n", `\d`}, "1:one 1\n3:three 33 4\n5:end 5\n"},
		{"matches", []string{"-o", `\d+`}, "1\n33\n4\n5\n"},
		{"count", []string{"-c", `\d`}, "3\n"},
		{"count of matches", []string{"-c", "-o", `\d`}, "5\n"},
		{"empty line", []string{"-n", `^$`}, "4:\n"},
		{"nothing", []string{"zzz"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := matching(t, text, c.args...)
			r.want(t, statusOK)
			if r.out != c.want || r.errs != "" {
				t.Errorf("%q, and %q on standard error; want %q", r.out, r.errs, c.want)
			}
		})
	}
}

// A line that spends its budget is left out and named; the others are answered.
func TestMatchStops(t *testing.T) {
	hostile := strings.Repeat("a", 20_000)
	r := matching(t, "ab\n"+hostile+"\ncb\n", "-limits", "steps=50000", "-o", `[ab]*c|a`)
	r.want(t, statusRefused, "airlock match: line 2 is left out: ", "steps", "raise Steps")
	if r.out != "a\nc\n" {
		t.Errorf("%.80q", r.out)
	}
	r = matching(t, "short\n"+strings.Repeat("x", 101)+"\n"+strings.Repeat("y", 100)+"\n"+strings.Repeat("x",
		300_000), "-limits", "input=100B", ".")
	r.want(t, statusRefused, "line 2 is left out: ", "line 4 is left out: ", "input bytes")
	if r.out != "short\n"+strings.Repeat("y", 100)+"\n" {
		t.Errorf("%.80q", r.out)
	}
	r = matching(t, strings.Repeat("aa\n", 30), "-limits", "input=1B", "a")
	r.want(t, statusRefused, "line 20 is left out", "30 lines were stopped in all")
	if strings.Contains(r.errs, "line 21 ") {
		t.Error(r.errs)
	}
}

func TestMatchRefusesPattern(t *testing.T) {
	for pattern, word := range map[string]string{`(?=a)`: "look-ahead", `((a{100}){100}){100}`: "program-too-large",
		`(`: "missing closing )", strings.Repeat("a", 40_000): "pattern-too-long"} {
		r := matching(t, "a\n", pattern)
		r.want(t, statusRefused, " is refused\n", "rule", word)
		if r.out != "" {
			t.Errorf("%.40q: %q", pattern, r.out)
		}
	}
	airlock(t, "match").want(t, statusFailed,
		"want PATTERN and perhaps FILE after the flags, or -f PATTERNS and perhaps FILE, not 0 arguments")
	airlock(t, "match", "a", filepath.Join(t.TempDir(), "none")).want(t, statusFailed, "no such file or directory")
	airlock(t, "match", "-limits", "time=1", "a").want(t, statusFailed, `time="1" is not a time`)
}

// Without -raw nothing reaches the terminal that it acts on; with it, the bytes are those of the
// file.
func TestMatchRaw(t *testing.T) {
	const line = "caf\u00e9 \x1b[2J"
	r := matching(t, line, "caf")
	if r.out != `caf\xc3\xa9 \x1b[2J`+"\n" {
		t.Errorf("%q", r.out)
	}
	cmd := exec.CommandContext(t.Context(), program, "match", "-raw", "caf")
	cmd.Stdin = strings.NewReader(line)
	var out bytes.Buffer
	cmd.Stdout = &out
	var exit *exec.ExitError
	if err := cmd.Run(); errors.As(err, &exit) || out.String() != line+"\n" {
		t.Errorf("%v: %q", err, out.String())
	}
}

// patternFile writes a file of patterns.
func patternFile(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "patterns")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestMatchFile(t *testing.T) {
	const text = "one 1\ntwo\nthree 33 4\n\nend 5"
	patterns := patternFile(t, "\\d+\n\n^t\\w+\nzzz\n")
	for _, c := range []struct {
		name string
		args []string
		want string
	}{
		{"lines", []string{"-f", patterns}, "one 1\ntwo\nthree 33 4\nend 5\n"},
		{"numbers", []string{"-f", patterns, "-n"}, "1:one 1\n2:two\n3:three 33 4\n5:end 5\n"},
		{"matches", []string{"-f", patterns, "-o"}, "1\ntwo\nthree\n33\n4\n5\n"},
		{"count", []string{"-f", patterns, "-c"}, "4\n"},
		{"no patterns", []string{"-f", patternFile(t, "\n\n"), "-c"}, "0\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := matching(t, text, c.args...)
			r.want(t, statusOK)
			if r.out != c.want || r.errs != "" {
				t.Errorf("%q, and %q on standard error; want %q", r.out, r.errs, c.want)
			}
		})
	}
}

func TestMatchFileRefuses(t *testing.T) {
	patterns := patternFile(t, "a\n\nb\n(?=c)\n")
	matching(t, "a\n", "-f", patterns).want(t, statusRefused, patterns+":4", " is refused\n",
		"rule    invalid-syntax", "look-ahead", "CWE-1333")
	many := patternFile(t, strings.Repeat("a\n", 10_001))
	matching(t, "a\n", "-f", many).want(t, statusRefused, many, "too-many-patterns", "needs at least 10001 patterns")
	r := matching(t, "a\n"+strings.Repeat("x", 101)+"\nb\n", "-f", patternFile(t, "a\nb\n"), "-limits", "input=100B")
	r.want(t, statusRefused, "line 2 is left out: regexset.Match: input bytes")
	if r.out != "a\nb\n" {
		t.Errorf("%q", r.out)
	}
	airlock(t, "match", "-f", filepath.Join(t.TempDir(), "none")).want(t, statusFailed, "no such file or directory")
	airlock(t, "match", "-f", patterns, "a", "b").want(t, statusFailed, "not 2 arguments")
}
