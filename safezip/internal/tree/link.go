package tree

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/filename"
)

// Symlink is the rule about symbolic links.
const Symlink limits.Rule = "symlink"

const (
	// MaxLinkTarget is the longest target of a link, in bytes.
	MaxLinkTarget = 4 << 10

	maxLinkHops = 40 // links on the way to one target, as most kernels count them

	leadsOut = "leads out of the directory"
)

// HoldTarget charges the target of a link of the given length, which the caller is about to keep.
func (t *Tree) HoldTarget(size int64) error {
	return t.judge.Hold(nodeBytes + size)
}

// CheckLinks follows each link through the tree, by the targets of all. The archive's own tree is
// all that there will be, so the place where a link leads is known without asking the file system;
// a chain of links that leaves the directory one step at a time is seen here as a whole.
func (t *Tree) CheckLinks(targets map[int32]string, entry func(i int32) Entry) error {
	for id := range t.Nodes {
		if t.Nodes[id].Kind != Link {
			continue
		}
		_, problem, err := t.follow(int32(id), targets)
		if err != nil {
			return err
		}
		if problem != "" {
			e := entry(t.Nodes[id].Entry)
			if err := t.report(&e, Symlink, "its target "+limits.Quote(targets[int32(id)])+" "+problem); err != nil {
				return err
			}
		}
	}
	return nil
}

// Follow returns the file or directory at the end of a link that CheckLinks has accepted.
func (t *Tree) Follow(link int32, targets map[int32]string) (int32, error) {
	end, problem, err := t.follow(link, targets)
	if err != nil || problem != "" {
		return NoNode, cmp.Or(err, fs.ErrNotExist)
	}
	return end, nil
}

// follow returns the file or directory at the end of a link, or what is wrong with the way. At ".."
// a POSIX system goes up from the directory that a link on the way has led to. Windows, as every
// program that cleans a path first, takes "link/.." out of the text: that reading must lead to the
// same place, or to nothing.
func (t *Tree) follow(link int32, targets map[int32]string) (end int32, problem string, err error) {
	target := targets[link]
	if problem := t.checkTarget(target); problem != "" {
		return NoNode, problem, nil
	}
	end, problem, err = t.walk(link, target, targets)
	if err != nil || problem != "" {
		return NoNode, problem, err
	}
	if clean := path.Clean(target); clean != target && strings.Contains(target, "/..") {
		byText, problem, err := t.walk(link, clean, targets)
		if err != nil {
			return NoNode, "", err
		}
		if problem == leadsOut || problem == "" && byText != end {
			return NoNode, "leads out of the directory or to another place where \"..\" takes back the component before it, " +
				"as on Windows", nil
		}
	}
	return end, "", nil
}

// walk goes from the directory of a link along a path to the file or directory at its end, and
// returns that or what is wrong with the way. Each component on the way is a step of the budget:
// many long chains cost as much as they are long.
func (t *Tree) walk(link int32, path string, targets map[int32]string) (end int32, problem string, err error) {
	at, hops := t.Nodes[link].Parent, 1
	for path != "" {
		if err := t.judge.Budget.Spend(limits.Steps, 1); err != nil {
			return NoNode, "", err
		}
		component, rest, more := strings.Cut(path, "/")
		switch component {
		case "", ".":
			path = rest
			continue
		case "..":
			// Up from the directory that the way has reached, as a kernel does it.
			if at == max(t.Root, 0) {
				return NoNode, leadsOut, nil
			}
			at, path = t.Nodes[at].Parent, rest
			continue
		}
		next, found := t.Child(at, component)
		if !found {
			return NoNode, "leads to nothing in the archive", nil
		}
		if t.Nodes[link].Wanted && !t.Nodes[next].Wanted {
			return NoNode, "leads to what is not unpacked", nil
		}
		if t.Nodes[next].Kind == Link {
			if hops++; hops > maxLinkHops {
				return NoNode, "leads through too many links, or in a circle", nil
			}
			if problem := t.checkTarget(targets[next]); problem != "" {
				return NoNode, "leads to a link whose target " + problem, nil
			}
			// The way goes on from where that link stands, which is here.
			path = targets[next]
			if more {
				path += "/" + rest
			}
			continue
		}
		if more && t.Nodes[next].Kind != Dir {
			return NoNode, "leads through a file", nil
		}
		at, path = next, rest
	}
	return at, "", nil
}

// checkTarget returns what is wrong with the text of a target, or "". It obeys the same rules as a
// name, relative and read in the same way by every system, except that ".." is a way, and that "."
// and empty components after the first (./a, a//b, a/) stand for the directory that is reached.
func (t *Tree) checkTarget(target string) string {
	if len(target) == 0 || len(target) > MaxLinkTarget {
		return "is empty or over 4 KiB"
	}
	plain := tidy(target)
	if plain == "" {
		return "" // The directory of the link.
	}
	for _, problem := range filename.Check(plain) {
		if t.policy.Admits(problem.Rule) || problem.Rule == filename.PathTraversal {
			continue
		}
		if !t.policy.Lifted[problem.Rule] || problem.Rule == filename.Backslash {
			return "is not a plain relative path: " + problem.Detail
		}
	}
	return ""
}

// tidy is a relative path without its components that go nowhere.
func tidy(target string) string {
	if target[0] == '/' {
		return target
	}
	components := strings.Split(target, "/")
	return strings.Join(slices.DeleteFunc(components, func(c string) bool { return c == "" || c == "." }), "/")
}
