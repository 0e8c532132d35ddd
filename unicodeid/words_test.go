package unicodeid_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
)

// word returns the word that a name is refused for, or "".
func word(t *testing.T, p *unicodeid.Profile, raw string) string {
	t.Helper()
	_, err := p.Register(t.Context(), raw)
	if refusal, is := errors.AsType[*unicodeid.Error](err); is {
		for _, q := range refusal.Problems {
			if q.Rule == unicodeid.RuleReserved || q.Rule == unicodeid.RuleBlocked {
				if q.Word == "" {
					t.Errorf("%+q: %s without its word", raw, q.Rule)
				}
				return q.Word
			}
		}
	}
	return ""
}

// TestWordsHitWhatTheyMean: each word, the names that it must refuse, and those that it must not.
func TestWordsHitWhatTheyMean(t *testing.T) {
	for _, c := range []struct {
		option unicodeid.Option
		word   string
		hits   string
		misses string
	}{
		{unicodeid.Reserved("all"), "all", "all ALL aIl a11x.all all-of.x aII al1 x_all A1L",
			"Ali Ali_Khan ali-reza ALI ball alle a1l1 Ail"},
		{unicodeid.Reserved("go"), "go", "go GO g0 6o 9o go.90 the-go", "60 90 anna.90 goo lego 6 0"},
		{unicodeid.Blocked("porn"), "porn", "porn p0rn xpornx PORN p.o.r.n pогn", "Pompidou pomme Pom popcom"},
		{unicodeid.Blocked("gas"), "gas", "gas g4s 6as ga5 megas x.g.a.s", "bob1945 945 9a45 user1945x 645"},
		{unicodeid.Blocked("tit"), "tit", "tit t1t 7it ti7 TIT", "user717 717 7i77 a717b"},
		{unicodeid.Reserved("mail"), "mail", "mail MAIL ma1l MAlL MAI1 the-mail", "Mali mall Mall ma11y maill malI_x email"},
		{unicodeid.Reserved("files"), "files", "files fi1es fiIes fi1e5 flIes FlLES", "flies Flies"},
		{unicodeid.Reserved("home"), "home", "home h0me HOME hom3", "Horne horne hornet hómë"},
		{unicodeid.Reserved("goz"), "goz", "goz go\u02bbz ʼgoz", "Goʻzal Goʻ-x gözal göz"},
		{unicodeid.Reserved("go"), "go", "go ʼgo goʼ", "Goʻzal hogoʻ Oʻgo gò"},
		{unicodeid.Blocked("public"), "public", "public xpublicx públic x-públic", "República"},
		{unicodeid.Reserved("Doris"), "Doris", "doris clorıs", "Cioris"},
		{unicodeid.Reserved("محمد"), "محمد", "محمد مُحَمَّد", "أحمد"},
		{unicodeid.Reserved("דוד"), "דוד", "דוד דָּוִד דןד דוד׳ ד׳וד", "דודו דודי ידוד דיוד"},
		{unicodeid.Reserved("sale"), "sale", "sale SALE", "Salė ṡale"},
		{unicodeid.Reserved("ali"), "ali", "ali ALİ", "ȧli"},
		{unicodeid.Reserved("паша"), "паша", "паша", "пашӑ"}, {unicodeid.Reserved("root"), "root", "root гоот ROOT", "röot"},
		{unicodeid.Reserved("com"), "com", "com c0m COM the.com", "corn Corn popcorn c-orn"},
		{unicodeid.Reserved("admin"), "admin", "admin adrnin AdMin admln ADMlN аdmіn 4dm1n ad-m1n adm!n x.adrnin " +
			"ad\u3164min ad\u115fmin АDМIN admín adṃin ȧdmin admİn ADMꞮN admǃn adminʼ ꜝadmin x-ʼadmin adʼmin admin一 " +
			"aclmin ad巾in 卂dmin ádmin̂ ᎪᎠᎷᎥɴ", "badmin adminx admi adm1n1 1admin"},
		{unicodeid.Reserved("Williams"), "Williams", "williams vvilliams Wi11iams Williarns VVilliams", "Villiams"},
		{unicodeid.Exact("all", "login"), "all", "all ALL ａｌｌ", "a11 aIl x-all all-x al"},
		{unicodeid.Reserved("exact:all"), "all", "all", "aIl a1l x.all"},
		{unicodeid.Reserved("anywhere:root"), "root", "root groot xr00tx", "rot"},
		{unicodeid.Blocked("token:sex"), "sex", "sex s3x sex-x", "Essex Sussex-x"},
		{unicodeid.Blocked("ибо"), "ибо", "ибо Рибок ИБО", "иба"},
		{unicodeid.Blocked("바보"), "바보", "바보 x바보x", "바볼 밥보"},
		{unicodeid.Blocked("cafe"), "cafe", "cafe mycafes CAFE", "caf\u00e9 cafe\u0301 xcafe\u0301s"},
		{unicodeid.Reserved("h2o"), "h2o", "h2o H2O H2o", "hzo h20x hto"},
		{unicodeid.Reserved("404"), "404", "404 x-404", "4o4x aoa 1404 4040"},
		{unicodeid.Reserved("maestro"), "maestro", "maestro mæstro", "mestro"},
		{unicodeid.Reserved("ag"), "ag", "ag a9 4g", "49 æg"},
	} {
		p := profile(t, c.option)
		for raw := range strings.FieldsSeq(c.hits) {
			if got := word(t, p, raw); got != c.word {
				t.Errorf("%q does not hit %q", c.word, raw)
			}
		}
		for raw := range strings.FieldsSeq(c.misses) {
			if got := word(t, p, raw); got != "" {
				t.Errorf("%q hits %q", c.word, raw)
			}
		}
	}
}

// TestWordsOfEmoji: emoji that show letters are read as them, a pair of regional indicators that is
// no flag is refused, and a single emoji can be blocked.
func TestWordsOfEmoji(t *testing.T) {
	p := profile(t, unicodeid.AllowEmoji(), unicodeid.Reserved("admin", "ok", "cool", "tm"),
		unicodeid.Blocked("🍆", "👍", "🇩🇪", "badde", "token:🙂"))
	for raw, want := range map[string]string{
		"🅰️dmin": "admin", "the-🅰️dmin": "admin", "🇦🇩min": "admin", "adⓂ️in": "admin", "admℹ️n": "admin",
		"adm1️⃣n": "admin", "🆗": "ok", "x-🆒": "cool", "™️": "tm", "a😀d😀min": "admin", "😀admin😀": "admin",
		"x🍆y": "🍆", "🍆": "🍆", "👍🏽": "👍", "x👍️": "👍", "🇩🇪": "🇩🇪", "x🇩🇪x": "🇩🇪", "x🙂-🙂": "🙂", "🙂": "🙂",
		"cat😀": "", "🇦🇩🇪🇸": "", "🇧🇦": "", "sadmin": "", "🅰️": "", "👎": "", "🇫🇷": "", "my🆗x": "",
	} {
		if got := word(t, p, raw); got != want {
			t.Errorf("%q: %q, want %q", raw, got, want)
		}
	}
	for _, raw := range []string{"🇦🇧", "x🇽🇽", "🇩🇪🇦", "🇺🇳🇾🇾"} {
		if got := broken(t, p, raw); !strings.Contains(got, "restricted-character") {
			t.Errorf("%q is no flag: %q", raw, got)
		}
	}
	a, err := p.Register(t.Context(), "🅰️nna")
	if err != nil {
		t.Fatal(err)
	}
	if b, err := p.Register(t.Context(), "anna"); err != nil || !a.ConflictsWith(b) {
		t.Errorf("an emoji that shows a letter makes another name: %v", err)
	}
}

// TestExceptions win over every kind, in options and in a list.
func TestExceptions(t *testing.T) {
	list, err := unicodeid.ParseWords(t.Context(),
		strings.NewReader("*admin*\nexact:route\nanywhere:evil\nexcept:Devil\ntoken:boss"),
		limits.Limits{InputBytes: limits.KiB, Items: 10})
	if err != nil {
		t.Fatal(err)
	}
	p := profile(t, unicodeid.WordList(func() *unicodeid.Words { return list }),
		unicodeid.Blocked("except:Badminton", "cunt"),
		unicodeid.Except("Scunthorpe"))
	for raw, want := range map[string]string{
		"badminton": "", "BADMINTON": "", "badmintons": "admin", "xadminx": "admin", "devil": "", "devils": "evil",
		"route": "route", "r0ute": "", "boss": "boss", "the-b0ss": "boss", "scunthorpe": "", "scunthorpe1": "cunt",
	} {
		if got := word(t, p, raw); got != want {
			t.Errorf("%q: %q, want %q", raw, got, want)
		}
	}
}

// TestBadWords: each mistake says its line and what to write.
func TestBadWords(t *testing.T) {
	for text, advice := range map[string]string{
		"ok\nadmin # chief": `write "admin" alone`, "a\nb,c": "write each by itself", "x\nadm*in": `write "anywhere:admin"`,
		"x\n*porn": `write "*porn*"`, "x\nporn*": `write "*porn*"`,
		"x\nregex:a":   "write exact:, token:, anywhere: or except:",
		"x\nexact:a:b": "has a colon", "x\n--": "no letter and no digit", "x\n*a*": "write token:",
		"x\nanywhere:q": "write token:", "x\nadmin // chief": "write each by itself", "x\nadmin/root": "write each by itself",
		"x\nadmin (chief)": `write "admin" alone`, "x\nadmin = chief": "write each by itself",
		"x\nadmin|root": "write each by itself", "x\nadmin\u2028root": "write each by itself",
		"x\nexcept:": "no key", "x\ntoken:a;b": "write each by itself", "x\n*a*b*": "between two asterisks",
	} {
		_, err := unicodeid.ParseWords(t.Context(), strings.NewReader(text), limits.Limits{InputBytes: limits.KiB, Items: 9})
		var rule *limits.RuleError
		if !errors.As(err, &rule) || rule.Line != 2 || !strings.Contains(err.Error(), advice) {
			t.Errorf("%q: %v, want %s", text, err, advice)
		}
	}
	for _, option := range []unicodeid.Option{unicodeid.Reserved("a,b"), unicodeid.Reserved("admin # chief"),
		unicodeid.Blocked("*x*"), unicodeid.Exact("a:b"), unicodeid.Except(""), unicodeid.Blocked("x"),
		unicodeid.Reserved("word:x")} {
		if _, err := unicodeid.New(usual, option); !errors.Is(err, limits.ErrConfig) {
			t.Errorf("a bad word: %v", err)
		}
	}
}

// TestOddWords: signs that stand in a word itself pass.
func TestOddWords(t *testing.T) {
	text := "c++\nat&t\no'brien\nsh!t\nfree money\ns.o.b.\nco-op\n*dumb@ss*\n"
	_, err := unicodeid.ParseWords(t.Context(), strings.NewReader(text), limits.Limits{InputBytes: limits.KiB, Items: 9})
	if err != nil {
		t.Error(err)
	}
}

// TestWordIsNotShown: the word is for the administrator, and not for the user who typed the name.
func TestWordIsNotShown(t *testing.T) {
	_, err := profile(t, unicodeid.Reserved("zzyzx")).Register(t.Context(), "the-zzyzx")
	var refusal *unicodeid.Error
	if !errors.As(err, &refusal) || refusal.Problems[0].Word != "zzyzx" {
		t.Fatalf("%v", err)
	}
	text, marshalErr := json.Marshal(refusal)
	if marshalErr != nil || strings.Contains(string(text), "zzyzx") || strings.Contains(err.Error(), "zzyzx") {
		t.Errorf("%s, %v, %v", text, err, marshalErr)
	}
}

// routes are 150 words that services keep for their paths.
var routes = strings.Fields(`
about abuse access account accounts activate ad admin ads affiliate ajax all analytics api app
apps archive assets auth avatar backup bank billing blog board bot business cache calendar career cart chat checkout
client code com comment compare config connect contact contest cookie copyright create css dashboard data db debug
delete demo design dev direct dns docs domain download edit editor email embed events explore faq feed feedback file
files find forum free friend ftp games get go group guest guide health help home host html http icon image inbox index
info invite invoice ip issue item jobs js json lab legal link list live local log login logout mail main manage map
me media member message mobile my name network new news null offer online order org page panel pay photo pop post
press privacy profile public root rss sale search shop sign site smtp sql ssl staff static store system test tos user
web wiki www`)

// TestWordsOverRealNames: an ordinary list of words refuses the words themselves, and hardly any
// name that another user has.
func TestWordsOverRealNames(t *testing.T) {
	t.Parallel()
	if len(routes) < 150 {
		t.Fatalf("%d words", len(routes))
	}
	languages := map[string]int{}
	var all []string
	for _, n := range realNames(t) {
		languages[n.language]++
		all = append(all, n.text)
	}
	if len(all) < 5000 || len(languages) < 40 {
		t.Fatalf("%d names of %d languages", len(all), len(languages))
	}
	none := profile(t, unicodeid.AllowInnerSpace())
	accepted := map[string][]string{}
	for source, names := range map[string][]string{"real names": all,
		"wamerican": dictionary(t, "wamerican", "american-english")} {
		for _, raw := range names {
			if _, err := none.Register(context.Background(), raw); err == nil {
				accepted[source] = append(accepted[source], raw)
			}
		}
	}
	for _, kind := range []string{"token:", "anywhere:"} {
		var words []string
		for _, w := range routes {
			if kind == "token:" || len(w) >= 5 {
				words = append(words, kind+w)
			}
		}
		p := profile(t, unicodeid.AllowInnerSpace(), unicodeid.Reserved(words...))
		for source, names := range accepted {
			var wrong []string
			for _, raw := range names {
				if w := word(t, p, raw); w != "" && !spelt(raw, w, kind) {
					wrong = append(wrong, raw+" for "+w)
				}
			}
			t.Logf("%s %s: %d of %d hit by what they are not (%d languages): %.300s", kind, source, len(wrong), len(names),
				len(languages), strings.Join(wrong, ", "))
			if len(names) < 5000 || len(wrong)*5000 > len(names) { // 0.02 %
				t.Errorf("%s %s: %d of %d names are hit", kind, source, len(wrong), len(names))
			}
		}
	}
}

// spelt reports whether a word stands in a name letter by letter.
func spelt(name, word, kind string) bool {
	name = strings.ToLower(name)
	if kind == "anywhere:" {
		return strings.Contains(strings.Map(func(r rune) rune {
			if strings.ContainsRune(" -_.'’", r) {
				return -1
			}
			return r
		}, name), word)
	}
	parts := strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune(" -_.'’", r) })
	return slices.Contains(append(parts, strings.Join(parts, "")), word)
}
