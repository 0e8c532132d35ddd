package rematch

import (
	"github.com/seed73825598/airlock/limits"
)

// pikeLight is the loop of a light machine: whether there is a match, and where it begins and ends,
// is all that is asked for, so that a thread is an instruction and where it began.
func pikeLight[T Text](p *Program, v *machine, m *limits.Meter, in T, q request, caps []int) (bool, error) {
	c := &p.classes
	anchored := q.anchored || p.anchored
	skips := p.hasFirst && !anchored
	matched := false
	only := p.onlyStart()
	pos := q.from
	before := kindBefore(c, in, pos)
	class, size, after := look(c, in, pos)
	for {
		if len(v.run.threads) == 0 && pos < q.to && skips && !matched && !p.first[in[pos]] {
			// No match begins before one of these bytes. Instructions that were passed on the way to no
			// thread were passed at this position.
			v.run.reset()
			began, limit := pos, min(q.to, pos+stepBlock)
			for pos < limit && !p.first[in[pos]] {
				pos++
			}
			if err := v.spend(m, int64(pos-began)); err != nil {
				return false, err
			}
			before = kindBefore(c, in, pos)
			class, size, after = look(c, in, pos)
			continue
		}
		here := spot{pos, c.flags[before][after], noClass}
		if size > 0 && pos < q.to {
			here.class = int32(class)
		}
		if !matched && (pos == q.from || !anchored) && (only < 0 || v.run.marks[only] != v.run.round) {
			if err := v.begin(p, m, &here); err != nil {
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
		for _, t := range v.run.threads {
			if t.out != hasMatched {
				if p.longest && matched && len(caps) > 0 && caps[0] < int(t.caps) {
					continue // A thread that began further to the right than a match has lost.
				}
				if err := v.spreadLight(p, m, t, &there); err != nil {
					return false, err
				}
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
		if err := v.spend(m, 1); err != nil {
			return false, err
		}
		pos += size
		before, class, size, after = after, class2, size2, after2
	}
}

// onlyStart is the leaf with which all matches begin, if it is one, or -1: where a thread has it,
// no other begins.
func (p *Program) onlyStart() int64 {
	if leaves := p.starts.leaves; len(leaves) == 1 {
		return int64(leaves[0].pc)
	}
	return -1
}

// spreadLight is spread for a thread of a light machine.
func (v *machine) spreadLight(p *Program, m *limits.Meter, t thread, s *spot) error {
	if !p.flat.known[t.out] {
		return v.follow(p, m, v.next, t.out, s, t.caps)
	}
	q, leaves := v.next, p.flat.of(t.out)
	for i := range leaves {
		l := &leaves[i]
		out := l.out
		switch l.op {
		case opClass:
			if int32(l.arg) != s.class { //nolint:gosec // A class.
				continue
			}
		case opSet:
			if s.class < 0 || !p.classes.has(l.arg, uint16(s.class)) { //nolint:gosec // A class.
				continue
			}
		case opMatch:
			out = hasMatched
		default:
			if s.class < 0 {
				continue
			}
		}
		if mark := &q.marks[l.pc]; *mark != q.round && l.holds&^s.holds == 0 {
			*mark = q.round
			q.threads = append(q.threads, thread{out, t.caps})
		}
	}
	return v.spend(m, int64(len(leaves))+1)
}
