package limits

// Hold accounts for n bytes that the operation is about to keep in memory, in its own limits and in
// every envelope, or for none at all. r is MemoryBytes; any other is a [*ConfigError]. It refuses
// and ends as [Budget.Spend] does.
func (b *Budget) Hold(r Resource, n int64) error {
	if err := b.Err(); err != nil {
		return err
	}
	if r != MemoryBytes {
		return b.fail(misuse(b.op, r.field(), notHeld))
	}
	held, err := b.take(n)
	if err != nil {
		return b.fail(err)
	}
	b.notice(r, held)
	return nil
}

// take is the part of Hold that Close must not come between. It returns what is held now.
func (b *Budget) take(n int64) (int64, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return 0, closed.answer(b.op)
	}
	old := b.used[MemoryBytes].Load()
	if n < 0 || n > b.most[MemoryBytes]-old {
		return 0, exceeded(b.op, MemoryBytes, b.most[MemoryBytes], old, n)
	}
	if b.env != nil {
		if e := b.env.take(b.op, MemoryBytes, n); e != nil {
			return 0, e
		}
	}
	b.used[MemoryBytes].Store(old + n)
	b.peak.Store(max(b.peak.Load(), old+n))
	return old + n, nil
}

// Release gives back n bytes of what Hold took, to the operation and to its envelopes. It works
// after a refusal, too. More than is held, a negative n, another resource and a closed Budget
// change nothing that is not the operation's own: at most what it holds is given back.
func (b *Budget) Release(r Resource, n int64) {
	if b == nil || r != MemoryBytes || n <= 0 {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return
	}
	b.giveBack(n)
}

// giveBack returns memory while the lock is held.
func (b *Budget) giveBack(n int64) {
	n = min(n, b.used[MemoryBytes].Load())
	b.used[MemoryBytes].Add(-n)
	b.env.give(MemoryBytes, n)
}
