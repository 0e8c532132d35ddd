package safezip

import (
	"fmt"
	"io"
	"io/fs"
	"math"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/judge"
	"github.com/seed73825598/airlock/safezip/internal/tree"
	"github.com/seed73825598/airlock/safezip/internal/zipwrite"
)

// The Unix modes that a Writer writes.
const (
	unixFile       = 0o100644
	unixExecutable = 0o100755
	unixDir        = 0o040755
	unixLink       = 0o120777

	// longestName is what a header holds at most.
	longestName = math.MaxUint16
)

// Create begins a file. Of e it uses:
//
//   - Path if it is set, or else Name, by the policy of reading, without a slash at the end;
//   - Size: if it is above zero, the file's Close verifies it; zero promises nothing;
//   - Modified: the zero Time writes none, and a year outside 1980 to 2107 is refused;
//   - Mode: its type, which is 0, or fs.ModeSymlink under UnsafeSymlinks (the data is then the
//     target), and whether any execute bit is set.
//
// The other fields are not looked at, so the Entry of a Reader can be handed on.
//
// The file must be closed before the next Create, Mkdir or Finish, or that is a
// *limits.ConfigError. Its Close may be called twice. A refused name (a *RuleError: policy,
// duplicate, collision, a file in the way of a directory) has written nothing and ends nothing:
// rename and try again. Every error after the first byte of an entry ends the Writer.
func (w *Writer) Create(e Entry) (io.WriteCloser, error) {
	if err := w.enter(); err != nil {
		return nil, err
	}
	returned := false
	defer w.leave(&returned) // StoreFunc is the caller's.
	f, err := w.create(e)
	returned = true
	if err != nil {
		return nil, w.session.Explain(err)
	}
	return f, nil
}

// Mkdir writes a directory, "a/b" or "a/b/". Its parents are implied. One that was made before, by
// Mkdir, is refused as a duplicate; one that only the names of files imply is not.
func (w *Writer) Mkdir(name string) error {
	if err := w.enter(); err != nil {
		return err
	}
	returned := false
	defer w.leave(&returned)
	err := w.mkdir(Entry{Name: name})
	returned = true
	return w.session.Explain(err)
}

// WriteFile writes a file with data: Create, Write and Close. data is not kept.
func (w *Writer) WriteFile(name string, data []byte) error {
	if err := w.enter(); err != nil {
		return err
	}
	returned := false
	defer w.leave(&returned)
	f, err := w.create(Entry{Name: name, Size: int64(len(data))})
	if err == nil {
		err = f.whole(data)
	}
	returned = true
	return w.session.Explain(err)
}

// create is Create, inside.
func (w *Writer) create(e Entry) (*entryWriter, error) {
	if err := w.noOpenFile("Create"); err != nil {
		return nil, err
	}
	te := w.treeEntry(&e)
	f := &entryWriter{writer: w, promised: e.Size}
	kind, mode := tree.File, uint16(unixFile)
	if e.Mode&0o111 != 0 {
		mode = unixExecutable
	}
	switch e.Mode.Type() {
	case 0:
	case fs.ModeSymlink:
		if !w.config.Symlinks {
			return nil, w.refuse(&te, RuleSymlink, "a symbolic link")
		}
		kind, mode = tree.Link, unixLink
		f.stored, f.link = true, true
	case fs.ModeDir:
		return nil, w.misuse("Entry.Mode", "of %s is a directory's: use Mkdir", limits.Quote(te.Name))
	default:
		return nil, w.refuse(&te, RuleSpecialFile, "the entry is a device, FIFO or socket")
	}
	if e.Size < 0 {
		return nil, w.misuse("Entry.Size", "of %s is %d", limits.Quote(te.Name), e.Size)
	}
	if e.Size > w.config.MaxEntryBytes() {
		return nil, w.overEntry(te.Name, e.Size)
	}
	id, err := w.enterName(&te, kind, mode)
	if err != nil {
		return nil, err
	}
	f.node, f.entry = id, len(w.headers)-1
	if !f.link && w.config.Writing.Store != nil {
		f.stored = w.config.Writing.Store(&te)
	}
	w.open = f
	return f, nil
}

// mkdir is Mkdir, inside.
func (w *Writer) mkdir(e Entry) error {
	if err := w.noOpenFile("Mkdir"); err != nil {
		return err
	}
	te := w.treeEntry(&e)
	if te.Name != "" && !strings.HasSuffix(te.Name, "/") {
		te.Name += "/"
	}
	te.Dir = true
	if _, err := w.enterName(&te, tree.Dir, unixDir); err != nil {
		return err
	}
	h := &w.headers[len(w.headers)-1]
	return w.put(h.AppendLocal(w.record[:0]))
}

// treeEntry is what the rules see of an entry to be written.
func (w *Writer) treeEntry(e *Entry) tree.Entry {
	te := tree.Entry{Name: e.Name, Size: e.Size, Mode: e.Mode, Modified: e.Modified, UTF8: true, Offset: w.offset}
	if e.Path != "" {
		te.Name = e.Path
	}
	if w.config.Writing.FixedTime != nil {
		te.Modified = *w.config.Writing.FixedTime
	}
	return te
}

// enterName judges the name of an entry, charges for it, enters it into the tree, and makes its
// header. A refusal by a rule leaves everything as it was.
func (w *Writer) enterName(e *tree.Entry, kind tree.Kind, mode uint16) (int32, error) {
	b := w.budget()
	if err := b.Spend(limits.Steps, 1); err != nil {
		return tree.NoNode, err
	}
	if !e.Modified.IsZero() && !zipwrite.HasTime(e.Modified) {
		return tree.NoNode, w.refuse(e, RuleMalformed, "a time outside the years 1980 to 2107, which a zip file cannot hold")
	}
	n, ok, err := w.tree.Name(e)
	switch {
	case err != nil:
		return tree.NoNode, err
	case !ok || len(e.Name) > longestName:
		return tree.NoNode, w.refuse(e, RuleLongName, fmt.Sprintf("a header holds at most %d bytes", longestName))
	case n.Root:
		return tree.NoNode, w.refuse(e, RuleInvalidName, "the root itself, which needs no entry")
	case n.Dir && kind != tree.Dir:
		return tree.NoNode, w.refuse(e, RuleInvalidName, "a file's name ends in a separator; Mkdir makes directories")
	}
	if list := w.list + zipwrite.CentralBytes(e.Name); list > int64(w.config.DirectoryBytes) {
		return tree.NoNode, &limits.ExceededError{Op: w.judge.Op, Resource: limits.MemoryBytes,
			Limit: int64(w.config.DirectoryBytes), Used: list, Where: "central directory", Option: "DirectoryBytes"}
	}
	//nolint:gosec // Each entry has been charged to MemoryBytes.
	id, err := w.tree.Add(int32(len(w.headers)), e, n, kind, w.entry)
	if err != nil {
		return tree.NoNode, err
	}
	if err := b.Spend(limits.InputBytes, int64(len(e.Name))); err != nil {
		return tree.NoNode, limits.At(err, e.Name)
	}
	if err := b.Hold(limits.MemoryBytes, headerBytes+int64(len(e.Name))); err != nil {
		return tree.NoNode, limits.At(err, e.Name)
	}
	for at := id; at != tree.NoNode && !w.tree.Nodes[at].Wanted; at = w.tree.Nodes[at].Parent {
		w.tree.Nodes[at].Wanted = true
	}
	w.list += zipwrite.CentralBytes(e.Name)
	w.headers = append(w.headers, zipwrite.Header{Name: e.Name, Modified: e.Modified, Offset: w.offset, Mode: mode})
	return id, nil
}

// entry is what the rules see of an entry that was written.
func (w *Writer) entry(i int32) tree.Entry {
	h := &w.headers[i]
	return tree.Entry{Name: h.Name, Size: h.Size, CRC32: h.CRC32, UTF8: true, Offset: h.Offset}
}

// refuse is a finding about one entry that no option lifts.
func (w *Writer) refuse(e *tree.Entry, rule Rule, detail string) error {
	return w.judge.Report(judge.Finding{Rule: rule, Where: e.Name, Offset: e.Offset, Detail: detail})
}

// overEntry is the refusal of an entry of n bytes.
func (w *Writer) overEntry(name string, n int64) error {
	return &limits.ExceededError{Op: w.judge.Op, Resource: limits.OutputBytes, Limit: w.config.MaxEntryBytes(),
		Used: n, Where: name, Option: "MaxEntryBytes"}
}

// noOpenFile refuses a call while a file is open.
func (w *Writer) noOpenFile(call string) error {
	if w.open == nil {
		return nil
	}
	return w.misuse(call, "is called while the file %s is open: close it first",
		limits.Quote(w.headers[w.open.entry].Name))
}
