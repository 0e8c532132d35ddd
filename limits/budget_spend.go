package limits

import "io"

// Spend charges n of r to the operation and to every envelope around it, or nothing at all. If a
// limit would be exceeded it returns an [*ExceededError], which ends the operation, and with it all
// under the envelope if the limit was an envelope's.
//
// r is InputBytes, OutputBytes, Items or Steps: memory has [Budget.Hold], depth has [Budget.Deep],
// time runs by itself, and to spend them is a [*ConfigError]. A negative n is the overflow of a
// hostile number: it is refused as if it were more than any limit.
func (b *Budget) Spend(r Resource, n int64) error {
	if b == nil {
		return unstarted()
	}
	// This is Err, spelled out because the compiler does not inline it.
	if s := b.state.Load(); s != stateFree && (s != stateBound || b.ctx.Err() != nil) {
		if err := b.look(); err != nil {
			return err
		}
	}
	if !r.spendable() {
		return b.misspent(r)
	}
	between := betweenLooks[r]
	before := b.used[r].load()
	for n >= 0 && n <= b.most[r]-before {
		if !b.used[r].swapShared(before, before+n) {
			before = b.used[r].load()
			continue
		}
		if before^(before+n) >= between {
			if err := b.late(); err != nil {
				return b.refund(r, n, err)
			}
		}
		if b.around == nil {
			return nil
		}
		if e := b.near.env.take(b.op, r, n); e != nil {
			return b.refund(r, n, b.fail(e))
		}
		if b.near.watch != nil {
			b.notice(r)
		}
		return nil
	}
	return b.fail(b.exceeded(r, before, n))
}

// refund takes back a charge that is refused. Spend is quicker if this is not a part of it.
//
//go:noinline
func (b *Budget) refund(r Resource, n int64, err error) error {
	b.used[r].takeShared(n)
	return err
}

// misspent ends the operation because it has spent what cannot be spent. It is apart as refund is.
//
//go:noinline
func (b *Budget) misspent(r Resource) error {
	return b.fail(misuse(b.op, r.field(), notSpendable))
}

// notice tells the observers if a soft limit of r has been passed.
func (b *Budget) notice(r Resource) {
	if used := b.used[r].load(); b.near.watch.passed(r, used) {
		b.near.watch.report(b.ctx, b.op, r, used, b.Usage(), b.abandon)
	}
}

// Fits reports what [Budget.Spend], [Budget.Hold] or [Budget.Deep] would return for n of r, but
// charges nothing and ends nothing. Use it on the sizes that a header declares, before anything is
// allocated for them. An amount that fits now may not fit later if other goroutines spend
// meanwhile. Time cannot be asked for.
func (b *Budget) Fits(r Resource, n int64) error {
	if err := b.Err(); err != nil {
		return err
	}
	if !r.known() || r == Time {
		return misuse(b.op, r.field(), "cannot be asked for: it is no amount that fits")
	}
	if r == MemoryBytes {
		b.mu.Lock()
		defer b.mu.Unlock()
	}
	return b.fits(r, n)
}

// Deep refuses a nesting of n levels if that is more than Depth, and ends the operation as
// [Budget.Spend] does. It keeps no count: siblings do not add up. Envelopes have no depth.
func (b *Budget) Deep(n int64) error {
	if err := b.Err(); err != nil {
		return err
	}
	if err := b.over(Depth, 0, n); err != nil {
		return b.fail(err)
	}
	if b.used[Depth].raiseShared(n) {
		b.notice(Depth)
	}
	return nil
}

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
	b.mu.Lock()
	if b.closed {
		b.mu.Unlock()
		return b.fail(nil)
	}
	err := b.hold(n)
	held := b.used[r].n
	b.mu.Unlock()
	if err != nil {
		return b.fail(err)
	}
	if b.near.watch.passed(r, held) {
		b.near.watch.report(b.ctx, b.op, r, held, b.Usage(), b.abandon)
	}
	return nil
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
	b.release(n)
}

// Reader returns src with its bytes charged to r, which is InputBytes or OutputBytes as a rule. A
// source of exactly the limit is read to its io.EOF; of a longer one the bytes up to the limit are
// handed on, and then comes the refusal, never io.EOF. To tell the two apart it reads one byte past
// the limit, and does not hand it on. That takes one read of the source more than the data needs.
//
// The result has the method Read, and ReadByte if src has it (a ReadByte before a file would
// read it byte by byte), and nothing else: a WriterTo would carry bytes past the meter. It reads
// nothing ahead, and is for one goroutine at a time. An error of src is passed on as it is. A Read
// that blocks is not interrupted when time runs out; the next one is refused.
func (b *Budget) Reader(r Resource, src io.Reader) io.Reader {
	metered := &reader{b, r, src}
	if bytes, ok := src.(io.ByteReader); ok {
		return &byteReader{metered, bytes}
	}
	return metered
}

// Writer returns dst with its bytes charged to r. Each Write is all or nothing: what does not fit
// is refused before a byte of it reaches dst. It has the method Write and nothing else, so that no
// ReaderFrom carries bytes past the meter. Bytes are charged before they are written, and stay
// charged if dst fails; the error of dst is passed on as it is.
func (b *Budget) Writer(r Resource, dst io.Writer) io.Writer { return &writer{b, r, dst} }

// room returns how much of r can still be spent, at most n, and refuses what Spend would refuse
// whatever the amount.
func (b *Budget) room(r Resource, n int64) (int64, error) {
	if err := b.Err(); err != nil {
		return 0, err
	}
	if !r.spendable() || b.most[r] == 0 {
		return 0, b.Spend(r, 0)
	}
	return b.env().room(r, min(n, b.most[r]-b.used[r].load())), nil
}
