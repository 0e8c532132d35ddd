package zipscan

import (
	"bytes"
	"fmt"
	"testing"
)

// A field is the name and length of one field of a record.
type field struct {
	name string
	n    int
}

var (
	localFields = []field{
		{"signature", 4}, {"version", 2}, {"flags", 2}, {"method", 2}, {"time", 2}, {"date", 2}, {"crc", 4},
		{"compressed size", 4}, {"size", 4}, {"name length", 2}, {"extra length", 2},
	}
	centralFields = []field{
		{"signature", 4}, {"creator's version", 1}, {"creator's system", 1}, {"version", 1}, {"version's system", 1},
		{"flags", 2}, {"method", 2},
		{"time", 2}, {"date", 2}, {"crc", 4}, {"compressed size", 4}, {"size", 4}, {"name length", 2},
		{"extra length", 2},
		{"comment length", 2}, {"disk", 2}, {"internal attributes", 2}, {"external attributes", 4}, {"offset", 4},
	}
	end64Fields = []field{
		{"signature", 4}, {"record size", 8}, {"creator", 2}, {"version", 2}, {"disk", 4}, {"directory disk", 4},
		{"entries on disk", 8}, {"entries", 8}, {"directory size", 8}, {"directory offset", 8},
	}
	locatorFields = []field{{"signature", 4}, {"disk", 4}, {"offset", 8}, {"disks", 4}}
	endFields     = []field{
		{"signature", 4}, {"disk", 2}, {"directory disk", 2}, {"entries on disk", 2}, {"entries", 2},
		{"directory size", 4}, {"directory offset", 4}, {"comment length", 2},
	}
)

// A labeler says of each byte of a file which field it belongs to, in a way of its own: by the
// lengths that the format gives each record, not by what Scan reads.
type labeler struct {
	t      *testing.T
	data   []byte
	labels []string
}

// labelsOf returns the label of each byte of an honest archive.
func labelsOf(t *testing.T, data []byte, a *Archive) []string {
	l := &labeler{t, data, make([]string, len(data))}
	for i := range a.Entries {
		e := &a.Entries[i]
		at := l.record("local", int(e.HeaderOffset), localFields)
		l.extra("local", l.span("local.name", at, len(e.Name)), int(le16(data[e.HeaderOffset+28:])))
		l.descriptor(e, l.span("data", int(e.DataOffset), int(e.CompressedSize)))

		at = int(e.CentralOffset)
		nameLen, extraLen, commentLen := int(le16(data[at+28:])), int(le16(data[at+30:])), int(le16(data[at+32:]))
		at = l.span("central.name", l.record("central", at, centralFields), nameLen)
		l.span("central.comment", l.extra("central", at, extraLen), commentLen)
	}
	at := int(a.DirectoryOffset + a.DirectorySize)
	if bytes.HasPrefix(data[at:], []byte(end64Signature)) {
		at = l.record("locator", l.record("end64", at, end64Fields), locatorFields)
	}
	at = l.record("end", at, endFields)
	l.span("end.comment", at, len(data)-at)
	for i, label := range l.labels {
		if label == "" {
			t.Fatalf("byte %d has no label", i)
		}
	}
	return l.labels
}

// span labels n bytes and returns where they end.
func (l *labeler) span(label string, at, n int) int {
	for i := at; i < at+n; i++ {
		if l.labels[i] != "" {
			l.t.Fatalf("byte %d is %s and %s", i, l.labels[i], label)
		}
		l.labels[i] = label
	}
	return at + n
}

func (l *labeler) record(name string, at int, fields []field) int {
	for _, f := range fields {
		at = l.span(name+"."+f.name, at, f.n)
	}
	return at
}

// extra labels n bytes of extra fields.
func (l *labeler) extra(record string, at, n int) int {
	for end := at + n; at < end; {
		if bytes.Count(l.data[at:end], []byte{0}) == end-at {
			return l.span(record+".padding", at, end-at)
		}
		block := fmt.Sprintf("%s.extra %04x", record, le16(l.data[at:]))
		size := int(le16(l.data[at+2:]))
		at = l.span(block+" id", at, 2)
		at = l.span(block+" length", at, 2)
		at = l.span(block+" data", at, size)
	}
	return at
}

// descriptor labels what lies between the data of e and the next record.
func (l *labeler) descriptor(e *Entry, at int) {
	if e.Flags&flagDescriptor == 0 {
		return
	}
	n := 0
	for ; string(l.data[at+n:at+n+4]) != localSignature && string(l.data[at+n:at+n+4]) != centralSignature; n++ {
	}
	signed, width, ok := n%8 == 0, 4, n == 12 || n == 16 || n == 20 || n == 24
	if n >= 20 {
		width = 8
	}
	if !ok {
		l.t.Fatalf("a descriptor of %d bytes", n)
	}
	if signed {
		at = l.span("descriptor.signature", at, 4)
	}
	at = l.span("descriptor.crc", at, 4)
	at = l.span("descriptor.compressed size", at, width)
	l.span("descriptor.size", at, width)
}
