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
	buf   []byte // for what is read
	view  []byte // what is in memory, mostly of buf
	off   int64  // where view starts in the file
}

// holds reports whether the n bytes at off have been read.
func (w *window) holds(off int64, n int) bool {
	return off >= w.off && int64(n) <= w.off+int64(len(w.view))-off
}

// at returns the n bytes at off. They are valid until the next call. A source that ends before size
// says is truncated; every other error of the source is the environment's and is passed on.
func (w *window) at(off int64, n int) ([]byte, error) {
	if off < 0 || off > w.size || int64(n) > w.size-off {
		return nil, errTruncated
	}
	if w.holds(off, n) {
		i := int(off - w.off)
		return w.view[i : i+n : i+n], nil
	}
	want := int(min(int64(max(n, w.ahead)), w.size-off))
	if cap(w.buf) < want {
		w.buf = make([]byte, want)
	}
	w.view, w.off = nil, off
	got, err := w.src.ReadAt(w.buf[:want], off)
	if got < 0 || got > want || got < want && err == nil {
		return nil, errCount
	}
	if got < n {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, errTruncated
		}
		return nil, fmt.Errorf("reading the archive at offset %d: %w", off, err)
	}
	w.view = w.buf[:got]
	return w.view[:n:n], nil
}

// startsWith reports whether the file holds the signature at off.
func (w *window) startsWith(off int64, signature string) (bool, error) {
	b, err := w.at(off, len(signature))
	if errors.Is(err, errTruncated) {
		return false, nil
	}
	return err == nil && string(b) == signature, err
}
