package unicodeid

import (
	"context"
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/limits"
)

// Register returns the name that raw is, or an [*Error] with every problem found and where it is.
// It renames nothing: outer white space is left out and the display form composed (NFC), and all
// else that would have to change is a problem, with a plain spelling to offer where there is one. A
// refused name is the zero Name.
//
// Whether somebody has the name already is for the database to say; see the package comment.
func (p *Profile) Register(ctx context.Context, raw string) (Name, error) {
	const op = "unicodeid.Register"
	if err := p.ready(ctx, op); err != nil {
		return Name{}, err
	}
	if over(len(raw), p.lim.InputBytes) {
		return Name{}, newOversized(op, limits.InputBytes, int64(p.lim.InputBytes), int64(len(raw)))
	}
	if p.isPlain(raw) {
		if name, ok := p.registerPlain(raw); ok {
			return name, nil
		}
	}
	meter := p.lim.Meter(ctx, op)
	name, err := p.register(op, &meter, raw)
	if exceeded, ok := err.(*limits.ExceededError); ok { //nolint:errorlint // It is the meter's own.
		err = &Error{Op: op, Problems: []Problem{{Rule: RuleTooLong, Len: len(raw), Detail: detailTooLong}},
			exceeded: exceeded}
	}
	if err := meter.Finish(err); err != nil {
		return Name{}, err
	}
	return name, nil
}

// isPlain reports ASCII letters and digits within every limit that counts them: no other rule than
// those of words can be broken.
func (p *Profile) isPlain(raw string) bool {
	for i := range len(raw) {
		if c := raw[i]; c >= utf8.RuneSelf || !p.plain[c] {
			return false
		}
	}
	n := len(raw)
	// A prototype has at most two letters: the skeleton of a plain name is at most twice as long.
	return n > 0 && n <= p.graphemes && n <= p.short && !over(2*n, p.lim.OutputBytes)
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
	if !p.words.isPlain(raw, key) || p.list != nil && !p.list().isPlain(raw, key) {
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

// register looks for every problem before it gives up. What cannot be looked at (too many code
// points, not UTF-8) it refuses at once.
func (p *Profile) register(op string, meter *limits.Meter, raw string) (Name, error) {
	if n := utf8.RuneCountInString(raw); over(n, p.lim.Items) {
		return Name{}, newOversized(op, limits.Items, p.lim.Items, int64(n))
	}
	if at := invalid(raw); at >= 0 {
		return Name{}, &Error{Op: op, Problems: []Problem{{Rule: RuleInvalidUTF8, Offset: at, Len: 1,
			Detail: details[RuleInvalidUTF8]}}}
	}
	c := &checker{p: p, raw: raw, meter: meter}
	display, err := c.policy()
	if err != nil {
		return Name{}, err
	}
	key := p.keyed(c)
	if c.budget != nil {
		return Name{}, c.budget
	}
	if key != "" {
		w, err := p.onList(meter, display, key)
		if err != nil {
			return Name{}, err
		}
		if w != nil {
			c.whole(w.rule)
			c.problems[len(c.problems)-1].Word = w.text
		}
	}
	looks := ucd.FoldedSkeleton(key)
	shown := looks
	if display != key {
		shown = ucd.FoldedSkeleton(display)
	}
	c.bound(limits.OutputBytes, int64(p.lim.OutputBytes), max(len(display), len(shown), len(looks)))
	if len(c.problems) > 0 {
		return Name{}, c.refusal(op)
	}
	return p.name(display, key, shown, looks), nil
}

// keyed returns the key of the name under the limits, and adds the problem that there is none to
// those of the policy.
func (p *Profile) keyed(c *checker) string {
	if inert(c.name) {
		return c.name // Not longer than the raw name in any unit.
	}
	m := mapper{meter: c.meter}
	key, f := m.key(c.raw)
	switch {
	case f == nil:
		c.bound(limits.Items, p.lim.Items, utf8.RuneCountInString(key))
		c.bound(limits.OutputBytes, int64(p.lim.OutputBytes), len(key))
	case f.budget != nil:
		c.budget = f.budget
	case f.rule == RuleEmpty || !c.has(f.rule):
		c.add(f.problem())
	}
	return key
}

// clusters counts the grapheme clusters of the display form against their bound.
func (c *checker) clusters(display string) {
	if ucd.CountClusters(display) > c.p.graphemes {
		c.whole(RuleTooLong)
	}
}
