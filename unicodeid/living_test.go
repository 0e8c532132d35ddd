package unicodeid_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
	"github.com/seed73825598/airlock/unicodeid/idtest"
)

// TestLivingAlphabets: what languages write names with is let in where it belongs, and nowhere
// else.
func TestLivingAlphabets(t *testing.T) {
	p, edges := profile(t), profile(t, unicodeid.EdgePunctuation())
	auxiliary := profile(t, unicodeid.AllowAuxiliary())
	for _, c := range []struct {
		p    *unicodeid.Profile
		raw  string
		want string
	}{
		{p, "Սևակ", ""}, {p, "ໜູແດງ", ""}, {p, "ໝີ", ""}, {p, "Ɓala", ""}, {p, "Ɗan-Ɗogo", ""}, {p, "Ƙarfi", ""},
		{p, "Kɔfi", ""},
		{p, "Ɛsi", ""}, {p, "ɣedzi", ""}, {p, "Ɲaɲa", ""}, {p, "Ƒoƒo", ""}, {p, "Ʋɔnu", ""}, {p, "Ŋuti", ""}, {p, "ǃGao", ""},
		{p, "דָּוִד", ""}, {p, "יידיש", ""}, {p, "אַבֿרהם", ""}, {p, "שְׁלֹמֹה", ""}, {p, "בן־גוריון", ""}, {p, "ג׳ורג׳", ""},
		{p, "צה״ל", ""},
		{p, "བསྟན་འཛིན", ""}, {p, "Paral·lel", ""}, {p, "GAL·LA", ""}, {p, "マリー・キュリー", ""}, {p, "〇〇", ""}, {p, "佐々木", ""},
		{p, "迪丽热巴·迪力木拉提", ""}, {p, "Անի֊Մարի", ""}, {p, "علی\u200cرضا", ""}, {p, "ഹരികൃഷ്ണന്\u200d", ""},
		{p, "ශ්\u200dරී", ""},
		{p, "র\u200d্যাচেল", ""}, {p, "क्\u200cष", ""},
		{p, "a·b", "restricted-character"}, {p, "カ・", "restricted-character"}, {p, "ab\u200cc", "invisible"},
		{p, "ɑda", "restricted-character"}, {auxiliary, "ɑda", ""}, {auxiliary, "ჱლი", ""},
		{auxiliary, "محمـد", "restricted-character"},
		{p, "ᏣᎳᎩ", "restricted-character restricted-character restricted-character"},
		{edges, "_mika", ""}, {edges, "mika_", ""}, {edges, "J.R.R.", ""}, {edges, "_mika_", ""},
		{edges, ".mika", "punctuation"},
		{edges, "-mika", "punctuation"}, {edges, "mika-", "punctuation"}, {edges, "__mika", "punctuation punctuation"},
		{edges, "_", "punctuation"}, {edges, "._", "punctuation punctuation"}, {edges, "a..", "punctuation"},
		{p, "_mika", "punctuation"},
	} {
		if got := broken(t, c.p, c.raw); got != c.want {
			t.Errorf("%s (%+q): %q, want %q", c.raw, c.raw, got, c.want)
		}
	}
}

// TestOtherScripts: the names of people whose script Unicode does not recommend for identifiers are
// let in by the option for it, and not without.
func TestOtherScripts(t *testing.T) {
	usual := profile(t)
	for script, names := range map[string]string{
		"Cher": "ᏣᎳᎩ ᏍᏏᏉᏯ ᏌᎳ ᏙᏯ ꮳꮃꭹ Ꮳꮃꭹ", "Nkoo": "ߒߞߏ ߛߎߟߋߦߌߡߊ߲߫ ߡߊ߬ߘߎ ߝߊ߲ߕߊ ߞߊ߲ߕߍ",
		"Adlm": "𞤀𞤣𞤵𞤤 𞤃𞤢𞤥𞤢𞤣𞤵 𞤊𞤢𞥄𞤼𞤢 𞤄𞤢𞤪𞤪𞤭", "Tfng": "ⴰⵎⴰⵣⵉⵖ ⵜⵉⵏⵀⵉⵏⴰⵏ ⵢⵓⴱⴰ ⵉⴷⵉⵔ",
		"Cans": "ᐃᓄᒃ ᐊᓈᓇ ᑲᐅᔨᒪᔪᖅ ᐊᓛᓯ ᐊᐢᑭᕀ", "Mong": "ᠮᠣᠩᠭᠣᠯ ᠲᠡᠮᠦᠵᠢᠨ ᠪᠠᠲᠤ", "Java": "ꦗꦮ ꦱꦫꦶ ꦢꦺꦮꦶ", "Syrc": "ܐܦܪܝܡ ܡܪܝܡ ܝܘܚܢܢ",
		"Olck": "ᱥᱟᱱᱛᱟᱲᱤ ᱨᱟᱢ", "Bali": "ᬩᬮᬶ ᬯᬬᬦ᭄",
	} {
		p := profile(t, unicodeid.AllowScripts(script))
		for raw := range strings.FieldsSeq(names) {
			if got := broken(t, p, raw); got != "" {
				t.Errorf("%s with its script: %s", raw, got)
			}
			if broken(t, usual, raw) == "" {
				t.Errorf("%s passes without %s", raw, script)
			}
		}
	}
}

// TestLikeOthers: letters that are let in are lookalikes of those that they look like, and a dot
// that is not seen makes no other name.
func TestLikeOthers(t *testing.T) {
	p := profile(t, unicodeid.AllowAuxiliary())
	for _, pair := range [][2]string{{"ɩda", "ida"}, {"ɑda", "ada"}, {"oꞌbrien", "oʼbrien"}, {"ǀulu", "lulu"},
		{"ɪda", "ida"},
		{"İbrahim", "ibrahim"}, {"i\u0307brahim", "ibrahim"}, {"IBRAHIM", "ibrahim"}, {"Սեւակ", "Սևակ"}, {"マ・リ", "マ·リ"},
		{"ໜູ", "ຫນູ"}, {"paypa丨", "paypal"}, {"anna一maria", "anna-maria"}, {"丁om", "Tom"}, {"りサ", "リサ"},
		{"ก่ิง", "กิ่ง"}, {"ກ່ິງ", "ກິ່ງ"}, {"ភំុ", "ភុំ"}, {"ကုိ", "ကို"}} {
		a, _, errA := p.UnsafeAdopt(t.Context(), pair[0])
		b, _, errB := p.UnsafeAdopt(t.Context(), pair[1])
		if errA != nil || errB != nil || !a.ConflictsWith(b) {
			t.Errorf("%q does not conflict with %q: %v, %v", pair[0], pair[1], errA, errB)
		}
	}
}

// TestSimilar: alike to a reader in a hurry, without being a conflict.
func TestSimilar(t *testing.T) {
	p := profile(t)
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"josé", "jose", true}, {"paypaI", "paypal", true}, {"bob", "b0b", true}, {"ali", "al1", true}, {"ali", "all", true},
		{"modern", "rnodern", true}, {"anna", "hanna", false}, {"anna", "ANNA", false}, {"anna", "anna", false},
		{"Зоя", "зоа", false}, {"עדו", "עדן", true}, {"Clara", "Dara", true},
	} {
		a, b := register(t, p, c.a), register(t, p, c.b)
		if a.SimilarTo(b) != c.want || b.SimilarTo(a) != c.want {
			t.Errorf("%q and %q: %v", c.a, c.b, a.SimilarTo(b))
		}
		if a.ConflictsWith(b) && a.Key() != b.Key() && !a.SimilarTo(b) {
			t.Errorf("%q conflicts with %q and is not similar", c.a, c.b)
		}
	}
	if (unicodeid.Name{}).SimilarTo(register(t, p, "a")) || register(t, p, "a").SimilarTo(unicodeid.Name{}) {
		t.Error("the zero Name is similar to something")
	}
}

// TestDisplayName: what people are called on a page.
func TestDisplayName(t *testing.T) {
	wide := limits.Limits{InputBytes: limits.KiB, Items: 256}
	p, err := unicodeid.New(wide, unicodeid.Reserved("admin", "support team"), unicodeid.DisplayName(),
		unicodeid.Blocked("casino"))
	if err != nil {
		t.Fatal(err)
	}
	for raw, want := range map[string]string{
		"Dr. Bob": "", "J. R. R. Tolkien": "", "Martin Luther King, Jr.": "", "Иван Smith": "", "Robert (Bob) O'Neil": "",
		"Smith & Sons": "", "D’Arcy": "", "דָּוִד בֶּן": "", "محمد Smith": "", "Nguyễn Văn A": "", "ד״ר כהן": "",
		"王小明 (Xiaoming)": "",
		"مُحَمَّد":       "", " Bob ": "", "Jean-Luc": "", "Mr.": "", "ዶ/ር አበበ": "",
		"a/b": "restricted-character", "ዶ/": "restricted-character", "Anne-Marie & Co.": "",
		"Иvan": "mixed-script", "a\u200bb": "invisible", "\u2066ab\u2069": "bidi-control bidi-control",
		"a\nb":                            "control-character",
		"Z\u0300\u0301\u0302\u0303\u0304": "too-many-marks", "a  b": "inner-space", "..": "punctuation punctuation",
		"&":     "punctuation",
		"Admin": "reserved", "the Adm1n": "reserved", "Support-Team": "reserved", "аdmіn": "mixed-script reserved",
		"my Casino": "blocked",
		"<b>":       "restricted-character restricted-character", "ａbc": "compatibility", "": "empty too-short",
		"a,,b": "punctuation",
		// Nicknames in quotation marks, and signs at the end of a word of their scripts.
		"William \"Bill\" Gates": "", "Dwayne ‘The Rock’ Johnson": "", "«Вася» Пупкин": "", "Oʻktam „Sher“": "",
		"\"\"": "punctuation punctuation", "\"admin\"": "reserved", "“\u200b”": "invisible",
		"ن۔ م۔ راشد": "", "محمد، علي": "", "प्रो॰ राम": "", "བཀྲ་ཤིས་ ཚེ་རིང་": "",
		"bob۔":   "bidi-rule mixed-script restricted-character",
		"ab، cd": "restricted-character", "राम॰a": "mixed-script restricted-character",
		"bob॰": "mixed-script restricted-character", "འ་་": "restricted-character restricted-character",
		// Initials beside a dot, a colon after one, raised letters of abbreviations and alphabets.
		"藤子・F・不二雄": "", "夏·C·布朗": "", "Gösta H:son": "", "Erik S:t Cyr": "", "Mª José": "", "D.ª Elena": "",
		"kʷikʷəƛ̓əm": "", "Tiuⁿ": "",
		"カ・Bob": "restricted-character", "王·Smith": "restricted-character", "javascript:x": "restricted-character",
		// Whose child the bearer is, titles of Egypt, initials between dots, long vowels of Mohawk.
		"Ravi a/l Kumar": "", "Anwar S/O Ibrahim": "", "د/ أحمد زويل": "", "د/أحمد": "", "J·K·罗琳": "",
		"Kaniehtí:io Horn": "", "دیٚد": "", "and/or": "restricted-character", "a/lx": "restricted-character",
		"محمد/علي": "restricted-character", "J·K·Smith": "restricted-character restricted-character",
		"http:x": "restricted-character", "Ali\u3099": "mixed-script",
		"Admin:x": "reserved restricted-character", "a:": "restricted-character", "ªna": "compatibility",
		"aªª": "compatibility", "ʷill": "compatibility", "iʷʷ": "compatibility", "ａⁿ": "compatibility compatibility",
		// The number of a king is a word of one direction.
		"رضا ۱۲": "", "أم كلثوم 3": "", "علي ٣3": "mixed-digits", "رضا 2nd": "bidi-rule",
		strings.Repeat("ab ", 21) + "a": "", strings.Repeat("ab ", 21) + "ab": "too-long",
	} {
		got := strings.Fields(broken(t, p, raw))
		slices.Sort(got)
		want := strings.Fields(want)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", raw, got, want)
		}
		name, err := p.Register(t.Context(), raw)
		if err == nil && (!name.Key().IsZero() || name.Skeletons() != nil || name.ConflictsWith(name) ||
			name.Display().String() == "") {
			t.Errorf("%q: %+v", raw, name)
		}
		if err == nil {
			if again, err := p.Register(t.Context(), name.Display().String()); err != nil || again != name {
				t.Errorf("%q: the display form is another name, %v", raw, err)
			}
		}
	}
	if !strings.HasPrefix(p.ID(), "display/1-") {
		t.Error(p.ID())
	}
	if _, err := p.Lookup(t.Context(), "bob"); !errors.Is(err, limits.ErrConfig) {
		t.Errorf("Lookup: %v", err)
	}
	if _, _, err := p.UnsafeAdopt(t.Context(), "bob"); !errors.Is(err, limits.ErrConfig) {
		t.Errorf("UnsafeAdopt: %v", err)
	}
	if err := p.Audit(t.Context(), table(), auditLimits, func(unicodeid.Finding) error { return nil }); !errors.Is(err,
		limits.ErrConfig) {
		t.Errorf("Audit: %v", err)
	}
	for name, c := range map[string]struct {
		lim  limits.Limits
		opts []unicodeid.Option
	}{
		"twice":     {wide, []unicodeid.Option{unicodeid.DisplayName(), unicodeid.DisplayName()}},
		"few items": {limits.Limits{InputBytes: limits.KiB, Items: 63}, []unicodeid.Option{unicodeid.DisplayName()}},
		"few bytes": {limits.Limits{InputBytes: 255, Items: 64}, []unicodeid.Option{unicodeid.DisplayName()}},
		"minimum":   {wide, []unicodeid.Option{unicodeid.MinGraphemes(0)}},
		"beyond":    {wide, []unicodeid.Option{unicodeid.MinGraphemes(33)}},
	} {
		if _, err := unicodeid.New(c.lim, c.opts...); !errors.Is(err, limits.ErrConfig) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := unicodeid.New(limits.Limits{InputBytes: 64, Items: 64}, unicodeid.Graphemes(16),
		unicodeid.DisplayName()); err != nil {
		t.Errorf("four bytes for each cluster: %v", err)
	}
	other, err := unicodeid.New(wide, unicodeid.Punctuation("-"), unicodeid.DisplayName(), unicodeid.AllowEmoji())
	if err != nil || broken(t, other, "Dr. Bob") == "" || broken(t, other, "Bob 😀") != "" {
		t.Errorf("other options change the preset: %v", err)
	}
}

// TestPlaces: signs and joiners stand in a handle where they belong to the word, and nowhere else.
func TestPlaces(t *testing.T) {
	p, mongolian := profile(t), profile(t, unicodeid.AllowScripts("Mong"))
	for raw, want := range map[string]string{
		"in·hèrn": "", "es·hèra": "", "n·k": "restricted-character", "a·h": "restricted-character",
		"·h":            "restricted-character",
		"র\u200c্যাফেল": "", "অ\u200c্যা": "invisible", "র\u200cা": "invisible", "র\u200c": "invisible",
		"अ\u200dॅनी": "", "क\u200dॅनी": "invisible", "अ\u200dनी": "invisible", "अ\u200cॅनी": "invisible",
		"ᠨᠠᠷ\u180bᠠ": "restricted-character restricted-character restricted-character restricted-character invisible",
	} {
		got, expected := strings.Fields(broken(t, p, raw)), strings.Fields(want)
		slices.Sort(got)
		slices.Sort(expected)
		if !slices.Equal(got, expected) {
			t.Errorf("%+q: %v, want %v", raw, got, expected)
		}
	}
	for raw, want := range map[string]string{"ᠨᠠᠷ\u180bᠠ": "", "ᠠᠯᠲᠠᠨ\u180eᠠ": "", "ᠠᠯᠲᠠᠨ\u180eᠨ": "invisible",
		"ᠠᠯ\u180eᠠᠨ": "invisible", "ᠠᠯ\u180b\u180bᠠᠨ": "invisible", "bob\u180b": "invisible", "\u180bᠠᠯ": "invisible",
		"ᠠᠯ\u180e": "invisible"} {
		if got := broken(t, mongolian, raw); got != want {
			t.Errorf("%+q: %v, want %v", raw, got, want)
		}
		if want != "" {
			continue
		}
		name, err := mongolian.Register(t.Context(), raw)
		plain, plainErr := mongolian.Register(t.Context(), strings.Map(func(r rune) rune {
			if r < 0x1810 {
				return -1
			}
			return r
		}, raw))
		if err != nil || plainErr != nil || name.Key() != plain.Key() {
			t.Errorf("%+q is another name without its selector: %v, %v", raw, err, plainErr)
		}
	}
}

// TestDrawnApart: names that come close to those of idtest's class drawn, and are told apart.
func TestDrawnApart(t *testing.T) {
	p := profile(t)
	for a, b := range map[string]string{"ňura": "nʼura", "řeka": "rʼeka", "čata": "cʼata", "ḍana": "dʼana",
		"ḏana": "dʼana",
		"राम":  "रीम", "ऱाम": "राम", "कर्म": "करम", "ম্যাফ": "মাফ", "পাৎ": "পাত", "ആൽ": "ആല", "ആൺ": "ആണ",
		"ម៉ម": "មុម", "ប៉ា": "បុា", "អន": "អឹន", "ඔන": "ඕන", "එක": "ඒක", "ແກ": "ເກ", "ဂဂ": "ဂမ", "チエ": "千絵",
		"ルナ": "リナ", "ㄋㄋ": "乃乃", "ęva": "eva", "қан": "кан", "дәл": "дел", "ņina": "nina", "aٴb": "ab",
		// Readers of the language tell these apart, and each is a name or a word of its own.
		"clara": "dara", "עדו": "עדן", "王丹": "王月", "丁丹": "丁月", "һан": "нан", "ลม": "มม",
		"खान": "रवान", "ثریا": "پریا", "ثنا": "پنا", "گۈل": "گول", "تۇر": "تور", "నాథ": "నాధ", "పాఠం": "పారం", "ऋतु": "रतु",
		"র": "ব", "ਵੜਾ": "ਵਡਾ", "ਰਿਸ਼ੀ": "ਰਸ਼ੀ", "á\u0300a": "à\u0301a", "ଵ": "ବ", "tür": "tűr", "王未": "王末", "己": "已"} {
		x, _, err := p.UnsafeAdopt(t.Context(), a)
		y, _, otherErr := p.UnsafeAdopt(t.Context(), b)
		if err != nil || otherErr != nil || x.ConflictsWith(y) {
			t.Errorf("%s conflicts with %s: %v, %v", a, b, err, otherErr)
		}
	}
}

// TestAdopt: a name that policy refuses has skeletons, so that its lookalikes conflict with it.
func TestAdopt(t *testing.T) {
	p := profile(t, unicodeid.Reserved("admin"))
	for raw, like := range map[string]string{"admin": "", "p\u0430ypal": "paypal", "bob.": "", "o'brien": "",
		"a\u200bnna": "anna", "": "",
		"paypal!": "paypaI!", strings.Repeat("ab", 17): "", "a\u0300\u0301\u0302\u0303\u0304b": ""} {
		name, problems, err := p.UnsafeAdopt(t.Context(), raw)
		_, refusal := p.Register(t.Context(), raw)
		var refused *unicodeid.Error
		if !errors.As(refusal, &refused) {
			t.Fatalf("%q is accepted: %v", raw, refusal)
		}
		if raw == "" {
			if err == nil || name != (unicodeid.Name{}) || problems != nil {
				t.Errorf("no key: %v", err)
			}
			continue
		}
		key, _ := p.Lookup(t.Context(), raw)
		if err != nil || name.Key() != key || key.IsZero() || len(name.Skeletons()) == 0 ||
			len(problems) != len(refused.Problems) {
			t.Errorf("%q: %v, %v, %v", raw, name, problems, err)
		}
		if like != "" {
			other, _, err := p.UnsafeAdopt(t.Context(), like)
			if err != nil || !name.ConflictsWith(other) {
				t.Errorf("%q does not conflict with %q: %v", raw, like, err)
			}
		}
	}
	name, problems, err := p.UnsafeAdopt(t.Context(), "alice")
	if same, _ := p.Register(t.Context(), "alice"); err != nil || problems != nil || name != same {
		t.Errorf("a good name: %v, %v", problems, err)
	}
	for _, raw := range []string{strings.Repeat("a", 300), strings.Repeat("a", 65), "\xff", "\x00",
		strings.Repeat("\ufdfa", 5)} {
		if name, problems, err := p.UnsafeAdopt(t.Context(), raw); !errors.Is(err, limits.ErrRefused) ||
			name != (unicodeid.Name{}) || problems != nil {
			t.Errorf("%.20q: %v", raw, err)
		}
	}
}

// TestFixes: every Fix that is offered passes: with all of them at once no problem is left that had
// one, and a name whose problems all have one is accepted.
func TestFixes(t *testing.T) {
	t.Parallel()
	profiles := map[string]*unicodeid.Profile{"usual": profile(t), "spaces": profile(t, unicodeid.AllowInnerSpace(),
		unicodeid.Reserved("admin"))}
	display, err := unicodeid.New(limits.Limits{InputBytes: limits.KiB, Items: 256}, unicodeid.DisplayName())
	if err != nil {
		t.Fatal(err)
	}
	profiles["display"] = display
	offered := 0
	check := func(p *unicodeid.Profile, raw string) {
		_, err := p.Register(t.Context(), raw)
		var refusal *unicodeid.Error
		if !errors.As(err, &refusal) {
			return
		}
		mended, at, every := "", 0, true
		for _, q := range refusal.Problems {
			if q.Fix == "" || q.Offset < at {
				every = every && q.Fix != ""
				continue
			}
			offered++
			mended += raw[at:q.Offset] + q.Fix
			at = q.Offset + q.Len
			one := raw[:q.Offset] + q.Fix + raw[at:]
			if _, err := p.Register(t.Context(), one); err != nil && len(refusal.Problems) == 1 {
				t.Errorf("%+q: the one Fix %q does not pass: %v", raw, q.Fix, err)
			}
		}
		mended += raw[at:]
		if _, err := p.Register(t.Context(), mended); every && err != nil {
			t.Errorf("%+q: all fixes together, %+q, do not pass: %v", raw, mended, err)
		}
	}
	for _, p := range profiles {
		for _, raw := range []string{"o'brien", "o’brien", "o‘zbek", "d`arc", "約翰‧史密斯", "ジャン゠リュック", "ジャン＝リュック",
			"Sg\u0332aana",
			"মো:", "a•b", "a＝b", "admin\u0332", "a_b", "_a", "O‘tkir_b", "ג'ורג'", "ד\"ר", "ﬁx",
			"ａｂｃ", "①②", "a1\u0662\u0663", "a\u00a0b", "ﷺ",
			"℀x", "ａдмин", "ｘ" + strings.Repeat("ﬃ", 12), "admin①", "'", "a''b", "½"} {
			check(p, raw)
		}
		n := 0
		for c := range idtest.Hostile() {
			if n++; n%29 == 0 && (!testing.Short() || n%87 == 0) || wholeRun() {
				check(p, c.Raw)
			}
		}
	}
	if offered < 100 {
		t.Errorf("%d fixes", offered)
	}
	for raw, fix := range map[string]string{"o'brien": "ʼ", "Солов’йова": "ʼ", "ג'ון": "׳", "צה\"ל": "״", "צה”ל": "״",
		"a\"b": "", "O‘tkir": "ʻ", "約翰‧史密斯": "·", "l•l": "·", "a•b": "", "ジャン゠リュック": "・", "カ＝カ": "・", "मो:": "",
		"মো:": "ঃ", "Sg\u0332aana": "\u0331",
		// Letters of a neighbour's keyboard.
		"ХIамзат": "Ӏ", "ГIалгIай": "Ӏ", "хlамзат": "ӏ", "гI": "Ӏ", "Х|амзат": "Ӏ", "Шакарiм": "і", "Iсмет": "І",
		"ХIАМЗАТ": "",
		"раураl":  "ӏ", "pаypal": "", "Akyerεko": "ɛ", "Tiεrabin": "ɛ", "әliyev": "ə", "αdmin": "",
		// Dashes, and the accent that stands on keyboards beside the apostrophe.
		"Falls–Windsor": "-", "a—b": "-", "a‐b": "-", "a‑b": "-", "a−b": "-", "a–": "", "d´Arc": "ʼ"} {
		_, err := profiles["usual"].Register(t.Context(), raw)
		var refusal *unicodeid.Error
		if !errors.As(err, &refusal) || refusal.Problems[0].Fix != fix {
			t.Errorf("%s offers %q: %v", raw, fix, err)
		}
	}
}

// TestTexts: each rule has one sentence, and what stands in braces is filled in.
func TestTexts(t *testing.T) {
	texts := maps.Collect(unicodeid.Texts())
	for info := range unicodeid.Rules() {
		if texts[info.Rule] == "" {
			t.Errorf("%s has no text", info.Rule)
		}
	}
	p := profile(t, unicodeid.MinGraphemes(3))
	for raw, want := range map[string]unicodeid.Problem{
		strings.Repeat("a", 300): {Rule: unicodeid.RuleTooLong, Unit: unicodeid.UnitBytes, Limit: 255,
			Length: 300},
		strings.Repeat("a", 70): {Rule: unicodeid.RuleTooLong, Unit: unicodeid.UnitCodePoints, Limit: 64,
			Length: 70},
		strings.Repeat("a", 40): {Rule: unicodeid.RuleTooLong, Unit: unicodeid.UnitGraphemes, Limit: 32,
			Length: 40},
		"ab": {Rule: unicodeid.RuleTooShort, Unit: unicodeid.UnitGraphemes, Limit: 3,
			Length: 2},
		"xa\u0300\u0301\u0302\u0303\u0304x": {Rule: unicodeid.RuleTooManyMarks, Unit: unicodeid.UnitMarks, Limit: 4,
			Length: 5},
	} {
		_, err := p.Register(t.Context(), raw)
		var refusal *unicodeid.Error
		if !errors.As(err, &refusal) {
			t.Errorf("%.10q: %v", raw, err)
			continue
		}
		q := refusal.Problems[0]
		if q.Rule != want.Rule || q.Unit != want.Unit || q.Limit != want.Limit || q.Length != want.Length ||
			strings.Contains(q.Detail, "{") {
			t.Errorf("%.10q: %+v", raw, q)
		}
	}
}

// TestStaleSkeleton: what no name has as its skeleton does not come back from a table.
func TestStaleSkeleton(t *testing.T) {
	for _, text := range []string{"paypa1", "0", "a\u0430", "ı", "i\u0307x", "Abc", "a\u200bb", "｜", "é", ""} {
		var s unicodeid.Skeleton
		if err := s.Scan(text); !errors.Is(err, unicodeid.ErrStaleSkeleton) {
			t.Errorf("%+q: %v", text, err)
		}
	}
	for _, text := range []string{"paypal", "rnodern", "m", "o", "e\u0301"} {
		var s unicodeid.Skeleton
		if err := s.Scan(text); err != nil {
			t.Errorf("%+q: %v", text, err)
		}
	}
}
