package unicodeid

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
)

var update = flag.Bool("update", false, "write testdata/keys.golden anew; read the test's comment first")

// goldenInputs returns the strings whose keys are on file: every 40th character between letters,
// and strings of the pieces.
func goldenInputs() []string {
	var all []string
	n := 0
	for r := range rune(0x30000) {
		if c := ucd.Of(r).Category(); c == layout.Cn || c == layout.Co || c == layout.Cs {
			continue
		}
		if n++; n%40 == 0 && (r < 0x3400 || r > 0xA000 && r < 0xAC00 || r > 0xD7A3 || n%4000 == 0) {
			all = append(all, "x"+string(r)+"y")
		}
	}
	random, from := rand.New(rand.NewPCG(15, 0)), pieces()
	for len(all) < 2600 {
		var s strings.Builder
		for range 1 + random.IntN(6) {
			s.WriteString(from[random.IntN(len(from))])
		}
		all = append(all, s.String())
	}
	return all
}

// TestGolden guards the keys and skeletons against drift. If it fails after an update of Go or of a
// module, that update changed what names map to, and every row that is stored under the old mapping
// would be missed: its owner could not log in, and another user could take the name. Do not update
// the file. Find what changed: the tables are pinned, and nothing else may have a say in a key. If
// a changed mapping is wanted all the same, KeyVersion and the major version go up, and stored
// names have to be mapped again (Profile.Audit shows which collide).
func TestGolden(t *testing.T) {
	p := wide(t)
	var got bytes.Buffer
	for _, raw := range goldenInputs() {
		key, err := p.Lookup(context.Background(), raw)
		if err != nil {
			fmt.Fprintf(&got, "%+q no key\n", raw)
			continue
		}
		fmt.Fprintf(&got, "%+q %+q %+q\n", raw, key.text, ucd.FoldedSkeleton(key.text))
	}
	const file = "testdata/keys.golden"
	if *update {
		if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(want, []byte("\n")); n < 2000 {
		t.Errorf("%d keys on file", n)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got.String(), "\n")); diff != "" {
		t.Errorf("stored rows would be missed (-stored +today):\n%s", diff)
	}
}
