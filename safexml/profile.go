package safexml

import (
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/ooxml"
	"github.com/seed73825598/airlock/safexml/internal/refs"
	"github.com/seed73825598/airlock/safexml/internal/rule"
	"github.com/seed73825598/airlock/safexml/internal/setup"
	"github.com/seed73825598/airlock/safexml/internal/signed"
	"github.com/seed73825598/airlock/safexml/internal/svg"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// The names of the options that choose a profile.
const (
	profileSVG    = "SVG"
	profileOOXML  = "OOXML"
	profileSigned = "Signed"
	profileSAML   = "SAML"
)

// newProfile returns the profile that the options have chosen, made for one operation, or nil.
func newProfile(c *setup.Config) rule.Profile {
	switch c.Profile {
	case profileSVG:
		conf := svg.Config{Images: c.Images, Fonts: c.Fonts, Hyperlinks: c.Hyperlinks}
		if c.Canvas {
			conf.CanvasWidth, conf.CanvasHeight = c.CanvasWidth, c.CanvasHeight
		}
		return svg.New(conf)
	case profileOOXML:
		return ooxml.New(c.PartName)
	case profileSigned:
		return signed.New(signed.Config{XPath: c.SignedXPath})
	case profileSAML:
		return signed.New(signed.Config{SAML: true, XPath: c.SignedXPath})
	}
	return nil
}

// A judge is a profile with the methods that it has beside those of every profile; nil without
// them.
type judge struct {
	rule.Profile
	texts    rule.Texts
	nodes    rule.Nodes
	finishes rule.Finishes
}

func judgeOf(p rule.Profile) judge {
	j := judge{Profile: p}
	j.texts, _ = p.(rule.Texts)
	j.nodes, _ = p.(rule.Nodes)
	j.finishes, _ = p.(rule.Finishes)
	return j
}

// event has the profile look at an event.
func (j *judge) event(d *document, kind xmlscan.Kind) error {
	switch kind {
	case xmlscan.StartElement:
		return j.Start(d)
	case xmlscan.EndElement:
		return j.End(d)
	case xmlscan.Text, xmlscan.CDATA:
		if j.texts != nil {
			return j.texts.Text(d, kind, d.Data())
		}
	case xmlscan.Comment, xmlscan.ProcInst, xmlscan.Doctype:
		if j.nodes != nil {
			return j.nodes.Node(d, kind)
		}
	case xmlscan.None, xmlscan.More, xmlscan.Failed, xmlscan.EOF:
	}
	return nil
}

// document is what rules see of a reading.
type document struct {
	*xmlscan.Scanner
	reading *reading
}

func (d *document) Refuse(under Rule, p xmlscan.Position, detail string) error {
	return d.reading.refuse(under, p, detail)
}

func (d *document) Refers(mechanism, uri string, p xmlscan.Position) error {
	return d.reading.refers(refs.ByID(mechanism), uri, p)
}

func (d *document) Telling() bool { return d.reading.tell != nil }

func (d *document) Note(p xmlscan.Position, detail string) error {
	return d.reading.note("", p, detail)
}

func (d *document) Hold(n int) error { return d.reading.hold(n) }

func (d *document) Release(n int) { d.reading.meter.Release(limits.MemoryBytes, int64(n)) }

func (d *document) Step(n int64) error { return d.reading.meter.Step(n) }

func (d *document) Items(n int64) error { return d.reading.meter.Spend(limits.Items, n) }
