package options

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
)

// registered is a probe whose outcome is the key of a name, or the first rule that it breaks.
func registered(without, with, name string, o unicodeid.Option, always ...unicodeid.Option) probe {
	return probe{without: without, with: with, run: func(t *testing.T, yes bool) string {
		p, err := unicodeid.New(limits.Limits{InputBytes: limits.KiB, Items: 100}, given(yes, o, always...)...)
		if err != nil {
			t.Fatal(err)
		}
		n, err := p.Register(t.Context(), name)
		if refused, ok := errors.AsType[*unicodeid.Error](err); ok {
			return string(refused.Problems[0].Rule)
		}
		if err == nil && n.Key().IsZero() {
			return "no key"
		}
		return outcome(err, n.Key().Text())
	}}
}

func nameProbes() map[string]probe {
	words := func() *unicodeid.Words {
		list, err := unicodeid.ParseWords(context.Background(), strings.NewReader("listed\n"),
			limits.Limits{InputBytes: limits.KiB, Items: 10, Time: time.Minute})
		if err != nil {
			panic(err)
		}
		return list
	}
	return map[string]probe{
		"unicodeid.Reserved": registered("adminxy", "reserved", "adminxy", unicodeid.Reserved("adminxy")),
		"unicodeid.Blocked":  registered("superbadword", "blocked", "superbadword", unicodeid.Blocked("badword")),
		"unicodeid.Exact":    registered("adminxy", "reserved", "adminxy", unicodeid.Exact("adminxy")),
		"unicodeid.Except": registered("reserved", "adminxy", "adminxy", unicodeid.Except("adminxy"),
			unicodeid.Reserved("adminxy")),
		"unicodeid.WordList":        registered("listed", "reserved", "listed", unicodeid.WordList(words)),
		"unicodeid.AllowEmoji":      registered("restricted-character", "abc😀", "abc😀", unicodeid.AllowEmoji()),
		"unicodeid.AllowAuxiliary":  registered("restricted-character", "вѣра", "вѣра", unicodeid.AllowAuxiliary()),
		"unicodeid.EdgePunctuation": registered("punctuation", "_abc", "_abc", unicodeid.EdgePunctuation()),
		"unicodeid.DisplayName":     registered("inner-space", "no key", "Ada Lovelace", unicodeid.DisplayName()),
		"unicodeid.AllowInnerSpace": registered("inner-space", "ada lovelace", "ada lovelace", unicodeid.AllowInnerSpace()),
		"unicodeid.AllowScripts":    registered("restricted-character", "ᏣᎳᎩ", "ᏣᎳᎩ", unicodeid.AllowScripts("Cher")),
		"unicodeid.Punctuation":     registered("restricted-character", "a+bc", "a+bc", unicodeid.Punctuation("+")),
		"unicodeid.Graphemes":       registered("abcdef", "too-long", "abcdef", unicodeid.Graphemes(5)),
		"unicodeid.MinGraphemes":    registered("abcdef", "too-short", "abcdef", unicodeid.MinGraphemes(7)),
	}
}
