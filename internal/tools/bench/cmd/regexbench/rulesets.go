package main

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// A ruleSet is a set of patterns that a public module or package ships. It is fetched when the
// benchmark runs: nothing of it is part of this repository.
type ruleSet struct {
	name     string
	load     func(ctx context.Context) (io.Reader, error)
	patterns func(text string) []string
}

// ruleSets are rule sets as operators run them.
var ruleSets = []ruleSet{
	{"OWASP CRS", module("github.com/corazawaf/coraza-coreruleset/v4@v4.25.0", "rules/@owasp_crs", ".conf"),
		submatches(`"!?@rx ((?:[^"\\]|\\.)+)"`)},
	{"gitleaks", module("github.com/zricethezav/gitleaks/v8@v8.30.1", "config", "gitleaks.toml"),
		submatches(`(?m)^regex = '''(.+)'''$`)},
	{"uap-core", module("github.com/ua-parser/uap-core@v0.18.0", "", "regexes.yaml"),
		submatches(`(?m)^\s*- regex: '(.+)'$`)},
	{"linguist", module("github.com/go-enry/go-enry/v2@v2.9.6", "data", "content.go"), heuristics},
	{"crawlers", npmPackage("crawler-user-agents@1.60.0", "package/crawler-user-agents.json"), crawlers},
}

// submatches extracts the first group of each match.
func submatches(pattern string) func(text string) []string {
	re := regexp.MustCompile(pattern)
	return func(text string) []string {
		var all []string
		for _, m := range re.FindAllStringSubmatch(text, -1) {
			all = append(all, strings.ReplaceAll(m[1], `\"`, `"`))
		}
		return all
	}
}

// heuristics reads go-enry's patterns for the content of files, which it compiles for many lines.
func heuristics(text string) []string {
	all := submatches("regex\\.MustCompileMultiline\\(`([^`]+)`\\)")(text)
	for i, p := range all {
		all[i] = "(?m)" + p
	}
	return all
}

// crawlers reads the patterns of crawler-user-agents.
func crawlers(text string) []string {
	var list []struct{ Pattern string }
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		return nil
	}
	var all []string
	for _, c := range list {
		all = append(all, c.Pattern)
	}
	return all
}

// module reads the files of a folder in a module of Go whose names have an ending.
func module(name, folder, ending string) func(ctx context.Context) (io.Reader, error) {
	return func(ctx context.Context) (io.Reader, error) {
		//nolint:gosec // The names stand in this file.
		out, err := exec.CommandContext(ctx, "go", "mod", "download", "-json", name).Output()
		if err != nil {
			return nil, fmt.Errorf("go mod download %s: %w", name, err)
		}
		var found struct{ Dir string }
		if err := json.Unmarshal(out, &found); err != nil {
			return nil, err
		}
		var text bytes.Buffer
		err = fs.WalkDir(os.DirFS(filepath.Join(found.Dir, folder)), ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ending) {
				return err
			}
			content, err := os.ReadFile(filepath.Join(found.Dir, folder, path)) //nolint:gosec // A file of the module.
			text.Write(content)
			return err
		})
		return &text, err
	}
}

// npmPackage reads a file of a package of npm.
func npmPackage(name, path string) func(ctx context.Context) (io.Reader, error) {
	return func(ctx context.Context) (io.Reader, error) {
		dir, err := os.MkdirTemp("", "regexbench")
		if err != nil {
			return nil, err
		}
		defer func() { _ = os.RemoveAll(dir) }()
		//nolint:gosec // The names stand in this file.
		pack := exec.CommandContext(ctx, "npm", "pack", "--silent", name)
		pack.Dir = dir
		out, err := pack.Output()
		if err != nil {
			return nil, fmt.Errorf("npm pack %s: %w", name, err)
		}
		f, err := os.Open(filepath.Join(dir, strings.TrimSpace(string(out)))) //nolint:gosec // npm has just written it.
		if err != nil {
			return nil, err
		}
		defer func() { _ = f.Close() }()
		zr, err := gzip.NewReader(bufio.NewReader(f))
		if err != nil {
			return nil, err
		}
		for tr := tar.NewReader(zr); ; {
			h, err := tr.Next()
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", name, path, err)
			}
			if h.Name == path {
				content, err := io.ReadAll(tr)
				return bytes.NewReader(content), err
			}
		}
	}
}

// accepted returns those of the patterns that regexp accepts.
func (s *ruleSet) accepted(ctx context.Context) ([]string, error) {
	r, err := s.load(ctx)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	var all []string
	for _, p := range s.patterns(string(text)) {
		if _, err := regexp.Compile(p); err == nil {
			all = append(all, p)
		}
	}
	if len(all) == 0 {
		return nil, errors.New(s.name + ": no pattern found")
	}
	return all, nil
}
