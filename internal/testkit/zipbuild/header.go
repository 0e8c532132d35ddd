package zipbuild

import (
	"bytes"
	"cmp"
)

// A Header is what a local or central header says. Sizes and offset are written as zip64 if Wide is
// set, else cut to 32 bits.
type Header struct {
	Creator, Version, Flags, Method uint16
	Time, Date                      uint16
	CRC                             uint32
	CompressedSize, Size, Offset    uint64
	Name, Comment                   string
	Extra                           []byte
	Disk, Internal                  uint16
	External                        uint32
	Wide                            bool
	Signature                       string // instead of the right one
	NameLen, ExtraLen               uint16 // instead of the right ones, if not 0
}

func (h *Header) writeLocal(w *bytes.Buffer) {
	compressed, size, extra := uint32(h.CompressedSize), uint32(h.Size), h.Extra //nolint:gosec // Cut on purpose.
	if h.Wide {
		compressed, size = 0xffffffff, 0xffffffff
		extra = append(Block(0x0001, h.Size, h.CompressedSize), extra...)
	}
	put(w, cmp.Or(h.Signature, "PK\x03\x04"), h.Version, h.Flags, h.Method, h.Time, h.Date, h.CRC, compressed, size,
		cmp.Or(h.NameLen, clamp16(len(h.Name))), cmp.Or(h.ExtraLen, clamp16(len(extra))), h.Name, extra)
}

func (h *Header) writeCentral(w *bytes.Buffer) {
	//nolint:gosec // Cut on purpose.
	compressed, size, offset, extra := uint32(h.CompressedSize), uint32(h.Size), uint32(h.Offset), h.Extra
	if h.Wide {
		compressed, size, offset = 0xffffffff, 0xffffffff, 0xffffffff
		extra = append(Block(0x0001, h.Size, h.CompressedSize, h.Offset), extra...)
	}
	put(w, cmp.Or(h.Signature, "PK\x01\x02"), h.Creator, h.Version, h.Flags, h.Method, h.Time, h.Date, h.CRC,
		compressed, size,
		cmp.Or(h.NameLen, clamp16(len(h.Name))), cmp.Or(h.ExtraLen, clamp16(len(extra))), clamp16(len(h.Comment)),
		h.Disk, h.Internal, h.External, offset,
		h.Name, extra, h.Comment)
}

// LocalHeader returns the bytes of a lone local header.
func LocalHeader(h Header) []byte {
	var b bytes.Buffer
	h.writeLocal(&b)
	return b.Bytes()
}

// CentralHeader returns the bytes of a lone central directory header.
func CentralHeader(h Header) []byte {
	var b bytes.Buffer
	h.writeCentral(&b)
	return b.Bytes()
}

// Block returns an extra field: the id, the length, and the values.
func Block(id uint16, values ...any) []byte {
	var body, b bytes.Buffer
	put(&body, values...)
	put(&b, id, clamp16(body.Len()), body.Bytes())
	return b.Bytes()
}
