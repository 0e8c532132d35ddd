package ooxml

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/rule"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// A fieldStack puts fields of WordprocessingML together (ECMA-376 part 1, 17.16): a field begins
// with a mark, its instruction is spread over any number of runs, and another field may stand
// inside. So DDE may be written D, D and E, and it is the joined text that is judged.
type fieldStack struct {
	fields []field
	inside int // the depth of the instrText that is open; 0 outside
}

// A field is one field whose instruction has not ended yet.
type field struct {
	instruction []byte
	at          xmlscan.Position
	marked      bool // it began with a mark
	done        bool // its instruction has ended
}

const (
	fieldBytes = 128
	// instructionBytes is how much of an instruction is kept: the name of the field, and what it
	// names.
	instructionBytes = 4 << 10
)

// mark takes a fldChar.
func (s *fieldStack) mark(d rule.Document, kind string) error {
	switch strings.ToLower(strings.TrimSpace(kind)) {
	case "begin":
		return s.push(d, true)
	case "separate", "end":
		if n := len(s.fields); n > 0 {
			f := &s.fields[n-1]
			if err := f.judge(d); err != nil {
				return err
			}
			if !strings.EqualFold(strings.TrimSpace(kind), "separate") || !f.marked {
				s.pop(d)
			}
		}
	}
	return nil
}

func (s *fieldStack) push(d rule.Document, marked bool) error {
	if err := d.Hold(fieldBytes + instructionBytes); err != nil {
		return err
	}
	s.fields = append(s.fields, field{at: d.At(), marked: marked})
	return nil
}

func (s *fieldStack) pop(d rule.Document) {
	s.fields = s.fields[:len(s.fields)-1]
	d.Release(fieldBytes + instructionBytes)
}

// begin takes a start tag of instrText. One outside every field is judged all the same: programs
// differ in what they repair.
func (s *fieldStack) begin(d rule.Document) error {
	s.inside = d.Depth()
	if len(s.fields) == 0 {
		return s.push(d, false)
	}
	return nil
}

// beginText takes a start tag of ordinary text. Between the mark of a field and the one that parts
// its result it is instruction as well to Word and LibreOffice, and so is the result of a field
// inside.
func (s *fieldStack) beginText(d rule.Document) error {
	for i := range s.fields {
		if s.fields[i].marked && !s.fields[i].done {
			s.inside = d.Depth()
		}
	}
	return d.Step(int64(len(s.fields)))
}

// text takes a piece of an instruction. It belongs to the innermost field, and to those around it,
// whose instructions it is part of.
func (s *fieldStack) text(d rule.Document, data []byte) error {
	if s.inside == 0 {
		return nil
	}
	for i := range s.fields {
		if err := d.Step(1); err != nil {
			return err
		}
		f := &s.fields[i]
		if len(f.instruction) == 0 {
			f.at = d.At()
		}
		if room := instructionBytes - len(f.instruction); room > 0 && !f.done {
			f.instruction = append(f.instruction, data[:min(room, len(data))]...)
		}
	}
	return nil
}

// leave takes an end tag.
func (s *fieldStack) leave(depth int) {
	if s.inside == depth {
		s.inside = 0
	}
}

// finish judges what has never ended.
func (s *fieldStack) finish(d rule.Document) error {
	for i := range s.fields {
		if err := s.fields[i].judge(d); err != nil {
			return err
		}
	}
	return nil
}

// judge judges the instruction, once.
func (f *field) judge(d rule.Document) error {
	if f.done {
		return nil
	}
	f.done = true
	return judgeField(d, string(f.instruction), f.at)
}

// simpleField judges a field whose instruction is an attribute.
func simpleField(d rule.Document) error {
	instruction, at := findAttribute(d, "instr")
	return judgeField(d, instruction, at)
}

// judgeField refuses the fields that fetch or run. The name ends where letters do; where quotes,
// braces or spaces of any kind stand before it, programs differ.
func judgeField(d rule.Document, instruction string, at xmlscan.Position) error {
	rest := strings.TrimLeftFunc(instruction, func(c rune) bool {
		return c != '=' && c != '_' && !unicode.IsLetter(c) && !unicode.IsDigit(c)
	})
	end := 0
	for end < len(rest) && (rest[end] >= 'a' && rest[end] <= 'z' || rest[end] >= 'A' && rest[end] <= 'Z') {
		end++
	}
	name, argument := strings.ToUpper(rest[:end]), strings.TrimSpace(rest[end:])
	switch name {
	case "DDE", "DDEAUTO", "INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "IMPORT", "LINK", "DATABASE", "DATA", "RD",
		"GLOSSARY":
		if err := d.Refers(officeField, FirstWord(argument), at); err != nil {
			return err
		}
		return d.Refuse(rule.OOXMLExternal, at, "the field "+name+" fetches or runs "+limits.Quote(argument))
	case "HYPERLINK":
		return hyperlink(d, officeField, LinkOf(argument), at)
	case "CONTROL", "HTMLCONTROL", "HTMLACTIVEX", "OCX":
		return d.Refuse(rule.Active, at, "the field "+name+" is a control: "+limits.Quote(argument))
	case "MACROBUTTON":
		if word := FirstWord(argument); !isNoMacro(word) {
			return macro(d, word, at)
		}
	}
	return nil
}

// isNoMacro reports whether the macro of a button is one of those that templates name in order that
// nothing happens, because the button shows where to type, or one that MathType names around each
// numbered equation.
func isNoMacro(name string) bool {
	switch strings.ToLower(name) {
	case "nomacro", "none", "noname", "null", "dofieldclick", "acceptallchangesshown", "abraxas",
		"mtplaceref", "mteditequationsection", "mteditequationsection2":
		return true
	}
	return false
}

// LinkOf returns the address among the arguments of a field HYPERLINK, and "" if it names a place
// in the document (ECMA-376 part 1, 17.16.5.25). A backslash in it is written twice.
func LinkOf(arguments string) string {
	for rest := strings.TrimSpace(arguments); rest != ""; {
		word, after := nextArgument(rest)
		switch {
		case len(word) != 2 || word[0] != '\\' || rest[0] == '"':
			return strings.ReplaceAll(word, `\\`, `\`)
		case word[1] == 'l' || word[1] == 'L' || word[1] == 'o' || word[1] == 'O' || word[1] == 't' || word[1] == 'T':
			_, after = nextArgument(after)
		}
		rest = after
	}
	return ""
}

// nextArgument returns the first argument, and what follows it. Word takes curly quotes as well.
func nextArgument(text string) (word, rest string) {
	for _, quotes := range [...]string{`""`, "\u201c\u201d", "\u201d\u201d"} {
		_, size := utf8.DecodeRuneInString(quotes)
		if inside, ok := strings.CutPrefix(text, quotes[:size]); ok {
			word, rest, _ = strings.Cut(inside, quotes[size:])
			return word, strings.TrimSpace(rest)
		}
	}
	if i := strings.IndexFunc(text, unicode.IsSpace); i >= 0 {
		return text[:i], strings.TrimSpace(text[i:])
	}
	return text, ""
}
