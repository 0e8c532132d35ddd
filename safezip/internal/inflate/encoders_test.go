package inflate

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/need"
)

// texts returns data of several kinds.
func texts() map[string][]byte {
	r := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("package func return if err != nil { } := the a of and to in is that for it as was with be " +
		"by on not")
	var prose strings.Builder
	for prose.Len() < 150_000 {
		prose.WriteString(words[r.IntN(len(words))])
		prose.WriteByte(" \n"[r.IntN(40)/39])
	}
	noise := make([]byte, 70_000)
	for i := range noise {
		noise[i] = byte(r.Uint32())
	}
	mixed := append(bytes.Clone(noise[:30_000]), prose.String()[:50_000]...)
	mixed = append(mixed, make([]byte, 100_000)...)
	mixed = append(mixed, mixed[:60_000]...)
	program, err := os.ReadFile(os.Args[0])
	if err != nil || len(program) < 200_000 {
		program = mixed
	}
	return map[string][]byte{
		"nothing": nil, "a byte": {'x'}, "prose": []byte(prose.String()), "noise": noise, "zeros": make([]byte, 200_000),
		"mixed": mixed, "program": program[:min(len(program), 200_000)],
		"pattern": bytes.Repeat([]byte("abcdefg"), 20_000),
	}
}

// same fails t unless raw is a stream of data.
func same(t *testing.T, name string, raw, data []byte) {
	t.Helper()
	d, b := New(), free(t)
	sources := pieces
	if len(raw) > 5000 {
		sources = nil
	}
	compare(t, d, b, append(bytes.Clone(raw), "trailer"...), sources...)
	d.Reset(b, bytes.NewReader(raw))
	if v := drain(d); v.err != nil || !bytes.Equal(v.out, data) || v.consumed != int64(len(raw)) {
		t.Errorf("%s: %d bytes from %d of %d, error %v; want %d bytes", name, len(v.out), v.consumed, len(raw), v.err,
			len(data))
	}
}

func TestCompressFlate(t *testing.T) {
	for name, data := range texts() {
		for _, level := range []int{-2, -1, 0, 1, 2, 5, 9} {
			same(t, fmt.Sprintf("%s, level %d", name, level), deflated(t, data, level), data)
		}
	}
}

const zlibScript = `
import sys, zlib, struct
data = sys.stdin.buffer.read()
for level in range(0, 10):
    for strategy in range(0, 5):
        for memory in (1, 8, 9):
            for window in (-9, -15):
                if strategy and (memory == 9 or level not in (1, 6, 9)):
                    continue
                c = zlib.compressobj(level, zlib.DEFLATED, window, memory, strategy)
                raw = c.compress(data[:len(data)//2]) + c.flush(zlib.Z_SYNC_FLUSH) + c.compress(data[len(data)//2:])
                if strategy == 0:
                    raw += c.flush(zlib.Z_FULL_FLUSH)
                raw += c.flush()
                sys.stdout.buffer.write(struct.pack("<I", len(raw)) + raw)
`

// TestZlib tries every level and strategy of zlib, with flushes within the stream.
func TestZlib(t *testing.T) {
	need.Program(t, "python3", "python3")
	for name, data := range texts() {
		data = data[:min(len(data), 20_000)]
		cmd := exec.Command("python3", "-c", zlibScript)
		cmd.Stdin = bytes.NewReader(data)
		streams, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; len(streams) > 0; i++ {
			n := int(streams[0]) | int(streams[1])<<8 | int(streams[2])<<16
			same(t, fmt.Sprintf("%s, stream %d", name, i), streams[4:4+n], data)
			streams = streams[4+n:]
		}
	}
}

// TestPrograms tries what programs write that look longer for a short stream.
func TestPrograms(t *testing.T) {
	for _, p := range []struct {
		program, debian string
		args            []string
		trailer         int // bytes after the deflate stream
	}{
		{"zopfli", "zopfli", []string{"-c", "--deflate", "--i1"}, 0},
		{"libdeflate-gzip", "libdeflate-tools", []string{"-c", "-1"}, 8},
		{"libdeflate-gzip", "libdeflate-tools", []string{"-c", "-6"}, 8},
		{"libdeflate-gzip", "libdeflate-tools", []string{"-c", "-12"}, 8},
		{"7z", "p7zip-full", []string{"a", "-tgzip", "-mx=1", "-so", "x"}, 8},
		{"7z", "p7zip-full", []string{"a", "-tgzip", "-mx=9", "-so", "x"}, 8},
		{"gzip", "gzip", []string{"-c", "-1"}, 8},
		{"gzip", "gzip", []string{"-c", "-9", "--rsyncable"}, 8},
	} {
		t.Run(p.program+" "+strings.Join(p.args, " "), func(t *testing.T) {
			need.Program(t, p.program, p.debian)
			for name, data := range texts() {
				if len(data) == 0 {
					continue // 7z makes no stream of it.
				}
				data = data[:min(len(data), 70_000)]
				file := filepath.Join(t.TempDir(), "data")
				if err := os.WriteFile(file, data, 0o600); err != nil {
					t.Fatal(err)
				}
				raw, err := exec.Command(p.program, append(p.args, file)...).Output()
				if err != nil {
					t.Fatal(err)
				}
				if p.trailer > 0 {
					raw = afterGzipHeader(t, raw)
					raw = raw[:len(raw)-p.trailer]
				}
				same(t, name, raw, data)
			}
		})
	}
}

// afterGzipHeader cuts the header of RFC 1952 off, which may hold a name.
func afterGzipHeader(t *testing.T, b []byte) []byte {
	t.Helper()
	rest := b[10:]
	if b[3]&8 != 0 {
		_, rest, _ = bytes.Cut(rest, []byte{0})
	}
	if b[3]&^8 != 0 {
		t.Fatalf("gzip flags %#x", b[3])
	}
	return rest
}
