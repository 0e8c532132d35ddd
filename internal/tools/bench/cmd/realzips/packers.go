package main

import (
	"encoding/binary"
	"path"
	"strings"
)

// A packer is a program or library that writes archives, and the marks by which its archives are
// told.
type packer struct {
	name  string
	marks string
	wrote func(t *traits) bool
}

const unknown = "unknown"

// manifest is in every jar.
const manifest = "META-INF/MANIFEST.MF"

// mozillaDate is 2010-01-01 in MS-DOS form.
const mozillaDate = (2010-1980)<<9 | 1<<5 | 1

// packers is asked from the top, and the first that fits is the answer: marks that no other packer
// leaves stand first, habits that several could share last. The marks were taken from the packers'
// output, and no verdict depends on them.
var packers = []packer{
	{"JDK jmod", `"JM", a version, and then the archive`,
		func(t *traits) bool { return string(t.start[:2]) == "JM" && string(t.start[4:]) == "PK\x03\x04" }},
	{"Android (aapt, apksigner)", "an APK signing block, alignment fields (0xd935), or a manifest in binary form",
		func(t *traits) bool { return t.signed || t.anyHas(0xd935) || t.hasName("AndroidManifest.xml") }},
	{"libarchive (bsdtar)", "extra field 0x6c78, or made by Unix, version 2.0, with 0x5455 and 0x7875",
		func(t *traits) bool {
			h := t.first()
			return t.anyHas(0x6c78) || h.host == hostUnix && h.version == 20 && h.has(0x5455) && h.has(0x7875)
		}},
	{"7-Zip", "made by version 6.3, NTFS times (0x000a) in the central directory alone",
		func(t *traits) bool { h := t.first(); return h.version == 63 && h.has(0x000a) }},
	{"Info-ZIP", "made by Unix, version 2.2, 2.3 or 3.0",
		func(t *traits) bool {
			h := t.first()
			return h.host == hostUnix && (h.version == 30 || h.version == 23 || h.version == 22)
		}},
	{"macOS ditto, Finder", "made by Unix, version 2.1",
		func(t *traits) bool { h := t.first(); return h.host == hostUnix && h.version == 21 }},
	{"LibreOffice, OpenOffice", "made by DOS; mimetype comes first and stored, and META-INF/manifest.xml is there",
		func(t *traits) bool {
			h := t.first()
			return h.host == hostDOS && h.name == "mimetype" && h.method == 0 && t.hasName("META-INF/manifest.xml")
		}},
	{"Mozilla mozjar", "made by Unix, version 2.0, everything from 2010-01-01 0:00",
		func(t *traits) bool {
			h := t.first()
			return h.host == hostUnix && h.version == 20 && h.date == mozillaDate && len(h.extra) == 0
		}},
	{"Java (JDK jar)", "extra field 0xcafe, made by DOS; the JDK's own jar program and JarOutputStream",
		func(t *traits) bool { return t.anyHas(0xcafe) && t.first().host == hostDOS }},
	{"Java (Ant, Maven, Gradle)", "made by Unix, version 1.0 or 2.0, extra field 0x756e or 0xcafe, or the UTF-8 flag on " +
		"plain names beside a manifest",
		func(t *traits) bool {
			h := t.first()
			return h.host == hostUnix && h.version <= 20 && (t.anyHas(0x756e) || t.anyHas(0xcafe) ||
				h.hasIdleUTF8() && t.hasName(manifest))
		}},
	{"Go archive/zip", "version 2.0, data descriptors, and either a 5-byte 0x5455 as the only extra field or no time at " +
		"all",
		func(t *traits) bool {
			return t.first().version == 20 && t.any(flagged(bitDescriptor)) && t.hasGoTimes()
		}},
	{"Java (java.util.zip)", "made by DOS, version 1.0 or 2.0, flags 0x0808, or 0x0008 beside a manifest",
		func(t *traits) bool {
			h := t.first()
			return h.host == hostDOS && h.version <= 20 && (t.any(flagged(bitDescriptor|bitUTF8)) ||
				t.any(flagged(bitDescriptor)) && t.hasName(manifest))
		}},
	{"Node archiver", "made by Unix, version 4.5, data descriptors",
		func(t *traits) bool {
			h := t.first()
			return h.host == hostUnix && h.version == 45 && h.needed < 45 &&
				t.any(func(h *header) bool { return h.flags&bitDescriptor != 0 })
		}},
	{"yazl, libzip", "made by Unix, version 6.3, without NTFS times",
		func(t *traits) bool { h := t.first(); return h.host == hostUnix && h.version == 63 }},
	{"Rust zip", "made by Unix, version 4.6",
		func(t *traits) bool { h := t.first(); return h.host == hostUnix && h.version == 46 }},
	{"JSZip, PizZip", "version 1.0 needed for deflated data, no extra field but 0x7075, and version 2.0 made it",
		func(t *traits) bool {
			return t.first().version == 20 && t.any(func(h *header) bool {
				return h.method == 8 && h.needed == 10 &&
					h.flags&bitDescriptor == 0
			})
		}},
	{"Microsoft Office, .NET", "[Content_Types].xml comes first, made by DOS, version 4.5 or 2.0",
		func(t *traits) bool {
			h := t.first()
			return h.host == hostDOS && (h.version == 45 || h.version == 20) && h.name == "[Content_Types].xml"
		}},
	{"adm-zip, Commons Compress", "made by Unix, version 2.0, the UTF-8 flag on plain names, no manifest",
		func(t *traits) bool { h := t.first(); return h.host == hostUnix && h.version == 20 && h.hasIdleUTF8() }},
	{"Python zipfile", "made by Unix, version 2.0 needed and made it, no extra fields, permissions without descriptors",
		func(t *traits) bool {
			h := t.first()
			return h.host == hostUnix && h.version == 20 && h.needed == 20 && h.flags&^bitUTF8 == 0 &&
				len(h.extra) == 0 && h.external>>16 != 0
		}},
	{"WinRAR", "made by DOS, version 3.1",
		func(t *traits) bool { h := t.first(); return h.host == hostDOS && h.version == 31 }},
	{"fflate, .NET", "made by DOS, version 2.0, no attributes, no flags, no extra fields",
		func(t *traits) bool {
			h := t.first()
			return h.host == hostDOS && h.version == 20 && h.needed == 20 && h.flags == 0 && h.external == 0 &&
				len(h.extra) == 0 && h.date != 0
		}},
	{"NTFS (WinZip, Info-ZIP for Windows)", "made by NTFS",
		func(t *traits) bool { return t.first().host == hostNTFS }},
	{"DOS-like (PKZIP, WinZip, Explorer)", "made by DOS, version 2.x or below, no descriptors, a time",
		func(t *traits) bool {
			h := t.first()
			return len(t.central) > 0 && h.host == hostDOS && h.version <= 25 && h.flags&bitDescriptor == 0 &&
				h.date != 0
		}},
}

// identify names the packer, or says unknown.
func identify(t *traits) string {
	for _, p := range packers {
		if p.wrote(t) {
			return p.name
		}
	}
	return unknown
}

// flagged tells headers that have exactly these flags.
func flagged(flags uint16) func(h *header) bool {
	return func(h *header) bool { return h.flags == flags }
}

// hasName reports whether the archive has an entry of that name.
func (t *traits) hasName(name string) bool {
	return t.any(func(h *header) bool { return path.Clean(h.name) == name })
}

// hasGoTimes reports whether every entry has the time as archive/zip writes it: one extended
// timestamp with the modification time alone, or no time at all.
func (t *traits) hasGoTimes() bool {
	return !t.any(func(h *header) bool {
		stamp := h.field(0x5455)
		if len(h.extra) == 0 {
			return h.date != 0
		}
		return len(h.extra) != 9 || len(stamp) != 5 || stamp[0] != 1 || binary.LittleEndian.Uint32(stamp[1:]) == 0
	})
}

// hasIdleUTF8 reports whether the UTF-8 flag is set on a name that does not need it.
func (h *header) hasIdleUTF8() bool {
	return h.flags&bitUTF8 != 0 && !strings.ContainsFunc(h.name, func(r rune) bool { return r >= 0x80 })
}
