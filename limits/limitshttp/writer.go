package limitshttp

import (
	"bufio"
	"io"
	"net"
	"net/http"
)

// A writer is an http.ResponseWriter that knows whether its header has been written, so that Fail
// does not append to an answer that has begun.
type writer struct {
	http.ResponseWriter
	begun bool
}

// track returns w with that knowledge. It has what w has of the optional methods that handlers ask
// for by their interface; http.ResponseController finds all others.
func track(w http.ResponseWriter) http.ResponseWriter {
	t := &writer{ResponseWriter: w}
	flusher, flushes := w.(http.Flusher)
	if !flushes {
		return t
	}
	if hijacker, ok := w.(http.Hijacker); ok {
		return &hijackWriter{flushWriter{t, flusher}, hijacker}
	}
	if pusher, ok := w.(http.Pusher); ok {
		return &pushWriter{flushWriter{t, flusher}, pusher}
	}
	return &flushWriter{t, flusher}
}

// hasBegun reports whether w is known to have written its header.
func hasBegun(w http.ResponseWriter) bool {
	for {
		switch at := w.(type) {
		case interface{ hasBegun() bool }:
			return at.hasBegun()
		case interface{ Unwrap() http.ResponseWriter }:
			w = at.Unwrap()
		default:
			return false
		}
	}
}

func (w *writer) hasBegun() bool { return w.begun }

// Unwrap is for http.ResponseController.
func (w *writer) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// WriteHeader writes the header, for good unless the status is informational.
func (w *writer) WriteHeader(status int) {
	if status >= 200 || status == http.StatusSwitchingProtocols {
		w.begun = true
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *writer) Write(p []byte) (int, error) {
	w.begun = true
	return w.ResponseWriter.Write(p)
}

// WriteString saves a copy where the server can.
func (w *writer) WriteString(s string) (int, error) {
	w.begun = true
	return io.WriteString(w.ResponseWriter, s)
}

// ReadFrom lets the server send a file without a copy of it. A source that fails at once writes
// nothing, no header either.
func (w *writer) ReadFrom(src io.Reader) (int64, error) {
	n, err := io.Copy(w.ResponseWriter, src)
	w.begun = w.begun || n > 0
	return n, err
}

type flushWriter struct {
	*writer
	flusher http.Flusher
}

// Flush writes the header, too.
func (w *flushWriter) Flush() {
	w.begun = true
	w.flusher.Flush()
}

type hijackWriter struct {
	flushWriter
	hijacker http.Hijacker
}

// Hijack leaves nothing to answer with, unless it fails.
func (w *hijackWriter) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, buffer, err := w.hijacker.Hijack()
	w.begun = w.begun || err == nil
	return conn, buffer, err
}

type pushWriter struct {
	flushWriter
	pusher http.Pusher
}

func (w *pushWriter) Push(target string, opts *http.PushOptions) error {
	return w.pusher.Push(target, opts)
}
