// Package streams decodes compressed streams within a budget of the caller: what packages
// decompress and safetar have in common. A [Form] is one compressed form, and a [Stage] decodes one
// stream of it; what is refused is a *limits.RuleError under the rules below.
package streams

import (
	"errors"
	"fmt"
	"io"

	"github.com/seed73825598/airlock/limits"
)

// The rules of streams. Package decompress says what each of them stops.
const (
	Malformed        limits.Rule = "malformed"
	Checksum         limits.Rule = "checksum"
	SizeMismatch     limits.Rule = "size-mismatch"
	SeveralMembers   limits.Rule = "several-members"
	PresetDictionary limits.Rule = "preset-dictionary"
	TrailingData     limits.Rule = "trailing-data"
	GzipHeader       limits.Rule = "gzip-header"
)

// A Form is one compressed form.
type Form struct {
	Name    string
	Memory  int64               // what its decoder holds; 0 if Open accounts for it
	Matches func(p []byte) bool // of the first bytes of a stream; nil if nothing tells
	open    func(s *Source) Stage
}

// Open returns a decoder of the stream in s. It reads nothing yet.
func (f *Form) Open(s *Source) Stage { return f.open(s) }

// A Stage decodes one stream.
type Stage interface {
	// Next returns the next bytes, which are valid until the next call. io.EOF means that all was
	// verified and that the source is at its end. Errors are those to return to the caller.
	Next() ([]byte, error)
	Close() error
}

// A Source is the compressed stream and what may be done with it. It keeps the error of the stream,
// so that a decoder's error is told from it.
type Source struct {
	Op     string
	Budget *limits.Budget // pays steps
	Stream io.Reader      // metered
	Memory limits.Bytes   // what a foreign decoder may hold
	Lifted map[limits.Rule]bool
	// Member pays for one more member or stream after the first. nil: several are refused.
	Member func() error

	taken int64 // bytes that were read
	err   error // of Stream; never io.EOF
}

const bytesPerStep = 64

func (s *Source) Read(p []byte) (int, error) {
	n, err := s.Stream.Read(p)
	s.taken += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

// refuse returns the refusal of the stream at an offset.
func (s *Source) refuse(rule limits.Rule, offset int64, format string, args ...any) error {
	return &limits.RuleError{Op: s.Op, Rule: rule, Offset: offset, Detail: fmt.Sprintf(format, args...)}
}

// cut is the refusal of a stream that ends early.
func (s *Source) cut(where string) error {
	return s.refuse(Malformed, s.taken, "the stream is cut off within %s", where)
}

// failure is what to say where reading the stream has failed: its own error, which is that of the
// budget or of the environment.
func (s *Source) failure() error {
	if errors.Is(s.err, limits.ErrRefused) || errors.Is(s.err, limits.ErrConfig) || s.Budget.Err() != nil {
		return s.err
	}
	return fmt.Errorf("%s: reading the compressed stream: %w", s.Op, s.err)
}

// steps spends the steps of n bytes that are no part of a DEFLATE stream.
func (s *Source) steps(n int64) error {
	return s.Budget.Spend(limits.Steps, n/bytesPerStep+min(n%bytesPerStep, 1))
}
