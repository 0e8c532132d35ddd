package svg

import "slices"

// adjacency lists the edges of every vertex, in the order of where they begin.
type adjacency struct {
	first []int32 // where the edges of a vertex begin in list
	list  []edge
}

// of returns the edges that begin at a vertex.
func (a *adjacency) of(v int32) []edge { return a.list[a.first[v]:a.first[v+1]] }

// A Walk is the graph of a whole drawing with every reference followed.
type Walk struct {
	Items int64  // elements that are drawn then, at most 2^61
	Cycle string // an ID of what draws itself; InCycle tells whether there is one
	// InCycle reports whether something draws itself.
	InCycle bool

	order []int32 // vertices, each after all that it leads to
	adjacency
}

// count is the number of elements, and then of other vertices.
func (g *Graph) count() (elements, all int32) {
	n := int32(len(g.elements))          //nolint:gosec // Bounded by memory.
	return n, n + 2*int32(len(g.idents)) //nolint:gosec // Bounded by memory.
}

// Walk follows everything in depth, without recursion.
func (g *Graph) Walk() (*Walk, error) {
	if err := g.apply(); err != nil {
		return nil, err
	}
	w := &Walk{}
	if len(g.elements) == 0 {
		return w, nil
	}
	vertices, err := g.adjacent(&w.adjacency)
	if err != nil {
		return nil, err
	}
	if err := g.pay.Hold(16*vertices + 64); err != nil {
		return nil, err
	}
	costs := make([]int64, vertices) // 0: not begun; -1: on the way; else what it is, and one more
	at := append([]int32(nil), w.first[:vertices]...)
	w.order = make([]int32, 0, vertices)
	var way []int32
	for start := range int32(vertices) { //nolint:gosec // Bounded by memory.
		if costs[start] != 0 {
			continue
		}
		way = append(way[:0], start)
		costs[start] = -1
		for len(way) > 0 {
			if err := g.pay.Step(1); err != nil {
				return nil, err
			}
			v := way[len(way)-1]
			if at[v] == w.first[v+1] {
				costs[v] = g.sum(w.of(v), v, costs)
				w.order = append(w.order, v)
				way = way[:len(way)-1]
				continue
			}
			to := w.list[at[v]].to
			at[v]++
			switch costs[to] {
			case 0:
				costs[to] = -1
				way = append(way, to)
			case -1:
				w.InCycle, w.Cycle = true, g.nameOnWay(way, to)
				return w, nil
			}
		}
	}
	w.Items = costs[0] - 1
	return w, nil
}

// nameOnWay returns an ID that the walk has passed since the vertex to which it has come back.
func (g *Graph) nameOnWay(way []int32, to int32) string {
	elements, all := g.count()
	found := int32(-1)
	for _, v := range slices.Backward(way) {
		if v >= elements && v < all {
			found = (v - elements) / 2
			break
		}
		if v == to {
			break
		}
	}
	for name, n := range g.ids {
		if n == found {
			return name
		}
	}
	return ""
}

// adjacent sorts the edges by where they begin, and returns how many vertices there are.
func (g *Graph) adjacent(a *adjacency) (vertices int, err error) {
	elements, all := g.count()
	at, paints := g.paintVertices(all)
	vertices = int(all) + paints
	list, err := g.inherit(at, paints)
	if err != nil {
		return 0, err
	}
	if err := g.pay.Hold(edgeBytes*(len(list)+len(g.edges)+3*len(g.elements)) + 8*vertices); err != nil {
		return 0, err
	}
	for i := range g.elements {
		if parent := g.elements[i].parent; parent >= 0 {
			list = append(list, edge{parent, int32(i), 1, useLink})
		}
	}
	for i := range g.idents {
		from := elements + 2*int32(i)
		for _, e := range g.idents[i].elements {
			list = append(list, edge{from, e, 1, useLink})
			if g.elements[e].kind.isServer() {
				list = append(list, edge{from + 1, e, 1, useOther})
			}
		}
	}
	for _, e := range g.edges {
		if e.times == perVertex {
			e.times = max(1, g.vertices)
		}
		if e.from < 0 {
			e.from = at[g.paints[-e.from-1]]
		}
		e.to += elements
		list = append(list, e)
	}
	a.first, a.list = make([]int32, vertices+1), make([]edge, len(list))
	for _, e := range list {
		a.first[e.from+1]++
	}
	for i := 1; i < len(a.first); i++ {
		a.first[i] += a.first[i-1]
	}
	next := append([]int32(nil), a.first...)
	for _, e := range list {
		a.list[next[e.from]] = e
		next[e.from]++
	}
	return vertices, nil
}

// paintVertices numbers the paints, one for each element and property.
func (g *Graph) paintVertices(first int32) (at map[paint]int32, n int) {
	at = make(map[paint]int32, len(g.paints))
	for _, p := range g.paints {
		if _, ok := at[p]; !ok {
			at[p] = first + int32(len(at)) //nolint:gosec // Bounded by memory.
		}
	}
	return at, len(at)
}

// inherit returns the edges from elements to the paint that they have, set or inherited, and from a
// paint to the one that may be inherited in its place.
func (g *Graph) inherit(at map[paint]int32, paints int) ([]edge, error) {
	if paints == 0 {
		return nil, nil
	}
	if err := g.pay.Hold(4*int(properties)*len(g.elements) + paintBytes*paints); err != nil {
		return nil, err
	}
	var list []edge
	sources := make([][properties]int32, len(g.elements)) // one more than the vertex of the paint; 0 for none
	for i := range g.elements {
		e := &g.elements[i]
		for p := range properties {
			bit := uint8(1) << p
			inherits := p < inheritedProperties && e.set&bit == 0 || e.inherits&bit != 0
			var above int32
			if inherits && e.parent >= 0 {
				above = sources[e.parent][p]
			}
			source := above
			if e.painted&bit != 0 {
				own := at[paint{int32(i), p}]
				source = own + 1
				if above > 0 {
					list = append(list, edge{own, above - 1, 1, useOf(p)})
				}
			}
			sources[i][p] = source
			if source > 0 && e.kind.has(p) {
				if err := g.pay.Hold(2 * edgeBytes); err != nil {
					return nil, err
				}
				list = append(list, edge{int32(i), source - 1, 1, useOf(p)})
			}
		}
	}
	return list, nil
}

// has reports whether a property concerns the element itself, and not only what stands in it.
func (k elementKind) has(property uint8) bool {
	switch property {
	case propFill, propStroke:
		return k.isPainted()
	case propMarkerStart, propMarkerMid, propMarkerEnd:
		return k == kindVertices || k == kindUse
	}
	return true
}

// sum returns the cost of a vertex whose edges all lead to what has one, and one more.
func (g *Graph) sum(edges []edge, v int32, costs []int64) int64 {
	total := int64(0)
	if int(v) < len(g.elements) {
		total = 1
	}
	for _, e := range edges {
		c := costs[e.to] - 1
		if c > 0 && e.times > (most-total)/c {
			return most
		}
		total += c * e.times
	}
	return total + 1
}
