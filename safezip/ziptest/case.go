package ziptest

import (
	"iter"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
)

// A Case is one archive.
type Case struct {
	// "path-traversal/parent-twice": the rule, and what is special about it; unique
	Name string
	// the rule that a hostile archive breaks, and a benign one comes close to; empty for a bomb,
	// which a limit must stop
	Rule limits.Rule
	Data []byte // the archive
}

// Hostile yields archives that must be refused under safezip's defaults and the limits of any
// sensible service (say 1 GiB and 10,000 items). There are at least three for each rule.
func Hostile() iter.Seq[Case] {
	return all(hostileNames, hostileTypes, hostileData, hostileHeaders, hostileDescriptors, hostileLayout,
		hostileEnds, hostileExtras, hostileStreamed, hostileBlocks, bombs)
}

// Benign yields archives that must be unpacked: for each rule at least one that comes close to
// breaking it, and the shapes that the common packers write.
func Benign() iter.Seq[Case] {
	return all(benignNames, benignStructure, benignStreamed, benignBlocks, benignPackers)
}

// A recipe makes one case.
type recipe struct {
	rule limits.Rule
	name string
	make func() []byte
}

// all yields the cases of several lists of recipes.
func all(lists ...func() []recipe) iter.Seq[Case] {
	return func(yield func(Case) bool) {
		for _, list := range lists {
			for _, r := range list() {
				rule := r.rule
				if rule == "" {
					rule = "limit"
				}
				if !yield(Case{Name: string(rule) + "/" + r.name, Rule: r.rule, Data: r.make()}) {
					return
				}
			}
		}
	}
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
