package safexml

import (
	"context"
	"io"

	"github.com/seed73825598/airlock/limits"
)

// Validate reads a document to the end of r and gives the verdict alone. It keeps no text and
// allocates nothing for a token.
//
// The error matches limits.ErrRefused if the document breaks a rule ([RuleError], with line and
// column) or costs more than lim allows (limits.ExceededError), limits.ErrConfig if lim or the
// options are at fault; any other is that of r or of ctx. With an error there is no Report.
func Validate(ctx context.Context, r io.Reader, lim limits.Limits, opts ...Option) (*Report, error) {
	c, err := configure(ctx, "safexml.Validate", lim, opts)
	if err != nil {
		return nil, err
	}
	doc := open(ctx, c, r, purpose{})
	doc.during(func() { _, err = doc.next() })
	if err != nil {
		return nil, err
	}
	return doc.report(), nil
}
