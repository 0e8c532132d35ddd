package zipscan

import (
	"bytes"
	"errors"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
)

// A sparse file is data with holes in it, which read as zeros and are nowhere in memory.
type sparse struct {
	data  []byte
	holes []hole // in the order of their places
}

// A hole of n bytes stands before data[at].
type hole struct{ at, n int64 }

func (s *sparse) size() int64 {
	n := int64(len(s.data))
	for _, h := range s.holes {
		n += h.n
	}
	return n
}

func (s *sparse) ReadAt(p []byte, off int64) (int, error) {
	n := 0
	for n < len(p) && off < s.size() {
		at, hole := s.find(off)
		if hole > 0 {
			k := min(hole, int64(len(p)-n))
			clear(p[n : n+int(k)])
			n, off = n+int(k), off+k
			continue
		}
		k := copy(p[n:min(len(p), n+1)], s.data[at:])
		n, off = n+k, off+int64(k)
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// find returns how much of a hole is left at off, or where in data off lies.
func (s *sparse) find(off int64) (at, left int64) {
	shift := int64(0)
	for _, h := range s.holes {
		switch start := h.at + shift; {
		case off < start:
			return off - shift, 0
		case off < start+h.n:
			return 0, start + h.n - off
		}
		shift += h.n
	}
	return off - shift, 0
}

// counting counts the reads of a file and their bytes, and sees that none reaches past the end.
type counting struct {
	io.ReaderAt
	size  int64
	reads int
	bytes int64
	past  bool
}

func (c *counting) ReadAt(p []byte, off int64) (int, error) {
	c.reads++
	c.bytes += int64(len(p))
	c.past = c.past || off < 0 || off+int64(len(p)) > c.size
	return c.ReaderAt.ReadAt(p, off)
}

// scanFrom scans a source with any finding an error.
func scanFrom(t *testing.T, src io.ReaderAt, size int64, inMemory bool) (*Archive, error) {
	t.Helper()
	return Scan(src, size, Config{Op: "test", Budget: start(t, plenty), DirectoryBytes: math.MaxInt64,
		InMemory: inMemory,
		Report: func(f Finding) error {
			return &limits.RuleError{Op: "test", Rule: f.Rule, Where: f.Where, Offset: f.Offset, Detail: f.Detail}
		}})
}

// One read of the tail, a few of the directory, and one an entry: not one a record, and never the
// data.
func TestReadsAreFew(t *testing.T) {
	const n = 1000
	for _, c := range []struct {
		name      string
		edit      func(i int, f *zipbuild.File)
		reads     int
		perEntry  int64
		zip64     bool
		backwards bool
		inMemory  bool
	}{
		{name: "small files: many in one read", edit: func(_ int, f *zipbuild.File) { f.Data = []byte("x") },
			reads: 60, perEntry: 60},
		{name: "files of 2 KiB: many in one read", edit: func(_ int, f *zipbuild.File) { f.Data = make([]byte, 2048) },
			reads: n/30 + 2, perEntry: 2200},
		{name: "files of 2 KiB, in memory: the data is not read", edit: func(_ int, f *zipbuild.File) {
			f.Data = make([]byte, 2048)
		}, reads: n, perEntry: recordsRoom, inMemory: true},
		{name: "files of 4 KiB", edit: func(_ int, f *zipbuild.File) { f.Data = make([]byte, 4096) }, reads: n,
			perEntry: 1 << 10},
		{name: "files of 4 KiB, directory backwards", edit: func(_ int, f *zipbuild.File) {
			f.Data = make([]byte,
				4096)
		}, reads: n, perEntry: 1 << 10, backwards: true},
		{name: "files of 4 KiB with descriptors", edit: func(_ int, f *zipbuild.File) {
			f.Data, f.Descriptor = make([]byte, 4096), zipbuild.Signed64
		}, reads: n + 1, perEntry: 1 << 10},
		{name: "files of 4 KiB, zip64", edit: func(_ int, f *zipbuild.File) {
			f.Data, f.Zip64 = make([]byte, 4096),
				true
		}, reads: n, perEntry: 1 << 10, zip64: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := many(n, c.edit)
			a.Zip64 = c.zip64
			if c.backwards {
				for i := range n {
					a.Order = append(a.Order, n-1-i)
				}
			}
			data := a.Bytes()
			src := &counting{ReaderAt: bytes.NewReader(data), size: int64(len(data))}
			archive, err := scanFrom(t, src, src.size, c.inMemory)
			if err != nil {
				t.Fatal(err)
			}
			// Two, for a header may lie across the end of the buffer.
			directory := int(archive.DirectorySize>>16) + 2
			if most := 1 + directory + c.reads; src.reads > most {
				t.Errorf("%d reads, at most %d wanted", src.reads, most)
			}
			// The bytes that one header leaves in the buffer are read again.
			if most := endLen + maxComment + archive.DirectorySize + int64(directory)*200 +
				(n+2)*c.perEntry; src.bytes > most {
				t.Errorf("%d bytes read, at most %d wanted", src.bytes, most)
			}
			if src.past {
				t.Error("read past the end")
			}
		})
	}
}

// 4 files of 256 MiB each, of which nothing is in memory.
func TestScanStreams(t *testing.T) {
	const n, size = 4, 256 << 20
	var s sparse
	a := many(n, func(i int, f *zipbuild.File) {
		f.Data = nil
		if i%2 == 0 {
			f.Descriptor = zipbuild.Signed32
		}
		f.EditDescriptor = func(h *zipbuild.Header) { h.Size, h.CompressedSize = size, size }
		f.EditCentral = func(h *zipbuild.Header) {
			h.Size, h.CompressedSize = size, size
			h.Offset += uint64(i) * size
		}
		f.EditLocal = func(h *zipbuild.Header) {
			if i%2 == 1 {
				h.Size, h.CompressedSize = size, size
			}
		}
	})
	a.EditEnd = func(e *zipbuild.End) { e.DirOffset += n * size }
	s.data = a.Bytes()
	at := int64(0)
	for i := range n {
		at += localSize + 6
		s.holes = append(s.holes, hole{at, size})
		if i%2 == 0 {
			at += 16
		}
	}
	src := &counting{ReaderAt: &s, size: s.size()}
	if src.size <= n*size {
		t.Fatalf("a file of %d bytes", src.size)
	}
	var archive *Archive
	var err error
	got := allocated(func() { archive, err = scanFrom(t, src, src.size, false) })
	if err != nil {
		t.Fatal(err)
	}
	if got > 1<<20 {
		t.Errorf("%d bytes allocated for %d bytes of file", got, src.size)
	}
	if src.bytes > 128<<10 {
		t.Errorf("%d bytes read", src.bytes)
	}
	if len(archive.Entries) != n || archive.Size != n*size {
		t.Errorf("%d entries of %d bytes", len(archive.Entries), archive.Size)
	}
	for i, e := range archive.Entries {
		if want := s.holes[i].at + int64(i)*size; e.DataOffset != want {
			t.Errorf("entry %d: data at %d, want %d", i, e.DataOffset, want)
		}
	}
}

// The whole of Scan allocates a fixed number of times, however many entries there are, but for
// blocks of names.
func TestAllocationsPerEntry(t *testing.T) {
	count := func(n int) float64 {
		data := many(n, nil).Bytes()
		b := start(t, plenty)
		return testing.AllocsPerRun(5, func() {
			if _, err := Scan(bytes.NewReader(data), int64(len(data)), Config{Op: "test", Budget: b,
				DirectoryBytes: math.MaxInt64, Report: func(Finding) error { return nil }}); err != nil {
				t.Fatal(err)
			}
		})
	}
	if base, got := count(1), count(1001); got > base+10 {
		t.Errorf("%v allocations for one entry, %v for 1,001", base, got)
	}
}

// readAtFunc is a function as an io.ReaderAt.
type readAtFunc func(p []byte, off int64) (int, error)

func (f readAtFunc) ReadAt(p []byte, off int64) (int, error) { return f(p, off) }

// shapes are archives in which every kind of record is read.
func shapes() map[string][]byte {
	return map[string][]byte{
		"plain": two(nil).Bytes(),
		"zip64": two(func(a *zipbuild.Archive) { a.Zip64, a.Files[0].Zip64 = true, true }).Bytes(),
		"descriptors": many(5, func(i int, f *zipbuild.File) {
			f.Descriptor, f.Data = zipbuild.Descriptor(i),
				make([]byte, 3000)
		}).Bytes(),
		"long names": many(3, func(_ int, f *zipbuild.File) {
			f.Name += strings.Repeat("n", 3000)
			f.Extra = zipbuild.Block(0xcafe, make([]byte, 5000))
		}).Bytes(),
		"prefix": two(func(a *zipbuild.Archive) { a.Prefix = make([]byte, 100) }).Bytes(),
		"gaps": two(func(a *zipbuild.Archive) {
			a.BeforeDir, a.AfterDir = make([]byte, 3000),
				make([]byte, 70_000)
		}).Bytes(),
		"comment": two(func(a *zipbuild.Archive) {
			a.Comment, a.Zip64 = strings.Repeat("c", maxComment),
				true
		}).Bytes(),
		"trailing": two(func(a *zipbuild.Archive) { a.Trailing = make([]byte, 100) }).Bytes(),
		"large, with descriptors": many(25, func(i int, f *zipbuild.File) {
			f.Data, f.Descriptor, f.After = make([]byte, 3000), zipbuild.Descriptor(i%5), make([]byte, i%3*50)
		}).Bytes(),
		"large": many(70, func(_ int, f *zipbuild.File) { f.Data = make([]byte, 2000) }).Bytes(),
	}
}

// The last byte of a file may come with io.EOF or without.
func TestEOFWithTheLastByte(t *testing.T) {
	for name, data := range shapes() {
		src := bytes.NewReader(data)
		eager := readAtFunc(func(p []byte, off int64) (int, error) {
			n, err := src.ReadAt(p, off)
			if off+int64(n) == int64(len(data)) {
				err = io.EOF
			}
			return n, err
		})
		for _, inMemory := range []bool{false, true} {
			want, wantErr := scanFrom(t, src, int64(len(data)), inMemory)
			got, err := scanFrom(t, eager, int64(len(data)), inMemory)
			if diff := cmp.Diff(want, got); diff != "" || (err == nil) != (wantErr == nil) {
				t.Errorf("%s, in memory %t: err = %v, want %v; (-want +got):\n%s", name, inMemory, err, wantErr, diff)
			}
		}
	}
}

// An error of the source is the environment's: it comes back as it is, whichever read it happens
// in, and is no refusal. Bytes that come with it are used if they are enough.
func TestErrorOfTheSource(t *testing.T) {
	broken := errors.New("the disk is broken")
	for name, data := range shapes() {
		for how, part := range map[string]int{"nothing": 0, "a byte": 1, "half": 2, "half, in memory": 3} {
			t.Run(name+", "+how, func(t *testing.T) {
				for fail := 0; ; fail++ {
					reads := 0
					src := readAtFunc(func(p []byte, off int64) (int, error) {
						if reads++; reads <= fail {
							return bytes.NewReader(data).ReadAt(p, off)
						}
						switch part {
						case 0:
							return 0, broken
						case 1:
							return copy(p[:1], data[off:]), broken
						}
						return copy(p[:len(p)/2], data[off:]), broken
					})
					var findings []Finding
					_, err := Scan(src, int64(len(data)), Config{Op: "test", Budget: start(t, plenty),
						DirectoryBytes: math.MaxInt64, InMemory: part == 3, Report: func(f Finding) error {
							findings = append(findings, f)
							return nil
						}})
					if reads <= fail {
						return // It got along with so few reads.
					}
					for _, f := range findings {
						if f.Rule == Malformed {
							t.Fatalf("read %d fails: finding %+v", fail, f)
						}
					}
					if err == nil && part >= 2 {
						continue
					}
					if !errors.Is(err, broken) || errors.Is(err, limits.ErrRefused) || Stopped(err) {
						t.Fatalf("read %d fails: err = %v", fail, err)
					}
					if !strings.HasPrefix(err.Error(), "test: ") || !strings.Contains(err.Error(), "at offset ") {
						t.Errorf("read %d fails: the error does not say where: %v", fail, err)
					}
				}
			})
		}
	}
}

// A source that fails in every read fails in the first.
func TestSourceThatFailsAtOnce(t *testing.T) {
	src := readAtFunc(func([]byte, int64) (int, error) { return 0, iotest.ErrTimeout })
	a, err := scanFrom(t, src, 1000, false)
	if !errors.Is(err, iotest.ErrTimeout) || errors.Is(err, limits.ErrRefused) || a == nil {
		t.Errorf("Scan = %v, %v", a, err)
	}
}

// A source that is shorter than size says is an archive that is cut off: a finding, however the
// source says it.
func TestShortSource(t *testing.T) {
	for name, data := range shapes() {
		for how, end := range map[string]error{"EOF": io.EOF, "unexpected EOF": io.ErrUnexpectedEOF} {
			for _, missing := range []int{1, 20, len(data) / 2, len(data)} {
				if missing > len(data) {
					continue
				}
				there := data[:len(data)-missing]
				src := readAtFunc(func(p []byte, off int64) (int, error) {
					n := 0
					if off < int64(len(there)) {
						n = copy(p, there[off:])
					}
					if n < len(p) {
						return n, end
					}
					return n, nil
				})
				for _, inMemory := range []bool{false, true} {
					_, err := scanFrom(t, src, int64(len(data)), inMemory)
					e, ok := errors.AsType[*limits.RuleError](err)
					if !ok || e.Rule != Malformed {
						t.Errorf("%s, %s, %d bytes missing, in memory %t: err = %v", name, how, missing, inMemory, err)
					}
				}
			}
		}
	}
}

// A source that reads too little and says nothing, or counts what there cannot be, is broken: that
// is no fault of the archive.
func TestSourceThatMiscounts(t *testing.T) {
	for name, data := range shapes() {
		for how, count := range map[string]func(n, asked int) int{
			"too few":  func(n, _ int) int { return n - 1 },
			"none":     func(int, int) int { return 0 },
			"negative": func(int, int) int { return -1 },
			"too many": func(_, asked int) int { return asked + 1 },
		} {
			src := readAtFunc(func(p []byte, off int64) (int, error) {
				n, _ := bytes.NewReader(data).ReadAt(p, off)
				return count(n, len(p)), nil
			})
			for _, inMemory := range []bool{false, true} {
				_, err := scanFrom(t, src, int64(len(data)), inMemory)
				if err == nil || errors.Is(err, limits.ErrRefused) || Stopped(err) || !strings.HasPrefix(err.Error(),
					"test: ") {
					t.Errorf("%s, %s, in memory %t: err = %v", name, how, inMemory, err)
				}
			}
		}
	}
}

// Every prefix of an archive is refused, and no scan of one goes on for ever or reads past its end.
func TestEveryTruncation(t *testing.T) {
	for name, data := range shapes() {
		if len(data) > 1000 || name == "trailing" { // Bytes after an archive may go.
			continue
		}
		whole := scanAll(t, data)
		for n := range data {
			src := &counting{ReaderAt: bytes.NewReader(data[:n]), size: int64(n)}
			_, err := scanFrom(t, src, src.size, false)
			if e, ok := errors.AsType[*limits.RuleError](err); !ok || src.past {
				t.Errorf("%s cut to %d bytes: err = %v, read past the end: %t", name, n, err, src.past)
			} else if len(whole.findings) == 0 && e.Rule != Malformed {
				t.Errorf("%s cut to %d bytes: %v", name, n, err)
			}
		}
	}
}

func TestNoFileAtAll(t *testing.T) {
	for _, size := range []int64{0, -1, math.MinInt64} {
		r := result{}
		_, err := Scan(bytes.NewReader(nil), size, Config{Op: "test", Budget: start(t, plenty),
			DirectoryBytes: math.MaxInt64, Report: func(f Finding) error {
				r.findings = append(r.findings, f)
				return nil
			}})
		if len(r.findings) != 1 || r.findings[0].Rule != Malformed || !Stopped(err) {
			t.Errorf("size %d: err = %v, findings %+v", size, err, r.findings)
		}
	}
}

// More bytes in the source than size says are none of the archive's.
func TestSizeIsBelieved(t *testing.T) {
	data := two(nil).Bytes()
	src := &counting{ReaderAt: bytes.NewReader(append(slices.Clone(data), "more"...)), size: int64(len(data))}
	if _, err := scanFrom(t, src, src.size, false); err != nil || src.past {
		t.Errorf("err = %v, read past the end: %t", err, src.past)
	}
}

func TestWindow(t *testing.T) {
	data := make([]byte, 100)
	for i := range data {
		data[i] = byte(i)
	}
	src := &counting{ReaderAt: bytes.NewReader(data), size: 100}
	w := window{src: src, size: 100, ahead: 16}
	for _, c := range []struct {
		off   int64
		n     int
		reads int // up to now
		cut   bool
	}{
		{0, 4, 1, false},
		{4, 12, 1, false},
		{4, 13, 2, false},  // One byte more than is there.
		{4, 16, 2, false},  // The bytes that were read ahead.
		{3, 4, 3, false},   // One byte before the buffer.
		{90, 10, 4, false}, // The end; not more than there is.
		{100, 0, 4, false},
		{50, 40, 5, false}, // Longer than the window reads ahead.
		{89, 1, 5, false},
		{90, 1, 6, false},
		{99, 1, 6, false},
		{99, 2, 6, true},
		{100, 1, 6, true},
		{101, 0, 6, true},
		{-1, 1, 6, true},
		{math.MinInt64, 1, 6, true},
		{math.MaxInt64, 1, 6, true},
		{math.MaxInt64, 0, 6, true},
		{1, math.MaxInt32, 6, true},
	} {
		b, err := w.at(c.off, c.n)
		if c.cut {
			if !errors.Is(err, errTruncated) {
				t.Errorf("at(%d, %d) = %v, %v", c.off, c.n, b, err)
			}
		} else if err != nil || !bytes.Equal(b, data[c.off:c.off+int64(c.n)]) || cap(b) != len(b) {
			t.Errorf("at(%d, %d) = %v, %v", c.off, c.n, b, err)
		}
		if src.reads != c.reads || src.past {
			t.Errorf("at(%d, %d): %d reads up to now, want %d; past the end: %t", c.off, c.n, src.reads, c.reads,
				src.past)
		}
	}
}

// After a failed read the buffer holds nothing that could be taken for what stands there.
func TestWindowForgetsAfterAnError(t *testing.T) {
	broken := errors.New("broken")
	fail := false
	w := window{size: 100, ahead: 16, src: readAtFunc(func(p []byte, off int64) (int, error) {
		for i := range p {
			p[i] = byte(off) + byte(i)
		}
		if fail {
			return 1, broken
		}
		return len(p), nil
	})}
	if _, err := w.at(0, 16); err != nil {
		t.Fatal(err)
	}
	fail = true
	if b, err := w.at(40, 4); !errors.Is(err, broken) {
		t.Fatalf("at = %v, %v", b, err)
	}
	fail = false
	for _, off := range []int64{0, 40, 41} {
		if b, err := w.at(off, 2); err != nil || b[0] != byte(off) || b[1] != byte(off)+1 {
			t.Errorf("at(%d) = %v, %v", off, b, err)
		}
	}
	if found, err := w.startsWith(99, "xy"); found || err != nil {
		t.Errorf("a signature over the end of the file: %t, %v", found, err)
	}
	fail = true
	if found, err := w.startsWith(0, "xy"); found || !errors.Is(err, broken) {
		t.Errorf("a signature that cannot be read: %t, %v", found, err)
	}
}
