package safexml

import (
	"io"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/decode"
)

// Decode fills v, a pointer that is not nil, from the element whose start tag is the current token,
// as [Unmarshal] does, and goes on to its end tag: Kind is EndElement then. v is assigned whole, or
// on an error not at all. At any other token it returns a *limits.ConfigError, and the tokenizer
// stays where it is.
//
// A *[MismatchError], and a *limits.ConfigError for a v that no document fills, leave the tokenizer
// at the end tag as well, so that one bad record can be counted and passed over. Every other error
// ends it.
//
// v is filled before the rest of the document has been looked at: only io.EOF from [Tokenizer.Next]
// says that the whole has passed. While v is filled, what it takes is accounted for as MemoryBytes;
// after that it is the caller's.
func (t *Tokenizer) Decode(v any) error {
	const op = "safexml.Tokenizer.Decode"
	if err := t.atElement(op); err != nil {
		return err
	}
	a, err := newAssignment(op, v)
	if err != nil {
		return err
	}
	var failed, refused error
	t.during(func() { failed, refused = t.fill(t.decoder, a.fresh, a.plan) })
	t.decoder.Release()
	t.attrs = t.attrs[:0]
	if refused != nil {
		t.kind, t.err = 0, refused
		return refused
	}
	t.kind = EndElement
	if failed != nil {
		return misfit(op, failed)
	}
	a.assign()
	return nil
}

// Skip goes on to the end tag of the element whose start tag is the current token: Kind is
// EndElement then. The skipped part is judged like everything else. At any other token it returns a
// *limits.ConfigError, and the tokenizer stays where it is.
func (t *Tokenizer) Skip() error {
	if err := t.atElement("safexml.Tokenizer.Skip"); err != nil {
		return err
	}
	var err error
	t.during(func() { err = t.decoder.Skip() })
	t.attrs = t.attrs[:0]
	if t.kind = EndElement; err != nil {
		t.kind, t.err = 0, err
	}
	return err
}

// atElement returns why no element begins at the current token, or nil.
func (t *Tokenizer) atElement(op string) error {
	switch {
	case t == nil || t.reading == nil:
		return unmadeTokenizer()
	case t.err != nil && t.err != io.EOF: //nolint:errorlint // Its own, and not what a source has wrapped.
		return t.err
	case t.kind != StartElement:
		return &limits.ConfigError{Op: op, Problems: []limits.FieldProblem{{Field: "the current token",
			Reason: "is no start tag: it is " + t.kind.String()}}}
	}
	if t.decoder == nil {
		t.decoder = decode.New(source{t.reading}, t.scan)
	}
	return nil
}

func unmadeTokenizer() error {
	return &limits.ConfigError{Op: "safexml.Tokenizer", Problems: []limits.FieldProblem{{Field: "the Tokenizer",
		Reason: "was not made by NewTokenizer"}}}
}
