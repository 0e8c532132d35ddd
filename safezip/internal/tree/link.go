package tree

import (
	"cmp"
	"io/fs"
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

// follow walks from a link to the file or directory at its end, and returns that or what is wrong
// with the way. Each component on the way is a step of the budget: many long chains cost as much as
// they are long.
func (t *Tree) follow(link int32, targets map[int32]string) (end int32, problem string, err error) {
	at, path, hops := t.Nodes[link].Parent, targets[link], 1
	if problem := t.checkTarget(path); problem != "" {
		return NoNode, problem, nil
	}
	for path != "" {
		if err := t.judge.Budget.Spend(limits.Steps, 1); err != nil {
			return NoNode, "", err
		}
		component, rest, _ := strings.Cut(path, "/")
		if component == ".." {
			// Up from the directory that the way has reached, as a kernel does it.
			if at == max(t.Root, 0) {
				return NoNode, "leads out of the directory", nil
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
			path = targets[next] + suffix(rest)
			continue
		}
		if rest != "" && t.Nodes[next].Kind != Dir {
			return NoNode, "leads through a file", nil
		}
		at, path = next, rest
	}
	return at, "", nil
}

// suffix is the rest of a path after one of its components.
func suffix(rest string) string {
	if rest == "" {
		return ""
	}
	return "/" + rest
}

// checkTarget returns what is wrong with the text of a target, or "". It obeys the same rules as a
// name, relative and read in the same way by every system, except that ".." is a way.
func (t *Tree) checkTarget(target string) string {
	if len(target) == 0 || len(target) > MaxLinkTarget {
		return "is empty or over 4 KiB"
	}
	for _, problem := range filename.Check(target) {
		if t.policy.Admits(problem.Rule) || problem.Rule == filename.PathTraversal {
			continue
		}
		if !t.policy.Lifted[problem.Rule] || problem.Rule == filename.Backslash {
			return "is not a plain relative path: " + problem.Detail
		}
	}
	return ""
}
