package unicodeid

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/limits"
)

// TestMayHold: a name that the filter tells from every word holds none of them.
func TestMayHold(t *testing.T) {
	var entries []entry
	for _, w := range []string{"admin", "all", "m", "wow", "anywhere:rnodern", "anywhere:ио", "шок", "王", "ñu",
		"anywhere:ﬁn", "ςα", "ıl", "é", "anywhere:각가", "ad-min"} {
		entries = append(entries, entry{text: w, rule: RuleReserved})
	}
	words, problems := newWords(entries)
	if problems != nil {
		t.Fatal(problems)
	}
	letters := []rune("adminADMINlI1owrnuvﬁжшокиоШОКаınςσα王小éñſ0w9ɑꞌǀבͅ가각ᄀ-_. '")
	random := rand.New(rand.NewPCG(22, 0))
	told, held := 0, 0
	for range 50_000 {
		var name strings.Builder
		for range 1 + random.IntN(5) {
			name.WriteRune(letters[random.IntN(len(letters))])
		}
		meter := limits.Limits{Steps: 1 << 30, MemoryBytes: 1 << 30}.Meter(t.Context(), "test")
		s := search{words: words, meter: &meter}
		if err := s.spell(&meter, name.String()); err != nil {
			t.Fatal(err)
		}
		found, err := s.find()
		if err != nil {
			t.Fatal(err)
		}
		if found != nil {
			held++
		}
		if newFilter(words).mayHold(name.String()) {
			continue
		}
		if told++; found != nil {
			t.Errorf("%+q holds %s", name.String(), found.text)
		}
	}
	if told < 1000 || held < 1000 {
		t.Errorf("of 50,000 names %d are told apart, and %d hold a word", told, held)
	}
}
