package xmlscan

import (
	"strings"

	"github.com/seed73825598/airlock/limits"
)

// entities are what references stand for, beside the five that XML itself has.
type entities struct {
	declared map[string]literalEntity // in the internal subset, by name
	html     bool                     // the names of XHTML 1 are entities
	replaced []Replacement            // since the last Fill
}

// declaredEntity is an entity in the internal subset that is being read.
type declaredEntity struct {
	name, text string
}

// A literalEntity is an entity whose text is neither markup nor a reference.
type literalEntity struct {
	declaredEntity
	// its text where it is written as character data, and in an attribute value in either quote
	asText, asValue string
}

// A Replacement is what stands in the place of a reference to an entity, escaped as it must be
// there.
type Replacement struct {
	Start, End int // of the reference, in the document's UTF-8 form
	Text       string
}

const (
	// entityBytes is accounted for each entity beside its texts, replacementBytes for a Replacement.
	entityBytes = 96
	// maxEntities is the most that an internal subset declares: drawing programs write two dozen.
	maxEntities = 256
)

// normalizeLines makes each line end a line feed (2.11).
func normalizeLines(text string) string {
	if !strings.Contains(text, "\r") {
		return text
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}

// declare takes the entities that a document type declaration has declared.
func (n *entities) declare(m *limits.Meter, list []declaredEntity) error {
	for _, e := range list {
		if err := m.Hold(limits.MemoryBytes, int64(entityBytes+4*len(e.text)+len(e.name))); err != nil {
			return err
		}
		if n.declared == nil {
			n.declared = map[string]literalEntity{}
		}
		n.declared[e.name] = literalEntity{e, escapeText(e.text), escapeValue(e.text)}
	}
	return nil
}

// unfit says why an entity is not taken after those that are declared already; empty if it is.
func (n *entities) unfit(declared []declaredEntity, name, text string) string {
	switch name {
	case "lt", "gt", "amp", "quot", "apos":
		return "is declared, and XML itself has it (4.6)"
	}
	if _, known := htmlText([]byte(name)); known && n.html {
		return "is declared, and XHTML has it"
	}
	for _, e := range declared {
		if e.name == name {
			return "is declared twice: programs differ in which one counts"
		}
	}
	switch {
	case strings.ContainsAny(text, "<&%"):
		return "holds markup or references"
	case len(declared) == maxEntities:
		return "is one of more than 256"
	}
	return ""
}

// lookup returns what an entity stands for, and how that is written.
func (n *entities) lookup(name []byte) (text, asText, asValue string, known bool) {
	if e, known := n.declared[string(name)]; known {
		return e.text, e.asText, e.asValue, true
	}
	if n.html {
		text, known = htmlText(name)
	}
	return text, text, text, known
}

// replace notes that a reference has been replaced.
func (n *entities) replace(m *limits.Meter, r Replacement) error {
	if err := grow(m, &n.replaced, 1); err != nil {
		return err
	}
	n.replaced = append(n.replaced, r)
	return nil
}

// forget forgets what has been replaced so far.
func (n *entities) forget() { n.replaced = n.replaced[:0] }

// Replacements returns what has been replaced since the last Fill, in the order of the document.
func (s *Scanner) Replacements() []Replacement { return s.ents.replaced }

// escapeText writes text as character data.
func escapeText(text string) string { return strings.ReplaceAll(text, ">", "&gt;") }

// escapeValue writes text in an attribute value, in either quote.
func escapeValue(text string) string {
	return strings.NewReplacer(">", "&gt;", `"`, "&quot;", "'", "&#39;", "\t", " ", "\n", " ").Replace(text)
}

// eachSpace makes a space of each white space (3.3.3).
func eachSpace(text string) string {
	if !strings.ContainsAny(text, "\t\n") {
		return text
	}
	return strings.NewReplacer("\t", " ", "\n", " ").Replace(text)
}
