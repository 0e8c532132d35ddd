package zipscan

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
)

// A finding case is an archive, and what must be said of it when every finding is let pass.
type findingCase struct {
	name    string
	archive zipbuild.Archive
	want    []place
	stopped bool // nothing more can be read
	says    string
}

func runFindings(t *testing.T, cases []findingCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := scanAll(t, c.archive.Bytes())
			if diff := cmp.Diff(c.want, r.places()); diff != "" {
				t.Errorf("findings (-want +got):\n%s\n%+v", diff, r.findings)
			}
			if Stopped(r.err) != c.stopped || !c.stopped && r.err != nil {
				t.Errorf("err = %v, stopped: %t", r.err, c.stopped)
			}
			if c.says != "" && (len(r.findings) == 0 || !strings.Contains(r.findings[0].Detail, c.says)) {
				t.Errorf("findings %+v do not say %q", r.findings, c.says)
			}
			stopsAtFirst(t, c.archive.Bytes(), r.findings)
		})
	}
}

// stopsAtFirst checks that an error of Report ends the scan at once and comes back as it is,
// whichever finding it is given for.
func stopsAtFirst(t *testing.T, data []byte, findings []Finding) {
	t.Helper()
	for i := range findings {
		mine := errors.New("enough")
		calls := 0
		_, err := Scan(bytes.NewReader(data), int64(len(data)), Config{
			Op: "test", Budget: start(t, plenty), DirectoryBytes: math.MaxInt64,
			Report: func(f Finding) error {
				if diff := cmp.Diff(findings[calls], f); diff != "" {
					t.Errorf("another finding in the second scan (-first +second):\n%s", diff)
				}
				calls++
				if calls > i {
					return mine
				}
				return nil
			},
		})
		if !errors.Is(err, mine) || Stopped(err) || calls != i+1 {
			t.Errorf("Report failed for finding %d: Scan returned %v after %d calls", i, err, calls)
		}
	}
}

func editEnd(edit func(e *zipbuild.End)) zipbuild.Archive {
	return one(func(a *zipbuild.Archive, _ *zipbuild.File) { a.EditEnd = edit })
}

func editEnd64(edit func(e *zipbuild.End)) zipbuild.Archive {
	return one(func(a *zipbuild.Archive, _ *zipbuild.File) { a.Zip64, a.EditEnd = true, edit })
}

func editCentral(edit func(h *zipbuild.Header)) zipbuild.Archive {
	return one(func(_ *zipbuild.Archive, f *zipbuild.File) { f.EditCentral = edit })
}

func editLocal(edit func(h *zipbuild.Header)) zipbuild.Archive {
	return one(func(_ *zipbuild.Archive, f *zipbuild.File) { f.EditLocal = edit })
}

func editBoth(edit func(h *zipbuild.Header)) zipbuild.Archive {
	return one(func(_ *zipbuild.Archive, f *zipbuild.File) { f.EditLocal, f.EditCentral = edit, edit })
}

// The zip64 end record and its locator in one() with Zip64.
const (
	oneEnd64   = oneEnd
	oneLocator = oneEnd64 + end64Len
	oneEndWide = oneLocator + locatorLen
)

func TestEndRecord(t *testing.T) {
	end := []place{{Malformed, "", oneEnd}}
	fakeEnd := func(commentLen uint16) string {
		return endSignature + strings.Repeat("\x00", 16) + string(binary.LittleEndian.AppendUint16(nil, commentLen))
	}
	runFindings(t, []findingCase{
		{name: "empty archive", archive: zipbuild.Archive{}},
		{name: "empty archive with a comment", archive: zipbuild.Archive{Comment: "nothing in here"}},
		{name: "empty zip64 archive", archive: zipbuild.Archive{Zip64: true}},
		{name: "one file", archive: one(nil)},
		{name: "longest comment", archive: one(func(a *zipbuild.Archive,
			_ *zipbuild.File) {
			a.Comment = strings.Repeat("c", maxComment)
		})},

		{name: "not a zip file", archive: zipbuild.Archive{Prefix: []byte("PK"),
			EditEnd: func(e *zipbuild.End) { e.CommentLen = 1 }},
			want: []place{{Malformed, "", 2}}, stopped: true, says: "cut off"},
		{name: "comment reaches past the end", archive: editEnd(func(e *zipbuild.End) { e.CommentLen = 1 }),
			want: end, stopped: true, says: "cut off by the end"},
		{name: "this disk", archive: editEnd(func(e *zipbuild.End) { e.Disk = 1 }), want: end, stopped: true,
			says: "one part of several"},
		{name: "disk of the directory", archive: editEnd(func(e *zipbuild.End) { e.DirDisk = 1 }), want: end,
			stopped: true},
		{name: "entries on this disk", archive: editEnd(func(e *zipbuild.End) { e.OnDisk = 0 }), want: end,
			stopped: true},
		{name: "more entries than the directory can hold", archive: editEnd(func(e *zipbuild.End) {
			e.Count,
				e.OnDisk = 2, 2
		}), want: end, stopped: true, says: "2 entries do not fit"},
		{name: "count that only zip64 could give", archive: editEnd(func(e *zipbuild.End) {
			e.Count, e.OnDisk = max16,
				max16
		}), want: end, stopped: true},
		{name: "directory larger than the file", archive: editEnd(func(e *zipbuild.End) { e.DirSize = oneEnd + 1 }),
			want: end, stopped: true, says: "does not fit"},
		{name: "largest directory", archive: editEnd(func(e *zipbuild.End) { e.DirSize = max32 }), want: end,
			stopped: true},
		{name: "directory too far back", archive: editEnd(func(e *zipbuild.End) { e.DirOffset++ }), want: end,
			stopped: true, says: "would reach past"},
		{name: "largest offset", archive: editEnd(func(e *zipbuild.End) { e.DirOffset = max32 }), want: end,
			stopped: true},
		{name: "directory smaller than said by a byte", archive: editEnd(func(e *zipbuild.End) { e.DirSize-- }),
			want: []place{{Gap, "", oneEnd - 1}, {Malformed, "", oneDir}}, stopped: true,
			says: "1 bytes between the central directory"},
		{name: "directory smaller than a header",
			archive: editEnd(func(e *zipbuild.End) { e.DirSize = centralSize - 1 }), want: end, stopped: true,
			says: "1 entries do not fit"},
		{name: "no directory where the end record says", archive: one(func(a *zipbuild.Archive, _ *zipbuild.File) {
			a.AfterDir, a.EditEnd = []byte("xx"), func(e *zipbuild.End) { e.DirOffset-- }
		}), want: []place{{Malformed, "", oneDir - 1}}, stopped: true, says: "no central directory"},
		{name: "no entries counted, but there are some", archive: editEnd(func(e *zipbuild.End) {
			e.Count,
				e.OnDisk = 0, 0
		}),
			want: []place{{Malformed, "", oneDir}}, stopped: true, says: "goes on after the 0 entries"},
		{name: "nothing counted at all", archive: editEnd(func(e *zipbuild.End) {
			e.Count, e.OnDisk, e.DirSize,
				e.DirOffset = 0, 0, 0, 0
		}),
			want: []place{{HiddenEntry, "", 0}}},
		{name: "nothing counted, at the end", archive: editEnd(func(e *zipbuild.End) {
			e.Count, e.OnDisk, e.DirSize,
				e.DirOffset = 0, 0, 0, oneEnd
		}),
			want: []place{{HiddenEntry, "", 0}}},
		{name: "nothing counted, in between", archive: editEnd(func(e *zipbuild.End) {
			e.Count, e.OnDisk, e.DirSize,
				e.DirOffset = 0, 0, 0, 5
		}),
			want: []place{{HiddenEntry, "", 0}, {HiddenEntry, "", 0}}},

		{name: "prefix", archive: one(func(a *zipbuild.Archive,
			_ *zipbuild.File) {
			a.Prefix = []byte("#!/bin/sh\n")
		}), want: []place{{PrefixData, "", 0}}},
		{name: "prefix of an empty archive", archive: zipbuild.Archive{Prefix: []byte("#!/bin/sh\n")},
			want: []place{{PrefixData, "", 0}}},
		{name: "prefix that the offsets count",
			archive: one(func(a *zipbuild.Archive, f *zipbuild.File) { f.Before = []byte("MZ") }),
			want:    []place{{PrefixData, "", 0}}},
		{name: "both prefixes", archive: one(func(a *zipbuild.Archive, f *zipbuild.File) {
			a.Prefix,
				f.Before = []byte("MZ"), []byte("xx")
		}),
			want: []place{{PrefixData, "", 0}, {PrefixData, "", 0}}},
		{name: "prefix that is an archive",
			archive: one(func(a *zipbuild.Archive, _ *zipbuild.File) { a.Prefix = two(nil).Bytes() }),
			want:    []place{{HiddenEntry, "", 0}}},
		{name: "prefix of a zip64 archive", archive: one(func(a *zipbuild.Archive, _ *zipbuild.File) {
			a.Prefix,
				a.Zip64 = []byte("#!/bin/sh\n"), true
		}), want: []place{{PrefixData, "", 0}}},
		{name: "header hidden deep in a prefix", archive: one(func(a *zipbuild.Archive, _ *zipbuild.File) {
			a.Prefix = append(make([]byte, 64<<10-4), zipbuild.LocalHeader(zipbuild.Header{Name: "x"})...)
		}), want: []place{{HiddenEntry, "", 0}}},
		{name: "header hidden deeper", archive: one(func(a *zipbuild.Archive, _ *zipbuild.File) {
			a.Prefix = append(make([]byte, 64<<10-3), zipbuild.LocalHeader(zipbuild.Header{Name: "x"})...)
		}), want: []place{{PrefixData, "", 0}}},

		{name: "one byte behind", archive: one(func(a *zipbuild.Archive,
			_ *zipbuild.File) {
			a.Trailing = []byte("\n")
		}), want: []place{{TrailingData, "", oneEnd + endLen}}},
		{name: "bytes behind a comment", archive: one(func(a *zipbuild.Archive, _ *zipbuild.File) {
			a.Comment,
				a.Trailing = "abc", []byte("\n")
		}), want: []place{{TrailingData, "", oneEnd + endLen + 3}}},
		{name: "header behind", archive: one(func(a *zipbuild.Archive, _ *zipbuild.File) {
			a.Trailing = zipbuild.LocalHeader(zipbuild.Header{Name: "x"})
		}), want: []place{{HiddenEntry, "", oneEnd + endLen}}},
		{name: "archive behind, cut off", archive: one(func(a *zipbuild.Archive, _ *zipbuild.File) {
			b := two(nil).Bytes()
			a.Trailing = b[:len(b)-endLen]
		}), want: []place{{HiddenEntry, "", oneEnd + endLen}}},
		{name: "archive behind", archive: one(func(a *zipbuild.Archive,
			_ *zipbuild.File) {
			a.Trailing = two(nil).Bytes()
		}), want: []place{{HiddenEntry, "", 0}}},
		{name: "farthest end record", archive: one(func(a *zipbuild.Archive,
			_ *zipbuild.File) {
			a.Trailing = bytes.Repeat([]byte{1}, maxComment)
		}),
			want: []place{{TrailingData, "", oneEnd + endLen}}},
		{name: "zeros as far as readers search", archive: one(func(a *zipbuild.Archive, _ *zipbuild.File) {
			a.Trailing = make([]byte, maxComment)
		})},
		{name: "one byte too far", archive: one(func(a *zipbuild.Archive,
			_ *zipbuild.File) {
			a.Trailing = make([]byte, maxComment+1)
		}),
			want: []place{{Malformed, "", oneEnd + 1}}, stopped: true,
			says: "no end of central directory record in the last"},

		{name: "second end record in the comment",
			archive: one(func(a *zipbuild.Archive, _ *zipbuild.File) { a.Comment = fakeEnd(0) }),
			// Both end with the file. The one at the end is taken, and the other is said to be
			// there.
			want: []place{{EndRecordAmbiguous, "", oneEnd}, {HiddenEntry, "", 0}}},
		{name: "second end record in the comment that does not end with the file",
			archive: one(func(a *zipbuild.Archive, _ *zipbuild.File) { a.Comment = fakeEnd(9) }),
			want:    []place{{EndRecordAmbiguous, "", oneEnd + endLen}}},
		{name: "signature in the comment",
			archive: one(func(a *zipbuild.Archive, _ *zipbuild.File) { a.Comment = "see " + endSignature }),
			want:    []place{{EndRecordAmbiguous, "", oneEnd + endLen + 4}}},
		{name: "signature at the very end of the comment, cut",
			archive: one(func(a *zipbuild.Archive, _ *zipbuild.File) { a.Comment = "see PK\x05" })},
		{name: "signature in the data",
			archive: one(func(_ *zipbuild.Archive, f *zipbuild.File) {
				f.Data = []byte(endSignature +
					strings.Repeat("x", 30))
			})},
		{name: "end record in the data that would end with the file",
			archive: one(func(_ *zipbuild.Archive, f *zipbuild.File) {
				f.Data = []byte(fakeEnd(centralSize + 1 +
					endLen))
			}),
			want: []place{{EndRecordAmbiguous, "", oneData}}},
		{name: "end record behind that does not end with the file",
			archive: one(func(a *zipbuild.Archive, _ *zipbuild.File) { a.Trailing = []byte(fakeEnd(3)) }),
			want:    []place{{EndRecordAmbiguous, "", oneEnd + endLen}, {TrailingData, "", oneEnd + endLen}}},

		{name: "gap before the end record",
			archive: one(func(a *zipbuild.Archive, _ *zipbuild.File) { a.AfterDir = []byte("xx") }),
			want:    []place{{Gap, "", oneEnd}}},
		{name: "signature of the directory",
			archive: one(func(a *zipbuild.Archive, _ *zipbuild.File) {
				a.AfterDir = []byte(signatureSignature +
					"\x00\x00")
			}),
			want: []place{{Gap, "", oneEnd}}, says: "digital signature"},
		{name: "signing block of an Android package",
			archive: one(func(a *zipbuild.Archive, _ *zipbuild.File) {
				a.BeforeDir = []byte("\x10 block" +
					apkSigningMagic)
			}),
			want: []place{{Gap, "", oneDir}}, says: "APK signing block"},
		{name: "second directory before the end record", archive: one(func(a *zipbuild.Archive, _ *zipbuild.File) {
			a.AfterDir = zipbuild.CentralHeader(zipbuild.Header{Name: "b"})
		}), want: []place{{EndRecordAmbiguous, "", oneEnd + centralSize + 1}}},
	})
}

func TestZip64EndRecords(t *testing.T) {
	wide := func(edit func(a *zipbuild.Archive, f *zipbuild.File)) zipbuild.Archive {
		return one(func(a *zipbuild.Archive, f *zipbuild.File) {
			a.Zip64 = true
			edit(a, f)
		})
	}
	end := []place{{Malformed, "", oneEndWide}}
	locator := []place{{Malformed, "", oneLocator}}
	runFindings(t, []findingCase{
		{name: "all fields open", archive: editEnd64(func(*zipbuild.End) {})},
		{name: "all fields repeated", archive: editEnd64(func(e *zipbuild.End) {
			e.Count, e.OnDisk, e.DirSize,
				e.DirOffset = 1, 1, centralSize+1, oneDir
		})},
		{name: "disks open", archive: editEnd64(func(e *zipbuild.End) { e.Disk, e.DirDisk = max16, max16 })},
		{name: "files of zip64 too", archive: wide(func(_ *zipbuild.Archive, f *zipbuild.File) { f.Zip64 = true })},

		{name: "count repeated wrongly", archive: editEnd64(func(e *zipbuild.End) { e.Count = 2 }), want: end,
			stopped: true, says: "entries: 2 in the end record, 1 in the zip64 end record"},
		{name: "count on this disk repeated wrongly", archive: editEnd64(func(e *zipbuild.End) { e.OnDisk = 0 }),
			want: end, stopped: true},
		{name: "size repeated wrongly", archive: editEnd64(func(e *zipbuild.End) { e.DirSize = 0 }), want: end,
			stopped: true},
		{name: "offset repeated wrongly", archive: editEnd64(func(e *zipbuild.End) { e.DirOffset = 0 }), want: end,
			stopped: true},
		{name: "disk repeated wrongly", archive: editEnd64(func(e *zipbuild.End) { e.Disk = 1 }), want: end,
			stopped: true},
		{name: "disk of the directory repeated wrongly",
			archive: editEnd64(func(e *zipbuild.End) { e.DirDisk64 = 1 }), want: end, stopped: true},

		{name: "locator on another disk", archive: editEnd64(func(e *zipbuild.End) { e.LocatorDisk = 1 }),
			want: locator, stopped: true},
		{name: "locator of two disks", archive: editEnd64(func(e *zipbuild.End) { e.LocatorDisks = 2 }),
			want: locator, stopped: true},
		{name: "locator of no disk", archive: editEnd64(func(e *zipbuild.End) { e.LocatorDisks = 0 }), want: locator,
			stopped: true, says: "OneDrive"},
		{name: "locator of no disk at disk 1", archive: editEnd64(func(e *zipbuild.End) {
			e.LocatorDisks, e.LocatorDisk = 0, 1
		}), want: locator, stopped: true},
		{name: "locator points past its record", archive: editEnd64(func(e *zipbuild.End) { e.LocatorOffset++ }),
			want: locator, stopped: true},
		{name: "locator points past the file",
			archive: editEnd64(func(e *zipbuild.End) { e.LocatorOffset = math.MaxUint64 }), want: locator,
			stopped: true},
		{name: "locator points before its record", archive: editEnd64(func(e *zipbuild.End) { e.LocatorOffset = 3 }),
			want: []place{{EndRecordAmbiguous, "", oneEnd64}}},
		{name: "locator without a record", archive: zipbuild.Archive{Comment: "", Prefix: append(make([]byte, 40),
			locatorSignature+"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00"...)},
			want: []place{{Malformed, "", 40}}, stopped: true, says: "no room"},

		{name: "record says it is longer", archive: editEnd64(func(e *zipbuild.End) { e.RecordSize64++ }),
			want: []place{{Malformed, "", oneEnd64}}, stopped: true, says: "45 bytes long, and there are 44"},
		{name: "record says it is shorter", archive: editEnd64(func(e *zipbuild.End) { e.RecordSize64-- }),
			want: []place{{Malformed, "", oneEnd64}}, stopped: true},
		{name: "record says it is huge",
			archive: editEnd64(func(e *zipbuild.End) { e.RecordSize64 = math.MaxUint64 }),
			want:    []place{{Malformed, "", oneEnd64}}, stopped: true},
		{name: "extensible data", archive: wide(func(a *zipbuild.Archive,
			_ *zipbuild.File) {
			a.Zip64Data = []byte("xyz")
		}), want: []place{{ExtraField, "", oneEnd64 + end64Len}}},
		{name: "extensible data that its length does not count",
			archive: wide(func(a *zipbuild.Archive, _ *zipbuild.File) {
				a.Zip64Data, a.EditEnd = []byte("xyz"), func(e *zipbuild.End) { e.RecordSize64 = end64Fixed }
			}), want: []place{{Malformed, "", oneEnd64}}, stopped: true},

		{name: "2^60 entries", archive: editEnd64(func(e *zipbuild.End) { e.Count64, e.OnDisk64 = 1<<60, 1<<60 }),
			want: end, stopped: true, says: "1152921504606846976 entries do not fit"},
		{name: "2^64-1 entries", archive: editEnd64(func(e *zipbuild.End) {
			e.Count64, e.OnDisk64 = math.MaxUint64,
				math.MaxUint64
		}), want: end, stopped: true},
		{name: "counts that are the same only when they are cut",
			archive: editEnd64(func(e *zipbuild.End) { e.Count64, e.OnDisk64 = 1<<63, 1<<64-1 }), want: end,
			stopped: true},
		{name: "size of 2^63", archive: editEnd64(func(e *zipbuild.End) { e.DirSize64 = 1 << 63 }), want: end,
			stopped: true},
		{name: "size of 2^64-1", archive: editEnd64(func(e *zipbuild.End) { e.DirSize64 = math.MaxUint64 }),
			want: end, stopped: true},
		{name: "offset of 2^63", archive: editEnd64(func(e *zipbuild.End) { e.DirOffset64 = 1 << 63 }), want: end,
			stopped: true},
		{name: "offset of 2^64-1", archive: editEnd64(func(e *zipbuild.End) { e.DirOffset64 = math.MaxUint64 }),
			want: end, stopped: true},
		{name: "size and offset whose sum wraps around", archive: editEnd64(func(e *zipbuild.End) {
			e.DirSize64,
				e.DirOffset64 = 1<<64-1, oneEnd64+1
		}), want: end, stopped: true},
		{name: "gap before the zip64 record",
			archive: wide(func(a *zipbuild.Archive, _ *zipbuild.File) { a.AfterDir = []byte("xx") }),
			want:    []place{{Gap, "", oneEnd64}}},
		{name: "longest comment", archive: wide(func(a *zipbuild.Archive,
			_ *zipbuild.File) {
			a.Comment = strings.Repeat("c", maxComment)
		})},
	})
}

// The parts that zipbuild always writes right.
func TestZip64RecordWithoutSignature(t *testing.T) {
	data := editEnd64(nil).Bytes()
	copy(data[oneEnd64:], "PK\x06\x05")
	r := scanAll(t, data)
	if diff := cmp.Diff([]place{{Malformed, "", oneLocator}}, r.places()); diff != "" || !Stopped(r.err) {
		t.Errorf("err = %v, findings (-want +got):\n%s", r.err, diff)
	}
}

// A second zip64 record, well formed, where the locator points, and another one where it must
// stand.
func TestTwoZip64Records(t *testing.T) {
	inner := zipbuild.Archive{Zip64: true}.Bytes()[:end64Len]
	a := one(func(a *zipbuild.Archive, f *zipbuild.File) {
		f.Data, a.Zip64 = inner, true
		a.EditEnd = func(e *zipbuild.End) { e.LocatorOffset = oneData }
	})
	r := scanAll(t, a.Bytes())
	if want := []place{{EndRecordAmbiguous, "", int64(oneData + end64Len + centralSize + 1)}}; !cmp.Equal(want,
		r.places()) || r.err != nil {
		t.Errorf("findings %+v, err %v", r.findings, r.err)
	}
}
