package main

import (
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/safetar"
)

func safetarLift() map[limits.Rule]string {
	return map[limits.Rule]string{safetar.RuleSymlink: "UnsafeSymlinks", safetar.RuleSpecialFile: "UnsafeHardLinks"}
}

// safetarSupports maps a rule only where the requirement speaks of what the rule stops.
func safetarSupports() map[limits.Rule][]string {
	var (
		zipSlip  = []string{"5.3.2", "5.3.3"}
		fileName = []string{"5.3.2"}
		oneParse = []string{"1.5.3"}
	)
	return map[limits.Rule][]string{
		safetar.RulePathTraversal:    zipSlip,
		safetar.RuleAbsolutePath:     zipSlip,
		safetar.RuleDriveOrUNC:       zipSlip,
		safetar.RuleControlCharacter: fileName,
		safetar.RuleInvalidName:      fileName,
		safetar.RuleReservedName:     fileName,
		safetar.RuleTrailingDotSpace: fileName,
		safetar.RuleIllegalCharacter: fileName,
		safetar.RuleBackslash:        {"1.5.3", "5.3.2"},
		safetar.RuleLongName:         {"2.2.1"},
		safetar.RuleSymlink:          {"5.2.5"},

		safetar.RuleMalformed:         {"2.2.1"},
		safetar.RuleTruncated:         {"2.2.1"},
		safetar.RuleHeaderChecksum:    {"2.2.1"},
		safetar.RulePaxConflict:       oneParse,
		safetar.RuleDuplicateRecord:   oneParse,
		safetar.RuleRecordOrder:       oneParse,
		safetar.RuleRecordTarget:      oneParse,
		safetar.RuleNumberFormat:      oneParse,
		safetar.RuleSparse:            oneParse,
		safetar.RuleSizeOnLink:        oneParse,
		safetar.RuleDirectoryWithData: oneParse,
		safetar.RuleTypeMismatch:      oneParse,
		safetar.RuleUnknownType:       oneParse,
		safetar.RuleDuplicateName:     oneParse,
		safetar.RuleFileDirCollision:  oneParse,
		safetar.RuleMissingEnd:        oneParse,
		safetar.RuleTrailingData:      oneParse,
		safetar.RuleGlobalHeader:      oneParse,
		safetar.RuleVendorKeys:        oneParse,
		safetar.RuleOldFormat:         oneParse,
		safetar.RuleSeveralMembers:    oneParse,
		safetar.RuleGzipHeader:        oneParse,
	}
}
