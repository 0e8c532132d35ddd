package safezip

import (
	"bufio"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"sync/atomic"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/config"
	"github.com/seed73825598/airlock/safezip/internal/judge"
	"github.com/seed73825598/airlock/safezip/internal/session"
	"github.com/seed73825598/airlock/safezip/internal/tree"
	"github.com/seed73825598/airlock/safezip/internal/zipwrite"
)

// ErrUnfinished is matched by the error of a Writer that was closed before Finish had succeeded:
// what it has written is no archive. It is neither a refusal nor a mistake in the configuration.
var ErrUnfinished = errors.New("safezip: the archive was not finished")

// A Writer writes one archive, and refuses to write what a Reader with the same options would
// refuse to read: the rules about names, collisions and links are the same. One goroutine may use
// it, except for Close.
//
//	w, err := safezip.NewWriter(ctx, dst, lim)
//	if err != nil {
//		return err
//	}
//	defer w.Close()
//	if err := w.WriteFile("report.txt", text); err != nil {
//		return err
//	}
//	_, err = w.Finish()
//
// InputBytes counts the data and the names, OutputBytes what is written; Items counts entries, and
// directories that only their names imply. A step is one header, or 64 bytes of data (begun).
// MemoryBytes covers the directory to be written, the compressor, and the data of a stored entry
// until its file is closed.
//
// Names beyond ASCII need UnicodeNames, and are written as UTF-8 that says so. Files are compressed
// by compress/flate, or stored where StoreFunc says so. A stored entry is never followed by a data
// descriptor, which would let its data hold a second reading of the archive.
type Writer struct {
	_        [0]func()
	session  *session.Session
	config   *config.Config
	judge    *judge.Judge
	tree     *tree.Tree
	out      *bufio.Writer // before the meter of OutputBytes and the caller's writer
	offset   int64         // how much has been written
	headers  []zipwrite.Header
	list     int64        // what the central directory takes at most
	open     *entryWriter // the file that was created and is not closed
	flate    *flate.Writer
	targets  map[int32]string // of links, by their node
	record   []byte           // reused
	bytes    int64            // of all files
	finished atomic.Bool
}

const (
	writerName = "safezip.Writer"
	outBuffer  = 32 << 10

	// deflaterBytes is what compress/flate holds to write: window, hash tables and tokens.
	deflaterBytes = 832 << 10

	// headerBytes is what an entry takes in the list of headers beside its name: twice a header,
	// as the list, the tree and its index are not made for a known number and grow by copying.
	headerBytes = 192
)

// NewWriter begins an archive that goes to w, which is only written to, in order, and never closed:
// an http.ResponseWriter or a pipe will do. Nothing is written before the first file has data or is
// closed.
//
// Required limits: InputBytes, Items, Time. OutputBytes defaults to 2 × InputBytes and 1 KiB for
// each item and one more, Steps to DefaultSteps + InputBytes/64, the others as in reading. The
// central directory is held to DirectoryBytes. Time runs while a call is inside.
//
// ctx ends the Writer, so it must live as long: a function that makes a timeout with a deferred
// cancel and returns the Writer has ended it.
func NewWriter(ctx context.Context, w io.Writer, lim limits.Limits, opts ...Option) (*Writer, error) {
	return newWriter(ctx, "safezip.NewWriter", w, lim, opts)
}

func newWriter(ctx context.Context, op string, dst io.Writer, lim limits.Limits, opts []Option) (*Writer, error) {
	c, err := configureWriting(op, dst, lim, opts)
	if err != nil {
		return nil, err
	}
	s, err := session.Start(ctx, writerName, op, c.Limits, c.Required...)
	if err != nil {
		return nil, err
	}
	b := s.Budget()
	if err := b.Hold(limits.MemoryBytes, outBuffer); err != nil {
		s.Close()
		return nil, err
	}
	j := &judge.Judge{Op: op, Budget: b, Lifted: c.Names.Lifted}
	w := &Writer{
		session: s, config: c, judge: j, tree: tree.New(j, &c.Names, 0), targets: map[int32]string{},
		out: bufio.NewWriterSize(b.Writer(limits.OutputBytes, dst), outBuffer),
	}
	s.Leave()
	return w, nil
}

// enter begins a call.
func (w *Writer) enter() error {
	if w == nil || w.session == nil {
		return session.Unmade(writerName, "NewWriter")
	}
	if err := w.session.Enter(); err != nil {
		return err
	}
	if w.finished.Load() {
		w.session.Leave()
		return fmt.Errorf("%s: the archive is finished: %w", writerName, fs.ErrClosed)
	}
	return nil
}

// leave ends a call. A panic of the caller's writer goes on, and leaves the Writer ended: how much
// of the archive has been written is not known.
func (w *Writer) leave(returned *bool) {
	if !*returned {
		_ = w.session.Fail(errPanicked)
	}
	w.session.Leave()
}

var errPanicked = errors.New("safezip: a call panicked and left the archive in the middle of a record")

// misuse is a ConfigError of the Writer.
func (w *Writer) misuse(field, format string, args ...any) error {
	return &limits.ConfigError{Op: w.judge.Op,
		Problems: []limits.FieldProblem{{Field: field, Reason: fmt.Sprintf(format, args...)}}}
}

// Finish writes the central directory and ends the Writer: only if it returns nil is there an
// archive. Links are followed here, through all that was written, and one that a Reader would
// refuse is refused.
func (w *Writer) Finish() (*Report, error) {
	if err := w.enter(); err != nil {
		return nil, err
	}
	returned := false
	defer w.leave(&returned)
	r, err := w.finish()
	returned = true
	return r, err
}

// finish is Finish, inside.
func (w *Writer) finish() (*Report, error) {
	if err := w.noOpenFile("Finish"); err != nil {
		return nil, err
	}
	if err := w.tree.CheckAliases(w.entry); err != nil {
		return nil, w.session.Fail(err)
	}
	if err := w.tree.CheckLinks(w.targets, w.entry); err != nil {
		return nil, w.session.Fail(err)
	}
	start := w.offset
	for i := range w.headers {
		if err := w.budget().Spend(limits.Steps, 1); err != nil {
			return nil, w.session.Explain(err)
		}
		if err := w.put(w.headers[i].AppendCentral(w.record[:0])); err != nil {
			return nil, err
		}
	}
	if err := w.put(zipwrite.AppendEnd(w.record[:0], int64(len(w.headers)), w.offset-start, start)); err != nil {
		return nil, err
	}
	if err := w.out.Flush(); err != nil {
		return nil, w.failed(err)
	}
	if err := w.budget().Err(); err != nil { // It has ended while the caller's writer was at work.
		return nil, w.session.Explain(err)
	}
	w.finished.Store(true)
	r := &Report{Entries: int64(len(w.headers)), Bytes: w.bytes, ArchiveBytes: w.offset,
		Elapsed: w.budget().Usage().Elapsed}
	for id := range w.tree.Nodes[1:] {
		if w.tree.Nodes[1+id].Kind == tree.Dir {
			r.Dirs++
		} else {
			r.Files++
		}
	}
	for _, f := range w.judge.Notes {
		r.Notes = append(r.Notes, Finding(f))
	}
	return r, nil
}

// Close ends the Writer and gives its place in a Pool back; w stays open. Unless Finish has
// succeeded, nothing more is written, so that what is there is no archive, and the error matches
// ErrUnfinished. After Finish, and the second time, it is nil: it may be deferred. Another
// goroutine may call it, to abort; a call that is inside then ends with an error that matches
// fs.ErrClosed.
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

// put writes one record.
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

// note keeps a finding that refuses nothing.
func (w *Writer) note(name, detail string) error {
	return w.judge.Note(judge.Finding{Where: name, Offset: w.offset, Detail: detail})
}
