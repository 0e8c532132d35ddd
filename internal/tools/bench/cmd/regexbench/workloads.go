package main

import (
	"math/rand/v2"
	"strings"
)

// A workload is a pattern, and a text in which it is looked for: of words, with what it matches at
// the very end if ending says so.
type workload struct {
	name, pattern string
	ending        string
}

// workloads are the classes of patterns that engines differ in.
func workloads() []workload {
	return []workload{
		{"literal", `needle`, "needle"},
		{"anchored one-pass", `^(?:[a-z]+[ \n])*[a-z]*$`, ""},
		{"e-mail", `[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,6}`, "me@example.com"},
		{"case-insensitive", `(?i)needle|haystack`, "NeedLe"},
		{"12 literals", strings.Join(words(12, 8), "|"), ""},
		{"200 words", `\b(?:` + strings.Join(words(200, 7), "|") + `)\b`, ""},
		{"5,000 words", strings.Join(words(5000, 7), "|"), ""},
		{"nested quantifier", `(a|aa)*c!`, "aaaac!"},
		{"counted class", `[a-q][^u-z]{13}X`, ""},
		{"[\\pL ]{1,100}!", `[\pL ]{1,100}!`, ""},
		{".*.*=.*", `.*.*=.*`, ""},
	}
}

// words returns n words of a length. Their letters are those of prose, and they hardly ever occur
// in it.
func words(n, length int) []string {
	r := rand.New(rand.NewPCG(2, uint64(n))) //nolint:gosec // Not a secret.
	list := make([]string, n)
	for i := range list {
		b := make([]byte, length)
		for j := range b {
			b[j] = "abcdefghijklmnopqrstuvwxyz"[r.IntN(26)]
		}
		list[i] = string(b)
	}
	return list
}

// prose returns n bytes of words, spaces and line breaks, the same for the same n.
func prose(n int) string {
	r := rand.New(rand.NewPCG(1, uint64(n))) //nolint:gosec // Not a secret.
	var s strings.Builder
	for s.Len() < n {
		for range 1 + r.IntN(9) {
			s.WriteByte("abcdefghijklmnopqrstuvwxyz"[r.IntN(26)])
		}
		if r.IntN(12) == 0 {
			s.WriteByte('\n')
		} else {
			s.WriteByte(' ')
		}
	}
	return s.String()[:n]
}

// text returns the text of a workload with n bytes.
func (w *workload) text(n int) string {
	if len(w.ending) >= n {
		return w.ending[:n]
	}
	return prose(n - len(w.ending))[:n-len(w.ending)] + w.ending
}
