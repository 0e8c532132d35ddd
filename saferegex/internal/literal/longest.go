package literal

import (
	"regexp/syntax"
	"unicode"
	"unicode/utf8"
)

// unbounded is more than a match that is of any use.
const unbounded = int64(1) << 40

// mostLength is the length of a match beyond which it counts as not bounded.
const mostLength = 1 << 30

// Longest returns how many bytes a match of a tree has at most, or 0 if nothing bounds it.
func Longest(re *syntax.Regexp) int {
	n := bytesOf(re)
	if n > mostLength {
		return 0
	}
	return int(n)
}

func bytesOf(re *syntax.Regexp) int64 {
	var n int64
	switch re.Op {
	case syntax.OpLiteral:
		for _, c := range re.Rune {
			n += literalBytes(c, re.Flags&syntax.FoldCase != 0)
		}
	case syntax.OpCharClass:
		if len(re.Rune) > 0 {
			n = runeBytes(re.Rune[len(re.Rune)-1])
		}
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		n = utf8.UTFMax
	case syntax.OpStar, syntax.OpPlus:
		if bytesOf(re.Sub[0]) > 0 {
			n = unbounded
		}
	case syntax.OpRepeat:
		each := bytesOf(re.Sub[0])
		switch {
		case each == 0:
		case re.Max < 0:
			n = unbounded
		default:
			n = min(each, unbounded) * int64(re.Max)
		}
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			n = min(n+bytesOf(sub), unbounded)
		}
	case syntax.OpCapture, syntax.OpQuest, syntax.OpAlternate:
		for _, sub := range re.Sub {
			n = max(n, bytesOf(sub))
		}
	default: // It reads nothing.
	}
	return min(n, unbounded)
}

// literalBytes is the length of a character of a literal, the longest of all cases if it folds.
func literalBytes(c rune, fold bool) int64 {
	n := runeBytes(c)
	if fold {
		for f := unicode.SimpleFold(c); f != c; f = unicode.SimpleFold(f) {
			n = max(n, runeBytes(f))
		}
	}
	return n
}

// runeBytes is the length of a character and of all before it, at most.
func runeBytes(c rune) int64 {
	if n := utf8.RuneLen(c); n > 0 {
		return int64(n)
	}
	return utf8.UTFMax
}
