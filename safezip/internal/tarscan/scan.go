package tarscan

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/seed73825598/airlock/limits"
)

// A Finding is one broken rule and its place.
type Finding struct {
	Rule   limits.Rule // empty for a note that no rule asks for
	Where  string      // the entry's name as it stands in the archive; empty for the archive itself
	Offset int64       // in the tar stream, of the block that breaks the rule
	Detail string      // hostile text in it is quoted
}

// Config says who pays and who judges.
type Config struct {
	Budget *limits.Budget // pays a step for each header and for 64 bytes (begun) of data
	Report func(Finding) error
	Note   func(Finding) error
	Lifted map[limits.Rule]bool
}

// A Kind is what an entry is.
type Kind uint8

// The kinds of entries that are let through.
const (
	File Kind = iota
	Dir
	Symlink
	HardLink
)

// An Entry is what the stream says of one file.
type Entry struct {
	Name     string
	Link     string // the target of a link
	Kind     Kind
	Size     int64 // of a file
	Mode     int64 // permission bits
	Modified time.Time
	UTF8     bool  // the name is UTF-8 if it is beyond ASCII
	Offset   int64 // of its header
}

// Pieces is where the stream comes from, piece by piece; each is valid until the next call. io.EOF
// means that it was verified to its end.
type Pieces interface {
	Next() ([]byte, error)
}

// A Scanner reads one stream. It belongs to one goroutine.
type Scanner struct {
	cfg   Config
	in    input
	body  int64 // bytes of the entry's data that Body has not handed out
	pad   int64 // bytes that follow them up to the next block
	where string
	noted map[string]bool // families of vendor keys

	globalLast bool  // the last header was a global one
	err        error // sticky
}

// New returns a Scanner of the stream in src.
func New(src Pieces, cfg Config) *Scanner {
	return &Scanner{cfg: cfg, in: input{src: src}, noted: map[string]bool{}}
}

// errStopped ends a scan that a finding has ended, while its Report wants to see more.
var errStopped = errors.New("tarscan: a finding has ended the scan")

// Stopped reports whether err says that a finding has ended the scan, of which Report knows.
func Stopped(err error) bool { return errors.Is(err, errStopped) }

// Offset is how many bytes of the stream have been read.
func (s *Scanner) Offset() int64 { return s.in.off }

// Next skips what is left of the entry and returns the next one. io.EOF means that the stream was
// read and verified to its end.
func (s *Scanner) Next() (*Entry, error) {
	if s.err != nil {
		return nil, s.err
	}
	var e *Entry
	e, s.err = s.next()
	return e, s.err
}

func (s *Scanner) next() (*Entry, error) {
	for s.body > 0 {
		if _, err := s.piece(); err != nil {
			return nil, err
		}
	}
	if err := s.skipPadding(); err != nil {
		return nil, err
	}
	var about records
	for {
		at := s.in.off
		block, err := s.header()
		if err != nil || block == nil {
			return nil, s.endOr(err, &about)
		}
		h, err := s.parse(block, at)
		if err != nil {
			return nil, err
		}
		s.globalLast = h.typ == typeGlobal
		if !h.isRecord() {
			return s.entry(h, &about)
		}
		if err := s.record(h, &about); err != nil {
			return nil, err
		}
	}
}

// endOr is what Next returns where no header comes: an error, or the end if nothing is left open.
func (s *Scanner) endOr(err error, about *records) error {
	if err != nil {
		return err
	}
	if about.any() || s.globalLast {
		return s.refuse(RecordTarget, max(about.at, 0), "no entry follows the records that are about one")
	}
	return io.EOF
}

// Body returns the next bytes of the entry's data, which are valid until the next call, and io.EOF
// after the last.
func (s *Scanner) Body() ([]byte, error) {
	if s.err != nil {
		return nil, s.err
	}
	if s.body == 0 {
		return nil, io.EOF
	}
	var p []byte
	p, s.err = s.piece()
	return p, s.err
}

// piece takes a piece of data.
func (s *Scanner) piece() ([]byte, error) {
	p, err := s.in.take(s.body)
	if err != nil {
		return nil, s.cut(err, "the data of an entry")
	}
	before := (s.body + bytesPerStep - 1) / bytesPerStep
	s.body -= int64(len(p))
	return p, s.cfg.Budget.Spend(limits.Steps, before-(s.body+bytesPerStep-1)/bytesPerStep)
}

const bytesPerStep = 64

// skipPadding reads up to the next block.
func (s *Scanner) skipPadding() error {
	for s.pad > 0 {
		p, err := s.in.take(s.pad)
		if err != nil {
			return s.cut(err, "the padding after an entry")
		}
		s.pad -= int64(len(p))
	}
	return nil
}

// expect has so many bytes of data come next.
func (s *Scanner) expect(size int64) {
	s.body = size
	s.pad = -size & (blockSize - 1)
}

// cut is the refusal of a stream that ends within something, or the error of the stream.
func (s *Scanner) cut(err error, what string) error {
	if !errors.Is(err, io.EOF) {
		return err
	}
	return s.refuse(Truncated, s.in.off, "the archive is cut off within %s", what)
}

// refuse reports a finding that leaves no way to go on.
func (s *Scanner) refuse(rule limits.Rule, at int64, format string, args ...any) error {
	if err := s.report(rule, at, format, args...); err != nil {
		return err
	}
	return errStopped
}

// report reports a finding. It returns nil if the scan can go on.
func (s *Scanner) report(rule limits.Rule, at int64, format string, args ...any) error {
	return s.cfg.Report(Finding{Rule: rule, Where: s.where, Offset: at, Detail: fmt.Sprintf(format, args...)})
}

// allow reports a finding of a rule that may be lifted. Unless it is, there is no way to go on.
func (s *Scanner) allow(rule limits.Rule, at int64, format string, args ...any) error {
	err := s.report(rule, at, format, args...)
	if err == nil && !s.cfg.Lifted[rule] {
		return errStopped
	}
	return err
}
