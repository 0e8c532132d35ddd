package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safezip"
)

// Bounds are what one document may cost, all its parts together, and how much of a workbook is
// read.
type Bounds struct {
	Envelope limits.Limits // OutputBytes, Steps, MemoryBytes and Time
	Rows     int64         // of all sheets
	Columns  int64         // of each row
	Text     limits.Bytes  // that is taken out
}

// A Document is what is taken from a file.
type Document struct {
	Kind  string // "document" or "workbook"
	Words int
	Text  string
}

// Limits of one operation under the envelope. A part is never larger than what the archive
// declares, which the envelope bounds.
const (
	maxParts = 2000
	maxPart  = limits.GiB
	maxTime  = time.Minute
)

const op = "office.Read"

// Read returns the text of a document. Nothing of it reaches the disk, and nothing is returned of
// one that is refused: by a rule about the archive, by one about a part, or for what it costs.
func Read(ctx context.Context, src io.ReaderAt, size int64, b Bounds) (*Document, error) {
	ctx, cancel, err := limits.With(ctx, b.Envelope)
	defer cancel()
	if err != nil {
		return nil, err
	}
	archive, err := safezip.NewReader(ctx, src, size, limits.Limits{OutputBytes: maxPart, Items: maxParts, Time: maxTime},
		safezip.UnicodeNames())
	if err != nil {
		return nil, err
	}
	defer archive.Close() //nolint:errcheck // It has nothing to say.
	p := &pkg{archive: archive, bounds: b}
	main, err := p.related("_rels/.rels", "/officeDocument")
	if err != nil {
		return nil, err
	}
	if err := p.judge(); err != nil {
		return nil, err
	}
	if len(main) != 1 {
		return nil, refused("_rels/.rels", "it names no single office document")
	}
	if err := p.read(main[0].target); err != nil {
		return nil, err
	}
	text := p.text.String()
	return &Document{Kind: p.kind, Words: len(strings.Fields(text)), Text: text}, nil
}

// A pkg is an office document: an archive of parts that refer to each other.
type pkg struct {
	archive *safezip.Reader
	bounds  Bounds
	kind    string
	text    strings.Builder
	rows    int64
}

// judge looks at every XML part. An XML parser sees nothing of a part of another kind.
func (p *pkg) judge() error {
	for e := range p.archive.Entries() {
		if ext := strings.ToLower(path.Ext(e.Path)); e.Dir || ext != ".xml" && ext != ".rels" && ext != ".vml" {
			continue
		}
		if err := p.part(e.Path, func(*safexml.Tokenizer) error { return nil }); err != nil {
			return err
		}
	}
	return nil
}

// part reads a part to its end and has see look at each token. The text that it has taken counts
// only if the part passes to its end.
func (p *pkg) part(name string, see func(t *safexml.Tokenizer) error) error {
	f, err := p.archive.Open(name)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return refused(name, "the document leads to this part, and it is not there")
	}
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // Only read from.
	t, err := safexml.NewTokenizer(p.archive.Context(), f, limits.Limits{InputBytes: maxPart, Time: maxTime},
		safexml.OOXML(), safexml.PartName(name))
	if err != nil {
		return err
	}
	for {
		err := t.Next()
		if err == io.EOF { //nolint:errorlint // As io.Reader says it.
			return nil
		}
		if err == nil {
			err = see(t)
		}
		if err != nil {
			return err
		}
	}
}

// A relationship leads from one part to another.
type relationship struct{ id, target string }

// related returns what the relationships of a part lead to, of the kinds whose URIs end so. Targets
// count from the folder of the part they belong to.
func (p *pkg) related(rels, kind string) ([]relationship, error) {
	base := path.Dir(path.Dir(rels))
	var found []relationship
	err := p.part(rels, func(t *safexml.Tokenizer) error {
		if !starts(t, "Relationship") || !strings.HasSuffix(attr(t, "Type"), kind) || attr(t, "TargetMode") == "External" {
			return nil
		}
		target := attr(t, "Target")
		if rooted, ok := strings.CutPrefix(target, "/"); ok {
			target = rooted
		} else {
			target = path.Join(base, target)
		}
		if len(found) == maxParts {
			return tooMany("relationships", maxParts)
		}
		found = append(found, relationship{attr(t, "Id"), target})
		return nil
	})
	return found, err
}

// relsOf is where the relationships of a part stand.
func relsOf(part string) string {
	return path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
}

// read takes the text of the main part: by its root element it is a document or a workbook.
func (p *pkg) read(main string) error {
	root := ""
	if err := p.part(main, func(t *safexml.Tokenizer) error {
		if root == "" && t.Kind() == safexml.StartElement {
			root = string(t.Name().Local)
		}
		return nil
	}); err != nil {
		return err
	}
	switch root {
	case "document":
		p.kind = root
		return p.document(main)
	case "workbook":
		p.kind = root
		return p.workbook(main)
	}
	return refused(main, "its root element is "+limits.Quote(root)+": neither a document nor a workbook")
}

// write adds text, within the bound.
func (p *pkg) write(text []byte) error {
	if n := int64(p.text.Len() + len(text)); n > int64(p.bounds.Text) {
		return &limits.ExceededError{Op: op, Resource: limits.OutputBytes, Limit: int64(p.bounds.Text), Used: n,
			Option: "Bounds.Text"}
	}
	p.text.Write(text)
	return nil
}

func tooMany(what string, most int64) error {
	return &limits.ExceededError{Op: op, Resource: limits.Items, Limit: most, Used: most + 1, Where: what,
		Option: "Bounds"}
}

func refused(part, detail string) error {
	return &limits.RuleError{Op: op, Rule: "office-package", Where: part, Offset: -1, Detail: detail}
}

// starts reports the start of an element by its local name: Office knows several namespaces for
// each.
func starts(t *safexml.Tokenizer, local string) bool {
	return t.Kind() == safexml.StartElement && string(t.Name().Local) == local
}

func ends(t *safexml.Tokenizer, local string) bool {
	return t.Kind() == safexml.EndElement && string(t.Name().Local) == local
}

// attr returns the value of an attribute by its local name, or "".
func attr(t *safexml.Tokenizer, local string) string {
	for _, a := range t.Attrs() {
		if string(a.Name.Local) == local {
			return string(a.Value)
		}
	}
	return ""
}
