package main

import (
	"bytes"
	"slices"
	"strconv"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
)

// workbook takes the values of an .xlsx, sheet by sheet: a line for each row, cells parted by tabs.
func (p *pkg) workbook(main string) error {
	rels := relsOf(main)
	var sheets, parts []relationship
	if err := p.part(main, func(t *safexml.Tokenizer) error {
		if starts(t, "sheet") {
			sheets = append(sheets, relationship{id: sheetID(t)})
		}
		return nil
	}); err != nil {
		return err
	}
	parts, err := p.related(rels, "/worksheet")
	if err != nil {
		return err
	}
	shared, err := p.related(rels, "/sharedStrings")
	if err != nil {
		return err
	}
	var strings sharedStrings
	for _, s := range shared {
		if err := p.sharedStrings(s.target, &strings); err != nil {
			return err
		}
	}
	for _, s := range sheets {
		i := slices.IndexFunc(parts, func(part relationship) bool { return part.id == s.id })
		if i < 0 {
			continue // A sheet of another kind, such as a chart.
		}
		if err := p.sheet(parts[i].target, &strings); err != nil {
			return err
		}
	}
	return nil
}

// sheetID returns r:id, not sheetId, which differ in case and prefix alone.
func sheetID(t *safexml.Tokenizer) string {
	for _, a := range t.Attrs() {
		if string(a.Name.Local) == "id" && len(a.Name.Space) > 0 {
			return string(a.Value)
		}
	}
	return ""
}

// sharedStrings are the texts that cells refer to by number, one after another in one piece of
// memory.
type sharedStrings struct {
	text []byte
	ends []int
}

func (s *sharedStrings) at(i int) ([]byte, bool) {
	if i < 0 || i >= len(s.ends) {
		return nil, false
	}
	start := 0
	if i > 0 {
		start = s.ends[i-1]
	}
	return s.text[start:s.ends[i]], true
}

// sharedStrings reads the table of texts, within the bound for text.
func (p *pkg) sharedStrings(part string, s *sharedStrings) error {
	inText, phonetic := 0, 0
	return p.part(part, func(t *safexml.Tokenizer) error {
		switch {
		case starts(t, "rPh"):
			phonetic++
		case ends(t, "rPh"):
			phonetic--
		case starts(t, "t"):
			inText++
		case ends(t, "t"):
			inText--
		case ends(t, "si"):
			s.ends = append(s.ends, len(s.text))
			return s.fits(part, p.bounds.Text)
		case inText > 0 && phonetic == 0 && (t.Kind() == safexml.Text || t.Kind() == safexml.CDATA):
			s.text = append(s.text, t.Text()...)
			return s.fits(part, p.bounds.Text)
		}
		return nil
	})
}

// fits holds the table to the bound. An entry takes 8 bytes beside its text.
func (s *sharedStrings) fits(part string, most limits.Bytes) error {
	if n := int64(len(s.text) + 8*len(s.ends)); n > int64(most) {
		return &limits.ExceededError{Op: op, Resource: limits.OutputBytes, Limit: int64(most), Used: n, Where: part,
			Option: "Bounds.Text"}
	}
	return nil
}

// A cell is being read.
type cell struct {
	column int64
	kind   string // its t: "s" for a shared text
	value  []byte
	inside int // elements that hold its value
}

// sheet writes the rows of one sheet. A row may leave rows and columns out; where a cell says that
// it stands further than the bound, the workbook is refused.
func (p *pkg) sheet(part string, shared *sharedStrings) error {
	var c cell
	next := int64(1) // the column at which the line has arrived
	return p.part(part, func(t *safexml.Tokenizer) error {
		switch {
		case starts(t, "row"):
			if p.rows++; p.rows > p.bounds.Rows {
				return tooMany("rows", p.bounds.Rows)
			}
			next, c = 1, cell{}
		case ends(t, "row"):
			return p.write([]byte{'\n'})
		case starts(t, "c"):
			c = cell{column: column(attr(t, "r"), c.column+1), kind: attr(t, "t"), value: c.value[:0]}
			if c.column > p.bounds.Columns {
				return tooMany("columns", p.bounds.Columns)
			}
		case ends(t, "c"):
			for ; next < c.column; next++ {
				if err := p.write([]byte{'\t'}); err != nil {
					return err
				}
			}
			return p.write(c.text(shared))
		case starts(t, "v"), starts(t, "t"):
			c.inside++
		case ends(t, "v"), ends(t, "t"):
			c.inside--
		case c.inside > 0 && (t.Kind() == safexml.Text || t.Kind() == safexml.CDATA):
			c.value = append(c.value, t.Text()...)
			if int64(len(c.value)) > int64(p.bounds.Text) {
				return tooMany("bytes of a cell", int64(p.bounds.Text))
			}
		}
		return nil
	})
}

// text returns what a cell shows. A number of a text that is not there shows as it stands.
func (c *cell) text(shared *sharedStrings) []byte {
	value := bytes.TrimSpace(c.value)
	if c.kind != "s" {
		return value
	}
	i, err := strconv.Atoi(string(value))
	if err != nil {
		return value
	}
	if s, ok := shared.at(i); ok {
		return s
	}
	return value
}

// column reads the letters of a cell's place, such as "AB" of "AB12": A is 1. One that is missing,
// or goes back, stands after the cell before it.
func column(place string, after int64) int64 {
	n := int64(0)
	for i := 0; i < len(place) && place[i] >= 'A' && place[i] <= 'Z'; i++ {
		if n = 26*n + int64(place[i]-'A') + 1; n > 1<<20 {
			break // Further than any program goes.
		}
	}
	return max(n, after)
}
