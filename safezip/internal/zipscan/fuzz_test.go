package zipscan

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
)

// liftable are the rules that a caller may let pass and still unpack. The others are findings only
// for those who look on.
var liftable = []limits.Rule{HeaderMismatch, DescriptorMismatch, HiddenEntry, PrefixData, TrailingData, Gap,
	EndRecordAmbiguous, ExtraField, UnicodePath}

// fuzzLimits is what the scans of FuzzScan may cost.
var fuzzLimits = limits.Limits{OutputBytes: 1 << 40, Items: 5000, Steps: 20_000, MemoryBytes: 256 * limits.KiB}

func FuzzScan(f *testing.F) {
	for _, a := range mutants() {
		f.Add(a.Bytes())
	}
	for name, data := range shapes() {
		if len(data) < 10_000 {
			f.Add(data)
		} else if name == "comment" {
			f.Add(data[:len(data)-maxComment])
		}
	}
	for _, a := range []zipbuild.Archive{
		two(func(a *zipbuild.Archive) { a.Files[1].Shares = 1 }),
		two(func(a *zipbuild.Archive) { a.Files[0].Hidden = true }),
		two(func(a *zipbuild.Archive) { a.Trailing = two(nil).Bytes() }),
		one(func(a *zipbuild.Archive, _ *zipbuild.File) { a.Zip64, a.Zip64Data = true, []byte("data") }),
		editEnd64(func(e *zipbuild.End) { e.Count64, e.OnDisk64 = 1<<60, 1<<60 }),
		editEnd64(func(e *zipbuild.End) { e.DirSize64, e.DirOffset64 = 1<<64-1, oneEnd64+1 }),
		editCentral(func(h *zipbuild.Header) { h.CompressedSize, h.Wide = 1<<64-1, true }),
		editCentral(func(h *zipbuild.Header) { h.Offset, h.Wide = 1<<63, true }),
	} {
		f.Add(a.Bytes())
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		all := fuzzScan(t, data, false, func(limits.Rule) bool { return true })
		memory := fuzzScan(t, data, true, func(limits.Rule) bool { return true })
		if diff := cmp.Diff(all.findings, memory.findings) + cmp.Diff(all.Archive, memory.Archive); diff != "" ||
			(all.err == nil) != (memory.err == nil) {
			t.Fatalf("err = %v, in memory %v; (-elsewhere +in memory)\n%s", all.err, memory.err, diff)
		}
		if all.err == nil && len(all.findings) == 0 {
			tilesExactly(t, data, all.Archive)
		}
		// Where something is let pass that may be, what is left can be unpacked; where nothing is,
		// all that is said comes first.
		some := fuzzScan(t, data, false, func(r limits.Rule) bool { return slices.Contains(liftable, r) })
		if some.err == nil {
			lieApart(t, data, some.Archive)
		}
		none := fuzzScan(t, data, false, func(limits.Rule) bool { return false })
		switch {
		case len(all.findings) == 0 && (none.err == nil) != (all.err == nil):
			t.Fatalf("without a finding: err = %v, and the second time %v", all.err, none.err)
		case len(all.findings) > 0 && (len(none.findings) != 1 || none.findings[0] != all.findings[0] ||
			!errors.Is(none.err, errNoticed)):
			t.Fatalf("first finding %+v; alone: %+v, %v", all.findings[0], none.findings, none.err)
		}
	})
}

// fuzzScan scans data, lets some findings pass, and checks what holds for any bytes.
func fuzzScan(t *testing.T, data []byte, inMemory bool, pass func(limits.Rule) bool) result {
	t.Helper()
	var r result
	size := int64(len(data))
	src := &counting{ReaderAt: bytes.NewReader(data), size: size}
	b := start(t, fuzzLimits)
	text := uint64(0)
	got := allocated(func() {
		r.Archive, r.err = Scan(src, size, Config{
			Op: "test", Budget: b, DirectoryBytes: 1 << 20, InMemory: inMemory,
			Report: func(f Finding) error {
				text += 1024 // A finding has at most a quoted name, and Sprintf a buffer.
				if f.Rule == HeaderMismatch || f.Rule == UnicodePath {
					text += 2 * uint64(len(data)) // The other name is copied to be quoted.
				}
				r.findings = append(r.findings, f)
				if !pass(f.Rule) {
					return errNoticed
				}
				return nil
			},
		})
	})
	r.usage = b.Close()
	wellFormed(t, size, &r)
	// The memory that is held, the findings, the scanner itself, and its two buffers, each of which
	// grows to its final size in steps.
	held := uint64(r.usage.MemoryBytes)
	if most := 2*held + text + 64<<10 + 4*min(uint64(len(data)), 256<<10); got > most {
		t.Fatalf("%d bytes allocated, at most %d wanted: %d held, %d findings, %d bytes of file", got, most, held,
			len(r.findings), len(data))
	}
	if src.past {
		t.Fatal("read past the end")
	}
	// A read or two a record, and one for what lies between two of them.
	if most := 10 + 8*int(r.usage.Steps); src.reads > most {
		t.Fatalf("%d reads for %d steps", src.reads, r.usage.Steps)
	}
	return r
}

// wellFormed checks what holds for the result of every scan.
func wellFormed(t *testing.T, size int64, r *result) {
	t.Helper()
	refused := errors.Is(r.err, limits.ErrExceeded)
	if r.err != nil && !refused && !Stopped(r.err) && !errors.Is(r.err, errNoticed) {
		t.Fatalf("err = %v", r.err)
	}
	if Stopped(r.err) && (len(r.findings) == 0 || r.findings[len(r.findings)-1].Rule != Malformed) {
		t.Fatalf("stopped without saying why: %+v", r.findings)
	}
	for _, f := range r.findings {
		if f.Offset < 0 || f.Offset > max(size, 0) || f.Detail == "" || len(f.Detail) > 512 {
			t.Fatalf("finding %+v in a file of %d bytes", f, size)
		}
		for i := range len(f.Detail) {
			if f.Detail[i] < 0x20 || f.Detail[i] > 0x7e {
				t.Fatalf("the detail %q is not fit to be shown", f.Detail)
			}
		}
	}
	wrong := map[string]bool{}
	for _, f := range r.findings {
		if f.Rule == Overlap || f.Rule == Malformed {
			wrong[f.Where] = true
		}
	}
	names := int64(0)
	for i := range r.Entries {
		e := &r.Entries[i]
		names += int64(len(e.Name))
		if e.Size < 0 || e.CompressedSize < 0 || e.CompressedSize > size || e.HeaderOffset < 0 ||
			e.HeaderOffset > size || e.DataOffset < 0 || e.CentralOffset < 0 || e.CentralOffset >= size {
			t.Fatalf("entry %+v in a file of %d bytes", *e, size)
		}
		if r.err == nil && !wrong[e.Name] && (e.DataOffset < e.HeaderOffset+localLen ||
			e.DataOffset+e.CompressedSize > r.DirectoryOffset) {
			t.Fatalf("nothing is said of entry %+v, and its data is not between its header and the directory at %d",
				*e, r.DirectoryOffset)
		}
	}
	if held := int64(r.usage.MemoryBytes); held < int64(len(r.Entries))*entryBytes+names {
		t.Fatalf("%d bytes held for %d entries with %d bytes of names", held, len(r.Entries), names)
	}
	if r.err == nil && (r.DirectoryOffset < 0 || r.DirectorySize < 0 || r.DirectoryOffset+r.DirectorySize > size) {
		t.Fatalf("a directory of %d bytes at %d in a file of %d bytes", r.DirectorySize, r.DirectoryOffset, size)
	}
	if r.usage.Items != 0 || r.usage.OutputBytes != 0 || r.usage.Steps > 3+3*int64(max(len(r.Entries), 1))+1 {
		t.Fatalf("%d entries cost %+v", len(r.Entries), r.usage)
	}
}

// lieApart checks that the entries lie between the beginning and the directory and share nothing.
func lieApart(t *testing.T, data []byte, a *Archive) []*Entry {
	t.Helper()
	entries := make([]*Entry, len(a.Entries))
	for i := range entries {
		entries[i] = &a.Entries[i]
	}
	slices.SortFunc(entries, func(x, y *Entry) int { return int(x.HeaderOffset - y.HeaderOffset) })
	end := int64(0)
	for _, e := range entries {
		if e.HeaderOffset < end || !bytes.HasPrefix(data[e.HeaderOffset:], []byte(localSignature)) ||
			e.DataOffset < e.HeaderOffset+localLen {
			t.Fatalf("entry %+v after the one that ends at %d", *e, end)
		}
		end = e.DataOffset + e.CompressedSize
	}
	if end > a.DirectoryOffset {
		t.Fatalf("the last entry ends at %d, and the directory starts at %d", end, a.DirectoryOffset)
	}
	return entries
}

// tilesExactly checks an archive against which nothing was found: every byte before the directory
// is in a header, in data, or in a descriptor of one of the four lengths, and the directory and the
// end records take the rest.
func tilesExactly(t *testing.T, data []byte, a *Archive) {
	t.Helper()
	at := int64(0)
	if bytes.HasPrefix(data, []byte(dataSignature)) || bytes.HasPrefix(data, []byte(splitMarker)) {
		at = int64(len(splitMarker)) // A marker that every reader skips.
	}
	for i, e := range lieApart(t, data, a) {
		room := e.HeaderOffset - at
		if i == 0 && room != 0 || i > 0 && room != 0 && !isDescriptor(a, i, room) {
			t.Fatalf("%d bytes before entry %+v belong to nobody", room, *e)
		}
		local := data[e.HeaderOffset:]
		if string(local[localLen:localLen+len(e.Name)]) != e.Name ||
			e.DataOffset != e.HeaderOffset+localLen+int64(len(e.Name))+int64(le16(local[28:])) {
			t.Fatalf("the local header of %+v is another's", *e)
		}
		at = e.DataOffset + e.CompressedSize
	}
	if room := a.DirectoryOffset - at; room != 0 && !isDescriptor(a, len(a.Entries), room) {
		t.Fatalf("%d bytes before the directory belong to nobody", room)
	}
	at = a.DirectoryOffset
	for i := range a.Entries {
		e := &a.Entries[i]
		if e.CentralOffset != at || !bytes.HasPrefix(data[at:], []byte(centralSignature)) {
			t.Fatalf("header %d does not stand at %d", i, at)
		}
		at += centralLen + int64(le16(data[at+28:])) + int64(le16(data[at+30:])) + int64(le16(data[at+32:]))
	}
	if at != a.DirectoryOffset+a.DirectorySize {
		t.Fatalf("the headers end at %d, and the directory at %d", at, a.DirectoryOffset+a.DirectorySize)
	}
	if bytes.HasPrefix(data[at:], []byte(end64Signature)) {
		at += end64Len + locatorLen
	}
	if !bytes.HasPrefix(data[at:], []byte(endSignature)) ||
		len(bytes.TrimLeft(data[at+endLen+int64(le16(data[at+20:])):], "\x00")) > 0 {
		t.Fatalf("the end record does not stand at %d, or its comment does not end with the file", at)
	}
}

// isDescriptor reports whether room bytes before the n-th entry by offset can be the descriptor of
// the one before.
func isDescriptor(a *Archive, n int, room int64) bool {
	order := make([]int32, len(a.Entries))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, a.byOffset)
	flags := a.Entries[order[n-1]].Flags
	return flags&flagDescriptor != 0 && (room == 12 || room == 16 || room == 20 || room == 24)
}
