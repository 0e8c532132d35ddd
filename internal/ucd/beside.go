package ucd

import (
	"strings"
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/ucd/layout"
)

// BesideLatin returns the Latin letter that a character of Chinese or Japanese passes for among
// Latin letters, or 0: the alphabet of generators of "Asian letters", by strokes (卂dmin, 尸aypal,
// ad巾in). Among characters of its own script it is what it is, so that 王丹 and 王月 stay apart:
// it is no prototype. A lookalike that has a prototype stands for that.
func BesideLatin(r rune) rune {
	if r < firstBeside {
		return 0
	}
	if p := Of(r); p.Has(layout.Confusable) {
		prototype := confusables.of(r)
		if q, size := utf8.DecodeRuneInString(prototype); size == len(prototype) {
			r = q
		}
	}
	switch r {
	case '卂', '丹', '月', '凡', '冉', '人', 'へ', 'ム', '亼':
		return 'a'
	case '乃', '日', '阝', 'ㄅ':
		return 'b'
	case '亡', '匸', 'く', 'ㄑ':
		return 'c'
	case '刀', 'り', 'リ', 'ワ':
		return 'd'
	case '乇', '巳', '三', 'ミ', 'モ', 'ヨ', 'ヒ', '彐', '己', 'と':
		return 'e'
	case '下', 'チ', 'キ':
		return 'f'
	case 'ら', '呂':
		return 'g'
	case '卄', '廾', 'サ', '升', '井', '廿', 'ん':
		return 'h'
	case '工', 'エ', '亻', '讠', 'イ', 'ノ', '丿', 'コ', '丩':
		return 'i'
	case 'フ', '刁':
		return 'j'
	case '长', '片':
		return 'k'
	case 'レ', 'し', 'ㄥ', 'ヽ':
		return 'l'
	case '从', '爪', '巾', '冊', '册', '爫', '肉':
		return 'm'
	case '力', 'れ', 'ハ', '八':
		return 'n'
	case 'の', '囗', '回', '中', 'ㄖ':
		return 'o'
	case '尸', '户', '戸', 'ア', 'ァ', '卩':
		return 'p'
	case '㔿', '甲':
		return 'q'
	case '尺', '厂', '广', '卪', '爿':
		return 'r'
	case '丂', '弓', 'ち', 'ㄋ':
		return 's'
	case '七', '十', '干', 'ト', 'ナ', '亠', 'テ', 'て', '土', '士', 'オ', 'メ':
		return 't'
	case 'ひ', '凹':
		return 'u'
	case 'ソ', '丷':
		return 'v'
	case '山', '屮', '川':
		return 'w'
	case '父', '㐅':
		return 'x'
	case '了', 'ㄗ':
		return 'y'
	case '之', 'ろ':
		return 'z'
	}
	return 0
}

// firstBeside is below every character that BesideLatin knows.
const firstBeside = '\u3040'

// HasLatin reports a Latin letter in s.
func HasLatin(s string) bool {
	latin, _ := Script("Latn")
	for _, r := range s {
		if r < firstBeside && Of(r).Category().Letter() && !ScriptsOf(Of(r)).And(latin).Empty() &&
			!ScriptsOf(Of(r)).Common() {
			return true
		}
	}
	return false
}

// SkeletonBesideLatin is FoldedSkeleton, in which what passes for Latin letters is those if s has a
// Latin letter: unlike FoldedSkeleton it is of a text as a whole.
func SkeletonBesideLatin(s string) string {
	skeleton := FoldedSkeleton(s)
	if !strings.ContainsFunc(skeleton, func(r rune) bool { return BesideLatin(r) != 0 }) || !HasLatin(s) {
		return skeleton
	}
	var out []rune
	for _, r := range skeleton {
		if q := BesideLatin(r); q != 0 {
			out = AppendPrototype(out, q, Of(q))
			continue
		}
		out = append(out, r)
	}
	return string(out)
}

// IsPoint reports the vowel points and the like of Arabic and Hebrew, which writers leave out as a
// rule, the dots over and under letters of manuscripts, and the stroke that lengthens a word: with
// them a name is the same name. They are not in skeletons, but for those that make another letter
// of waw. Marks that make another letter, as hamza, madda and the vowels of Kashmiri do, are none.
func IsPoint(r rune) bool {
	return r >= 0x5B0 && r <= 0x5BD || r == 0x5BF || r == 0x5C1 || r == 0x5C2 || r == 0x5C4 ||
		r == 0x5C5 || r == 0x5C7 || r == 0x640 || r >= 0x64B && r <= 0x652 || r == 0x670
}
