package decompress

import (
	"math"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/streams"
)

// An Option changes one thing about an operation. A mistake in one is a *limits.ConfigError. Those
// that lift a protection begin with Unsafe.
type Option func(*config)

// config is what the options say.
type config struct {
	problems    setup.Problems
	op          string
	form        *streams.Form
	lim         limits.Limits
	multistream bool
	lifted      map[Rule]bool
	// what a decoder of another library may hold
	decoderMemory limits.Bytes
}

// Defaults of the limits that may stay unset.
const (
	DefaultItems = 1 << 20
	// DefaultSteps is the default of Steps, plus one for each 64 bytes of OutputBytes.
	DefaultSteps       = 16 << 20
	DefaultMemoryBytes = 16 * limits.MiB
)

const bytesPerStep = 64

// Multistream accepts several gzip members, or bzip2 streams, one after another, and reads them as
// one: what bgzip, pigz, pbzip2 and eStargz write, and what rotated logs are put together from.
// With a format that has no members it does nothing.
func Multistream() Option { return func(c *config) { c.multistream = true } }

// UnsafeAllow lifts rules: RuleTrailingData and RuleGzipHeader. Any other is a *limits.ConfigError.
func UnsafeAllow(rules ...Rule) Option {
	return func(c *config) {
		for _, rule := range rules {
			if c.problems.Liftable(ruleTable, rule) {
				c.lifted[rule] = true
			}
		}
	}
}

// configure applies options and defaults, and tells all mistakes at once.
func configure(op string, f Format, lim limits.Limits, opts []Option) (*config, error) {
	c := &config{op: op, form: f.form, lifted: map[Rule]bool{}}
	if f.form == nil {
		c.problems.Add("the Format", "is the zero Format")
	}
	setup.Apply(&c.problems, c, opts)
	if err := c.problems.Err(op, lim, limits.OutputBytes, limits.Time); err != nil {
		return nil, err
	}
	c.lim = lim.Or(limits.Limits{
		InputBytes:  plus(lim.OutputBytes, lim.OutputBytes/1024, 64*limits.KiB),
		Items:       DefaultItems,
		Depth:       1,
		Steps:       int64(plus(DefaultSteps, lim.OutputBytes/bytesPerStep)),
		MemoryBytes: DefaultMemoryBytes,
	})
	c.decoderMemory = c.lim.MemoryBytes
	return c, nil
}

// plus adds numbers of which the first or the one it was made from may be no budget, and stops at
// the largest.
func plus(numbers ...limits.Bytes) limits.Bytes {
	sum := limits.Bytes(0)
	for _, n := range numbers {
		if n < 0 {
			return limits.UnsafeUnlimited
		}
		if n > math.MaxInt64-sum {
			return math.MaxInt64
		}
		sum += n
	}
	return sum
}
