// Package zipwrite encodes the records of a zip file, each field in the order of APPNOTE.TXT
// 6.3.10: local headers (4.3.7), data descriptors (4.3.9), the central directory (4.3.12) and the
// end records (4.3.14 to 4.3.16). It is the counterpart of package zipscan: what it encodes,
// zipscan accepts without a finding.
//
// It writes nowhere and decides nothing. It appends bytes to a slice; names, sizes and limits are
// the caller's to check. A size or an offset that 32 bits do not hold goes into a zip64 field
// (4.5.3), and only such a one does.
package zipwrite
