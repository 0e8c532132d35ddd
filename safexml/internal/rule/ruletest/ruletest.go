// Package ruletest has a profile judge documents without the rest of package safexml, so that an
// engine is tested by itself.
package ruletest

import (
	"context"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/refs"
	"github.com/seed73825598/airlock/safexml/internal/rule"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// A Document is what a profile sees of a scan, and a record of its answers.
type Document struct {
	*xmlscan.Scanner
	Notes   []string
	Named   []string             // "mechanism URI" for each resource
	Lifted  map[limits.Rule]bool // is a note
	Asked   bool                 // only references are asked for
	Held    int
	Steps   int64
	Counted int64 // Items
}

// Refuse implements rule.Document.
func (d *Document) Refuse(under limits.Rule, p xmlscan.Position, detail string) error {
	if d.Asked {
		return nil
	}
	if d.Lifted[under] {
		return d.Note(p, detail)
	}
	return &limits.RuleError{Rule: under, Offset: p.Offset, Line: p.Line, Column: p.Column, Detail: detail}
}

// Refers implements rule.Document. It refuses nothing.
func (d *Document) Refers(mechanism, uri string, _ xmlscan.Position) error {
	d.Named = append(d.Named, mechanism+" "+uri)
	return nil
}

// Telling implements rule.Document.
func (d *Document) Telling() bool { return d.Asked }

// Note implements rule.Document.
func (d *Document) Note(_ xmlscan.Position, detail string) error {
	d.Notes = append(d.Notes, detail)
	return nil
}

// Hold implements rule.Document.
func (d *Document) Hold(n int) error { d.Held += n; return nil }

// Release implements rule.Document.
func (d *Document) Release(n int) { d.Held -= n }

// Step implements rule.Document.
func (d *Document) Step(n int64) error { d.Steps += n; return nil }

// Items implements rule.Document.
func (d *Document) Items(n int64) error { d.Counted += n; return nil }

// Judge has a profile judge a document, and returns why it, or the scan, refuses it.
func (d *Document) Judge(ctx context.Context, p rule.Profile, document string) error {
	lim := limits.Limits{InputBytes: 1 << 20, OutputBytes: 1 << 20, Items: 1e6, Depth: 1000, Steps: 1e6,
		MemoryBytes: 1 << 24, Time: time.Minute}
	meter := lim.Meter(ctx, "test")
	d.Scanner = xmlscan.New(strings.NewReader(document), xmlscan.Config{
		Op: "test", Limits: lim, Meter: &meter, Attributes: 1000, Namespaces: 1000, NameBytes: 1000, TokenBytes: 1 << 20,
		ValueBytes: rule.JudgedBytes, Stop: xmlscan.All, Keep: p.Needs().Content,
		Vocabulary: func(uri []byte) uint8 { return uint8(refs.Of(uri)) },
	})
	texts, _ := p.(rule.Texts)
	nodes, _ := p.(rule.Nodes)
	finishes, _ := p.(rule.Finishes)
	for {
		var err error
		switch kind := d.Scanner.Step(); kind {
		case xmlscan.More:
			d.Fill()
		case xmlscan.Failed:
			return d.Err()
		case xmlscan.EOF:
			if finishes == nil {
				return nil
			}
			return finishes.Finish(d)
		case xmlscan.StartElement:
			err = p.Start(d)
		case xmlscan.EndElement:
			err = p.End(d)
		case xmlscan.Text, xmlscan.CDATA:
			if texts != nil {
				err = texts.Text(d, kind, d.Data())
			}
		case xmlscan.Comment, xmlscan.ProcInst, xmlscan.Doctype:
			if nodes != nil {
				err = nodes.Node(d, kind)
			}
		case xmlscan.None:
		}
		if err != nil {
			return err
		}
	}
}
