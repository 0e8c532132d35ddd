package safetar

import (
	"io/fs"
	"math"
	"time"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/decompress"
	base "github.com/seed73825598/airlock/safezip/internal/config"
	"github.com/seed73825598/airlock/safezip/internal/tree"
)

// An Option changes one thing about an operation. Options are validated before the archive is
// looked at; a mistake in one is a *limits.ConfigError. Those that lift a protection begin with
// Unsafe.
type Option func(*config)

// The results are those of package safezip, so that a service handles both alike.
type (
	// Entry is what the archive says of one of its entries.
	Entry = safezip.Entry
	// Report says what an operation found and did. Its ArchiveBytes count src as it comes.
	Report = safezip.Report
	// Finding is one broken rule and its place.
	Finding = safezip.Finding
	// Done is how far an extraction has come.
	Done = safezip.Done
)

// config is what limits and options say.
type config struct {
	base        *base.Config
	formats     []decompress.Format // that the archive may be compressed in
	multistream bool
	hardLinks   bool
}

// Defaults of the limits that may stay unset. DefaultSteps is that of Steps, plus one for each 32
// bytes that a compressed archive may become.
const (
	DefaultSteps       = base.DefaultSteps
	DefaultDepth       = base.DefaultDepth
	DefaultMemoryBytes = base.DefaultMemoryBytes
)

const (
	// The most that a compression around the tar may become, besides OutputBytes: headers, records
	// and padding come out of it.
	overheadPerItem = 4 * limits.KiB
	overhead        = 1 * limits.MiB
)

// configure applies options and defaults of an operation that reads.
func configure(op string, lim limits.Limits, opts []Option) (*config, error) {
	c := &config{
		base:    base.New(op, lim, limits.InputBytes, limits.OutputBytes, limits.Items, limits.Time),
		formats: []decompress.Format{decompress.Gzip, decompress.Bzip2},
	}
	setup.Apply(&c.base.Problems, c, opts)
	if c.base.Limits.Steps == 0 {
		c.base.Limits.Steps = stepsFor(tarBytes(lim))
	}
	if err := c.base.Finish(0); err != nil {
		return nil, err
	}
	return c, nil
}

// tarBytes is how long a tar stream may be that comes out of a compression.
func tarBytes(lim limits.Limits) limits.Bytes {
	if lim.OutputBytes <= 0 || lim.Items <= 0 {
		return math.MaxInt64 // No budget, or one that Finish refuses.
	}
	if lim.Items > math.MaxInt64/int64(overheadPerItem)/4 || lim.OutputBytes > math.MaxInt64/4 {
		return math.MaxInt64
	}
	return lim.OutputBytes + limits.Bytes(lim.Items)*overheadPerItem + overhead
}

// stepsFor is the default of Steps for a tar stream of n bytes, which may have to be inflated as
// well.
func stepsFor(n limits.Bytes) int64 {
	return DefaultSteps + min(int64(n)/base.BytesPerStep, math.MaxInt64/4)*2
}

// Compressed says in which formats an archive may be compressed: these and no others, and none if
// none is given. The default is decompress.Gzip and decompress.Bzip2. A format is found by its
// magic; one without magic is a *limits.ConfigError.
func Compressed(formats ...decompress.Format) Option {
	return func(c *config) {
		c.formats = formats
		for _, f := range formats {
			if f.Form() == nil || f.Form().Matches == nil {
				c.base.Problems.Add("Compressed", "names %s, which nothing tells from a plain archive", f.String())
			}
		}
	}
}

// Multistream accepts archives that are compressed as several gzip members, or bzip2 streams, one
// after another: eStargz layers, pigz, pbzip2.
func Multistream() Option { return func(c *config) { c.multistream = true } }

// UnicodeNames lets names beyond ASCII in under rules of their own, as safezip.UnicodeNames does.
func UnicodeNames() Option { return func(c *config) { c.base.Names.Unicode = true } }

// Progress has f called while an extraction runs: at most 20 times a second, and once when all
// entries are done. A stream does not say how much is to come: TotalEntries and TotalBytes are 0
// until the last call.
func Progress(f func(Done)) Option {
	return func(c *config) {
		c.base.OfReading("Progress")
		if f == nil {
			c.base.Problems.Nil("Progress")
			return
		}
		c.base.Progress = func(d base.Done) { f(Done(d)) }
	}
}

// MaxEntryBytes bounds the size of each single entry. The default is no bound but OutputBytes,
// which is for all together.
func MaxEntryBytes(n limits.Bytes) Option {
	return func(c *config) {
		if c.base.Problems.Between("MaxEntryBytes", int64(n), 1, math.MaxInt64) {
			c.base.MaxEntry = n
		}
	}
}

// Select has only the entries unpacked, or handed out by a Reader, for which f returns true, and
// the directories they need. Every check still covers the whole archive. f is called once for each
// entry, in order. Under a Writer and Pack it decides what is packed.
func Select(f func(Entry) bool) Option {
	return func(c *config) {
		if f == nil {
			c.base.Problems.Nil("Select")
			return
		}
		c.base.Select = func(e *tree.Entry) bool {
			return f(Entry{Name: e.Name, Path: e.Path, Size: e.Size, Dir: e.Dir, Mode: e.Mode, Modified: e.Modified})
		}
	}
}

// StripPrefix unpacks what is below the directory prefix of the archive as if that were its root.
// An entry beside it is refused under RuleOutsidePrefix, unless Select leaves it out.
func StripPrefix(prefix string) Option {
	return func(c *config) {
		c.base.OfReading("StripPrefix")
		c.base.SetPrefix(prefix)
	}
}

// StripTop unpacks what is in the single top directory of the archive as if that were its root, if
// every entry that SkipMacOS does not leave out lies in one, whatever Select says. Otherwise it
// changes nothing: so the layout is the sender's choice, and Report.Stripped says what was taken
// away. An archive of one file has no top directory. Links are judged from the new root: a symbolic
// link that leaves the top directory is refused, also one that comes back to it by name.
//
// The end of the archive alone tells whether there is one top directory: Extract and ExtractFile
// make it the tree in the stage, before the links and the rename. Under ExtractRoot and NewReader,
// and with StripPrefix, StripTop is a *limits.ConfigError.
func StripTop() Option {
	return func(c *config) {
		c.base.OfReading("StripTop")
		c.base.StripTop = true
	}
}

// SkipMacOS leaves out what macOS adds to archives: __MACOSX, .DS_Store, names that begin with
// "._", and "Icon\r", at any depth, with all below them and with a note for each. Structure, data,
// collisions and limits cover them all the same, and so do the rules about links and about where a
// name leads; those about how it is spelt do not. A hard link to one of them is refused.
func SkipMacOS() Option {
	return func(c *config) {
		c.base.OfReading("SkipMacOS")
		c.base.Names.SkipMacOS = true
	}
}

// Replace lets Extract and ExtractFile put the new tree in the place of dir, and moves the paths in
// keep from the old tree into the new one, as safezip.Replace does. An entry where something is
// kept is refused under RuleKeptName, when the archive has been read. Under ExtractRoot it is a
// *limits.ConfigError.
func Replace(keep ...string) Option {
	return func(c *config) {
		c.base.OfReading("Replace")
		c.base.SetReplace(keep)
	}
}

// KeepTimes sets the files' and directories' modification times to those in the archive, if they
// lie between 1980 and a day from now; others stay as they are, with a note.
func KeepTimes() Option {
	return func(c *config) {
		c.base.OfReading("KeepTimes")
		c.base.KeepTimes = true
	}
}

// Modes sets the permission bits of new files and directories, before the umask; 0o644 and 0o755
// are the defaults. The modes in the archive are not used: set-user-ID, set-group-ID and sticky
// bits never reach the disk.
func Modes(file, dir fs.FileMode) Option {
	return func(c *config) {
		c.base.OfReading("Modes")
		c.base.Modes(file, dir)
	}
}

// Sync has every file, every directory and the final rename reach the disk (fsync) before Extract
// returns.
func Sync() Option {
	return func(c *config) {
		c.base.OfReading("Sync")
		c.base.Sync = true
	}
}

// FixedTime gives all entries of a Writer the time t, in UTC and in whole seconds, whatever their
// own is; the zero Time writes 1970-01-01. With it the same tree gives the same bytes. It is an
// option of writing.
func FixedTime(t time.Time) Option {
	return func(c *config) {
		c.base.OfWriting("FixedTime")
		if t.IsZero() {
			t = time.Unix(0, 0)
		}
		t = t.UTC().Truncate(time.Second)
		c.base.Writing.FixedTime = &t
	}
}

// UnsafeAllow lifts single rules. The findings that they would have refused go to Report.Notes; the
// comment of each rule says what then happens. A rule that cannot be lifted is a
// *limits.ConfigError.
func UnsafeAllow(rules ...Rule) Option {
	return func(c *config) { c.base.Lift(rules, ruleTable) }
}

// UnsafeSymlinks lets symbolic links be made, as safezip.UnsafeSymlinks does: relative ones that
// lead through the archive's own tree to a file or directory in it. They are made when everything
// else has been written.
func UnsafeSymlinks() Option { return func(c *config) { c.base.Symlinks = true } }

// UnsafeHardLinks lets hard links be made to regular files that came earlier in the same archive.
// Their size counts once. This stays unsafe: a program that writes to one name changes the other.
func UnsafeHardLinks() Option { return func(c *config) { c.hardLinks = true } }

// UnsafeKeepExecutable gives a file that is executable for anyone in the archive the execute bits
// for all, before the umask.
func UnsafeKeepExecutable() Option {
	return func(c *config) {
		c.base.OfReading("UnsafeKeepExecutable")
		c.base.KeepExecutable = true
	}
}
