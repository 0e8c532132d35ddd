package safexml

import (
	"context"
	"errors"
	"io"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/ooxml"
	"github.com/seed73825598/airlock/safexml/internal/refs"
	"github.com/seed73825598/airlock/safexml/internal/rule"
	"github.com/seed73825598/airlock/safexml/internal/setup"
	"github.com/seed73825598/airlock/safexml/internal/svg"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// A reading is one scan of one document with the rules applied to each event. All faces of the
// package are made of it.
type reading struct {
	conf    *setup.Config
	scan    *xmlscan.Scanner
	meter   limits.Meter
	doc     document     // what the rules of a profile see
	profile rule.Profile // nil without one
	needs   rule.Needs   // of the profile
	judges  []judge      // it, and what finds references that only a profile knows of
	wants   xmlscan.Set
	hands   bool // see purpose
	notes   []Note
	tell    func(Reference) error // EachReference's; nil in all other faces
	bases   []baseURI             // xml:base in scope
	texts   []pendingText         // elements whose text is a URI
	plain   refs.Vocabulary       // of elements without a namespace, as the root tells it
	made    []byte                // for the markup of single elements
	err     error
	done    bool
}

// A purpose is what a face needs beside the verdict.
type purpose struct {
	stop, keep xmlscan.Set
	whole      bool // attribute values are kept whole
	hands      bool // checked bytes or values are handed out, and not the verdict alone
	markup     bool // encoding/xml may be given single elements as they are written
	tell       func(Reference) error
	writes     bool // the document is what an Encoder writes
}

// open begins a reading.
func open(ctx context.Context, c *setup.Config, src io.Reader, p purpose) *reading {
	r := &reading{conf: c, meter: c.Limits.Meter(ctx, c.Op), tell: p.tell, wants: p.stop}
	r.hands = p.hands
	sc := xmlscan.Config{
		Op: c.Op, Limits: c.Limits, Meter: &r.meter, Writes: p.writes,
		Attributes: c.Attributes, Namespaces: c.Namespaces, NameBytes: c.NameBytes, TokenBytes: c.TokenBytes,
		ValueBytes: max(rule.JudgedBytes, c.NameBytes), UTF16: c.UTF16, Charset: c.Charset,
		Doctypes: doctypes(c, p), Literal: c.LiteralEntities, HTML: c.HTMLEntities,
		Replaced: p.hands && (p.stop == 0 || p.markup),
		Stop:     p.stop | xmlscan.Of(xmlscan.ProcInst, xmlscan.Doctype), Keep: p.keep, Vocabulary: r.vocabulary,
	}
	if r.profile = newProfile(c); r.profile != nil {
		r.judges = append(r.judges, judgeOf(r.profile))
		r.needs = r.profile.Needs()
		sc.Stop, sc.Keep = xmlscan.All, sc.Keep|r.needs.Content
	}
	if p.whole || r.needs.Values {
		sc.ValueBytes = max(sc.ValueBytes, c.TokenBytes)
	}
	if p.tell != nil {
		sc.Stop |= xmlscan.Of(xmlscan.StartElement, xmlscan.EndElement, xmlscan.Text, xmlscan.CDATA)
		sc.Keep |= xmlscan.Of(xmlscan.Text, xmlscan.CDATA, xmlscan.ProcInst)
		r.watch()
	}
	if src == nil {
		r.err = &limits.ConfigError{Op: c.Op, Problems: []limits.FieldProblem{{Field: "the source", Reason: "is nil"}}}
		return r
	}
	r.during(func() { r.scan = xmlscan.New(src, sc) })
	r.doc = document{r.scan, r}
	return r
}

// vocabulary tells the scanner which namespaces to stop at: those that a rule is about, and for
// EachReference all.
func (r *reading) vocabulary(uri []byte) uint8 {
	v := refs.Of(uri)
	if r.tell == nil && r.profile == nil && !isRuled(v) {
		return 0
	}
	return uint8(v)
}

// step goes on to the next event that the face wants, to the end of the window, the end of the
// document, or the refusal in r.err.
func (r *reading) step() xmlscan.Kind {
	for {
		if r.err != nil {
			return xmlscan.Failed
		}
		kind := r.scan.Step()
		switch kind {
		case xmlscan.More:
			return kind
		case xmlscan.Failed:
			r.end(r.scan.Err())
		case xmlscan.EOF:
			if r.finish(); r.err == nil {
				return kind
			}
		case xmlscan.None, xmlscan.StartElement, xmlscan.EndElement, xmlscan.Text, xmlscan.CDATA, xmlscan.Comment,
			xmlscan.ProcInst, xmlscan.Doctype:
			if r.concerns(kind) {
				if err := r.judge(kind); err != nil {
					r.end(err)
					continue
				}
			}
			if r.wants&xmlscan.Of(kind) != 0 {
				return kind
			}
		}
	}
}

// next is step for faces that have nothing to do at the end of a window.
func (r *reading) next() (xmlscan.Kind, error) {
	for {
		kind := r.step()
		if kind != xmlscan.More {
			return kind, r.err
		}
		r.scan.Fill()
	}
}

// finish takes the end of the document.
func (r *reading) finish() {
	if r.done {
		return
	}
	r.done = true
	for i := range r.judges {
		if p := r.judges[i].finishes; p != nil {
			if err := p.Finish(&r.doc); err != nil {
				r.end(err)
				return
			}
		}
	}
	r.end(nil)
}

// end ends the operation with what it has come to. It is the meter's last word: a refusal by an
// envelope may come out only here.
func (r *reading) end(err error) { r.err = advise(r.meter.Finish(err)) }

const ifSet = "; Steps and MemoryBytes too, where they are set"

// advise names all that must be raised for a larger document, where one of what grows with it has
// run out, so that it is not found out one by one.
func advise(err error) error {
	e, ok := err.(*limits.ExceededError) //nolint:errorlint // An error that wraps one says more.
	if !ok || e.Envelope || e.Option != "" || e.Hint != "" {
		return err
	}
	advised := *e
	switch e.Resource { //nolint:exhaustive // The others do not grow with the document.
	case limits.InputBytes:
		advised.Hint = "if such input is expected, raise InputBytes, and Items and Time with it" + ifSet
	case limits.Items:
		advised.Hint = "if such input is expected, raise Items, and Time with it" + ifSet
	case limits.Steps:
		advised.Hint = "if such input is expected, raise Steps, or leave it out: its default grows with InputBytes and Items"
	}
	return &advised
}

// errPanicked is what an operation has come to whose caller's code panicked: a source, a callback,
// a value that decodes itself.
var errPanicked = errors.New("safexml: the code of the caller panicked")

// during does a part of the work that may call code of the caller: a source, a callback, an
// observer. If that panics, the operation ends there and gives back what it holds of the Pool and
// the envelope, and the panic goes on.
func (r *reading) during(f func()) {
	returned := false
	defer func() {
		if !returned {
			r.end(errPanicked)
		}
	}()
	f()
	returned = true
}

// concerns reports whether a rule may say something to an event. Most events of a document without
// known namespaces concern none.
func (r *reading) concerns(kind xmlscan.Kind) bool {
	return len(r.judges) > 0 || r.scan.Known() || len(r.bases) > 0 || len(r.texts) > 0 || kind >= xmlscan.ProcInst
}

// judge applies the rules to one event.
func (r *reading) judge(kind xmlscan.Kind) error {
	if err := r.judgeGeneric(kind); err != nil {
		return err
	}
	for i := range r.judges {
		if err := r.judges[i].event(&r.doc, kind); err != nil {
			return err
		}
	}
	return nil
}

// watch adds what finds the references of SVG and of office documents, whatever the profile.
func (r *reading) watch() {
	if r.conf.Profile != profileSVG {
		r.judges = append(r.judges, judgeOf(&svg.Watch{}))
	}
	if r.conf.Profile != profileOOXML {
		r.judges = append(r.judges, judgeOf(ooxml.New("")))
	}
}

// judgeGeneric applies the rules for all documents.
func (r *reading) judgeGeneric(kind xmlscan.Kind) error {
	switch kind {
	case xmlscan.StartElement:
		return r.startElement()
	case xmlscan.EndElement:
		return r.endElement()
	case xmlscan.Text, xmlscan.CDATA:
		return r.text()
	case xmlscan.ProcInst:
		return r.instruction()
	case xmlscan.Doctype:
		return r.doctype()
	case xmlscan.None, xmlscan.More, xmlscan.Failed, xmlscan.Comment, xmlscan.EOF:
	}
	return nil
}

// refuse refuses the document under a rule, for what stands at p. Where the rule is lifted that
// becomes a note, and where EachReference asks, nothing.
func (r *reading) refuse(rule Rule, p xmlscan.Position, detail string) error {
	if liftable, _ := isLiftable(rule); liftable && r.tell != nil {
		return nil
	}
	if r.conf.Lifted[rule] {
		return r.note(rule, p, detail)
	}
	return &RuleError{Op: r.conf.Op, Rule: rule, Where: r.scan.Where(), Offset: p.Offset, Line: p.Line, Column: p.Column,
		Detail: detail}
}

// noteBytes is what a Note takes beside its texts.
const noteBytes = 320

// note keeps a finding that does not refuse the document. Their number is the sender's choice, so
// they are held to the budget.
func (r *reading) note(rule Rule, p xmlscan.Position, detail string) error {
	where := r.scan.Where()
	if err := r.hold(noteBytes + len(where) + len(detail)); err != nil {
		return err
	}
	r.notes = append(r.notes, Note{rule, where, p.Offset, p.Line, p.Column, detail})
	return nil
}

// hold accounts for memory that is about to be taken.
func (r *reading) hold(n int) error { return r.meter.Hold(limits.MemoryBytes, int64(n)) }

// report is the Report of a document that has passed.
func (r *reading) report() *Report {
	s := r.scan.Stats()
	report := &Report{Bytes: s.Bytes, Elements: s.Elements, Attributes: s.Attributes, Nodes: s.Nodes, Depth: s.Depth,
		Encoding: r.scan.Encoding(), Notes: r.notes}
	if p, ok := r.profile.(*svg.Profile); ok {
		report.Width, report.Height = p.Size()
	}
	if v := r.scan.Version(); v != "" && v != "1.0" {
		note := Note{Line: 1, Column: 1, Detail: "the XML declaration says version " + limits.Quote(v) +
			"; it was read as 1.0, as the fifth edition demands"}
		report.Notes = append([]Note{note}, report.Notes...)
	}
	return report
}
