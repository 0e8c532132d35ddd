package ooxml

import (
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/rule"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// macro refuses the name of a macro. It may lie in another book, on a share.
func macro(d rule.Document, name string, at xmlscan.Position) error {
	if strings.TrimSpace(name) == "" {
		return nil
	}
	return d.Refuse(rule.Active, at, "a click runs the macro "+limits.Quote(name))
}

// control judges shapes and controls: the macro that a click runs, and the formulas that say what
// they show.
func control(d rule.Document) error {
	for i := range d.Attrs() {
		a := d.Attr(i)
		if a.Declaration {
			continue
		}
		var err error
		switch string(a.Name[a.Colon+1:]) {
		case "macro", "fmlaMacro":
			err = macro(d, string(a.Value), d.AttrAt(i))
		case "textlink", "fmlaLink", "fmlaRange", "fmlaGroup", "fmlaTxbx", "fmlaPict", "linkedCell", "listFillRange":
			err = judgeFormula(d, string(a.Value), d.AttrAt(i))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// command refuses the step of an animation that opens an embedded object without a click.
func command(d rule.Document) error {
	kind, at := findAttribute(d, "type")
	if !strings.EqualFold(strings.TrimSpace(kind), "verb") {
		return nil
	}
	return d.Refuse(rule.Active, at, "an animation that opens an embedded object")
}

// ribbon refuses callbacks of what a document adds to the ribbon: each names a macro. The namespace
// is looked at last, because it may be long.
func ribbon(d rule.Document, local string) error {
	for i := range d.Attrs() {
		a := d.Attr(i)
		name := strings.ToLower(string(a.Name[a.Colon+1:]))
		if a.Declaration || !strings.HasPrefix(name, "on") && !strings.HasPrefix(name, "get") && name != "loadimage" {
			continue
		}
		if err := d.Step(int64(len(d.Space()) / 64)); err != nil {
			return err
		}
		if !strings.Contains(strings.ToLower(string(d.Space())), "/customui") {
			return nil
		}
		return d.Refuse(rule.Active, d.AttrAt(i), "the element "+local+" of the ribbon runs the macro "+
			limits.Quote(string(a.Value)))
	}
	return nil
}
