package main

import (
	"archive/zip"
	"compress/flate"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A packer makes the archive file of all that is in the directory in.
type packer struct {
	name string
	pack func(t *testing.T, in, file string)
	lost string // what it does not pack
}

// byTool is a packer that is a program; FILE stands for the archive.
func byTool(name, program string, args ...string) packer {
	return packer{name: name, pack: func(t *testing.T, in, file string) {
		replaced := make([]string, len(args))
		for i, arg := range args {
			replaced[i] = strings.ReplaceAll(arg, "FILE", file)
		}
		tool(t, in, program, replaced...)
	}}
}

// byPython packs with a few lines of Python, which find the names of the directory and of the
// archive in sys.argv.
func byPython(name, body string) packer {
	const walk = `
import os, sys, zipfile, io
def walk():
    for top, dirs, files in os.walk('.'):
        for n in sorted(dirs + files):
            yield os.path.relpath(os.path.join(top, n), '.')
`
	return byTool(name, "python3", "-c", walk+body, "FILE")
}

func packers() []packer {
	return []packer{
		byTool("zip", "zip", "-q", "-r", "FILE", "."),
		byTool("zip stored", "zip", "-q", "-r", "-0", "FILE", "."),
		byTool("zip best", "zip", "-q", "-r", "-9", "FILE", "."),
		byTool("zip zip64", "zip", "-q", "-r", "-fz", "FILE", "."),
		byTool("zip zip64 stored", "zip", "-q", "-r", "-0", "-fz", "FILE", "."),
		byTool("zip without extra fields", "zip", "-q", "-r", "-X", "FILE", "."),
		{name: "zip without directories", lost: "vacant", pack: byTool("", "zip", "-q", "-r", "-D", "FILE", ".").pack},
		byTool("zip with a comment", "sh", "-c", "echo PK is how a comment may start | zip -q -r -z \"$0\" .", "FILE"),
		byTool("zip names from standard input", "sh", "-c", "find . -mindepth 1 | sed 's|^./||' | zip -q \"$0\" -@",
			"FILE"),
		byTool("zip streamed", "sh", "-c", "zip -q -r - . | cat >\"$0\"", "FILE"),
		byTool("zip streamed stored", "sh", "-c", "zip -q -r -0 - . | cat >\"$0\"", "FILE"),
		byTool("zip updated", "sh", "-c", "zip -q -r \"$0\" bin data && zip -q -r \"$0\" .", "FILE"),
		byTool("zip with deletions", "sh", "-c",
			"echo >gone && zip -q -r \"$0\" . && rm gone && zip -q -d \"$0\" gone", "FILE"),
		byTool("7z", "7z", "a", "-tzip", "FILE", "."),
		byTool("7z deflated", "7z", "a", "-tzip", "-mm=Deflate", "FILE", "."),
		byTool("7z stored", "7z", "a", "-tzip", "-mm=Copy", "FILE", "."),
		byTool("7z best", "7z", "a", "-tzip", "-mm=Deflate", "-mx=9", "FILE", "."),
		byTool("7z with times of Windows", "7z", "a", "-tzip", "-mtc=on", "FILE", "."),
		byTool("7z streamed", "sh", "-c", "7z a -tzip -mm=Deflate -so none . | cat >\"$0\"", "FILE"),
		byTool("bsdtar by suffix", "bsdtar", "-a", "-cf", "FILE", "."),
		byTool("bsdtar by format", "bsdtar", "--format", "zip", "-cf", "FILE", "."),
		byTool("bsdtar stored", "bsdtar", "--format", "zip", "--options", "zip:compression=store", "-cf", "FILE", "."),
		byTool("bsdtar zip64", "bsdtar", "--format", "zip", "--options", "zip:zip64", "-cf", "FILE", "."),
		byTool("python3 -m zipfile", "sh", "-c", "python3 -m zipfile -c \"$0\" * ", "FILE"),
		byPython("python3 stored", `
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_STORED) as z:
    for n in walk(): z.write(n)`),
		byPython("python3 deflated", `
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as z:
    for n in walk(): z.write(n)`),
		byPython("python3 zip64", `
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as z:
    for n in walk():
        if os.path.isdir(n): z.write(n)
        else:
            with z.open(n, 'w', force_zip64=True) as w, open(n, 'rb') as r: w.write(r.read())`),
		byPython("python3 streamed", `
class Pipe(io.RawIOBase):
    def __init__(self, f): self.f = f
    def writable(self): return True
    def write(self, b): return self.f.write(b)
with open(sys.argv[1], 'wb') as f, zipfile.ZipFile(Pipe(f), 'w', zipfile.ZIP_DEFLATED) as z:
    for n in walk(): z.write(n)`),
		byPython("python3 with another system's names", `
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as z:
    for n in walk():
        i = zipfile.ZipInfo(n + '/' if os.path.isdir(n) else n)
        i.create_system = 0
        z.writestr(i, b'' if os.path.isdir(n) else open(n, 'rb').read())`),
		{name: "archive/zip AddFS", pack: byGo(func(w *zip.Writer, in string) error { return w.AddFS(os.DirFS(in)) })},
		{name: "archive/zip stored", pack: byGo(func(w *zip.Writer, in string) error {
			return addAll(w, in,
				zip.Store)
		})},
		{name: "archive/zip fastest", pack: byGo(func(w *zip.Writer, in string) error {
			w.RegisterCompressor(zip.Deflate, func(to io.Writer) (io.WriteCloser, error) {
				return flate.NewWriter(to,
					flate.BestSpeed)
			})
			return addAll(w, in, zip.Deflate)
		})},
		{name: "archive/zip with a comment", pack: byGo(func(w *zip.Writer, in string) error {
			if err := w.SetComment(strings.Repeat("a comment as long as one can be ", 2047)); err != nil {
				return err
			}
			return addAll(w, in, zip.Deflate)
		})},
	}
}

// byGo packs with archive/zip.
func byGo(add func(w *zip.Writer, in string) error) func(t *testing.T, in, file string) {
	return func(t *testing.T, in, file string) {
		f, err := os.Create(file)
		if err != nil {
			t.Fatal(err)
		}
		w := zip.NewWriter(f)
		if err := add(w, in); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// addAll adds files and directories by the same method.
func addAll(w *zip.Writer, in string, method uint16) error {
	return fs.WalkDir(os.DirFS(in), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == "." {
			return err
		}
		h := &zip.FileHeader{Name: path, Method: method}
		if d.IsDir() {
			h.Name, h.Method = path+"/", zip.Store
			_, err := w.CreateHeader(h)
			return err
		}
		to, err := w.CreateHeader(h)
		if err != nil {
			return err
		}
		content, err := os.ReadFile(filepath.Join(in, path))
		if err != nil {
			return err
		}
		_, err = to.Write(content)
		return err
	})
}

// Files that people's programs pack come out as they went in. One after the other: some of them put
// a file into the tree and take it out again.
func TestPackers(t *testing.T) {
	in := t.TempDir()
	plant(t, in, tree())
	for _, p := range packers() {
		t.Run(p.name, func(t *testing.T) {
			file, out := filepath.Join(t.TempDir(), "file.zip"), filepath.Join(t.TempDir(), "out")
			p.pack(t, in, file)

			r := airlock(t, "unzip", file, out)
			r.want(t, statusOK)
			if r.errs != "" {
				t.Errorf("standard error, which is no terminal, says %q", r.errs)
			}
			if strings.Count(r.out, "\n") != 1 || strings.Contains(r.out, "note") {
				t.Errorf("standard output is not one line without notes: %q", r.out)
			}
			want := look(t, in)
			maps.DeleteFunc(want, func(name, _ string) bool { return name == p.lost })
			assertSame(t, want, look(t, out))

			r = airlock(t, "inspect", file)
			r.want(t, statusOK)
			if !strings.Contains(r.out, "verdict: accepted") || strings.Contains(r.out, "findings") {
				t.Errorf("inspect says:\n%s", r.out)
			}
		})
	}
}

// Archives that need no tree.
func TestOddArchives(t *testing.T) {
	tests := []struct {
		packer
		want map[string]string
	}{
		{byTool("zip from standard input", "sh", "-c", "echo piped >in && zip -q \"$0\" - <in && rm in", "FILE"),
			map[string]string{"-": "piped\n"}},
		{byTool("zip from standard input to standard output", "sh", "-c",
			"echo piped >in && zip -q - - <in | cat >\"$0\" && rm in", "FILE"), map[string]string{"-": "piped\n"}},
		{byTool("7z from standard input", "sh", "-c", "echo piped >in && 7z a -tzip -siname.txt \"$0\" <in && rm in",
			"FILE"), map[string]string{"name.txt": "piped\n"}},
		// From a pipe, the entry is called a FIFO in the archive.
		{byTool("zip from a pipe", "sh", "-c", "echo piped | zip -q \"$0\" -", "FILE"), map[string]string{"-": "piped\n"}},
		{byTool("zip as a filter", "sh", "-c", "echo piped | zip -q | cat >\"$0\"", "FILE"),
			map[string]string{"-": "piped\n"}},
		{byTool("7z from a pipe", "sh", "-c", "echo piped | 7z a -tzip -siname.txt \"$0\"", "FILE"),
			map[string]string{"name.txt": "piped\n"}},
		// The archive that bsdtar writes to standard output ends with zeros up to a block of tape,
		// 10,240 bytes.
		{byTool("bsdtar streamed", "sh", "-c", "echo piped >in && bsdtar --format zip -cf - in >\"$0\" && rm in", "FILE"),
			map[string]string{"in": "piped\n"}},
		{byPython("python3 without entries", "zipfile.ZipFile(sys.argv[1], 'w').close()"), map[string]string{}},
		{packer{name: "archive/zip without entries", pack: byGo(func(*zip.Writer, string) error { return nil })},
			map[string]string{}},
		{packer{name: "one empty file", pack: byGo(func(w *zip.Writer, _ string) error {
			_,
				err := w.Create("empty")
			return err
		})}, map[string]string{"empty": ""}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			file, out, in := filepath.Join(t.TempDir(), "file.zip"), filepath.Join(t.TempDir(), "out"), t.TempDir()
			test.pack(t, in, file)
			airlock(t, "unzip", file, out).want(t, statusOK)
			plant(t, in, test.want)
			assertSame(t, look(t, in), look(t, out))
		})
	}
}

// Archives that real programs make on request and a service should not take.
func TestRefusedPackers(t *testing.T) {
	in := t.TempDir()
	plant(t, in, map[string]string{"a.txt": strings.Repeat("some text to compress ", 100)})
	if err := os.Symlink("a.txt", filepath.Join(in, "link")); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		packer
		rule string
		lift []string // the flags with which it is let in, if there are any
	}{
		{byTool("zip encrypted", "zip", "-q", "-P", "secret", "FILE", "a.txt"), "encrypted", nil},
		{byTool("7z encrypted with AES", "7z", "a", "-tzip", "-mem=AES256", "-psecret", "FILE", "a.txt"), "encrypted",
			nil},
		{byTool("zip bzip2", "zip", "-q", "-Z", "bzip2", "FILE", "a.txt"), "unsupported-method", nil},
		{byTool("7z LZMA", "7z", "a", "-tzip", "-mm=LZMA", "FILE", "a.txt"), "unsupported-method", nil},
		{byTool("7z Deflate64", "7z", "a", "-tzip", "-mm=Deflate64", "FILE", "a.txt"), "unsupported-method", nil},
		{byPython("python3 LZMA", "zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_LZMA).write('a.txt')"),
			"unsupported-method", nil},
		{byTool("zip symbolic link", "zip", "-q", "-y", "FILE", "a.txt", "link"), "symlink", []string{"-symlinks"}},
		{byTool("bsdtar symbolic link", "bsdtar", "-a", "-cf", "FILE", "a.txt", "link"), "symlink",
			[]string{"-symlinks"}},
		{byTool("behind a script", "sh", "-c",
			"zip -q a.zip a.txt && (echo '#!/bin/sh'; cat a.zip) >\"$0\" && rm a.zip", "FILE"), "prefix-data",
			[]string{"-allow", "prefix-data"}},
		// Info-ZIP forgets the zip64 end record here, and its own unzip refuses the archive as
		// well.
		{byTool("zip streamed zip64", "sh", "-c", "zip -q -fz - a.txt | cat >\"$0\"", "FILE"), "malformed", nil},
		{byPython("python3 the same name twice", `
import warnings; warnings.simplefilter('ignore')
with zipfile.ZipFile(sys.argv[1], 'w') as z: z.writestr('a', 'one'); z.writestr('a', 'two')`), "duplicate-name", nil},
		{byPython("python3 climbing out", "zipfile.ZipFile(sys.argv[1], 'w').writestr('../../evil.txt', 'x')"),
			"path-traversal", nil},
		{byPython("python3 climbing out backwards",
			"zipfile.ZipFile(sys.argv[1], 'w').writestr('..\\\\..\\\\evil.txt', 'x')"), "path-traversal", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			file, beside := filepath.Join(t.TempDir(), "file.zip"), t.TempDir()
			test.pack(t, in, file)
			out := filepath.Join(beside, "out")
			airlock(t, "unzip", file, out).want(t, statusRefused, "rule    "+test.rule+"\n", "run airlock inspect ")
			assertNothing(t, beside)
			if test.lift == nil {
				return
			}
			airlock(t, append(append([]string{"unzip"}, test.lift...), file, out)...).want(t, statusOK)
			for name, got := range look(t, out) {
				if want := look(t, in)[name]; got != want {
					t.Errorf("%s is %s, want %s", name, got, want)
				}
			}
		})
	}
}
