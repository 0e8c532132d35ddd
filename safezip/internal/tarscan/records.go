package tarscan

import (
	"bytes"
	"errors"
	"time"

	"github.com/seed73825598/airlock/limits"
)

// records is what stands before a header and is about it.
type records struct {
	at       int64 // of the first
	pax      *paxRecords
	longName *string
	longLink *string
}

func (r *records) any() bool { return r.pax != nil || r.longName != nil || r.longLink != nil }

// maxRecord is the longest body of a record. Names and paths are far shorter; what some programs
// put into attributes is not wanted.
const maxRecord = 1 << 20

// record reads a record.
func (s *Scanner) record(h *header, about *records) error {
	if h.typ == typeGlobal {
		if about.any() {
			return s.refuse(RecordOrder, h.at, "a global header stands between a record and its entry")
		}
		return s.global(h)
	}
	if !about.any() {
		about.at = h.at
	}
	switch {
	case h.typ == typePax && about.pax != nil:
		return s.refuse(DuplicateRecord, h.at, "an entry has two pax headers")
	case h.typ == typeLongName && about.longName != nil:
		return s.refuse(DuplicateRecord, h.at, "an entry has two long names")
	case h.typ == typeLongLink && about.longLink != nil:
		return s.refuse(DuplicateRecord, h.at, "an entry has two long link targets")
	}
	body, err := s.recordBody(h)
	if err != nil {
		return err
	}
	defer s.cfg.Budget.Release(limits.MemoryBytes, int64(len(body)))
	switch h.typ {
	case typePax:
		about.pax, err = s.parsePax(body, h.at)
	case typeLongName:
		about.longName, err = s.longText(body, h.at)
	default:
		about.longLink, err = s.longText(body, h.at)
	}
	if err != nil {
		return err
	}
	return s.mixed(about, h.at)
}

// mixed refuses a pax header and long names of GNU tar about one entry.
func (s *Scanner) mixed(about *records, at int64) error {
	p := about.pax
	if p == nil || about.longName == nil && about.longLink == nil {
		return nil
	}
	if p.path != nil && about.longName != nil || p.link != nil && about.longLink != nil {
		return s.refuse(PaxConflict, at, "both a pax header and a long name of GNU tar say what the entry is called or "+
			"leads to")
	}
	return s.refuse(RecordOrder, at, "a pax header and long names of GNU tar are about one entry")
}

// recordBody reads the body of a record. It is held in the budget: the caller releases it.
func (s *Scanner) recordBody(h *header) ([]byte, error) {
	if h.size > maxRecord {
		return nil, s.refuse(Malformed, h.at, "a record of %d bytes: %d is the limit", h.size, maxRecord)
	}
	if err := s.cfg.Budget.Hold(limits.MemoryBytes, h.size); err != nil {
		return nil, err
	}
	body := make([]byte, 0, h.size)
	s.expect(h.size)
	for s.body > 0 {
		p, err := s.piece()
		if err != nil {
			return nil, err
		}
		body = append(body, p...)
	}
	return body, s.zeroPadding(h)
}

// zeroPadding reads up to the next block. A program that takes a text up to its first NUL, or
// records up to the first one that is none, reads on there.
func (s *Scanner) zeroPadding(h *header) error {
	for s.pad > 0 {
		p, err := s.in.take(s.pad)
		if err != nil {
			return s.cut(err, "the padding after a record")
		}
		s.pad -= int64(len(p))
		if len(bytes.Trim(p, "\x00")) > 0 {
			return s.refuse(Malformed, h.at, "something stands after the %d bytes of a record: some programs read it as well",
				h.size)
		}
	}
	return nil
}

// longText is the body of a long name: a text that NULs end.
func (s *Scanner) longText(body []byte, at int64) (*string, error) {
	text := string(bytes.TrimRight(body, "\x00"))
	switch {
	case text == "":
		return nil, s.refuse(Malformed, at, "a long name is empty")
	case bytes.IndexByte(body, 0) != len(text) && len(text) < len(body):
		return nil, s.refuse(Malformed, at, "a long name holds a NUL, at which some programs end it")
	}
	return &text, nil
}

// apply gives the entry of a header what the records say about it.
func (r *records) apply(s *Scanner, h *header, e *Entry) error {
	if r.longName != nil {
		e.Name = *r.longName
	}
	if r.longLink != nil {
		e.Link = *r.longLink
	}
	p := r.pax
	if p == nil {
		return nil
	}
	if p.path != nil {
		e.Name = *p.path
	}
	if p.link != nil {
		e.Link = *p.link
	}
	if p.modified != nil {
		e.Modified = *p.modified
	}
	e.UTF8 = !p.binary
	if p.size == nil || *p.size == h.size {
		return nil
	}
	// A program that does not read the pax size takes the header's, and would find other headers.
	s.where = e.Name
	if *p.size <= maxOctal || h.size != 0 && h.size != maxOctal {
		return s.refuse(PaxConflict, h.at, "the pax header says that the entry has %d bytes, and its own header says %d",
			*p.size, h.size)
	}
	e.Size = *p.size
	return nil
}

// errRecord says that a text is no pax record.
var errRecord = errors.New("not a pax record")

// paxRecords is what a pax header says about an entry, as far as it is used.
type paxRecords struct {
	path, link *string
	size       *int64
	modified   *time.Time
	binary     bool // names are in no encoding that is known
}

// global reads a global header, of which a comment says nothing about entries.
func (s *Scanner) global(h *header) error {
	body, err := s.recordBody(h)
	if err != nil {
		return err
	}
	defer s.cfg.Budget.Release(limits.MemoryBytes, int64(len(body)))
	seen := map[string]bool{}
	for len(body) > 0 {
		key, _, rest, err := nextRecord(body)
		if err != nil {
			return s.refuse(Malformed, h.at, "the global header holds what is not a pax record")
		}
		body = rest
		if seen[key] {
			return s.refuse(DuplicateRecord, h.at, "the key %s comes twice in a global header", limits.Quote(key))
		}
		seen[key] = true
		switch {
		case key == "comment":
			continue
		case isSparseKey(key):
			return s.refuse(Sparse, h.at, "a global header with the key %s", limits.Quote(key))
		case key == "path" || key == "linkpath" || key == "size":
			return s.refuse(PaxConflict, h.at, "a global header gives every entry one %s", limits.Quote(key))
		}
		if err := s.allow(GlobalHeader, h.at, "a global header with the key %s: some programs use it, others do not",
			limits.Quote(key)); err != nil {
			return err
		}
	}
	return nil
}
