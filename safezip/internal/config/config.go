// Package config holds what the options of safezip and its sub-packages say: data only, validated
// once for an operation and not changed after that.
package config

import (
	"io/fs"
	"math"
	"runtime"
	"strings"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/filename"
	"github.com/seed73825598/airlock/safezip/internal/tree"
)

// Defaults of the limits and options that may stay unset, and ceilings. Package safezip gives the
// exported ones their public names.
const (
	DefaultSteps          = 16 << 20 // plus one for each BytesPerStep of OutputBytes
	DefaultDepth          = 32
	DefaultMemoryBytes    = 64 * limits.MiB
	DefaultDirectoryBytes = 16 * limits.MiB
	MaxDirectoryBytes     = 1 * limits.GiB
	MaxWorkers            = 256
	DefaultSpoolBytes     = 1 * limits.MiB
	DefaultNesting        = 3
	MaxNesting            = 16

	DefaultFileMode fs.FileMode = 0o644
	DefaultDirMode  fs.FileMode = 0o755

	// BytesPerStep is how many bytes of data are one step.
	BytesPerStep = 64
)

// Done is how far an extraction has come.
type Done struct {
	Entries, TotalEntries int64
	Bytes, TotalBytes     int64
}

// Config is the validated form of limits and options.
type Config struct {
	Op             string
	Limits         limits.Limits
	Names          tree.Policy
	Progress       func(Done)
	Select         func(*tree.Entry) bool
	Strip          []string // the components of StripPrefix
	Workers        int
	MaxEntry       limits.Bytes // 0 for none beside OutputBytes
	DirectoryBytes limits.Bytes
	FileMode       fs.FileMode
	DirMode        fs.FileMode
	KeepTimes      bool
	KeepExecutable bool
	Symlinks       bool
	Sync           bool
	StripTop       bool              // the single top directory becomes the root
	Replace        bool              // an existing directory
	Keep           []string          // paths of the old directory that move into the new one
	TempDir        string            // where streams are spooled; empty for the system's
	SpoolBytes     limits.Bytes      // up to which they are kept in memory
	Nesting        int               // how many archives may stand inside each other
	Writing        Writing           // how archives are written
	Required       []limits.Resource // the limits without which nothing is unpacked

	// Problems are the mistakes in all of them.
	Problems setup.Problems

	reading    []string // the options that were given and are about reading alone
	writing    []string // and those about writing alone
	inputUnset bool
	prefix     *string // what StripPrefix was given; nil for nothing
}

// New returns the configuration of an operation before any option.
func New(op string, lim limits.Limits, required ...limits.Resource) *Config {
	return &Config{
		Op: op, Limits: lim, Names: tree.Policy{Lifted: map[limits.Rule]bool{}},
		Workers:        min(runtime.GOMAXPROCS(0), MaxWorkers),
		DirectoryBytes: DefaultDirectoryBytes, FileMode: DefaultFileMode, DirMode: DefaultDirMode,
		SpoolBytes: DefaultSpoolBytes, Nesting: DefaultNesting, Writing: Writing{Level: DefaultLevel},
		Required: required,
	}
}

// Finish validates what the options said together and gives each unset limit its default. Every
// mistake is reported at once.
func (c *Config) Finish(size int64) error {
	c.stripPrefix()
	for _, option := range c.writing {
		c.Problems.Add(option, "is an option of writing, and this reads")
	}
	if size < 0 {
		c.Problems.Add("size", "is %d: not the size of a file", size)
	}
	if err := c.Problems.Err(c.Op, c.Limits, c.Required...); err != nil {
		return err
	}
	c.setDefaults()
	c.SetSize(size)
	return nil
}

// Inside returns the configuration of an archive inside: without the options that are about the
// outer one alone.
func (c *Config) Inside(op string) *Config {
	inside := *c
	inside.Op, inside.Select = op, nil
	inside.Strip, inside.StripTop = nil, false
	inside.Replace, inside.Keep = false, nil
	return &inside
}

// FinishNames is Finish of an operation that judges names alone. Options of reading and of writing
// are both taken.
func (c *Config) FinishNames() error {
	c.stripPrefix()
	return c.Problems.Err(c.Op, c.Limits)
}

// SetSize gives the archive's size to InputBytes if nothing was set, once it is known.
func (c *Config) SetSize(size int64) {
	if c.inputUnset {
		c.Limits.InputBytes = limits.Bytes(max(size, 1))
	}
}

// setDefaults gives each unset limit its documented default.
func (c *Config) setDefaults() {
	c.inputUnset = c.Limits.InputBytes == 0
	steps := int64(limits.UnsafeUnlimited)
	if c.Limits.OutputBytes != limits.UnsafeUnlimited {
		steps = DefaultSteps + int64(c.Limits.OutputBytes)/BytesPerStep
	}
	c.Limits = c.Limits.Or(limits.Limits{Depth: DefaultDepth, MemoryBytes: DefaultMemoryBytes, Steps: steps})
}

// Lift is UnsafeAllow for a package with the given rules.
func (c *Config) Lift(rules []limits.Rule, table setup.RuleTable) {
	for _, r := range rules {
		switch {
		case !c.Problems.Liftable(table, r):
		case runtime.GOOS == "windows" && (r == filename.ReservedName || r == filename.TrailingDotSpace ||
			r == filename.IllegalCharacter):
			// Here the file system would open a device or a stream, or drop the dot: the name on
			// disk would be another one.
			c.Problems.Add("UnsafeAllow", "cannot lift %q on Windows", string(r))
		default:
			c.Names.Lifted[r] = true
		}
	}
}

// SetReplace is the option Replace.
func (c *Config) SetReplace(keep []string) {
	c.Replace = true
	for _, p := range keep {
		if p == "." || !fs.ValidPath(p) {
			c.Problems.Add("Replace", "keeps %s: not a path within the directory, with slashes and without \"..\"",
				limits.Quote(p))
			continue
		}
		for _, q := range c.Keep {
			if p == q || strings.HasPrefix(p, q+"/") || strings.HasPrefix(q, p+"/") {
				c.Problems.Add("Replace", "keeps %s and %s: one is within the other", limits.Quote(q), limits.Quote(p))
			}
		}
		c.Keep = append(c.Keep, p)
	}
}

// SetPrefix is StripPrefix.
func (c *Config) SetPrefix(prefix string) { c.prefix = &prefix }

// stripPrefix judges what SetPrefix was given, once every option is known.
func (c *Config) stripPrefix() {
	if c.prefix == nil {
		return
	}
	if c.StripTop {
		c.Problems.Together("StripPrefix", "StripTop", "each says what becomes the root")
	}
	prefix := strings.TrimSuffix(*c.prefix, "/")
	for _, problem := range filename.Check(prefix) {
		if !c.Names.Admits(problem.Rule) {
			c.Problems.Add("StripPrefix", "is %s: %s", limits.Quote(prefix), problem.Detail)
			return
		}
	}
	c.Strip = filename.Components(prefix)
}

// Modes is the option of that name.
func (c *Config) Modes(file, dir fs.FileMode) {
	if file&^0o777 != 0 || file&0o600 != 0o600 {
		c.Problems.Add("Modes", "for files is %#o: permission bits with at least 0600 are needed", uint32(file))
	}
	if dir&^0o777 != 0 || dir&0o700 != 0o700 {
		c.Problems.Add("Modes", "for directories is %#o: permission bits with at least 0700 are needed", uint32(dir))
	}
	c.FileMode, c.DirMode = file, dir
}

// MaxEntryBytes is the largest entry that may be unpacked.
func (c *Config) MaxEntryBytes() int64 {
	if c.MaxEntry == 0 {
		return math.MaxInt64
	}
	return int64(c.MaxEntry)
}
