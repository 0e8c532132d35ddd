package unicodeid_test

import (
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
)

// broken returns the rules that a name breaks.
func broken(t *testing.T, p *unicodeid.Profile, raw string) string {
	t.Helper()
	_, err := p.Register(t.Context(), raw)
	var refusal *unicodeid.Error
	if err != nil && !errors.As(err, &refusal) {
		t.Fatalf("%+q: %v", raw, err)
	}
	var rules []string
	if refusal != nil {
		for _, q := range refusal.Problems {
			rules = append(rules, string(q.Rule))
		}
	}
	return strings.Join(rules, " ")
}

func TestOptions(t *testing.T) {
	emoji, joiners := profile(t, unicodeid.AllowEmoji()), profile(t, unicodeid.AllowJoiners())
	space, scripts := profile(t, unicodeid.AllowInnerSpace()), profile(t, unicodeid.AllowScripts("Cher", "Nkoo"))
	none, apostrophe := profile(t, unicodeid.Punctuation("")), profile(t, unicodeid.Punctuation("'·"))
	for _, c := range []struct {
		p    *unicodeid.Profile
		raw  string
		want string
	}{
		{emoji, "cat😀", ""}, {emoji, "☎️x", ""}, {emoji, "👍🏽", ""}, {emoji, "👨‍👩‍👧", ""}, {emoji, "🇩🇪", ""},
		{emoji, "1️⃣", ""},
		{emoji, "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", ""},
		{emoji, "☎x", "restricted-character"},
		{emoji, "a\u200db", "invisible"}, {emoji, "😀\u200d", "restricted-character invisible"},
		{emoji, "a\ufe0f", "invisible"}, {emoji, "🇩x", "restricted-character"},
		{emoji, "🏴\U000e0061\U000e007f", "restricted-character invisible invisible"},
		{emoji, "😀\u0301", "restricted-character leading-mark"},
		{joiners, "علی\u200cرضا", ""}, {joiners, "क\u094d\u200dष", ""}, {joiners, "क\u094d\u200cष", ""},
		{joiners, "a\u200cb", "invisible"}, {joiners, "علی\u200dرضا", "invisible"}, {joiners, "\u200cعلی",
			"invisible"}, {joiners, "ا\u200cل", "invisible"}, {joiners, "علی\u200c", "invisible"},
		{space, "Anna Karenina", ""}, {space, "Nguyễn Văn A", ""}, {space, "محمد علي", ""},
		{space, "a  b", "inner-space"}, {space, "a\u00a0b", "inner-space"},
		{space, "a .b", "punctuation"}, {space, "a. b", "punctuation"}, {space, "a\tb", "control-character"},
		{space, "a \u0301b", "leading-mark"},
		{scripts, "ᏣᎳᎩ", ""}, {scripts, "ߒߞߏ", ""}, {scripts, "ᏣᎳᎩx", "mixed-script"},
		{scripts, "𐌰𐌱", "restricted-character restricted-character"},
		{none, "a-b", "restricted-character"}, {apostrophe, "d'arc", ""}, {apostrophe, "cel·la", ""},
		{apostrophe, "a-b", "restricted-character"}, {apostrophe, "'a", "punctuation"},
		{apostrophe, "a'·b", "punctuation"},
	} {
		if got := broken(t, c.p, c.raw); got != c.want {
			t.Errorf("%+q: %q, want %q", c.raw, got, c.want)
		}
		if k, err := profile(t).Lookup(t.Context(), c.raw); err == nil {
			if other, err := c.p.Lookup(t.Context(), c.raw); err != nil || k != other {
				t.Errorf("%+q: the option changes the key", c.raw)
			}
		}
	}
}

func TestWords(t *testing.T) {
	p := profile(t, unicodeid.Reserved("admin", "Support-Team", "موسى", "ＲＯＯＴ"), unicodeid.Blocked("evil corp", "bad"))
	for raw, want := range map[string]string{
		"admin": "reserved", "ADMIN": "reserved", "4dm1n": "reserved", "ADM1N": "reserved", "the-admin": "reserved",
		"ad.min": "reserved", "adm\u0131n": "reserved",
		"аdmin": "mixed-script reserved", "root": "reserved", "r00t": "reserved", "supportteam": "reserved",
		"support_team": "reserved", "5upp0rt-t3am": "reserved", "موسى": "reserved",
		"administrator": "", "sysadmin": "", "support": "", "l33t": "", "grooт": "mixed-script",
		"xbadx": "blocked", "b.a.d": "blocked", "B4D": "blocked", "myevil-corp1": "blocked", "evi1corp": "blocked",
		"badge": "blocked", "band": "", "evil": "",
	} {
		got := strings.Fields(broken(t, p, raw))
		for w := range strings.FieldsSeq(want) {
			if !strings.Contains(" "+strings.Join(got, " ")+" ", " "+w+" ") {
				t.Errorf("%+q: %v, want %s", raw, got, want)
			}
		}
		if want == "" && len(got) > 0 {
			t.Errorf("%+q: %v", raw, got)
		}
	}
}

// TestWordList: the list is asked at each Register.
func TestWordList(t *testing.T) {
	var list atomic.Pointer[unicodeid.Words]
	p := profile(t, unicodeid.WordList(list.Load))
	if got := broken(t, p, "boss"); got != "" {
		t.Errorf("without a list: %s", got)
	}
	words, err := unicodeid.ParseWords(t.Context(), strings.NewReader("\ufeff# names\n\nboss\r\n*very bad*"),
		wordLimits)
	if err != nil {
		t.Fatal(err)
	}
	list.Store(words)
	for raw, want := range map[string]string{"boss": "reserved", "b055": "reserved", "8055": "", "averybad": "blocked",
		"very": ""} {
		if got := broken(t, p, raw); got != want {
			t.Errorf("%q: %q, want %q", raw, got, want)
		}
	}
	list.Store(nil)
	if got := broken(t, p, "boss"); got != "" {
		t.Errorf("with the list gone: %s", got)
	}
}

var wordLimits = limits.Limits{InputBytes: limits.KiB, Items: 2, Time: time.Second}

func TestParseWords(t *testing.T) {
	for _, c := range []struct {
		text string
		line int
	}{{"a\n\n--", 3}, {"a\xff", 1}, {"*x*", 1}, {"ok\na\x00b", 2}, {"*--*", 1}} {
		words, err := unicodeid.ParseWords(t.Context(), strings.NewReader(c.text), wordLimits)
		var rule *limits.RuleError
		if !errors.As(err, &rule) || rule.Line != c.line || words != nil {
			t.Errorf("%q: %v", c.text, err)
		}
	}
	for _, text := range []string{"a\nb\nc", strings.Repeat("#", 1025)} {
		if _, err := unicodeid.ParseWords(t.Context(), strings.NewReader(text), wordLimits); !errors.Is(err,
			limits.ErrExceeded) {
			t.Errorf("%.10q: %v", text, err)
		}
	}
	if _, err := unicodeid.ParseWords(t.Context(), strings.NewReader(strings.Repeat("#", 1024)),
		wordLimits); err != nil {
		t.Errorf("exactly as long as allowed: %v", err)
	}
	if _, err := unicodeid.ParseWords(t.Context(), strings.NewReader(""), limits.Limits{}); !errors.Is(err,
		limits.ErrUnset) {
		t.Errorf("without limits: %v", err)
	}
	if _, err := unicodeid.ParseWords(t.Context(), failing{}, wordLimits); !errors.Is(err, errDisk) ||
		errors.Is(err, limits.ErrRefused) {
		t.Errorf("a broken reader: %v", err)
	}
}

var errDisk = errors.New("disk")

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errDisk }
