package zipscan

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
)

// many returns an archive of n stored files with names of 6 bytes.
func many(n int, edit func(i int, f *zipbuild.File)) zipbuild.Archive {
	var a zipbuild.Archive
	for i := range n {
		f := zipbuild.File{Name: fmt.Sprintf("f%05d", i), Data: []byte("x")}
		if edit != nil {
			edit(i, &f)
		}
		a.Files = append(a.Files, f)
	}
	return a
}

// The account of one entry must cover what it takes: the Entry and its place in the order
// by offset.
func TestEntryBytes(t *testing.T) {
	size := int64(reflect.TypeFor[Entry]().Size()) + int64(reflect.TypeFor[int32]().Size())
	if entryBytes < size {
		t.Errorf("entryBytes is %d, and an entry takes %d bytes", entryBytes, size)
	}
	if math.MaxInt == math.MaxInt64 && entryBytes > size+8 {
		t.Errorf("entryBytes is %d, more than a word above the %d bytes that an entry takes", entryBytes, size)
	}
}

// One step a record: end record, zip64 record and locator, and for each entry a central header, a
// local header and perhaps a descriptor.
func TestSteps(t *testing.T) {
	descriptors := []zipbuild.Descriptor{zipbuild.NoDescriptor, zipbuild.Plain32, zipbuild.Signed32, zipbuild.Plain64,
		zipbuild.Signed64}
	for _, c := range []struct {
		name    string
		archive zipbuild.Archive
		want    int64
	}{
		{"empty", zipbuild.Archive{}, 1},
		{"empty, zip64", zipbuild.Archive{Zip64: true}, 3},
		{"empty, comment", zipbuild.Archive{Comment: strings.Repeat("PK", 1000)}, 1},
		{"one", many(1, nil), 3},
		{"ten", many(10, nil), 21},
		{"ten, zip64 end records", func() zipbuild.Archive {
			a := many(10, nil)
			a.Zip64 = true
			return a
		}(), 23},
		{"ten, zip64 sizes", many(10, func(_ int, f *zipbuild.File) { f.Zip64 = true }), 21},
		{"ten, descriptors", many(10, func(_ int, f *zipbuild.File) { f.Descriptor = zipbuild.Signed32 }), 31},
		{"ten, every shape", many(10, func(i int, f *zipbuild.File) { f.Descriptor = descriptors[i%5] }), 29},
		{"ten, in another order", func() zipbuild.Archive {
			a := many(10, nil)
			a.Order = []int{9, 1, 8, 2, 7, 3, 6, 4, 5, 0}
			return a
		}(), 21},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := c.archive.Bytes()
			r := scanAll(t, data)
			r.mustBeClean(t)
			if r.usage.Steps != c.want {
				t.Fatalf("%d steps, want %d", r.usage.Steps, c.want)
			}
			l := plenty
			l.Steps = c.want
			scanUnder(t, data, l).mustBeClean(t)
			if l.Steps--; l.Steps > 0 {
				r := scanUnder(t, data, l)
				if e, ok := errors.AsType[*limits.ExceededError](r.err); !ok || e.Resource != limits.Steps ||
					e.Limit != l.Steps || e.Used != c.want {
					t.Fatalf("under %d steps: %v", l.Steps, r.err)
				}
				if len(r.findings) > 0 {
					t.Errorf("findings %+v", r.findings)
				}
			}
		})
	}
}

// Names and entries are held; nothing else of the archive is.
func TestMemory(t *testing.T) {
	long := strings.Repeat("n", 60_000)
	for _, c := range []struct {
		name    string
		archive zipbuild.Archive
		want    int64
	}{
		{"empty", zipbuild.Archive{Comment: "c"}, 0},
		{"one", one(nil), entryBytes + 1},
		{"ten", many(10, nil), 10 * (entryBytes + 6)},
		{"a long name", one(func(_ *zipbuild.Archive, f *zipbuild.File) { f.Name = long }), entryBytes + 60_000},
		{"a long comment and long extra fields", one(func(_ *zipbuild.Archive, f *zipbuild.File) {
			f.Extra = zipbuild.Block(0xcafe, long)
			f.EditCentral = func(h *zipbuild.Header) { h.Comment = long }
		}), entryBytes + 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := c.archive.Bytes()
			r := scanAll(t, data)
			r.mustBeClean(t)
			if got := int64(r.usage.MemoryBytes); got != c.want {
				t.Fatalf("%d bytes held, want %d", got, c.want)
			}
			if c.want == 0 {
				return
			}
			l := plenty
			l.MemoryBytes = limits.Bytes(c.want)
			scanUnder(t, data, l).mustBeClean(t)
			l.MemoryBytes--
			r = scanUnder(t, data, l)
			if e, ok := errors.AsType[*limits.ExceededError](r.err); !ok || e.Resource != limits.MemoryBytes ||
				e.Limit != c.want-1 || e.Used != c.want {
				t.Fatalf("under %v: %v", l.MemoryBytes, r.err)
			}
		})
	}
}

// The entries are refused all at once, before there is room for one of them; the names one by one.
func TestMemoryPlace(t *testing.T) {
	data := many(10, nil).Bytes()
	l := plenty
	l.MemoryBytes = 10*entryBytes - 1
	wantExceeded(t, scanUnder(t, data, l).err, limits.MemoryBytes, 10*entryBytes-1, 10*entryBytes, "central directory")
}

func TestItems(t *testing.T) {
	data := many(10, nil).Bytes()
	l := plenty
	l.Items = 10
	r := scanUnder(t, data, l)
	r.mustBeClean(t)
	if r.usage.Items != 0 {
		t.Errorf("%d items spent: they are only asked for", r.usage.Items)
	}
	l.Items = 9
	r = scanUnder(t, data, l)
	wantExceeded(t, r.err, limits.Items, 9, 10, "central directory")
	if len(r.Entries) > 0 || r.usage.MemoryBytes > 0 {
		t.Errorf("%d entries read and %v held before the refusal", len(r.Entries), r.usage.MemoryBytes)
	}
}

func TestOutputBytes(t *testing.T) {
	data := two(nil).Bytes() // 11 and 7 bytes
	l := plenty
	l.OutputBytes = 18
	r := scanUnder(t, data, l)
	r.mustBeClean(t)
	if r.usage.OutputBytes != 0 || r.Size != 18 {
		t.Errorf("%v spent, want none: they are only asked for; size %d", r.usage.OutputBytes, r.Size)
	}
	l.OutputBytes = 17
	r = scanUnder(t, data, l)
	if e, ok := errors.AsType[*limits.ExceededError](r.err); !ok || e.Resource != limits.OutputBytes ||
		e.Limit != 17 || e.Used != 18 || e.Where == "" {
		t.Errorf("under 17 bytes: %v", r.err)
	}
}

// Sizes whose sum wraps around would pass every limit.
func TestOutputBytesDoNotWrap(t *testing.T) {
	huge := func(n int) zipbuild.Archive {
		return many(n, func(_ int, f *zipbuild.File) {
			f.Zip64 = true
			f.EditLocal = func(h *zipbuild.Header) { h.Size = math.MaxInt64 }
			f.EditCentral = f.EditLocal
		})
	}
	for _, n := range []int{1, 2, 3, 5} {
		l := plenty
		l.OutputBytes = math.MaxInt64 - 1
		r := scanUnder(t, huge(n).Bytes(), l)
		if e, ok := errors.AsType[*limits.ExceededError](r.err); !ok || e.Resource != limits.OutputBytes ||
			e.Used != math.MaxInt64 {
			t.Errorf("%d entries of 2^63-1 bytes: %v", n, r.err)
		}
		if len(r.findings) != n || r.findings[0].Rule != SizeMismatch {
			t.Errorf("%d entries of 2^63-1 bytes: findings %+v", n, r.findings)
		}
	}
}

func TestDirectoryBytes(t *testing.T) {
	const size = 10 * (centralSize + 6)
	data := many(10, nil).Bytes()
	for _, c := range []struct {
		limit   int64
		refused bool
	}{{size + 1, false}, {size, false}, {size - 1, true}, {1, true}} {
		a, err := Scan(bytes.NewReader(data), int64(len(data)), Config{
			Op: "test", Budget: start(t, plenty), DirectoryBytes: c.limit,
			Report: func(f Finding) error { return fmt.Errorf("%+v", f) },
		})
		if !c.refused {
			if err != nil || len(a.Entries) != 10 {
				t.Errorf("DirectoryBytes %d: %d entries, %v", c.limit, len(a.Entries), err)
			}
			continue
		}
		wantExceeded(t, err, limits.MemoryBytes, c.limit, size, "central directory")
		if len(a.Entries) > 0 {
			t.Errorf("DirectoryBytes %d: %d entries in spite of the refusal", c.limit, len(a.Entries))
		}
	}
}

// lies returns the last bytes of a file of size bytes whose end records claim count entries in a
// directory of dirSize bytes.
func lies(size int64, count, dirSize uint64) *sparse {
	tail := zipbuild.Archive{Zip64: true, EditEnd: func(e *zipbuild.End) {
		at := uint64(size) - end64Len - locatorLen - endLen
		e.Count64, e.OnDisk64, e.DirSize64, e.DirOffset64, e.LocatorOffset = count, count, dirSize,
			at-min(at, dirSize), at
	}}.Bytes()
	return &sparse{data: tail, holes: []hole{{0, size - int64(len(tail))}}}
}

// A claim of the end records costs nothing until it is asked of the budget, whatever it is.
func TestClaimsAllocateNothing(t *testing.T) {
	const mib = 1 << 20
	headers := bytes.Repeat(zipbuild.CentralHeader(zipbuild.Header{}), 16*mib/centralSize)
	flood := zipbuild.Archive{InDir: headers, EditEnd: func(e *zipbuild.End) {
		e.Count64 = uint64(len(headers) / centralSize)
		e.OnDisk64 = e.Count64
	}, Zip64: true}.Bytes()
	small := plenty
	small.MemoryBytes = limits.MiB
	few := plenty
	few.Items = 10_000
	for _, c := range []struct {
		name      string
		src       *sparse
		limits    limits.Limits
		directory int64
		want      error // nil if it is a finding
	}{
		{"2^60 entries in a small file", lies(1000, 1<<60, 46<<4), small, math.MaxInt64, nil},
		{"2^60 entries in a small file, with the size to match", lies(1000, 1<<60, 1<<63), small, math.MaxInt64, nil},
		{"2^60 entries in a file of 2^62 bytes", lies(1<<62, 1<<60, 1<<61), small, math.MaxInt64, nil},
		{"as many as a file of 2^62 bytes can hold", lies(1<<62, 1<<61/46, 1<<61), small, math.MaxInt64,
			limits.ErrExceeded},
		{"the same, unlimited directory and items", lies(1<<62, 1<<61/46, 1<<61),
			limits.Limits{OutputBytes: limits.UnsafeUnlimited, Items: limits.UnsafeUnlimited,
				Steps: limits.UnsafeUnlimited, MemoryBytes: 64 * limits.MiB}, math.MaxInt64, limits.ErrExceeded},
		{"as many as a file of 2^63-1 bytes can hold", lies(math.MaxInt64, math.MaxInt64/46-10, math.MaxInt64-400),
			limits.Limits{OutputBytes: limits.UnsafeUnlimited, Items: limits.UnsafeUnlimited,
				Steps: limits.UnsafeUnlimited, MemoryBytes: 1 << 60}, math.MaxInt64, limits.ErrExceeded},
		{"16 MiB of headers, directory limit", &sparse{data: flood}, plenty, 16*mib - 47, limits.ErrExceeded},
		{"16 MiB of headers, memory limit", &sparse{data: flood}, small, 16 * mib, limits.ErrExceeded},
		{"16 MiB of headers, item limit", &sparse{data: flood}, few, 16 * mib, limits.ErrExceeded},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := start(t, c.limits)
			findings := 0
			var err error
			bytesUsed := allocated(func() {
				_, err = Scan(c.src, c.src.size(), Config{Op: "test", Budget: b, DirectoryBytes: c.directory,
					Report: func(Finding) error {
						findings++
						return nil
					}})
			})
			switch {
			case c.want != nil && !errors.Is(err, c.want):
				t.Errorf("err = %v, want %v", err, c.want)
			case c.want == nil && (!Stopped(err) || findings == 0):
				t.Errorf("err = %v, %d findings; want one, and no way on", err, findings)
			}
			if bytesUsed > 256<<10 {
				t.Errorf("%d bytes allocated before the refusal", bytesUsed)
			}
		})
	}
}

// When the same flood is let in, what it takes is what is accounted and a buffer.
func TestAccountedMemoryIsReal(t *testing.T) {
	headers := bytes.Repeat(zipbuild.CentralHeader(zipbuild.Header{Name: "123456"}), 20_000)
	flood := zipbuild.Archive{InDir: headers, EditEnd: func(e *zipbuild.End) {
		e.Count, e.OnDisk = 20_000,
			20_000
	}}.Bytes()
	b := start(t, plenty)
	got := allocated(func() {
		_, err := Scan(bytes.NewReader(flood), int64(len(flood)), Config{Op: "test", Budget: b,
			DirectoryBytes: math.MaxInt64, Report: func(f Finding) error {
				if f.Rule == Malformed { // There are no local headers.
					return errors.New("enough")
				}
				return nil
			}})
		if err == nil {
			t.Error("no finding")
		}
	})
	held := uint64(b.Usage().MemoryBytes)
	// A name of 6 bytes takes a block of 8 or 16.
	if held != 20_000*(entryBytes+6) || got > held+512<<10+20_000*10 {
		t.Errorf("%d bytes accounted, %d allocated", held, got)
	}
}

// A canceled context ends the scan wherever it is, with its own error and no refusal.
func TestCanceledAnywhere(t *testing.T) {
	for name, archive := range map[string]zipbuild.Archive{
		"empty":       {},
		"one":         one(nil),
		"descriptors": many(5, func(_ int, f *zipbuild.File) { f.Descriptor = zipbuild.Signed64 }),
		"zip64":       one(func(a *zipbuild.Archive, f *zipbuild.File) { a.Zip64, f.Zip64 = true, true }),
	} {
		t.Run(name, func(t *testing.T) {
			data := archive.Bytes()
			for looks := range 1000 {
				ctx := &tired{Context: t.Context(), done: make(chan struct{}), looks: looks}
				b, err := plenty.Start(ctx, "test")
				if err != nil {
					if !errors.Is(err, context.Canceled) {
						t.Fatal(err)
					}
					continue
				}
				_, err = Scan(bytes.NewReader(data), int64(len(data)), Config{Op: "test", Budget: b,
					DirectoryBytes: math.MaxInt64, Report: func(f Finding) error {
						t.Fatalf("after %d looks: %+v", looks, f)
						return nil
					}})
				b.Close()
				if err == nil {
					if looks < 3 {
						t.Errorf("nobody looks at the context")
					}
					return
				}
				if !errors.Is(err, context.Canceled) || errors.Is(err, limits.ErrRefused) {
					t.Fatalf("after %d looks: %v", looks, err)
				}
			}
			t.Error("the scan goes on looking")
		})
	}
}

// tired is a context that is canceled as soon as it has been looked at a number of times.
type tired struct {
	context.Context
	done  chan struct{}
	looks int
}

func (c *tired) Done() <-chan struct{} { return c.done }

func (c *tired) Err() error {
	if c.looks <= 0 {
		return context.Canceled
	}
	c.looks--
	return nil
}

// A budget that has ended already, for another reason, refuses with that reason.
func TestEndedBudget(t *testing.T) {
	mine := errors.New("mine")
	b := start(t, plenty)
	if err := b.Fail(mine); !errors.Is(err, mine) {
		t.Fatal(err)
	}
	data := one(nil).Bytes()
	_, err := Scan(bytes.NewReader(data), int64(len(data)), Config{Op: "test", Budget: b,
		DirectoryBytes: math.MaxInt64, Report: func(Finding) error { return nil }})
	if !errors.Is(err, mine) {
		t.Errorf("err = %v", err)
	}
}

// The number of entries on which an archive's cost depends is the smaller of what is claimed and
// what fits.
func TestCountIsBoundedByDirectory(t *testing.T) {
	data := two(nil).Bytes()
	for claim := 0; claim < 1<<16; claim += 1 + claim/50 {
		binary.LittleEndian.PutUint16(data[twoEnd+8:], uint16(claim))
		binary.LittleEndian.PutUint16(data[twoEnd+10:], uint16(claim))
		r := scanAll(t, data)
		if (claim == 2) != (len(r.findings) == 0) {
			t.Fatalf("%d entries claimed, two there: findings %+v", claim, r.findings)
		}
		if claim > 2 && r.usage.MemoryBytes > 0 {
			t.Fatalf("%d entries claimed, two there: %v held", claim, r.usage.MemoryBytes)
		}
	}
}
