package swap

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix" //nolint:depguard // The standard library does not have this system call.

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

var (
	exchanges = flag.Int64("exchanges", 0, "have a process exchange directories until it has done so this often")
	attack    = flag.String("attack", "", "be that process, and attack this directory")
)

const directories = 4 // of the archive, all in its root

var generous = limits.Limits{OutputBytes: 16 * limits.MiB, Items: 10_000, Time: time.Minute}

// archive holds files of several directories in turn, so that each directory is used all the time.
var archive = func() []byte {
	var files []zipbuild.File
	for i := range 60 {
		files = append(files, zipbuild.File{Name: fmt.Sprintf("d%d/f%d", i%directories, i), Data: []byte("x")})
	}
	return zipbuild.Archive{Files: files}.Bytes()
}()

// A target is one way to unpack into round/out, and where its directories are meanwhile.
type target struct {
	name   string
	where  string // pattern of the directory that holds d0 to d3
	unpack func(ctx context.Context, out string, src io.ReaderAt) error
}

var naive = target{"plain loop", "out", func(_ context.Context, out string, src io.ReaderAt) error {
	return unpackNaively(out, src)
}}

var targets = []target{
	{"Extract", ".out.safezip-*/tree", func(ctx context.Context, out string, src io.ReaderAt) error {
		_, err := safezip.Extract(ctx, out, src, int64(len(archive)), generous)
		return err
	}},
	{"Extract, times kept", ".out.safezip-*/tree", func(ctx context.Context, out string, src io.ReaderAt) error {
		_, err := safezip.Extract(ctx, out, src, int64(len(archive)), generous, safezip.KeepTimes())
		return err
	}},
	{"ExtractRoot", "out", func(ctx context.Context, out string, src io.ReaderAt) error {
		if err := os.Mkdir(out, 0o750); err != nil {
			return err
		}
		root, err := os.OpenRoot(out)
		if err != nil {
			return err
		}
		defer root.Close()
		_, err = safezip.ExtractRoot(ctx, root, src, int64(len(archive)), generous)
		return err
	}},
}

// A ground is a directory in which rounds are fought: round for what is unpacked, and victim for
// what must stay as it is.
type ground struct {
	t    *testing.T
	base string
}

func (g ground) path(elem ...string) string {
	return filepath.Join(append([]string{g.base}, elem...)...)
}

// round unpacks once and reports whether the victim has been touched.
func (g ground) round(x target, src io.ReaderAt) bool {
	g.t.Helper()
	// The attacker goes on while the last round is cleared away.
	for os.RemoveAll(g.path("round")) != nil || os.RemoveAll(g.path("victim")) != nil {
	}
	if err := errors.Join(os.MkdirAll(g.path("victim"), 0o750),
		os.WriteFile(g.path("victim", "f0"), []byte("ours"), 0o600),
		os.MkdirAll(g.path("round", "links"), 0o750)); err != nil {
		g.t.Fatal(err)
	}
	for i := range directories {
		if err := os.Symlink(g.path("victim"), g.path("round", "links", "d"+strconv.Itoa(i))); err != nil {
			g.t.Fatal(err)
		}
	}
	// An error is as good as success: only what it has written counts.
	_ = x.unpack(g.t.Context(), g.path("round", "out"), src)
	entries, err := os.ReadDir(g.path("victim"))
	if err != nil {
		g.t.Fatal(err)
	}
	text, err := os.ReadFile(g.path("victim", "f0"))
	return len(entries) != 1 || err != nil || string(text) != "ours"
}

// exchange has directories and links change places, and returns how many have. The pair that was
// exchanged before goes back.
func (g ground) exchange(where string) int {
	n := 0
	tops, _ := filepath.Glob(g.path("round", where))
	for _, top := range tops {
		for i := range directories {
			d := "d" + strconv.Itoa(i)
			if unix.Renameat2(unix.AT_FDCWD, filepath.Join(top, d), unix.AT_FDCWD, g.path("round", "links", d),
				unix.RENAME_EXCHANGE) == nil {
				n++
			}
		}
	}
	return n
}

// exchanging is a source of which some reads, by the numbers of a seed, exchange first.
type exchanging struct {
	g    ground
	x    target
	rng  *rand.Rand
	mu   sync.Mutex
	done int
}

func (e *exchanging) ReadAt(p []byte, at int64) (int, error) {
	e.mu.Lock()
	if e.rng.IntN(3) == 0 {
		e.done += e.g.exchange(e.x.where)
	}
	e.mu.Unlock()
	return bytes.NewReader(archive).ReadAt(p, at)
}

// TestExchangeWhileReading waits for nothing, so that a busy machine changes nothing.
func TestExchangeWhileReading(t *testing.T) {
	g := ground{t, t.TempDir()}
	const rounds = 5
	run := func(x target) (beaten, done int) {
		for seed := range uint64(rounds) {
			src := &exchanging{g: g, x: x, rng: rand.New(rand.NewPCG(1, seed))}
			if g.round(x, src) {
				beaten++
			}
			done += src.done
		}
		t.Logf("%s: beaten in %d of %d rounds, %d exchanges", x.name, beaten, rounds, done)
		return beaten, done
	}
	if beaten, _ := run(naive); beaten == 0 {
		t.Error("the attack does not work on the plain loop: it shows nothing")
	}
	for _, x := range targets {
		if beaten, done := run(x); beaten > 0 || done == 0 {
			t.Errorf("%s wrote through a link in %d rounds, with %d exchanges", x.name, beaten, done)
		}
	}
}

// TestExchangeAllTheTime has a process exchange directories as fast as it can.
func TestExchangeAllTheTime(t *testing.T) {
	if *attack != "" {
		attackForEver(ground{t, *attack})
		return
	}
	if *exchanges == 0 {
		t.Log("only with -exchanges: how often it hits depends on the machine")
		return
	}
	g := ground{t, t.TempDir()}
	attacker := begin(t, g.base)
	src := bytes.NewReader(archive)
	beaten, rounds := 0, 0
	for ; rounds < 100 || attacker.done.Load() < *exchanges || beaten == 0; rounds++ {
		if g.round(naive, src) {
			beaten++
		}
		for _, x := range targets {
			if g.round(x, src) {
				t.Fatalf("%s wrote through a link in round %d", x.name, rounds)
			}
		}
		if rounds >= 100 && beaten == 0 && attacker.done.Load() > 10**exchanges {
			t.Fatalf("the attack never worked on the plain loop in %d rounds: it shows nothing", rounds)
		}
	}
	t.Logf("%d rounds, %d exchanges: the plain loop was beaten in %d rounds, %d ways of safezip in 0", rounds,
		attacker.done.Load(), beaten, len(targets))
}

// unpackNaively is what the documentation of archive/zip leads to.
func unpackNaively(dir string, src io.ReaderAt) error {
	r, err := zip.NewReader(src, int64(len(archive)))
	if err != nil {
		return err
	}
	for _, f := range r.File {
		name := filepath.Join(dir, f.Name)
		if err := os.MkdirAll(filepath.Dir(name), 0o750); err != nil {
			return err
		}
		src, err := f.Open()
		if err != nil {
			return err
		}
		var data strings.Builder
		if _, err := io.Copy(&data, src); err != nil { //nolint:gosec // The archive is ours.
			return err
		}
		if err := errors.Join(src.Close(), os.WriteFile(name, []byte(data.String()), 0o600)); err != nil {
			return err
		}
	}
	return nil
}
