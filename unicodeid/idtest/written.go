package idtest

import (
	"fmt"
	"iter"
	"strings"

	"github.com/seed73825598/airlock/internal/testkit/caselist"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
)

// The profiles that names of people pass under.
const (
	ProfileHandle    = ""          // Limits and Options
	ProfileSpaces    = "spaces"    // with AllowInnerSpace
	ProfileEdges     = "edges"     // with EdgePunctuation
	ProfileAuxiliary = "auxiliary" // with AllowAuxiliary
	ProfileDisplay   = "display"   // with DisplayName
	ProfileScripts   = "scripts"   // with AllowScripts, for all scripts in use
)

// Profile returns limits and options of the profile that Case.Profile names.
func Profile(name string) (limits.Limits, []unicodeid.Option) {
	lim, opts := Limits(), Options()
	switch name {
	case ProfileSpaces:
		opts = append(opts, unicodeid.AllowInnerSpace())
	case ProfileEdges:
		opts = append(opts, unicodeid.EdgePunctuation())
	case ProfileAuxiliary:
		opts = append(opts, unicodeid.AllowAuxiliary())
	case ProfileScripts:
		opts = append(opts, unicodeid.AllowScripts(scriptsInUse...))
	case ProfileDisplay:
		lim = limits.Limits{InputBytes: limits.KiB, Items: 256}
		opts = append(opts, unicodeid.DisplayName())
	}
	return lim, opts
}

// scriptsInUse are those of scriptNames.
var scriptsInUse = []string{"Adlm", "Bali", "Cans", "Cham", "Cher", "Copt", "Java", "Lana", "Lepc", "Limb", "Mong",
	"Mtei", "Nkoo", "Olck", "Osge", "Sund", "Syrc", "Tfng", "Yiii"}

// People yields names of people as they write them, each with the narrowest profile under which it
// passes: the names of Legit and others under ProfileHandle, and under the others names in more
// scripts, full names with spaces, initials, apostrophes and titles. None is bent to fit.
func People() iter.Seq[Case] {
	return caselist.Chain(people, groups("written", written), groups("traditions", traditions),
		groups("scripts", scriptNames), groups("pages", pages))
}

// A group is names of one language that pass under one profile, with a semicolon between them.
type group struct{ profile, language, names string }

func groups(table string, all []group) iter.Seq[Case] {
	return func(yield func(Case) bool) {
		for _, g := range all {
			for i, raw := range strings.Split(g.names, "; ") {
				if !yield(Case{Name: fmt.Sprintf("%s/%s-%s-%d", table, g.language, g.profile, i+1), Raw: raw,
					Language: g.language, Profile: g.profile}) {
					return
				}
			}
		}
	}
}

// written are names that no handle holds as they are.
var written = []group{
	{ProfileSpaces, "English", "Mary Ann Evans; John Smith; Anne-Marie Duff"},
	{ProfileEdges, "English", "_mika; mika_; J.R.R.; P.G.; jane_"},
	{ProfileDisplay, "English", "J. R. R. Tolkien; Dr. Martin Luther King, Jr.; Sinéad O’Connor; Conan O'Brien; Smith & " +
		"Sons; Robert (Bob) Hope; Mary-Kate O'Hara, M.D."},
	{ProfileDisplay, "Irish", "Éamon Ó Cuív; Máire Ní Bhraonáin; Seán Mac Giolla Bhríde; Seosamh Ó hÉanaí"},
	{ProfileDisplay, "Scottish-Gaelic", "Somhairle MacGill-Eain; Mòrag NicDhòmhnaill; Iain Crichton Smith"},
	{ProfileSpaces, "Welsh", "Siân Phillips; Dafydd ap Gwilym; Llŷr Ifans; Gwenllian ferch Gruffydd"},
	{ProfileDisplay, "French", "Jean d’Alembert; Valéry Giscard d'Estaing; Marie-Thérèse L’Hôte; Guy de Maupassant; " +
		"Mme. de Staël"},
	{ProfileDisplay, "Breton", "Anjela Duval; Yann Ar C’halvez; Gwenc’hlan Ar Skouëzeg"},
	{ProfileSpaces, "German", "Annette von Droste-Hülshoff; Jürgen Großmann; Käthe Kollwitz"},
	{ProfileDisplay, "German", "Prof. Dr. Weiß; Müller, Hans; Karl-Theodor Frhr. von Stein"},
	{ProfileDisplay, "Dutch", "Vincent van Gogh; Jan van ’t Hoff; Gerard 't Hooft; Adriaan in 't Veld"},
	{ProfileSpaces, "Frisian", "Sjûkje Dijkstra; Doutzen Kroes; Pier Gerlofs Donia"},
	{ProfileSpaces, "Spanish", "Gabriel García Márquez; María José Núñez; Íñigo de la Peña"},
	{ProfileDisplay, "Spanish", "José Ortega y Gasset" + "; Juan Carlos (Juanito) Pérez; Sr. Muñoz"},
	{ProfileHandle, "Catalan", "Gal·la"},
	// A non-joiner that a keyboard leaves after the last virama; gershayim typed as two geresh.
	{ProfileHandle, "Kannada-virama", "ರಾಜೇಶ್\u200c; ಯುಎಸ್\u200c-ಔಟ್\u200c"},
	{ProfileHandle, "Bengali-virama", "মিল্\u200c"},
	{ProfileHandle, "Malayalam-virama", "കുമാര്\u200c"},
	{ProfileHandle, "Hebrew-gershayim", "צה׳׳ל; זק׳׳ש"},
	{ProfileDisplay, "Catalan", "Gal·la Placídia; Marcel·lí Antúnez; Mercè Rodoreda i Gurguí; Eugeni d’Ors; Lluís " +
		"Companys i Jover"},
	{ProfileSpaces, "Galician", "Rosalía de Castro; Xosé Núñez; Antón Losada"},
	{ProfileSpaces, "Basque", "Bernardo Atxaga; Itziar Ituño; Eñaut Etxeberria"},
	{ProfileSpaces, "Portuguese", "João Gonçalves; Conceição Evaristo; António Lobo Antunes"},
	{ProfileDisplay, "Portuguese", "D. João; Sta. Bárbara d'Oeste; Luís (Lula) da Silva"},
	{ProfileDisplay, "Italian", "Gabriele D'Annunzio; Massimo D’Alema; Niccolò Machiavelli; Dell'Acqua, Pietro"},
	{ProfileSpaces, "Romanian", "Ștefan Țurcanu; Ion Luca Caragiale; Mircea Cărtărescu"},
	{ProfileSpaces, "Danish", "Søren Kierkegaard; Åse Kleveland; Karen Blixen"},
	{ProfileSpaces, "Norwegian", "Bjørnstjerne Bjørnson; Øystein Aarseth; Håkon Håkonsson"},
	{ProfileSpaces, "Swedish", "Märta Wallström; Östen Warnerbring; Göran Persson"},
	{ProfileSpaces, "Finnish", "Väinö Linna; Päivi Räsänen; Tove Jansson"},
	{ProfileSpaces, "Estonian", "Jüri Ratas; Õnne Pärl; Marju Länik"},
	{ProfileSpaces, "Latvian", "Jānis Ķirsis; Vaira Vīķe-Freiberga; Šķēle Andris"},
	{ProfileSpaces, "Lithuanian", "Žydrūnas Savickas; Dalia Grybauskaitė; Ąžuolas Tubelis"},
	{ProfileSpaces, "Icelandic", "Vigdís Finnbogadóttir; Þórdís Kolbrún; Halldór Kiljan Laxness"},
	{ProfileSpaces, "Faroese", "Bárður Oskarsson; Høgni Hoydal; Eivør Pálsdóttir"},
	{ProfileSpaces, "Northern-Sami", "Áillohaš Valkeapää; Máret Ánne Sara; Mari Boine"},
	{ProfileHandle, "Skolt-Sami", "Ǥiõrgg"},
	{ProfileSpaces, "Polish", "Łukasz Żal; Maria Skłodowska-Curie; Grażyna Bacewicz"},
	{ProfileSpaces, "Czech", "Jiří Dvořák; Božena Němcová; Zdeněk Svěrák"},
	{ProfileSpaces, "Slovak", "Ľudovít Štúr; Milan Rastislav Štefánik; Zuzana Čaputová"},
	{ProfileSpaces, "Hungarian", "Győző Szűcs; Petőfi Sándor; Erdős Pál"},
	{ProfileDisplay, "Hungarian", "Dr. Kovács János; Ifj. Szabó István; Özv. Nagy Jánosné"},
	{ProfileSpaces, "Croatian", "Đuro Đaković; Slavenka Drakulić; Miroslav Krleža"},
	{ProfileSpaces, "Albanian", "Gjergj Kastrioti; Ismail Kadare; Çelë Hoxha"},
	{ProfileSpaces, "Turkish", "İsmail Işık; Gökçe Çağrı; Orhan Pamuk"},
	{ProfileSpaces, "Azerbaijani", "Heydər Əliyev; Üzeyir Hacıbəyov; Məmməd Araz"},
	{ProfileSpaces, "Maltese", "Ġorġ Borg Olivier; Ċensu Tabone; Ħal Għaxaq"},
	{ProfileSpaces, "Vietnamese", "Nguyễn Văn A; Trần Thị Thanh Hằng; Võ Nguyên Giáp; Hồ Xuân Hương"},
	{ProfileDisplay, "Hawaiian", "Lydia Liliʻu Kamakaʻeha; Isabella Kaʻapana; Duke Kahanamoku (Paoa)"},
	{ProfileSpaces, "Maori", "Te Rauparaha; Hōne Heke Pōkai; Whina Te Wake Cooper"},
	{ProfileDisplay, "Samoan", "Tui Ātua; Faʻafetai Leʻavasa; Sa’o Tupua"},
	{ProfileSpaces, "Tongan", "Sālote Tupou; Tāufaʻāhau Lopeti"},
	{ProfileHandle, "Hausa", "Ɓala"}, {ProfileHandle, "Hausa-hooked", "Ɗanjuma"},
	{ProfileSpaces, "Hausa", "Sani Ɓarewa; Ƙasim Ɗan Mallam; Hauwa Ƴar Fari"},
	{ProfileSpaces, "Fula", "Aamadu Ɓaa; Ɗemmbo Ƴero; Ŋaari Ñaawo"},
	{ProfileSpaces, "Ewe", "Kɔfi Ŋutifafa; Ɖela Agbenyɛ; Ʋivi Ƒoli"},
	{ProfileSpaces, "Twi", "Kwabena Ɔsei; Akosua Ɛfɛ; Yaa Asantewaa"},
	{ProfileSpaces, "Bambara", "Ɲɛnɛkɔrɔ Kɛita; Sékou Ɲaɲa; Fanta Ŋɔnɔn"},
	{ProfileSpaces, "Duala", "Ɓonambela Ɗin; Ewané Ɛpée"},
	{ProfileHandle, "Nama", "ǃGao"}, {ProfileSpaces, "Nama", "Hage ǀGowaseb; ǁKabbo ǂGaeb"},
	{ProfileSpaces, "Kabyle", "Ɛli Ɣezali; Taous Ɛmruc"},
	{ProfileSpaces, "Yoruba", "Ọlábísí Adébáyọ̀; Wọlé Ṣóyíinká; Ẹniọlá Ọ̀ṣun"},
	{ProfileSpaces, "Igbo", "Chịdị Okeke; Ṅgọzị Ụchẹ"},
	{ProfileDisplay, "Swahili", "Ng'ang'a Mwangi; Ng’ombe Juma; Wangarĩ Maathai; Ngũgĩ wa Thiong'o"},
	{ProfileSpaces, "Malagasy", "Andrianampoinimerina Rabe; Ràkoto Frah"},
	{ProfileDisplay, "Uzbek", "O'tkir Sultonov; Gʻafur Gʻulom"},
	{ProfileDisplay, "Hanyu-Pinyin", "Xi'an Liu; Lǚ Xiǎopíng; Déng Yǔ-Fēng"},
	{ProfileDisplay, "Ukrainian-Latin", "Oleksiy V'yun; Solov’yov, Ihor"},
	{ProfileSpaces, "Russian", "Лев Толстой; Наталья Гончарова; Пётр Щукин"},
	{ProfileDisplay, "Russian", "А. С. Пушкин; Толстой, Лев (граф); Иван Smith"},
	{ProfileDisplay, "Ukrainian", "Леся Українка; Мар’яна Садовська; В'ячеслав Чорновіл; Ґонґадзе Г."},
	{ProfileSpaces, "Belarusian", "Янка Купала; Уладзімір Караткевіч"},
	{ProfileSpaces, "Bulgarian", "Георги Димитров; Елисавета Багряна"},
	{ProfileSpaces, "Serbian", "Љубица Маринковић; Ђорђе Балашевић; Његош Петар"},
	{ProfileSpaces, "Macedonian", "Ѓорѓи Абаџиев; Ќиро Глигоров"},
	{ProfileSpaces, "Kazakh", "Нұрсұлтан Назарбаев; Әлия Молдағұлова"},
	{ProfileSpaces, "Mongolian", "Чингис Өлзий; Дашдоржийн Нацагдорж"},
	{ProfileSpaces, "Greek", "Γιώργος Σεφέρης; Μελίνα Μερκούρη; Ελένη Ζωή"},
	{ProfileSpaces, "Armenian", "Պարույր Սևակ; Արևիկ Սարգսյան; Գևորգ Էմին; Եղիշե Չարենց"},
	{ProfileHandle, "Armenian-yev", "Սևակ"},
	{ProfileSpaces, "Georgian", "შოთა რუსთაველი; ნინო ბურჯანაძე"},
	{ProfileSpaces, "Hebrew", "דָּוִד בֶּן־גּוּרְיוֹן; רָחֵל יַנָּאִית; ג׳ורג׳ חבש; נעמי שמר"},
	{ProfileHandle, "Hebrew-points", "שְׁלֹמֹה"},
	{ProfileDisplay, "Hebrew", "ד״ר כהן; עו״ד רות לוי; משה (מוישל'ה) שמיר"},
	{ProfileSpaces, "Yiddish", "אַבֿרהם סוצקעווער; יצחק באַשעוויס"},
	{ProfileSpaces, "Arabic", "محمد عبد الوهاب; فاطمة الزهراء; أُمُّ كُلْثُوم; نجيب محفوظ"},
	{ProfileDisplay, "Arabic", "د. أحمد زويل; محمد Smith; أ. د. سميرة موسى"},
	{ProfileSpaces, "Persian", "علی\u200cرضا قربانی; فروغ فرخزاد; می\u200cترا حجار"},
	{ProfileSpaces, "Urdu", "فیض احمد فیض; بےنظیر بھٹو; عائشہ جلال"},
	{ProfileSpaces, "Pashto", "غني خان; ملالۍ جويا"},
	{ProfileSpaces, "Sorani", "شێرکۆ بێکەس; هێمن موکریانی"},
	{ProfileSpaces, "Luri", "رضا سقایی"},
	{ProfileSpaces, "Dhivehi", "މުހައްމަދު ނަޝީދު; ޢަލީ ޙުސައިން"},
	{ProfileSpaces, "Amharic", "ኃይለ ሥላሴ; ጥሩነሽ ዲባባ; አበበ ቢቂላ"},
	{ProfileDisplay, "Amharic", "ዶ/ር አበበ ገላው; ወ/ሮ አስቴር; ሼህ ሙሐመድ (ሙሔ)"},
	{ProfileSpaces, "Tigrinya", "ኢሳይያስ ኣፈወርቂ; ሄለን መለስ"},
	{ProfileSpaces, "Hindi", "श्रीदेवी कपूर; राजेश खन्ना; मुंशी प्रेमचंद"},
	{ProfileDisplay, "Hindi", "डॉ. राम मनोहर लोहिया; श्री. शर्मा"},
	{ProfileSpaces, "Marathi", "ज्ञानेश्वर मुळे; बाळ गंगाधर टिळक"},
	{ProfileSpaces, "Nepali", "लक्ष्मीप्रसाद देवकोटा; सुष्मा कोइराला"},
	{ProfileSpaces, "Bengali", "রবীন্দ্রনাথ ঠাকুর; র\u200d্যাচেল রায়; বড়ু চণ্ডীদাস"},
	{ProfileSpaces, "Punjabi", "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ; ਅੰਮ੍ਰਿਤਾ ਪ੍ਰੀਤਮ"},
	{ProfileSpaces, "Gujarati", "મોહનદાસ ગાંધી; હાર્દિક પટેલ"},
	{ProfileSpaces, "Odia", "ନବୀନ ପଟ୍ଟନାୟକ; ପ୍ରତିଭା ରାୟ"},
	{ProfileSpaces, "Tamil", "கல்கி கிருஷ்ணமூர்த்தி; ஜெயகாந்தன் ஸ்ரீ"},
	{ProfileDisplay, "Tamil", "எம். ஜி. ராமச்சந்திரன்; ஏ. ஆர். ரகுமான்"},
	{ProfileSpaces, "Telugu", "నందమూరి తారక రామారావు; శ్రీ శ్రీ"},
	{ProfileSpaces, "Kannada", "ಗಿರೀಶ್ ಕಾರ್ನಾಡ್; ಕುವೆಂಪು ಪುಟ್ಟಪ್ಪ"},
	{ProfileSpaces, "Malayalam", "മോഹൻലാൽ വിശ്വനാഥൻ; ഹരികൃഷ്ണന്\u200d നായര്\u200d; കമല സുരയ്യ"},
	{ProfileSpaces, "Sinhala", "ශ්\u200dරී ලාල්; චන්ද්\u200dරිකා කුමාරතුංග; මහින්ද රාජපක්ෂ"},
	{ProfileSpaces, "Thai", "ประยุทธ์ จันทร์โอชา; น้ำฝน กุลณัฐ; ปรีดี พนมยงค์"},
	{ProfileSpaces, "Lao", "ໜູແດງ ວົງສາ; ໝີ ພອນ; ບຸນຍັງ ວໍລະຈິດ"},
	{ProfileSpaces, "Khmer", "នរោត្តម សីហនុ; ស្រីមុំ សុខា"},
	{ProfileSpaces, "Burmese", "အောင်ဆန်း စုကြည်; ဦး သန့်"},
	{ProfileSpaces, "Shan", "ၸၢႆး ၼၢင်း; ၼၢင်း ၶမ်း"},
	{ProfileHandle, "Tibetan-tsheg", "བསྟན་འཛིན"}, {ProfileSpaces, "Tibetan", "བསྟན་འཛིན རྒྱ་མཚོ; བཀྲ་ཤིས་སྒྲོལ་མ ལགས"},
	{ProfileHandle, "Uyghur-in-Chinese", "迪丽热巴·迪力木拉提"},
	{ProfileDisplay, "Chinese-simplified", "王小明 (Xiaoming); 玛丽·居里; 阿依古丽·买买提"},
	{ProfileSpaces, "Chinese-traditional", "歐陽 娜娜; 張 惠妹"},
	{ProfileHandle, "Japanese-dot", "マリー・キュリー; ジョン・レノン"}, {ProfileSpaces, "Japanese", "山田 太郎; 佐々木 希; 〇〇 花子"},
	{ProfileSpaces, "Korean", "김 철수; 남궁 민수; 金 大中"},
	{ProfileSpaces, "Filipino", "José Rizal y Mercado; Niño Muhlach"},
	{ProfileSpaces, "Guarani", "Ñasaindy Barrett; G̃uarani Ỹvoty"},
	{ProfileDisplay, "Navajo", "Chʼil Łichíí; Annie Dodge Wauneka; Hózhǫ́ Bidziil"},
	{ProfileHandle, "Okanagan", "snɬpaɬmíx̌"},
	{ProfileAuxiliary, "Georgian-old", "ჱლისაბედ; ჰეჲთა"}, {ProfileAuxiliary, "Venetian", "ʣorʣi"},
	{ProfileAuxiliary, "Bulgarian-old", "Вѣра; Пѫтникъ"},
	{ProfileAuxiliary, "Betawi", "saʾid"},
}
