package main

import (
	"fmt"
	"io"
	"strings"
)

// A screen is the only way to standard output and standard error, but for the progress bar, which
// shows numbers. It passes printable ASCII, line breaks and tabs, and writes every other byte as
// \xNN. Hostile text has been quoted before it comes here; this is the net below that, so that a
// forgotten quote moves no cursor, sets no window title and reverses no line (CWE-150).
type screen struct {
	to  io.Writer
	err error // the first error of to; nothing is written after it
}

func (s *screen) Write(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	safe := make([]byte, 0, len(p))
	for _, c := range p {
		if c == '\n' || c == '\t' || isPlain(c) {
			safe = append(safe, c)
		} else {
			safe = fmt.Appendf(safe, `\x%02x`, c)
		}
	}
	if _, s.err = s.to.Write(safe); s.err != nil {
		return 0, s.err
	}
	return len(p), nil
}

// isPlain reports whether c is printable ASCII.
func isPlain(c byte) bool { return ' ' <= c && c <= '~' }

// oneLine keeps the text of an error, which may hold a path as the system knows it, from starting a
// line of its own.
func oneLine(s string) string {
	return strings.NewReplacer("\n", `\n`, "\t", `\t`).Replace(s)
}
