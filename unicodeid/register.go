package unicodeid

import (
	"context"
	"errors"
	"math"
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/limits"
)

// Register returns the name that raw is, or an [*Error] with every problem found and where it is.
// It renames nothing: outer white space is left out and the display form composed (NFC), and all
// else that would have to change is a problem, with a plain spelling to offer where there is one. A
// refused name is the zero Name.
//
// Whether another user has the name already is for the database to say; see the package comment.
func (p *Profile) Register(ctx context.Context, raw string) (Name, error) {
	const op = "unicodeid.Register"
	if err := p.ready(ctx, op); err != nil {
		return Name{}, err
	}
	if over(len(raw), p.lim.InputBytes) {
		return Name{}, p.newOversized(op, limits.InputBytes, int64(p.lim.InputBytes), int64(len(raw))).refusal()
	}
	if p.isPlain(raw) && !limits.Metered(ctx) {
		if name, ok := p.registerPlain(raw); ok {
			return name, nil
		}
	}
	name, refusal, err := p.registered(ctx, op, raw)
	switch {
	case err != nil:
		return Name{}, err
	case refusal != nil:
		return Name{}, refusal
	}
	return name, nil
}

// UnsafeAdopt returns the name that raw is although the policy refuses it, and the problems that
// Register would have had: for rows that exist already, and for an operator's own names. Such a
// name has its skeletons, so that its lookalikes do not pass later; store them. At sign-up this
// would lift the whole policy. The display form of a name that holds a control or reorders text is
// one that Display.Scan refuses: show something else.
//
// err is nil if there is a Name. Without a key, and with a spent limit, it is Register's *Error,
// the Name is zero and the problems are nil.
func (p *Profile) UnsafeAdopt(ctx context.Context, raw string) (Name, []Problem, error) {
	const op = "unicodeid.UnsafeAdopt"
	if err := p.ready(ctx, op); err != nil {
		return Name{}, nil, err
	}
	if p.display {
		return Name{}, nil, errDisplayName(op)
	}
	if over(len(raw), p.lim.InputBytes) {
		return Name{}, nil, p.newOversized(op, limits.InputBytes, int64(p.lim.InputBytes), int64(len(raw))).refusal()
	}
	name, refusal, err := p.registered(ctx, op, raw)
	switch {
	case err != nil:
		return Name{}, nil, err
	case refusal == nil:
		return name, nil, nil
	case name.key.IsZero() || refusal.exceeded != nil && refusal.exceeded.Resource != limits.Depth:
		return Name{}, nil, refusal
	}
	return name, refusal.Problems, nil
}

// registered is Register under a meter: the name, if it has a key, and why the policy refuses it.
func (p *Profile) registered(ctx context.Context, op, raw string) (Name, *Error, error) {
	meter := p.lim.Meter(ctx, op)
	var name Name
	var refusal *Error
	err := errPanicked
	defer func() {
		if err == errPanicked { //nolint:errorlint // It is ours, and still there if the caller's code panicked.
			_ = meter.Finish(err)
		}
	}()
	name, refusal, err = p.register(op, &meter, raw)
	if exceeded, ok := err.(*limits.ExceededError); ok { //nolint:errorlint // It is the meter's own.
		err = nil
		name, refusal = Name{}, &Error{Op: op, Problems: []Problem{overBudget(exceeded, len(raw))}, exceeded: exceeded}
	}
	ended := err
	if ended == nil && refusal != nil {
		ended = refusal
	}
	err = meter.Finish(ended)
	if refused, ok := err.(*Error); ok { //nolint:errorlint // It is ours.
		return name, refused, nil
	}
	return name, nil, err
}

// errPanicked is what a call has come to in which the caller's code panicked: an observer, or the
// function of WordList.
var errPanicked = errors.New("unicodeid: the code of the caller panicked")

// isPlain reports ASCII letters and digits, and single signs between them, within every limit that
// counts them: no other rule than those of words can be broken.
func (p *Profile) isPlain(raw string) bool {
	before := between
	for i := range len(raw) {
		c := raw[i]
		if c >= utf8.RuneSelf {
			return false
		}
		at := p.plain[c]
		if at == elsewhere || at == between && before == between {
			return false
		}
		before = at
	}
	n := len(raw)
	// A prototype has at most two letters: the skeleton of a plain name is at most twice as long.
	return before == anywhere && !p.display && n >= p.minGraphemes && n <= p.graphemes && n <= p.short &&
		!over(2*n, p.lim.OutputBytes)
}

// registerPlain returns the name, unless it might be or hold a word: that is for register to tell.
func (p *Profile) registerPlain(raw string) (Name, bool) {
	key := raw
	for i := range len(raw) {
		if c := raw[i]; c-'A' < 26 {
			key = lowered(raw)
			break
		}
	}
	if p.words.mayRefuse(raw, key) || p.list != nil && p.list().mayRefuse(raw, key) {
		return Name{}, false
	}
	return p.name(raw, key, p.plainLook(raw), p.plainLook(key)), true
}

// plainLook is ucd.FoldedSkeleton for ASCII, byte by byte: no prototype of an ASCII character
// combines with another.
func (p *Profile) plainLook(s string) string {
	var few [128]byte
	b := few[:0]
	for i := range len(s) {
		b = append(b, p.looks[s[i]&0x7F]...)
	}
	if string(b) == s {
		return s
	}
	return string(b)
}

func (p *Profile) name(display, key, shown, keyed string) Name {
	n := Name{display: Display{display}, key: Key{key}}
	n.skeletons[0] = Skeleton{keyed}
	if shown != keyed {
		n.skeletons[1] = Skeleton{shown}
	}
	return n
}

// onList returns the word of the lists that the name is or holds, or nil.
func (p *Profile) onList(meter *limits.Meter, display, key string) (*word, error) {
	var list *Words
	if p.list != nil {
		list = p.list()
	}
	if p.words.excepts(key) || list.excepts(key) {
		return nil, nil //nolint:nilnil // No word.
	}
	if w, err := p.words.find(meter, display, key); w != nil || err != nil {
		return w, err
	}
	return list.find(meter, display, key)
}

// register looks for every problem before it gives up. A name that cannot be looked at (too many
// code points, not UTF-8) is refused at once. The name is zero if it has no key.
func (p *Profile) register(op string, meter *limits.Meter, raw string) (Name, *Error, error) {
	switch n, err := countRunes(meter, raw); {
	case err != nil:
		return Name{}, nil, err
	case over(n, p.lim.Items):
		return Name{}, p.newOversized(op, limits.Items, p.lim.Items, int64(n)).refusal(), nil
	}
	switch at, err := findInvalid(meter, raw); {
	case err != nil:
		return Name{}, nil, err
	case at >= 0:
		return Name{}, &Error{Op: op, Problems: []Problem{{Rule: RuleInvalidUTF8, Offset: at, Len: 1,
			Detail: text(RuleInvalidUTF8)}}}, nil
	}
	c := &checker{p: p, op: op, raw: raw, meter: meter}
	name, err := c.judge()
	if err != nil {
		return Name{}, nil, err
	}
	if len(c.problems) == 0 {
		return name, nil, nil
	}
	if err := c.holdFixes(); err != nil {
		return Name{}, nil, err
	}
	return name, c.refusal(op), nil
}

// judge looks for every problem of the raw name, and returns what it is if it has a key. An error
// is a budget's.
func (c *checker) judge() (Name, error) {
	p, meter := c.p, c.meter
	display, err := c.policy()
	if err != nil {
		return Name{}, err
	}
	key := p.keyed(c)
	if c.budget != nil {
		return Name{}, c.budget
	}
	// The memory that the policy has held is garbage now, but for the problems.
	meter.Release(limits.MemoryBytes, math.MaxInt64)
	if key == "" {
		return Name{}, nil
	}
	w, err := p.onList(meter, display, key)
	if err != nil {
		return Name{}, err
	}
	if w != nil {
		c.whole(w.rule)
		c.problems[len(c.problems)-1].Word = w.text
	}
	if p.display {
		c.bound(limits.OutputBytes, UnitBytes, int64(p.lim.OutputBytes), len(display))
		return Name{display: Display{display}}, nil
	}
	looks, shown, err := skeletons(meter, key, display)
	if err != nil {
		return Name{}, err
	}
	c.bound(limits.OutputBytes, UnitBytes, int64(p.lim.OutputBytes), max(len(display), len(shown), len(looks)))
	return p.name(display, key, shown, looks), nil
}

// keyed returns the key of the name under the limits, and adds the problem that there is none to
// those of the policy.
func (p *Profile) keyed(c *checker) string {
	switch same, err := isInert(c.meter, c.name); {
	case err != nil:
		c.budget = err
		return ""
	case same:
		return c.name // Not longer than the raw name in any unit.
	}
	key, f := p.mappedKey(c)
	switch {
	case f == nil:
		n, err := countRunes(c.meter, key)
		if err != nil {
			c.budget = err
			return ""
		}
		c.bound(limits.Items, UnitCodePoints, p.lim.Items, n)
		c.bound(limits.OutputBytes, UnitBytes, int64(p.lim.OutputBytes), len(key))
	case f.budget != nil:
		c.budget = f.budget
	case f.rule == RuleEmpty || !c.has(f.rule):
		c.add(f.problem())
	}
	return key
}

// mappedKey returns the key of the name. Which way it takes depends on the name alone, so that the
// same name costs the same under every limit.
func (p *Profile) mappedKey(c *checker) (string, *fault) {
	m := mapper{meter: c.meter}
	defer m.release()
	if len(c.name) <= fewBytes {
		if key, ok := foldedKey(c.name); ok {
			n := utf8.RuneCountInString(key)
			err := m.step(n)
			if err == nil {
				err = m.hold(n)
			}
			if err != nil {
				return "", &fault{budget: err}
			}
			return key, nil
		}
	}
	return m.key(c.raw)
}

// clusters counts the grapheme clusters of the display form against their bounds.
func (c *checker) clusters(display string) {
	n := 0
	for range ucd.Clusters(display) {
		if n++; c.stop(n) {
			return
		}
	}
	switch {
	case n > c.p.graphemes:
		c.long(RuleTooLong, UnitGraphemes, int64(c.p.graphemes), n)
	case n < c.p.minGraphemes:
		c.long(RuleTooShort, UnitGraphemes, int64(c.p.minGraphemes), n)
	}
}

// skeletons returns the skeletons of the key and of the display form, made piece by piece under the
// meter.
func skeletons(meter *limits.Meter, key, display string) (keyed, shown string, err error) {
	n, err := countRunes(meter, key)
	if err == nil && display != key {
		var more int
		more, err = countRunes(meter, display)
		n += more
	}
	if err != nil {
		return "", "", err
	}
	if err := meter.Hold(limits.MemoryBytes, int64(n)*bytesPerRune); err != nil {
		return "", "", err
	}
	if keyed, err = byPieces(meter, key, skeleton(key)); err != nil || display == key {
		return keyed, keyed, err
	}
	shown, err = byPieces(meter, display, skeleton(display))
	return keyed, shown, err
}

// skeleton returns what maps s to its skeleton. A text of several pieces, which is no name, is
// compared without the look at the whole of it.
func skeleton(s string) func(string) string {
	if len(s) > pieceBytes {
		return ucd.FoldedSkeleton
	}
	return ucd.SkeletonBesideLatin
}
