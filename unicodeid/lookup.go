package unicodeid

import (
	"context"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
)

// Lookup returns the key that raw leads to. It has no policy: whatever is typed at login, its key
// is the one that Register stored for any spelling of the name, or no account's. Every refusal is
// [ErrNoKey], oversized and invalid input included: answer as for an unknown user. A context that
// has ended, and a Profile not made by New, are errors of their own.
func (p *Profile) Lookup(ctx context.Context, raw string) (Key, error) {
	if p != nil && ctx != nil && len(raw) <= p.shortKeyed {
		// Of an ordinary name two words tell it, and no call is made for that.
		kind := asciiInert
		switch n := len(raw); {
		case n >= 8 && n <= 16 && changed(eightBytes(raw))|changed(eightBytes(raw[n-8:])) == 0:
		case n >= 4 && n < 8 && changed(fourBytes(raw)|fourBytes(raw[n-4:])<<32) == 0:
		default:
			kind = asciiKindOf(raw)
		}
		if kind != asciiOther && ctx.Err() == nil && !limits.Metered(ctx) {
			if kind == asciiInert {
				return Key{raw}, nil
			}
			return Key{lowered(raw)}, nil
		}
	}
	return p.lookup(ctx, raw)
}

const lookupOp = "unicodeid.Lookup"

// lookup is Lookup of any name.
func (p *Profile) lookup(ctx context.Context, raw string) (Key, error) {
	const op = lookupOp
	if err := p.ready(ctx, op); err != nil {
		return Key{}, err
	}
	if p.display {
		return Key{}, errDisplayName(op)
	}
	if over(len(raw), p.lim.InputBytes) {
		return Key{}, &longNameError{p, len(raw)}
	}
	if len(raw) <= p.short && !limits.Metered(ctx) {
		if inert(raw) {
			return Key{raw}, nil
		}
		if key, ok := asciiKey(raw); ok {
			return Key{key}, nil
		}
		if len(raw) <= p.folds {
			if key, ok := foldedKey(raw); ok && len(key) <= p.folds {
				return Key{key}, nil
			}
		}
	}
	return p.lookupMetered(ctx, op, raw)
}

func (p *Profile) lookupMetered(ctx context.Context, op, raw string) (Key, error) {
	meter := p.lim.Meter(ctx, op)
	err := errPanicked
	defer func() {
		if err == errPanicked { //nolint:errorlint // It is ours, and still there if an observer panicked.
			_ = meter.Finish(err)
		}
	}()
	var key string
	key, err = p.mapped(op, &meter, raw)
	if err != nil {
		return Key{}, p.finish(&meter, err)
	}
	if err := meter.Finish(nil); err != nil {
		return Key{}, err
	}
	return Key{key}, nil
}

// mapped returns the key of raw within the limits, or an *Error of the one problem that there is no
// key for.
func (p *Profile) mapped(op string, meter *limits.Meter, raw string) (string, error) {
	switch n, err := countRunes(meter, raw); {
	case err != nil:
		return "", err
	case over(n, p.lim.Items):
		return "", p.newOversized(op, limits.Items, p.lim.Items, int64(n)).refusal()
	}
	m := mapper{meter: meter}
	key, f := m.key(raw)
	m.release()
	if f != nil {
		if f.budget != nil {
			return "", f.budget
		}
		e := &Error{Op: op, Problems: []Problem{f.problem()}}
		if f.rule != RuleInvalidUTF8 {
			locate(raw, e.Problems)
		}
		return "", e
	}
	switch n, err := countRunes(meter, key); {
	case err != nil:
		return "", err
	case over(n, p.lim.Items):
		return "", p.newOversized(op, limits.Items, p.lim.Items, int64(n)).refusal()
	}
	if over(len(key), p.lim.OutputBytes) {
		return "", p.newOversized(op, limits.OutputBytes, int64(p.lim.OutputBytes), int64(len(key))).refusal()
	}
	return key, nil
}

// finish ends the meter with what ended the call, and makes every refusal ErrNoKey.
func (p *Profile) finish(meter *limits.Meter, err error) error {
	err = meter.Finish(err)
	switch e := err.(type) { //nolint:errorlint // These are ours, unwrapped.
	case *Error:
		return &noKeyError{e}
	case *limits.ExceededError:
		return &noKeyError{&Error{Op: e.Op, Problems: []Problem{overBudget(e, 0)},
			exceeded: e}}
	}
	return err
}

// problem says a fault in words.
func (f *fault) problem() Problem {
	return Problem{Rule: f.rule, Offset: f.offset, Len: f.size, Code: f.code, Detail: text(f.rule)}
}

// errDisplayName is what a call for keys is refused with where names have none.
func errDisplayName(op string) error {
	return setup.Misuse(op, "the Profile", "is made with DisplayName, whose names have no key")
}
