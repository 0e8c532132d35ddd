package svg_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/rule"
	"github.com/seed73825598/airlock/safexml/internal/rule/ruletest"
	"github.com/seed73825598/airlock/safexml/internal/svg"
	"github.com/seed73825598/airlock/safexml/xmltest"
)

// ofProfile are the rules that the profile alone decides about.
var ofProfile = []limits.Rule{rule.Active, rule.External, rule.Unlisted, rule.Cycle, rule.DrawingCost}

// TestCases: the profile by itself refuses what is hostile to it, under the rule of the case, and
// takes what is benign.
func TestCases(t *testing.T) {
	configs := map[string]svg.Config{"SVG": {}, "SVG, Hyperlinks": {Hyperlinks: true}, "SVG, DataImages": {Images: true},
		"SVG, DataFonts": {Fonts: true}}
	refused, taken := 0, 0
	for c := range xmltest.Hostile() {
		config, ok := configs[c.Option]
		if !ok || !slices.Contains(ofProfile, c.Rule) {
			continue
		}
		refused++
		d := &ruletest.Document{}
		e, ok := errors.AsType[*limits.RuleError](d.Judge(t.Context(), svg.New(config), string(c.Data)))
		if !ok || e.Rule != c.Rule {
			// A mechanism of the table is refused by the rules for all documents, and only named here.
			if len(d.Named) == 0 {
				t.Errorf("%s: %v", c.Name, e)
			}
		}
	}
	for c := range xmltest.Benign() {
		config, ok := configs[c.Option]
		if !ok {
			continue
		}
		taken++
		if err := new(ruletest.Document).Judge(t.Context(), svg.New(config), string(c.Data)); err != nil {
			t.Errorf("%s: %v", c.Name, err)
		}
	}
	if refused < 100 || taken < 20 {
		t.Errorf("only %d hostile and %d benign drawings", refused, taken)
	}
}

// TestOptions: each option of the profile lets in what is refused without it.
func TestOptions(t *testing.T) {
	drawing := func(content string) string {
		return `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">` + content + `</svg>`
	}
	pixel := "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"
	for _, c := range []struct {
		name, document string
		with, without  svg.Config
		rule           limits.Rule
	}{
		{"Images", drawing(`<image href="` + pixel + `"/>`), svg.Config{Images: true}, svg.Config{}, rule.External},
		{"Fonts", drawing(`<style>@font-face{src:url(data:font/woff2;base64,d09GMgAA)}</style>`), svg.Config{Fonts: true},
			svg.Config{}, rule.External},
		{"Hyperlinks", drawing(`<a href="https://example.org/"/>`), svg.Config{Hyperlinks: true}, svg.Config{},
			rule.External},
		{"Canvas", drawing(""), svg.Config{CanvasWidth: 20, CanvasHeight: 20}, svg.Config{CanvasWidth: 19, CanvasHeight: 20},
			rule.DrawingCost},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := svg.New(c.with)
			if err := new(ruletest.Document).Judge(t.Context(), p, c.document); err != nil {
				t.Errorf("with the option: %v", err)
			}
			if w, h := p.Size(); w != 20 || h != 20 {
				t.Errorf("the drawing is %d × %d", w, h)
			}
			err := new(ruletest.Document).Judge(t.Context(), svg.New(c.without), c.document)
			if e, ok := errors.AsType[*limits.RuleError](err); !ok || e.Rule != c.rule {
				t.Errorf("without the option: %v", err)
			}
		})
	}
}

// TestLifted: a rule that is lifted becomes a note, and the drawing is judged to its end.
func TestLifted(t *testing.T) {
	d := &ruletest.Document{Lifted: map[limits.Rule]bool{rule.Active: true}}
	document := `<svg xmlns="http://www.w3.org/2000/svg"><script/><g onload="x"/><g foo="x"/></svg>`
	err := d.Judge(t.Context(), svg.New(svg.Config{}), document)
	e, ok := errors.AsType[*limits.RuleError](err)
	if !ok || e.Rule != rule.Unlisted || document[e.Offset] != 'x' || len(d.Notes) != 2 {
		t.Errorf("%v after the notes %q", err, d.Notes)
	}
}

// TestWatch: what CSS loads in drawings and pages is named, wherever it stands.
func TestWatch(t *testing.T) {
	d := &ruletest.Document{Asked: true}
	err := d.Judge(t.Context(), &svg.Watch{}, `<h xmlns="http://www.w3.org/1999/xhtml"><style>@import "a"; `+
		`x{src:url(b)}</style>`+
		`<p style="background:url('c')" class="url(no)"/><g xmlns="http://www.w3.org/2000/svg" fill="url(d)" id="url(no)"/>`+
		`</h>`)
	if got := strings.Join(d.Named, ", "); err != nil || got != "css-import a, css-url b, css-url c, css-url d" {
		t.Errorf("%s, %v", got, err)
	}
}
