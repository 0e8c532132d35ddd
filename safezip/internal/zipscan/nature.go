package zipscan

import "bytes"

// natures are how files begin that are sent in the place of zip files.
var natures = []struct {
	at    int
	magic string
	what  string
}{
	{0, localSignature, "a zip file that is cut off"},
	{0, dataSignature, "the first part of a zip file in several parts, or one that is cut off"},
	{0, "\x1f\x8b", "a gzip file (.gz, .tar.gz)"},
	{0, "7z\xbc\xaf\x27\x1c", "a 7z file"},
	{0, "Rar!\x1a\x07", "a RAR file"},
	{0, "BZh", "a bzip2 file (.bz2, .tar.bz2)"},
	{0, "\xfd7zXZ\x00", "an xz file (.xz, .tar.xz)"},
	{0, "\x28\xb5\x2f\xfd", "a Zstandard file (.zst, .tar.zst)"},
	{257, "ustar", "a tar file"},
	{0, "MSCF", "a Windows cabinet file"},
	{0, "%PDF-", "a PDF file"},
	{0, "<!DOCTYPE", "an HTML page, such as an error message that was saved as a file"},
	{0, "<html", "an HTML page, such as an error message that was saved as a file"},
}

// natureBytes is how much of a file natures look at.
const natureBytes = 262

// nature says what a file without an end record is.
func (s *scanner) nature() (string, error) {
	if s.size == 0 {
		return "the file is empty", nil
	}
	head, err := s.near.at(0, int(min(s.size, natureBytes)))
	if err != nil {
		return "", err
	}
	for _, n := range natures {
		if len(head) >= n.at && bytes.HasPrefix(head[n.at:], []byte(n.magic)) {
			return n.what, nil
		}
	}
	return "not a zip file, or one that is cut off at both ends", nil
}
