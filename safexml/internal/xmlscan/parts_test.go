package xmlscan

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
)

// TestIndex pushes and drops entries with few hashes, and finds those that a list has, the newest
// first.
func TestIndex(t *testing.T) {
	m, x := metered(t, plenty), newIndex()
	var list []uint64
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		if len(list) > 0 && r.IntN(3) == 0 {
			x.drop()
			list = list[:len(list)-1]
		} else {
			// Four buckets apart, so that hashes of one bucket differ too.
			hash := uint64(r.IntN(8)) * 16
			if err := x.push(m, hash); err != nil {
				t.Fatal(err)
			}
			list = append(list, hash)
		}
		hash := uint64(r.IntN(8)) * 16
		var got, want []int
		for i := x.first(hash); i >= 0; i = x.next(i) {
			got = append(got, i)
		}
		for i, h := range slices.Backward(list) {
			if h == hash {
				want = append(want, i)
			}
		}
		if !slices.Equal(got, want) || x.len() != len(list) {
			t.Fatalf("%d of %v found at %v, want %v", hash, list, got, want)
		}
	}
	x.clear()
	if x.len() != 0 || x.first(16) != -1 {
		t.Error("a cleared index still finds something")
	}
}

// TestGrow doubles a list, accounts for it before it is there, and changes nothing without memory.
func TestGrow(t *testing.T) {
	l := plenty
	l.MemoryBytes = 64
	m := metered(t, l)
	var list []byte
	for n, want := range map[int]int{1: few, few: few} {
		if err := grow(m, &list, n); err != nil || cap(list) != want {
			t.Errorf("room for %d: %d, %v", n, cap(list), err)
		}
	}
	if err := grow(m, &list, 60); err != nil || cap(list) != 64 {
		t.Errorf("room for 60: %d, %v", cap(list), err)
	}
	exceeds(t, grow(m, &list, 65), limits.MemoryBytes, "")
	if cap(list) != 64 {
		t.Errorf("%d bytes are there although they are too many", cap(list))
	}
}

// TestNamespaces opens and closes scopes, while the declarations are few and when they are many,
// and compares each look-up with a list.
func TestNamespaces(t *testing.T) {
	m := metered(t, plenty)
	n := newNamespaces(func(uri []byte) uint8 {
		if string(uri) == "watched" {
			return Watch | 3
		}
		return 0
	})
	if err := n.predeclare(m); err != nil {
		t.Fatal(err)
	}
	type declared struct{ prefix, uri string }
	model := []declared{{"", ""}, {"xml", xmlNamespace}}
	var scopes []frame
	r := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		if len(scopes) > 0 && r.IntN(5) == 0 {
			f := scopes[len(scopes)-1]
			scopes = scopes[:len(scopes)-1]
			n.leave(&f)
			model = model[:f.bindings]
		} else {
			scopes = append(scopes, frame{bindings: len(n.bindings), fallback: n.fallback})
			d := declared{fmt.Sprint("p", r.IntN(30)), fmt.Sprint("u", r.IntN(20))}
			switch r.IntN(4) {
			case 0:
				d.prefix = ""
			case 1:
				d.uri = "watched"
			}
			if err := n.declare(m, []byte(d.prefix), []byte(d.uri)); err != nil {
				t.Fatal(err)
			}
			model = append(model, d)
		}
		prefix, fallback, watching := fmt.Sprint("p", r.IntN(30)), 0, 0
		want := -1
		for i, d := range model {
			if d.prefix == prefix {
				want = i
			}
			if d.prefix == "" {
				fallback = i
			}
			if d.uri == "watched" {
				watching++
			}
			first := slices.IndexFunc(model, func(e declared) bool { return e.uri == d.uri })
			if n.bindings[i].space != first {
				t.Fatalf("the namespace of %v is %d, want %d", d, n.bindings[i].space, first)
			}
		}
		if got := n.resolve([]byte(prefix)); got != want {
			t.Fatalf("%s is bound by %d, want %d of %v", prefix, got, want, model)
		}
		if n.fallback != fallback || n.watching != watching {
			t.Fatalf("default %d and %d watched, want %d and %d", n.fallback, n.watching, fallback, watching)
		}
	}
}

// TestMisdeclared: the prefixes xml and xmlns and their namespaces cannot be redefined.
func TestMisdeclared(t *testing.T) {
	for _, c := range []struct {
		prefix, uri string
		wrong       bool
	}{
		{"p", "u", false}, {"", "u", false}, {"", "", false}, {"xml", xmlNamespace, false},
		{"p", "", true}, {"xml", "u", true}, {"p", xmlNamespace, true}, {"", xmlNamespace, true},
		{"xmlns", "u", true}, {"p", xmlnsNamespace, true}, {"xmlns", xmlnsNamespace, true},
	} {
		if got := misdeclared([]byte(c.prefix), []byte(c.uri)); (got != "") != c.wrong {
			t.Errorf("%q for %q: %q", c.prefix, c.uri, got)
		}
	}
}

// TestAttributes finds a name that comes twice, and two names that mean the same, wherever they
// stand among few and many.
func TestAttributes(t *testing.T) {
	m := metered(t, plenty)
	n := newNamespaces(func([]byte) uint8 { return 0 })
	if err := n.predeclare(m); err != nil {
		t.Fatal(err)
	}
	for _, d := range [][2]string{{"p", "u"}, {"q", "u"}, {"r", "v"}} {
		if err := n.declare(m, []byte(d[0]), []byte(d[1])); err != nil {
			t.Fatal(err)
		}
	}
	list := newAttributes()
	for count := 2; count < 3*few; count++ {
		for first := range count {
			for _, names := range [][2]string{{"x", "x"}, {"p:x", "p:x"}, {"p:x", "q:x"}, {"p:x", "r:x"}, {"p:x", "x"}} {
				list.clear()
				var data []byte
				twice := -1
				for i := range count + 1 {
					name := fmt.Sprintf("p:a%d", i)
					switch i {
					case first:
						name = names[0]
					case count:
						name = names[1]
					}
					if known, err := list.has(m, []byte(name), data); err != nil {
						t.Fatal(err)
					} else if known {
						twice = i
					}
					at, err := add(m, &data, []byte(name))
					if err != nil {
						t.Fatal(err)
					}
					if err := list.push(m, at, strings.Index(name, ":"), data); err != nil {
						t.Fatal(err)
					}
					if a := list.last(); a.hasPrefix() {
						a.space = n.resolve(a.prefix(data))
					}
				}
				if got, want := twice, names[0] == names[1]; (got == count) != want {
					t.Fatalf("%v at %d and %d: twice %d", names, first, count, got)
				}
				if names[0] == names[1] {
					continue
				}
				one, two, err := list.same(m, data, &n)
				if want := names[1] == "q:x"; err != nil || want != (one == first && two == count) || !want && one != -1 {
					t.Fatalf("%v at %d and %d: %d and %d mean the same, %v", names, first, count, one, two, err)
				}
			}
		}
	}
}

// TestToken keeps a value of the cap, and marks one that is longer by a byte as cut.
func TestToken(t *testing.T) {
	m := metered(t, plenty)
	for n := range 12 {
		var k token
		k.begin(7)
		k.data = append(k.data, "name"...)
		k.enterValue(12, 10, '"')
		for range n {
			if k.keeping {
				if err := k.keep(m, []byte("x")); err != nil {
					t.Fatal(err)
				}
			}
		}
		if kept := len(k.data) - k.item; kept != min(n, 10) || k.cut != (n > 10) || k.content != 12 || k.start != 7 {
			t.Errorf("of %d bytes %d are kept, cut: %t", n, kept, k.cut)
		}
		if k.leave(); k.content != -1 {
			t.Errorf("the content goes on at %d", k.content)
		}
	}
	for _, c := range []struct {
		base   rune
		digits string
		want   rune
		taken  int
	}{
		{10, "65;", 65, 2}, {16, "1F600;", 0x1f600, 5}, {16, "1f6g", 0x1f6, 3}, {10, "a", 0, 0},
		{16, "00000000000000041", 0x41, 17}, {16, strings.Repeat("f", 100), 0x110000, 100},
	} {
		r, taken := charRef{base: c.base}, 0
		for taken < len(c.digits) && r.digit(c.digits[taken]) {
			taken++
		}
		if r.value != c.want || taken != c.taken || r.digits != (taken > 0) {
			t.Errorf("%s to the base %d: %x after %d digits", c.digits, c.base, r.value, taken)
		}
	}
}

// TestPositions asks for the position of every byte, forwards and backwards, while the window
// slides on.
func TestPositions(t *testing.T) {
	text := strings.Repeat("ab\ncdé\r\ne\r\rf\n\n", 3)
	want := make([]Position, len(text)+1)
	line, start := 1, 0
	for i := range len(text) {
		want[i] = Position{int64(i), line, i - start + 1}
		if c := text[i]; c == '\n' && (i == 0 || text[i-1] != '\r') || c == '\r' {
			line++
			start = i + 1
		} else if c == '\n' {
			start = i + 1
		}
	}
	want[len(text)] = Position{int64(len(text)), line, len(text) - start + 1}
	for slide := range len(text) {
		w := newWindow("test", nil)
		w.buf = []byte(text)
		w.pos, w.end = slide, len(text)
		w.slide()
		for i := range len(text) - slide {
			for _, at := range []int{i, len(text) - slide - 1 - i} {
				if diff := cmp.Diff(want[slide+at], w.position(at)); diff != "" {
					t.Fatalf("byte %d after a slide to %d (-want +got):\n%s", slide+at, slide, diff)
				}
			}
		}
	}
}

// A source that counts wrongly.
type badCount int

func (n badCount) Read([]byte) (int, error) { return int(n), nil }

// TestReads: a source that counts wrongly, does not move, or gives one byte too many.
func TestReads(t *testing.T) {
	for _, n := range []int{-1, 1 << 20} {
		if _, err := scan(config(t), badCount(n)); !errors.Is(err, errBadCount) {
			t.Errorf("a Read that returns %d: %v", n, err)
		}
	}
	if _, err := scan(config(t), badCount(0)); !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("a Read that returns nothing: %v", err)
	}
	document := "<a>x</a>"
	for _, writes := range []bool{false, true} {
		for less := range 2 {
			c := config(t, func(c *Config) {
				c.Writes = writes
				c.Limits.InputBytes = limits.Bytes(len(document) - less)
				c.Limits.OutputBytes = c.Limits.InputBytes
			})
			stats, err := scan(c, strings.NewReader(document))
			if less == 0 && (err != nil || stats.Bytes != int64(len(document))) {
				t.Errorf("as many bytes as allowed: %+v, %v", stats, err)
			}
			if resource := map[bool]limits.Resource{false: limits.InputBytes, true: limits.OutputBytes}[writes]; less == 1 {
				exceeds(t, err, resource, "")
			}
		}
	}
}

func scan(c Config, src io.Reader) (Stats, error) {
	s := New(src, c)
	for {
		if k := next(s); k == EOF || k == Failed {
			return s.Stats(), s.Err()
		}
	}
}

// TestSettle charges for each offset and node once.
func TestSettle(t *testing.T) {
	c := config(t)
	n := newCounters(&c)
	for _, s := range []struct{ offset, nodes, steps int }{{0, 0, 0}, {1, 0, 1}, {64, 0, 1}, {65, 2, 4}, {65, 2, 4}} {
		for n.stats.Nodes < int64(s.nodes) {
			n.node()
		}
		if err := n.settle(s.offset); err != nil {
			t.Fatal(err)
		}
		if u := c.Meter.Usage(); u.Steps != int64(s.steps) || u.Items != int64(s.nodes) {
			t.Errorf("offset %d and %d nodes cost %v", s.offset, s.nodes, u)
		}
	}
}

// TestEntities: an entity is taken if it is text, and the first of its name.
func TestEntities(t *testing.T) {
	n := entities{html: true}
	known := []declaredEntity{{"e", "x"}}
	for name, text := range map[string]string{"amp": "&", "eacute": "x", "e": "y", "m": "<b/>", "r": "&e;", "p": "%e;"} {
		if n.unfit(known, name, text) == "" {
			t.Errorf("%s is taken as %q", name, text)
		}
	}
	if fault := n.unfit(known, "f", "y"); fault != "" {
		t.Error(fault)
	}
	if fault := n.unfit(make([]declaredEntity, maxEntities-1), "f", "y"); fault != "" {
		t.Error(fault)
	}
	if n.unfit(make([]declaredEntity, maxEntities), "f", "y") == "" {
		t.Error("one more than the cap is taken")
	}
	if err := n.declare(metered(t, plenty), []declaredEntity{{"e", "a>\"'\tb"}}); err != nil {
		t.Fatal(err)
	}
	text, asText, asValue, ok := n.lookup([]byte("e"))
	if !ok || text != "a>\"'\tb" || asText != "a&gt;\"'\tb" || asValue != "a&gt;&quot;&#39; b" {
		t.Errorf("%q %q %q %t", text, asText, asValue, ok)
	}
}
