package safezip_test

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

// FuzzReader holds a Reader against Extract on the same bytes: one verdict, one tree.
func FuzzReader(f *testing.F) {
	seed(f)
	desk := newDesk(f)
	f.Fuzz(func(t *testing.T, data []byte) { desk.readsAlike(t, data) })
}

// FuzzReaderStructured does so for archives that get further.
func FuzzReaderStructured(f *testing.F) {
	f.Add([]byte("\x03\x01\x02\x03\x04\x05\x06\x07\x08\x09"), "d/|d/a|./b|c.txt", strings.Repeat("content ", 100),
		[]byte{})
	f.Add([]byte{0, 0, 0, 4, 0, 2, 1, 2}, "x|link", "x", []byte{1, 4, 1, 8, 0})
	desk := newDesk(f)
	f.Fuzz(func(t *testing.T, shape []byte, names, content string, wrong []byte) {
		desk.readsAlike(t, blueprint{shape, names, content, wrong}.build())
	})
}

// readsAlike compares a Reader with Extract under several options.
func (d *desk) readsAlike(t *testing.T, data []byte) {
	t.Helper()
	for name, opts := range map[string][]safezip.Option{
		"strict": nil, "wide": {safezip.UnicodeNames()},
		"lax": {safezip.UnsafeAllow(liftable()...), safezip.UnsafeSymlinks()},
	} {
		tree, _, err := d.attempt(t, data, append(opts, safezip.Workers(1))...)
		if _, isPath := errors.AsType[*fs.PathError](err); isPath && !errors.Is(err, limits.ErrRefused) {
			continue // A name that this system does not take.
		}
		read, readErr := readTwice(t, data, opts...)
		if diff := cmp.Diff(withoutOp(err), withoutOp(readErr)); diff != "" {
			t.Errorf("%s: Extract and a Reader judge differently (-Extract +Reader):\n%s", name, diff)
		}
		if diff := cmp.Diff(tree, read); diff != "" && err == nil {
			t.Errorf("%s: Extract and a Reader see other trees (-Extract +Reader):\n%s", name, diff)
		}
	}
}

// readTwice reads every entry in the archive's order, and then all by walking the tree. A tree is
// returned if nothing was refused.
func readTwice(t *testing.T, data []byte, opts ...safezip.Option) (map[string]string, error) {
	t.Helper()
	lim := fuzzLimits
	lim.Steps = limits.UnsafeUnlimited // Looking up costs steps that Extract does not pay.
	lim.MemoryBytes *= 2               // As do lists.
	r, err := safezip.NewReader(t.Context(), bytes.NewReader(data), int64(len(data)), lim, opts...)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	for e := range r.Entries() {
		if !fs.ValidPath(e.Path) {
			t.Errorf("%q is no path", e.Path)
		}
		i, err := r.Lstat(e.Path)
		if err != nil {
			return nil, err
		}
		switch {
		case i.IsDir():
			_, err = r.ReadDir(e.Path)
		case i.Mode().IsRegular():
			_, err = r.CopyEntry(t.Context(), io.Discard, e.Path)
		}
		if err != nil {
			return nil, err
		}
	}
	tree := map[string]string{}
	return tree, fs.WalkDir(r, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil || name == ".":
			return err
		case entry.IsDir():
			tree[name+"/"] = ""
		case entry.Type() == fs.ModeSymlink:
			target, err := r.ReadLink(name)
			tree[name] = "-> " + target
			if _, statErr := r.Stat(name); statErr != nil {
				t.Errorf("the link %q leads nowhere: %v", name, statErr)
			}
			return err
		default:
			data, err := r.ReadFile(name)
			tree[name] = string(data)
			return err
		}
		return nil
	})
}

// FuzzWriter writes an archive of any names and contents: what the Writer accepts a Reader in the
// same mode reads as it was written, and what it refuses Inspect refuses for the same rule.
func FuzzWriter(f *testing.F) {
	f.Add(byte(0), "a|d/b|d/|é|..|a", "content|x||")
	f.Add(byte(7), "é|e\u0301|日本/語|l@|con", strings.Repeat("long ", 1000)+"|é|x|é")
	f.Add(byte(255), `a\b|A|a|./c|c|c/d|x/`, "1|2|3|4|5|6")
	f.Fuzz(func(t *testing.T, mode byte, names, contents string) {
		var opts []safezip.Option
		for bit, opt := range []safezip.Option{
			safezip.UnicodeNames(), safezip.UnsafeSymlinks(), safezip.UnsafeAllow(safezip.RuleCaseCollision,
				safezip.RuleNormalizationCollision), safezip.UnsafeAllow(safezip.RuleBackslash, safezip.RuleLongName),
		} {
			if mode>>bit&1 != 0 {
				opts = append(opts, opt)
			}
		}
		writesWhatIsRead(t, opts, mode>>4, strings.Split(names, "|"), strings.Split(contents, "|"))
	})
}

func writesWhatIsRead(t *testing.T, opts []safezip.Option, how byte, names, contents []string) {
	t.Helper()
	var buf bytes.Buffer
	writerOpts := opts
	if how&1 != 0 {
		writerOpts = append(opts, safezip.StoreFunc(func(e safezip.Entry) bool { return len(e.Name)%2 == 0 }))
	}
	w, err := safezip.NewWriter(t.Context(), &buf, limits.Limits{InputBytes: limits.MiB, Items: 1000,
		Time: limits.UnsafeUnlimited},
		writerOpts...)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	written := map[string]string{}
	for i, name := range names {
		content := contents[i%len(contents)]
		switch {
		case strings.HasSuffix(name, "/"):
			content, err = "", w.Mkdir(name)
		case strings.HasSuffix(name, "@") && how&2 != 0:
			var f io.WriteCloser
			if f, err = w.Create(safezip.Entry{Name: name, Mode: fs.ModeSymlink}); err == nil {
				if _, err = io.WriteString(f, content); err == nil {
					err = f.Close()
				}
				content = "-> " + content
			}
		default:
			err = w.WriteFile(name, []byte(content))
		}
		if err == nil {
			written[name] = content
			continue
		}
		classified(t, err)
		if errors.Is(err, limits.ErrExceeded) {
			return
		}
	}
	report, err := w.Finish()
	if err != nil {
		classified(t, err)
		return
	}
	data := buf.Bytes()
	r, err := safezip.NewReader(t.Context(), bytes.NewReader(data), int64(len(data)),
		limits.Limits{OutputBytes: limits.MiB, Items: 1000, Time: limits.UnsafeUnlimited}, opts...)
	if err != nil {
		t.Fatalf("a Reader refuses what a Writer wrote: %v", err)
	}
	defer r.Close()
	got := map[string]string{}
	for e := range r.Entries() {
		switch {
		case e.Dir:
			got[e.Name] = ""
		case e.Link != "":
			got[e.Name] = "-> " + e.Link
		default:
			b, err := r.ReadFile(e.Path)
			if err != nil {
				t.Errorf("%q: %v", e.Name, err)
			}
			got[e.Name] = string(b)
		}
	}
	if diff := cmp.Diff(written, got); diff != "" {
		t.Errorf("what was written is not what is read (-written +read):\n%s", diff)
	}
	back := r.Report()
	if back.Entries != report.Entries || back.Files != report.Files || back.Dirs != report.Dirs ||
		back.Bytes != report.Bytes || back.ArchiveBytes != report.ArchiveBytes {
		t.Errorf("the Writer reports %+v, the Reader %+v", report, back)
	}
}
