package safezip

import (
	"cmp"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/tree"
)

// children are the lists of what each directory holds: the first node in it, and after each node
// the next one, in no order.
type children struct {
	first, next []int32
}

const (
	childrenBytes = 8  // of a node
	entryBytes    = 40 // of a fs.DirEntry and its node's place in the sorting

	// sortRun is how many names are sorted between two looks at the budget.
	sortRun = 1024
)

// lists makes the lists of all directories when they are first asked for. Each node costs a step.
func (r *Reader) lists() (*children, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.children != nil {
		return r.children, nil
	}
	nodes := r.archive.tree.Nodes
	if err := r.archive.judge.Hold(childrenBytes * int64(len(nodes))); err != nil {
		return nil, err
	}
	c := &children{first: make([]int32, len(nodes)), next: make([]int32, len(nodes))}
	for i := range c.first {
		c.first[i], c.next[i] = tree.NoNode, tree.NoNode
	}
	for id := len(nodes) - 1; id > 0; id-- {
		if id%sortRun == 0 {
			if err := r.archive.budget.Spend(limits.Steps, sortRun); err != nil {
				return nil, err
			}
		}
		if n := &nodes[id]; n.Wanted {
			c.next[id], c.first[n.Parent] = c.first[n.Parent], int32(id) //nolint:gosec // See index.
		}
	}
	r.children = c
	return c, nil
}

// list returns what a directory holds, sorted by name. Each entry costs a step, and one more for
// each time it is merged.
func (r *Reader) list(dir int32) ([]fs.DirEntry, error) {
	c, err := r.lists()
	if err != nil {
		return nil, err
	}
	count := int64(0)
	for id := c.first[dir]; id != tree.NoNode; id = c.next[id] {
		count++
	}
	b := r.archive.budget
	if err := b.Spend(limits.Steps, 1+count); err != nil {
		return nil, err
	}
	if err := r.pool.hold(count * entryBytes); err != nil {
		return nil, err
	}
	defer b.Release(limits.MemoryBytes, count*entryBytes)
	ids := make([]int32, 0, count)
	for id := c.first[dir]; id != tree.NoNode; id = c.next[id] {
		ids = append(ids, id)
	}
	if ids, err = r.sorted(ids); err != nil {
		return nil, err
	}
	list := make([]fs.DirEntry, len(ids))
	for i, id := range ids {
		list[i] = info{r, id}
	}
	return list, nil
}

// sorted sorts nodes by name: runs by themselves, then merged pairwise, so that the budget is
// looked at however many there are.
func (r *Reader) sorted(ids []int32) ([]int32, error) {
	nodes, b := r.archive.tree.Nodes, r.archive.budget
	byName := func(i, j int32) int { return cmp.Compare(nodes[i].Name, nodes[j].Name) }
	for run := range slices.Chunk(ids, sortRun) {
		if err := b.Err(); err != nil {
			return nil, err
		}
		slices.SortFunc(run, byName)
	}
	if len(ids) <= sortRun {
		return ids, nil
	}
	from, to := ids, make([]int32, len(ids))
	for width := sortRun; width < len(ids); width *= 2 {
		for low := 0; low < len(ids); low += 2 * width {
			middle, high := min(low+width, len(ids)), min(low+2*width, len(ids))
			left, right := from[low:middle], from[middle:high]
			for at := low; at < high; at++ {
				if at%sortRun == 0 {
					if err := b.Spend(limits.Steps, sortRun); err != nil {
						return nil, err
					}
				}
				if len(right) == 0 || len(left) > 0 && byName(left[0], right[0]) <= 0 {
					to[at], left = left[0], left[1:]
				} else {
					to[at], right = right[0], right[1:]
				}
			}
		}
		from, to = to, from
	}
	return from, nil
}

// A glob is one search for the names that match a pattern.
type glob struct {
	view *view
	held int64
}

// release gives back what the names found so far take.
func (g *glob) release() { g.view.reader.pool.budget.Release(limits.MemoryBytes, g.held) }

// match returns the names that match a pattern, as fs.Glob has it: component by component, where
// one without a special character is looked up instead of compared.
func (g *glob) match(pattern string) ([]string, error) {
	if !special(pattern) {
		if _, err := g.view.find(pattern, true); err != nil {
			return nil, unlessMissing(err)
		}
		return []string{pattern}, nil
	}
	found := []string{"."}
	for rest, more := pattern, true; more && len(found) > 0; {
		var component string
		component, rest, more = strings.Cut(rest, "/")
		var next []string
		for _, dir := range found {
			names, err := g.in(dir, component)
			if err != nil {
				return nil, err
			}
			next = append(next, names...)
		}
		found = next
	}
	return found, nil
}

// special reports a pattern that is more than a name.
func special(pattern string) bool { return strings.ContainsAny(pattern, `*?[\`) }

// below joins a name to its directory. Unlike path.Join it keeps what makes a path invalid.
func below(dir, name string) string {
	if dir == "." {
		return name
	}
	return dir + "/" + name
}

// unlessMissing is nil for a name that is not there or cannot be.
func unlessMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return nil
	}
	return err
}

// in returns the names in dir that match one component of a pattern. A path that is not there, or
// is not a directory, holds none.
func (g *glob) in(dir, component string) ([]string, error) {
	v := g.view
	if !special(component) {
		name := below(dir, component)
		if _, err := v.find(name, true); err != nil {
			return nil, unlessMissing(err)
		}
		return []string{name}, g.keep(name)
	}
	id, err := v.find(dir, true)
	if err != nil {
		return nil, unlessMissing(err)
	}
	r := v.reader
	if r.archive.tree.Nodes[id].Kind != tree.Dir {
		return nil, nil
	}
	list, err := r.list(id)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range list {
		cost := 1 + steps(int64(len(component))*int64(len(e.Name())))
		if err := r.archive.budget.Spend(limits.Steps, cost); err != nil {
			return nil, err
		}
		if ok, err := path.Match(component, e.Name()); err != nil {
			return nil, err
		} else if ok {
			name := below(dir, e.Name())
			if err := g.keep(name); err != nil {
				return nil, err
			}
			names = append(names, name)
		}
	}
	return names, nil
}

// keep charges a name that was found.
func (g *glob) keep(name string) error {
	const stringBytes = 32
	n := stringBytes + int64(len(name))
	if err := g.view.reader.pool.hold(n); err != nil {
		return err
	}
	g.held += n
	return nil
}
