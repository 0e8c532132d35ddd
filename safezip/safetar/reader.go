package safetar

import (
	"context"
	"errors"
	"io"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/session"
	"github.com/seed73825598/airlock/safezip/internal/tarscan"
)

// A Reader hands out the entries of an archive one by one, for those who keep nothing on disk. One
// goroutine may use it, except for Close.
//
// An entry that Next returns has passed every rule that can be judged by then, and a later header
// may still refuse the archive: act on it only after io.EOF, or so that it can be undone. That is
// why there is Extract.
//
// Entries that Select or SkipMacOS leaves out, and those above the directory that StripPrefix
// names, are checked and not handed out. Entry.Path is the name to use: slash-separated, as
// fs.ValidPath has it, "." for the root. A refusal ends the Reader: every later call returns it.
type Reader struct {
	_       [0]func()
	session *session.Session
	pass    *pass
	rest    []byte // of the data that was read and not handed out
	inFile  bool   // the entry is a file
	done    bool   // the whole archive was read
}

const readerName = "safetar.Reader"

// NewReader begins reading the archive in src, which is not closed. It reads the first bytes.
// Limits, options and errors are those of Extract, but for StripTop, which is a
// *limits.ConfigError. Time runs while a call is inside.
//
// ctx ends the Reader, so it must live as long: a function that makes a timeout with a deferred
// cancel and returns the Reader has ended it.
func NewReader(ctx context.Context, src io.Reader, lim limits.Limits, opts ...Option) (*Reader, error) {
	c, err := configure("safetar.NewReader", lim, opts)
	if err != nil {
		return nil, err
	}
	if c.base.StripTop {
		return nil, setup.Misuse(c.base.Op, "StripTop", "is for Extract, ExtractFile and Inspect: "+
			"a Reader hands out entries before it knows that they all lie in one directory")
	}
	s, err := session.Start(ctx, readerName, c.base.Op, c.base.Limits, c.base.Required...)
	if err != nil {
		return nil, err
	}
	opened := false
	defer func() {
		if !opened {
			_ = s.Fail(err) // So that observers learn of it.
			s.Close()
		}
	}()
	r := &Reader{session: s}
	if r.pass, err = c.newPass(s.Budget(), src, false); err != nil {
		return nil, err
	}
	s.OnEnd(r.pass.stream.close)
	opened = true
	s.Leave()
	return r, nil
}

// enter begins a call. The function that it returns ends it, and has to be deferred.
func (r *Reader) enter() (leave func(), err error) {
	if r == nil || r.session == nil {
		return nil, session.Unmade(readerName, "NewReader")
	}
	if err := r.session.Enter(); err != nil {
		return nil, err
	}
	return r.session.Leave, nil
}

// Next skips what is left of the entry, which is read and paid for, and returns the next one.
// io.EOF means that the whole input was read and verified.
func (r *Reader) Next() (Entry, error) {
	leave, err := r.enter()
	if err != nil {
		return Entry{}, err
	}
	defer leave()
	if r.done {
		return Entry{}, io.EOF
	}
	r.rest, r.inFile = nil, false
	for {
		it, err := r.guarded()
		if errors.Is(err, io.EOF) {
			r.done = true
			return Entry{}, io.EOF
		}
		if err != nil {
			return Entry{}, r.session.Fail(err)
		}
		if it.wanted {
			r.inFile = it.scan.Kind == tarscan.File
			return it.entry, nil
		}
	}
}

var errPanicked = errors.New("safetar: a call panicked and left the archive in the middle")

// guarded is next of the pass. A panic of the source or of Select goes on, and ends the Reader.
func (r *Reader) guarded() (*item, error) {
	returned := false
	defer func() {
		if !returned {
			_ = r.session.Fail(errPanicked)
		}
	}()
	it, err := r.pass.next()
	returned = true
	return it, err
}

// Read reads the data of the entry, and returns io.EOF at its end; 0 and io.EOF for what is no
// regular file, and before the first Next.
func (r *Reader) Read(p []byte) (int, error) {
	leave, err := r.enter()
	if err != nil {
		return 0, err
	}
	defer leave()
	if len(p) == 0 {
		return 0, nil
	}
	if len(r.rest) == 0 {
		if !r.inFile || r.done {
			return 0, io.EOF
		}
		if r.rest, err = r.body(); err != nil {
			return 0, err
		}
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// body reads the next data of the entry.
func (r *Reader) body() ([]byte, error) {
	returned := false
	defer func() {
		if !returned {
			_ = r.session.Fail(errPanicked)
		}
	}()
	data, err := r.pass.scan.Body()
	returned = true
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, r.session.Fail(err)
	}
	return data, err
}

// Report says what has been read so far; after io.EOF it is that of the whole archive. Its All
// yields nothing: Next did.
func (r *Reader) Report() *Report {
	if r == nil || r.session == nil {
		return &Report{}
	}
	return r.pass.finished()
}

// Context is that of the Reader's budget: what runs under it takes no second place in a Pool. It is
// done when the Reader is.
func (r *Reader) Context() context.Context {
	if r == nil || r.session == nil {
		return (*limits.Budget)(nil).Context()
	}
	return r.session.Budget().Context()
}

// Close ends the Reader and gives its place in a Pool back; src stays open. The second time it does
// nothing. A call after it is an error that matches fs.ErrClosed.
func (r *Reader) Close() error {
	if r == nil || r.session == nil {
		return session.Unmade(readerName, "NewReader")
	}
	r.session.Close()
	return nil
}
