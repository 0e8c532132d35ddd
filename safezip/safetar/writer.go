package safetar

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"strings"
	"sync/atomic"
	"time"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
	base "github.com/seed73825598/airlock/safezip/internal/config"
	"github.com/seed73825598/airlock/safezip/internal/judge"
	"github.com/seed73825598/airlock/safezip/internal/session"
	"github.com/seed73825598/airlock/safezip/internal/tree"
)

// ErrUnfinished is matched by the error of a Writer that was closed before Finish had succeeded:
// what it has written is no archive. It is that of package safezip.
var ErrUnfinished = safezip.ErrUnfinished

// A Writer writes one archive, and refuses to write what a Reader with the same options would
// refuse to read. Headers are ustar where that holds what they say, with a pax header before them
// where it does not; never GNU's. One goroutine may use it, except for Close.
//
// A header comes before its data, so Entry.Size is the size, 0 included. The archive is not
// compressed: wrap w in a gzip.Writer, and close that after Finish.
//
// InputBytes counts the data and the names, OutputBytes what is written; Items counts entries, and
// directories that only their names imply. A step is one header, or 64 bytes of data (begun).
type Writer struct {
	_        [0]func()
	session  *session.Session
	config   *config
	judge    *judge.Judge
	tree     *tree.Tree
	out      *bufio.Writer // before the meter of OutputBytes and the caller's writer
	offset   int64         // how much has been written
	open     *entryWriter  // the file that was created and is not closed
	targets  map[int32]string
	record   []byte // reused
	report   Report
	finished atomic.Bool
}

const (
	writerName = "safetar.Writer"
	outBuffer  = 32 << 10

	// headersPerItem is what an entry takes at most besides its name and data: two headers, and the
	// padding of three parts.
	headersPerItem = 3 * limits.KiB
)

// NewWriter begins an archive that goes to w, which is only written to, in order, and never closed.
//
// Required limits: InputBytes, Items, Time. OutputBytes defaults to 2 × InputBytes and 3 KiB for
// each item and one more, Steps to DefaultSteps + InputBytes/64, the others as in reading. Time
// runs while a call is inside. ctx ends the Writer, so it must live as long.
func NewWriter(ctx context.Context, w io.Writer, lim limits.Limits, opts ...Option) (*Writer, error) {
	return newWriter(ctx, "safetar.NewWriter", w, lim, opts)
}

func newWriter(ctx context.Context, op string, dst io.Writer, lim limits.Limits, opts []Option) (*Writer, error) {
	c := &config{base: base.New(op, lim, limits.InputBytes, limits.Items, limits.Time)}
	setup.Apply(&c.base.Problems, c, opts)
	if dst == nil {
		c.base.Problems.Nil("w")
	}
	if lim.OutputBytes == 0 && lim.InputBytes > 0 && lim.Items > 0 {
		c.base.Limits.OutputBytes = writtenBytes(lim)
	}
	if err := c.base.FinishWriting(); err != nil {
		return nil, err
	}
	s, err := session.Start(ctx, writerName, op, c.base.Limits, c.base.Required...)
	if err != nil {
		return nil, err
	}
	b := s.Budget()
	if err := b.Hold(limits.MemoryBytes, outBuffer); err != nil {
		s.Close()
		return nil, err
	}
	j := &judge.Judge{Op: op, Budget: b, Lifted: c.base.Names.Lifted}
	w := &Writer{
		session: s, config: c, judge: j, tree: tree.New(j, &c.base.Names, 0), targets: map[int32]string{},
		out: bufio.NewWriterSize(b.Writer(limits.OutputBytes, dst), outBuffer),
	}
	s.Leave()
	return w, nil
}

// writtenBytes is what an archive takes at most.
func writtenBytes(lim limits.Limits) limits.Bytes {
	if lim.InputBytes > math.MaxInt64/8 || lim.Items > math.MaxInt64/8/int64(headersPerItem) {
		return math.MaxInt64
	}
	return 2*lim.InputBytes + limits.Bytes(lim.Items+1)*headersPerItem
}

// enter begins a call. The function that it returns ends it, and has to be deferred; its argument
// says whether the call has returned, or panics.
func (w *Writer) enter() (leave func(returned *bool), err error) {
	if w == nil || w.session == nil {
		return nil, session.Unmade(writerName, "NewWriter")
	}
	if err := w.session.Enter(); err != nil {
		return nil, err
	}
	if w.finished.Load() {
		w.session.Leave()
		return nil, fmt.Errorf("%s: the archive is finished: %w", writerName, fs.ErrClosed)
	}
	return func(returned *bool) {
		if !*returned { // How much of the archive has been written is not known.
			_ = w.session.Fail(errPanicked)
		}
		w.session.Leave()
	}, nil
}

// Create begins a file. Of e it uses:
//
//   - Path if it is set, or else Name, by the policy of reading, without a slash at the end;
//   - Size, which is the size of the file;
//   - Modified: the zero Time writes 1970-01-01;
//   - Mode: its type, which is 0, or fs.ModeSymlink under UnsafeSymlinks, and whether any execute bit
//     is set;
//   - Link, the target of a symbolic link, which has no data.
//
// The file must be closed before the next Create, Mkdir or Finish. A Write beyond Size, and a Close
// before it, are refused under RuleSizeMismatch and end the Writer. A refused name has written
// nothing and ends nothing: rename and try again.
func (w *Writer) Create(e Entry) (io.WriteCloser, error) {
	leave, err := w.enter()
	if err != nil {
		return nil, err
	}
	returned := false
	defer leave(&returned)
	f, err := w.create(&e)
	returned = true
	if err != nil {
		return nil, w.session.Explain(err)
	}
	return f, nil
}

// Mkdir writes a directory, "a/b" or "a/b/". Its parents are implied. Twice is a duplicate.
func (w *Writer) Mkdir(name string) error {
	leave, err := w.enter()
	if err != nil {
		return err
	}
	returned := false
	defer leave(&returned)
	err = w.mkdir(&Entry{Name: name})
	returned = true
	return w.session.Explain(err)
}

// WriteFile writes a file with data: Create, Write and Close. data is not kept.
func (w *Writer) WriteFile(name string, data []byte) error {
	leave, err := w.enter()
	if err != nil {
		return err
	}
	returned := false
	defer leave(&returned)
	f, err := w.create(&Entry{Name: name, Size: int64(len(data))})
	if err == nil {
		if _, err = f.write(data); err == nil {
			err = f.close()
		}
	}
	returned = true
	return w.session.Explain(err)
}

// Finish writes the end of the archive and ends the Writer: only if it returns nil is there an
// archive. Links are followed here, through all that was written.
func (w *Writer) Finish() (*Report, error) {
	leave, err := w.enter()
	if err != nil {
		return nil, err
	}
	returned := false
	defer leave(&returned)
	r, err := w.finish()
	returned = true
	return r, w.session.Explain(err)
}

// finish is Finish, inside.
func (w *Writer) finish() (*Report, error) {
	if err := w.noOpenFile("Finish"); err != nil {
		return nil, err
	}
	known := w.tree.Entries()
	if err := w.tree.CheckShortNames(known); err != nil {
		return nil, w.session.Fail(err)
	}
	if err := w.tree.CheckLinks(w.targets, known); err != nil {
		return nil, w.session.Fail(err)
	}
	if err := w.put(make([]byte, 2*blockSize)); err != nil {
		return nil, err
	}
	if err := w.out.Flush(); err != nil {
		return nil, w.failed(err)
	}
	if err := w.budget().Err(); err != nil { // It has ended while the caller's writer was at work.
		return nil, w.session.Explain(err)
	}
	w.finished.Store(true)
	r := w.report
	for id := range w.tree.Nodes[1:] {
		if w.tree.Nodes[1+id].Kind == tree.Dir {
			r.Dirs++
		} else {
			r.Files++
		}
	}
	r.ArchiveBytes, r.Elapsed, r.Notes = w.offset, w.budget().Usage().Elapsed, findings(w.judge.Notes)
	return &r, nil
}

// Close ends the Writer and gives its place in a Pool back; w stays open. Unless Finish has
// succeeded, nothing more is written, and the error matches ErrUnfinished. After Finish, and the
// second time, it is nil: it may be deferred. Another goroutine may call it, to abort.
func (w *Writer) Close() error {
	if w == nil || w.session == nil {
		return session.Unmade(writerName, "NewWriter")
	}
	if !w.session.Close() || w.finished.Load() {
		return nil
	}
	return ErrUnfinished
}

// Context is that of the Writer's budget: what runs under it takes no second place in a Pool. It is
// done when the Writer is.
func (w *Writer) Context() context.Context {
	if w == nil || w.session == nil {
		return (*limits.Budget)(nil).Context()
	}
	return w.budget().Context()
}

func (w *Writer) budget() *limits.Budget { return w.session.Budget() }

// create is Create, inside.
func (w *Writer) create(e *Entry) (*entryWriter, error) {
	if err := w.noOpenFile("Create"); err != nil {
		return nil, err
	}
	h := outHeader{typ: '0', mode: 0o644, size: e.Size}
	if e.Mode&0o111 != 0 {
		h.mode = 0o755
	}
	te := w.treeEntry(e)
	kind := tree.File
	switch e.Mode.Type() {
	case 0:
	case fs.ModeSymlink:
		switch {
		case !w.config.base.Symlinks:
			return nil, w.refuse(&te, RuleSymlink, "a symbolic link")
		case e.Link == "" || len(e.Link) > tree.MaxLinkTarget:
			return nil, w.refuse(&te, RuleSymlink, "a symbolic link with a target that is empty or over 4 KiB")
		}
		kind, h.typ, h.link, h.size, h.mode = tree.Link, '2', e.Link, 0, 0o777
	case fs.ModeDir:
		return nil, setup.Misuse(w.judge.Op, "Entry.Mode", "is a directory's: use Mkdir")
	default:
		return nil, w.refuse(&te, RuleSpecialFile, "the entry is a device, FIFO or socket")
	}
	if h.size < 0 {
		return nil, setup.Misuse(w.judge.Op, "Entry.Size", fmt.Sprintf("is %d", e.Size))
	}
	if most := w.config.base.MaxEntryBytes(); h.size > most {
		return nil, &limits.ExceededError{Op: w.judge.Op, Resource: limits.OutputBytes, Limit: most, Used: h.size,
			Where: te.Name, Option: "MaxEntryBytes"}
	}
	id, err := w.enterName(&te, kind)
	if err != nil {
		return nil, err
	}
	if kind == tree.Link {
		if err := w.tree.HoldTarget(int64(len(e.Link))); err != nil {
			return nil, w.session.Fail(err)
		}
		w.targets[id] = e.Link
	}
	h.name, h.modified = te.Name, te.Modified
	if err := w.put(h.appendTo(w.record[:0])); err != nil {
		return nil, err
	}
	w.open = &entryWriter{writer: w, name: te.Name, left: h.size, pad: -h.size & (blockSize - 1)}
	return w.open, nil
}

// mkdir is Mkdir, inside.
func (w *Writer) mkdir(e *Entry) error {
	if err := w.noOpenFile("Mkdir"); err != nil {
		return err
	}
	te := w.treeEntry(e)
	if te.Name != "" && !strings.HasSuffix(te.Name, "/") {
		te.Name += "/"
	}
	te.Dir = true
	if _, err := w.enterName(&te, tree.Dir); err != nil {
		return err
	}
	h := outHeader{name: te.Name, typ: '5', mode: 0o755, modified: te.Modified}
	return w.put(h.appendTo(w.record[:0]))
}

// treeEntry is what the rules see of an entry to be written.
func (w *Writer) treeEntry(e *Entry) tree.Entry {
	te := tree.Entry{Name: e.Name, Size: e.Size, Mode: e.Mode, Modified: e.Modified, UTF8: true, Offset: w.offset}
	if e.Path != "" {
		te.Name = e.Path
	}
	if w.config.base.Writing.FixedTime != nil {
		te.Modified = *w.config.base.Writing.FixedTime
	}
	if te.Modified.IsZero() {
		te.Modified = time.Unix(0, 0)
	}
	return te
}

// enterName judges the name of an entry, charges for it and enters it into the tree. A refusal by a
// rule leaves everything as it was.
func (w *Writer) enterName(e *tree.Entry, kind tree.Kind) (int32, error) {
	b := w.budget()
	if err := b.Spend(limits.Steps, 1); err != nil {
		return tree.NoNode, err
	}
	n, ok, err := w.tree.Name(e)
	switch {
	case err != nil:
		return tree.NoNode, err
	case !ok:
		return tree.NoNode, w.refuse(e, RuleInvalidName, "the name breaks a rule")
	case n.Root:
		return tree.NoNode, w.refuse(e, RuleInvalidName, "the root itself, which needs no entry")
	case n.Dir && kind != tree.Dir:
		return tree.NoNode, w.refuse(e, RuleInvalidName, "a file's name ends in a separator; Mkdir makes directories")
	}
	other := func(int32) tree.Entry { return tree.Entry{Size: -1} }
	id, err := w.tree.Add(int32(min(w.report.Entries, math.MaxInt32)), e, n, kind, other) //nolint:gosec // Bounded.
	if err != nil {
		return tree.NoNode, err
	}
	if err := b.Spend(limits.InputBytes, int64(len(e.Name))); err != nil {
		return tree.NoNode, limits.At(err, e.Name)
	}
	for at := id; at != tree.NoNode && !w.tree.Nodes[at].Wanted; at = w.tree.Nodes[at].Parent {
		w.tree.Nodes[at].Wanted = true
	}
	w.report.Entries++
	return id, nil
}

// refuse is a finding about one entry that no option lifts.
func (w *Writer) refuse(e *tree.Entry, rule Rule, detail string) error {
	return &RuleError{Op: w.judge.Op, Rule: rule, Where: e.Name, Offset: e.Offset, Detail: detail}
}

// noOpenFile refuses a call while a file is open.
func (w *Writer) noOpenFile(call string) error {
	if w.open == nil {
		return nil
	}
	return setup.Misuse(w.judge.Op, call, "is called while the file "+limits.Quote(w.open.name)+" is open: close it first")
}

// put writes headers.
func (w *Writer) put(record []byte) error {
	w.record = record
	return w.write(record)
}

// write writes bytes of the archive.
func (w *Writer) write(p []byte) error {
	n, err := w.out.Write(p)
	w.offset += int64(n)
	if err != nil {
		return w.failed(err)
	}
	return nil
}

// failed ends the Writer with an error of the meter or of the caller's writer.
func (w *Writer) failed(err error) error {
	if ended := w.budget().Err(); ended != nil {
		return w.session.Explain(ended)
	}
	return w.session.Fail(fmt.Errorf("%s: writing the archive: %w", w.judge.Op, err))
}

// An entryWriter is one file of a Writer.
type entryWriter struct {
	writer *Writer
	name   string
	left   int64 // bytes that are to come
	pad    int64
	closed bool
}

// writeChunk is how much is written between two looks at the budget.
const writeChunk = 64 << 10

func (f *entryWriter) Write(p []byte) (int, error) {
	leave, err := f.writer.enter()
	if err != nil {
		return 0, err
	}
	returned := false
	defer leave(&returned)
	n, err := f.write(p)
	returned = true
	return n, f.writer.session.Explain(err)
}

func (f *entryWriter) write(p []byte) (n int, err error) {
	w := f.writer
	if f.closed {
		return 0, fmt.Errorf("%s: the file %s: %w", writerName, limits.Quote(f.name), fs.ErrClosed)
	}
	if int64(len(p)) > f.left {
		return 0, w.session.Fail(&RuleError{Op: w.judge.Op, Rule: RuleSizeMismatch, Where: f.name, Offset: w.offset,
			Detail: "more data than Entry.Size says"})
	}
	for len(p) > 0 {
		part := p[:min(len(p), writeChunk)]
		size := int64(len(part))
		if err := errors.Join(w.budget().Spend(limits.InputBytes, size),
			w.budget().Spend(limits.Steps, (size+base.BytesPerStep-1)/base.BytesPerStep)); err != nil {
			return n, limits.At(w.budget().Err(), f.name)
		}
		if err := w.write(part); err != nil {
			return n, err
		}
		n += len(part)
		w.report.Bytes += size
		f.left -= size
		p = p[len(part):]
	}
	return n, nil
}

func (f *entryWriter) Close() error {
	if f.closed {
		return nil
	}
	leave, err := f.writer.enter()
	if err != nil {
		return err
	}
	returned := false
	defer leave(&returned)
	err = f.close()
	returned = true
	return f.writer.session.Explain(err)
}

func (f *entryWriter) close() error {
	w := f.writer
	f.closed, w.open = true, nil
	if f.left > 0 {
		return w.session.Fail(&RuleError{Op: w.judge.Op, Rule: RuleSizeMismatch, Where: f.name, Offset: w.offset,
			Detail: fmt.Sprintf("%d bytes fewer than Entry.Size says", f.left)})
	}
	return w.write(make([]byte, f.pad))
}
