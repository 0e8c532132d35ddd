package decompress

import (
	"errors"
	"fmt"
	"io"

	"github.com/seed73825598/airlock/limits"
)

// source is the metered compressed stream. It keeps the error of the caller's source, so that a
// decoder's error is told from it.
type source struct {
	*config
	budget *limits.Budget
	src    io.Reader
	taken  int64 // bytes that were read
	err    error // of src; never io.EOF
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.src.Read(p)
	s.taken += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

// refuse returns the refusal of the stream at an offset.
func (s *source) refuse(rule Rule, offset int64, format string, args ...any) error {
	return &RuleError{Op: s.op, Rule: rule, Offset: offset, Detail: fmt.Sprintf(format, args...)}
}

// cut is the refusal of a stream that ends early.
func (s *source) cut(where string) error {
	return s.refuse(RuleMalformed, s.taken, "the stream is cut off within %s", where)
}

// failure is what to say where reading the source has failed: its own error, which is that of the
// budget or of the environment.
func (s *source) failure() error {
	if errors.Is(s.err, limits.ErrRefused) || errors.Is(s.err, limits.ErrConfig) || s.budget.Err() != nil {
		return s.err
	}
	return fmt.Errorf("%s: reading the compressed stream: %w", s.op, s.err)
}

// steps spends the steps of n bytes that are no part of a DEFLATE stream.
func (s *source) steps(n int64) error {
	return s.budget.Spend(limits.Steps, n/bytesPerStep+min(n%bytesPerStep, 1))
}

// stage decodes one stream.
type stage interface {
	// next returns the next bytes, which are valid until the next call. io.EOF means that all was
	// verified and that the source is at its end. Errors are those to return to the caller.
	next() ([]byte, error)
	close() error
}
