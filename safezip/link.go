package safezip

import (
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/filename"
)

const (
	maxLinkTarget = 4 << 10
	maxLinkHops   = 40 // links on the way to one target, as most kernels count them
)

// readLinks inflates the targets of all links and follows each through the plan, before anything is
// written. The archive's own tree is all that there will be, so where a link leads is known without
// asking the file system; a chain of links that leaves the directory one step at a time is seen
// here as a whole.
func (p *plan) readLinks(f *inflater) (map[int32]string, error) {
	if !p.symlinks {
		return nil, nil
	}
	targets := map[int32]string{}
	for id := range p.nodes {
		n := &p.nodes[id]
		if n.kind != kindLink {
			continue
		}
		e := &p.archive.Entries[n.entry]
		if err := p.budget.Hold(limits.MemoryBytes, nodeBytes+e.Size); err != nil {
			return nil, err
		}
		var target []byte
		if err := f.inflate(e, func(b []byte) error { target = append(target, b...); return nil }); err != nil {
			return nil, err
		}
		targets[int32(id)] = string(target)
	}
	for id := range p.nodes {
		if p.nodes[id].kind != kindLink {
			continue
		}
		problem, err := p.follow(int32(id), targets)
		if err != nil {
			return nil, err
		}
		if problem != "" {
			e := &p.archive.Entries[p.nodes[id].entry]
			if err := p.entry(e, RuleSymlink, "its target "+limits.Quote(targets[int32(id)])+" "+problem); err != nil {
				return nil, err
			}
		}
	}
	return targets, nil
}

// follow walks from a link to the file or directory at its end and returns what is wrong with the
// way, or "". Each component on the way is a step of the budget: many long chains cost as much as
// they are long.
func (p *plan) follow(link int32, targets map[int32]string) (problem string, err error) {
	at, path, hops := p.nodes[link].parent, targets[link], 1
	if problem := p.checkTarget(path); problem != "" {
		return problem, nil
	}
	for path != "" {
		if err := p.budget.Spend(limits.Steps, 1); err != nil {
			return "", err
		}
		component, rest, _ := strings.Cut(path, "/")
		next, found := p.child(at, component)
		if !found {
			return "leads to nothing in the archive", nil
		}
		if p.nodes[link].wanted && !p.nodes[next].wanted {
			return "leads to what is not unpacked", nil
		}
		if p.nodes[next].kind == kindLink {
			if hops++; hops > maxLinkHops {
				return "leads through too many links, or in a circle", nil
			}
			if problem := p.checkTarget(targets[next]); problem != "" {
				return "leads to a link whose target " + problem, nil
			}
			// The way goes on from where that link stands, which is here.
			path = targets[next] + suffix(rest)
			continue
		}
		if rest != "" && p.nodes[next].kind != kindDir {
			return "leads through a file", nil
		}
		at, path = next, rest
	}
	return "", nil
}

// suffix is the rest of a path behind one of its components.
func suffix(rest string) string {
	if rest == "" {
		return ""
	}
	return "/" + rest
}

// checkTarget returns what is wrong with the text of a target, or "". It obeys the same rules as a
// name: relative, without "..", and read in the same way by every system.
func (p *plan) checkTarget(target string) string {
	if len(target) == 0 || len(target) > maxLinkTarget {
		return "is empty or over 4 KiB"
	}
	for _, problem := range filename.Check(target) {
		if p.admits(problem.Rule) {
			continue
		}
		if !p.lifted[problem.Rule] || problem.Rule == RuleBackslash {
			return "is not a plain relative path: " + problem.Detail
		}
	}
	return ""
}
