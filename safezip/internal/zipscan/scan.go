package zipscan

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/seed73825598/airlock/limits"
)

// Config says what a scan may cost and who decides about its findings.
type Config struct {
	Op             string         // the name of the operation, for errors
	Budget         *limits.Budget // Items, Steps, MemoryBytes and OutputBytes are asked
	DirectoryBytes int64          // the largest central directory to read
	// a read of the source only copies memory, so that reading what lies between two headers costs
	// more than another read
	InMemory bool
	// an error ends the scan and is returned; nil lets it go on
	Report func(f Finding) error
	// Note takes what is worth telling and breaks no rule; an error ends the scan; nil to
	// drop it
	Note func(f Finding) error
}

// An Archive is what a scan has proven.
type Archive struct {
	Entries         []Entry // in the order of the central directory
	DirectoryOffset int64
	DirectorySize   int64
	Size            int64 // of all entries together, unpacked
	Held            int64 // what it takes of MemoryBytes
}

// Signatures of the records, and the values that say "see the zip64 record".
const (
	max16 = math.MaxUint16
	max32 = math.MaxUint32

	localSignature     = "PK\x03\x04"
	centralSignature   = "PK\x01\x02"
	signatureSignature = "PK\x05\x05"
	endSignature       = "PK\x05\x06"
	end64Signature     = "PK\x06\x06"
	locatorSignature   = "PK\x06\x07"
	dataSignature      = "PK\x07\x08"
	splitMarker        = "PK00"
)

// errStop ends a scan that cannot go on although Report would let it: what follows a record without
// an end is not readable.
var errStop = errors.New("zipscan: the archive cannot be read any further")

// scanner is the state of one scan.
type scanner struct {
	Config
	src  io.ReaderAt
	size int64
	near window // end records, local headers, descriptors
	list window // the central directory
	// what takes the names of entries, one after another: a string for each would be an allocation
	// for each
	names strings.Builder
	// the entries by the place of their local headers, and what has been fetched of these
	order  []int32
	pieces pieces
	seen   idSet // extra field ids of the header at hand
	end    endRecord
	base   int64 // what the archive's offsets are counted from; not 0 if something was put before it
	a      Archive
}

// Scan reads the structure of the archive in the first size bytes of src. One of these ends it: an
// error that Config.Report returned, a refusal by the budget, an error of src, or nil when all has
// been read. A finding after which nothing can be read ends it in any case: with an error for which
// Stopped is true, if Report let the finding pass. The Archive holds what had been read by then.
func Scan(src io.ReaderAt, size int64, c Config) (*Archive, error) {
	s := &scanner{
		Config: c, src: src, size: size,
		near: window{src: src, size: size, ahead: recordsRoom},
		list: window{src: src, size: size, ahead: longestRead},
	}
	for _, step := range []func() error{s.readEnd, s.readDirectory, s.tile} {
		if err := step(); err != nil {
			return &s.a, err
		}
	}
	return &s.a, nil
}

// report hands a finding on; the scan can go on after it.
func (s *scanner) report(rule limits.Rule, where string, off int64, format string, args ...any) error {
	return s.Report(Finding{Rule: rule, Where: where, Offset: off, Detail: fmt.Sprintf(format, args...)})
}

// note hands on what breaks no rule.
func (s *scanner) note(off int64, format string, args ...any) error {
	if s.Note == nil {
		return nil
	}
	return s.Note(Finding{Offset: off, Detail: fmt.Sprintf(format, args...)})
}

// fatal hands on a finding after which nothing can be read.
func (s *scanner) fatal(where string, off int64, format string, args ...any) error {
	if err := s.report(Malformed, where, off, format, args...); err != nil {
		return err
	}
	return errStop
}

// unread turns a failed read of a record into a finding, or passes the environment's error on.
func (s *scanner) unread(err error, what, where string, off int64) error {
	if errors.Is(err, errTruncated) {
		return s.fatal(where, off, "%s is cut off by the end of the file (%d bytes)", what, s.size)
	}
	return fmt.Errorf("%s: %s: %w", s.Op, what, err)
}

// Stopped reports whether err says only that nothing more could be read.
func Stopped(err error) bool { return errors.Is(err, errStop) }
