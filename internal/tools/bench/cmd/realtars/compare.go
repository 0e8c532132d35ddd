package main

import (
	"archive/tar"
	"bufio"
	"compress/bzip2"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/safetar"
)

// An item is what both readers must say alike of an entry.
type item struct {
	name, link string
	kind       byte // of archive/tar
	sum        uint32
	size       int64
}

// compare reads an archive with safetar and with archive/tar.
func compare(ctx context.Context, path string) error {
	f, err := os.Open(path) //nolint:gosec // The directory is the caller's own.
	if err != nil {
		return err
	}
	defer f.Close()         //nolint:errcheck // Only read from.
	g, err := os.Open(path) //nolint:gosec // As above.
	if err != nil {
		return err
	}
	defer g.Close() //nolint:errcheck // As above.
	r, err := safetar.NewReader(ctx, f, generous, wide...)
	if err != nil {
		return err
	}
	defer r.Close() //nolint:errcheck // It has nothing to say.
	src, err := decompressed(g)
	if err != nil {
		return err
	}
	peer := tar.NewReader(src)
	for {
		ours, err := nextOurs(r)
		if errors.Is(err, limits.ErrRefused) {
			return nil // Of what SkipMacOS leaves out.
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		theirs, peerErr := nextTheirs(peer)
		if errors.Is(err, io.EOF) && errors.Is(peerErr, io.EOF) {
			return nil
		}
		if peerErr != nil && !errors.Is(peerErr, io.EOF) {
			return peerErr
		}
		if ours != theirs {
			return fmt.Errorf("two readings: %+v, and of archive/tar %+v", ours, theirs)
		}
	}
}

// decompressed is the tar within gzip or bzip2.
func decompressed(src io.Reader) (io.Reader, error) {
	b := bufio.NewReader(src)
	magic, err := b.Peek(3)
	if err != nil {
		return nil, err
	}
	switch {
	case magic[0] == 0x1f && magic[1] == 0x8b:
		return gzip.NewReader(b)
	case string(magic) == "BZh":
		return bzip2.NewReader(b), nil
	}
	return b, nil
}

func nextOurs(r *safetar.Reader) (item, error) {
	e, err := r.Next()
	if err != nil {
		return item{}, err
	}
	it := item{name: e.Name, link: e.Link, kind: tar.TypeReg}
	switch {
	case e.Dir:
		it.kind = tar.TypeDir
	case e.Mode.Type() == os.ModeSymlink:
		it.kind = tar.TypeSymlink
	case e.Link != "":
		it.kind = tar.TypeLink
	}
	return summed(it, r)
}

func nextTheirs(r *tar.Reader) (item, error) {
	for {
		h, err := r.Next()
		if err != nil {
			return item{}, err
		}
		it := item{name: h.Name, kind: h.Typeflag}
		switch h.Typeflag {
		case tar.TypeXGlobalHeader:
			continue
		case tar.TypeLink, tar.TypeSymlink:
			it.link = h.Linkname
		}
		return summed(it, r)
	}
}

// summed reads the data of an entry.
func summed(it item, r io.Reader) (item, error) {
	sum := crc32.NewIEEE()
	n, err := io.Copy(sum, r)
	it.size, it.sum = n, sum.Sum32()
	return it, err
}
