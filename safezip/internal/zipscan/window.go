package zipscan

import (
	"errors"
	"fmt"
	"io"
)

// errTruncated says that a record reaches past the end of the file.
var errTruncated = errors.New("zipscan: record ends after the file does")

// errCount says that the caller's source counts wrongly (io.ReaderAt wants an error beside too few
// bytes).
var errCount = errors.New("the source returned an invalid count")

// A window is a reusable buffer over a file. It reads ahead a little, so that a run of small
// records costs one read.
type window struct {
	src   io.ReaderAt
	size  int64
	ahead int    // bytes to read at least
	buf   []byte // what was read last
	off   int64  // where buf starts in the file
}

// at returns the n bytes at off. They are valid until the next call. A source that ends before size
// says is truncated; every other error of the source is the environment's and is passed on.
func (w *window) at(off int64, n int) ([]byte, error) {
	if off < 0 || off > w.size || int64(n) > w.size-off {
		return nil, errTruncated
	}
	if off >= w.off && int64(n) <= w.off+int64(len(w.buf))-off {
		i := int(off - w.off)
		return w.buf[i : i+n : i+n], nil
	}
	want := int(min(int64(max(n, w.ahead)), w.size-off))
	if cap(w.buf) < want {
		w.buf = make([]byte, want)
	}
	w.buf, w.off = w.buf[:want], off
	got, err := w.src.ReadAt(w.buf, off)
	if got < 0 || got > want || got < want && err == nil {
		w.buf = w.buf[:0]
		return nil, errCount
	}
	if got < n {
		w.buf = w.buf[:0]
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, errTruncated
		}
		return nil, fmt.Errorf("reading the archive at offset %d: %w", off, err)
	}
	w.buf = w.buf[:got]
	return w.buf[:n:n], nil
}

// startsWith reports whether the file holds the signature at off.
func (w *window) startsWith(off int64, signature string) (bool, error) {
	b, err := w.at(off, len(signature))
	if errors.Is(err, errTruncated) {
		return false, nil
	}
	return err == nil && string(b) == signature, err
}
