package unicodeid_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
)

// coveted are names that others are after, in many scripts.
var coveted = strings.Fields("admin root paypal support Ali müller иван שרה محمد नेहा 김민수 田中 นภา ნინო Ἀλέξανδρος Հայկ")

// alphabets are letters of other scripts, and other letters of the same, that are read as those of
// a name: what stands before a colon, by all that stands after it.
var alphabets = map[string]string{
	"Cyrillic": "a:а c:с d:ԁ e:е h:һ i:і j:ј k:к l:ӏ m:м o:о p:р q:ԛ r:г s:ѕ t:т w:ԝ x:х y:у A:А B:В T:Т P:Р S:Ѕ I:І",
	"Greek":    "i:ι o:ο p:ρ r:г t:τ u:υ v:ν k:κ A:Α I:Ι M:Μ N:Ν O:Ο P:Ρ T:Τ",
	"Armenian": "o:օ n:ո u:ս h:հ g:ց j:յ q:զ",
	"Lisu":     "a:ꓮ d:ꓓ e:ꓰ i:ꓲ l:ꓡ m:ꓟ n:ꓠ o:ꓳ p:ꓑ r:ꓣ s:ꓢ t:ꓔ u:ꓴ y:ꓬ",
	"Cherokee": "a:Ꭺꭺ d:Ꮷ e:Ꭼ i:Ꭵ l:Ꮮꮮ m:Ꮇꮇ p:Ꮲꮲ r:Ꭱꭱꮢ s:Ꮪꮪ t:Ꭲꭲ y:Ꭹꮍ",
	"Coptic":   "i:ⲓ l:ⲓ m:ⲙ n:ⲛ o:ⲟ p:ⲣ t:ⲧ y:ⲩ",
	"Osage":    "o:𐓪 u:𐓶", "N'Ko": "o:ߋ߀ u:ߎ", "Adlam": "u:𞤭 l:𞥑", "Warang Citi": "l:𑢲 o:𑣈 s:𑣁 t:𑢼 u:𑢸 i:𑣃",
	"syllabics": "d:ᑯ l:ᒪ m:ᗰ p:ᑭ r:ᖇ s:ᔕ t:ᑕ u:ᑌ", "Georgian": "d:ძ s:ჽ b:ხ", "Thai": "a:ล s:ร n:ท u:น",
	"zeros":        "o:0٥۰०০੦૦୦௦౦೦൦๐໐༠၀႐០᠐᥆᧐᪀᪐᭐᮰᱀᱐꣐꧐꧰꩐꯰",
	"Latin":        "a:ɑ i:ıɩɪꞮ l:ǀ1|I s:ƽꜱ y:ʏ k:ĸ p:ƿ r:ʀ n:ɴ m:ᴍ t:ᴛ",
	"Han and kana": "a:卂丹月ム d:刀 i:工エ丨 l:乚しレㄥ m:从爪巾 n:几冂力 o:口〇ロ p:尸卩 r:尺厂 s:丂弓 t:丁七ㄒ u:凵 y:ㄚ丫 e:巳ヨ三 ",
	"of the name":  "א:ℵﬡ ה:ﬣ ר:ﬧ м:ʍ م:ﻣ ح:ﺣ د:ﺪ ς:ϲσ ν:v ρ:p ο:oо а:aα н:ʜ",
}

// respelt yields spellings by which a name may be taken, class by class: each letter by itself, all
// that are alike, and every letter that has one.
func respelt(victim string, yield func(class, spelling string)) {
	for class, pairs := range alphabets {
		all, some := victim, false
		for pair := range strings.FieldsSeq(pairs) {
			letter, others, _ := strings.Cut(pair, ":")
			for _, other := range others {
				yield(class, strings.Replace(victim, letter, string(other), 1))
				yield(class, strings.ReplaceAll(victim, letter, string(other)))
			}
			if strings.Contains(all, letter) {
				all, some = strings.ReplaceAll(all, letter, string([]rune(others)[0])), true
			}
		}
		if some && (class != "Han and kana" || ucd.HasLatin(all)) { // By themselves they are what they are.
			yield("whole "+class, all)
		}
	}
	runes := []rune(victim)
	places := slices.Compact([]int{0, 1, len(runes) / 2, len(runes)})
	for r := range rune(0xE01F0) {
		p := ucd.Of(r)
		var class string
		switch {
		case p.Has(layout.DefaultIgnorable) && p.Category() != layout.Cn:
			class = "unseen"
		case p.Category() == layout.Cc && !p.Has(layout.WhiteSpace), p.Has(layout.BidiControl):
			class = "controls"
		case p.Combining() == 1, p.Category() == layout.Me:
			class = "overlays"
		default:
			continue
		}
		for _, at := range places {
			yield(class, string(runes[:at])+string(r)+string(runes[at:]))
		}
	}
	for _, s := range []string{strings.ToUpper(victim), strings.ToTitle(victim), string(ucd.NFD(nil, victim)),
		string(ucd.NFKD(nil, victim)), ucd.FoldKey(victim), "\u202e" + victim, "\u2067" + victim + "\u2069",
		strings.Join(strings.Split(victim, ""), "\u200d"), strings.Join(strings.Split(victim, ""), "\u200c")} {
		yield("forms", s)
	}
	for _, first := range []rune{'ａ', '𝐚', '𝑎', '𝒂', '𝓪', '𝔞', '𝕒', '𝖆', '𝖺', '𝗮', '𝘢', '𝙖', '𝚊', 'ⓐ', '⒜', 0xE0061,
		'🇦', '🅐', '🄰', '🄐'} {
		yield("for show", strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' {
				return first + r - 'a'
			}
			return r
		}, victim))
	}
	for pair := range strings.FieldsSeq("m>rn pp>ρρ pp>рр oo>οο oo>оо ي>ى محمد>مُحَمَّد محمد>محمّد محمد>مـحمد " +
		"שרה>שָׂרָה שרה>שֹרה ss>ß i>i\u0307 i>İ नेहा>ने\u200dहा ά>ά έ>έ") {
		from, to, _ := strings.Cut(pair, ">")
		yield("pairs", strings.Replace(victim, from, to, 1))
	}
}

// unlike are classes that are told apart in names, and not in words: a digit, and a capital that
// another looks like, stand for letters in words alone.
func unlike(spelling string) bool {
	return strings.ContainsAny(spelling, "1|I丨ΙІꓲ")
}

// TestSpellings: each spelling that reads as a victim is refused, has the victim's key or conflicts
// with it, under the profile without options and under the widest; and none is another name where
// the victim's is reserved or blocked, for handles and for pages.
func TestSpellings(t *testing.T) {
	t.Parallel()
	all := []unicodeid.Option{unicodeid.AllowAuxiliary(), unicodeid.AllowEmoji(), unicodeid.AllowInnerSpace(),
		unicodeid.EdgePunctuation(), unicodeid.AllowScripts("Lisu", "Cher", "Copt", "Osge", "Nkoo", "Adlm", "Wara", "Cans",
			"Limb", "Talu", "Lana", "Bali", "Sund", "Lepc", "Olck", "Saur", "Java", "Cham", "Mtei", "Mong")}
	profile := func(opts ...unicodeid.Option) *unicodeid.Profile {
		p, err := unicodeid.New(limits.Limits{InputBytes: limits.KiB, Items: 256}, opts...)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	names := map[string]*unicodeid.Profile{"handle": profile(), "widest": profile(all...)}
	tried := 0
	for _, victim := range coveted {
		reserved, blocked := unicodeid.Reserved(victim), unicodeid.Blocked(victim)
		words := map[string]*unicodeid.Profile{"reserved": profile(append([]unicodeid.Option{reserved}, all...)...),
			"blocked":     profile(append([]unicodeid.Option{blocked}, all...)...),
			"page":        profile(unicodeid.DisplayName(), reserved),
			"widest page": profile(append([]unicodeid.Option{unicodeid.DisplayName(), reserved}, all...)...)}
		seen := map[string]bool{victim: true}
		respelt(victim, func(class, spelling string) {
			if seen[spelling] {
				return
			}
			seen[spelling] = true
			sample := 1
			switch {
			case testing.Short():
				sample = 9
			case !wholeRun():
				sample = 6
			}
			if tried++; tried%sample != 0 {
				return
			}
			for under, p := range names {
				name, err := p.Register(t.Context(), spelling)
				if errors.Is(err, limits.ErrRefused) || unlike(spelling) {
					continue
				}
				if like := register(t, p, victim); err != nil || !name.ConflictsWith(like) {
					t.Errorf("%s: %s, %+q, gets in as %s under %s: %v", class, spelling, spelling, victim, under, err)
				}
			}
			for under, p := range words {
				if _, err := p.Register(t.Context(), spelling); !errors.Is(err, limits.ErrRefused) {
					t.Errorf("%s: %s, %+q, gets in where %s is kept, under %s: %v", class, spelling, spelling, victim, under,
						err)
				}
			}
		})
	}
	t.Logf("%d spellings", tried)
	if tried < 10_000 {
		t.Errorf("%d spellings", tried)
	}
}
