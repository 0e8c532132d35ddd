package unicodeid_test

import (
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/unicodeid"
)

// TestStored: what was stored by other means is an error, and never a key that nothing equals.
func TestStored(t *testing.T) {
	name, err := profile(t).Register(t.Context(), " José\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, src := range []any{"josé", []byte("josé")} {
		var key unicodeid.Key
		if err := key.Scan(src); err != nil || key != name.Key() {
			t.Errorf("Key.Scan(%T): %q, %v", src, key.Text(), err)
		}
	}
	for _, src := range []any{"José", "jose\u0301", " josé", "josé\n", "", "a\u200bb", "\xff", "\u0378", "ﬁ", nil, 7} {
		key := name.Key()
		err := key.Scan(src)
		if _, isText := src.(string); err == nil || isText && !errors.Is(err, unicodeid.ErrStaleKey) ||
			key != name.Key() {
			t.Errorf("Key.Scan(%+q): %v, key %q", src, err, key.Text())
		}
	}
	for _, src := range []any{"jose\u0301", " x", "", "a\u202eb", "a\x00", nil, 7, "\xff"} {
		display := name.Display()
		if err := display.Scan(src); err == nil || display != name.Display() {
			t.Errorf("Display.Scan(%+q): %v", src, err)
		}
	}
	for _, src := range []any{"José", "josé", "", nil, 7, "\xff"} {
		skeleton := name.Skeletons()[0]
		if err := skeleton.Scan(src); err == nil || skeleton != name.Skeletons()[0] {
			t.Errorf("Skeleton.Scan(%+q): %v", src, err)
		}
	}
	for _, v := range []driver.Valuer{unicodeid.Key{}, unicodeid.Display{}, unicodeid.Skeleton{}} {
		if value, err := v.Value(); err == nil {
			t.Errorf("the zero %T is stored as %v", v, value)
		}
	}
}

func TestMarshaling(t *testing.T) {
	name, err := profile(t).Register(t.Context(), "José")
	if err != nil {
		t.Fatal(err)
	}
	row := struct {
		Name    unicodeid.Name
		Display unicodeid.Display
		Key     unicodeid.Key
		Look    unicodeid.Skeleton
	}{name, name.Display(), name.Key(), name.Skeletons()[0]}
	text, err := json.Marshal(row)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(`{"Name":"José","Display":"José","Key":"josé","Look":{}}`, string(text)); diff != "" {
		t.Error(diff)
	}
	var back struct {
		Display unicodeid.Display
		Key     unicodeid.Key
	}
	if err := json.Unmarshal(text, &back); err != nil || back.Display != name.Display() || back.Key != name.Key() {
		t.Errorf("%+v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"Key":"José"}`), &back); !errors.Is(err, unicodeid.ErrStaleKey) {
		t.Errorf("a key with a capital: %v", err)
	}
	if _, err := json.Marshal(unicodeid.Key{}); err == nil {
		t.Error("the zero Key is marshaled")
	}
	if got := name.Display().Isolated(); got != "\u2068José\u2069" {
		t.Errorf("%+q", got)
	}
	if name.Key().IsZero() || !(unicodeid.Key{}).IsZero() || (unicodeid.Name{}).Skeletons() != nil ||
		(unicodeid.Name{}).ConflictsWith(unicodeid.Name{}) {
		t.Error("zero values are taken for names")
	}
	if _, isStringer := any(name.Key()).(fmt.Stringer); isStringer {
		t.Error("a Key is a Stringer")
	}
}

// register signs a good name up.
func register(t *testing.T, p *unicodeid.Profile, raw string) unicodeid.Name {
	t.Helper()
	n, err := p.Register(t.Context(), raw)
	if err != nil {
		t.Fatalf("%+q: %v", raw, err)
	}
	return n
}

func TestConflicts(t *testing.T) {
	p := profile(t)
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"paypal", "paypaI", true}, {"paypal", "PAYPAL", true}, {"paypal", "paypa1", true}, {"apple", "аррӏе", true},
		{"scope", "ѕсоре", true}, {"modern", "rnodern", true},
		{"will", "vvill", true}, {"oo", "00", true}, {"paypal", "paypai", false}, {"clown", "down", false},
		{"anna", "hanna", false}, {"ıbo", "ibo", true},
	} {
		a, b := register(t, p, c.a), register(t, p, c.b)
		if a.ConflictsWith(b) != c.want || b.ConflictsWith(a) != c.want {
			t.Errorf("%q and %q: %v, want %v", c.a, c.b, a.ConflictsWith(b), c.want)
		}
	}
}
