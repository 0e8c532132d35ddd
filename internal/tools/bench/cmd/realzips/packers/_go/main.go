// Command gopackers writes the files below the working directory with Go libraries that nothing
// else here needs, in the modes that they have: gopackers OUT TREE. packers.sh makes a module of it
// with the versions that it pins.
package main

import (
	"compress/flate"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"

	updated "github.com/STARRY-S/zip"
	aes "github.com/alexmullins/zip"
	"github.com/go-shiori/go-epub"
	crypto "github.com/hillu/go-archive-zip-crypto"
	"github.com/jhoonb/archivex"
	fast "github.com/klauspost/compress/zip"
	"github.com/klauspost/compress/zstd"
	"github.com/mholt/archiver/v3"
	"github.com/pierrre/archivefile/zip"
	"github.com/saracen/fastzip"
	"github.com/tealeg/xlsx/v3"
	"github.com/xuri/excelize/v2"
	yeka "github.com/yeka/zip"
	"golang.org/x/mod/module"
	modzip "golang.org/x/mod/zip"
)

// A packer writes an archive in one mode; "" is the default one. Some write the same whatever the
// tree is.
type packer struct {
	name, mode string
	once       bool
	pack       func(to string) error
}

func main() {
	out, tree := os.Args[1], os.Args[2]
	for _, p := range packers {
		mode := tree
		switch {
		case p.mode != "" && tree == "default":
			mode = p.mode
		case p.mode != "":
			mode += "-" + p.mode
		}
		if p.once && tree != "default" {
			continue
		}
		to := filepath.Join(out, p.name+"--"+mode+".zip")
		_ = os.Remove(to)
		if err := p.pack(to); err != nil {
			fmt.Fprintf(os.Stderr, "gopackers: %s, %s: %v\n", p.name, mode, err)
			_ = os.Remove(to)
		}
	}
}

var packers = []packer{
	{"klauspost-zip", "", false, klauspost(fast.Deflate)},
	{"klauspost-zip", "stored", false, klauspost(fast.Store)},
	{"klauspost-zip", "zstd", false, klauspost(zstd.ZipMethodWinZip)},
	{"klauspost-zip", "zstd-pkware", true, klauspost(zstd.ZipMethodPKWare)},
	{"yeka-zip", "encrypted", false, func(to string) error { return yekaZip(to, yeka.StandardEncryption) }},
	{"yeka-zip", "aes", false, func(to string) error { return yekaZip(to, yeka.AES256Encryption) }},
	{"alexmullins-zip", "", false, func(to string) error {
		return write(to, func(f *os.File) (io.Closer, adder) {
			z := aes.NewWriter(f)
			return z, z.Create
		})
	}},
	{"alexmullins-zip", "aes", false, func(to string) error {
		return write(to, func(f *os.File) (io.Closer, adder) {
			z := aes.NewWriter(f)
			return z, func(name string) (io.Writer, error) { return z.Encrypt(name, "secret") }
		})
	}},
	{"hillu-zip-crypto", "encrypted", true, func(to string) error {
		return write(to, func(f *os.File) (io.Closer, adder) {
			z := crypto.NewWriter(f)
			return z, func(name string) (io.Writer, error) {
				return z.Encrypt(name, "secret", crypto.StandardEncryption)
			}
		})
	}},
	{"fastzip", "", false, fastZip(fast.Deflate)},
	{"fastzip", "stored", false, fastZip(fast.Store)},
	{"fastzip", "zstd", true, fastZip(zstd.ZipMethodWinZip)},
	{"starry-zip", "updated", false, starry},
	{"archivex", "", false, func(to string) error {
		z := new(archivex.ZipFile)
		if err := z.Create(to); err != nil {
			return err
		}
		if err := z.AddAll(".", false); err != nil {
			return err
		}
		return z.Close()
	}},
	{"archivefile", "", false, func(to string) error {
		dir, err := os.Getwd()
		if err != nil {
			return err
		}
		return zip.ArchiveFile(dir, to, nil)
	}},
	{"mholt-archiver-v3", "", false, archiverV3(archiver.Deflate)},
	{"mholt-archiver-v3", "stored", true, archiverV3(archiver.Store)},
	{"mholt-archiver-v3", "bzip2", true, archiverV3(archiver.BZIP2)},
	{"mholt-archiver-v3", "zstd", true, archiverV3(archiver.ZSTD)},
	{"mholt-archiver-v3", "xz", true, archiverV3(archiver.XZ)},
	{"mod-zip", "", true, func(to string) error {
		f, err := os.Create(to)
		if err != nil {
			return err
		}
		defer f.Close()
		return modzip.CreateFromDir(f, module.Version{Path: "example.test/m", Version: "v1.0.0"}, ".")
	}},
	{"excelize", "", true, func(to string) error {
		book := excelize.NewFile()
		if err := book.SetCellValue("Sheet1", "A1", "x"); err != nil {
			return err
		}
		return saveAs(to, "a.xlsx", book.SaveAs)
	}},
	{"tealeg-xlsx", "", true, func(to string) error {
		book := xlsx.NewFile()
		sheet, err := book.AddSheet("S")
		if err != nil {
			return err
		}
		sheet.AddRow().AddCell().SetString("x")
		return book.Save(to)
	}},
	{"go-epub", "", true, func(to string) error {
		book, err := epub.NewEpub("T")
		if err != nil {
			return err
		}
		if _, err := book.AddSection("<h1>x</h1>", "one", "", ""); err != nil {
			return err
		}
		return book.Write(to)
	}},
}

// An adder begins an entry.
type adder = func(name string) (io.Writer, error)

// write adds every file of the tree through one call of a library.
func write(to string, begin func(f *os.File) (io.Closer, adder)) error {
	f, err := os.Create(to)
	if err != nil {
		return err
	}
	defer f.Close()
	z, add := begin(f)
	if err := fs.WalkDir(os.DirFS("."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		w, err := add(name)
		if err != nil {
			return err
		}
		_, err = w.Write(data)
		return err
	}); err != nil {
		return err
	}
	return z.Close()
}

func klauspost(method uint16) func(to string) error {
	return func(to string) error {
		return write(to, func(f *os.File) (io.Closer, adder) {
			z := fast.NewWriter(f)
			z.RegisterCompressor(zstd.ZipMethodWinZip, zstd.ZipCompressor())
			z.RegisterCompressor(zstd.ZipMethodPKWare, zstd.ZipCompressor())
			return z, func(name string) (io.Writer, error) {
				h := &fast.FileHeader{Name: name, Method: method}
				if info, err := os.Stat(name); err == nil {
					h.Modified = info.ModTime()
				}
				return z.CreateHeader(h)
			}
		})
	}
}

func yekaZip(to string, how yeka.EncryptionMethod) error {
	return write(to, func(f *os.File) (io.Closer, adder) {
		z := yeka.NewWriter(f)
		return z, func(name string) (io.Writer, error) { return z.Encrypt(name, "secret", how) }
	})
}

func fastZip(method uint16) func(to string) error {
	return func(to string) error {
		f, err := os.Create(to)
		if err != nil {
			return err
		}
		defer f.Close()
		dir, err := os.Getwd()
		if err != nil {
			return err
		}
		a, err := fastzip.NewArchiver(f, dir, fastzip.WithArchiverMethod(method))
		if err != nil {
			return err
		}
		a.RegisterCompressor(zstd.ZipMethodWinZip, fastzip.ZstdCompressor(3))
		files := map[string]os.FileInfo{}
		if err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
			files[path] = info
			return err
		}); err != nil {
			return err
		}
		if err := a.Archive(context.Background(), files); err != nil {
			return err
		}
		return a.Close()
	}
}

// starry writes half of the files, and updates the archive with all.
func starry(to string) error {
	names, err := filepath.Glob("*.*")
	if err != nil {
		return err
	}
	sort.Strings(names)
	f, err := os.Create(to)
	if err != nil {
		return err
	}
	defer f.Close()
	z := updated.NewWriter(f)
	if w, err := z.Create(names[0]); err != nil {
		return err
	} else if _, err := w.Write([]byte("before")); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	u, err := updated.NewUpdater(f)
	if err != nil {
		return err
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		w, err := u.Append(name, updated.APPEND_MODE_OVERWRITE)
		if err != nil {
			return err
		}
		if _, err := w.Write(data); err != nil {
			return err
		}
	}
	return u.Close()
}

func archiverV3(method archiver.ZipCompressionMethod) func(to string) error {
	return func(to string) error {
		z := archiver.NewZip()
		z.FileMethod, z.CompressionLevel = method, flate.BestCompression
		names, err := filepath.Glob("*")
		if err != nil {
			return err
		}
		return z.Archive(names, to)
	}
}

// saveAs is for libraries that look at the extension.
func saveAs(to, name string, save func(name string, opts ...excelize.Options) error) error {
	dir, err := os.MkdirTemp("", "gopackers-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := save(filepath.Join(dir, name)); err != nil {
		return err
	}
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o600)
}
