package limits_test

import (
	"bufio"
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
)

// sources are the ways in which a source may hand out its bytes.
var sources = map[string]func(string) io.Reader{
	"strings.Reader":   func(s string) io.Reader { return strings.NewReader(s) },
	"bufio":            func(s string) io.Reader { return bufio.NewReader(strings.NewReader(s)) },
	"byte by byte":     func(s string) io.Reader { return iotest.OneByteReader(strings.NewReader(s)) },
	"halves":           func(s string) io.Reader { return iotest.HalfReader(strings.NewReader(s)) },
	"end with data":    func(s string) io.Reader { return iotest.DataErrReader(strings.NewReader(s)) },
	"nothing at times": func(s string) io.Reader { return &hesitant{src: strings.NewReader(s)} },
}

// hesitant returns 0, nil before each byte.
type hesitant struct {
	src  io.Reader
	turn bool
}

func (h *hesitant) Read(p []byte) (int, error) {
	if h.turn = !h.turn; h.turn || len(p) == 0 {
		return 0, nil
	}
	return h.src.Read(p[:1])
}

func TestReaderAtTheLimit(t *testing.T) {
	const n = 1000
	for name, source := range sources {
		for _, r := range []limits.Resource{limits.InputBytes, limits.OutputBytes} {
			for _, length := range []int{0, 1, n - 1, n, n + 1, n + 2, 10 * n} {
				t.Run(fmt.Sprintf("%s/%v/%d", name, r, length), func(t *testing.T) {
					data := strings.Repeat("0123456789", n)[:length]
					b := start(t, t.Context(), with(limits.Limits{}, r, n))
					got, err := io.ReadAll(b.Reader(r, source(data)))
					if diff := cmp.Diff(data[:min(n, length)], string(got)); diff != "" {
						t.Error(diff)
					}
					if length <= n {
						if err != nil {
							t.Errorf("%d of %d bytes: %v", length, n, err)
						}
						if used := b.Usage().Of(r); used != int64(length) {
							t.Errorf("charged %d, want %d", used, length)
						}
						return
					}
					wantExceeded(t, err, limits.ExceededError{Op: "op", Resource: r, Limit: n, Used: n + 1})
					if errors.Is(err, io.EOF) {
						t.Error("the refusal matches io.EOF")
					}
					if used := b.Usage().Of(r); used != n {
						t.Errorf("charged %d, want %d", used, n)
					}
				})
			}
		}
	}
}

func TestReadByteAtTheLimit(t *testing.T) {
	for _, length := range []int{0, 9, 10, 11} {
		b := start(t, t.Context(), limits.Limits{InputBytes: 10})
		src, ok := b.Reader(limits.InputBytes, strings.NewReader("0123456789x"[:length])).(io.ByteReader)
		if !ok {
			t.Fatal("a source with ReadByte has lost it")
		}
		var got []byte
		var err error
		for {
			var c byte
			if c, err = src.ReadByte(); err != nil {
				break
			}
			got = append(got, c)
		}
		if want := "0123456789x"[:min(length, 10)]; string(got) != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if length <= 10 {
			if !identical(err, io.EOF) {
				t.Errorf("%d bytes: %v, want io.EOF", length, err)
			}
			continue
		}
		wantExceeded(t, err, limits.ExceededError{Op: "op", Resource: limits.InputBytes, Limit: 10, Used: 11})
		if _, again := src.ReadByte(); !identical(again, err) {
			t.Errorf("afterwards %v, want %v", again, err)
		}
	}
}

// TestReaderHidesNothingElse holds the streams to the methods that are metered.
func TestReaderHidesNothingElse(t *testing.T) {
	b := start(t, t.Context(), full)
	methods := func(v any) []string {
		var names []string
		for m := range reflect.TypeOf(v).Methods() {
			names = append(names, m.Name)
		}
		return names
	}
	for _, tc := range []struct {
		stream any
		want   []string
	}{
		{b.Reader(limits.InputBytes, strings.NewReader("")), []string{"Read", "ReadByte"}},
		{b.Reader(limits.InputBytes, bufio.NewReader(nil)), []string{"Read", "ReadByte"}},
		{b.Reader(limits.InputBytes, zeros{}), []string{"Read"}},
		{b.Writer(limits.OutputBytes, new(bytes.Buffer)), []string{"Write"}},
	} {
		if diff := cmp.Diff(tc.want, methods(tc.stream)); diff != "" {
			t.Error(diff)
		}
	}
}

func TestReaderSharesTheBudget(t *testing.T) {
	b := start(t, t.Context(), limits.Limits{InputBytes: 10})
	first, second := b.Reader(limits.InputBytes, strings.NewReader("abcdef")), b.Reader(limits.InputBytes,
		strings.NewReader("ghijkl"))
	if got, err := io.ReadAll(first); err != nil || string(got) != "abcdef" {
		t.Fatalf("%q, %v", got, err)
	}
	got, err := io.ReadAll(second)
	if string(got) != "ghij" {
		t.Errorf("the second source gave %q, want what is left", got)
	}
	wantKinds(t, err, "refused exceeded")
	if _, err := first.Read(make([]byte, 1)); err == nil || errors.Is(err, io.EOF) {
		t.Errorf("the first source gives %v after the refusal", err)
	}
}

// greedy is a source that spends from the budget while it is read, as another goroutine might.
type greedy struct {
	b *limits.Budget
	n int64
}

func (g greedy) Read(p []byte) (int, error) {
	if err := g.b.Spend(limits.InputBytes, g.n); err != nil {
		return 0, err
	}
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestReaderKeepsBackWhatItCannotCharge(t *testing.T) {
	b := start(t, t.Context(), limits.Limits{InputBytes: 10})
	p := make([]byte, 8)
	n, err := b.Reader(limits.InputBytes, greedy{b, 5}).Read(p)
	if n != 0 {
		t.Errorf("%d bytes were handed on without being charged", n)
	}
	wantKinds(t, err, "refused exceeded")
	if !bytes.Equal(p, make([]byte, 8)) {
		t.Errorf("refused bytes are left in the caller's buffer: %q", p)
	}
}

func TestStreamsStopWithTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	b := start(t, ctx, full)
	src, dst := b.Reader(limits.InputBytes, strings.NewReader("abc")), b.Writer(limits.OutputBytes, io.Discard)
	one, ok := src.(io.ByteReader)
	if !ok {
		t.Fatal("no ReadByte")
	}
	cancel()
	_, err := src.Read(make([]byte, 1))
	wantKinds(t, err, "canceled")
	_, err = one.ReadByte()
	wantKinds(t, err, "canceled")
	_, err = dst.Write([]byte("a"))
	wantKinds(t, err, "canceled")
}

func TestStreamsOfWrongResources(t *testing.T) {
	for _, r := range []limits.Resource{0, limits.Depth, limits.MemoryBytes, limits.Time, 255} {
		src := strings.NewReader("abc")
		_, err := start(t, t.Context(), full).Reader(r, src).Read(make([]byte, 1))
		wantKinds(t, err, "config")
		if src.Len() != 3 {
			t.Errorf("%v: the source was read", r)
		}
		var dst bytes.Buffer
		_, err = start(t, t.Context(), full).Writer(r, &dst).Write([]byte("a"))
		wantKinds(t, err, "config")
		if dst.Len() != 0 {
			t.Errorf("%v: something was written", r)
		}
	}
	_, err := start(t, t.Context(), limits.Limits{Time: full.Time}).Reader(limits.InputBytes,
		strings.NewReader("abc")).Read(make([]byte, 1))
	wantKinds(t, err, "config unset")
	_, err = start(t, t.Context(), full).Reader(limits.InputBytes, nil).Read(make([]byte, 1))
	wantKinds(t, err, "config")
	_, err = start(t, t.Context(), full).Writer(limits.OutputBytes, nil).Write([]byte("a"))
	wantKinds(t, err, "config")
}

// liar is a source and a destination that counts wrongly.
type liar int

func (l liar) Read([]byte) (int, error)  { return int(l), nil }
func (l liar) Write([]byte) (int, error) { return int(l), nil }

func TestStreamsThatCountWrongly(t *testing.T) {
	for _, n := range []liar{-1, 5, 1 << 30} {
		b := start(t, t.Context(), full)
		if got, err := b.Reader(limits.InputBytes, n).Read(make([]byte, 4)); got != 0 || err == nil ||
			kindsOf(err) != "" {
			t.Errorf("Read of %d: %d, %v", n, got, err)
		}
		if got, err := b.Writer(limits.OutputBytes, n).Write(make([]byte, 4)); got != 0 || err == nil ||
			kindsOf(err) != "" {
			t.Errorf("Write of %d: %d, %v", n, got, err)
		}
	}
	b := start(t, t.Context(), full)
	if got, err := b.Writer(limits.OutputBytes, liar(3)).Write(make([]byte, 4)); got != 3 ||
		!errors.Is(err, io.ErrShortWrite) {
		t.Errorf("a short Write: %d, %v", got, err)
	}
}

func TestStreamsPassErrorsOn(t *testing.T) {
	broken := errors.New("broken")
	b := start(t, t.Context(), full)
	if _, err := b.Reader(limits.InputBytes, iotest.ErrReader(broken)).Read(make([]byte, 1)); !identical(err, broken) {
		t.Errorf("Read: %v", err)
	}
	read, write := io.Pipe()
	read.CloseWithError(broken)
	if _, err := b.Writer(limits.OutputBytes, write).Write([]byte("a")); !identical(err, broken) {
		t.Errorf("Write: %v", err)
	}
	if n, err := b.Reader(limits.InputBytes, zeros{}).Read(nil); n != 0 || err != nil {
		t.Errorf("Read of nothing: %d, %v", n, err)
	}
	if err := b.Err(); err != nil {
		t.Errorf("an error of the environment has ended the operation: %v", err)
	}
}

func TestWriterIsAllOrNothing(t *testing.T) {
	var dst bytes.Buffer
	b := start(t, t.Context(), limits.Limits{OutputBytes: 10})
	w := b.Writer(limits.OutputBytes, &dst)
	for _, p := range []string{"", "abc", "defghij"} {
		if n, err := w.Write([]byte(p)); n != len(p) || err != nil {
			t.Fatalf("Write(%q) = %d, %v", p, n, err)
		}
	}
	n, err := w.Write([]byte("k"))
	if n != 0 || dst.String() != "abcdefghij" {
		t.Errorf("%d bytes of a refused Write, the destination holds %q", n, dst.String())
	}
	wantExceeded(t, err, limits.ExceededError{Op: "op", Resource: limits.OutputBytes, Limit: 10, Used: 11})

	dst.Reset()
	b = start(t, t.Context(), limits.Limits{OutputBytes: 10})
	n, err = b.Writer(limits.OutputBytes, &dst).Write(make([]byte, 11))
	if n != 0 || dst.Len() != 0 {
		t.Errorf("%d bytes of a refused Write, %d have reached the destination", n, dst.Len())
	}
	wantKinds(t, err, "refused exceeded")
}

func TestReaderUnderAnEnvelope(t *testing.T) {
	ctx, cancel, err := limits.With(t.Context(), limits.Limits{OutputBytes: 6})
	if err != nil {
		t.Fatal(err)
	}
	defer cancel()
	b := start(t, ctx, limits.Limits{OutputBytes: 100})
	got, err := io.ReadAll(b.Reader(limits.OutputBytes, strings.NewReader("12345")))
	if string(got) != "12345" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	got, err = io.ReadAll(b.Reader(limits.OutputBytes, strings.NewReader("6789")))
	if string(got) != "6" {
		t.Errorf("got %q, want what is left in the envelope", got)
	}
	wantExceeded(t, err, limits.ExceededError{Op: "op", Resource: limits.OutputBytes, Limit: 6, Used: 7,
		Envelope: true})
}

// TestBomb inflates a megabyte of zeros, a thousandth of its size, under a smaller limit.
func TestBomb(t *testing.T) {
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.CopyN(w, zeros{}, 1<<20); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	b := start(t, t.Context(), limits.Limits{InputBytes: limits.MiB, OutputBytes: 100 * limits.KiB})
	n, err := io.Copy(io.Discard, b.Reader(limits.OutputBytes, flate.NewReader(b.Reader(limits.InputBytes, &packed))))
	if n != 100<<10 {
		t.Errorf("%d bytes came out", n)
	}
	wantKinds(t, err, "refused exceeded")
}
