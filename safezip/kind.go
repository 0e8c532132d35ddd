package safezip

import (
	"github.com/seed73825598/airlock/safezip/internal/judge"
	"github.com/seed73825598/airlock/safezip/internal/tree"
	"github.com/seed73825598/airlock/safezip/internal/zipscan"
)

// kind decides what an entry is. Its name, its attributes and its extra fields each have a
// say, and they must agree. It returns ok = false if the entry has been refused and the judge wants
// to see more.
func (a *archive) kind(e *zipscan.Entry, dir bool) (k tree.Kind, ok bool, err error) {
	claims := e.Kinds
	k = tree.File
	if claims&zipscan.KindFIFO != 0 {
		if !isPiped(e) {
			return k, false, a.refuse(e, RuleSpecialFile, "the entry is a FIFO")
		}
		// Every reader makes a file of it.
		if err := a.judge.Note(judge.Finding{Where: e.Name, Offset: e.CentralOffset,
			Detail: "a file whose packer read it from a pipe"}); err != nil {
			return k, false, err
		}
		claims = zipscan.KindFile
	}
	if dir {
		k = tree.Dir
		claims |= zipscan.KindDir
	}
	switch {
	case claims&(zipscan.KindSpecial|zipscan.KindLinked) != 0:
		return k, false, a.refuse(e, RuleSpecialFile, "the entry is a device, FIFO, socket or hard link")
	case claims&zipscan.KindSymlink != 0:
		return a.checkLink(e, claims)
	case !dir && claims&zipscan.KindUnknown != 0:
		// Some packers write a type of all ones for directories, which does no harm. Of a file one
		// program makes zeros.
		if err := a.refuse(e, RuleTypeMismatch,
			"the attributes give it a file type that no system knows"); err != nil || !a.config.Names.Lifted[RuleTypeMismatch] {
			return k, false, err
		}
	case claims&zipscan.KindDir != 0 && (!dir || claims&zipscan.KindFile != 0):
		if err := a.refuse(e, RuleTypeMismatch,
			"name, attributes and extra fields do not agree on whether it is a directory"); err != nil ||
			!a.config.Names.Lifted[RuleTypeMismatch] {
			return k, false, err
		}
		if isDirectory(e) {
			k = tree.Dir
		}
	}
	if k == tree.Dir && !isEmpty(e) {
		if err := a.refuse(e, RuleDirectoryWithData, "a directory with data"); err != nil ||
			!a.config.Names.Lifted[RuleDirectoryWithData] {
			return k, false, err
		}
	}
	return k, true, nil
}

// isPiped reports an entry that is a FIFO by its attributes, and by nothing else, and has the data
// that a packer read from one: any, or what came from its standard input, which Info-ZIP calls "-".
func isPiped(e *zipscan.Entry) bool {
	return e.Kinds == zipscan.KindFIFO && (e.Size > 0 || e.Name == "-")
}

// isEmpty reports an entry without data: stored as nothing, or deflated to the two bytes of an
// empty stream, which are checked later.
func isEmpty(e *zipscan.Entry) bool {
	return e.Size == 0 && (e.CompressedSize == 0 || e.Method == zipscan.Deflate && e.CompressedSize == 2)
}

// isDirectory reports an entry that is a directory by its attributes, whatever its name says.
func isDirectory(e *zipscan.Entry) bool {
	return isEmpty(e) && e.Kinds&(zipscan.KindDir|zipscan.KindFile) == zipscan.KindDir
}

// checkLink decides about an entry that claims to be a symbolic link. Where links are let in, it
// must claim nothing else.
func (a *archive) checkLink(e *zipscan.Entry, claims zipscan.Kind) (tree.Kind, bool, error) {
	switch {
	case !a.config.Symlinks:
		return tree.Link, false, a.refuse(e, RuleSymlink, "a symbolic link")
	case claims != zipscan.KindSymlink:
		return tree.Link, false, a.refuse(e, RuleSymlink, "a symbolic link that claims to be something else as well")
	case e.Size < 1 || e.Size > tree.MaxLinkTarget:
		return tree.Link, false, a.refuse(e, RuleSymlink, "a symbolic link with a target that is empty or over 4 KiB")
	}
	return tree.Link, true, nil
}

// refuse hands a finding about an entry to the judge.
func (a *archive) refuse(e *zipscan.Entry, rule Rule, detail string) error {
	return a.judge.Report(judge.Finding{Rule: rule, Where: e.Name, Offset: e.CentralOffset, Detail: detail})
}
