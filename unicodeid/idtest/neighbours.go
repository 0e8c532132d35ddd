package idtest

import (
	"fmt"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
)

// good are names that come close to breaking a rule.
var good = []struct {
	rule  limits.Rule
	names []string
}{
	{unicodeid.RuleInvalidUTF8, []string{"é", "\u00ff", "\U00020000", "\ud7a3", "ÿþ"}},
	{unicodeid.RuleEmpty, []string{"a", "0", "我", " x ", "\u3000я\u3000", "\ta\n"}},
	{unicodeid.RuleTooLong, []string{
		strings.Repeat("a", 32), strings.Repeat("a\u0301", 32), strings.Repeat("𠮷", 32), strings.Repeat("가", 32),
		strings.Repeat("नि", 32),
		strings.Repeat(" ", 32) + strings.Repeat("b", 32), strings.Repeat("ẞ", 32),
	}},
	{unicodeid.RuleTooShort, []string{"a", "7", "я", "我", " x"}},
	{unicodeid.RuleControl, []string{"victim\r\n", "\tvictim", "victim\u0085", "\fvictim\v"}},
	{unicodeid.RulePrivateUse, []string{"\ud7a3", "漢字", "豈"}},
	{unicodeid.RuleNoncharacter, []string{"\U0002a6df", "\U00030000", "\U000313af"}},
	{unicodeid.RuleUnassigned, []string{"\U00031350", "\U000323af", "\u08c7"}},
	{unicodeid.RuleInvisible, []string{"soft", "ഹരികൃഷ്ണൻ", "한글", "зеро", "អង្គរ", "ស្រីមុំ", "សង្ឃ",
		"သင်္ဃာ", "ဗုဒ္ဓ", "ದ್"}},
	{unicodeid.RuleBidiControl, []string{"דוד", "محمد", "ltr", "דוד7"}},
	{unicodeid.RuleInnerSpace, []string{"vic-tim", "vic_tim", "vic.tim", " victim ", "\u00a0victim\u2003",
		"victim\u3000"}},
	{unicodeid.RuleCompatibility, []string{"น้ำ", "ຄຳ", "ß", "æ", "œ", "ʻokina", "ʼa", "đ", "カ", "\u212bsa",
		"\u212aarl", "ĸ"}},
	{unicodeid.RuleRestricted, []string{"a_b", "a-b", "a.b", "ʼnga", "々", "佐々木", "〆", "ー", "コーヒー"}},
	{unicodeid.RulePunctuation, []string{"a-b_c.d", "1.0", "a-1", "o-o-o"}},
	{unicodeid.RuleLeadingMark, []string{"a\u0301", "นิ", "कि", "e\u0323\u0302"}},
	{unicodeid.RuleTooManyMarks, []string{"a\u0301\u0300\u0302\u0303", "ệ", "اَلّٰه", "ǟ\u0323"}},
	{unicodeid.RuleRepeatedMark, []string{"a\u0301b\u0301", "a\u0301\u0300\u0301", "éé", "नीती"}},
	{unicodeid.RuleOverlayMark, []string{"ø", "ł", "đ", "ħ", "ŧ"}},
	{unicodeid.RuleHiddenDot, []string{"ė", "ż", "İ", "ı", "i\u0301", "j\u030c", "ị", "ċ"}},
	{unicodeid.RuleMixedScript, []string{"渡辺あゆみ", "김大中", "ㄅ漢", "Aさん", "Tシャツ", "ABC中文", "K팝", "Bㄅ漢", "а1", "αβγ7"}},
	{unicodeid.RuleMixedDigits, []string{"a123", "علی۱۲۳", "علي١٢٣", "राम१२", "राम12", "ธนา๑๒"}},
	{unicodeid.RuleBidi, []string{"דוד1", "علي1", "علي-رضا", "אב.גד", "ב1ג"}},
	{unicodeid.RuleReserved, []string{"administrator", "badmin", "roots", "supporter", "telescope", "rooted-tree",
		"ad", "min", "robot", "ṙoot", "14dm1n4", "Ali", "ALI", "Ali_Khan", "ali-reza", "60", "90", "anna.90", "Mali", "mall",
		"gogo", "ball", "s1gnin", "sign-in", "Ail", "Goʻzal", "röot", "Alʼl\u00f6", "山下", "丁口从", "mäil"}},
	{unicodeid.RuleBlocked, []string{"casin", "cassino", "freemon", "moneyfree", "fremoney", "casiano", "Pompidou",
		"pomme",
		"casimo", "p0m", "Popcorn"}},
}

func neighbours(yield func(Case) bool) {
	for _, group := range good {
		for i, raw := range group.names {
			if !yield(Case{Name: fmt.Sprintf("%s/neighbour-%d", group.rule, i+1), Rule: group.rule, Raw: raw}) {
				return
			}
		}
	}
}
