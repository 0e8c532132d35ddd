package main

import "github.com/seed73825598/airlock/safexml"

// document takes the text of a .docx: that of its runs, with a line for each paragraph.
func (p *pkg) document(main string) error {
	fallback, inText := 0, 0
	return p.part(main, func(t *safexml.Tokenizer) error {
		switch {
		// The fallback of an alternative says once more what the choice has said.
		case starts(t, "Fallback"):
			fallback++
		case ends(t, "Fallback"):
			fallback--
		case fallback > 0:
		case starts(t, "t"):
			inText++
		case ends(t, "t"):
			inText--
		case starts(t, "tab"):
			return p.write([]byte{'\t'})
		case starts(t, "br"), starts(t, "cr"), ends(t, "p"):
			return p.write([]byte{'\n'})
		case inText > 0 && (t.Kind() == safexml.Text || t.Kind() == safexml.CDATA):
			return p.write(t.Text())
		}
		return nil
	})
}
