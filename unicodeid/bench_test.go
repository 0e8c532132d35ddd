package unicodeid_test

import (
	"context"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
)

// usual is what a service would set.
var usual = limits.Limits{InputBytes: 255, Items: 64}

func profile(tb testing.TB, opts ...unicodeid.Option) *unicodeid.Profile {
	tb.Helper()
	p, err := unicodeid.New(usual, opts...)
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

func BenchmarkLookup(b *testing.B) {
	p := profile(b)
	for _, c := range []struct{ name, raw string }{
		{"ascii8", "username"}, {"mixedCase8", "UserName"}, {"cyrillic8", "владимир"}, {"cyrillicMixed8", "Владимир"},
		{"vietnameseNFD", "nguye\u0302\u0303n"}, {"hangul", "김철수영희"}, {"arabic", "محمدعلي"},
		{"worstFold", strings.Repeat("\u1f82", 16)}, {"worstMarks", "a" + strings.Repeat("\u0345\u0323\u0301", 21)},
		{"worstCompat", strings.Repeat("\ufdfa", 3)},
		{"worstAlternating", strings.Repeat("\u1e9b\u0323", 32)}, {"oversized", strings.Repeat("x", 1000)},
	} {
		b.Run(c.name, func(b *testing.B) {
			ctx := context.Background()
			b.ReportAllocs()
			for b.Loop() {
				_, _ = p.Lookup(ctx, c.raw)
			}
		})
	}
}

func BenchmarkRegister(b *testing.B) {
	p := profile(b)
	words := profile(b, unicodeid.Reserved("admin", "root", "support"), unicodeid.Blocked("phrase"))
	for _, c := range []struct {
		name, raw string
		p         *unicodeid.Profile
	}{
		{"ascii8", "username", p}, {"mixedCase8", "UserName", p}, {"cyrillic8", "владимир", p},
		{"vietnamese", "Nguyễn", p}, {"han", "王小明", p},
		{"ascii8Words", "username", words}, {"cyrillic8Words", "владимир", words}, {"refused", "user\u200bname", p},
		{"oversized", strings.Repeat("x", 1000), p},
	} {
		b.Run(c.name, func(b *testing.B) {
			ctx := context.Background()
			b.ReportAllocs()
			for b.Loop() {
				_, _ = c.p.Register(ctx, c.raw)
			}
		})
	}
}
