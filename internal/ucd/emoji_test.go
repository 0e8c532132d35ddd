package ucd_test

import (
	"bufio"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/testkit/need"
	"github.com/seed73825598/airlock/internal/ucd"
)

// TestIsEmoji: every fully-qualified emoji of the consortium's list is one cluster and one emoji,
// and what comes close is none.
func TestIsEmoji(t *testing.T) {
	f, err := os.Open(need.File(t, folder+"emoji/emoji-test.txt", "unicode-data"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	count := 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		code, kind, _ := strings.Cut(lines.Text(), ";")
		if !strings.HasPrefix(strings.TrimSpace(kind), "fully-qualified") {
			continue
		}
		count++
		s := text(t, code)
		if !ucd.IsEmoji(s) || ucd.FirstCluster(s) != len(s) {
			t.Errorf("%+q is no emoji, or its first cluster ends at %d", s, ucd.FirstCluster(s))
		}
		if ucd.IsEmoji(s+"\u200d") || ucd.IsEmoji("a"+s) || ucd.IsEmoji(s+"\u0301") {
			t.Errorf("%+q is an emoji with a joiner, a letter or a mark as well", s)
		}
	}
	if count < 3000 {
		t.Errorf("%d emoji; 15.0 has more than 3,000", count)
	}
	for _, s := range []string{"", "a", "1", "#", "a\ufe0f", "1\u20e3", "\U0001f1e6", "\U0001f1e6a", "☎", "\u200d",
		"\ufe0f", "🏴\U000e0061\U000e007f",
		"🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067", "👨\u200d", "👨\u200da", "a🏽", "\xff"} {
		if ucd.IsEmoji(s) {
			t.Errorf("%+q is an emoji", s)
		}
	}
	for r := range rune(utf8.RuneSelf) {
		if ucd.IsEmoji(string(r)) {
			t.Errorf("%q is an emoji", r)
		}
	}
}
