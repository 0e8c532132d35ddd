package ziptest

import (
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/caselist"
	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

// A Case is one archive.
type Case struct {
	// "path-traversal/parent-twice": the rule, and what is special about it; unique
	Name string
	// the rule that a hostile archive breaks, and a benign one comes close to; empty for a bomb,
	// which a limit must stop
	Rule limits.Rule
	Data []byte // the archive

	options []safezip.Option
}

// Limits are those under which every hostile archive must be refused and every benign one unpacked:
// 1 GiB and 10,000 items within a minute.
func Limits() limits.Limits {
	return limits.Limits{OutputBytes: limits.GiB, Items: 10_000, Time: time.Minute}
}

// Options are those of HostileUnicode and BenignUnicode. Hostile and Benign have none.
func Options() []safezip.Option { return []safezip.Option{safezip.UnicodeNames()} }

// Limits are those of the package: they are the same for each case.
func (c Case) Limits() limits.Limits { return Limits() }

// Options are those under which the archive is hostile or benign; there are none in Hostile and
// Benign.
func (c Case) Options() []safezip.Option { return slices.Clone(c.options) }

// Hostile yields archives that must be refused under safezip's defaults and the limits of any
// sensible service, such as Limits. There are at least three for each rule.
func Hostile() iter.Seq[Case] {
	return all(nil, hostileNames, hostileTypes, hostileData, hostileHeaders, hostileDescriptors, hostileLayout,
		hostileEnds, hostileExtras, hostileStreamed, hostileBlocks, bombs)
}

// Benign yields archives that must be unpacked: for each rule at least one that comes close to
// breaking it, and the shapes that the common packers write.
func Benign() iter.Seq[Case] {
	return all(nil, benignNames, benignStructure, benignStreamed, benignBlocks, benignPackers)
}

// HostileUnicode yields archives that must be refused under safezip.UnicodeNames. Without that
// option they are refused as well, the most of them as non-ascii.
func HostileUnicode() iter.Seq[Case] { return all(Options(), hostileUnicode) }

// BenignUnicode yields archives that must be unpacked under safezip.UnicodeNames.
func BenignUnicode() iter.Seq[Case] { return all(Options(), benignUnicode) }

// Seed adds every case of at most 64 KiB to the corpus of a fuzz target that takes a []byte.
func Seed(f *testing.F) {
	f.Helper()
	caselist.Seed(f, func(c Case) []byte { return c.Data }, Hostile(), Benign(), HostileUnicode(), BenignUnicode())
}

// A recipe makes one case.
type recipe struct {
	rule limits.Rule
	name string
	make func() []byte
}

// all yields the cases of several lists of recipes, which share their options.
func all(options []safezip.Option, lists ...func() []recipe) iter.Seq[Case] {
	return caselist.All(func(r recipe) Case {
		return Case{Name: caselist.Name(r.rule, r.name), Rule: r.rule, Data: r.make(), options: options}
	}, lists...)
}

// archive returns a recipe for an archive of the given files.
func archive(rule limits.Rule, name string, files ...zipbuild.File) recipe {
	return recipe{rule, name, func() []byte { return zipbuild.Archive{Files: files}.Bytes() }}
}

// whole returns a recipe for an archive given in full.
func whole(rule limits.Rule, name string, a zipbuild.Archive) recipe {
	return recipe{rule, name, a.Bytes}
}

// file returns a small deflated file.
func file(name string) zipbuild.File {
	return zipbuild.File{Name: name,
		Data:   []byte("The quick brown fox jumps over the lazy dog, and the lazy dog does not mind.\n"),
		Method: zipbuild.Deflate}
}

// edited returns a small file with its fields changed.
func edited(name string, change func(f *zipbuild.File)) zipbuild.File {
	f := file(name)
	change(&f)
	return f
}
