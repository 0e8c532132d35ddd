// Package safetar unpacks tar archives from senders that you need not trust: plain ones, and those
// within gzip or bzip2.
//
// Five common readers of tar disagree on many archives: which of two sizes counts, whether a name
// that ends in a slash is a file, where the archive ends. READERS.md beside this file lists what
// GNU tar, bsdtar, busybox, Python and archive/tar make of every archive in package tartest that
// safetar refuses. safetar accepts an archive only if it has one reading, and only up to the limits
// that the caller sets:
//
//	report, err := safetar.Extract(ctx, "upload-42", body, limits.Limits{
//		InputBytes:  10 * limits.MiB,
//		OutputBytes: 100 * limits.MiB,
//		Items:       1000,
//		Time:        10 * time.Second,
//	})
//
// The directory upload-42 did not exist before. After that it holds the whole archive, or there is
// an error and no directory. [ExtractRoot] takes a directory that exists, [Inspect] gives the
// verdict without writing, and a [Reader] hands out entry by entry for those who keep nothing on
// disk. A [Writer] and [Pack] write what a Reader accepts.
//
// Results, rules that mean the same, and options of the same names are those of package safezip.
//
// # Limits
//
// A step is one header, or 64 bytes (begun) of data; in a compressed archive, also 64 bytes of
// input or output of the decoder, whichever is more.
//
//	Field        Required  Default                              Meaning
//	InputBytes   yes       none                                 bytes of src as it comes, compressed or not
//	OutputBytes  yes       none                                 size of all files together, to the byte; what a compressed archive becomes is held to OutputBytes + 4 KiB × Items + 1 MiB
//	Items        yes       none                                 entries, and directories that only their names imply
//	Depth        no        32 (DefaultDepth)                    components of a path
//	Steps        no        16 Mi (DefaultSteps) + one for each 32 bytes that a compressed archive may become  headers, and 64-byte blocks
//	MemoryBytes  no        64 MiB (DefaultMemoryBytes)          names, links, notes and buffers, held at once
//	Time         yes       none                                 wall clock inside the calls
//
// Besides, a pax header or long name may have 1 MiB.
//
// # Options
//
// All reading functions take the same options; one that has nothing to do there does nothing, but
// for StripTop and Replace, which say where they cannot be. A
// Writer and Pack take UnicodeNames, MaxEntryBytes, UnsafeSymlinks, UnsafeAllow, FixedTime, and
// Pack takes Select; an option of the other direction is a *limits.ConfigError.
//
// # What is accepted
//
// Ustar headers, pax headers, the long names of GNU tar, and headers of Version 7 (as "make dist"
// writes them): what GNU tar, bsdtar, busybox, 7-Zip, Python, Go and npm write, Debian packages,
// git archives, OCI layers (with the links lifted; whiteouts are files like any other). Zeros after
// the end are padding. pax keys that change neither name nor size, type or content (times, owners,
// attributes, inode numbers) are not used, with one note for each family outside POSIX.
//
// Directories may come after what is in them, and a second header for a directory passes if it says
// the same.
//
// # What is guaranteed
//
// An archive that is accepted has one reading: every block is a header with a right checksum, a
// record about one, data that one header has announced, or the end; pax and header agree on the
// size (CVE-2025-62518 and its family do not); nothing is said twice; and no name is there twice. A
// compressed archive has the checksum and length that its trailer says, and nothing after it.
// Nothing is written outside the staging directory, and nothing through a link: symbolic links are
// made last, hard links lead to files of the same archive. Nothing is left of an archive that
// breaks off.
//
// # What is not
//
// Content is not looked at. Owners, attributes, access lists and device numbers of the archive are
// not used; see [Modes], [KeepTimes] and [UnsafeKeepExecutable]. Sparse files, devices,
// multi-volume and incremental archives are refused.
package safetar
