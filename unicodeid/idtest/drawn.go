package idtest

import (
	"fmt"
	"strings"
)

// drawn are pairs of names that common fonts draw alike, and that no table of single code points
// tells: a vowel letter spelt out, a sign in two parts, a mark whose place decides what it looks
// like.
var drawn = []struct{ class, pairs string }{
	{"apostrophes", "Ľudovít Lʼudovít; ľubica lʼubica; Ďuriš Dʼuriš; ťapko tʼapko; ďurko dʼurko; " +
		"k̕ana kʼana; ťana t̕ana; jeʹffim jeʼffim"},
	{"marks-of-Latin", "įgulis i̧gulis; ȩva ęva; i̍t it; pe̍h pėh; ko͘ kȯ"},
	{"hooks-of-Cyrillic", "қасым ӄасым; ңура ӈура; ңура ӊура; ҳасан ӽасан"},
	{"palochka", "хӏамзат х1амзат; гӏалгӏай г1алг1ай; цӀадаса ц1адаса"},
	{"gershayim", "צה״ל צה׳׳ל"},
	{"Hebrew-qamats", "דָּוִד דׇּוִד; עָמִי עׇמִי; אָדָם אׇדָם"},
	{"Arabic", "أحمد اٴحمد; أحمد ٲحمد; پری ݒری; چنگیز ݘنگیز; ؼان ݤان"},
	{"Devanagari", "कऱ्हाडे कर्\u200dहाडे; दऱ्या दर्\u200dया; ॲनी अॅनी; ॲनी अ\u200dॅनी; औरत अौरत; " +
		"ओम अोम; ऑस्कर आॅस्कर; कॉशुर काॅशुर"},
	{"marks-in-either-order", "" +
		"एँंकर एंँकर; एंःकर एःंकर; खािन खिान; গৃোপাল গোৃপাল; அாேகன் அோகன்; ଗୋୂପ ଗୂୋପ; આઁંક આંઁક; ആഀംക ആംഀക"},
	{"marks-twice", "ఐై ఐైె; ଓୈମ ଓୖୈମ; ಐೇರ ಐೇೆರ; ആന്റണി ആൻ്റണി; അന്റു അൻ്റു"},
	{"dead-ra", "नैर्ऋत्य नैरृत्य; र्ॠ रॄ; ನೈರ್ಋತ್ಯ ನೈರೃತ್ಯ"},
	{"nukta", "রবি ব়বি; তারা তাব়া; ਵੜਾ ਵਡ਼ਾ; ਗੜ੍ਹ ਗਡ਼੍ਹ; ਖੈਂ ਖੈੰ"},
	{"Oriya", "ସ୍ୱାମୀ ସ୍ଵାମୀ; ବିଶ୍ୱ ବିଶ୍ଵ"},
	{"waw", "تۇرسۇن توُرسوُن; گۈلنار گوٰلنار; ݒرویز ۑرویز"},
	{"khanda-ta", "উৎপল উত্\u200dপল; জগৎ জগত্; বিদ্যুৎ বিদ্যুত্"},
	{"Gujarati", "ઓમ અોમ; ઔરવ અૌરવ; ઑસ્કર અૉસ્કર"},
	{"Kannada", "ಔಷಧ ಒೌಷಧ; ಮನು ವುನು; ಅಮರ ಅವುರ"},
	{"chillu", "ആൺ ആണ്\u200d; പാൽ പാല്\u200d; അവൾ അവള്\u200d; വാൿ വാക്\u200d; മോഹൻ മോഹന്\u200d"},
	{"Sinhala", "ආනන්ද අානන්ද; ඇනා අැනා; ඈරියා අෑරියා; ඒකා එ්කා; ඕෂධි ඔ්ෂධි; ඓරා එෙරා"},
	{"Lao", "ແສງ ເເສງ; ແກ້ວ ເເກ້ວ; ແພງ ເເພງ"},
	{"Khmer", "ស៊ីថា សុីថា; ម៉ីលា មុីលា; បើក បេីក; ធោរា ធេារា"},
	{"Burmese", "ကွဲ က္ဝဲ; ညွ ည္ဝ; ဉာဏ် ဥာဏ်; ဈေး စျေး; ဂ၈ ဂဂ"},
	{"Tibetan", "ཝྭ ཝྺ; ཀྱི ཀྻི; ཀྲ ཀྼ"},
	{"small-capitals", "макс makc; кот kot; тома toma; вов bob; Νικο Niko; ᲫᲮ db; ลร as"},
	{"points", "مُحَمَّد محمد; هُدى هدى; שָׂרָה שרה; דָּוִד דוד"},
	{"final-nun", "דןד דוד; גדעןן גדעון"},
	{"beside-Latin", "尸énélope pénélope; fe卂ture feature; l从ka lmka; kim工 kimi; 七七im ttim; たナmer たtmer"},
	{"bopomofo", "七七 ㄘㄘ; 力宏 ㄌ宏; 刀刀 ㄉㄉ; 巜巜 ㄍㄍ; 尸 ㄕ"},
	{"kana", "ヒロ 匕ロ; ヌマ 又マ; ムラ 厶ラ; チエ 千エ; オリ 才リ; ルナ 儿ナ; イㇱカㇻ イシカラ; トノㇺ トノム; レタㇻ レタラ"},
}

// drawnAlike has the second of each pair beside the first, and the first beside the second.
func drawnAlike(yield func(Case) bool) {
	for _, d := range drawn {
		for i, pair := range strings.Split(d.pairs, "; ") {
			like, raw, _ := strings.Cut(pair, " ")
			name := fmt.Sprintf("drawn/%s-%d", d.class, i+1)
			if !yield(Case{Name: name, Raw: raw, Like: like}) || !yield(Case{Name: name + "-turned", Raw: like, Like: raw}) {
				return
			}
		}
	}
}
