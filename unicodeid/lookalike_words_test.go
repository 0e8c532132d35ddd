package unicodeid_test

import (
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
)

var languages = flag.Bool("languages", false,
	"count false lookalikes in all word lists, each of which is a Debian package")

// wordLists are word lists of Debian, by language.
var wordLists = []struct{ language, pkg, file string }{
	{"English", "wamerican", "american-english"}, {"British English", "wbritish", "british-english"},
	{"French", "wfrench", "french"},
	{"German", "wngerman", "ngerman"}, {"Spanish", "wspanish", "spanish"}, {"Italian", "witalian", "italian"},
	{"Portuguese", "wportuguese", "portuguese"}, {"Polish", "wpolish", "polish"}, {"Swedish", "wswedish", "swedish"},
	{"Danish", "wdanish", "danish"}, {"Ukrainian", "wukrainian", "ukrainian"}, {"Bulgarian", "wbulgarian", "bulgarian"},
	{"Catalan", "wcatalan", "catalan"}, {"Dutch", "wdutch", "dutch"},
	{"Arabic", "hunspell-ar", "../hunspell/ar.dic"}, {"Hebrew", "hunspell-he", "../hunspell/he_IL.dic"},
	{"Thai", "hunspell-th", "../hunspell/th_TH.dic"}, {"Telugu", "hunspell-te", "../hunspell/te_IN.dic"},
	{"Gujarati", "hunspell-gu", "../hunspell/gu_IN.dic"}, {"Malayalam", "hunspell-ml", "../hunspell/ml_IN.dic"},
}

// decided are the classes of lookalikes that stay conflicts although they make half a percent of
// the words of a language: they are one letter to a reader, and the words that they tell apart are
// inflections. Of names they are two spellings: Egypt and Iran write a last ya without dots, so
// that Ali is علي and على, and Mona is منى and مني. Vav and final nun were another such
// class, 4.1 % of the words of Hebrew. They end the names of different people (עדו, עדן), so
// that they are similar, and a lookalike only where a final nun stands within a word.
var decided = []string{"ى/ي"}

// Of the words of English at most so many percent may look like another, of those of any language
// twice as many, or of those with vowel signs and many letters of one shape ten times, decided
// classes apart, and no other class of lookalikes may make half a percent without a decision about
// it: Dutch writes abbreviations with a capital I, German m and rn.
const (
	falseAlarms = 0.1
	inOneClass  = 0.5
)

// TestFalseLookalikes: of the words of a language, as different names, hardly any conflicts with
// another. English is counted, and all of wordLists with -languages.
func TestFalseLookalikes(t *testing.T) {
	lists := wordLists[:1]
	if *languages {
		lists = wordLists
	}
	p := profile(t, unicodeid.Punctuation("-_.'"))
	for _, list := range lists {
		t.Run(list.language, func(t *testing.T) {
			words := dictionary(t, list.pkg, list.file)
			scripts := strings.HasSuffix(list.file, ".dic")
			counts, classes := make(map[unicodeid.FindingKind]int), map[string]int{}
			err := p.Audit(t.Context(), wordsAsRows(words), limits.Limits{Items: int64(len(words)), Time: time.Hour,
				MemoryBytes: limits.GiB}, func(f unicodeid.Finding) error {
				counts[f.Kind]++
				if f.Kind == unicodeid.Lookalike {
					classes[class(f.Row.Name, f.Other)]++
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			keys := len(words) - counts[unicodeid.Collision] - counts[unicodeid.NoKey]
			rate := func(n int) float64 { return 100 * float64(n) / float64(keys) }
			said := ""
			worst := slices.SortedFunc(maps.Keys(classes), func(a, b string) int { return classes[b] - classes[a] })
			for _, c := range worst[:min(len(worst), 6)] {
				said += fmt.Sprintf(" %s %.4f %%,", c, rate(classes[c]))
			}
			t.Logf("%d words, %d keys, %d refused; %d look like another, %.3f %%:%s", len(words), keys,
				counts[unicodeid.Refused], counts[unicodeid.Lookalike], rate(counts[unicodeid.Lookalike]), said)
			most := falseAlarms
			switch {
			case scripts:
				most *= 10
			case list.language != "English":
				most *= 2
			}
			undecided := counts[unicodeid.Lookalike]
			for _, c := range decided {
				undecided -= classes[c]
			}
			if keys < 50_000 || rate(undecided) > most {
				t.Errorf("of %d keys %d look like another", keys, undecided)
			}
			for c, n := range classes {
				if rate(n) > inOneClass && !slices.Contains(decided, c) {
					t.Errorf("%s makes %.3f %%: decide about it", c, rate(n))
				}
			}
		})
	}
}

func wordsAsRows(words []string) func(func(unicodeid.Row, error) bool) {
	return func(yield func(unicodeid.Row, error) bool) {
		for _, w := range words {
			if !yield(unicodeid.Row{ID: w, Name: w}, nil) {
				return
			}
		}
	}
}

// class says in what two names differ that look alike, without what they begin and end with.
func class(a, b string) string {
	a, b = strings.ToLower(a), strings.ToLower(b)
	x, y := []rune(a), []rune(b)
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	pair := []string{string(x), string(y)}
	slices.Sort(pair)
	return pair[0] + "/" + pair[1]
}
