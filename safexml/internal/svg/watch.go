package svg

import (
	"bytes"

	"github.com/seed73825598/airlock/safexml/internal/refs"
	"github.com/seed73825598/airlock/safexml/internal/rule"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// A Watch finds, where only references are asked for, what the CSS in SVG and XHTML loads. It
// refuses nothing of its own.
type Watch struct {
	style *bytes.Buffer // of the style element that is open
	depth int
	at    xmlscan.Position
}

// Needs implements rule.Profile.
func (w *Watch) Needs() rule.Needs {
	return rule.Needs{Content: xmlscan.Of(xmlscan.Text, xmlscan.CDATA)}
}

// Start implements rule.Profile.
func (w *Watch) Start(d rule.Document) error {
	v := refs.Vocabulary(d.Vocabulary())
	if v != refs.SVG && v != refs.XHTML {
		return nil
	}
	name, colon := d.Name()
	if string(name[colon+1:]) == "style" && w.style == nil {
		w.style, w.depth, w.at = new(bytes.Buffer), d.Depth(), d.At()
	}
	for i := range d.Attrs() {
		a := d.Attr(i)
		if a.Colon >= 0 || a.Declaration || !mayHoldFunction(a.Value) {
			continue
		}
		if name := string(a.Name); name == "style" || v == refs.SVG && !IsPlainAttribute(name) {
			j := cssJudge{Document: d, at: d.AttrAt(i)}
			if err := j.judge(a.Value); err != nil {
				return err
			}
		}
	}
	return nil
}

// Text implements rule.Texts.
func (w *Watch) Text(d rule.Document, _ xmlscan.Kind, data []byte) error {
	if w.style == nil {
		return nil
	}
	if err := d.Hold(2 * len(data)); err != nil {
		return err
	}
	w.style.Write(data)
	return nil
}

// End implements rule.Profile.
func (w *Watch) End(d rule.Document) error {
	if w.style == nil || d.Depth() != w.depth {
		return nil
	}
	sheet := w.style.Bytes()
	w.style = nil
	j := cssJudge{Document: d, at: w.at, sheet: true}
	return j.judge(sheet)
}
