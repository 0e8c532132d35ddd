package literal

import (
	"regexp/syntax"
	"strings"
)

// maxWordBytes bounds the words of a pattern together.
const maxWordBytes = 64 << 10

// Words returns what a pattern matches if that is a list of words: those of more priority first. It
// returns nil for any other pattern, and for one that has groups, assertions, or letters without
// regard to case.
func Words(tree *syntax.Regexp) []string {
	w := wordReader{room: maxWordBytes}
	words := w.read(tree)
	for _, s := range words {
		// An automaton's literals are not empty and not long.
		if s == "" || len(s) > maxBytes {
			return nil
		}
	}
	return words
}

// wordReader reads a tree. Its room is what more words may take.
type wordReader struct{ room int }

// read returns nil for what is no list of words.
func (w *wordReader) read(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpEmptyMatch:
		return []string{""}
	case syntax.OpLiteral:
		return w.literal(re)
	case syntax.OpCharClass:
		return w.class(re.Rune)
	case syntax.OpConcat:
		all := []string{""}
		for _, sub := range re.Sub {
			if all = w.product(all, w.read(sub)); all == nil {
				return nil
			}
		}
		return all
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			part := w.read(sub)
			if part == nil {
				return nil
			}
			all = append(all, part...)
		}
		return w.fits(all)
	case syntax.OpQuest:
		part := w.read(re.Sub[0])
		if part == nil {
			return nil
		}
		if re.Flags&syntax.NonGreedy != 0 {
			return append([]string{""}, part...)
		}
		return append(part, "")
	default:
		return nil
	}
}

// fits returns the words if there is room for them.
func (w *wordReader) fits(words []string) []string {
	for _, s := range words {
		w.room -= len(s) + 1
	}
	if w.room < 0 || len(words) > maxLiterals {
		return nil
	}
	return words
}

func (w *wordReader) literal(re *syntax.Regexp) []string {
	if re.Flags&syntax.FoldCase != 0 {
		return nil
	}
	var b strings.Builder
	for _, c := range re.Rune {
		if !plain(c) {
			return nil
		}
		b.WriteRune(c)
	}
	return w.fits([]string{b.String()})
}

func (w *wordReader) class(ranges []rune) []string {
	var all []string
	for i := 0; i+1 < len(ranges); i += 2 {
		for c := ranges[i]; c <= ranges[i+1]; c++ {
			if !plain(c) || len(all) == maxClass {
				return nil
			}
			all = append(all, string(c))
		}
	}
	return all
}

// product returns each of a with each of b after it, in the order of priority.
func (w *wordReader) product(a, b []string) []string {
	if b == nil || len(a)*len(b) > maxLiterals {
		return nil
	}
	all := make([]string, 0, len(a)*len(b))
	for _, x := range a {
		for _, y := range b {
			all = append(all, x+y)
		}
	}
	return w.fits(all)
}
