package zipbuild

import (
	"bytes"
	"compress/flate"
	"sync"
)

// A File is one entry to be. Its zero value with a Name is an empty stored file.
type File struct {
	Name   string
	Data   []byte
	Method uint16
	Raw    []byte // the compressed data, instead of what compressing Data gives
	Mode   uint32 // a Unix mode with its type bits; the entry is then made on Unix
	Extra  []byte // in both headers
	Bare   bool   // no extra field at all, even where Zip64 would add one

	Descriptor Descriptor
	Zip64      bool // sizes and offset in zip64 extra fields
	Hidden     bool // a local entry that the central directory does not list
	// 1 + the index of an earlier file whose local header this one points to; nothing is written
	// for it
	Shares int

	Before []byte // before the local header
	Slack  []byte // after the compressed data, counted in its size
	After  []byte // after the compressed data and the descriptor, in no length

	EditLocal      func(h *Header)
	EditCentral    func(h *Header)
	EditDescriptor func(h *Header) // CRC, CompressedSize and Size
}

// Descriptor is the shape of a data descriptor.
type Descriptor int

// The four shapes, and none.
const (
	NoDescriptor Descriptor = iota
	Plain32
	Signed32
	Plain64
	Signed64
)

// write appends local header, data and descriptor, and returns the central directory header.
func (f *File) write(w *bytes.Buffer, base int, earlier []Header) Header {
	w.Write(f.Before)
	h := f.header()
	h.Offset = uint64(w.Len() - base) //nolint:gosec // A length.
	raw := f.compressed()
	if f.Shares > 0 {
		h.Offset = earlier[f.Shares-1].Offset
	} else {
		local := h
		if f.Descriptor != NoDescriptor {
			local.CRC, local.CompressedSize, local.Size = 0, 0, 0
		}
		if f.EditLocal != nil {
			f.EditLocal(&local)
		}
		local.writeLocal(w)
		w.Write(raw)
		f.writeDescriptor(w, h)
		w.Write(f.After)
	}
	if f.EditCentral != nil {
		f.EditCentral(&h)
	}
	return h
}

// header returns what both headers say.
func (f *File) header() Header {
	h := Header{
		Creator: 20, Version: 20, Method: f.Method, Name: f.Name, Extra: f.Extra, CRC: CRC(f.Data),
		Size: uint64(len(f.Data)), CompressedSize: uint64(len(f.compressed())), Wide: f.Zip64 && !f.Bare,
	}
	//nolint:gosec // A date after 1980.
	h.Date = uint16((modified.Year()-1980)<<9 | int(modified.Month())<<5 | modified.Day())
	h.Time = uint16(modified.Hour()<<11 | modified.Minute()<<5 | modified.Second()/2) //nolint:gosec // A time of day.
	if f.Mode != 0 {
		h.Creator, h.External = 3<<8|20, f.Mode<<16
	}
	if f.Descriptor != NoDescriptor {
		h.Flags |= FlagDescriptor
	}
	for i := range len(f.Name) {
		if f.Name[i] >= 0x80 {
			h.Flags |= FlagUTF8
		}
	}
	return h
}

func (f *File) compressed() []byte {
	raw := f.Raw
	if raw == nil {
		raw = f.Data
		if f.Method == Deflate {
			raw = Deflated(f.Data)
		}
	}
	return append(bytes.Clone(raw), f.Slack...)
}

func (f *File) writeDescriptor(w *bytes.Buffer, h Header) {
	if f.Descriptor == NoDescriptor {
		return
	}
	if f.EditDescriptor != nil {
		f.EditDescriptor(&h)
	}
	if f.Descriptor == Signed32 || f.Descriptor == Signed64 {
		put(w, "PK\x07\x08")
	}
	put(w, h.CRC)
	if f.Descriptor == Plain64 || f.Descriptor == Signed64 {
		put(w, h.CompressedSize, h.Size)
	} else {
		put(w, uint32(h.CompressedSize), uint32(h.Size)) //nolint:gosec // A test that wants more asks for the wide shape.
	}
}

// deflaters holds compressors for Deflated: a new one costs far more than the few bytes of a case.
var deflaters = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, flate.DefaultCompression)
	if err != nil {
		panic(err) // The level is a constant of the package.
	}
	return w
}}

// Deflated compresses data.
func Deflated(data []byte) []byte {
	var b bytes.Buffer
	w, _ := deflaters.Get().(*flate.Writer)
	defer deflaters.Put(w)
	w.Reset(&b)
	if _, err := w.Write(data); err != nil {
		panic(err) // A bytes.Buffer takes everything.
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}
