package unicodeid

import (
	"context"
	"errors"
	"flag"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
	"github.com/seed73825598/airlock/limits"
)

var whole = flag.Bool("whole", false, "run 10,000,000 random strings instead of 25,000, and every code point")

// roomy holds every string that the property tests make, and all it can become.
var roomy = limits.Limits{InputBytes: 1024, Items: 2048, OutputBytes: 64 * limits.KiB}

// properties checks what the package promises of one string, and returns what is broken. It takes
// NFC and NFD of our tables and of x/text.
func properties(p *Profile, s string) string {
	ctx := context.Background()
	key, err := p.Lookup(ctx, s)
	if err != nil {
		if !errors.Is(err, ErrNoKey) || !errors.Is(err, limits.ErrRefused) || key != (Key{}) {
			return "a refusal of Lookup is not ErrNoKey, or has a key"
		}
		if name, err := p.Register(ctx, s); err == nil || name != (Name{}) {
			return "Register accepts what has no key"
		}
		return ""
	}
	if key.text == "" || !utf8.ValidString(key.text) {
		return "the key is empty or no UTF-8"
	}
	same := func(other string) bool {
		k, err := p.Lookup(ctx, other)
		return err == nil && k == key
	}
	switch {
	case !same(key.text):
		return "K(K(x)) is not K(x)"
	case !same(ucd.NFC(s)) || !same(norm.NFC.String(s)):
		return "K(NFC(x)) is not K(x)"
	case !same(string(ucd.NFD(nil, s))) || !same(norm.NFD.String(s)):
		return "K(NFD(x)) is not K(x)"
	case !same("\u2003" + s + "\n"):
		return "white space around the name changes its key"
	case len(key.text) > 64*len(s):
		return "the key is out of proportion"
	}
	var scanned Key
	if err := scanned.Scan(key.text); err != nil || scanned != key {
		return "the key does not come back from a table"
	}
	name, err := p.Register(ctx, s)
	if err != nil {
		var refusal *Error
		if !errors.As(err, &refusal) || len(refusal.Problems) == 0 || name != (Name{}) ||
			!errors.Is(err, limits.ErrRefused) {
			return "a refusal of Register has no problem, or has a name"
		}
		for _, q := range refusal.Problems {
			if q.Offset < 0 || q.Len < 0 || q.Offset+q.Len > len(s) || q.Detail == "" {
				return "a problem lies outside the name: " + string(q.Rule)
			}
		}
		return ""
	}
	switch {
	case name.key != key:
		return "Register and Lookup give two keys"
	case !same(name.display.text):
		return "the display form leads to another key"
	case !ucd.IsNFC(name.display.text):
		return "the display form is not NFC"
	case len(name.Skeletons()) == 0 || !name.ConflictsWith(name):
		return "the name has no skeleton"
	}
	var d Display
	if err := d.Scan(name.display.text); err != nil {
		return "the display form does not come back from a table"
	}
	for _, s := range name.Skeletons() {
		var back Skeleton
		if err := back.Scan(s.text); err != nil || back != s {
			return "a skeleton does not come back from a table"
		}
	}
	if again, err := p.Register(ctx, name.display.text); err != nil || again != name {
		return "the display form is refused, or another name"
	}
	return ""
}

func wide(t testing.TB) *Profile {
	t.Helper()
	p, err := New(roomy, AllowEmoji(), AllowJoiners(), AllowInnerSpace())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// isAlike reports code points that thousands of others are equal to in all that a name is judged
// by: ideographs and syllables, and what has no key. Of them one in ten is tried, and all with
// -whole.
func isAlike(r rune) bool {
	p := ucd.Of(r)
	if r < 0x3000 || p.Has(layout.DefaultIgnorable|layout.Noncharacter) {
		return false
	}
	return noKey(p) != "" || p.Category() == layout.Lo && !p.Has(layout.Confusable|layout.Canonical|layout.Compat)
}

// TestScalars: the properties hold for every scalar value alone, between letters, after a base and
// twice.
func TestScalars(t *testing.T) {
	p := wide(t)
	const parts = 64
	for part := range parts {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			for r := rune(part); r <= utf8.MaxRune; r += parts {
				if !utf8.ValidRune(r) {
					continue
				}
				if !*whole && isAlike(r) && r/parts%10 != 0 {
					continue
				}
				c := string(r)
				for _, s := range [...]string{c, "a" + c + "b", "\u1fb3\u0345" + c, c + c} {
					if broken := properties(p, s); broken != "" {
						t.Errorf("%+q: %s", s, broken)
					}
				}
			}
		})
	}
}

// pieces are what random strings are made of: what folds, combines, reorders, vanishes or expands,
// and plain letters.
func pieces() []string {
	all := []string{"a", "B", "z", "7", "-", "_", ".", " ", "\n", "\u00a0", "i", "I", "\u0130", "\u0131", "ß", "ſ",
		"\u0345", "\u0301", "\u0323", "\u0307",
		"\u0338", "\u1fb3", "\u03a3", "\u200b", "\u200d", "\ufe0f", "\U000e0041", "\u202e", "\u2800", "\u3164", "ﬁ",
		"\ufdfa", "\u00a8", "\u2024", "가", "ᄀ", "ᅡ", "ᆨ",
		"अ", "्", "ा", "น", "้", "\u0e33", "م", "ח", "漢", "か", "カ", "ー", "\u3099", "Ж", "\u13a0", "\uab70",
		"\U0001f600", "\U0001f3fd", "\U0001f1e6", "\ud7b0", "\xff", "\xed\xa0\x80"}
	for r := range rune(0x2fa1e) {
		if p := ucd.Of(r); p.Has(layout.Folds|layout.Compat|layout.Canonical|layout.NFCMaybe) || p.Combining() != 0 {
			all = append(all, string(r))
		}
	}
	return all
}

// TestRandom: the properties hold for strings of such pieces; 1 in 400 of them in the normal run.
// The whole run prints its count.
func TestRandom(t *testing.T) {
	n := 25_000
	switch {
	case *whole:
		n = 10_000_000
	case testing.Short():
		n = 5000
	}
	p, from := wide(t), pieces()
	var accepted, keys atomic.Int64
	const workers = 8
	t.Run("", func(t *testing.T) {
		for worker := range workers {
			t.Run("", func(t *testing.T) {
				t.Parallel()
				random := rand.New(rand.NewPCG(15, uint64(worker)))
				for range n / workers {
					var s strings.Builder
					for range 1 + random.IntN(8) {
						if k := random.IntN(3); k == 0 {
							s.WriteString(from[random.IntN(60)])
						} else {
							s.WriteString(from[random.IntN(len(from))])
						}
					}
					if broken := properties(p, s.String()); broken != "" {
						t.Errorf("%+q: %s", s.String(), broken)
					}
					if _, err := p.Lookup(context.Background(), s.String()); err == nil {
						keys.Add(1)
					}
					if _, err := p.Register(context.Background(), s.String()); err == nil {
						accepted.Add(1)
					}
				}
			})
		}
	})
	t.Logf("strings=%d keys=%d accepted=%d failed=%t", n, keys.Load(), accepted.Load(), t.Failed())
	if keys.Load() == 0 || accepted.Load() == 0 {
		t.Error("no string had a key, or none was accepted: the test says nothing")
	}
}

func FuzzName(f *testing.F) {
	for _, s := range []string{"Alice", " José\n", "น้ำ", "علی\u200cرضا", "a\u0301\u0323", "\u1fb3\u0345", "\ufdfa",
		"👨‍👩‍👧", "\xff", "가각", "ǅ", "\u0f71\u0f72\u0f74",
		"\u0387", // Composes to another character.
		"00\xa0", // A byte that is white space only as a code point.
	} {
		f.Add(s)
	}
	wide, err := New(roomy, AllowEmoji(), AllowJoiners(), AllowInnerSpace(), AllowScripts("Cher"), Punctuation("-_.'·"))
	if err != nil {
		f.Fatal(err)
	}
	usual, err := New(limits.Limits{InputBytes: 255, Items: 64}, Reserved("admin", "root"), Blocked("blocked phrase"))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > int(roomy.InputBytes)/8 {
			s = s[:int(roomy.InputBytes)/8] // Its forms must fit too.
		}
		if broken := properties(wide, s); broken != "" {
			t.Errorf("%+q: %s", s, broken)
		}
		// Whatever the policy, the key is one.
		a, errA := wide.Lookup(t.Context(), s)
		b, errB := usual.Lookup(t.Context(), s)
		if errA == nil && errB == nil && a != b {
			t.Errorf("%+q: two profiles, two keys", s)
		}
		name, err := usual.Register(t.Context(), s)
		if (err == nil) == (name == Name{}) {
			t.Errorf("%+q: error %v, name %v", s, err, name)
		}
		if err == nil && errB != nil {
			t.Errorf("%+q: registered, and has no key", s)
		}
	})
}
