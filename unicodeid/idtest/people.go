package idtest

import (
	"fmt"
	"strings"

	"github.com/seed73825598/airlock/internal/ucd"
)

// people yields each name as it is listed, and decomposed where that is another spelling.
func people(yield func(Case) bool) {
	for _, group := range peoples {
		for i, raw := range strings.Fields(group.names) {
			c := Case{Name: fmt.Sprintf("people/%s-%d", group.language, i+1), Raw: raw, Language: group.language}
			if !yield(c) {
				return
			}
			if nfd := string(ucd.NFD(nil, raw)); nfd != raw {
				c.Name, c.Raw = c.Name+"-decomposed", nfd
				if !yield(c) {
					return
				}
			}
		}
	}
}

// peoples are given names and family names by language.
var peoples = []struct{ language, names string }{
	// Latin
	{"English", "Charlotte Zoë Chloë Renée Anne-Marie Smith-Jones J.R.Smith jane_doe Brontë André3000"},
	{"French", "François Hélène Noël Gaëlle Maëlys Benoît Œdipe Ÿves Jean-François Lætitia"},
	{"German", "Jürgen Björn Käthe Weiß GROẞ Großmann Müller-Lüdenscheidt"},
	{"Dutch", "Daniëlle Coöper IJsbrand Loïs"},
	{"Frisian", "Sjûke Wytskê Fêdde"},
	{"Luxembourgish", "Véiweng Grëtchen"},
	{"Spanish", "José Núñez Begoña Güero Íñigo Peñalver"},
	{"Catalan", "Núria Françesc Jordà Maçanet"},
	{"Galician", "Iñaqui Xoán Brañas"},
	{"Basque", "Begoña Eñaut Goñi"},
	{"Portuguese", "João Conceição Gonçalves Inês Antônio Simões Ângela"},
	{"Italian", "Niccolò Nicolò Però Zuccalà"},
	{"Romanian", "Ștefan Țurcanu Brâncuși Ionuț Mădălina Şerban"},
	{"Danish", "Søren Åse Kjærgaard Ærø Ø"},
	{"Norwegian", "Bjørn Håkon Kjærstad Øystein Ingebjørg"},
	{"Swedish", "Åsa Göran Märta Östen"},
	{"Finnish", "Väinö Päivi Hämäläinen Šakki"},
	{"Estonian", "Õnne Jüri Žanna Ülle"},
	{"Latvian", "Jānis Ķirsis Ģirts Ņina Šķēle Līga Čaks"},
	{"Lithuanian", "Ąžuolas Žydrūnas Eglė Šarūnas Vytautė Įgulis Česlovas"},
	{"Icelandic", "Þór Sæþór Guðrún Ægir Björk Þórdís Örn Ýmir"},
	{"Faroese", "Bárður Høgni Jógvan"},
	{"Northern-Sami", "Máret Áilu Ŋuorra Čeavži Ŧeavvá Đáđđá"},
	{"Polish", "Łukasz Świętosław Żaneta Źdźbło Grażyna Ćwik Wałęsa"},
	{"Czech", "Jiří Dvořák Zdeněk Věra Třeštík Ďuriš Ťapák Růžena Žižka"},
	{"Slovak", "Ľudovít Ĺubica Ŕba Štúr Kôň Mäsiar"},
	{"Sorbian", "Měrćin Kśěšćan Jakubaš"},
	{"Hungarian", "Győző Erdős Szűcs Ödön Éva Ildikó"},
	{"Slovenian", "Žiga Črt Škrabec"},
	{"Croatian", "Đorđević Ćiro Željko Nikšić"},
	{"Bosnian", "Hadžić Džemila Šejla"},
	{"Albanian", "Gjergj Çelë Përparim Besë"},
	{"Turkish", "Gökçe İbrahim Işıl ışık Şükrü Çağla Ümit Yıldırım IŞIK ÇAĞRI"},
	{"Azerbaijani", "Əliyev Heydər Məmməd Ülviyyə Çingiz İlqar"},
	{"Turkmen", "Gurbanguly Ýagmyr Ňazar Ömür Žora"},
	{"Kurdish", "Şêrko Rojîn Xûrşîd Çiya"},
	{"Maltese", "Ġorġ Ħaż Żurrieq Ċensu"},
	{"Welsh", "Siân Gwŷr Ŵyn Llŷr"},
	{"Irish", "Seán Niamh Caoimhín Órfhlaith Tomás ṫadg Ḃríd"},
	{"Scottish-Gaelic", "Ùisdean Mòrag Coinneachìn"},
	{"Breton", "Gwenolé Añjela Mañch"},
	{"Esperanto", "Ĉapelo Ŝanĝo Ĵaŭdo Ĥoro"},
	{"Hawaiian", "Kalākaua Kamehameha ʻIolani Hoʻokano Kaʻahumanu"},
	{"Maori", "Māui Rāwiri Tūhoe"},
	{"Samoan", "Tāfaoga Faʻafetai"},
	{"Tongan", "Tāufaʻāhau Sālote"},
	{"Vietnamese", "Nguyễn Trần Đặng Hồ Phạm Ngô Dương Vũ Đỗ Hằng Thủy Việt Tuyết Quốc Lữ Phượng Kỵ"},
	{"Hausa", "Sani Hauwa Bello Ladi"},
	{"Yoruba", "Ọlábísí Ṣadé Adébáyọ̀ Ẹniọlá Ọ̀ṣun Akínwùmí"},
	{"Igbo", "Chịdị Ụchẹ Ṅgọzị Nwáọ́ Ọbịọma"},
	{"Ewe", "Ŋutifafa Ama Sélom"},
	{"Fula", "Ŋaari Ñaawo Aamadu"},
	{"Wolof", "Ñaay Ndëye Ŋoom Fàtma"},
	{"Somali", "Cabdullaahi Xasan Dhaqane"},
	{"Swahili", "Amani Mwangi Baraka"},
	{"Xhosa", "Nomvuyo Ǹxumalo"},
	{"Malagasy", "Andrianampoinimerina Ràkoto"},
	{"Filipino", "Niño Peñaflorida Ñoño"},
	{"Guarani", "Ñasaindy Avañe Ỹvoty G̃uarani"},
	{"Quechua", "Ñusta Qoyllur Atawallpa"},
	{"Navajo", "Łichíí Hózhǫ́ Bidziil Chʼil"},
	{"Uzbek", "Oʻgʻuljon Oʻtkir Saʼdulla"},
	{"Hanyu-Pinyin", "Lǚ Xiǎopíng Nǚ Déngxiáo"},
	{"Sanskrit-IAST", "Kṛṣṇa Śaṅkara Mahāvīra Pāṇini Viṣṇu"},
	// Cyrillic
	{"Russian", "Владимир Наталья Фёдор Алексей Щукин Ёлкина Пётр-Иван"},
	{"Ukrainian", "Ґонґадзе Олексій Їжакевич Євген Зеленський Андрій"},
	{"Belarusian", "Уладзіслаў Аляксей Ўладзя Янка"},
	{"Bulgarian", "Георги Мария Щерев Пѐтър"},
	{"Serbian", "Ђорђе Љубица Његош Ћирилица Џемал Јован"},
	{"Macedonian", "Ѓорѓи Ќиро Ѕвезда Јаков"},
	{"Kazakh", "Нұрсұлтан Қасым Әлия Өмір Ғани Үміт Іңкәр Һарон"},
	{"Kyrgyz", "Өмүрбек Үсөн Ырыс"},
	{"Tatar", "Гөлнара Җамал Әнвәр Һади"},
	{"Tajik", "Ҷамшед Ҳасан Қодир Ӣброҳим Ӯктам"},
	{"Mongolian", "Чингис Өлзий Бүжин"},
	{"Chuvash", "Ӑшшӑ Ҫеҫпӗл Ӳкӗнӳ"},
	{"Ossetian", "Ӕхсар Фатимӕ"},
	// Other European alphabets
	{"Greek", "Γιώργος Ελένη Αλέξανδρος ΝΙΚΟΣ Ιησούς Ζωή Χρύσα Ϊων Μαΐου"},
	{"Armenian", "Արմեն Գեւորգ Սարգսյան Աննա Հովհաննես Եվա"},
	{"Georgian", "გიორგი ნინო თამარ ქეთევან შოთა"},
	// Right to left
	{"Hebrew", "דוד משה רחל ישראל לוי נתניהו בן-גוריון"},
	{"Yiddish", "שלום יידל אברהם פערל"},
	{"Arabic", "محمد عبدالله فاطمة علي نُورَة مُحَمَّد الطيّب أحمد إبراهيم آمنة رؤى عبد-الرحمن"},
	{"Persian", "پریسا ژاله گیتی چنگیز علی\u200cرضا محسن کوروش"},
	{"Urdu", "ہاشم نواز ٹیپو ڈار عائشہ گُل شہناز بےنظیر"},
	{"Pashto", "زرغونه ښایسته ګل ځلان ټولواک"},
	{"Sorani", "ئازاد هێمن شێرکۆ ڕۆژین ڤیان"},
	{"Uyghur", "ئابدۇقادىر گۈلنار مەھمۇت"},
	{"Sindhi", "ڀٽائي سنڌو ٻانهي"},
	{"Dhivehi", "މުހައްމަދު ޢަލީ ފާތިމަތު"},
	// Africa
	{"Amharic", "አበበ ኃይለሥላሴ ጽዮን መንግሥቱ ሠናይት"},
	{"Tigrinya", "ኢሳይያስ ገብረ ኣስመራ"},
	// South Asia
	{"Hindi", "राजेश कृष्ण प्रिया श्रीदेवी अमृता ज़ाकिर लक्ष्मी हिन्दी"},
	{"Marathi", "ज्ञानेश्वर विठ्ठल बाळ ऱ्हास"},
	{"Nepali", "सुष्मा प्रचण्ड ओली"},
	{"Bengali", "রবীন্দ্রনাথ সুভাষ হাসিনা শ্রেয়া চাঁদ বড়ুয়া"},
	{"Assamese", "ভূপেন ৰঞ্জন ৱাহিদা"},
	{"Punjabi", "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ ਹਰਮਨ ਸ਼ੇਰ ਗਿੱਲ"},
	{"Gujarati", "નરેન્દ્ર હાર્દિક પટેલ જ્ઞાન"},
	{"Odia", "ଜଗନ୍ନାଥ ନବୀନ ଓଡ଼ିଆ ପ୍ରିୟା"},
	{"Tamil", "தமிழ்ச்செல்வி முருகன் கார்த்திக் ஸ்ரீ கொற்றவை ஷர்மிளா"},
	{"Telugu", "వెంకటేశ్వర్లు శ్రీనివాస్ కృష్ణ లక్ష్మి"},
	{"Kannada", "ಕುವೆಂಪು ಶ್ರೀಧರ್ ಕೃಷ್ಣ ಗೌಡ"},
	{"Malayalam", "മോഹൻലാൽ കൃഷ്ണൻ ശ്രീജിത്ത് അമ്മിണി പൗലോസ്"},
	{"Sinhala", "මහින්ද සිරිසේන රණසිංහ ගුණදාස"},
	// South-East Asia and Tibet
	{"Thai", "สมชาย น้ำฝน ประยุทธ์ ธรรมรัตน์ กำธร ฐิติ ณัฐ"},
	{"Lao", "ສົມພອນ ຄຳພອນ ບຸນຍັງ ນ້ຳ"},
	{"Khmer", "សុខា វិសាល សម្ដេច រតនា ស្រីមុំ"},
	{"Burmese", "အောင်ဆန်း စုကြည် မြင့် သန်းရွှေ ကျော်"},
	{"Shan", "ၸၢႆး ၼၢင်း"},
	{"Tibetan", "བསྟན་འཛིན རྒྱ་མཚོ བཀྲ་ཤིས དོན"},
	{"Dzongkha", "འཇིགསམེད དབངཕྱུག"},
	// East Asia
	{"Chinese-simplified", "王小明 张伟 习近平 欧阳娜娜 𠮷田 刘德华 龚琳"},
	{"Chinese-traditional", "張偉 陳大文 歐陽鋒 龍應台 蕭美琴 劉德華"},
	{"Cantonese", "李嘉誠 劉鑾雄 㗎仔"},
	{"Bopomofo", "ㄨㄤ ㄇㄧㄥ ㄅㄆㄇ 王ㄒㄧㄠ"},
	{"Japanese", "渡辺さくら 佐々木 タナカ がんばる ガンダム ユーリ 山田太郎 﨑山 髙橋 ケンヂ つゞき みすゞ Kenじ"},
	{"Korean", "김철수 이영희 박지성 金大中 최윤경 K-조"},
}
