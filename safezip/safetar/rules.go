package safetar

import (
	"iter"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/decompress"
	"github.com/seed73825598/airlock/safezip/internal/tarscan"
)

// Rule is the stable id of one check. It is shared by all packages of this module; those that mean
// the same in a zip file have the same id there.
type Rule = limits.Rule

// RuleError is the refusal that names a rule. It is shared by all packages of this module. Its
// Offset counts bytes of the tar stream, and of the compressed stream for a rule about that.
type RuleError = limits.RuleError

// The trust boundary. None of these can be lifted.
const (
	RulePathTraversal    = safezip.RulePathTraversal    // a component is "..", with either slash
	RuleAbsolutePath     = safezip.RuleAbsolutePath     // starts at the root
	RuleDriveOrUNC       = safezip.RuleDriveOrUNC       // C:x, \\server\share, \\?\device
	RuleControlCharacter = safezip.RuleControlCharacter // C0, C1, DEL or a line separator in a name
	// RuleInvalidName: empty, an empty or dot component, NUL, bytes that are not UTF-8.
	RuleInvalidName      = safezip.RuleInvalidName
	RuleDuplicateName    = safezip.RuleDuplicateName // two entries have one name
	RuleFileDirCollision = safezip.RuleFileDirCollision
	RuleOutsidePrefix    = safezip.RuleOutsidePrefix // under StripPrefix: an entry beside the prefix
	RuleKeptName         = safezip.RuleKeptName      // under Replace: an entry where something is kept
	RuleSymlink          = safezip.RuleSymlink       // unless UnsafeSymlinks
	// RuleSpecialFile: a device or FIFO; a hard link, unless UnsafeHardLinks, and then one that leads
	// to no file before it.
	RuleSpecialFile       = tarscan.SpecialFile
	RuleHeaderChecksum    = tarscan.HeaderChecksum  // a block that is no header where one must be
	RulePaxConflict       = tarscan.PaxConflict     // pax and header, or pax and a long name, disagree
	RuleDuplicateRecord   = tarscan.DuplicateRecord // a pax key twice, two pax headers, two long names
	RuleRecordOrder       = tarscan.RecordOrder     // records in an order of which programs make different things
	RuleRecordTarget      = tarscan.RecordTarget    // records that no entry follows
	RuleNumberFormat      = tarscan.NumberFormat    // not octal, not terminated, below zero, above 2^63-1
	RuleSparse            = tarscan.Sparse          // a sparse file, in any form
	RuleSizeOnLink        = tarscan.SizeOnLink      // a link that announces data
	RuleDirectoryWithData = tarscan.DirWithData     // a directory that announces data
	// RuleTypeMismatch: a slash after a file or link; an empty file with a target; a link whose target
	// only a record says, although the header has room for it.
	RuleTypeMismatch     = tarscan.TypeMismatch
	RuleUnknownType      = tarscan.UnknownType     // a type that only some programs know
	RuleTruncated        = tarscan.Truncated       // the stream ends within something
	RuleMalformed        = tarscan.Malformed       // a broken record, or a broken compressed stream
	RuleChecksum         = decompress.RuleChecksum // of the compressed stream
	RuleSizeMismatch     = decompress.RuleSizeMismatch
	RuleSeveralMembers   = decompress.RuleSeveralMembers // unless Multistream
	RulePresetDictionary = decompress.RulePresetDictionary
)

// Rules that UnsafeAllow lifts one by one. The finding then goes to Report.Notes. Those about names
// are lifted as in safezip.
const (
	// RuleMissingEnd: lifted, the archive ends where the input does, between two entries.
	RuleMissingEnd = tarscan.MissingEnd
	// RuleTrailingData: lifted, what follows the end of the archive, and what follows a compressed
	// stream, is read, so that it counts as input, and dropped.
	RuleTrailingData = tarscan.TrailingData
	// RuleGlobalHeader: lifted, keys of global headers are not used.
	RuleGlobalHeader = tarscan.GlobalHeader
	// RuleVendorKeys: lifted, the keys are not used.
	RuleVendorKeys = tarscan.VendorKeys
	// RuleOldFormat: lifted, headers without the magic of ustar are read that have more fields than
	// those of Version 7.
	RuleOldFormat = tarscan.OldFormat
	// RuleGzipHeader is lifted as in package decompress.
	RuleGzipHeader = decompress.RuleGzipHeader

	RuleBackslash              = safezip.RuleBackslash
	RuleReservedName           = safezip.RuleReservedName
	RuleTrailingDotSpace       = safezip.RuleTrailingDotSpace
	RuleIllegalCharacter       = safezip.RuleIllegalCharacter
	RuleCaseCollision          = safezip.RuleCaseCollision
	RuleShortNameCollision     = safezip.RuleShortNameCollision
	RuleLongName               = safezip.RuleLongName
	RuleNonASCII               = safezip.RuleNonASCII
	RuleNameEncoding           = safezip.RuleNameEncoding
	RuleInvisibleCharacter     = safezip.RuleInvisibleCharacter
	RuleBidiControl            = safezip.RuleBidiControl
	RuleLookalikeSeparator     = safezip.RuleLookalikeSeparator
	RuleUnassignedCharacter    = safezip.RuleUnassignedCharacter
	RuleNormalizationCollision = safezip.RuleNormalizationCollision
)

var ruleTable = setup.RuleTable{
	{Rule: RulePathTraversal, Attack: "A name climbs out of the directory with \"..\" and overwrites a file elsewhere.",
		CWE: "CWE-22", Advice: "Pack the files by names below the directory, without \"..\"."},
	{Rule: RuleAbsolutePath, Attack: "A name starts at the root and is written there.", CWE: "CWE-36",
		Advice: "Pack the files by relative names (tar does so without -P)."},
	{Rule: RuleDriveOrUNC, Attack: "A name starts with a drive, network share or device and is written or sent there.",
		CWE: "CWE-39", Advice: "Pack the files by relative names."},
	{Rule: RuleControlCharacter, Attack: "A name carries line breaks or terminal escapes into logs, listings and scripts.",
		CWE: "CWE-150", Advice: "Rename the file and pack it again."},
	{Rule: RuleInvalidName, Attack: "A name is empty, ends at a NUL for some programs, or spells a path in a way that " +
		"another program reads differently.", CWE: "CWE-20", Advice: "Rename the file and pack it again."},
	{Rule: RuleDuplicateName, Attack: "Two entries have one name: the scanner checks the first, the unpacker writes the " +
		"second.", CWE: "CWE-694", Advice: "Pack each file once (tar -r and -u append a second time)."},
	{Rule: RuleFileDirCollision, Attack: "A name is a file and a directory: what ends up on disk depends on the order.",
		CWE: "CWE-694", Advice: "Rename one of the two and pack them again."},
	{Rule: RuleOutsidePrefix, Attack: "An entry beside the prefix that the caller strips would be dropped in silence or " +
		"land in another place.", CWE: "CWE-20", Advice: "Pack all files below the expected directory."},
	{Rule: RuleKeptName, Attack: "An entry brings what the caller keeps from the directory that is replaced, such as " +
		"its own uploads or settings.", CWE: "CWE-73", Advice: "Pack the files without those that the receiver keeps."},
	{Rule: RuleSymlink, Attack: "A symbolic link leads the next write, or the next reader, out of the directory.",
		CWE: "CWE-61", Advice: "Pack the files instead of links to them (tar -h)."},
	{Rule: RuleSpecialFile, Attack: "A device, FIFO or hard link gives access to what it names.", CWE: "CWE-59",
		Advice: "Pack regular files only (tar --hard-dereference)."},
	{Rule: RuleHeaderChecksum, Attack: "A block that is no header, where one program goes on and another stops or " +
		"searches for the next.", CWE: "CWE-354", Advice: "Send a tar archive, and all of it."},
	{Rule: RulePaxConflict, Attack: "A pax size or name that some programs use and others do not: they find other files " +
		"in the same archive (CVE-2025-62518).", CWE: "CWE-436", Advice: "Pack the files again with a current tar."},
	{Rule: RuleDuplicateRecord, Attack: "Something is said twice about an entry, and programs believe different ones.",
		CWE: "CWE-436", Advice: "Pack the files again with a current tar."},
	{Rule: RuleRecordOrder, Attack: "Records in an order of which programs make different things.", CWE: "CWE-436",
		Advice: "Pack the files again with a current tar."},
	{Rule: RuleRecordTarget, Attack: "Records that are about no entry: with another archive put after this one they are " +
		"about its first.", CWE: "CWE-436", Advice: "Pack the files again with a current tar."},
	{Rule: RuleNumberFormat, Attack: "A number that programs read differently: the size decides where the next header is.",
		CWE: "CWE-436", Advice: "Pack the files again with a current tar."},
	{Rule: RuleSparse, Attack: "A sparse file announces a size that no data pays for, in a form that few programs know.",
		CWE: "CWE-409", Advice: "Pack without --sparse."},
	{Rule: RuleSizeOnLink, Attack: "A link announces data, which some programs skip and others read as headers.",
		CWE: "CWE-436", Advice: "Pack the files again with a current tar."},
	{Rule: RuleDirectoryWithData, Attack: "A directory announces data, which some programs skip and others read as " +
		"headers.", CWE: "CWE-436", Advice: "Pack the files again with a current tar."},
	{Rule: RuleTypeMismatch, Attack: "A file whose name ends in a slash is a directory for some programs, an empty file " +
		"with the target of a link is a link, and a link whose target stands in a record alone is an empty file.",
		CWE: "CWE-436", Advice: "Pack the files again with a current tar."},
	{Rule: RuleUnknownType, Attack: "An entry of a type that only some programs know, so that only some see the content.",
		CWE: "CWE-436", Advice: "Pack with tar --format=ustar or --format=posix."},
	{Rule: RuleTruncated, Attack: "An archive that breaks off: half of the files look like all of them.", CWE: "CWE-20",
		Advice: "Send the whole archive."},
	{Rule: RuleMalformed, Attack: "A broken record or compressed stream, which each program repairs in its own way.",
		CWE: "CWE-20", Advice: "Pack the files again with a current tar."},
	{Rule: RuleChecksum, Attack: "Damaged or exchanged content.", CWE: "CWE-354", Advice: "The archive was damaged on " +
		"its way: send it again."},
	{Rule: RuleSizeMismatch, Attack: "The trailer of the compressed stream states another size than it has.",
		CWE: "CWE-409", Advice: "Compress the archive again with a common program."},
	{Rule: RuleSeveralMembers, Attack: "Some programs read the first compressed stream and others all: a scanner sees " +
		"less than the program after it.", CWE: "CWE-436", Advice: "Compress the archive into a single stream."},
	{Rule: RulePresetDictionary, Attack: "Content that only a program with the same dictionary can see.", CWE: "CWE-436",
		Advice: "Compress the archive without a preset dictionary."},

	{Rule: RuleMissingEnd, Attack: "An archive without its end mark may be the first half of another one.", CWE: "CWE-20",
		Liftable: true, Advice: "Send the whole archive; close the writer that makes it."},
	{Rule: RuleTrailingData, Attack: "Bytes after the end, in which some programs find more entries (tar -i, " +
		"concatenated archives).", CWE: "CWE-434", Liftable: true, Advice: "Remove what follows the archive; pack all " +
		"files into one."},
	{Rule: RuleGlobalHeader, Attack: "A header that gives all entries a name, size or owner for those programs that use " +
		"it.", CWE: "CWE-436", Liftable: true, Advice: "Pack without global pax headers."},
	{Rule: RuleVendorKeys, Attack: "A pax key that changes an entry for those programs that know it.", CWE: "CWE-436",
		Liftable: true, Advice: "Pack with tar --format=ustar, or without extended attributes."},
	{Rule: RuleOldFormat, Attack: "A header without a magic that is not of Version 7 either: programs guess which " +
		"fields there are.", CWE: "CWE-436", Liftable: true, Advice: "Pack with tar --format=ustar or --format=posix."},
	{Rule: RuleGzipHeader, Attack: "A gzip header that one program refuses and another reads past.", CWE: "CWE-436",
		Liftable: true, Advice: "Compress the archive again with a common program."},
	{Rule: RuleBackslash, Attack: "A backslash is a directory separator on one system and a letter on another.",
		CWE: "CWE-41", Liftable: true, Advice: "Rename the file and pack it again."},
	{Rule: RuleReservedName, Attack: "A name opens a device on Windows (CON, NUL, COM1), whatever its extension.",
		CWE: "CWE-67", Liftable: true, Advice: "Rename the file and pack it again."},
	{Rule: RuleTrailingDotSpace, Attack: "Windows drops dots and spaces at the end of a name: \"x.exe.\" passes a " +
		"filter and becomes x.exe.", CWE: "CWE-42", Liftable: true, Advice: "Rename the file and pack it again."},
	{Rule: RuleIllegalCharacter, Attack: "A character that Windows cannot store or reads as a stream or wildcard.",
		CWE: "CWE-69", Liftable: true, Advice: "Rename the file and pack it again."},
	{Rule: RuleCaseCollision, Attack: "Two names differ only in case and are one file on Windows and macOS.",
		CWE: "CWE-178", Liftable: true, Advice: "Rename one of the two and pack them again."},
	{Rule: RuleShortNameCollision, Attack: "A name is the short one (PROGRA~1) that Windows makes for a long one beside " +
		"it: the second overwrites the first.", CWE: "CWE-694", Liftable: true, Advice: "Rename one of the two and pack " +
		"them again."},
	{Rule: RuleLongName, Attack: "A component over 255 bytes or a path over 4,096, cut or refused by file systems at " +
		"different places.", CWE: "CWE-1284", Liftable: true, Advice: "Shorten the name and pack the file again."},
	{Rule: RuleNonASCII, Attack: "A name beyond ASCII looks like another one, or is the same file as another one on " +
		"some file system.", CWE: "CWE-176", Liftable: true, Advice: "Rename the file with unaccented Latin letters and " +
		"pack it again."},
	{Rule: RuleNameEncoding, Attack: "A name beyond ASCII that is in another encoding than UTF-8: no two programs " +
		"unpack the same name.", CWE: "CWE-436", Liftable: true, Advice: "Pack on a system whose names are UTF-8."},
	{Rule: RuleInvisibleCharacter, Attack: "Two names look the same, or an extension is not the one that is seen, " +
		"because of what is not seen.", CWE: "CWE-1007", Liftable: true, Advice: "Rename the file and pack it again."},
	{Rule: RuleBidiControl, Attack: "A control of the writing direction shows exe.gpj as jpg.exe.", CWE: "CWE-1007",
		Liftable: true, Advice: "Rename the file and pack it again."},
	{Rule: RuleLookalikeSeparator, Attack: "A sign that looks like a slash, or that a later normalization turns into " +
		"one, or into \"..\".", CWE: "CWE-41", Liftable: true, Advice: "Rename the file and pack it again."},
	{Rule: RuleUnassignedCharacter, Attack: "What a code point folds and composes to is not known before it is " +
		"assigned: two names may become one.", CWE: "CWE-176", Liftable: true, Advice: "Rename the file and pack it again."},
	{Rule: RuleNormalizationCollision, Attack: "Two names are the same text, composed and decomposed or with " +
		"something that is not seen, and one file on some file systems.", CWE: "CWE-178", Liftable: true,
		Advice: "Rename one of the two and pack them again."},
}

// Rules lists every rule of this package, the trust boundary first.
func Rules() iter.Seq[limits.RuleInfo] { return ruleTable.All() }
