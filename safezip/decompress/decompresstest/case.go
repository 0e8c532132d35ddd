package decompresstest

import (
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/caselist"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/decompress"
)

// A Case is one stream.
type Case struct {
	// "checksum/gzip-one-bit": the rule, and what is special about the stream; unique
	Name string
	// the rule that a hostile stream breaks, and a benign one comes close to; empty for a bomb, which
	// a limit must stop
	Rule   limits.Rule
	Format decompress.Format
	Data   []byte
	Want   []byte // what a benign stream holds

	options []decompress.Option
}

// Limits are those under which every hostile stream must be refused and every benign one read.
func Limits() limits.Limits {
	return limits.Limits{OutputBytes: 16 * limits.MiB, Items: 1000, Steps: 400_000, Time: time.Minute}
}

// Options are those of HostileMultistream and BenignMultistream. Hostile and Benign have none.
func Options() []decompress.Option { return []decompress.Option{decompress.Multistream()} }

// Limits are those of the package: they are the same for each case.
func (c Case) Limits() limits.Limits { return Limits() }

// Options are those under which the stream is hostile or benign; there are none in Hostile and
// Benign.
func (c Case) Options() []decompress.Option { return slices.Clone(c.options) }

// Hostile yields streams that must be refused under Limits. There are at least three for each rule.
func Hostile() iter.Seq[Case] {
	return all(nil, hostileStreams, hostileTrailers, hostileHeaders, bombs)
}

// Benign yields streams that must be read under Limits: for each rule at least one that comes close
// to breaking it.
func Benign() iter.Seq[Case] { return all(nil, benign) }

// HostileMultistream and BenignMultistream are for readers that accept several gzip members or
// bzip2 streams as one.
func HostileMultistream() iter.Seq[Case] { return all(Options(), hostileMembers) }

// BenignMultistream is described at HostileMultistream.
func BenignMultistream() iter.Seq[Case] { return all(Options(), benignMembers) }

// Seed adds every case of at most 64 KiB to the corpus of a fuzz target that takes a []byte.
func Seed(f *testing.F) {
	f.Helper()
	caselist.Seed(f, func(c Case) []byte { return c.Data }, Hostile(), Benign(), HostileMultistream(), BenignMultistream())
}

// all yields the cases of several lists, which share their options.
func all(options []decompress.Option, lists ...func() []Case) iter.Seq[Case] {
	return caselist.All(func(c Case) Case {
		c.Name, c.options = caselist.Name(c.Rule, c.Format.String()+"-"+c.Name), options
		return c
	}, lists...)
}
