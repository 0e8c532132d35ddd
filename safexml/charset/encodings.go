package charset

import (
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// An encoding is one that documents may be in.
type encoding struct {
	labels []string // its name, and its aliases
	open   func() *xmlscan.Charset
}

// encodings are all that are known. The bytes after the table of each are those that readers read
// as different characters; the differential test against iconv finds them.
var encodings = [...]encoding{
	{[]string{"ISO-8859-1", "ISO_8859-1", "latin1", "l1", "IBM819", "CP819", "csISOLatin1", "ISO8859-1", "iso88591"},
		single("ISO-8859-1", charmap.ISO8859_1, "")},
	{[]string{"ISO-8859-2", "ISO_8859-2", "latin2", "l2", "csISOLatin2", "ISO8859-2"},
		single("ISO-8859-2", charmap.ISO8859_2, "")},
	{[]string{"ISO-8859-3", "ISO_8859-3", "latin3", "l3", "csISOLatin3", "ISO8859-3"},
		single("ISO-8859-3", charmap.ISO8859_3, "")},
	{[]string{"ISO-8859-4", "ISO_8859-4", "latin4", "l4", "csISOLatin4", "ISO8859-4"},
		single("ISO-8859-4", charmap.ISO8859_4, "")},
	{[]string{"ISO-8859-5", "ISO_8859-5", "cyrillic", "csISOLatinCyrillic", "ISO8859-5"},
		single("ISO-8859-5", charmap.ISO8859_5, "")},
	{[]string{"ISO-8859-6", "ISO_8859-6", "ECMA-114", "ASMO-708", "arabic", "csISOLatinArabic", "ISO8859-6"},
		single("ISO-8859-6", charmap.ISO8859_6, "")},
	{[]string{"ISO-8859-7", "ISO_8859-7", "ELOT_928", "ECMA-118", "greek", "greek8", "csISOLatinGreek", "ISO8859-7"},
		single("ISO-8859-7", charmap.ISO8859_7, "")},
	{[]string{"ISO-8859-8", "ISO_8859-8", "hebrew", "csISOLatinHebrew", "ISO8859-8", "ISO-8859-8-I", "csISO88598I",
		"logical"},
		single("ISO-8859-8", charmap.ISO8859_8, "")},
	{[]string{"ISO-8859-9", "ISO_8859-9", "latin5", "l5", "csISOLatin5", "ISO8859-9"},
		single("ISO-8859-9", charmap.ISO8859_9, "")},
	{[]string{"ISO-8859-10", "latin6", "l6", "csISOLatin6", "ISO8859-10"}, single("ISO-8859-10", charmap.ISO8859_10, "")},
	{[]string{"ISO-8859-13", "csISO885913", "ISO8859-13"}, single("ISO-8859-13", charmap.ISO8859_13, "")},
	{[]string{"ISO-8859-14", "ISO_8859-14", "latin8", "l8", "iso-celtic", "csISO885914", "ISO8859-14"},
		single("ISO-8859-14", charmap.ISO8859_14, "")},
	{[]string{"ISO-8859-15", "ISO_8859-15", "Latin-9", "csISO885915", "ISO8859-15", "l9"},
		single("ISO-8859-15", charmap.ISO8859_15, "")},
	{[]string{"ISO-8859-16", "ISO_8859-16", "latin10", "l10", "csISO885916", "ISO8859-16"},
		single("ISO-8859-16", charmap.ISO8859_16, "")},
	{[]string{"windows-1250", "cswindows1250", "cp1250", "x-cp1250"}, single("windows-1250", charmap.Windows1250, "")},
	{[]string{"windows-1251", "cswindows1251", "cp1251", "x-cp1251"}, single("windows-1251", charmap.Windows1251, "")},
	{[]string{"windows-1252", "cswindows1252", "cp1252", "x-cp1252"}, single("windows-1252", charmap.Windows1252, "")},
	{[]string{"windows-1253", "cswindows1253", "cp1253", "x-cp1253"}, single("windows-1253", charmap.Windows1253, "")},
	{[]string{"windows-1254", "cswindows1254", "cp1254", "x-cp1254"}, single("windows-1254", charmap.Windows1254, "")},
	{[]string{"windows-1255", "cswindows1255", "cp1255", "x-cp1255"}, single("windows-1255", charmap.Windows1255, "")},
	{[]string{"windows-1256", "cswindows1256", "cp1256", "x-cp1256"}, single("windows-1256", charmap.Windows1256, "")},
	{[]string{"windows-1257", "cswindows1257", "cp1257", "x-cp1257"}, single("windows-1257", charmap.Windows1257, "")},
	{[]string{"windows-1258", "cswindows1258", "cp1258", "x-cp1258"}, single("windows-1258", charmap.Windows1258, "")},
	{[]string{"windows-874", "cswindows874", "cp874", "TIS-620", "csTIS620", "ISO-8859-11"},
		single("windows-874", charmap.Windows874, "")},
	{[]string{"KOI8-R", "csKOI8R", "koi8"}, single("KOI8-R", charmap.KOI8R, "")},
	{[]string{"KOI8-U", "csKOI8U"}, single("KOI8-U", charmap.KOI8U, "\xae\xbe")},
	{[]string{"IBM866", "cp866", "866", "csIBM866"}, single("IBM866", charmap.CodePage866, "")},
	{[]string{"IBM850", "cp850", "850", "csPC850Multilingual"}, single("IBM850", charmap.CodePage850, "")},
	{[]string{"IBM852", "cp852", "852", "csPCp852"}, single("IBM852", charmap.CodePage852, "")},
	{[]string{"IBM437", "cp437", "437", "csPC8CodePage437"}, single("IBM437", charmap.CodePage437, "\xe1")},
	{[]string{"macintosh", "mac", "csMacintosh", "x-mac-roman"}, single("macintosh", charmap.Macintosh, "\xc6\xdb\xf0")},
	{[]string{"Shift_JIS", "MS_Kanji", "csShiftJIS", "sjis", "shift-jis"}, double("Shift_JIS", japanese.ShiftJIS)},
	{[]string{"Windows-31J", "csWindows31J", "cp932", "ms932", "x-sjis"}, double("Windows-31J", japanese.ShiftJIS)},
	{[]string{"EUC-JP", "csEUCPkdFmtJapanese", "x-euc-jp", "eucjp"}, double("EUC-JP", japanese.EUCJP)},
	{[]string{"EUC-KR", "csEUCKR", "ks_c_5601-1987", "korean", "KS_C_5601-1989", "KSC_5601", "windows-949", "cp949",
		"ks_c_5601"},
		double("EUC-KR", korean.EUCKR)},
	{[]string{"GBK", "CP936", "MS936", "windows-936", "csGBK", "x-gbk"}, double("GBK", simplifiedchinese.GBK)},
	{[]string{"GB2312", "csGB2312", "EUC-CN", "x-euc-cn"}, double("GB2312", simplifiedchinese.GBK)},
	{[]string{"GB18030", "csGB18030"}, double("GB18030", simplifiedchinese.GB18030)},
	{[]string{"Big5", "csBig5", "cn-big5", "x-x-big5"}, double("Big5", traditionalchinese.Big5)},
}
