package main

import (
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

func safezipLift() map[limits.Rule]string {
	return map[limits.Rule]string{safezip.RuleSymlink: "UnsafeSymlinks"}
}

// safezipSupports maps a rule only where the requirement speaks of what the rule stops. Encryption,
// checksums, special files and names beyond ASCII are not spoken of.
func safezipSupports() map[limits.Rule][]string {
	var (
		zipSlip   = []string{"5.3.2", "5.3.3"}
		fileName  = []string{"5.3.2"}
		oneParse  = []string{"1.5.3"}
		structure = []string{"2.2.1"}
	)
	return map[limits.Rule][]string{
		safezip.RulePathTraversal:    zipSlip,
		safezip.RuleAbsolutePath:     zipSlip,
		safezip.RuleDriveOrUNC:       zipSlip,
		safezip.RuleControlCharacter: fileName,
		safezip.RuleInvalidName:      fileName,
		safezip.RuleReservedName:     fileName,
		safezip.RuleTrailingDotSpace: fileName,
		safezip.RuleIllegalCharacter: fileName,
		safezip.RuleBackslash:        {"1.5.3", "5.3.2"},
		safezip.RuleLongName:         structure,
		safezip.RuleSymlink:          {"5.2.5"},

		// The totals that are checked before unpacking are worth what the declared sizes are worth.
		safezip.RuleSizeMismatch: {"5.2.3"},
		// The bytes of a bomb are counted once for each entry that claims them.
		safezip.RuleOverlap: {"15.2.2"},

		// An archive that two programs read differently is refused, so that the scanner in front
		// and the program after see the same.
		safezip.RuleMalformed:          {"1.5.3", "2.2.1"},
		safezip.RuleCompressedSlack:    oneParse,
		safezip.RuleDuplicateName:      oneParse,
		safezip.RuleFileDirCollision:   oneParse,
		safezip.RuleUnsupportedMethod:  oneParse,
		safezip.RuleHeaderMismatch:     oneParse,
		safezip.RuleDescriptorMismatch: oneParse,
		safezip.RuleHiddenEntry:        oneParse,
		safezip.RulePrefixData:         oneParse,
		safezip.RuleTrailingData:       oneParse,
		safezip.RuleGap:                oneParse,
		safezip.RuleEndRecordAmbiguous: oneParse,
		safezip.RuleExtraField:         oneParse,
		safezip.RuleUnicodePath:        oneParse,
		safezip.RuleDirectoryWithData:  oneParse,
		safezip.RuleTypeMismatch:       oneParse,
	}
}

func safezipBudgets() map[string][]string {
	return map[string][]string{
		"InputBytes":  {"5.2.1"},
		"OutputBytes": {"5.2.3", "15.2.2"},
		"Items":       {"5.2.3", "15.2.2"},
		"Depth":       {"2.2.1"},
		"Steps":       {"15.2.2"},
		"MemoryBytes": {"15.2.2"},
		"Time":        {"15.2.2"},
	}
}
