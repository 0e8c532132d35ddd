package safezip_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/internal/testkit/need"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

// written returns archives by Writer and Pack in every mode, and what is in them.
func written(t *testing.T) []reading {
	t.Helper()
	var list []reading
	add := func(name string, data []byte, opts ...safezip.Option) {
		t.Helper()
		dir, _, err := extract(t, data, sensible, opts...)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		list = append(list, reading{name, data, readTree(t, dir)})
	}
	finish := func(w *safezip.Writer, err error) {
		t.Helper()
		if err == nil {
			_, err = w.Finish()
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	create := func(w *safezip.Writer, e safezip.Entry, data string) error {
		f, err := w.Create(e)
		if err != nil {
			return err
		}
		_, err = io.WriteString(f, data)
		return errors.Join(err, f.Close())
	}
	text := strings.Repeat("The quick brown fox. ", 10_000)
	for name, opts := range map[string][]safezip.Option{
		"default": nil,
		"level 1": {safezip.Level(1)},
		"level 9": {safezip.Level(9)},
		"stored":  {safezip.StoreFunc(func(safezip.Entry) bool { return true })},
		"fixed":   {safezip.FixedTime(time.Date(2050, 6, 7, 8, 9, 10, 0, time.UTC))},
		"no time": {safezip.FixedTime(time.Time{})},
	} {
		w, buf := newWriter(t, writing, opts...)
		finish(w, errors.Join(w.WriteFile("a", []byte(text)), w.Mkdir("d/empty"), w.WriteFile("d/nothing", nil),
			create(w, safezip.Entry{Name: "b/streamed", Modified: time.Unix(1.7e9, 0)}, text),
			create(w, safezip.Entry{Name: "b/run.sh", Mode: 0o755, Size: 10}, "#!/bin/sh\n"),
			// Its data looks like records of another archive.
			w.WriteFile("inner.zip", ordinary()),
			create(w, safezip.Entry{Name: strings.Repeat("n", 200)}, "long name")))
		add(name, buf.Bytes())
	}

	w, buf := newWriter(t, writing)
	finish(w, nil)
	add("nothing", buf.Bytes())

	w, buf = newWriter(t, writing, safezip.UnicodeNames())
	finish(w, errors.Join(w.WriteFile("Größe/日本語.txt", []byte("x")), w.Mkdir("é"), w.WriteFile("😀.png", nil)))
	add("names beyond ASCII", buf.Bytes(), safezip.UnicodeNames())

	many := writing
	many.Items = 70_000
	w, buf = newWriter(t, many)
	for i := range 66_000 {
		if err := w.WriteFile(fmt.Sprintf("%02x/%04x", i%256, i/256), nil); err != nil {
			t.Fatal(err)
		}
	}
	finish(w, nil)
	lim := sensible
	lim.Items = many.Items
	if n := len(contentsUnder(t, buf.Bytes(), lim)); n != 66_000 {
		t.Errorf("%d entries of 66,000, the number that takes zip64 records", n)
	}

	data, _, err := pack(t, packable(t), writing)
	if err != nil {
		t.Fatal(err)
	}
	add("packed", data)
	return list
}

// contentsUnder lists an archive under limits of its own.
func contentsUnder(t *testing.T, data []byte, lim limits.Limits) []string {
	t.Helper()
	var names []string
	for e := range openReader(t, data, lim).Entries() {
		names = append(names, e.Name)
	}
	return names
}

// TestWrittenIsRead has archive/zip and the programs of other people read what Writer and Pack
// write: all find the same tree, and none has a word to say.
func TestWrittenIsRead(t *testing.T) {
	list := written(t)
	archives := t.TempDir()
	names := make([]string, len(list))
	for i, r := range list {
		names[i] = fmt.Sprintf("%02d", i)
		writeFile(t, filepath.Join(archives, names[i]+".zip"), r.data)
		if diff := cmp.Diff(readByGo(t, r.data), r.tree); diff != "" {
			t.Errorf("%s: archive/zip reads something else (-zip +safezip):\n%s", r.name, diff)
		}
	}
	java := []reader{{"java", "default-jre-headless", byJava("file")}, {"java", "default-jre-headless", byJava("stream")}}
	for i, p := range append(java, readers...) {
		t.Run(fmt.Sprintf("%s-%d", p.program, i), func(t *testing.T) {
			program := need.Program(t, p.program, p.debian)
			trees := t.TempDir()
			for _, name := range names {
				if err := os.Mkdir(filepath.Join(trees, name), 0o700); err != nil {
					t.Fatal(err)
				}
			}
			said := p.run(t, program, archives, trees, names)
			for i, name := range names {
				dir := filepath.Join(trees, name)
				readable(t, dir)
				if diff := cmp.Diff(list[i].tree, readTree(t, dir)); diff != "" {
					t.Errorf("%s: %s reads something else (-safezip +%s):\n%s\n%s", list[i].name, p.program, p.program,
						diff, said[name])
				}
			}
		})
	}
}

// javaSource unpacks every archive: by its central directory with java.util.zip.ZipFile, or as a
// stream with ZipInputStream.
const javaSource = `
import java.io.*;
import java.nio.file.*;
import java.util.zip.*;

public class Unpack {
  public static void main(String[] args) throws Exception {
    for (int i = 3; i < args.length; i++) {
      Path out = Paths.get(args[2], args[i]);
      String archive = args[1] + "/" + args[i] + ".zip";
      if (args[0].equals("file")) {
        try (ZipFile z = new ZipFile(archive)) {
          for (var e : (Iterable<ZipEntry>) z.stream().map(x -> (ZipEntry) x)::iterator) {
            unpack(out, e, z.getInputStream(e));
          }
        }
      } else {
        try (ZipInputStream z = new ZipInputStream(new BufferedInputStream(new FileInputStream(archive)))) {
          for (ZipEntry e; (e = z.getNextEntry()) != null; ) {
            unpack(out, e, z);
          }
        }
      }
    }
  }

  static void unpack(Path out, ZipEntry e, InputStream in) throws Exception {
    Path to = out.resolve(e.getName());
    if (e.isDirectory()) {
      Files.createDirectories(to);
      return;
    }
    Files.createDirectories(to.getParent());
    Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
  }
}
`

// byJava has one process unpack all archives. The launcher compiles the source itself.
func byJava(how string) func(t *testing.T, program, archives, trees string, names []string) map[string]string {
	return func(t *testing.T, program, archives, trees string, names []string) map[string]string {
		t.Helper()
		source := filepath.Join(t.TempDir(), "Unpack.java")
		writeFile(t, source, []byte(javaSource))
		cmd := exec.CommandContext(t.Context(), program,
			append([]string{"-Dsun.jnu.encoding=UTF-8", source, how, archives, trees},
				names...)...)
		cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
		return nil
	}
}

// TestWrittenTwice packs one tree with a fixed time, twice and from two places.
func TestWrittenTwice(t *testing.T) {
	dir := packable(t)
	fixed := safezip.FixedTime(time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC))
	one, _, err := pack(t, dir, writing, fixed)
	if err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(t.TempDir(), "other")
	if err := os.CopyFS(other, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	two, _, err := pack(t, other, writing, fixed)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(one, two) {
		t.Error("the same tree gives other bytes")
	}
}
