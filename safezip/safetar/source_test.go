package safetar_test

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/seed73825598/airlock/safezip/safetar"
	"github.com/seed73825598/airlock/safezip/tartest"
)

// idle returns nothing, and no error, as often as left says.
type idle struct{ left int }

func (i *idle) Read([]byte) (int, error) {
	if i.left == 0 {
		return 0, io.EOF
	}
	i.left--
	return 0, nil
}

// TestIdleSource: a source that goes on returning nothing is given up at once, wherever it begins
// to, and not when the time is over; one that pauses is read on.
func TestIdleSource(t *testing.T) {
	var data []byte
	for c := range tartest.Benign() {
		if len(c.Data) > 1024 {
			data = c.Data
			break
		}
	}
	for _, at := range []int{0, 1, 15, 16, 100, 512, len(data) - 1} {
		limits := tartest.Limits()
		limits.Time = time.Hour
		src := io.MultiReader(bytes.NewReader(data[:at]), &idle{left: 1 << 30}, bytes.NewReader(data[at:]))
		if _, err := safetar.Inspect(t.Context(), src, limits, tartest.Options()...); !errors.Is(err, io.ErrNoProgress) {
			t.Errorf("idle after %d bytes: %v", at, err)
		}
		src = io.MultiReader(bytes.NewReader(data[:at]), &idle{left: 50}, bytes.NewReader(data[at:]))
		if _, err := safetar.Inspect(t.Context(), src, limits, tartest.Options()...); err != nil {
			t.Errorf("a pause after %d bytes: %v", at, err)
		}
	}
}
