package zipscan

// Kind is a set of claims about what an entry is. An honest entry makes one claim or none; which of
// two contradicting ones a program believes differs from program to program, and that is the
// attack: a scanner sees a file, the unpacker makes a link.
type Kind uint8

// The kinds that the attributes and extra fields of an entry can claim.
const (
	KindFile    Kind = 1 << iota
	KindDir          // a directory
	KindSymlink      // a symbolic link
	KindSpecial      // a device, FIFO, socket or volume label
	KindUnknown      // a file type that Unix does not know
	KindLinked       // an extra field carries a link target or a device number
	KindFIFO         // a pipe: special, or what a packer read from one
)

// Systems that an entry can have been made on (APPNOTE 4.4.2), by what the attributes mean there.
const (
	madeOnFAT     = 0
	madeOnAmiga   = 1
	madeOnUnix    = 3
	madeOnAtari   = 5
	madeOnHPFS    = 6
	madeOnNTFS    = 10 // by APPNOTE
	madeOnNTFSToo = 11 // by Info-ZIP, 7-Zip and archive/zip
	madeOnVFAT    = 14
	madeOnDarwin  = 19

	// MS-DOS attributes.
	attributeVolume    = 0x08
	attributeDirectory = 0x10
	attributeDevice    = 0x40
	attributeReparse   = 0x400 // of NTFS: the data is a link, to 7-Zip

	// The type in the upper half on an Amiga.
	amigaType = 0o6000
	amigaDir  = 0o4000
)

// The file types of a Unix mode.
const (
	modeType    = 0xf000
	modeFIFO    = 0x1000
	modeChar    = 0x2000
	modeDir     = 0x4000
	modeBlock   = 0x6000
	modeRegular = 0x8000
	modeSymlink = 0xa000
	modeSocket  = 0xc000
	modePerm    = 0x01ff
)

// kindOfAttributes reads the external attributes (APPNOTE 4.4.15). The upper half is a Unix mode,
// and readers look at it whatever system the entry says it was made on (PKZIP for Unix says FAT);
// the lower half holds the MS-DOS attributes.
func kindOfAttributes(madeBy uint16, attributes uint32) (k Kind, perm uint16) {
	system, mode := madeBy>>8, uint16(attributes>>16)
	k = kindOfMode(mode)
	switch system {
	case madeOnUnix, madeOnDarwin:
		perm = mode & modePerm
	case madeOnAmiga:
		if mode&amigaType == amigaDir {
			k |= KindDir
		}
		return k, 0
	case madeOnFAT, madeOnAtari, madeOnHPFS, madeOnNTFS, madeOnNTFSToo, madeOnVFAT:
		// One program makes a link of a reparse point, another leaves out what is labelled a
		// volume.
		if attributes&attributeReparse != 0 {
			k |= KindSymlink
		}
		if attributes&(attributeVolume|attributeDevice) != 0 {
			k |= KindSpecial
		}
	default:
		return k, 0
	}
	if attributes&attributeDirectory != 0 {
		k |= KindDir
	}
	return k, perm
}

// kindOfMode returns what the type bits of a Unix mode claim.
func kindOfMode(mode uint16) Kind {
	switch mode & modeType {
	case 0:
		return 0
	case modeRegular:
		return KindFile
	case modeDir:
		return KindDir
	case modeSymlink:
		return KindSymlink
	case modeFIFO:
		return KindFIFO
	case modeChar, modeBlock, modeSocket:
		return KindSpecial
	}
	return KindUnknown
}

// kindOfLibarchive reads the block in which libarchive says ahead, in the local header, what the
// central directory will say: a bitmap, and then, in its order, version made by (2 bytes), internal
// (2) and external attributes (4).
func kindOfLibarchive(b []byte) Kind {
	if len(b) < 1 {
		return 0
	}
	bitmap, madeBy := b[0], uint16(madeOnUnix<<8)
	b = b[1:]
	if bitmap&1 != 0 {
		if len(b) < 2 {
			return 0
		}
		madeBy, b = le16(b), b[2:]
	}
	if bitmap&2 != 0 {
		if len(b) < 2 {
			return 0
		}
		b = b[2:]
	}
	if bitmap&4 == 0 || len(b) < 4 {
		return 0
	}
	k, _ := kindOfAttributes(madeBy, le32(b))
	return k
}
