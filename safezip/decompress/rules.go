package decompress

import (
	"iter"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/streams"
)

// Rule is the stable id of one check. It is shared by all packages of this module.
type Rule = limits.Rule

// RuleError is the refusal that names a rule. It is shared by all packages of this module. Its
// Offset counts the bytes of the compressed stream.
type RuleError = limits.RuleError

// The rules that always hold.
const (
	// RuleMalformed: no stream of this format, one that breaks its own format, or one that is cut off.
	RuleMalformed = streams.Malformed
	// RuleChecksum: CRC-32 or Adler-32 is not that of the data.
	RuleChecksum = streams.Checksum
	// RuleSizeMismatch: the length in the gzip trailer (ISIZE) is not that of the data.
	RuleSizeMismatch = streams.SizeMismatch
	// RuleSeveralMembers: another gzip member or bzip2 stream follows, and Multistream is not set.
	RuleSeveralMembers = streams.SeveralMembers
	// RulePresetDictionary: a zlib stream that only programs with the same dictionary can read.
	RulePresetDictionary = streams.PresetDictionary
)

// The rules that UnsafeAllow lifts.
const (
	// RuleTrailingData: lifted, bytes after the stream are read, so that they count as input, and
	// dropped. Another member or stream stays refused.
	RuleTrailingData = streams.TrailingData
	// RuleGzipHeader: reserved flags, a wrong header checksum, and a name, comment or extra field that
	// is cut. Lifted, flags that mean nothing and the checksum are not looked at; what is cut stays
	// refused, as malformed.
	RuleGzipHeader = streams.GzipHeader
)

var ruleTable = setup.RuleTable{
	{Rule: RuleMalformed, Attack: "A stream that breaks its format or breaks off, of which each program makes something " +
		"else.", CWE: "CWE-20",
		Advice: "Compress the data again and send all of it."},
	{Rule: RuleChecksum, Attack: "Damaged or exchanged content.", CWE: "CWE-354",
		Advice: "The data was damaged on its way: send it again."},
	{Rule: RuleSizeMismatch, Attack: "The trailer states a small size, which programs that only read the trailer " +
		"believe, and the data is large.", CWE: "CWE-409",
		Advice: "Compress the data again with a common program."},
	{Rule: RuleSeveralMembers, Attack: "Some programs read the first member and others all: a scanner sees less than " +
		"the program after it.", CWE: "CWE-436",
		Advice: "Compress the data into a single stream."},
	{Rule: RulePresetDictionary, Attack: "Content that only a program with the same dictionary can see.", CWE: "CWE-436",
		Advice: "Compress the data without a preset dictionary."},
	{Rule: RuleTrailingData, Attack: "Bytes after the stream, which some programs drop and others read.", CWE: "CWE-436",
		Liftable: true,
		Advice:   "Remove what follows the compressed stream."},
	{Rule: RuleGzipHeader, Attack: "A header that one program refuses and another reads past.", CWE: "CWE-436",
		Liftable: true,
		Advice:   "Compress the data again with a common program."},
}

// Rules lists every rule of this package, the trust boundary first.
func Rules() iter.Seq[limits.RuleInfo] { return ruleTable.All() }
