package safezip

import (
	"time"

	"github.com/seed73825598/airlock/safezip/internal/config"
	"github.com/seed73825598/airlock/safezip/internal/tree"
	"github.com/seed73825598/airlock/safezip/internal/zipwrite"
)

// DefaultLevel is the compression level that a Writer uses without Level.
const DefaultLevel = config.DefaultLevel

// Level sets the compression level of a Writer, from 1 (fastest) to 9 (smallest); the default is
// DefaultLevel. It is an option of writing; see StoreFunc for no compression.
func Level(n int) Option {
	return func(c *config.Config) {
		c.OfWriting("Level")
		if c.Problems.Between("Level", int64(n), 1, config.MaxLevel) {
			c.Writing.Level = n
		}
	}
}

// StoreFunc has a Writer store the files for which f is true, without compression, such as images.
// f sees the Entry that was given to Create. It is an option of writing.
func StoreFunc(f func(Entry) bool) Option {
	return func(c *config.Config) {
		c.OfWriting("StoreFunc")
		if f == nil {
			c.Problems.Nil("StoreFunc")
			return
		}
		c.Writing.Store = func(e *tree.Entry) bool { return f(entryOf(e)) }
	}
}

// FixedTime gives all entries of a Writer the time t, in UTC and in steps of two seconds, whatever
// their own is; the zero Time writes none. With it the same tree gives the same bytes, under one
// release of Go: compress/flate may compress differently under another. It is an option of writing.
func FixedTime(t time.Time) Option {
	return func(c *config.Config) {
		c.OfWriting("FixedTime")
		if !t.IsZero() && !zipwrite.HasTime(t) {
			c.Problems.Add("FixedTime", "is of the year %d: not between 1980 and 2107", t.UTC().Year())
			return
		}
		if !t.IsZero() {
			t = t.UTC().Truncate(2 * time.Second)
		}
		c.Writing.FixedTime = &t
	}
}
