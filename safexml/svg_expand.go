package safexml

import "slices"

// A vertex of the walk is a node or, behind all nodes, an ident: first for those who mean any
// element, then for those who mean servers.

// svgAdjacency lists the edges of every vertex: to the nodes that a node holds, to the idents that
// it refers to, and from an ident to the nodes that have the ID, or only to servers among them.
type svgAdjacency struct {
	first []int32 // where the edges of a vertex begin in list
	list  []svgEdge
}

// adjacency sorts the edges by where they begin.
func (g *svgGraph) adjacency() svgAdjacency {
	n := int32(len(g.nodes)) //nolint:gosec // Bounded by memory.
	all := make([]svgEdge, 0, len(g.edges)+3*len(g.nodes))
	for i := range g.nodes {
		if parent := g.nodes[i].parent; parent >= 0 {
			all = append(all, svgEdge{parent, int32(i), 1})
		}
	}
	for i := range g.idents {
		for _, node := range g.idents[i].nodes {
			all = append(all, svgEdge{n + 2*int32(i), node, 1})
			if g.nodes[node].server {
				all = append(all, svgEdge{n + 2*int32(i) + 1, node, 1})
			}
		}
	}
	for _, e := range g.edges {
		if e.times == perVertex {
			e.times = max(1, g.vertices)
		}
		all = append(all, svgEdge{e.from, n + e.to, e.times})
	}
	a := svgAdjacency{first: make([]int32, len(g.nodes)+2*len(g.idents)+1), list: make([]svgEdge, len(all))}
	for _, e := range all {
		a.first[e.from+1]++
	}
	for i := 1; i < len(a.first); i++ {
		a.first[i] += a.first[i-1]
	}
	next := append([]int32(nil), a.first...)
	for _, e := range all {
		a.list[next[e.from]] = e
		next[e.from]++
	}
	return a
}

// expand walks everything in depth, without recursion, and returns how many elements there are to
// be drawn with every reference followed, at most svgMost; or the ident at which a cycle closes,
// and otherwise -1.
func (g *svgGraph) expand(r *reading) (cost int64, cycle int32, err error) {
	vertices := len(g.nodes) + 2*len(g.idents)
	if err := r.hold(svgEdgeBytes*(len(g.edges)+3*len(g.nodes)) + 32*vertices); err != nil {
		return 0, -1, err
	}
	a := g.adjacency()
	costs := make([]int64, vertices) // 0: not begun; -1: on the way; else what it is, and one more
	at := append([]int32(nil), a.first[:vertices]...)
	var way []int32
	n := int32(len(g.nodes))             //nolint:gosec // Bounded by memory.
	for start := range int32(vertices) { //nolint:gosec // Bounded by memory.
		if costs[start] != 0 {
			continue
		}
		way = append(way[:0], start)
		costs[start] = -1
		for len(way) > 0 {
			if err := r.meter.Step(1); err != nil {
				return 0, -1, err
			}
			v := way[len(way)-1]
			if at[v] == a.first[v+1] {
				costs[v] = g.sum(&a, v, costs)
				way = way[:len(way)-1]
				continue
			}
			to := a.list[at[v]].to
			at[v]++
			switch costs[to] {
			case 0:
				costs[to] = -1
				way = append(way, to)
			case -1:
				for _, v := range slices.Backward(way) {
					if v >= n {
						return 0, (v - n) / 2, nil
					}
				}
				return 0, max(0, to-n) / 2, nil
			}
		}
	}
	return costs[0] - 1, -1, nil
}

// sum returns the cost of a vertex whose edges all lead to what has one, and one more.
func (g *svgGraph) sum(a *svgAdjacency, v int32, costs []int64) int64 {
	total := int64(0)
	if int(v) < len(g.nodes) {
		total = g.nodes[v].own
	}
	for _, e := range a.list[a.first[v]:a.first[v+1]] {
		c := costs[e.to] - 1
		if c > 0 && e.times > (svgMost-total)/c {
			return svgMost
		}
		total += c * e.times
	}
	return total + 1
}
