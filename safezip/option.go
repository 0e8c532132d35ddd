package safezip

import (
	"io"
	"io/fs"
	"math"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/config"
	"github.com/seed73825598/airlock/safezip/internal/tree"
)

// An Option changes one thing about an operation. Options are validated before the archive is
// looked at; a mistake in one is a *limits.ConfigError. Those that lift a protection begin with
// Unsafe.
type Option func(*config.Config)

// Defaults of the limits and options that may stay unset, and ceilings.
const (
	// DefaultSteps is the default of Steps, plus one for each 64 bytes of OutputBytes.
	DefaultSteps          = config.DefaultSteps
	DefaultDepth          = config.DefaultDepth
	DefaultMemoryBytes    = config.DefaultMemoryBytes
	DefaultDirectoryBytes = config.DefaultDirectoryBytes
	DefaultSpoolBytes     = config.DefaultSpoolBytes
	DefaultNesting        = config.DefaultNesting

	// MaxDirectoryBytes is the ceiling of DirectoryBytes.
	MaxDirectoryBytes = config.MaxDirectoryBytes
	// MaxWorkers is the ceiling of Workers.
	MaxWorkers = config.MaxWorkers
	// MaxNesting is the ceiling of Nesting.
	MaxNesting = config.MaxNesting
)

// configure applies options and defaults of an operation that reads. Every mistake in them is
// reported at once, before the archive is looked at.
func configure(op string, size int64, lim limits.Limits, opts []Option, alsoRequired ...limits.Resource) (
	*config.Config, error) {
	c := config.New(op, lim, append(alsoRequired, limits.OutputBytes, limits.Items, limits.Time)...)
	setup.Apply(&c.Problems, c, opts)
	if err := c.Finish(size); err != nil {
		return nil, err
	}
	return c, nil
}

// configureWriting is configure of an operation that writes.
func configureWriting(op string, dst io.Writer, lim limits.Limits, opts []Option) (*config.Config, error) {
	c := config.New(op, lim, limits.InputBytes, limits.Items, limits.Time)
	setup.Apply(&c.Problems, c, opts)
	if dst == nil {
		c.Problems.Nil("w")
	}
	if err := c.FinishWriting(); err != nil {
		return nil, err
	}
	return c, nil
}

// Done is how far an extraction has come.
type Done struct {
	Entries, TotalEntries int64 // entries of the archive, those that are only checked included
	Bytes, TotalBytes     int64 // unpacked
}

// Progress has f called while an extraction runs: at most 20 times a second, and once when all
// entries are done. It is called on the goroutine that called Extract, never twice at a time. If it
// panics, the extraction is undone and the panic goes on.
func Progress(f func(Done)) Option {
	return func(c *config.Config) {
		c.OfReading("Progress")
		if f == nil {
			c.Problems.Nil("Progress")
			return
		}
		c.Progress = func(d config.Done) { f(Done(d)) }
	}
}

// Workers sets how many goroutines inflate and write, from 1 to MaxWorkers; the default is
// GOMAXPROCS. The files on disk and the error of a refused archive do not depend on it. Fewer run
// if MemoryBytes does not hold the buffers of all.
func Workers(n int) Option {
	return func(c *config.Config) {
		c.OfReading("Workers")
		if c.Problems.Between("Workers", int64(n), 1, MaxWorkers) {
			c.Workers = n
		}
	}
}

// MaxEntryBytes bounds the unpacked size of each single entry. The default is no bound but
// OutputBytes, which is for all together. An entry that declares more refuses the archive before
// anything is written.
func MaxEntryBytes(n limits.Bytes) Option {
	return func(c *config.Config) {
		if c.Problems.Between("MaxEntryBytes", int64(n), 1, math.MaxInt64) {
			c.MaxEntry = n
		}
	}
}

// DirectoryBytes bounds the central directory, names, extra fields and comments included. The
// default is DefaultDirectoryBytes, the ceiling MaxDirectoryBytes. Its form in memory is bounded by
// MemoryBytes besides.
func DirectoryBytes(n limits.Bytes) Option {
	return func(c *config.Config) {
		if c.Problems.Between("DirectoryBytes", int64(n), 1, int64(MaxDirectoryBytes)) {
			c.DirectoryBytes = n
		}
	}
}

// Select has only the entries written for which f returns true, and the directories they need.
// Every check still covers the whole archive: the other entries are inflated and compared with
// their checksums as well, and written nowhere. f is called once for each entry, in the order of
// the central directory, on the calling goroutine; Extract calls it only for archives whose names
// and structure have been accepted, Inspect for refused ones too.
func Select(f func(Entry) bool) Option {
	return func(c *config.Config) {
		if f == nil {
			c.Problems.Nil("Select")
			return
		}
		c.Select = func(e *tree.Entry) bool { return f(entryOf(e)) }
	}
}

// StripPrefix unpacks what is below the directory prefix of the archive as if that were its root.
// An entry beside it is refused under RuleOutsidePrefix, unless Select leaves it out.
func StripPrefix(prefix string) Option {
	return func(c *config.Config) {
		c.OfReading("StripPrefix")
		c.SetPrefix(prefix)
	}
}

// StripTop unpacks what is in the single top directory of the archive as if that were its root, if
// every entry that SkipMacOS does not leave out lies in one; Select is asked afterwards. Otherwise
// it changes nothing: so the layout is the sender's choice, and Report.Stripped says what was taken
// away. An archive of one file has no top directory. With StripPrefix it is a *limits.ConfigError.
func StripTop() Option {
	return func(c *config.Config) {
		c.OfReading("StripTop")
		c.StripTop = true
	}
}

// SkipMacOS leaves out what macOS adds to archives: __MACOSX, .DS_Store, names that begin with
// "._", and "Icon\r", at any depth, with all below them and with a note for each. Structure, data,
// collisions and limits cover them all the same, and so do the rules about where a name leads;
// those about how it is spelt do not.
func SkipMacOS() Option {
	return func(c *config.Config) {
		c.OfReading("SkipMacOS")
		c.Names.SkipMacOS = true
	}
}

// NameDecoder reads names beyond ASCII that do not say they are UTF-8 by decode, before they are
// split into components and judged. It implies UnicodeNames: what decode returns is held to the
// same rules. label names the encoding in notes, one for each name. An error of decode, and text
// that is not UTF-8, refuse the entry under RuleNameEncoding. decode must depend on nothing but
// raw, and is called by several operations at once if the option is shared. It may be given once.
//
// Package safezip/codepage has decoders for the encodings that archives come in.
func NameDecoder(label string, decode func(raw []byte) (string, error)) Option {
	return func(c *config.Config) {
		c.OfReading("NameDecoder")
		switch {
		case decode == nil:
			c.Problems.Nil("NameDecoder")
		case c.Names.Decode != nil:
			c.Problems.Add("NameDecoder", "is given twice")
		case label == "":
			c.Problems.Add("NameDecoder", "has an empty label")
		}
		c.Names.Unicode, c.Names.Label, c.Names.Decode = true, label, decode
	}
}

// Replace lets Extract, ExtractFile and ExtractStream put the new tree in the place of dir. Paths
// in keep (slash-separated, as fs.ValidPath has it, none within another) move from the old tree
// into the new one. One that the old tree does not have is noted; one that the archive also has, or
// that some file system takes for a name of the archive, is refused under RuleKeptName: a theme
// must not bring its own uploads. If dir does not exist, Replace changes nothing. dir must not be a
// link.
//
// The new tree is built and checked beside dir. Then the two change places, in one step where the
// system has one (Linux: renameat2); elsewhere there are two renames, and dir is missing between
// them. The kept paths move after that, with one rename for each, and are missing from dir until
// then. If something goes wrong, all goes back. If the process is killed, the old tree stays beside
// dir together with the list of what is kept, and RemoveStale, or the next Extract with Replace,
// finishes the move and then removes the rest; a path that has been made anew in dir in the
// meantime is left where it is, as an error that says so. No link in the old tree is followed.
//
// Operations that replace one directory at once do so one after the other, where the system has
// locks (RemoveStale says which); one that waits is within its Time.
//
// A file system that is mounted in dir moves with a kept directory around it. If there is none, the
// directory is not replaced and the error is an fs.PathError, because removing the old tree would
// empty what is mounted. That is known on Linux, from /proc; elsewhere unmount it first.
//
// Under ExtractRoot it is a *limits.ConfigError.
func Replace(keep ...string) Option {
	return func(c *config.Config) {
		c.OfReading("Replace")
		c.SetReplace(keep)
	}
}

// KeepTimes sets the files' and directories' modification times to those in the archive, if they
// lie between 1980 and a day from now; others stay as they are, with a note. Without it nothing on
// disk says when the archive claims to have been made.
func KeepTimes() Option {
	return func(c *config.Config) {
		c.OfReading("KeepTimes")
		c.KeepTimes = true
	}
}

// Modes sets the permission bits of new files and directories, before the umask; 0o644 and 0o755
// are the defaults. The modes in the archive are not used: set-user-ID, set-group-ID and sticky
// bits never reach the disk.
func Modes(file, dir fs.FileMode) Option {
	return func(c *config.Config) {
		c.OfReading("Modes")
		c.Modes(file, dir)
	}
}

// UnicodeNames lets names beyond ASCII in if they are UTF-8, under rules of their own (with a note
// if the entry does not say that it is UTF-8; see NameDecoder for other encodings): nothing
// invisible but within emoji, no direction controls, no lookalikes of separators, nothing that
// Unicode 15.0 has not assigned, no controls, and no two names that differ only in case or
// composition. Names in NFD, as macOS writes them, pass, and are written as they are.
func UnicodeNames() Option {
	return func(c *config.Config) { c.Names.Unicode = true }
}

// Sync has every file, every directory and the final rename reach the disk (fsync) before Extract
// returns.
func Sync() Option {
	return func(c *config.Config) {
		c.OfReading("Sync")
		c.Sync = true
	}
}

// TempDir sets the directory in which ExtractStream, OpenStream and OpenArchive keep what is larger
// than SpoolBytes; the default is os.TempDir. It must exist. On a tmpfs, as /tmp is on many
// systems, what is kept there takes memory, and MemoryBytes does not count it.
func TempDir(dir string) Option {
	return func(c *config.Config) {
		c.OfReading("TempDir")
		if dir == "" {
			c.Problems.Add("TempDir", "is empty")
		}
		c.TempDir = dir
	}
}

// SpoolBytes sets how much of a stream, or of an archive inside another, is kept in memory, where
// MemoryBytes counts it; what is larger goes to a file in TempDir. The default is
// DefaultSpoolBytes.
func SpoolBytes(n limits.Bytes) Option {
	return func(c *config.Config) {
		c.OfReading("SpoolBytes")
		if c.Problems.Between("SpoolBytes", int64(n), 1, math.MaxInt64) {
			c.SpoolBytes = n
		}
	}
}

// Nesting sets how many archives may stand inside each other for OpenArchive, from 0 (none inside)
// to MaxNesting; the default is DefaultNesting.
func Nesting(n int) Option {
	return func(c *config.Config) {
		c.OfReading("Nesting")
		if n < 0 || n > MaxNesting {
			c.Problems.Add("Nesting", "is %d: not between 0 and %d", n, MaxNesting)
			return
		}
		c.Nesting = n
	}
}

// UnsafeAllow lifts single rules. The findings that they would have refused go to Report.Notes, and
// the central directory's word is taken; the comment of each rule says what that means. A rule that
// cannot be lifted is a *limits.ConfigError.
func UnsafeAllow(rules ...Rule) Option {
	return func(c *config.Config) { c.Lift(rules, ruleTable) }
}

// UnsafeSymlinks lets symbolic links be made. They are relative, their target has at most 4 KiB,
// and it leads through the archive's own tree, link by link, to a file or directory in it. ".."
// leads up from the directory that the way has reached, and never out of the one that is unpacked;
// where it comes after a link, the text without both must not lead out or to another place either.
// Links are made when everything else has been written. This stays unsafe: programs that walk the
// directory afterwards may follow them, and see one file under several names.
func UnsafeSymlinks() Option {
	return func(c *config.Config) { c.Symlinks = true }
}

// UnsafeKeepExecutable gives a file that is executable for anyone in the archive the execute bits
// for all, before the umask.
func UnsafeKeepExecutable() Option {
	return func(c *config.Config) {
		c.OfReading("UnsafeKeepExecutable")
		c.KeepExecutable = true
	}
}
