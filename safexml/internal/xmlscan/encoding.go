package xmlscan

import (
	"bytes"
	"strings"

	"github.com/seed73825598/airlock/limits"
)

// A signature is how a document begins in an encoding that is not UTF-8 (XML 1.0, appendix F.1).
type signature struct {
	bytes, encoding string
}

var signatures = [...]signature{
	{"\x00\x00\xfe\xff", "UTF-32"}, {"\xff\xfe\x00\x00", "UTF-32"}, {"\x00\x00\x00<", "UTF-32"},
	{"<\x00\x00\x00", "UTF-32"},
	{"\x00\x00\xff\xfe", "UTF-32"}, {"\xfe\xff\x00\x00", "UTF-32"}, {"\x00\x00<\x00", "UTF-32"},
	{"\x00<\x00\x00", "UTF-32"},
	{"\x00<", "UTF-16 without a byte order mark"}, {"<\x00", "UTF-16 without a byte order mark"},
	{"\x4c\x6f\xa7\x94", "EBCDIC"}, {"+/v", "UTF-7"}, {"\xdd\x73\x66\x73", "UTF-EBCDIC"}, {"\x0e\xfe\xff", "SCSU"},
	{"\xfb\xee\x28", "BOCU-1"},
}

const (
	markUTF8  = "\xef\xbb\xbf"
	markUTF16 = "\xfe\xff"
	markLE16  = "\xff\xfe"
)

// detect looks at the first four bytes: no document is shorter.
func (s *Scanner) detect() Kind {
	b := s.win.rest()
	if len(b) < 4 {
		return More
	}
	for _, sign := range &signatures {
		if bytes.HasPrefix(b, []byte(sign.bytes)) {
			return s.fail(0, RuleEncoding,
				"the document begins as one in %s does; UTF-8 is read, and with the option UTF16 also UTF-16 that begins with a "+
					"byte order mark", sign.encoding)
		}
	}
	s.state = inDeclaration
	switch {
	case bytes.HasPrefix(b, []byte(markUTF8)):
		s.win.pos, s.win.marked = len(markUTF8), true
	case bytes.HasPrefix(b, []byte(markUTF16)), bytes.HasPrefix(b, []byte(markLE16)):
		if !s.cfg.UTF16 {
			return s.fail(0, RuleEncoding, "the document is UTF-16, which is read with the option UTF16 only")
		}
		if s.hold(windowBytes) == Failed {
			return Failed
		}
		s.win.widen()
	}
	return None
}

// checkLabel holds the name of the encoding in the XML declaration to the encoding that the
// document is in, and says what is wrong.
func (s *Scanner) checkLabel(written string) (fault string) {
	label := strings.ToUpper(written)
	if s.win.wide != nil {
		if label == "UTF-16" || label == s.win.encoding {
			return ""
		}
		return "the label says " + limits.Quote(written) + ", and the document is " + s.win.encoding
	}
	switch {
	case label == "UTF-8", label == "UTF8": // The second is no name, but many write it, and none reads another encoding.
		return ""
	case s.win.marked:
		return "the label says " + limits.Quote(written) + ", and the document begins with a byte order mark in UTF-8"
	case s.allowed(label):
		return ""
	case asciiBased(label):
		// In this character set ASCII is what it is in UTF-8. As long as there is nothing else,
		// every reader sees the same.
		s.win.ascii = true
		return ""
	case label == "UTF-16", label == "UTF-16LE", label == "UTF-16BE":
		return "the label says " + limits.Quote(written) +
			", and the document does not begin with a byte order mark in UTF-16"
	}
	return "the label says " + limits.Quote(written) + ": convert the document to UTF-8"
}

// allowed reports whether the label names an encoding that documents may be in.
func (s *Scanner) allowed(label string) bool {
	s.decl.charset = nil
	if s.cfg.Charset != nil {
		s.decl.charset = s.cfg.Charset(label)
	}
	return s.decl.charset != nil
}

// asciiBased reports whether the label is that of a character set of one byte a character whose
// lower half is ASCII without an exception.
func asciiBased(label string) bool {
	switch label {
	case "US-ASCII", "ASCII":
		return true
	}
	for _, prefix := range []string{"ISO-8859-", "WINDOWS-125"} {
		if number, ok := strings.CutPrefix(label, prefix); ok && (len(number) == 1 || len(number) == 2) &&
			strings.Trim(number, "0123456789") == "" {
			return true
		}
	}
	return false
}

// failEncoding refuses the bytes at buf[i].
func (s *Scanner) failEncoding(i int) Kind {
	if s.win.ascii {
		return s.fail(i, RuleEncoding,
			"the label says %s, and here stands a byte beyond ASCII: convert the document to UTF-8",
			limits.Quote(s.decl.label))
	}
	return s.fail(i, RuleEncoding,
		"the byte 0x%02x does not begin a character in UTF-8: overlong, a surrogate, cut off, or another encoding",
		s.win.buf[i])
}
