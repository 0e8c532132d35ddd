package safexml

import (
	"context"
	"encoding/xml"
	"io"

	"github.com/seed73825598/airlock/limits"
)

// NewDecoder returns a decoder of encoding/xml that reads the checked bytes of the document in r,
// as [NewReader] hands them on. It never asks for a CharsetReader: the encoding has been verified
// and its label is blanked. Errors of its methods that match limits.ErrRefused are the verdict of
// this package, as it was given.
//
// Decode into the root element succeeds only if the whole document passes. A caller that reads
// single tokens has a verdict when io.EOF comes, and not before. NewDecoder itself reads nothing;
// its error is a *limits.ConfigError.
//
// encoding/xml does not know names of the fifth edition that older ones did not allow, and keeps
// tabs and line ends in attribute values.
func NewDecoder(ctx context.Context, r io.Reader, lim limits.Limits, opts ...Option) (*xml.Decoder, error) {
	c, err := configure(ctx, "safexml.NewDecoder", lim, opts)
	if err != nil {
		return nil, err
	}
	return xml.NewDecoder(newFilter(ctx, c, r, true)), nil
}
