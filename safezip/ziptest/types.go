package ziptest

import (
	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/safezip"
)

// Unix modes.
const (
	modeFIFO    = 0o010644
	modeChar    = 0o020644
	modeDir     = 0o040755
	modeBlock   = 0o060644
	modeRegular = 0o100644
	modeSymlink = 0o120777
	modeSocket  = 0o140755
	dosDir      = 0x10
)

// asi returns the ASi Unix extra field: mode, owner, and the target of a link.
func asi(mode uint16, link string) []byte {
	rest := zipbuild.Block(0, mode, uint32(len(link)), uint16(0), uint16(0), link)[4:] //nolint:gosec // A short string.
	return zipbuild.Block(0x756e, zipbuild.CRC(rest), rest)
}

// libarchive returns the block in which libarchive repeats the external attributes.
func libarchive(mode uint32) []byte {
	return zipbuild.Block(0x6c78, []byte{5}, uint16(3<<8|20), mode<<16)
}

// pkUnix returns PKWARE's Unix block with its variable data.
func pkUnix(data string) []byte {
	return zipbuild.Block(0x000d, uint32(0), uint32(0), uint16(0), uint16(0), data)
}

// attributed returns a file made on the given system with the given external attributes.
func attributed(system uint16, attributes uint32) zipbuild.File {
	return edited("a", func(f *zipbuild.File) {
		f.EditCentral = func(h *zipbuild.Header) { h.Creator, h.External = system<<8|20, attributes }
	})
}

// link returns a symbolic link.
func link(name, target string) zipbuild.File {
	return zipbuild.File{Name: name, Data: []byte(target), Mode: modeSymlink}
}

func hostileTypes() []recipe {
	withMode := func(mode uint32) zipbuild.File { return edited("a", func(f *zipbuild.File) { f.Mode = mode }) }
	withExtra := func(extra []byte) zipbuild.File {
		return edited("a", func(f *zipbuild.File) { f.Extra = extra })
	}
	localOnly := func(extra []byte) zipbuild.File {
		return edited("a", func(f *zipbuild.File) {
			f.EditLocal = func(h *zipbuild.Header) { h.Extra = extra }
		})
	}
	onDOS := edited("a", func(f *zipbuild.File) {
		f.Mode = modeSymlink
		f.EditCentral = func(h *zipbuild.Header) { h.Creator = 20 }
	})
	dosDirectory := edited("a", func(f *zipbuild.File) {
		f.EditCentral = func(h *zipbuild.Header) { h.External = dosDir }
	})
	dir := func(mode uint32) zipbuild.File { return zipbuild.File{Name: "d/", Mode: mode} }
	return []recipe{
		archive(safezip.RuleSymlink, "reparse-point", attributed(0, 0x400)),
		archive(safezip.RuleSymlink, "reparse-point-ntfs", attributed(11, 0x420)),
		archive(safezip.RuleSymlink, "to-etc", link("a", "/etc/passwd")),
		archive(safezip.RuleSymlink, "write-through", link("a", "/tmp"), file("a-b")),
		archive(safezip.RuleSymlink, "upwards", link("a", "../../..")),
		archive(safezip.RuleSymlink, "to-itself", link("a", "a")),
		archive(safezip.RuleSymlink, "chain", link("a", "b"), link("b", "c"), link("c", "..")),
		archive(safezip.RuleSymlink, "made-on-dos", onDOS),
		archive(safezip.RuleSymlink, "asi", withExtra(asi(modeSymlink, ""))),
		archive(safezip.RuleSymlink, "libarchive-local-only", localOnly(libarchive(modeSymlink))),
		archive(safezip.RuleSymlink, "inside", file("b"), link("a", "b")),
		archive(safezip.RuleSymlink, "deflated", edited("a", func(f *zipbuild.File) { f.Mode = modeSymlink })),

		archive(safezip.RuleSpecialFile, "fifo", zipbuild.File{Name: "a", Mode: modeFIFO}),
		archive(safezip.RuleSpecialFile, "fifo-as-directory", zipbuild.File{Name: "d/", Mode: modeFIFO}),
		archive(safezip.RuleSpecialFile, "fifo-in-two-ways", edited("a", func(f *zipbuild.File) {
			f.Mode, f.Extra = modeFIFO, asi(modeRegular, "")
		})),
		archive(safezip.RuleSpecialFile, "char-device", withMode(modeChar)),
		archive(safezip.RuleSpecialFile, "block-device", withMode(modeBlock)),
		archive(safezip.RuleSpecialFile, "socket", withMode(modeSocket)),
		archive(safezip.RuleSpecialFile, "hard-link", withExtra(pkUnix("/etc/passwd"))),
		archive(safezip.RuleSpecialFile, "device-numbers", withExtra(pkUnix("\x01\x00\x00\x00\x03\x00\x00\x00"))),
		archive(safezip.RuleSpecialFile, "hard-link-local-only", localOnly(pkUnix("b"))),
		archive(safezip.RuleSpecialFile, "asi-link-target", withExtra(asi(modeRegular, "/etc/passwd"))),
		archive(safezip.RuleSpecialFile, "asi-fifo", withExtra(asi(modeFIFO, ""))),
		archive(safezip.RuleSpecialFile, "libarchive-socket", localOnly(libarchive(modeSocket))),

		archive(safezip.RuleSpecialFile, "volume-label", attributed(0, 0x08)),
		archive(safezip.RuleSpecialFile, "volume-label-ntfs", attributed(11, 0x08)),
		archive(safezip.RuleSpecialFile, "device-attribute", attributed(0, 0x40)),
		archive(safezip.RuleTypeMismatch, "directory-ntfs-10", attributed(10, dosDir)),
		archive(safezip.RuleTypeMismatch, "directory-ntfs-11", attributed(11, dosDir)),
		archive(safezip.RuleTypeMismatch, "directory-amiga", attributed(1, 0o4000<<16)),
		archive(safezip.RuleTypeMismatch, "unknown-type", withMode(0o030644)),
		archive(safezip.RuleTypeMismatch, "unknown-type-all-ones", withMode(0xffff)),
		archive(safezip.RuleTypeMismatch, "directory-by-mode", withMode(modeDir)),
		archive(safezip.RuleTypeMismatch, "file-by-mode", dir(modeRegular)),
		archive(safezip.RuleTypeMismatch, "directory-by-dos-attribute", dosDirectory),
		archive(safezip.RuleTypeMismatch, "directory-by-asi", withExtra(asi(modeDir, ""))),
		archive(safezip.RuleTypeMismatch, "file-by-libarchive", zipbuild.File{Name: "d/",
			EditLocal: func(h *zipbuild.Header) { h.Extra = libarchive(modeRegular) }}),
		archive(safezip.RuleTypeMismatch, "mode-against-dos", edited("a", func(f *zipbuild.File) {
			f.Mode = modeRegular
			f.EditCentral = func(h *zipbuild.Header) { h.External |= dosDir }
		})),

		archive(safezip.RuleDirectoryWithData, "stored",
			edited("d/", func(f *zipbuild.File) { f.Method = zipbuild.Store })),
		archive(safezip.RuleDirectoryWithData, "deflated", file("d/")),
		archive(safezip.RuleDirectoryWithData, "root", file("./")),
		archive(safezip.RuleDirectoryWithData, "streamed",
			edited("a/b/", func(f *zipbuild.File) { f.Descriptor = zipbuild.Signed32 })),
		archive(safezip.RuleDirectoryWithData, "nothing-in-many-bytes", zipbuild.File{Name: "d/",
			Method: zipbuild.Deflate, Raw: []byte("\x00\x00\x00\xff\xff\x03\x00")}),
	}
}
