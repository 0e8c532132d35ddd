package idtest

// pages are names as they stand on a page: titles, initials, nicknames in quotation marks, numbers
// of kings, abbreviations.
var pages = []group{
	{ProfileDisplay, "English", "William “Bill” Gates; Dwayne ‘The Rock’ Johnson; " +
		"Jane Smith (née Doe); William \"Bill\" Gates; Dwayne 'The Rock' Johnson; O'Brien-O'Malley; " +
		"D'Arcy; d'Arc; Mary-Jane O’Neill; X Æ A-12; K8; 50 Cent; deadmau5; Lil' Kim; Ol' Dirty; " +
		"Rock 'n' Roll"},
	{ProfileDisplay, "Swedish", "Gösta H:son; Erik S:t Cyr; G:son Berg; Ann-Charlotte; Karl-Bertil; " +
		"Carl Gustaf af Ugglas; Sten Sture d.ä."},
	{ProfileDisplay, "Dutch", "IJsbrand van 't Hof; Jan in ’t Veld; 's-Gravesande; ’s Jacob; " +
		"J.P. van der Meer; Mw. de Vries-Jansen; Tom v.d. Berg"},
	{ProfileDisplay, "German", "Hans-Peter (HP) Schulz; Freiherr v. Müller; Dipl.-Ing. Weiß; " +
		"Müller, geb. Schmidt; Dr. med. Käthe Groß; Prof. Dr. Dr. h.c. Ü; Schmidt jun."},
	{ProfileDisplay, "French", "Zoé (Zouzou); L’Hôpital; Jeanne d'Arc; Jeanne d’Arc; " +
		"Anne-Sophie L'Écuyer; Éloïse d'Æbly; N'Golo Kanté"},
	{ProfileDisplay, "Italian", "Nicolò de' Medici; Lorenzo de’ Medici; D'Àngelo; Dell’Orto; " +
		"Ugo dell'Amore; Sant’Anna; Giosuè Carducci"},
	{ProfileDisplay, "Spanish", "Nº 5; Mª José; M.ª José; José Mª; Juan José \"Pepe\"; D.ª Elena; " +
		"Dª Elena"},
	{ProfileDisplay, "Portuguese", "Zé (Zezé); João d’Água; Ana d'Ávila; Sr.ª Lopes; N'Dour; " +
		"D. Inês; Conceição"},
	{ProfileDisplay, "Catalan", "Gal·la; Marcel·lí; Mª Àngels; Pau d’Oms; L’Hospitalet; Cel·la; " +
		"Ramon Llull"},
	{ProfileDisplay, "Irish", "D’Arcy; Mac ’ille Mhoire; Máire Uí Bhriain; Seán Ó Riada; " +
		"Tomás Mac an tSaoi; Caoilfhionn Nic Pháidín; Ó hÓgáin"},
	{ProfileDisplay, "Welsh", "'Rhen; Tŷ'n; Ieuan ab Owain; Siân; Rhŷs ap Tŵr; Llŷr Llywelyn; " +
		"D. J. Gwenallt"},
	{ProfileDisplay, "Hawaiian", "Ka'iulani; Ka‘iulani; Kaʻiulani; Nāinoa; Keʻeaumoku Pāpaʻiahiahi; " +
		"Kīlauea; Liliʻu"},
	{ProfileDisplay, "Uzbek", "O‘tkir; G‘ulom; Mo‘min; Sa'dulla; O’ktam; Gʻafur; Oʻgʻiloy"},
	{ProfileDisplay, "Tatar-Latin", "Rä’is; Ğabdulla Tuqay; Möxämmät; İldar; Qawi; Mäsğud"},
	{ProfileDisplay, "Azeri", "Nizami Gəncəvi; Əli oğlu; Xəyal qızı; Şəmsi; Rəşid Behbudov; " +
		"Mir-Həmzə; Ə. Vahid"},
	{ProfileDisplay, "Turkish", "Ali (Âli); İ. Hakkı; Ş. Yılmaz; Dr. Işın; Op. Dr. Ümit; Av. Çağ; " +
		"Hacı Ömer"},
	{ProfileDisplay, "Vietnamese", "Nguyễn Thị Minh Khai; Đ. T. Hà; Lê Quý Đôn; Hồ Chí Minh; " +
		"Trương Vĩnh Ký; Bùi Thị Ý; Tôn Nữ Thị Ninh"},
	{ProfileDisplay, "Polish", "Łódź Jr; Świętej p.; Żółć; Zofia Nałkowska-Gorzechowska; ks. Józef; " +
		"Dr hab. Ż; Ćma"},
	{ProfileDisplay, "Hungarian", "Kiss (Nagy); id. Dumas; özv. Dr. Kőszegi; Nagyné Tóth Ágnes; " +
		"Szent-Györgyi; v. Bánffy; ifj."},
	{ProfileDisplay, "Romanian", "Ştefan cel Mare; Ștefan; Țepeș; Ţepeş; I. L. Caragiale; " +
		"Brâncoveanu-Ști; Dr. Șt. N."},
	{ProfileDisplay, "Greek", "Νίκος (Νικ); Ρούλα «Ρ»; Ο’Νιλ; Κ. Π. Καβάφης; Παπα-Νικόλας; " +
		"Αγ. Παΐσιος; Δρ. Ηλίας"},
	{ProfileDisplay, "Russian", "«Вася»; Владимир (Вова); д'Артаньян; д’Артаньян; О'Генри; " +
		"\"Вася\"; Анна-Мария; Петров-Водкин; Салтыков-Щедрин; А.С. Пушкин; Иван IV; Пётр I; " +
		"Александр II; Николай II; к.т.н. Иванов; И. о. царя"},
	{ProfileDisplay, "Ukrainian", "Наталя «Ная»; Дем’ян; В’ячеслав; Мар'яна; Квітка-Основ’яненко; " +
		"О’Ніл; Лук’ян"},
	{ProfileDisplay, "Bulgarian", "д-р Иванов; П. К. Яворов; Св. Климент; инж. Ъ; Баба Ванга; Г-жа Ѝ"},
	{ProfileDisplay, "Serbian", "др Ђорђе; Ј. Ј. Змај; Петар II; Цар Душан; Ана-Марија; " +
		"Вук Ст. Караџић; Ђ. Јакшић"},
	{ProfileDisplay, "Armenian", "Ա. Իսահակյան; Տեր-Պետրոսյան; Դր. Մխիթար; Խ. Աբովյան; Մ. Մաշտոց; " +
		"Հ. Թումանյան; Հայր Սուրբ"},
	{ProfileDisplay, "Georgian", "ლ. (ლუკა); ბ-ნი გია; შ. რუსთაველი; დავით IV; გ. ჯ.; ქ-ნი ნანა; " +
		"დავით აღმაშენებელი"},
	{ProfileDisplay, "Hebrew", "משה (מוש); ח\"נ ביאליק; ד\"ר כהן; פרופ' לוי; ש\"י עגנון; צ'רלס; " +
		"גב' כהן; רס\"ן יוסי; עו\"ד; ח״נ ביאליק; ח. נ. ביאליק; א.ב. יהושע; פרופ׳ לוי; הרב ד״ר; " +
		"ש״י עגנון; דוד בן-גוריון"},
	{ProfileDisplay, "Yiddish", "יצחק־לייבוש פּרץ; שלום עליכם; ר׳ מענדעלע; אַברהם; חנה־לאה; " +
		"ד״ר ווײַנרײַך; ײִצחק"},
	{ProfileDisplay, "Arabic", "محمد (أبو علي); أم كلثوم ٣; «ريم»; عادل إمام (الزعيم); محمد، علي; " +
		"أم كلثوم 3; د. طه حسين; أ.د. مشرفة; م. حسن; أبو العلاء المعرّي; عبد الله بن عبد العزيز; " +
		"الشيخ زايد; السيّدة خديجة; مها عبد-الله; جمال عبد الناصر; محمد بن سلمان آل سعود"},
	{ProfileDisplay, "Persian", "احمد شاملو (بامداد); «سایه»; شاه\u200cعباس ۲; فروغ، فرخ; " +
		"دکتر محمد مصدّق; م. امید; علی\u200cرضا"},
	{ProfileDisplay, "Urdu", "م۔ م۔; ن۔ م۔ راشد; شیخ، امین; ڈاکٹر عبدالقدیر; مرزا غالبؔ; " +
		"فیض احمد فیضؔ; میر تقی میرؔ; محمد علی جناح; چودھری رحمت; احمد ندیم قاسمی; مس فاطمہ; " +
		"پروفیسر پ; ن م راشد; ابنِ انشا; قرۃ العین; بی بی عائشہ"},
	{ProfileDisplay, "Pashto", "ډاکټر نجیب; عبدالرحمن بابا; خان عبدالغفار; ګل پاچا الفت; غ. ر.; " +
		"ببرک کارمل; حافظ الپورۍ"},
	{ProfileDisplay, "Kurdish", "دکتۆر قاسملوو; شێخ ڕەزا; ھەژار موکریانی; عەبدوڵڵا پەشێو; د. ئارام; " +
		"مەلا مستەفا; جەلال تاڵەبانی"},
	{ProfileDisplay, "Uyghur", "دوكتور ئىلھام; ئابدۇرېھىم ئۆتكۈر; ئا. ئا.; لۇتپۇللا مۇتەللىپ; " +
		"سۇلتان سۇتۇق; رابىيە قادىر"},
	{ProfileDisplay, "Sindhi", "شاهه لطيف; سچل سرمست; شيخ اياز; ڊاڪٽر قريشي; جي. ايم. سيد; " +
		"محمد ابراهيم جويو"},
	{ProfileDisplay, "Kashmiri", "حَبہٕ خوتوٗن; مہجوٗر; لَلہٕ دؠد; غُلام اَحمَد; رَسوٗل میٖر; ژٔکر"},
	{ProfileDisplay, "Hindi", "राम (बंटी); प्रो॰ राम; डॉ॰ राम; ए॰पी॰जे॰ कलाम; ओ'ब्रायन; जी० डी०; राजा २; अ॰; " +
		"'निराला'; सूर्यकांत त्रिपाठी 'निराला'; डॉ. ए. पी. जे. अब्दुल कलाम; श्री श्री; कु. मीरा; " +
		"श्रीमती गांधी; पं. नेहरू; स्व. राजीव; मो. रफ़ी"},
	{ProfileDisplay, "Marathi", "पु. ल. देशपांडे; डॉ. बाबासाहेब; वि.वा. शिरवाडकर; ना.धों. महानोर; " +
		"सौ. सुनीता; कै. टिळक; अ\u200dॅड. शिंदे"},
	{ProfileDisplay, "Bengali", "শেখ (মুজিব); ড. মুহাম্মদ; মোঃ রহিম; মো. রহিম; ডাঃ বিধান; " +
		"শ্রীমতী লীলা; ঋত্বিক ঘটক"},
	{ProfileDisplay, "Tamil", "ஓ'நீல்; டாக்டர் அ. ப. ஜெ; எம்.ஜி.ஆர்.; திரு. வி.க.; மு.க. ஸ்டாலின்; " +
		"கி.ரா; ஶ்ரீ ராம்"},
	{ProfileDisplay, "Telugu", "డా. రాధాకృష్ణన్; ఎన్.టి. రామారావు; శ్రీ శ్రీ; పి.వి. నరసింహారావు; " +
		"శ్రీమతి దుర్గ; అల్లూరి"},
	{ProfileDisplay, "Kannada", "ಡಾ. ರಾಜ್; ದ.ರಾ. ಬೇಂದ್ರೆ; ಶ್ರೀಮತಿ ಗೀತಾ; ಎಸ್. ಎಲ್. ಭೈರಪ್ಪ; " +
		"ಕೆ.ಎಸ್. ನರಸಿಂಹ; ಯುಎಸ್\u200c ಔಟ್\u200c"},
	{ProfileDisplay, "Malayalam", "ഡോ. ശശി; എം.ടി. വാസുദേവൻ; ഒ.എൻ.വി.; ശ്രീമതി ഗൌരി; ഇ.എം.എസ്; " +
		"കെ.ജെ. യേശുദാസ്"},
	{ProfileDisplay, "Sinhala", "ආචාර්ය ගුණදාස; ඩබ්. ඒ. සිල්වා; එස්.ඩබ්.ආර්.ඩී.; ශ්\u200dරීමත්; " +
		"ජේ.ආර්. ජයවර්ධන; මහාචාර්ය එදිරිවීර; ජයවර්\u200dධන"},
	{ProfileDisplay, "Nepali", "श्री ५; डा. तुलसी; लक्ष्मीप्रसाद; कु. सुष्मा; बी.पी. कोइराला; " +
		"गिरिजाप्रसाद; सर्\u200dयो"},
	{ProfileDisplay, "Punjabi", "ਡਾ. ਮਨਮੋਹਨ; ਸ. ਭਗਤ ਸਿੰਘ; ਭਾਈ ਵੀਰ; ਸ਼ਿਵ ਕੁਮਾਰ ਬਟਾਲਵੀ; ਬੀਬੀ ਅਮਰ ਕੌਰ; " +
		"ਪ੍ਰੋ. ਪੂਰਨ"},
	{ProfileDisplay, "Gujarati", "ઝવેરચંદ 'મેઘાણી'; ડૉ. સારાભાઈ; શ્રી નરસિંહ; ઉ.જો. કવિ; " +
		"ક. મા. મુનશી"},
	{ProfileDisplay, "Odia", "ଡା. ମହତାବ; ଶ୍ରୀମତୀ ନନ୍ଦିନୀ; ଉ. ବି. ମିଶ୍ର; ଗୋପବନ୍ଧୁ"},
	{ProfileDisplay, "Thai", "สมชาย (ต้น); ร.๙; ม.ร.ว. คึกฤทธิ์; ดร. ป๋วย; น.ส. สุดา; พล.อ. เปรม; " +
		"คุณ ก."},
	{ProfileDisplay, "Lao", "ດຣ. ຄຳ; ທ. ບຸນ; ນ. ສີດາ; ທ່ານ ໄກສອນ; ເຈົ້າ ສຸພານຸວົງ; ນາງ ມະນີ"},
	{ProfileDisplay, "Khmer", "វង់ (វី); លោក ហ៊ុន សែន; ក. សុខា; អ្នកស្រី រតនា; បណ្ឌិត; នាង ពៅ; " +
		"សម្ដេច ឪ"},
	{ProfileDisplay, "Burmese", "ကို (ကို); ဦးနု; ဒေါ်အောင်ဆန်းစုကြည်; မောင် မောင်; ဒေါက်တာ ဘမော်; " +
		"ဗိုလ်ချုပ်; သခင် ကိုယ်တော်မှိုင်း"},
	{ProfileDisplay, "Tibetan", "བཀྲ་ཤིས་ ཚེ་རིང་; བློ་བཟང་; ཨ་མ་ ལྷ་མོ; རྗེ་བཙུན་ པདྨ; " +
		"དགེ་འདུན་ ཆོས་འཕེལ"},
	{ProfileDisplay, "Amharic", "ዶ/ር ቴዎድሮስ; ወ/ሪት ሰላም; ሻ/ል ግርማ; ፕ/ር መስፍን; ሀ/ማርያም; ገ/መድህን; ተ/ሃይማኖት"},
	{ProfileDisplay, "Tigrinya", "ዶ/ር ኢሳይያስ; ወ/ሮ ዛይድ; ገ/ሂወት; ተ/ብርሃን; ሓ/ሚካኤል"},
	{ProfileDisplay, "Japanese", "山田太郎 (たろう); 林家 三平 (初代); マイケル・ジャクソン; B'z; 藤子・F・不二雄; 山田 太郎; " +
		"山田 太郎 さん; 〇〇さん; ゆず; X JAPAN; 美輪 明宏; 辻 仁成; 二代目 桂 米朝; 嵐; きゃりーぱみゅぱみゅ; 鈴木 イチロー"},
	{ProfileDisplay, "Korean", "김 대중 (金大中); 김민수123; 이 명박 박사; 홍길동 Jr.; 남궁 옥분; 서태지와 아이들; G-Dragon 권지용"},
	{ProfileDisplay, "Chinese", "王小明 (老王); 约翰·史密斯; 約翰・史密斯; 阿卜杜拉·买买提; 扎西·顿珠; 爱新觉罗·玄烨; 夏·C·布朗"},
	{ProfileDisplay, "Mongolian", "Д. Нацагдорж; Ц. Дамдинсүрэн; Б.Ринчен; Сүхбаатарын Янжмаа; " +
		"Н. Энхбаяр; Чойбалсан; Х.Баттулга"},
	{ProfileDisplay, "Kazakh", "А. Құнанбайұлы; Шоқан Уәлиханов; Нұрсұлтан Ә.; Әлия-ай; " +
		"Ы. Алтынсарин; Қ.И. Сәтбаев"},
	{ProfileDisplay, "Caucasus", "Имам Шамиль; ХӀажи-МурадӀ; ХӀамзат ЦӀадаса; Гӏалгӏай Ӏийса; " +
		"Къази-Мухӏаммад; Ӏаддал-ХьамидгӀар; М. Мамакаев"},
	{ProfileDisplay, "Siberia", "А. Е. Кулаковскай; Платон Ойуунускай; Юрий Рытхэу; Ӄоравʼе; " +
		"Анна Кымытваль; Юван Шесталов; Галина Кэптукэ"},
	{ProfileDisplay, "Africa", "Ngũgĩ wa Thiong’o; N'Dri Koffi; N’Guessan; Ng'ang'a; Wa'el; " +
		"T'Challa; M'Baye; Ts'ole; Tchicaya U Tam'si; Ọlọ́run; Ɛsi Kɔkɔ; ǃGam ǁHoeseb; Nǃai; " +
		"ǂAnikhoe; Ŋutɔ Kɔdzó; Adétòkunbọ̀"},
	{ProfileDisplay, "Americas", "Sitting Bull (Tȟatȟáŋka Íyotake); K'iche' Ajpop; X'-Tabay; " +
		"Mikʼmaq Sa'n; Xʷmuzkʷəy̓əm Sue; Skwxwú7mesh Joe; Lək̓ʷəŋən; kʷikʷəƛ̓əm; " +
		"Sḵwx̱wú7mesh Úxwumixw; Ts'msyen; Tȟašúŋke Witkó; Hinmatóowyalahtq̓it; Chʼóonílí; " +
		"Tsiʼtsóós; Tzʼutujil; Túpac Amaru II"},
	{ProfileDisplay, "Oceania", "Fa'amatala; Fa’asavalu; ’Aho; Pā'ani; ʻIwalani Kaʻauʻa; " +
		"Tama-ʻi-uiha; Faʻanānā"},
	{ProfileDisplay, "Europe-minor", "D'Ossun; Mâr d'Ozôr; Es·hèra; Xuacu l'Ablanu; Ta' Xbiex; " +
		"Ta’ Qali; Ġuż' Borg"},
	{ProfileDisplay, "Singaporean", "Ravi a/l Kumar; Anwar s/o Ibrahim; Letchumi a/p Muthu; Devi D/O Rajan"},
	{ProfileDisplay, "Egyptian-titles", "د/ أحمد زويل; أ/ محمود سعد; م/حسن فتحي"},
	{ProfileDisplay, "Mohawk", "Kaniehtí:io Horn; Karonhià:ke Diabo"},
	{ProfileDisplay, "Chinese-initials", "J·K·罗琳; 乔治·R·R·马丁"},
	{ProfileHandle, "Kashmiri-vowels", "دیٚد; رٕحمان"},
}
