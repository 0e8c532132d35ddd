package decompress

import (
	"context"
	"io"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
)

// ContentCodings returns what limitshttp.Options.Decode takes: a decoder for each HTTP content
// coding of the formats, under lim each. They are "gzip" and "x-gzip" for Gzip, "deflate" for Zlib,
// which is what RFC 9110, 8.4.1.2, means by it, and the names of NewFormats. Gzip and Zlib are
// taken if none is given. Deflate and Bzip2 are no HTTP codings.
//
// A mistake, such as a limit that is not set, is a *limits.ConfigError here, when the program
// starts, and not one for each request.
func ContentCodings(lim limits.Limits, formats ...Format) (
	map[string]func(context.Context, io.Reader) (io.ReadCloser, error), error) {
	const op = "decompress.ContentCodings"
	if len(formats) == 0 {
		formats = []Format{Gzip, Zlib}
	}
	var problems setup.Problems
	codings := map[string]func(context.Context, io.Reader) (io.ReadCloser, error){}
	for _, f := range formats {
		names := f.codings()
		if names == nil {
			problems.Add("the Format "+f.String(), "is no HTTP content coding")
		}
		for _, name := range names {
			if codings[name] != nil {
				problems.Add("the content coding "+name, "is given twice")
			}
			codings[name] = func(ctx context.Context, body io.Reader) (io.ReadCloser, error) {
				r, err := NewReader(ctx, body, f, lim)
				if err != nil {
					return nil, err
				}
				return r, nil
			}
		}
	}
	if err := problems.Err(op, lim, limits.OutputBytes, limits.Time); err != nil {
		return nil, err
	}
	return codings, nil
}

// codings are the names of f in the header Content-Encoding.
func (f Format) codings() []string {
	switch f {
	case Format{}, Deflate, Bzip2:
		return nil
	case Gzip:
		return []string{"gzip", "x-gzip"}
	case Zlib:
		return []string{"deflate"}
	}
	return []string{f.String()}
}
