// Package nature knows by its first bytes what a file is that was sent in the place of an archive.
// It is asked only where a file has been refused already, so that its owner learns why.
package nature

import "bytes"

// Zip and Tar are what the scanners of these formats word for themselves.
const (
	Zip = "a zip file"
	Tar = "a tar file"
)

// Bytes is how much of a file Of looks at.
const Bytes = 262

const page = "an HTML page, such as an error message that was saved as a file"

var natures = [...]struct {
	at    int
	magic string
	what  string
}{
	{0, "PK\x03\x04", Zip},
	{0, "PK\x05\x06", Zip},
	{0, "PK\x07\x08", "the first part of a zip file in several parts, or one that is cut off"},
	{0, "\x1f\x8b", "a gzip file (.gz, .tar.gz)"},
	{0, "\x1f\x9d", "a file of compress (.Z, .tar.Z)"},
	{0, "7z\xbc\xaf\x27\x1c", "a 7z file"},
	{0, "Rar!\x1a\x07", "a RAR file"},
	{0, "BZh", "a bzip2 file (.bz2, .tar.bz2)"},
	{0, "\xfd7zXZ\x00", "an xz file (.xz, .tar.xz)"},
	{0, "\x28\xb5\x2f\xfd", "a Zstandard file (.zst, .tar.zst)"},
	{0, "\x04\x22\x4d\x18", "an LZ4 file (.lz4, .tar.lz4)"},
	{0, "LZIP", "an lzip file (.lz, .tar.lz)"},
	{257, "ustar", Tar},
	{0, "!<arch>\n", "an ar archive, such as a Debian package (.deb)"},
	{0, "\xed\xab\xee\xdb", "an RPM package (.rpm)"},
	{0, "xar!", "a xar archive, such as a package of macOS (.pkg)"},
	{0, "07070", "a cpio archive"},
	{0, "\xc7\x71", "a cpio archive"},
	{0, "MSCF", "a Windows cabinet file"},
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document of the old form, or a new one with a password"},
	{0, "%PDF-", "a PDF file"},
	{0, "<!DOCTYPE", page},
	{0, "<!doctype", page},
	{0, "<html", page},
	{0, "<HTML", page},
}

// Of says what a file is that begins with head: "a RAR file". It is empty if that is not known.
func Of(head []byte) string {
	for i := range natures {
		n := &natures[i]
		if len(head) >= n.at && bytes.HasPrefix(head[n.at:], []byte(n.magic)) {
			return n.what
		}
	}
	return ""
}
