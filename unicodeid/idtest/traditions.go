package idtest

// traditions are names as handles, of traditions that lists of names leave out.
var traditions = []group{
	{ProfileHandle, "Tlingit", "Ḵaa; G̱unaaxoo; Ḵaajaakwtí; Lḵoot; X̱ʼaláa; Ḵwaashk; Ḏaaḵ"},
	{ProfileHandle, "Lakota", "Wičháša; Maȟpíya; Tȟatȟáŋka; Čhaŋkú; Kȟaŋǧí; Waŋblí; Lakȟóta; Unčí; " +
		"Šúŋka"},
	{ProfileHandle, "Nez-Perce", "Hinmatóowyalahtq̓it; Tamáakstsin; Wéyiiletpuu"},
	{ProfileHandle, "Nahuatl", "Cuauhtémoc; Xōchitl; Tlālōc; Ātl; Tecuichpōch; Ītzcōātl"},
	{ProfileHandle, "Maya", "Kʼawiil; Ixchel; Ajpuʼ; Tzʼutujil"},
	{ProfileHandle, "Mixtec", "Ñuu; Yúkú; Ndeé; Sàví; Ka̱chi; Ñùú"},
	{ProfileHandle, "Otomi", "Hñähñu; Ntʼudi; Yo̱; Xu̱ni; Dän; Ñohñu"},
	{ProfileHandle, "Mapudungun", "Lautaro; Küyen; Leftraru; Ñamku; Ṉawel; Ḻeyme; Ayelén; Kallfükura"},
	{ProfileHandle, "Khoekhoe", "ǃNami; ǀUiseb; ǁGaroëb; ǂAwases; ǃGareseb; Hendrikǃ; ǁHawaxab; " +
		"ǀGâses; Tsûmib"},
	{ProfileHandle, "Juhoansi", "Nǃxau; ǂToma; ǀAi-ǀAe; Nǀisa; ǁao; ǃXoon; Kǁhao; Di_ǁao"},
	{ProfileHandle, "Edo", "Ọsaro; Ẹghosa; Ọ̀mọ̀rọ̀; Aigbẹ; Ọ́sẹ"},
	{ProfileHandle, "Ga", "Nii_Ɔdɔi; Ŋmai; Naa_Ɛkua; Tɛtteh; Ɔkai"},
	{ProfileHandle, "Dagbani", "Yaɣba; Ŋarim; Ʒɛgima; Tiʒuɣu; Ɛzemba"},
	{ProfileHandle, "Fon", "Sɛ̀mɛ̀; Hwɛ̀gbó; Ɖàxɔ̀; Aɖànú; Gbɛ̀yí"},
	{ProfileHandle, "Mossi", "Sɩbiri; Tẽnga; Yãmba; Wẽndkũuni; Naaba; Sũud; Tɩɩga; Zãmbɛɛl; Ʋʋsg"},
	{ProfileHandle, "Baoule", "Kuadjo; Akʋ; Bɔnɩ; Yaʋ"},
	{ProfileHandle, "Dinka", "Aɣët; Ŋɔ̈ŋ; Acɔl; Ɣɔl; Dhël; Mabiöör; Tɛ̈ŋ; Ɛyom; Akuɔ̈l"},
	{ProfileHandle, "Nuer", "Gatwɛ̈c; Nyakɔ̈ɔ̱ŋ; Kuɛ̱th; Ri̱ɛk; Ŋuän; Ɣaawär; Ka̱w"},
	{ProfileHandle, "Maasai", "Ɔlɛkʉna; Naisɨae; Ɛnkai; Sɨrɔnka; Lɛŋɛt"},
	{ProfileHandle, "Serer", "Ƈaaf; Ɓeek; Ɗaan; Ƥaño; Ƭamba; Ñoxor; Ƴaay"},
	{ProfileHandle, "Kikuyu", "Wangũi; Mũthoni; Gĩkũyũ; Wambũi; Nyokabĩ; Kĩmani"},
	{ProfileHandle, "Lingala", "Mobútu; Lokúta; Ɛkɔ́lɔ; Mɔyɛ́bɛ; Likɔ́lɔ́; Bǒyɔ; Mwâna; Nzɛlɔ́"},
	{ProfileHandle, "Venda", "Ṱhivhulawi; Ḓivha; Ṅwana; Ṋemutanzhela; Ḽivhuwani; Mukwevho; " +
		"Ṱhilidzi; Muṅwe; Ḓembe"},
	{ProfileHandle, "Tumbuka", "Ŵanda; Chaŵanangwa; Ŵiza; Mkandaŵire; Nyaŵa"},
	{ProfileHandle, "Tswana", "Šeporo; Boikanyô; Motšhidi; Tšhêgô"},
	{ProfileHandle, "Amazigh-Latin", "Tiẓiri; Ɣiles; Aderfi; Yuba; Ziḍan; Meẓyan; Ḥemmu; Ɛelǧiya; " +
		"Ṭariq"},
	{ProfileHandle, "Marshallese", "Ļajo; Ņa; M̧ajeļ; Āne; O̧kaaj; Jem̧ad; Ļōļ; N̄a; Kwajļōn"},
	{ProfileHandle, "Rotuman", "Fạu; Gạgaj; Mạrạfu; Hiʻa; Kạunufuk; Tūʻ; Vạniỵ"},
	{ProfileHandle, "Yolngu", "Yunupiŋu; Mandawuy; Gurrumul; Djalu; Wäŋa; Ḻuku; Yothu_Yindi; Maṉḏa; " +
		"Ŋarritj"},
	{ProfileHandle, "Tahitian", "Teriʻi; Pōmare; Teuira; ʼOri; Vahineūra; Tū; Marū; ʻĀpeta"},
	{ProfileHandle, "Yakut", "Өлөксөй; Сардаана; Кэскилээн; Айыына; Ньургун; Дьөгүөр; Үрүҥэ; " +
		"Байбал; Күннэй"},
	{ProfileHandle, "Chukchi", "Ӄэԓеԓ; Ваԓвыӈа; Тынэнэут; Ыʼтын; Рытгэв; Ятгыргын; Нутетеин; Ӈэвыт; " +
		"Ӄутувги"},
	{ProfileHandle, "Koryak", "Ӄэйӈын; ʼопак; Ӈавакка; Йынки; Ыʼви; Вʼаны; Ӄайӈын"},
	{ProfileHandle, "Nivkh", "Ӿалус; Санги; Ӈызит; Чуӈӈук; Пʼыгск; Ӻонӻ; Ӄʼусь; Ршыӈ"},
	{ProfileHandle, "Mansi", "Шесталов; Ӯля; Нёр_Ойка; Ӈалы; Суӈ; Таӈ_Варпе"},
	{ProfileHandle, "Komi", "Вась; Куратов; Ӧльӧш; Ӧсип; Иван_Ӧ; Вӧрса; Зарань; Райда; Кӧдзыд"},
	{ProfileHandle, "Udmurt", "Кузебай; Герд; Ашальчи; Ӵуж; Италмас; Ӝуан; Ӟучыр; Чаӵабей; Аӟи"},
	{ProfileHandle, "Mari", "Йыван; Кырла; Ӱчаш; Пампалче; Чавайн; Ӓтя; Ыштывий; Эҥер; Ӧрмӧк"},
	{ProfileHandle, "Bashkir", "Салауат; Ҡорбанғәли; Әмин; Һөйөн; Ғәзиз; Ҙур; Ҫалима; Ҡаһарман; Ҡужа"},
	{ProfileHandle, "Kumyk", "Къазанбий; Йырчы; Уллубий; Гьажи; Зугьра; Аьлимгерей"},
	{ProfileHandle, "Avar", "ГӀиса; ХӀамзат; МухӀамад; Къурбан; ГӏалихӀажи; Расул; ПатӀимат; " +
		"ЧӀанкӀа; ГъазимухӀамад"},
	{ProfileHandle, "Chechen", "Зелимха; Ахьмад; Шоип; Ӏела; Аьрзу; ТӀаус; Маь1; Юсупхан; Хьава"},
	{ProfileHandle, "Lak", "Ххарахь; Гьарун; Аьбдурахӏман; КӀура; ШагӀбан; ХӀасан; ЦЦуку; Оьмари; " +
		"Къяннал"},
	{ProfileHandle, "Kabardian", "Къэзанокъуэ; Щомахуэ; Лӏыщэ; Шурэ; Темырхъан; Гуащэнэ; Къадыр; " +
		"Хьэмид; Ӏэсият"},
	{ProfileHandle, "Adyghe", "Тхьаркъуахъо; Мыекъуапэ; Нэфсэт; КӀэрэщ; Шъаукъ; Цуг; КӀубэ; " +
		"Ӏанчэрыф; Жъынашхъо"},
	{ProfileHandle, "Abkhaz", "Баграт; Гәында; Ҳаџарат; Џьамал; Нестор; Леуарса; Аԥсны; Кәаста; " +
		"Ҭарашь"},
	{ProfileHandle, "Kalmyk", "Эрднь; Җаңһр; Намҗл; Басң; Көкшин; Санҗ; Бадмин_Өлзә; Һәрә; Хоңһр"},
	{ProfileHandle, "Buryat", "Доржо; Баярма; Һаян; Үэнтэ; Түгэлдэр; Ёндон; Һэсэгэй; Гүрэ; Арюухан"},
	{ProfileHandle, "Tuvan", "Кара-Кыс; Кужугет; Шолбан; Сайлыкмаа; Менги; Өткүн; Ай_Херел; Чечена; " +
		"Үүле"},
	{ProfileHandle, "Khakas", "Ханза; Хоортай; Арғы; Пӱӱр; Ӱлгер; Чіт; Танӱс; Кӱннӱ; Апанчы"},
	{ProfileHandle, "Altai", "Јылдыс; Эркемен; Айана; Јарымай; Ӱлӱш; Ӧчӧк; Алтынай; Каҥза; Чӧрчӧк"},
	{ProfileHandle, "Karakalpak", "Бердақ; Әжинияз; Қуўатбай; Ўәли; Ғалым; Зуўра; Жумабай; Ўзақ; " +
		"Ҳәким"},
	{ProfileHandle, "Uzbek-Cyrillic", "Ўткир; Ғулом; Ҳамид; Қўчқор; Нодирабегим; Ғафур; Зебо; " +
		"Ўғилой; Шаҳноза"},
	{ProfileHandle, "Rusyn", "Мигаль; Духнович; Їван; Ґеорґій; Бачинськый; Ёсиф; Сьвіто; Дюла; Фіцай"},
	{ProfileHandle, "Romani", "Ćangali; Šuko; Džuvli; Bronisława; Ruždija; Papùsza; Ʒoka; Rromaniǎ; " +
		"Kălderaš"},
	{ProfileHandle, "Aromanian", "Țopa; Nușa; Ńicã; Pitu_Guli; Ľiu; Cãrãjani; Hãgi; Dz̦e; Vlãhã"},
	{ProfileHandle, "Asturian", "Xuacu; Pelayu; Xulián; Ñola; Llucía; Ḥuan; Ḷḷara; Nel; Güeyu"},
	{ProfileHandle, "Silesian", "Alojzy; Ōndra; Ślōnsko; Francik; Ôma; Zefel; Jorg; Gizela; Hanys"},
	{ProfileHandle, "Kashubian", "Czedrowsczi; Ceynowa; Jón; Ôrmuz; Łucëjô; Aleksãder; Sërba; Òtto; " +
		"Żebrôk"},
	{ProfileHandle, "Livonian", "Pētõr; Kōrli; Ȭrga; Ȱst; Ļiv; Rīstõ; Dāmbõrg; Ņa; Kōțan"},
	{ProfileHandle, "Skolt", "Kiurâl; Ǩiurrâl; Jeʹffim; Ǩeâđđ; Õlssaž; Mââʹrj; Ǥuuʹǥǥer; Mäʹtj; " +
		"Čeʹvetjäuʹrr"},
	{ProfileHandle, "Kildin-Sami", "Аннҍ; Лӣҍххьк; Ӣвван; Ка̄ррь; Э̄лле; Аҏв; Ёӎм; Са̄ннт; Ҋигкь"},
	{ProfileHandle, "Occitan", "Frederic; Joan; Magalí; Roland; Peire; Naïs; Miquèu; Gaston; Òc"},
	{ProfileHandle, "Kazakh-Latin", "Qasym; Álııa; Nursultan; Úmit; Ǵabıt; Shoqan; Oñtústik; Ńurly; " +
		"Ğani"},
	{ProfileHandle, "Taiwanese", "Lîm; Tân; Ông; Bí-hōe; Tông-á; Gô͘; Kho͘; Ko͘-niû; Chhòa"},
	{ProfileHandle, "Ainu-Kana", "イㇱカㇻ; シャクㇱャイン; ウㇷ゚シ; トノㇺ; ユㇰ; ポロト; カムイ; チㇼ; レタㇻ"},
	{ProfileHandle, "Okinawan", "比嘉; かなさん; ウチナー; てぃーだ; 東江; 金城; チルー; ぅんじゅ; ゐなぐ"},
	{ProfileHandle, "Manipuri-Bengali", "নংপোক; থোইবী; ৱাহেংবম; সনাহল; ইবোতোম্বী; পাওনা; হৈজম; " +
		"এলাংবম"},
	{ProfileHandle, "Maithili", "विद्यापति; नागार्जुन; यात्री; गोनू; मिथिलेश; कऽलि; सीता; सुमन"},
	{ProfileHandle, "Konkani", "पुंडलीक; मनोहर; लॅम्बर्ट; कॉंकणी; शणै; फॅनी; बाकीबाब; आपूट"},
	{ProfileHandle, "Kashmiri-Arabic", "حَبیبٕہ; لَلہٕ; غُلام; شۆبھٕ; کٲشُر; نٔند; رٔسُل; مہجوٗر; " +
		"عَبدُل"},
	{ProfileHandle, "Saraiki", "شاکر; ݙیرہ; ٻلو; ڳالھ; ڄام; نݨان; سرائیکی; مݙ; خواجہ"},
	{ProfileHandle, "Kazakh-Arabic", "ابٴاي; قۇنانباەۆ; ٴالي; شوقان; ۇلپان; جۇسىپبەك; ءالي; ءومىر; " +
		"ءۇمىت"},
	{ProfileHandle, "Azerbaijani-Arabic", "شهریار; صمد; پینار; گؤزل; اۇلدوز; ایلقار; ایشێق; اؤزگۆر; " +
		"ساوالان"},
	{ProfileHandle, "Malay-Jawi", "چيق; حڠ_تواه; ڠاه; ۏيا; ݢاجه; تون_تيجا; چڠݢال; ڽاي; سيتي"},
	{ProfileHandle, "Mon", "ဍုင်; မန်; ကၠောန်; ဗညာဒလ; ၚုဟ်; သၟိၚ်; နာဲ; မိ; ဗၟာ"},
	{ProfileHandle, "Karen", "ဖီ; စီၤသါ; နီၢ်; စီၤ; ပဒိၢ်; ထူ; မူၢ်; ကညီ; စီၤစၢၤ"},
	{ProfileHandle, "Hokkien-Han", "𪜶; 囝仔; 𨑨迌; 阿嬤; 陳亮仔; 亻因"},
	{ProfileHandle, "Nom", "𡨸喃; 𠊛; 阮𠫾; 𢆥; 梅𦹳; 𦰟; 㐌"},
	{ProfileHandle, "Salish-Lushootseed", "siʔaɬ; ƛ̕əč"},
	{ProfileHandle, "Montenegrin", "Śekira; Źenica; С́екира; З́еница; Iźelica; Šćepan; С́утјеска; " +
		"Śutra; Đe"},
	{ProfileHandle, "Sinhala", "ක්\u200dරිෂාන්ත; ප්\u200dරියන්ති; ශ්\u200dරියානි; වික්\u200dරමසිංහ; " +
		"අර්\u200dජුන; ධර්\u200dමසේන; ඇල්ෆ්\u200dරඩ්; ද්\u200dරවිඩ"},
	{ProfileHandle, "Tamil", "கண்ணன்; ஶ்ரீ; ஸ்ரீராம்; க்ஷமா; லக்ஷ்மி; ஔவையார்; ஃபாத்திமா; ஜாஃபர்"},
	{ProfileHandle, "Malayalam", "പാല്\u200d; അവള്\u200d; മനോജ്\u200cകുമാർ; കെഎസ്\u200cആർ; " +
		"ജോണ്\u200d; കമല്\u200d; വിജയന്\u200d; ശ്രീകുമാർ; കൺമണി; ആൻ"},
	{ProfileHandle, "Bengali", "র\u200d্যাব; র\u200c্যাফেল; উৎপল; বিদ্যুৎ; সৎ; জগৎ; হঠাৎ; " +
		"অ্যাঞ্জেলা; ক্ষমা; জ্ঞান"},
	{ProfileHandle, "Marathi", "अ\u200dॅलन; मळगी; अॅड; ॲनी; आॅस्कर; तुकाराम; ऱ्हाळकर; दऱ्या"},
	{ProfileHandle, "Nepali", "सर्\u200dयो; गर्\u200dयौं; मर्\u200dयो; धर्\u200dयो; भीमसेन; पृथ्वी"},
	{ProfileHandle, "Hindi", "अ\u200dॅनी; शर्\u200dमा; क्\u200cष; अखिलेश; ऋषभ; उषा; ऐश्वर्या; ओंकार"},
	{ProfileHandle, "Urdu", "غالؔب; میرؔ; عبداللہ; جوشؔ; فیضؔ; قرۃالعین; قرۃ; آمنہ"},
	{ProfileHandle, "Persian", "نازنین\u200cزهرا; سیمین\u200cدخت; شاه\u200cرخ; می\u200cگل; " +
		"گلی\u200cجان; حسین\u200cآقا; خانه\u200cی; پوران\u200cدخت"},
	{ProfileHandle, "Pashto", "ګلالۍ; ښکلا; ږغ; ځمکه; څانګه; ډېوه"},
	{ProfileHandle, "Sindhi-Arabic", "سچل; سامي; شاهہ; ڪريم; ڏيئو; ڳوٺ"},
	{ProfileHandle, "Tibetan", "པདྨ; སྐལ་བཟང; རྡོ་རྗེ; དབྱངས་ཅན; ཉི་མ; ཟླ་བ; ཨོ་རྒྱན; སྒྲོལ་དཀར"},
	{ProfileHandle, "Khmer", "ច័ន្ទ; វណ្ណៈ; ពិសិដ្ឋ; សុវណ្ណ; ស្រីលក្ខណ៍; ធារ៉ា; បុប្ផា; ចាន់ធូ"},
	{ProfileHandle, "Lao", "ສຸພານຸວົງ; ໄກສອນ; ຈັນທະລາ; ວຽງຄຳ; ບົວພາ; ຄໍາ"},
	{ProfileHandle, "Burmese", "ဆွေ; ကျော်ကျော်; ဝင်း; မြတ်; အေးမြ; သီရိ; နိုင်; သူဇာ"},
	{ProfileHandle, "Japanese", "﨑田; 德永; 神﨑; 髙田; 柳澤; 彅; 草彅; 𠮷野家; ヴィクトリア; おゝつか"},
	{ProfileHandle, "Korean", "김民수; 李영애; 朴正熙; 훈민; 뷁; 똠방각하"},
	{ProfileHandle, "Chinese", "李小龍; 周杰倫; 王〇; 司馬遷; 諸葛亮; 魏䶮; 劉䶮; 陶喆"},
	{ProfileHandle, "Hebrew", "גִ׳ימִי; צ׳רלי; ז׳קלין; יַעֲקֹב; אֱלִישֶׁבַע; נֹעָה; מ׳; יהושׁע"},
	{ProfileHandle, "Yiddish", "שלום־עליכם; ײדל; פּרץ; װאָלף; מענדעלע; גיטל"},
	{ProfileHandle, "Amharic", "ዮሐንስ; ዓለሙ; ጌታቸው; ሰላማዊት; ኤልሳቤጥ; ቴዎድሮስ"},
	{ProfileHandle, "Hawaiian", "Kanaʻina; Keōpūolani; Kekūhaupiʻo; Liliʻuokalani; Keʻelikōlani; " +
		"Līhau"},
	{ProfileHandle, "Yoruba", "Ṣọlá; Adébọ́lá; Ìdòwú; Ọ̀ṣọ́; Ẹ̀bùn; Táíwò"},
	{ProfileHandle, "Vietnamese", "Đoàn; Nguyệt; Quỳnh; Ngọc; Thúy; Thuý; Hiệp; Đức"},
	{ProfileHandle, "Georgian-regional", "ჟორდანია; ჸუშა; ზვიადჷ; მჷშა"},
	{ProfileHandle, "Armenian", "Արշակ; Օհան; Ֆլորա; ֆիլիպ; Վահան; Անդրանիկ; Ճուղուրյան; Ժիրայր"},
	{ProfileHandle, "Ukrainian", "Ґалаґан; Ґеник; Їжак; Єлизавета"},
}

// scriptNames are names in scripts that AllowScripts lets in.
var scriptNames = []group{
	{ProfileScripts, "Cherokee", "ᏍᏏᏉᏯ; ᎠᏲᎧ; ᏥᏍᏚ; ᏩᎭᏯ; ᏔᎳᏚ; ᎤᏁᏍᏓᎳ; ᏌᎶᎵ; ᎧᏬᏂ; ᎢᎾᏓ"},
	{ProfileScripts, "Canadian-Syllabics", "ᐱᑕ; ᒥᔅᑎᒪᔅᑿ; ᑲᔭᓯᑐ; ᓄᑲᐱᙳᐊᖅ; ᓴᓪᓕᖅ; ᐊᓪᓚᖅ; ᐸᓂᒃ; ᖃᑕᓂ; ᒫᓯ"},
	{ProfileScripts, "Adlam", "𞤀𞤥𞤢𞤣𞤵; 𞤆𞤢𞥄𞤼𞤵; 𞤋𞤦𞤪𞤢𞥄𞤸𞤭𞤥; 𞤄𞤢𞤪𞤪𞤭; 𞤁𞤭𞤴𞤢𞥄𞤤𞤮; 𞤖𞤢𞤤𞤭𞤥𞤢𞥄; 𞤐𞤣𞤫𞤲𞥆𞤫; 𞤓𞤥𞤢𞤪𞤵; 𞤇𞤮𞥅𞤴𞤭"},
	{ProfileScripts, "NKo", "ߛߟߏߡߊߣߊ; ߞߊ߲ߕߍ; ߝߏߘߋ; ߡߊߡߊߘߎ; ߓߊ߯ߓߊ; ߝߊ߫ߕߎ; ߛߎ߲ߖߊ߬ߕߊ; ߡߏ߬ߙߌ; ߞߎ߬ߙߎ߫"},
	{ProfileScripts, "Tifinagh", "ⵎⵎⵉⵙ; ⵜⵉⵥⵉⵔⵉ; ⴰⴷⵔⴰⵔ; ⴰⵎⴰⵣⵉⵖ; ⵢⵓⴱⴰ; ⵎⴰⵙⵉⵏⵉⵙⴰ; ⴷⵉⵀⵢⴰ; ⵢⵓⵖⵔⵟⴰ; ⵜⴰⵏⵉⵔⵜ"},
	{ProfileScripts, "Ol-Chiki", "ᱨᱟᱹᱜᱷᱩ; ᱢᱩᱨᱢᱩ; ᱥᱟᱱᱛᱟᱲ; ᱫᱩᱞᱟᱹᱲ; ᱥᱤᱫᱚ; ᱠᱟᱱᱦᱩ; ᱥᱚᱨᱮᱱ; ᱦᱮᱢᱵᱨᱚᱢ; ᱵᱤᱨᱥᱟ"},
	{ProfileScripts, "Meitei", "ꯏꯕꯣꯃꯆꯥ; ꯊꯣꯏꯕꯤ; ꯈꯝꯕ; ꯂꯩꯃ; ꯆꯥꯎꯕ; ꯁꯅꯥ; ꯅꯣꯡꯄꯣꯛ; ꯕꯤꯔ; ꯃꯤꯔꯥ"},
	{ProfileScripts, "Javanese", "ꦱꦸꦠꦫꦩ; ꦢꦶꦥꦺꦴꦤꦼꦒꦫ; ꦲꦩꦼꦁꦏꦸꦧꦸꦮꦤ; ꦏꦂꦠꦶꦤꦶ; ꦮꦶꦗꦪ; ꦯꦿꦶ; ꦱꦶꦠꦶ; ꦧꦺꦴꦏ꧀ꦱ; " +
		"ꦫꦢꦺꦤ꧀"},
	{ProfileScripts, "Balinese", "ᬯᬬᬦ᭄; ᬓ᭄ᬢᬸᬢ᭄; ᬫᬤᬾ; ᬜᭀᬫᬦ᭄; ᬧᬸᬢᬸ; ᬅᬦᬓ᭄ᬅᬕᬸᬂ; ᬲᬭᬲ᭄ᬯᬢᬶ; ᬳᬶᬤᬵ; ᬤᬬᬸ"},
	{ProfileScripts, "Sundanese-Script", "ᮊᮔ᮪ᮎᮔ; ᮃᮞᮦᮕ᮪; ᮈᮔᮃᮀ; ᮘᮔ᮪ᮓᮥᮀ; ᮒᮒᮀ; ᮘᮥᮓᮤ; ᮃᮏ᮪; ᮓᮦᮝᮤ; ᮕᮔ᮪ᮏᮤ"},
	{ProfileScripts, "Mongolian-Script", "ᠴᠢᠩᠭᠢᠰ; ᠪᠠᠶᠠᠷ; ᠰᠠᠷᠠᠭᠤᠯ; ᠠᠯᠲᠠᠨ\u180eᠠ; ᠨᠠᠷ\u180bᠠ; ᠪᠣᠷᠵᠢᠭᠢᠨ"},
	{ProfileScripts, "Manchu", "ᠨᡠᡵᡥᠠᠴᡳ; ᡥᠣᠩ; ᠠᡳᠰᡳᠨ; ᡤᡳᠣᡵᠣ; ᡶᡠᠶᡝ; ᠰᡠᡵᡝ; ᡩᠣᡵᡤᠣᠨ; ᠮᠠᠨᠵᡠ"},
	{ProfileScripts, "Syriac", "ܐܦܪܝܡ; ܝܥܩܘܒ; ܡܪܝܡ; ܫܡܥܘܢ; ܢܝܢܘܣ; ܫܡܝܪܡ; ܓܒܪܝܐܝܠ; ܬܐܘܡܐ; ܝܘܚܢܢ"},
	{ProfileScripts, "Osage", "𐓏𐒰𐓓𐒰𐓓𐒷; 𐒻𐓂𐓊𐒷; 𐓨𐓘𐓹𐓘; 𐓐𐓘𐓻𐓟"},
	{ProfileScripts, "Tai-Tham", "ᨶᩣ᩠ᨦ; ᨩᩣ᩠ᨿ; ᩉ᩠ᨾᩣ; ᨡᩴ; ᨳᩮᩬᨦ; ᩈ᩠ᩅᩣ᩠ᨯ; ᨤᩣᩴ; ᨯᩣ; ᨠᩯ᩠ᩅ"},
	{ProfileScripts, "Cham", "ꨚꨯꨱꨮ; ꨌꨟꨤ; ꨀꨤꨪ; ꨓꨳꨩ; ꨆꨳꨴ; ꨕꨩ; ꨚꨮꩀ; ꨨꨤꨩ"},
	{ProfileScripts, "Limbu", "ᤕᤥᤰᤋᤢᤱ; ᤛᤡᤖᤡᤈᤥᤅ; ᤗᤡᤔᤒᤢ; ᤀᤠᤱ; ᤏᤠᤶ; ᤜᤡᤱᤠᤴ"},
	{ProfileScripts, "Lepcha", "ᰛᰩᰵ; ᰕᰦᰭ; ᰀᰬᰯ; ᰜᰤᰨ; ᰓᰪᰰ; ᰕᰫ; ᰍᰦᰭᰀᰨ"},
	{ProfileScripts, "Coptic", "Ⲙⲁⲣⲓⲁ; ⲡⲉⲧⲣⲟⲥ; Ⲓⲱⲥⲏⲫ; Ϣⲉⲛⲟⲩⲧⲉ; ⲙⲏⲛⲁ; Ⲁⲑⲁⲛⲁⲥⲓⲟⲥ"},
	{ProfileScripts, "Yi", "ꀋꀚ; ꆈꌠ; ꑭꋧ; ꉐꊈ; ꁮꇰ; ꂾꌅ; ꃅꌊ; ꄷꀋ; ꇁꊾ"},
}
