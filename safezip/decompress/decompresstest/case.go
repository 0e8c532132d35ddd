package decompresstest

import (
	"iter"
	"slices"
	"testing"
	"time"

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
}

// Limits are those under which every hostile stream must be refused and every benign one read.
func Limits() limits.Limits {
	return limits.Limits{OutputBytes: 16 * limits.MiB, Items: 1000, Steps: 400_000, Time: time.Minute}
}

// Options are those of HostileMultistream and BenignMultistream. Hostile and Benign have none.
func Options() []decompress.Option { return []decompress.Option{decompress.Multistream()} }

// Hostile yields streams that must be refused under Limits. There are at least three for each rule.
func Hostile() iter.Seq[Case] {
	return all(hostileStreams, hostileTrailers, hostileHeaders, bombs)
}

// Benign yields streams that must be read under Limits: for each rule at least one that comes close
// to breaking it.
func Benign() iter.Seq[Case] { return all(benign) }

// HostileMultistream and BenignMultistream are for readers that accept several gzip members or
// bzip2 streams as one.
func HostileMultistream() iter.Seq[Case] { return all(hostileMembers) }

// BenignMultistream is described at HostileMultistream.
func BenignMultistream() iter.Seq[Case] { return all(benignMembers) }

// all yields the cases of several lists.
func all(lists ...func() []Case) iter.Seq[Case] {
	return func(yield func(Case) bool) {
		for _, list := range lists {
			for _, c := range list() {
				rule := c.Rule
				if rule == "" {
					rule = "limit"
				}
				c.Name = string(rule) + "/" + c.Format.String() + "-" + c.Name
				if !yield(c) {
					return
				}
			}
		}
	}
}

// Seed adds every case of at most 64 KiB to the corpus of a fuzz target that takes a []byte.
func Seed(f *testing.F) {
	f.Helper()
	for _, cases := range []iter.Seq[Case]{Hostile(), Benign(), HostileMultistream(), BenignMultistream()} {
		for c := range cases {
			if len(c.Data) <= 64<<10 {
				f.Add(slices.Clone(c.Data))
			}
		}
	}
}
