package rematch

import (
	"github.com/seed73825598/airlock/limits"
)

// pikeLight is the loop of a light machine: whether there is a match, and where it begins and ends,
// is all that is asked for, so that a thread is an instruction and where it began.
func pikeLight[T Text](p *Program, v *machine, m *limits.Meter, in T, q request, caps []int) (bool, error) {
	c := &p.classes
	anchored := q.anchored || p.anchored
	matched := false
	only := p.onlyStart()
	pos := q.from
	before := kindBefore(c, in, pos)
	class, size, after := look(c, in, pos)
	for {
		if v.rests(q, pos, matched) {
			return false, nil
		}
		begins := !matched && (pos == q.from || !anchored)
		if len(v.run.threads) < 2 && pos < q.to && (p.hasFirst || !begins) && (!matched || !p.longest) {
			limit := min(q.to, pos+stepBlock)
			if q.passed > pos {
				limit = min(limit, q.passed)
			}
			to, work := passOver(p, v, in, pos, limit, only, begins)
			if to > pos {
				if err := v.spend(m, work); err != nil {
					return false, err
				}
				pos = to
				before = kindBefore(c, in, pos)
				class, size, after = look(c, in, pos)
				continue
			}
		}
		here := spot{pos, c.flags[before][after], noClass}
		if size > 0 && pos < q.to {
			here.class = int32(class)
		}
		if begins && (only == hasMatched || !v.run.has(only)) && (!p.hasFirst || pos < q.to && p.first[in[pos]]) {
			if p.starts.plain && here.class >= 0 {
				of := p.starts.of(int(here.class))
				for _, i := range of {
					v.run.add(p.starts.leaves[i].out, int32(pos)) //nolint:gosec // A light machine has no longer texts.
				}
				v.work += int64(len(of))
			} else if err := v.begin(p, m, &here); err != nil {
				return false, err
			}
		}
		if len(v.run.threads) == 0 && (matched || anchored) {
			return matched, nil
		}
		// The leaves after this character, for the threads that read it.
		class2, size2, after2 := uint16(0), 0, kindEdge
		if i := pos + size; size > 0 && i < len(in) {
			if b := in[i]; b < 0x80 {
				class2, size2 = c.ascii[b], 1
				after2 = c.kinds[class2]
			} else {
				class2, size2, after2 = look(c, in, i)
			}
		}
		there := spot{pos + size, c.flags[after][after2], noClass}
		if size2 > 0 && there.pos < q.to {
			there.class = int32(class2)
		}
		v.reached = pos
		var column []uint16
		if there.class >= 0 && p.flat.next != nil {
			column = p.flat.next[class2:]
		}
		queue := v.next
		work := int64(1)
		threads := v.run.threads
		for k := 0; k < len(threads); k++ {
			if column != nil && (!p.longest || !matched) {
				began := k
				k = queue.move(threads, k, column, c.count)
				if work += int64(k-began) * moveSteps; k == len(threads) {
					break
				}
			}
			t := threads[k]
			if t.out != hasMatched {
				if p.longest && matched && len(caps) > 0 && caps[0] < int(t.caps) {
					continue // A thread that began further to the right than a match has lost.
				}
				if column != nil {
					if to := column[int(t.out)*c.count]; to != several {
						if work += moveSteps; to != noWay {
							queue.add(uint32(to-goes), t.caps)
						}
						continue
					}
				}
				if err := v.spreadLight(p, m, t, &there, work); err != nil {
					return false, err
				}
				work = 0
				continue
			}
			if q.whole && pos != q.to {
				continue
			}
			if len(caps) == 0 {
				return true, nil
			}
			if !p.longest || !matched || int(t.caps) <= caps[0] {
				caps[0], caps[1] = int(t.caps), pos
			}
			if matched = true; !p.longest {
				break // A thread that comes later has less priority.
			}
		}
		v.run.reset()
		v.run, v.next = v.next, v.run
		if here.class < 0 {
			return matched, nil
		}
		if err := v.spend(m, work); err != nil {
			return false, err
		}
		pos += size
		before, class, size, after = after, class2, size2, after2
	}
}

// passOver goes on while no thread is there and no match begins, or while there is one thread that
// has one way to go, and every match that begins goes the same way. It stops before a limit, and
// returns where and at what cost.
func passOver[T Text](p *Program, v *machine, in T, pos, limit int, only uint32, begins bool) (to int,
	work int64) {
	to = pos
	if len(v.run.threads) == 0 {
		for begins && to < limit && !p.first[in[to]] {
			to++
		}
		// Instructions that were passed on the way to no thread were passed at this position.
		v.run.reset()
		return to, int64(to - pos)
	}
	t, next, c := v.run.threads[0], p.flat.next, &p.classes
	if t.out == hasMatched || next == nil || in[to] >= 0x80 {
		return to, 0
	}
	for to+1 < limit && in[to+1] < 0x80 && (!begins || t.out == only || !p.first[in[to]]) {
		way := next[int(t.out)*c.count+int(c.ascii[in[to+1]])]
		if way < goes {
			break
		}
		t.out = uint32(way - goes)
		to++
	}
	if to > pos {
		v.run.reset()
		v.run.add(t.out, t.caps)
	}
	return to, int64(to-pos) * (1 + moveSteps)
}

// onlyStart is where all matches go that begin, if that is one instruction, or hasMatched: where a
// thread goes there, no other begins.
func (p *Program) onlyStart() uint32 {
	if leaves := p.starts.leaves; len(leaves) == 1 && leaves[0].op != opMatch {
		return leaves[0].out
	}
	return hasMatched
}

// spreadLight is spread for a thread of a light machine that has several ways to go. It charges so
// much work besides its own.
func (v *machine) spreadLight(p *Program, m *limits.Meter, t thread, s *spot, work int64) error {
	if err := v.spend(m, work); err != nil {
		return err
	}
	if !p.flat.known[t.out] {
		return v.follow(p, m, v.next, t.out, s, t.caps)
	}
	leaves := p.flat.of(t.out)
	for i := range leaves {
		v.admits(p, v.next, &leaves[i], s, t.caps)
	}
	return v.spend(m, int64(len(leaves))+1)
}
