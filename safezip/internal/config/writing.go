package config

import (
	"math"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/tree"
)

// Levels of compression.
const (
	DefaultLevel = 6
	MaxLevel     = 9
)

// Writing is what the options about writing say.
type Writing struct {
	Level     int
	Store     func(*tree.Entry) bool // nil to compress every file
	FixedTime *time.Time             // nil for the entries' own
}

// OfReading notes that an option was given which is about reading alone.
func (c *Config) OfReading(option string) { c.reading = append(c.reading, option) }

// OfWriting notes that an option was given which is about writing alone.
func (c *Config) OfWriting(option string) { c.writing = append(c.writing, option) }

// FinishWriting is Finish of an operation that writes an archive.
func (c *Config) FinishWriting() error {
	for _, option := range c.reading {
		c.Problems.Add(option, "is an option of reading, and this writes")
	}
	c.writing = nil
	l := &c.Limits
	if l.OutputBytes == 0 {
		l.OutputBytes = defaultOutput(l.InputBytes, l.Items)
	}
	if l.Steps == 0 && l.InputBytes > 0 {
		l.Steps = DefaultSteps + int64(l.InputBytes)/BytesPerStep
	}
	return c.Finish(0)
}

// defaultOutput is what an archive takes at most that holds input bytes of names and data in so
// many entries: compressing adds little to what cannot be compressed, each name stands in two
// headers, and headers are far below 1 KiB.
func defaultOutput(input limits.Bytes, items int64) limits.Bytes {
	const header = int64(limits.KiB)
	if input == limits.UnsafeUnlimited || items == limits.UnsafeUnlimited {
		return limits.UnsafeUnlimited
	}
	if input <= 0 || items <= 0 {
		return limits.UnsafeUnlimited // Finish refuses them.
	}
	if items > math.MaxInt64/header/2 || int64(input) > math.MaxInt64/8 {
		return math.MaxInt64
	}
	return 2*input + limits.Bytes(header*(items+1))
}
