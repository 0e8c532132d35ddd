package safezip_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/limittable"
	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

// TestSecondEndAtEveryOffset puts a descriptor of each form at every offset around the places where
// the search for it goes on in another part of the data.
func TestSecondEndAtEveryOffset(t *testing.T) {
	noise := make([]byte, 70<<10)
	for i := range noise {
		noise[i] = byte(i*i>>5 | 0x80) // Not a "P".
	}
	header := zipbuild.LocalHeader(zipbuild.Header{Name: "evil"})
	var offsets []int
	step := 1
	if testing.Short() {
		step = 7
	}
	for _, edge := range []int{0, 4 << 10, 64 << 10} {
		for k := max(edge-50, 1); k < edge+10; k += step {
			offsets = append(offsets, k)
		}
	}
	for _, k := range offsets {
		for form := range 6 {
			var d []byte
			crc, size := zipbuild.CRC(noise[:k]), uint64(k)
			if form%2 == 1 {
				crc++ // Then the sizes alone are true.
			} else {
				size++
			}
			if form < 4 {
				d = append(d, "PK\x07\x08"...)
			}
			d = binary.LittleEndian.AppendUint32(d, crc)
			for range 2 {
				if form == 2 || form == 3 || form == 4 {
					d = binary.LittleEndian.AppendUint64(d, size)
				} else {
					d = binary.LittleEndian.AppendUint32(d, uint32(size))
				}
			}
			data := zipbuild.Archive{Files: []zipbuild.File{{Name: "a", Descriptor: zipbuild.Signed32,
				Data: bytes.Join([][]byte{noise[:k], d, header, noise[:100]}, nil)}}}.Bytes()
			_, _, err := extract(t, data, sensible)
			var rule *safezip.RuleError
			if !errors.As(err, &rule) || rule.Rule != safezip.RuleHiddenEntry {
				t.Errorf("form %d at offset %d: %v", form, k, err)
			}
		}
	}
}

// TestEmptyBlocksPay has the steps of an entry follow its compressed size.
func TestEmptyBlocksPay(t *testing.T) {
	raw := append(bytes.Repeat([]byte{0, 0, 0, 0xff, 0xff}, 200), 3, 0) // 1,002 bytes for nothing: 16 steps.
	data := zipbuild.Archive{Files: []zipbuild.File{{Name: "a", Method: zipbuild.Deflate, Raw: raw}}}.Bytes()
	lim := sensible
	lim.Steps = 3 + 16 // The end record, two headers, the data.
	if _, _, err := extract(t, data, lim); err != nil {
		t.Errorf("at the limit: %v", err)
	}
	lim.Steps--
	_, _, err := extract(t, data, lim)
	limittable.Exceeds(t, err, limits.Steps, lim.Steps)
}

// TestDirectoriesUnderLiftedRules has Entry.Dir say what becomes of an entry.
func TestDirectoriesUnderLiftedRules(t *testing.T) {
	asDir := zipbuild.File{Name: "c", EditCentral: func(h *zipbuild.Header) { h.External = 0x10 }}
	withData := zipbuild.File{Name: "e", Data: []byte("x"), EditCentral: func(h *zipbuild.Header) { h.External = 0x10 }}
	data := zipbuild.Archive{Files: []zipbuild.File{{Name: `a\`}, {Name: `b\x`}, asDir, {Name: "d/"}, withData}}.Bytes()
	dirs := map[string]bool{}
	dir, _, err := extract(t, data, sensible, safezip.UnsafeAllow(safezip.RuleBackslash, safezip.RuleTypeMismatch),
		safezip.Select(func(e safezip.Entry) bool { dirs[e.Name] = e.Dir; return true }))
	if err != nil {
		t.Fatal(err)
	}
	tree := readTree(t, dir)
	for name, want := range map[string]bool{`a\`: true, `b\x`: false, "c": true, "d/": true, "e": false} {
		if dirs[name] != want {
			t.Errorf("%q: Dir is %v", name, dirs[name])
		}
	}
	for _, name := range []string{"a/", "b/", "b/x", "c/", "d/", "e"} {
		if _, ok := tree[name]; !ok {
			t.Errorf("%s is missing in %v", name, tree)
		}
	}
}
