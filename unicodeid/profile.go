package unicodeid

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/limits"
)

// Defaults of the limits and options that may stay unset.
const (
	DefaultDepth       = 4
	DefaultSteps       = 1 << 20
	DefaultMemoryBytes = 1 * limits.MiB
	DefaultTime        = time.Second
	DefaultGraphemes   = 32

	// MaxGraphemes is the ceiling of Graphemes.
	MaxGraphemes = 1 << 20
)

// A Profile is a policy for names under limits. It does not change after New and is safe for
// concurrent use.
type Profile struct {
	lim       limits.Limits
	graphemes int
	// the fewest
	minGraphemes int
	emoji        bool
	space        bool
	auxiliary    bool
	edges        bool
	display      bool // names are for pages: they have no key and no skeletons
	scripts      ucd.Scripts
	punctuation  string
	words        *Words
	list         func() *Words
	id           string

	// plain says of each ASCII byte where it may stand without a further look, and looks is the
	// folded prototype of each.
	plain [utf8.RuneSelf]place
	looks [utf8.RuneSelf]string

	// short is the length in bytes up to which a name whose key is not longer keeps every limit: it
	// has no more code points, steps or bytes of output. It is shortBytes at most.
	short int

	// shortKeyed is the same in a Profile whose names have keys, and 0 in one whose names have none.
	shortKeyed int

	// folds is the same as short for a name whose key is made by folding alone.
	folds int

	// what an oversized name is refused with, by the resource that it exceeds
	tooLong [limits.MemoryBytes + 1]string

	latin ucd.Scripts
	// the systems in which Latin letters may stand beside others: Jpan, Hanb, Kore
	eastAsian ucd.Scripts
}

// shortBytes bounds the names that are not metered: a longer one has its clock looked at, whatever
// the other limits.
const shortBytes = 4096

// A place says where a character may stand.
type place uint8

const (
	elsewhere place = iota // that is for the checks to say
	anywhere               // anywhere in a name
	between                // between two characters that may stand anywhere
)

// DataVersions names the tables that a Profile judges by.
type DataVersions struct {
	Unicode          string // properties, normalization, case folding, grapheme clusters
	Confusables      string // with the revision of the overlay after the +
	IdentifierStatus string
}

// New returns a profile. InputBytes and Items are required; a missing or invalid field, and a bad
// option, is a *limits.ConfigError that lists every mistake.
func New(lim limits.Limits, opts ...Option) (*Profile, error) {
	const op = "unicodeid.New"
	c := &config{lim: withDefaults(lim), minGraphemes: 1}
	setup.Apply(&c.problems, c, opts)
	c.settle()
	c.problems.Between("MinGraphemes", int64(c.minGraphemes), 1, int64(c.graphemes))
	words, problems := newWords(c.words)
	c.problems.Join(problems)
	if err := c.problems.Err(op, lim, limits.InputBytes, limits.Items); err != nil {
		return nil, err
	}
	p := &Profile{lim: c.lim, graphemes: c.graphemes, minGraphemes: c.minGraphemes, emoji: c.emoji, space: c.space,
		auxiliary: c.auxiliary, edges: c.edges, display: c.display, scripts: c.scripts, punctuation: *c.punctuation,
		words: words, list: c.list}
	kind := "handle"
	if c.display {
		kind = "display"
	}
	p.id = kind + "/1-" + c.hash()
	for b := range p.plain {
		char := string(rune(b))
		switch {
		case isASCIIAlphanumeric(byte(b)):
			p.plain[b] = anywhere
		case (char == "-" || char == "_" || char == ".") && strings.Contains(p.punctuation, char):
			p.plain[b] = between
		}
		p.looks[b] = ucd.FoldedSkeleton(char)
	}
	p.short = shortBytes
	for _, part := range [...]struct{ limit, of int64 }{{int64(c.lim.InputBytes), 1}, {c.lim.Items, 1}, {c.lim.Steps, 1},
		{int64(c.lim.OutputBytes), 1}, {int64(c.lim.MemoryBytes), plainBytes}} {
		if part.limit != limits.UnsafeUnlimited {
			p.short = int(min(int64(p.short), part.limit/part.of))
		}
	}
	if !c.display {
		p.shortKeyed = p.short
	}
	p.folds = p.short
	if c.lim.MemoryBytes != limits.UnsafeUnlimited {
		p.folds = int(min(int64(p.short), int64(c.lim.MemoryBytes)/bytesPerRune))
	}
	if c.lim.Steps != limits.UnsafeUnlimited {
		p.folds = int(min(int64(p.folds), c.lim.Steps/foldSteps))
	}
	for _, of := range [...]struct {
		r     limits.Resource
		limit int64
	}{{limits.InputBytes, int64(c.lim.InputBytes)}, {limits.OutputBytes, int64(c.lim.OutputBytes)},
		{limits.Items, c.lim.Items}} {
		p.tooLong[of.r] = limitText(RuleTooLong, unitOf(of.r), of.limit)
	}
	p.latin, _ = ucd.Script("Latn")
	for _, name := range [...]string{"Jpan", "Hanb", "Kore"} {
		system, _ := ucd.Script(name)
		p.eastAsian = p.eastAsian.Or(system)
	}
	return p, nil
}

// withDefaults gives each unset limit its documented default.
func withDefaults(lim limits.Limits) limits.Limits {
	output := limits.Bytes(limits.UnsafeUnlimited)
	if lim.InputBytes > 0 {
		output = min(lim.InputBytes, math.MaxInt64/4) * 4
	}
	return lim.Or(limits.Limits{
		OutputBytes: output,
		Depth:       DefaultDepth,
		Steps:       DefaultSteps,
		MemoryBytes: DefaultMemoryBytes,
		Time:        DefaultTime,
	})
}

// hash names the policy: everything that decides which names are accepted, but for the list of
// WordList.
func (c *config) hash() string {
	sorted := func(s []string) []string { return slices.Sorted(slices.Values(s)) }
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %d %d %t %t %t %t %q %q %q %q %d %s %s", c.lim.String(), c.graphemes,
		c.minGraphemes, c.emoji, c.space, c.auxiliary, c.edges,
		sorted(c.scriptNames), slices.Sorted(slices.Values([]rune(*c.punctuation))), sorted(c.wordTexts(RuleReserved)),
		sorted(c.wordTexts(RuleBlocked)), KeyVersion, ucd.Version, ucd.Confusables))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:5]))
}

// ID names the policy: "handle/1-", or "display/1-" under DisplayName, and eight characters that
// change with every limit, option and table. Store it beside each key, to know later under which
// policy a name was accepted; keys compare the same under every profile.
func (p *Profile) ID() string {
	if p == nil {
		return ""
	}
	return p.id
}

// Data returns the versions of the tables.
func (p *Profile) Data() DataVersions {
	return DataVersions{Unicode: ucd.Version, Confusables: ucd.Confusables, IdentifierStatus: ucd.Version}
}

// ready is the one look at what a call is made with. A nil and a zero Profile refuse to work.
func (p *Profile) ready(ctx context.Context, op string) error {
	switch {
	case p == nil || p.id == "":
		return setup.Misuse(op, "the Profile", "was not made by New")
	case ctx == nil:
		return setup.Misuse(op, "the context", "is nil")
	case ctx.Err() != nil:
		return fmt.Errorf("%s: stopped by the caller's context: %w", op, context.Cause(ctx))
	}
	return nil
}

// over reports whether n is more than a limit allows. A limit that is not unlimited is set: New saw
// to that.
func over[T ~int64](n int, limit T) bool {
	return limit != limits.UnsafeUnlimited && int64(n) > int64(limit)
}
