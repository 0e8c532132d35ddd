package ziptest

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
)

// bombs are archives that break no rule and are stopped by a limit alone: each is honest about what
// it becomes.
func bombs() []recipe {
	bomb := func(name string, files func() []zipbuild.File) recipe {
		return recipe{"", name, func() []byte { return zipbuild.Archive{Files: files()}.Bytes() }}
	}
	return []recipe{
		bomb("many-entries", func() []zipbuild.File {
			return repeat(20_000, func(i int) zipbuild.File { return zipbuild.File{Name: "f" + strconv.Itoa(i)} })
		}),
		bomb("implied-directories", func() []zipbuild.File {
			return repeat(1000, func(i int) zipbuild.File {
				return zipbuild.File{Name: strconv.Itoa(i) + strings.Repeat("/d", 20) + "/f"}
			})
		}),
		bomb("deep", func() []zipbuild.File { return []zipbuild.File{{Name: strings.Repeat("d/", 1000) + "f"}} }),
		bomb("many-files-of-zeros", func() []zipbuild.File {
			zeros := make([]byte, 10<<20)
			raw, crc := zipbuild.Deflated(zeros), zipbuild.CRC(zeros)
			return repeat(110, func(i int) zipbuild.File {
				f := zipbuild.File{Name: "z" + strconv.Itoa(i), Method: zipbuild.Deflate, Raw: raw}
				both(func(h *zipbuild.Header) { h.Size, h.CRC = uint64(len(zeros)), crc })(&f)
				return f
			})
		}),
		bomb("one-file-of-zeros", func() []zipbuild.File {
			return []zipbuild.File{gigabyte("zeros", 1<<30+1)}
		}),
		bomb("one-file-of-zeros-zip64", func() []zipbuild.File {
			f := gigabyte("zeros", 1<<30+1)
			f.Zip64 = true
			return []zipbuild.File{f}
		}),
	}
}

// gigabyte returns an entry that declares the size and has as much compressed data as that takes at
// least.
func gigabyte(name string, size uint64) zipbuild.File {
	//nolint:gosec // A megabyte.
	f := zipbuild.File{Name: name, Method: zipbuild.Deflate, Raw: bytes.Repeat([]byte{0xed}, int(size/1032+1))}
	both(func(h *zipbuild.Header) { h.Size = size })(&f)
	return f
}

func repeat(n int, file func(i int) zipbuild.File) []zipbuild.File {
	files := make([]zipbuild.File, n)
	for i := range files {
		files[i] = file(i)
	}
	return files
}
