package safexml

import (
	"context"
	"io"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/setup"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// NewReader returns a reader of the checked bytes of the document in r: what is read from it has
// passed every rule that can be judged by then. The last byte of the root element comes only after
// everything to the end of r has passed, so no parser after it can take the root element for
// complete in a document that is refused. A refusal is an error in place of what was refused,
// io.EOF the end of a document that has passed.
//
// The bytes are those of r, but for this: a document in another encoding comes out in UTF-8, and
// where the XML declaration names another encoding than UTF-8 there are spaces instead, so that no
// parser decodes a second time; in the place of a document type declaration there is white space of
// the same length; and under [LiteralEntities] and [HTMLEntities] the text of an entity stands,
// escaped, where the reference was.
//
// NewReader itself reads nothing; its error is a *limits.ConfigError. Time runs from the first
// Read. Under a profile that judges at the end the whole document is kept, within MemoryBytes,
// until it has passed. The reader is for one goroutine.
func NewReader(ctx context.Context, r io.Reader, lim limits.Limits, opts ...Option) (io.Reader, error) {
	c, err := configure(ctx, "safexml.NewReader", lim, opts)
	if err != nil {
		return nil, err
	}
	return newFilter(ctx, c, r, false), nil
}

// filter passes on what a reading has checked.
type filter struct {
	*reading
	forDecoder bool // the XML declaration is made one that encoding/xml takes
	// the offset up to which bytes have been passed on or put aside, in the document's UTF-8 form
	sent     int
	out      []byte // to be handed out before anything else happens to the window
	held     []byte // put aside until the verdict
	expanded []byte // what replace returns
	spent    bool   // the window is used up
	end      error  // what comes when out is empty
}

func newFilter(ctx context.Context, c *setup.Config, src io.Reader, forDecoder bool) *filter {
	return &filter{reading: open(ctx, c, src, purpose{hands: true}), forDecoder: forDecoder}
}

// Read implements [io.Reader].
func (f *filter) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for len(f.out) == 0 {
		if f.end != nil {
			return 0, f.end
		}
		f.during(f.advance)
	}
	n := copy(p, f.out)
	f.out = f.out[n:]
	return n, nil
}

// advance checks one window.
func (f *filter) advance() {
	if f.spent {
		f.spent = false
		f.scan.Fill()
	}
	kind := f.step()
	if kind == xmlscan.More {
		f.spent = true
		if err := f.release(); err != nil {
			f.reading.end(err)
			f.out, f.end = nil, f.err
		}
		return
	}
	if f.err != nil {
		f.end = f.err
		return
	}
	f.out, f.held, f.end = f.held, nil, io.EOF
}

// release hands out what has been scanned, or puts it aside.
func (f *filter) release() error {
	from, to := f.sent, f.scan.Scanned()
	checked := f.scan.Window(from)
	f.sent = to
	if d := f.scan.Declaration(); d.End > from && d.End <= to {
		checked = f.rewrite(checked, d, from)
	}
	if start, end := f.scan.Doctype(); end > from && end <= to {
		checked = append([]byte(nil), checked...)
		blankLines(checked[start-from : end-from])
	}
	pass := len(checked)
	switch end := f.scan.RootEnd(); {
	case f.needs.Whole:
		pass = 0
	case end > 0:
		// The root's last byte is the first that is kept back.
		pass = max(0, min(pass, end-1-from))
	}
	if replacements := f.scan.Replacements(); len(replacements) > 0 {
		// They stand inside the root element, before its last byte.
		var err error
		if checked, pass, err = f.replace(checked, pass, from, replacements); err != nil {
			return err
		}
	}
	f.out = checked[:pass]
	if rest := checked[pass:]; len(rest) > 0 {
		if err := f.keep(rest); err != nil {
			return err
		}
	}
	return nil
}

// replace returns b, which begins at the offset from, with what stands for references to entities
// in their place, and where pass is then.
func (f *filter) replace(b []byte, pass, from int, list []xmlscan.Replacement) ([]byte, int, error) {
	size := len(b)
	for _, e := range list {
		size += len(e.Text)
	}
	if size > cap(f.expanded) {
		if err := f.hold(size - cap(f.expanded)); err != nil {
			return nil, 0, err
		}
		f.expanded = make([]byte, 0, size)
	}
	out, at, passed := f.expanded[:0], 0, 0
	for _, e := range list {
		if at <= pass && pass < e.Start-from {
			passed = len(out) + pass - at
		}
		out = append(out, b[at:e.Start-from]...)
		out = append(out, e.Text...)
		at = e.End - from
	}
	if at <= pass {
		passed = len(out) + pass - at
	}
	out = append(out, b[at:]...)
	f.expanded = out
	return f.expanded, passed, nil
}

// keep puts bytes aside until the verdict.
func (f *filter) keep(b []byte) (err error) {
	f.held, err = f.add(f.held, b)
	return err
}

// rewrite returns b, which begins at the offset from and has the whole XML declaration, with the
// declaration changed: no encoding but UTF-8, and for encoding/xml no encoding and no version but
// 1.0. Nothing changes its length.
func (f *filter) rewrite(b []byte, d xmlscan.Declaration, from int) []byte {
	label, version := f.scan.Label(), f.scan.Version()
	foreign := label != "" && (f.forDecoder || !strings.EqualFold(label, "UTF-8"))
	younger := f.forDecoder && version != "1.0"
	if !foreign && !younger {
		return b
	}
	b = append([]byte(nil), b...)
	declaration := b[d.Start-from : d.End-from]
	if younger {
		quote := declaration[d.Version]
		blank(declaration[d.Version:d.VersionEnd])
		copy(declaration[d.Version:], string(quote)+"1.0"+string(quote))
	}
	if foreign {
		blank(declaration[d.Label:d.LabelEnd])
	}
	return b
}

// blankLines leaves nothing but line ends.
func blankLines(b []byte) {
	for i, c := range b {
		if c != '\n' && c != '\r' {
			b[i] = ' '
		}
	}
}

func blank(b []byte) {
	for i := range b {
		b[i] = ' '
	}
}
