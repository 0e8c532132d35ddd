//go:build unix

package accounts_test

import (
	"database/sql"
	"errors"
	"flag"
	"iter"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/seed73825598/airlock/examples/accounts"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
)

var everyAttack = flag.Bool("attacks", false, "try every attack on every victim, rather than some")

// victims are names that others are after, in many scripts.
var victims = []string{"paypal", "microsoft", "anna-maria", "modern_well", "lillian", "José", "gödel",
	"weißgold", "Nguyễn",
	"İbrahim", "oʼneill", "hello2you", "Саша", "владимир", "Ярослав_Р", "ελένη", "Παύλος", "Նարեկ", "გიორგი",
	"אברהם",
	"محمد", "علی", "دیپک", "दीपक", "மீனா", "స్వాతి", "สมชาย", "ກິ່ງ", "សុខា", "አበበ", "김철수", "王小明", "さくら", "カタロ",
	"二口工八", "ţăranu", "google_il", "Tozil", "अनिल", "आनंद", "అనిల", "ఆనంద", "ஔவை", "ஒருவன்", "আনন্দ", "แสงดี",
	"น้ำฝน", "กิ่งแก้ว", "へべリ", "リサカ", "မောင်", "ກຳແພງ", "ភ្នំពេញ", "علی۳", "नीलम१२", "ഊഷ്മള", "ඈරියා", "ਅਮਨ",
	"અમી", "ଓମ୍", "anna_o", "Gal·la"}

// legacy are names of rows that are older than a policy which refuses them.
var legacy = []string{"o'brien", "p\u0430ypals", "mika_", "Dr. Bob", "ｗｉｄｅ", "zero\u200bwidth"}

// An attack makes other spellings of a victim's name.
type attack struct {
	name  string
	makes func(victim string) iter.Seq[string]
}

// inserted puts each of the texts at the start, after the first character, in the middle and at the
// end of a name.
func inserted(texts ...string) func(string) iter.Seq[string] {
	return func(victim string) iter.Seq[string] {
		return func(yield func(string) bool) {
			runes := []rune(victim)
			for _, text := range texts {
				for _, at := range []int{0, 1, len(runes) / 2, len(runes)} {
					if !yield(string(runes[:at]) + text + string(runes[at:])) {
						return
					}
				}
			}
		}
	}
}

// replaced replaces letters by others: each place by itself, all places of one letter, and all that
// has a replacement.
func replaced(pairs ...string) func(string) iter.Seq[string] {
	return func(victim string) iter.Seq[string] {
		return func(yield func(string) bool) {
			all := victim
			for _, pair := range pairs {
				from, to, _ := strings.Cut(pair, ">")
				for other := range strings.FieldsSeq(to) {
					one := strings.ReplaceAll(victim, from, other)
					if one == victim {
						continue
					}
					if !yield(one) || !yield(strings.Replace(victim, from, other, 1)) {
						return
					}
				}
				all = strings.ReplaceAll(all, from, strings.Fields(to)[0])
			}
			if all != victim {
				yield(all)
			}
		}
	}
}

// ranges returns each code point of ranges as a text.
func ranges(of ...rune) []string {
	var all []string
	for i := 0; i < len(of); i += 2 {
		for r := of[i]; r <= of[i+1]; r++ {
			all = append(all, string(r))
		}
	}
	return all
}

// around lays every range of 26 letters over the letters of a name, from the first of its small and
// its capital letters on.
func around(small, capital rune) func(string) iter.Seq[string] {
	return func(victim string) iter.Seq[string] {
		return func(yield func(string) bool) {
			all := func(r rune) rune {
				switch {
				case r >= 'a' && r <= 'z':
					return small + r - 'a'
				case r >= 'A' && r <= 'Z':
					return capital + r - 'A'
				}
				return r
			}
			if mapped := strings.Map(all, victim); mapped != victim && yield(mapped) {
				for i, r := range victim {
					if q := all(r); q != r && !yield(victim[:i]+string(q)+victim[i+len(string(r)):]) {
						return
					}
				}
			}
		}
	}
}

// attacks are by class. Each class has a spelling for every victim, or for those of its script.
var attacks = []attack{
	{"invisible", inserted(ranges(0xAD, 0xAD, 0x34F, 0x34F, 0x61C, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180F,
		0x200B, 0x200F, 0x2060, 0x206F, 0x2800, 0x2800, 0x3164, 0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFEFF, 0xFFA0, 0xFFA0,
		0xFFF0, 0xFFFB, 0x1BCA0, 0x1BCA3, 0x1D173, 0x1D17A, 0xE0001, 0xE0001, 0xE0020, 0xE007F, 0xE0100, 0xE0110)...)},
	{"direction", inserted(ranges(0x202A, 0x202E, 0x2066, 0x2069, 0x200E, 0x200F)...)},
	{"reversed", func(victim string) iter.Seq[string] {
		return func(yield func(string) bool) {
			runes := []rune(victim)
			slices.Reverse(runes)
			_ = yield("\u202e"+string(runes)) && yield("\u202e"+string(runes)+"\u202c") &&
				yield("\u2067"+string(runes)+"\u2069") && yield("\u2066"+victim+"\u2069")
		}
	}},
	{"space", inserted(ranges(0x9, 0xD, 0x20, 0x20, 0x85, 0x85, 0xA0, 0xA0, 0x1680, 0x1680, 0x2000, 0x200A, 0x2028, 0x2029,
		0x202F, 0x202F, 0x205F, 0x205F, 0x3000, 0x3000)...)},
	{"control", inserted(ranges(0x0, 0x8, 0xE, 0x1F, 0x7F, 0x84, 0x86, 0x9F)...)},
	{"not UTF-8", inserted("\xff", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc3")},
	{"marks", inserted("\u0300\u0300", "\u0301\u0302\u0303\u0304\u0306", "\u0336", "\u0338", "\u20dd",
		"\u20e3", "\u0489",
		"\u0335", "\u0323\u0323", strings.Repeat("\u0316", 12), "\u0670\u0670", "\u05b0\u05b0", "\u093c\u093c")},
	{"width", func(victim string) iter.Seq[string] { return around('ａ', 'Ａ')(victim) }},
	{"bold", around('𝐚', '𝐀')}, {"sans", around('𝖺', '𝖠')}, {"mono", around('𝚊', '𝙰')}, {"fraktur", around('𝖆', '𝕬')},
	{"circled", around('ⓐ', 'Ⓐ')}, {"in brackets", around('⒜', '🄐')}, {"squared", around('🄰', '🄰')},
	{"negative", around('🅰', '🅰')}, {"circled negative", around('🅐', '🅐')}, {"regional", around('🇦', '🇦')},
	{"tags", around(0xE0061, 0xE0041)},
	{"Cyrillic", replaced("a>а", "A>А", "B>В", "c>с", "C>С", "d>ԁ", "e>е", "E>Е", "g>ԍ", "h>һ", "H>Н", "i>і",
		"I>І", "j>ј",
		"k>к", "l>ӏ", "M>М", "m>м", "N>И", "o>о", "O>О", "p>р", "P>Р", "q>ԛ", "r>г", "s>ѕ", "t>т", "T>Т", "w>ԝ",
		"x>х", "y>у", "ö>ӧ", "é>ё")},
	{"whole Cyrillic", replaced("a>а", "e>е", "i>і", "j>ј", "l>ӏ", "o>о", "p>р", "s>ѕ", "y>у", "x>х", "c>с")},
	{"Greek", replaced("a>α", "A>Α", "B>Β", "E>Ε", "H>Η", "i>ι", "I>Ι", "k>κ", "K>Κ", "M>Μ", "N>Ν", "o>ο",
		"O>Ο", "p>ρ",
		"P>Ρ", "s>ѕ", "t>τ", "T>Τ", "u>υ", "v>ν", "w>ω", "x>χ", "y>γ", "ß>β", "а>α", "о>ο", "е>ε", "в>β")},
	{"Armenian", replaced("o>օ", "n>ո", "u>ս", "h>հ", "q>զ", "g>ց", "L>Լ", "S>Տ", "U>Ս", "O>Օ", "j>ȷ", "l>ӏ")},
	{"Cherokee", replaced("A>Ꭺ", "a>Ꭺ", "e>Ꭼ", "l>Ꮮ", "m>Ꮇ", "o>Ꮎ", "p>Ꮲ", "r>Ꮢ", "s>Ꮪ", "t>Ꭲ", "w>Ꮃ", "y>Ꭹ",
		"i>Ꭵ", "d>Ꮷ", "h>Ꮒ")},
	{"Lisu", replaced("a>ꓮ", "A>ꓮ", "c>ꓚ", "d>ꓓ", "e>ꓰ", "h>ꓧ", "i>ꓲ", "l>ꓡ", "m>ꓟ", "n>ꓠ", "o>ꓳ", "p>ꓑ",
		"r>ꓣ", "s>ꓢ", "t>ꓔ",
		"u>ꓴ", "w>ꓪ", "y>ꓬ")},
	{"Latin", replaced("a>ɑ", "g>ɡ", "i>ı ɩ ɪ", "l>I 1 ǀ ȴ", "I>l 1 ǀ", "o>0 ᴏ", "O>0", "s>ꜱ ƽ", "v>ᴠ",
		"w>ᴡ vv", "z>ᴢ", "u>ᴜ ʋ",
		"y>ʏ", "c>ᴄ", "k>ĸ", "m>rn ᴍ", "n>ɴ", "e>ҽ", "p>ƿ", "h>ʜ", "t>ᴛ", "ß>ꞵ", "ʼ>ꞌ ' ’ ‘ ` ´ ′ ＇ ʹ ʻ", "2>ƨ")},
	{"dots and dashes", replaced("'>ʼ ʹ ꞌ", "\u0430>a", "->‐ ‑ ‒ – — − ﹣ － ー ─", "_>＿ ﹍ ﹏ ‿ ̲", "i>i̇ ị̇",
		"j>j̇", "İ>I i i̇ ı̇", "é>é ё", "ţ>ț t̡", "ă>ǎ ă")},
	{"digits", replaced("2>２ ② ² 𝟐 ٢ ۲ २ ໒", "l>１ 𝟏 ①")},
	{"Arabic", replaced("ي>ی ى ے", "ی>ي ى", "ه>ە ہ ھ ة", "ك>ک ڪ", "پ>ﭘ", "م>ﻣ", "ح>ﺣ", "د>ﺪ", "ع>ﻋ", "ل>ﻟ ﻝ",
		"محمد>ﷴ مـحمد")},
	{"Japanese", replaced("カ>力", "タ>夕", "ロ>口", "二>ニ", "口>ロ", "工>エ", "八>ハ", "小>⼩", "王>⺩ 王\ufe00", "明>明\ufe01 ⽇月",
		"さ>ざ\u3099", "く>ｸ", "カ>ｶ", "タ>ﾀ")},
	{"Hangul", replaced("김>김 김 ㄱㅣㅁ", "수>수 수 ㅅㅜ", "철>철")},
	{"Hebrew", replaced("א>ℵ ﬡ", "ב>בּ\u05bc", "ה>ﬣ", "ם>ﬦ", "ר>ﬧ")},
	{"strokes", replaced("l>丨 亅 ㄧ ㅣ ᅵ ㇑ ꟾ", "I>丨 工 エ ㅣ ᛁ", "o>〇 ㅇ ᄋ ロ 口 ㆁ ჿ ס ه ٥ ৹ ଠ ဝ ० ๐", "O>〇 ㅇ ◯ ⵔ",
		"T>丅 丁 ㄒ ⊤ т", "->一 ー ㅡ ㇐ ‒ ᅳ ⼀ 〜 ～ ｰ", "_>＿ ﹍", "z>乙", "y>ㄚ 丫 ץ", "x>ㄨ メ 乂", "n>几 ㄇ 冂 ח ո", "c>匚 ㄷ ㄈ ᄃ",
		"e>ㅌ ҽ", "v>ㄷ ѵ ∨ ν", "i>ｉ ἰ ι і ı")},
	{"swapped marks", func(victim string) iter.Seq[string] {
		return func(yield func(string) bool) {
			runes := []rune(victim)
			for i := range len(runes) - 1 {
				if unicode.Is(unicode.Mn, runes[i]) && unicode.Is(unicode.Mn, runes[i+1]) {
					other := slices.Clone(runes)
					other[i], other[i+1] = other[i+1], other[i]
					if !yield(string(other)) {
						return
					}
				}
				if unicode.IsMark(runes[i]) && !yield(string(runes[:i+1])+string(runes[i:])) {
					return
				}
			}
		}
	}},
	{"spelt out", replaced("आ>अा", "ஔ>ஒள", "আ>অা", "แ>เเ", "ำ>ํา", "ຳ>ໍາ", "ഊ>ഉൗ", "ো>াে",
		"l·l>l•l l‧l l∙l l⋅l ŀl lˑl l・l")},
	{"sisters", replaced("అ>ಅ", "ని>ನಿ", "న>ನ", "ి>ಿ", "ల>ಲ", "ఆ>ಆ", "ం>ಂ", "ద>ದ", "へ>ヘ", "べ>ベ", "リ>り", "カ>力",
		"۳>٣", "۴>٤")},
	{"Ethiopic and Georgian", replaced("በ>በ\u135f\u135f", "გ>ⴢ ᲒႢ", "ი>ⴈ Ი", "ო>Ო ⴍ")},
}

// TestAttacks: no spelling takes or opens a victim's name: at sign-up, by renaming, of a row that is
// older than the policy, and of a name that was released.
func TestAttacks(t *testing.T) {
	db, dialect := databases["sqlite"](t)
	p, err := unicodeid.New(limits.Limits{InputBytes: 255, Items: 64}, unicodeid.AllowEmoji())
	if err != nil {
		t.Fatal(err)
	}
	s, ctx := accounts.New(db, p, dialect), t.Context()
	if err := s.Create(ctx); err != nil {
		t.Fatal(err)
	}
	ids := map[string]int64{}
	for _, victim := range legacy {
		if _, err := s.SignUp(ctx, victim, "secret"); !errors.Is(err, limits.ErrRefused) {
			t.Fatalf("%s is no legacy: %v", victim, err)
		}
		ids[victim] = adopt(t, db, p, victim)
	}
	for i, victim := range victims {
		if ids[victim], err = s.SignUp(ctx, victim, "secret"); err != nil {
			t.Fatalf("%s: %v", victim, err)
		}
		if i%5 == 3 { // Every fifth is a tombstone.
			if err := s.Release(ctx, ids[victim]); err != nil {
				t.Fatal(err)
			}
		}
	}
	eve, err := s.SignUp(ctx, "evelyn_x", "evil")
	if err != nil {
		t.Fatal(err)
	}
	tried := map[string]int{}
	for _, a := range attacks {
		n := 0
		for _, victim := range slices.Concat(victims, legacy) {
			for spelling := range a.makes(victim) {
				if spelling == victim {
					continue
				}
				if n++; !*everyAttack && n%5 != 0 && n > 3 || !*everyAttack && n > 100 && n%95 != 0 {
					continue
				}
				tried[a.name]++
				_, err := s.SignUp(ctx, spelling, "evil")
				if !errors.Is(err, accounts.ErrTaken) && !errors.Is(err, limits.ErrRefused) {
					t.Errorf("%s: %q, %+q, after %s: %v", a.name, spelling, spelling, victim, err)
				}
				if n%3 == 0 {
					err := s.Rename(ctx, eve, spelling)
					if !errors.Is(err, accounts.ErrTaken) && !errors.Is(err, limits.ErrRefused) {
						t.Errorf("%s: renamed to %q, %+q, after %s: %v", a.name, spelling, spelling, victim, err)
					}
				}
				id, err := s.Login(ctx, spelling, "secret")
				if err == nil && id != ids[victim] || err != nil && !errors.Is(err, accounts.ErrLogin) {
					t.Errorf("%s: %+q opens account %d for %s: %v", a.name, spelling, id, victim, err)
				}
			}
		}
		if n == 0 || tried[a.name] == 0 {
			t.Errorf("%s: %d spellings", a.name, n)
		}
	}
	total := 0
	for _, n := range tried {
		total += n
	}
	t.Logf("%d spellings: %v", total, tried)
	if total < 1011 {
		t.Errorf("%d spellings", total)
	}
}

// adopt stores a row as a migration does.
func adopt(t *testing.T, db *sql.DB, p *unicodeid.Profile, raw string) int64 {
	t.Helper()
	name, _, err := p.UnsafeAdopt(t.Context(), raw)
	if err != nil {
		t.Fatal(err)
	}
	var id int64
	if err := db.QueryRowContext(t.Context(), `INSERT INTO users (display, key_profile, "key", password)
		VALUES ($1, $2, $3, $4) RETURNING id`, name.Display(), p.ID(), name.Key(), []byte{}).Scan(&id); err != nil {
		t.Fatal(err)
	}
	for _, skeleton := range name.Skeletons() {
		if _, err := db.ExecContext(t.Context(), `INSERT INTO user_skeletons (skeleton, user_id) VALUES ($1, $2)`, skeleton,
			id); err != nil {
			t.Fatal(err)
		}
	}
	return id
}
