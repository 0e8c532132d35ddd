package tartest

import (
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/caselist"
	"github.com/seed73825598/airlock/internal/testkit/tarbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/safetar"
)

// A Case is one archive.
type Case struct {
	// "path-traversal/parent-twice": the rule, and what is special about it; unique
	Name string
	// the rule that a hostile archive breaks, and a benign one comes close to; empty for a bomb, which
	// a limit must stop
	Rule limits.Rule
	Data []byte // the archive, plain or compressed

	options []safetar.Option
}

// Limits are those under which every hostile archive must be refused and every benign one unpacked.
func Limits() limits.Limits {
	return limits.Limits{InputBytes: 4 * limits.MiB, OutputBytes: 4 * limits.MiB, Items: 500, Time: time.Minute}
}

// Options are those of HostileLinks, BenignLinks, HostileUnicode and BenignUnicode. Hostile and
// Benign have none.
func Options() []safetar.Option {
	return []safetar.Option{safetar.UnsafeSymlinks(), safetar.UnsafeHardLinks(), safetar.UnicodeNames()}
}

// Limits are those of the package: they are the same for each case.
func (c Case) Limits() limits.Limits { return Limits() }

// Options are those under which the archive is hostile or benign; there are none in Hostile and
// Benign.
func (c Case) Options() []safetar.Option { return slices.Clone(c.options) }

// Hostile yields archives that must be refused under Limits. There are at least three for each
// rule.
func Hostile() iter.Seq[Case] {
	return all(nil, hostileNames, hostileHeaders, hostileRecords, hostileTypes, hostileEnds, hostileStreams, bombs)
}

// Benign yields archives that must be unpacked under Limits: for each rule at least one that comes
// close to breaking it, and the shapes that the common packers write.
func Benign() iter.Seq[Case] { return all(nil, benignNames, benignStructure, benignStreams) }

// HostileLinks yields archives that must be refused where links are let in.
func HostileLinks() iter.Seq[Case] { return all(Options(), hostileLinks) }

// BenignLinks yields archives that must be unpacked where links are let in.
func BenignLinks() iter.Seq[Case] { return all(Options(), benignLinks) }

// HostileUnicode yields archives that must be refused where names beyond ASCII are let in.
func HostileUnicode() iter.Seq[Case] { return all(Options(), hostileUnicode) }

// BenignUnicode yields archives that must be unpacked where names beyond ASCII are let in.
func BenignUnicode() iter.Seq[Case] { return all(Options(), benignUnicode) }

// Seed adds every case of at most 64 KiB to the corpus of a fuzz target that takes a []byte.
func Seed(f *testing.F) {
	f.Helper()
	caselist.Seed(f, func(c Case) []byte { return c.Data }, Hostile(), Benign(), HostileLinks(), BenignLinks(),
		HostileUnicode(), BenignUnicode())
}

// A recipe makes one case.
type recipe struct {
	rule limits.Rule
	name string
	make func() []byte
}

// all yields the cases of several lists of recipes, which share their options.
func all(options []safetar.Option, lists ...func() []recipe) iter.Seq[Case] {
	return caselist.All(func(r recipe) Case {
		return Case{Name: caselist.Name(r.rule, r.name), Rule: r.rule, Data: r.make(), options: options}
	}, lists...)
}

// archive returns a recipe for an archive of the given headers.
func archive(rule limits.Rule, name string, headers ...tarbuild.Header) recipe {
	return recipe{rule, name, func() []byte { return tarbuild.Archive(headers...) }}
}

// raw returns a recipe for bytes.
func raw(rule limits.Rule, name string, data ...byte) recipe {
	return recipe{rule, name, func() []byte { return data }}
}

var text = []byte("The quick brown fox jumps over the lazy dog, and the lazy dog does not mind.\n")

// file returns a small file.
func file(name string) tarbuild.Header { return tarbuild.Header{Name: name, Data: text} }

// edited returns a small file with its fields changed.
func edited(change func(h *tarbuild.Header)) tarbuild.Header {
	h := file("a")
	change(&h)
	return h
}

// device returns a header whose device has a number of its own.
func device(h tarbuild.Header, major string) tarbuild.Header {
	h.Edit = func(b []byte) { copy(b[329:337], major) }
	return h
}

// star returns a header as Schily's star writes it: two times and a mark after a prefix of 131
// bytes.
func star(h tarbuild.Header, prefix, accessed string) tarbuild.Header {
	h.Prefix = prefix
	h.Edit = func(b []byte) {
		copy(b[476:488], accessed)
		copy(b[508:], "tar\x00")
	}
	return h
}

// dir returns a directory.
func dir(name string) tarbuild.Header {
	return tarbuild.Header{Name: name, Type: tarbuild.TypeDir, Mode: "0000755"}
}

// link returns a link.
func link(kind byte, name, target string) tarbuild.Header {
	return tarbuild.Header{Name: name, Type: kind, Link: target, Mode: "0000777"}
}
