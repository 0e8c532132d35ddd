package limits

import "context"

// pooling is one of the pools of a context.
type pooling struct {
	pool  *Pool
	outer *pooling
}

// admit takes the places of an operation that may hold so much memory, from the innermost pool
// outwards, and waits where it must. All that is taken is in the result, for the caller to give
// back; it is nil if there is nothing to take.
//
// Under an envelope the place is the envelope's. A brief operation, which is a Meter's, leaves it
// to the envelope alone then: it ends soon after the envelope does, and to keep books of each match
// would cost more than many a match.
func (s *scope) admit(ctx context.Context, op string, memory int64, brief bool) (*stay, error) {
	if s == nil || s.pools == s.admitted {
		return nil, nil
	}
	var taken stay
	outermost := s.env.outermost()
	for at := s.pools; at != s.admitted; at = at.outer {
		pl, err := at.pool.placeFor(op, outermost, memory)
		if err == nil && brief && pl.kept.Load() {
			continue
		}
		if err == nil {
			err = pl.enter(ctx, op, s.env)
		}
		if err != nil {
			taken.giveBack()
			return nil, err
		}
		if brief && pl.kept.Load() {
			pl.leave()
			continue
		}
		taken.places = append(taken.places, pl)
	}
	if taken.places == nil {
		return nil, nil
	}
	return &stay{places: taken.places}, nil
}

// placeFor returns the place of an operation, which is that of its envelope if it has one, not
// entered yet. What can never have a place is refused here: it must not wait.
func (p *Pool) placeFor(op string, env *envelope, memory int64) (*place, error) {
	pl := env.placeIn(p)
	if pl == nil {
		pl = p.newPlace(memory)
	}
	if !p.capped {
		return pl, nil
	}
	where, all := "", p.most.MemoryBytes.String()
	if pl.shared {
		where = " in the limits given to limits.With"
	}
	problem := FieldProblem{Field: MemoryBytes.field(), Unset: true}
	switch {
	case pl.shared && pl.memory == 0:
		problem.Reason = "is no limit" + where +
			", and the Pool has to know how much the envelope may hold: give it at most " + all
	case !pl.shared && pl.memory == unlimited:
		problem.Reason = "is limits.UnsafeUnlimited, and the Pool has to know how much the operation may hold: give it at most " + all
	case pl.memory > int64(p.most.MemoryBytes):
		problem.Reason = "is " + Bytes(pl.memory).String() + where + ", and the Pool has " + all +
			" in all: lower it, or raise PoolLimits.MemoryBytes"
		problem.Unset = false
	default:
		return pl, nil
	}
	return nil, &ConfigError{Op: op, Problems: []FieldProblem{problem}}
}

// newPlace returns a place that no operation has entered. Where memory is not capped none has to
// declare any, and there may be no number to add up.
func (p *Pool) newPlace(memory int64) *place {
	if !p.capped {
		memory = 0
	}
	return &place{pool: p, memory: memory}
}

// outermost returns the envelope that all others around an operation lie in, or nil.
func (e *envelope) outermost() *envelope {
	if e == nil {
		return nil
	}
	for e.outer != nil {
		e = e.outer
	}
	return e
}

// placeIn returns the place of the envelope in p, or nil if it has ended or there is none at all:
// an operation on a context that outlives the envelope needs a place of its own.
func (e *envelope) placeIn(p *Pool) *place {
	if e == nil {
		return nil
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.departed {
		return nil
	}
	for _, pl := range e.places {
		if pl.pool == p {
			return pl
		}
	}
	if e.places == nil {
		// A CancelFunc that is never called must not cost more than the context does.
		e.unwatch = context.AfterFunc(e.inside, e.depart)
	}
	pl := p.newPlace(e.most[MemoryBytes])
	pl.shared = true
	e.places = append(e.places, pl)
	return pl
}

// depart gives up the places of the envelope, at the first call.
func (e *envelope) depart() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.departed {
		return
	}
	e.departed = true
	if e.unwatch != nil {
		e.unwatch()
	}
	for _, pl := range e.places {
		pl.depart()
	}
}
