package safezip

import (
	"fmt"
	"io/fs"
	"math"
	"runtime"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/filename"
)

// Defaults of the limits and options that may stay unset.
const (
	DefaultSteps          = 16 << 20 // plus one for each 64 bytes of OutputBytes
	DefaultDepth          = 32
	DefaultMemoryBytes    = 64 * limits.MiB
	DefaultDirectoryBytes = 16 * limits.MiB

	// MaxDirectoryBytes is the ceiling of DirectoryBytes.
	MaxDirectoryBytes = 1 * limits.GiB
	// MaxWorkers is the ceiling of Workers.
	MaxWorkers = 256

	defaultFileMode fs.FileMode = 0o644
	defaultDirMode  fs.FileMode = 0o755

	bytesPerStep = 64
)

// config is the validated form of limits and options: made once for an operation, and not changed
// after that.
type config struct {
	op             string
	lim            limits.Limits
	lifted         map[Rule]bool
	progress       func(Done)
	selected       func(Entry) bool
	prefix         *string  // what StripPrefix was given; nil for nothing
	strip          []string // its components
	unicode        bool     // names beyond ASCII
	workers        int
	maxEntry       limits.Bytes // 0 for none beside OutputBytes
	directoryBytes limits.Bytes
	fileMode       fs.FileMode
	dirMode        fs.FileMode
	keepTimes      bool
	keepExecutable bool
	symlinks       bool
	sync           bool
	inputUnset     bool
	tempDir        string            // where streams are spooled; empty for the system's
	required       []limits.Resource // the limits without which nothing is unpacked
	problems       []limits.FieldProblem
}

// configure applies options and defaults. Every mistake in them is reported at once, before the
// archive is looked at.
func configure(op string, size int64, lim limits.Limits, opts []Option, alsoRequired ...limits.Resource) (*config,
	error) {
	c := &config{
		op: op, lim: lim, lifted: map[Rule]bool{}, workers: runtime.GOMAXPROCS(0),
		directoryBytes: DefaultDirectoryBytes, fileMode: defaultFileMode, dirMode: defaultDirMode,
		required: append(alsoRequired, limits.OutputBytes, limits.Items, limits.Time),
	}
	c.workers = min(c.workers, MaxWorkers)
	for _, opt := range opts {
		if opt == nil {
			c.problem("an Option", "is nil")
			continue
		}
		opt(c)
	}
	c.stripPrefix()
	if size < 0 {
		c.problem("size", "is %d: not the size of a file", size)
	}
	if len(c.problems) > 0 {
		return nil, &limits.ConfigError{Op: op, Problems: c.problems}
	}
	if err := lim.Check(op, c.required...); err != nil {
		return nil, err
	}
	c.setDefaults()
	c.setSize(size)
	return c, nil
}

// setSize gives the archive's size to InputBytes if nothing was set, once it is known.
func (c *config) setSize(size int64) {
	if c.inputUnset {
		c.lim.InputBytes = limits.Bytes(max(size, 1))
	}
}

// setDefaults gives each unset limit its documented default.
func (c *config) setDefaults() {
	l := &c.lim
	c.inputUnset = l.InputBytes == 0
	if l.Depth == 0 {
		l.Depth = DefaultDepth
	}
	if l.MemoryBytes == 0 {
		l.MemoryBytes = DefaultMemoryBytes
	}
	if l.Steps == 0 {
		l.Steps = limits.UnsafeUnlimited
		if l.OutputBytes != limits.UnsafeUnlimited {
			l.Steps = DefaultSteps + int64(l.OutputBytes)/bytesPerStep
		}
	}
}

// problem notes a mistake in the options.
func (c *config) problem(field, format string, args ...any) {
	c.problems = append(c.problems, limits.FieldProblem{Field: field, Reason: fmt.Sprintf(format, args...)})
}

// liftRules is UnsafeAllow.
func (c *config) liftRules(rules []Rule) {
	for _, r := range rules {
		switch liftable, known := isLiftable(r); {
		case !known:
			c.problem("UnsafeAllow", "names no rule of this package: %q", string(r))
		case !liftable:
			c.problem("UnsafeAllow", "cannot lift %q, which belongs to the trust boundary", string(r))
		case runtime.GOOS == "windows" && (r == RuleReservedName || r == RuleTrailingDotSpace ||
			r == RuleIllegalCharacter):
			// Here the file system would open a device or a stream, or drop the dot: the name on
			// disk would be another one.
			c.problem("UnsafeAllow", "cannot lift %q on Windows", string(r))
		default:
			c.lifted[r] = true
		}
	}
}

// stripPrefix is StripPrefix, once every option is known.
func (c *config) stripPrefix() {
	if c.prefix == nil {
		return
	}
	prefix := strings.TrimSuffix(*c.prefix, "/")
	for _, problem := range filename.Check(prefix) {
		if !c.admits(problem.Rule) {
			c.problem("StripPrefix", "is %s: %s", limits.Quote(prefix), problem.Detail)
			return
		}
	}
	c.strip = filename.Components(prefix)
}

// admits reports a rule about names that the options put others in the place of.
func (c *config) admits(rule Rule) bool { return rule == RuleNonASCII && c.unicode }

// modes is Modes.
func (c *config) modes(file, dir fs.FileMode) {
	if file&^0o777 != 0 || file&0o600 != 0o600 {
		c.problem("Modes", "for files is %#o: permission bits with at least 0600 are needed", uint32(file))
	}
	if dir&^0o777 != 0 || dir&0o700 != 0o700 {
		c.problem("Modes", "for directories is %#o: permission bits with at least 0700 are needed", uint32(dir))
	}
	c.fileMode, c.dirMode = file, dir
}

// within notes a problem unless 1 <= v <= ceiling.
func (c *config) within(field string, v, ceiling int64) bool {
	if v < 1 || v > ceiling {
		c.problem(field, "is %d: not between 1 and %d", v, ceiling)
		return false
	}
	return true
}

// maxEntryBytes is the largest entry that may be unpacked.
func (c *config) maxEntryBytes() int64 {
	if c.maxEntry == 0 {
		return math.MaxInt64
	}
	return int64(c.maxEntry)
}
