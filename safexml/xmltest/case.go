package xmltest

import (
	"iter"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/caselist"
	"github.com/seed73825598/airlock/limits"
)

// A Case is one document.
type Case struct {
	Name string // "xinclude/file": the rule, and what is special about it; unique
	// the rule that a hostile document breaks, and a benign one comes close to; empty for a bomb,
	// which a limit must stop
	Rule limits.Rule
	// of safexml, under which it is hostile or benign: names of options and their arguments, parted by
	// commas, such as "SVG, DataImages", "charset.Allow(koi8-r)" or "UnsafeAllow(RuleDoctype)"; empty
	// for none. Under LiteralEntities and HTMLEntities the limits need OutputBytes
	Option string
	Data   []byte // the document
}

// Hostile yields documents that must be refused under safexml's defaults, with the option that
// Option names and the limits of any sensible service (say 64 MiB). There are at least three for
// each rule.
func Hostile() iter.Seq[Case] {
	return all(hostileSyntax, hostileCharacters, hostileNamespaces, hostileEncodings, hostileCharsets, hostileDeclarations,
		hostileFetches, hostileStylesheets, hostileSigned, hostileSignedXPath, hostileSAML, hostileSVG, hostileValues,
		hostileCosts, hostileSizes, hostileWork, hostileFrames, hostileBlind, hostileLinks, hostileCSS, hostileOffice,
		hostileOfficeNames, bombs)
}

// Benign yields documents that must be accepted: for each rule at least one that comes close to
// breaking it, and for each kind of program whose documents a service meets one in its shape, under
// the options that such a service chooses. A document that declares entities of its own passes
// where safexml hands out what they stand for, and so not through Validate.
func Benign() iter.Seq[Case] {
	return all(benignSyntax, benignCharsets, benignFetches, benignSigned, benignSAML, benignSVG, benignValues,
		benignCosts, benignSizes, benignWork, benignFrames, benignBlind, benignLinks, benignOffice, benignOfficeNames,
		benignDrawings,
		benignParts, benignWeb, benignPrograms, benignBooks, benignBusiness)
}

// Seed adds every case of at most 64 KiB to the corpus of a fuzz target that takes a []byte.
func Seed(f *testing.F) {
	f.Helper()
	caselist.Seed(f, func(c Case) []byte { return c.Data }, Hostile(), Benign())
}

// A recipe makes one case.
type recipe struct {
	rule   limits.Rule
	name   string
	option string
	make   func() []byte
}

// all yields the cases of several lists of recipes.
func all(lists ...func() []recipe) iter.Seq[Case] {
	return caselist.All(func(r recipe) Case {
		return Case{Name: caselist.Name(r.rule, r.name), Rule: r.rule, Option: r.option, Data: r.make()}
	}, lists...)
}

// text returns a recipe for a document that is written here.
func text(rule limits.Rule, name, document string) recipe {
	return recipe{rule: rule, name: name, make: func() []byte { return []byte(document) }}
}

// under sets the options of a recipe.
func under(option string, r recipe) recipe {
	r.option = option
	return r
}
