package unicodeid

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/seed73825598/airlock/internal/testkit/need"
)

// TestStackers: the invisible stackers are those of the Unicode Character Database, of the version
// that the tables are made from.
func TestStackers(t *testing.T) {
	file, err := os.Open(need.File(t, "/usr/share/unicode/IndicSyllabicCategory.txt", "unicode-data"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	want := map[rune]bool{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		line, _, _ := strings.Cut(lines.Text(), "#")
		points, category, _ := strings.Cut(line, ";")
		if strings.TrimSpace(category) != "Invisible_Stacker" {
			continue
		}
		var first, last rune
		if n, _ := fmt.Sscanf(points, "%x..%x", &first, &last); n < 2 {
			last = first
		}
		for r := first; r <= last; r++ {
			want[r] = true
		}
	}
	if len(want) < 12 {
		t.Fatalf("%d stackers: the file was not read", len(want))
	}
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if isStacker(r) != want[r] {
			t.Errorf("%U: %t, the database says %t", r, isStacker(r), want[r])
		}
	}
}
