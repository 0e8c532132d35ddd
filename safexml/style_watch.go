package safexml

import (
	"bytes"

	"github.com/seed73825598/airlock/safexml/internal/refs"
	"github.com/seed73825598/airlock/safexml/internal/svg"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// A styleWatch finds, for EachReference, what the CSS in SVG and XHTML loads. It refuses nothing of
// its own.
type styleWatch struct {
	style *bytes.Buffer // of the style element that is open
	depth int
	at    xmlscan.Position
}

func (w *styleWatch) holds() bool { return false }

func (w *styleWatch) keeps() xmlscan.Set { return xmlscan.Of(xmlscan.Text, xmlscan.CDATA) }

func (w *styleWatch) start(r *reading) error {
	s := r.scan
	v := refs.Vocabulary(s.Vocabulary())
	if v != refs.SVG && v != refs.XHTML {
		return nil
	}
	name, colon := s.Name()
	if string(name[colon+1:]) == "style" && w.style == nil {
		w.style, w.depth, w.at = new(bytes.Buffer), s.Depth(), s.At()
	}
	for i := range s.Attrs() {
		a := s.Attr(i)
		if a.Colon >= 0 || a.Declaration || !mayHoldFunction(a.Value) {
			continue
		}
		if name := string(a.Name); name == "style" || v == refs.SVG && !svg.IsPlainAttribute(name) {
			j := cssJudge{reading: r, at: s.AttrAt(i)}
			if err := j.judge(a.Value); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *styleWatch) text(r *reading, _ xmlscan.Kind, data []byte) error {
	if w.style == nil {
		return nil
	}
	if err := r.hold(2 * len(data)); err != nil {
		return err
	}
	w.style.Write(data)
	return nil
}

func (w *styleWatch) end(r *reading) error {
	if w.style == nil || r.scan.Depth() != w.depth {
		return nil
	}
	sheet := w.style.Bytes()
	w.style = nil
	j := cssJudge{reading: r, at: w.at, sheet: true}
	return j.judge(sheet)
}

func (w *styleWatch) node(*reading, xmlscan.Kind) error { return nil }

func (w *styleWatch) finish(*reading) error { return nil }
