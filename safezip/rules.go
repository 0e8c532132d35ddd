package safezip

import (
	"iter"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/filename"
	"github.com/seed73825598/airlock/safezip/internal/tree"
	"github.com/seed73825598/airlock/safezip/internal/zipscan"
)

// Rule is the stable id of one check. It is shared by all packages of this module.
type Rule = limits.Rule

// RuleError is the refusal that names a rule. It is shared by all packages of this module.
type RuleError = limits.RuleError

// The trust boundary. None of these can be lifted: after each of them is a file written outside
// the directory, a file that two programs unpack differently, or data that is not what it says.
const (
	RulePathTraversal = filename.PathTraversal // a component is "..", with either slash
	RuleAbsolutePath  = filename.AbsolutePath  // starts at the root
	RuleDriveOrUNC    = filename.DriveOrUNC    // C:x, \\server\share, \\?\device
	// C0, C1, DEL or a line separator in a name.
	RuleControlCharacter = filename.ControlCharacter
	// empty, an empty or dot component, NUL, bytes that are not UTF-8.
	RuleInvalidName = filename.InvalidName
	RuleOverlap     = zipscan.Overlap // two entries share bytes
	// the deflate stream ends before CompressedSize does, or is longer than any encoder makes it.
	RuleCompressedSlack   = zipscan.CompressedSlack
	RuleDuplicateName     = tree.DuplicateName // two entries have one name
	RuleFileDirCollision  = tree.FileDirCollision
	RuleEncrypted         = zipscan.Encrypted
	RuleUnsupportedMethod = zipscan.UnsupportedMethod // neither stored nor deflated
	// the data's CRC-32 is not the declared one.
	RuleChecksum Rule = "checksum"
	// the data is longer or shorter than declared.
	RuleSizeMismatch = zipscan.SizeMismatch
	// truncated, bad offsets or counts, contradicting zip64 records, corrupt data.
	RuleMalformed        = zipscan.Malformed
	RuleSpecialFile Rule = "special-file" // a device, FIFO, socket or hard link
	RuleSymlink          = tree.Symlink   // unless UnsafeSymlinks
	// under StripPrefix: an entry beside the prefix.
	RuleOutsidePrefix = tree.OutsidePrefix
	// under Replace: an entry where something is kept.
	RuleKeptName = tree.KeptName
)

// Rules that UnsafeAllow lifts one by one. Then the central directory's word is taken and the
// finding goes to Report.Notes; each comment says what that means.
const (
	// RuleBackslash: lifted, a backslash separates components, as the program that wrote it meant,
	// and no name on disk holds one.
	RuleBackslash = filename.Backslash
	// RuleReservedName: lifted, the file gets that name. On Windows it cannot be lifted.
	RuleReservedName = filename.ReservedName
	// RuleTrailingDotSpace: lifted, the file gets that name. On Windows it cannot be lifted.
	RuleTrailingDotSpace = filename.TrailingDotSpace
	// RuleIllegalCharacter: lifted, the file gets that name. On Windows it cannot be lifted.
	RuleIllegalCharacter = filename.IllegalCharacter
	// RuleCaseCollision (merged Java archives hold such names): lifted, both files are written;
	// where the file system takes them for one, the second fails as existing.
	RuleCaseCollision = tree.CaseCollision
	// RuleShortNameCollision: a name that Windows or unzip gives to another file as well (PROGRA~1,
	// "a;1" beside "a"); lifted, both files are written; on a volume on which Windows makes short
	// names the second may fail as existing.
	RuleShortNameCollision = tree.ShortNameCollision
	// RuleLongName: lifted, the operating system decides, and what it will not take is its error.
	RuleLongName = filename.LongName
	// RuleHeaderMismatch: lifted, what the local header says is not used.
	RuleHeaderMismatch = zipscan.HeaderMismatch
	// RuleDescriptorMismatch: lifted, what the data descriptor says is not used.
	RuleDescriptorMismatch = zipscan.DescriptorMismatch
	// RuleHiddenEntry: lifted, what the central directory does not list is not unpacked. In the
	// stored data of a streamed entry: what a descriptor there would end is not looked for.
	RuleHiddenEntry = zipscan.HiddenEntry
	// RulePrefixData (self-extracting programs, Python zipapps and JDK modules have such bytes):
	// lifted, they are skipped.
	RulePrefixData = zipscan.PrefixData
	// RuleTrailingData: lifted, the bytes after the archive (at most 64 KiB) are skipped.
	RuleTrailingData = zipscan.TrailingData
	// RuleGap (a signed Android package has a signing block between its last entry and the
	// directory): lifted, bytes that belong to no entry are skipped.
	RuleGap = zipscan.Gap
	// RuleEndRecordAmbiguous: lifted, the last end record whose comment ends with the file counts.
	RuleEndRecordAmbiguous = zipscan.EndRecordAmbiguous
	// RuleExtraField: lifted, the extra fields from the broken one on are not used; of two with one
	// id the last counts.
	RuleExtraField = zipscan.ExtraField
	// RuleUnicodePath: the Unicode path extra field (0x7075) has another name than the header: one
	// that differs in ASCII as well, or one of a name that says it is UTF-8. Lifted, the name in the
	// header counts.
	RuleUnicodePath = zipscan.UnicodePath
	// RuleDirectoryWithData: lifted, the data is checked and dropped.
	RuleDirectoryWithData Rule = "directory-with-data"
	// RuleTypeMismatch: lifted, the slash at the end of the name decides between file and
	// directory; an entry without data and with the attributes of a directory is one in any case.
	RuleTypeMismatch Rule = "type-mismatch"
)

// Rules about names beyond ASCII. UnicodeNames takes RuleNonASCII out of force and leaves the
// others in it.
const (
	// RuleNonASCII: lifted, as under UnicodeNames, with a note for each name.
	RuleNonASCII = filename.NonASCII
	// RuleNameEncoding: a name beyond ASCII that does not say its encoding and is no UTF-8, or that
	// NameDecoder cannot read. Lifted, the bytes are read as UTF-8; what is not UTF-8 stays refused
	// as invalid.
	RuleNameEncoding = tree.NameEncoding
	// RuleInvisibleCharacter: lifted, the file gets that name.
	RuleInvisibleCharacter = filename.InvisibleCharacter
	// RuleBidiControl: lifted, the file gets that name.
	RuleBidiControl = filename.BidiControl
	// RuleLookalikeSeparator: lifted, the file gets that name. Never lift it where another program
	// normalizes names afterwards.
	RuleLookalikeSeparator = filename.LookalikeSeparator
	// RuleUnassignedCharacter: lifted, the file gets that name, and whether it collides with
	// another cannot be known.
	RuleUnassignedCharacter = filename.UnassignedCharacter
	// RuleNormalizationCollision: lifted, both files are written; where the file system takes them
	// for one (macOS), the second fails as existing.
	RuleNormalizationCollision = tree.NormalizationCollision
)

// ruleTable holds one line for each rule, the trust boundary first.
var ruleTable = setup.RuleTable{
	{Rule: RulePathTraversal, Attack: "A name climbs out of the directory with \"..\" and overwrites a file elsewhere " +
		"(zip slip).",
		Advice: "Use names without \"..\".", CWE: "CWE-22"},
	{Rule: RuleAbsolutePath, Attack: "A name starts at the root and is written there.",
		Advice: "Use names that are relative to the archive.", CWE: "CWE-36"},
	{Rule: RuleDriveOrUNC, Attack: "A name starts with a drive, network share or device and is written or sent there.",
		Advice: "Use names without drive letters and network paths.", CWE: "CWE-39"},
	{Rule: RuleControlCharacter, Attack: "A name carries line breaks or terminal escapes into logs, listings and scripts.",
		Advice: "Remove line breaks and control characters from the name.", CWE: "CWE-150"},
	{Rule: RuleInvalidName, Attack: "A name is empty, ends at a NUL for some programs, or spells a path in a way that " +
		"another program reads differently.",
		Advice: "Rename the entry: no empty components, no \".\" or \"..\", valid UTF-8.", CWE: "CWE-20"},
	{Rule: RuleOverlap, Attack: "Entries share compressed bytes: a bomb of quadratic size without nesting.",
		Advice: "Pack the files again with another program.",
		CWE:    "CWE-409"},
	{Rule: RuleCompressedSlack, Attack: "Bytes hide after the end of a deflate stream or in its empty blocks, where no " +
		"unpacker and no scanner looks.",
		Advice: "Pack the files again with another program.", CWE: "CWE-436"},
	{Rule: RuleDuplicateName, Attack: "Two entries have one name: the scanner checks the first, the unpacker writes the " +
		"second.",
		Advice: "Pack each file once.", CWE: "CWE-694"},
	{Rule: RuleFileDirCollision, Attack: "A name is a file and a directory: what ends up on disk depends on the order.",
		Advice: "Rename the file or the directory of that name.", CWE: "CWE-694"},
	{Rule: RuleEncrypted, Attack: "Content that no scanner can look into.",
		Advice: "Pack the files without a password.", CWE: "CWE-693"},
	{Rule: RuleUnsupportedMethod, Attack: "A compression method that only some programs know, so that only some see the " +
		"content.",
		Advice: "Pack the files with the ordinary method (deflate); Windows Explorer uses another one above 2 GiB.",
		CWE:    "CWE-436"},
	{Rule: RuleChecksum, Attack: "Damaged or exchanged content.",
		Advice: "The file is damaged: send it again, or pack the files again.", CWE: "CWE-354"},
	{Rule: RuleSizeMismatch, Attack: "An entry declares a small size and inflates to a large one (a bomb that passes " +
		"the declared totals), or the reverse.",
		Advice: "The file is damaged: pack the files again.", CWE: "CWE-409"},
	{Rule: RuleMalformed, Attack: "Truncated records, wrong offsets or counts and contradicting zip64 records, which " +
		"each program repairs in its own way.",
		Advice: "The file is damaged, cut off, or no zip file: send it again, or pack the files as .zip.", CWE: "CWE-20"},
	{Rule: RuleSpecialFile, Attack: "A device, FIFO, socket or hard link gives access to what it names.",
		Advice: "Leave devices, pipes and hard links out.",
		CWE:    "CWE-59"},
	{Rule: RuleSymlink, Attack: "A symbolic link leads the next write, or the next reader, out of the directory.",
		Advice: "Pack the files themselves in the place of links.",
		CWE:    "CWE-61"},
	{Rule: RuleOutsidePrefix, Attack: "An entry beside the prefix that the caller strips would be dropped in silence or " +
		"land in a place nobody expects.",
		Advice: "Put all files into the directory that is asked for.", CWE: "CWE-20"},
	{Rule: RuleKeptName, Attack: "An entry brings what the caller keeps from the directory that is replaced, such as " +
		"its own uploads or settings.",
		Advice: "Leave this name out: what is there is kept.", CWE: "CWE-73"},

	{Rule: RuleBackslash, Attack: "A backslash is a directory separator on one system and a letter on another.",
		Advice: "Use slashes in names, or pack the files with a program that does.",
		CWE:    "CWE-41", Liftable: true},
	{Rule: RuleReservedName, Attack: "A name opens a device on Windows (CON, NUL, COM1), whatever its extension.",
		Advice: "Rename the file: Windows reserves this name.",
		CWE:    "CWE-67", Liftable: true},
	{Rule: RuleTrailingDotSpace, Attack: "Windows drops dots and spaces at the end of a name: \"x.exe.\" passes a " +
		"filter and becomes x.exe.",
		Advice: "Remove the dot or space at the end of the name.", CWE: "CWE-42", Liftable: true},
	{Rule: RuleIllegalCharacter, Attack: "A character that Windows cannot store or reads as a stream or wildcard.",
		Advice: "Remove < > : \" | ? and * from the name.",
		CWE:    "CWE-69", Liftable: true},
	{Rule: RuleCaseCollision, Attack: "Two names differ only in case and are one file on Windows and macOS.",
		Advice: "Rename one of the two files: their names differ in case alone.",
		CWE:    "CWE-178", Liftable: true},
	{Rule: RuleShortNameCollision,
		Attack: "A name is the short one (PROGRA~1) that Windows makes for a long one beside it, or has a version of " +
			"VMS (a;1) that unzip cuts off: the second overwrites the first.",
		Advice: "Rename the file with the tilde or the semicolon in its name.", CWE: "CWE-694", Liftable: true},
	{Rule: RuleLongName, Attack: "A component over 255 bytes or a path over 4,096, cut or refused by file systems at " +
		"different places.",
		Advice: "Shorten the name.", CWE: "CWE-1284", Liftable: true},
	{Rule: RuleHeaderMismatch, Attack: "Local header and central directory disagree: programs that believe different " +
		"ones unpack different files.",
		Advice: "Pack the files again with another program.", CWE: "CWE-436", Liftable: true},
	{Rule: RuleDescriptorMismatch,
		Attack: "A data descriptor that is missing or lies leads a streaming reader to another place than a seeking one.",
		Advice: "Pack the files again with another program.", CWE: "CWE-436", Liftable: true},
	{Rule: RuleHiddenEntry, Attack: "Entries that the central directory does not list, or that stand in the data of one " +
		"that it lists, seen only by readers that start at the front.",
		Advice: "Pack the files again with another program, and archives within with compression.", CWE: "CWE-436",
		Liftable: true},
	{Rule: RulePrefixData, Attack: "Bytes before the archive make one file two: a program, image or script, and an " +
		"archive.",
		Advice: "Send the archive without a program or other data before it (no self-extracting archive).", CWE: "CWE-434",
		Liftable: true},
	{Rule: RuleTrailingData, Attack: "Bytes after the archive, in which some programs find another archive.",
		Advice: "Send the archive without other data after it.",
		CWE:    "CWE-434", Liftable: true},
	{Rule: RuleGap, Attack: "Bytes between the records, which no listing shows and no scanner reads.",
		Advice: "Pack the files again with another program.", CWE: "CWE-436",
		Liftable: true},
	{Rule: RuleEndRecordAmbiguous, Attack: "More than one end record: different programs open different archives.",
		Advice: "Pack the files again with another program, without a comment.",
		CWE:    "CWE-436", Liftable: true},
	{Rule: RuleExtraField, Attack: "Extra fields with a wrong length, twice the same id or stray bytes, which programs " +
		"read differently.",
		Advice: "Pack the files again with another program.", CWE: "CWE-436", Liftable: true},
	{Rule: RuleUnicodePath, Attack: "An extra field gives the entry another name for those programs that look at it.",
		Advice: "Pack the files again, with names in UTF-8.",
		CWE:    "CWE-436", Liftable: true},
	{Rule: RuleDirectoryWithData, Attack: "A directory carries content that unpackers drop and scanners skip.",
		Advice: "Pack the files again with another program.",
		CWE:    "CWE-436", Liftable: true},
	{Rule: RuleNonASCII, Attack: "A name beyond ASCII looks like another one, or is the same file as another one on " +
		"some file system.",
		Advice: "Use only unaccented letters, digits and signs in names.", CWE: "CWE-176", Liftable: true},
	{Rule: RuleNameEncoding, Attack: "A name beyond ASCII that does not say its encoding: no two programs unpack the " +
		"same name.",
		Advice: "Pack the files with names in UTF-8, or without accents.", CWE: "CWE-436", Liftable: true},
	{Rule: RuleInvisibleCharacter,
		Attack: "Two names look the same, or an extension is not the one that is seen, because of what is not seen.",
		Advice: "Remove invisible characters from the name.",
		CWE:    "CWE-1007", Liftable: true},
	{Rule: RuleBidiControl, Attack: "A control of the writing direction shows exe.gpj as jpg.exe.",
		Advice: "Remove marks of the writing direction from the name.", CWE: "CWE-1007",
		Liftable: true},
	{Rule: RuleLookalikeSeparator,
		Attack: "A sign that looks like a slash, or that a later normalization turns into one, or into \"..\".",
		Advice: "Remove the sign that looks like a slash or a dot from the name.",
		CWE:    "CWE-41", Liftable: true},
	{Rule: RuleUnassignedCharacter,
		Attack: "What a code point folds and composes to is not known before it is assigned: two names may become one.",
		Advice: "Remove the unknown character from the name.", CWE: "CWE-176", Liftable: true},
	{Rule: RuleNormalizationCollision,
		Attack: "Two names are the same text, composed and decomposed or with something that is not seen, and one file on " +
			"some file systems.",
		Advice: "Rename one of the two files: their names are the same text.",
		CWE:    "CWE-178", Liftable: true},
	{Rule: RuleTypeMismatch, Attack: "Name, attributes and extra fields disagree on whether the entry is a file, a " +
		"directory or a link.",
		Advice: "Pack the files again with another program.", CWE: "CWE-436", Liftable: true},
}

// Rules lists every rule of this package, the trust boundary first.
func Rules() iter.Seq[limits.RuleInfo] { return ruleTable.All() }
