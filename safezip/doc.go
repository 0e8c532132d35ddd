// Package safezip unpacks, reads and writes zip archives from senders that you need not trust.
//
// An archive says by itself how large it becomes, how many files it holds, what they are called and
// where they go, and it says most of it twice. safezip believes it only where all of it agrees, and
// only up to the limits that the caller sets:
//
//	report, err := safezip.ExtractFile(ctx, "upload-42", "upload.zip", limits.Limits{
//		OutputBytes: 100 * limits.MiB,
//		Items:       1000,
//		Time:        10 * time.Second,
//	})
//
// The directory upload-42 did not exist before. Afterwards it holds the whole archive, or there is
// an error and no directory: nothing is ever left half unpacked, renamed, or dropped in silence.
// [ExtractStream] takes the body of a request, [ExtractRoot] a directory that exists, and [Inspect]
// gives the verdict without writing.
//
// # In memory
//
// [NewReader], [OpenFile] and [OpenStream] serve an accepted archive as a file system, a [Reader],
// of which nothing reaches the disk: one part of a document, a preview, or an archive inside an
// archive ([Reader.OpenArchive]). An entry is verified whenever it is read, and its last byte is
// withheld until it is.
//
// OutputBytes and Items are what the archive declares, whether it is read or not: of a document
// that declares 200 MiB one part of 10 KiB takes 200 MiB of OutputBytes. To read an entry again
// costs Steps and Time. A Reader holds its place in a Pool from its constructor to its Close;
// parsers on its parts run under [Reader.Context].
//
// # Writing
//
// [NewWriter] and [Pack] write archives: what a Reader would refuse they refuse to write. Only when
// [Writer.Finish] returns nil is there an archive. InputBytes, Items and Time are required there,
// OutputBytes bounds what is written, and Steps count headers and 64-byte blocks of data, with a
// default of 16 Mi + InputBytes/64.
//
// # Options
//
// All functions that read take the same options, so that one list of them serves Inspect, Extract
// and NewReader; one that has nothing to do there is accepted and does nothing. An option of the
// other direction is a *limits.ConfigError.
//
//	both directions   UnicodeNames Select MaxEntryBytes DirectoryBytes UnsafeAllow UnsafeSymlinks
//	reading           StripPrefix TempDir SpoolBytes Nesting
//	reading to disk   Workers Progress Modes KeepTimes Sync UnsafeKeepExecutable
//	writing           Level StoreFunc FixedTime
//
// # Limits
//
// Steps count deterministic work: one for each header record that is read, and one for each 64
// bytes (begun) of an entry's data, compressed or unpacked, whichever are more. The same archive
// costs the same on every machine and with any number of workers.
//
//	Field        Required  Default                        Meaning
//	InputBytes   no        the archive's size             size of the archive; required by ExtractStream, which spools so much at most
//	OutputBytes  yes       none                           size of all files together, unpacked; declared sizes are checked before anything is written, and enforced on what is produced
//	Items        yes       none                           entries, and directories that only their names imply
//	Depth        no        32 (DefaultDepth)              components of a path
//	Steps        no        16 Mi (DefaultSteps) + OutputBytes/64  header records, and 64-byte blocks of data
//	MemoryBytes  no        64 MiB (DefaultMemoryBytes)    the index of the archive, names, notes, and the workers' buffers, held at once
//	Time         yes       none                           wall clock from the call to its return
//
// Besides, the central directory may take 16 MiB ([DefaultDirectoryBytes], see [DirectoryBytes]),
// and [MaxEntryBytes] bounds each single entry.
//
// # Policy
//
// Every check is a rule with a stable id; [Rules] lists them with the attack that each one stops.
// The rules are the same on every operating system. Those of the trust boundary hold always;
// [UnsafeAllow] lifts others one by one, and [UnsafeSymlinks] lets links in. A lifted rule is still
// reported, in Report.Notes.
//
// Permissions, owners and set-user-ID bits of the archive are not used; see [Modes] and
// [UnsafeKeepExecutable].
//
// # What is guaranteed
//
// An archive that is accepted has one reading: central directory, local headers and data
// descriptors agree, they tile the file without gap or overlap, every name is there once and means
// the same file on every system, and no reader from the front finds another end in an entry's data.
// The data of each entry has the declared size and CRC-32; nothing follows it in the entry, and
// deflate data is at most an eighth and 1 KiB longer than what it becomes. (Within that, an encoder
// may have written blocks of nothing, as a flush does.) Nothing is written outside the staging
// directory, and nothing through a link, whatever another process does inside it. Memory is
// accounted for: at GOGC=10, which leaves little garbage, the peak of the heap stays below twice of
// that, and 2 MiB. At Go's default of GOGC=100, and with nothing else in the heap, it stays below
// five times of that, and 2 MiB: garbage comes on top, most of it the paths of deep directories,
// which the system's interface makes for each file.
//
// Two names of one directory of which Windows makes one file are refused: they differ in case or
// composition alone, or one has the form of a short name (PROGRA~1) that Windows can make for the
// other. A short name of a file that was there before, as under [ExtractRoot], cannot be known.
//
// # What is not
//
// Content is not looked at: a virus, a macro or an archive within the archive is a file like any
// other. Of the entries that a Reader does not read, the data is not verified. Files stand in the
// page cache when Extract returns, and on the disk only with [Sync]. A process that is killed
// leaves its staging directory ([RemoveStale] finds it). [ExtractRoot] cleans up after itself and
// is not atomic. A program that can write to the parent of dir can exchange dir afterwards.
// Encrypted archives, those in several parts, and methods other than stored and deflate are
// refused.
package safezip
