package regexset_test

import (
	"flag"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/secrets"
	"github.com/seed73825598/airlock/limits"
)

// TestRedactSecrets takes secrets of every kind that gitleaks knows out of a log: what is left is
// what a loop of regexp leaves of the whole text, wherever reads were cut.
func TestRedactSecrets(t *testing.T) {
	t.Parallel()
	var patterns []string
	every := sample * sample
	if testing.Short() {
		every *= 6
	}
	for i, rule := range secrets.Rules(t) {
		if i%every == 0 {
			patterns = append(patterns, rule)
		}
	}
	log, err := secrets.NewLog(patterns, 21, 32<<10/every, 2)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d rules, %d lines with secrets by %d rules, %d bytes", len(patterns), log.Secrets, log.Rules, len(log.Text))
	if log.Rules < len(patterns)*95/100 {
		t.Errorf("of %d rules %d have a secret in the log", len(patterns), log.Rules)
	}
	want, err := secrets.Replaced(patterns, log.Text, "[redacted]")
	if err != nil {
		t.Fatal(err)
	}
	s := made(t, patterns, redactLimits)
	for _, size := range []int{97, 4096, len(log.Text)} {
		var out strings.Builder
		if _, err := s.Redact(t.Context(), &out, &pieces{log.Text, size}, "[redacted]", 64*limits.KiB); err != nil {
			t.Fatal(err)
		}
		if out.String() != want {
			t.Errorf("by %d bytes: %s", size, difference(out.String(), want))
		}
	}
}

// difference shows where two texts begin to differ.
func difference(got, want string) string {
	n := 0
	for n < min(len(got), len(want)) && got[n] == want[n] {
		n++
	}
	from := max(0, n-40)
	return "… " + got[from:min(len(got), n+80)] + "\nwant … " + want[from:min(len(want), n+80)]
}

var long = flag.Bool("long", false, "take the secrets out of 300 MB, by all rules")

// TestRedactMemory copies far more text than is held: 300 MB with -long.
func TestRedactMemory(t *testing.T) {
	const window, most = 64 * limits.KiB, 16 << 20
	rules := secrets.Rules(t)
	log, err := secrets.NewLog(rules, 22, 1<<20, 100)
	if err != nil {
		t.Fatal(err)
	}
	size, patterns := 16<<20/sample, []string{`(?i)password=\S{1,200}`, `ghp_[0-9A-Za-z]{36}`, `token.*\n`}
	if *long {
		size, patterns = 300_000_000, rules
	}
	s := made(t, patterns, limits.Limits{InputBytes: limits.Bytes(size), Time: time.Hour})
	src := &watched{text: log.Text, left: size}
	runtime.GC()
	before := heap()
	src.sample = func() { src.peak = max(src.peak, heap()) }
	usage, err := s.Redact(t.Context(), io.Discard, src, "***", window)
	t.Logf("%v in, %v out, heap at most %d KiB more", usage.InputBytes, usage.OutputBytes, (src.peak-before)>>10)
	if err != nil || int(usage.InputBytes) != size || usage.Steps < int64(size) || usage.MemoryBytes > most {
		t.Errorf("%+v, error %v", usage, err)
	}
	if src.peak-before > most {
		t.Errorf("%d bytes of heap; at most %d are needed", src.peak-before, most)
	}
}

// heap returns how much is alive.
func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// watched reads a text again and again, and looks at the heap now and then.
type watched struct {
	text       string
	left, at   int
	peak, last int64
	sample     func()
}

func (w *watched) Read(p []byte) (int, error) {
	if w.left == 0 {
		return 0, io.EOF
	}
	n := copy(p[:min(len(p), w.left)], w.text[w.at:])
	w.at = (w.at + n) % len(w.text)
	w.left -= n
	if w.last += int64(n); w.last >= 2<<20 {
		w.last = 0
		w.sample()
	}
	return n, nil
}
