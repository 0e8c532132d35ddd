package relations

import (
	"encoding/json"
	"testing"

	"github.com/seed73825598/airlock/unicodeid"
	"github.com/seed73825598/airlock/unicodeid/idtest"
)

// FuzzNameStored sends a name through JSON and a database: it comes back, and with its key.
func FuzzNameStored(f *testing.F) {
	n := 0
	for c := range idtest.Legit() {
		if n++; n%50 == 0 {
			f.Add(c.Raw)
		}
	}
	for _, s := range []string{"Andrea", "José", "e\u0301", "\u212a", "علی", "가각", "<b>&\u2028"} {
		f.Add(s)
	}
	p, err := unicodeid.New(idtest.Limits(), idtest.Options()...)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		name, err := p.Register(t.Context(), raw)
		if err != nil {
			return
		}
		type stored struct {
			Display unicodeid.Display
			Key     unicodeid.Key
		}
		was := stored{name.Display(), name.Key()}
		text, err := json.Marshal(was)
		if err != nil {
			t.Fatal(err)
		}
		var read stored
		if err := json.Unmarshal(text, &read); err != nil || read != was {
			t.Fatalf("%+q came back from JSON as %+v, error %v", raw, read, err)
		}
		var row stored
		display, err := was.Display.Value()
		if err == nil {
			err = row.Display.Scan(display)
		}
		if err != nil {
			t.Fatal(err)
		}
		key, err := was.Key.Value()
		if err == nil {
			err = row.Key.Scan(key)
		}
		if err != nil || row != was {
			t.Fatalf("%+q came back from a database as %+v, error %v", raw, row, err)
		}
		// A caller who stores the display form alone finds the same key for it.
		for _, again := range []string{read.Display.String(), row.Display.String()} {
			found, err := p.Lookup(t.Context(), again)
			if err != nil || found != was.Key {
				t.Fatalf("%+q: the key of what was stored is %+q, error %v; want %+q", raw, found.Text(), err, was.Key.Text())
			}
		}
	})
}
