package decompress

import (
	"bytes"
	"io"
	"strings"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/streams"
)

// A Format is one compressed form. It is comparable. The zero Format is none: it is a
// *limits.ConfigError everywhere.
type Format struct{ form *streams.Form }

// The formats that this package decodes. Do not assign to them.
var (
	Gzip    = Format{&streams.Gzip}    // RFC 1952
	Zlib    = Format{&streams.Zlib}    // RFC 1950
	Deflate = Format{&streams.Deflate} // RFC 1951, raw
	Bzip2   = Format{&streams.Bzip2}   // as written by bzip2 1.0
)

// String returns the name of the format: "gzip", "zlib", "deflate", "bzip2", or that which
// NewFormat was given.
func (f Format) String() string {
	if f.form == nil {
		return "no format"
	}
	return f.form.Name
}

// Form is for the packages of this module.
func (f Format) Form() *streams.Form { return f.form }

// maxName is the longest name of a format.
const maxName = 64

// NewFormat names a form that another library decodes. name is its lower-case HTTP coding ("zstd")
// or, if it has none, any lower-case word. magic is what each stream begins with, at most
// [MagicBytes] long; if it is empty, [Detect] never says the format.
//
// open gets the metered source, and how many bytes of memory the decoder may hold: a zstd window is
// declared by the sender and is memory that no budget of bytes sees. open is called by the first
// Read; what it returns is closed at the end of the stream or by Close. An error of open or of the
// decoder that matches no kind of package limits is the rule malformed. open must not panic.
//
// Each NewFormat makes a Format of its own. Mistakes in the arguments are a *limits.ConfigError.
func NewFormat(name string, magic []byte, open func(src io.Reader, memory limits.Bytes) (io.ReadCloser, error)) (
	Format, error) {
	var problems setup.Problems
	isWord := strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-._") == ""
	if name == "" || len(name) > maxName || !isWord {
		problems.Add("the name", "is %s: not a word of at most %d lower-case letters, digits, \"-\", \".\" and \"_\"",
			limits.Quote(name), maxName)
	}
	if len(magic) > MagicBytes {
		problems.Add("the magic", "has %d bytes: at most %d", len(magic), MagicBytes)
	}
	if open == nil {
		problems.Nil("open")
	}
	if err := problems.Err("decompress.NewFormat", limits.Limits{}); err != nil {
		return Format{}, err
	}
	return Format{streams.Foreign(name, bytes.Clone(magic), open)}, nil
}

// MagicBytes is how much of a stream Detect looks at.
const MagicBytes = 16

// Detect returns the first of formats whose magic prefix begins with; the first MagicBytes of the
// stream are enough, or all of a shorter one. Gzip and Bzip2 are asked for if none is given. Zlib's
// two bytes are also text, so it is never said unless it is named; Deflate and a format without
// magic never are.
func Detect(prefix []byte, formats ...Format) (Format, bool) {
	if len(formats) == 0 {
		formats = []Format{Gzip, Bzip2}
	}
	for _, f := range formats {
		if f.form != nil && f.form.Matches != nil && f.form.Matches(prefix) {
			return f, true
		}
	}
	return Format{}, false
}
