package safezip

import "github.com/seed73825598/airlock/safezip/internal/zipscan"

// kind is what a node of the plan becomes on disk.
type kind uint8

const (
	kindFile kind = iota
	kindDir
	kindLink
)

// checkKind decides what an entry is. Its name, its attributes and its extra fields each have a
// say, and they must agree. It returns ok = false if the entry has been refused and the judge wants
// to see more.
func (p *plan) checkKind(e *zipscan.Entry, dir bool) (k kind, ok bool, err error) {
	claims := e.Kinds
	k = kindFile
	if dir {
		k = kindDir
		claims |= zipscan.KindDir
	}
	switch {
	case claims&(zipscan.KindSpecial|zipscan.KindLinked) != 0:
		return k, false, p.entry(e, RuleSpecialFile, "the entry is a device, FIFO, socket or hard link")
	case claims&zipscan.KindSymlink != 0:
		return p.checkLink(e, claims)
	case !dir && claims&zipscan.KindUnknown != 0:
		// Some packers write a type of all ones for directories, which nobody minds. Of a file one
		// program makes zeros.
		if err := p.entry(e, RuleTypeMismatch,
			"the attributes give it a file type that no system knows"); err != nil || !p.lifted[RuleTypeMismatch] {
			return k, false, err
		}
	case claims&zipscan.KindDir != 0 && (!dir || claims&zipscan.KindFile != 0):
		if err := p.entry(e, RuleTypeMismatch,
			"name, attributes and extra fields do not agree on whether it is a directory"); err != nil ||
			!p.lifted[RuleTypeMismatch] {
			return k, false, err
		}
	}
	// An empty directory may be stored as nothing or deflated to the two bytes of an empty stream,
	// which are checked later.
	emptyStream := e.Method == zipscan.Deflate && e.CompressedSize == 2
	if k == kindDir && (e.Size != 0 || e.CompressedSize != 0 && !emptyStream) {
		if err := p.entry(e, RuleDirectoryWithData, "a directory with data"); err != nil ||
			!p.lifted[RuleDirectoryWithData] {
			return k, false, err
		}
	}
	return k, true, nil
}

// checkLink decides about an entry that claims to be a symbolic link. Where links are let in, it
// must claim nothing else.
func (p *plan) checkLink(e *zipscan.Entry, claims zipscan.Kind) (kind, bool, error) {
	switch {
	case !p.symlinks:
		return kindLink, false, p.entry(e, RuleSymlink, "a symbolic link")
	case claims != zipscan.KindSymlink:
		return kindLink, false, p.entry(e, RuleSymlink, "a symbolic link that claims to be something else as well")
	case e.Size < 1 || e.Size > maxLinkTarget:
		return kindLink, false, p.entry(e, RuleSymlink, "a symbolic link with a target that is empty or over 4 KiB")
	}
	return kindLink, true, nil
}
