package reliability

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/saferegex/regexset"
)

// large is the text that engines read: 32 MiB of one letter.
var large = sync.OnceValue(func() string { return strings.Repeat("a", 32<<20) })

// regexOperations run every method of Regexp on a text of 32 MiB, with a pattern for which no
// literal can be looked for.
func regexOperations() []operation {
	list := []operation{}
	each := func(name, pattern string, f func(ctx context.Context, re *saferegex.Regexp) error) {
		list = append(list, operation{name: "saferegex.Regexp." + name,
			slow: func(t *testing.T, ctx context.Context, lim limits.Limits) error {
				re, err := saferegex.Compile(t.Context(), pattern, lim)
				for try := 0; errors.Is(err, limits.ErrExceeded) && try < 50; try++ {
					re, err = saferegex.Compile(t.Context(), pattern, lim) // The machine is busy.
				}
				if err != nil {
					t.Fatal(err)
				}
				return f(ctx, re)
			}})
	}
	const whole, parts, nothing = "(a|aa)*c", "(a)", "(b*)"
	b := sync.OnceValue(func() []byte { return []byte(large()) })
	each("Match", whole, func(ctx context.Context, re *saferegex.Regexp) error {
		_, err := re.Match(ctx, b())
		return err
	})
	each("MatchString", whole, func(ctx context.Context, re *saferegex.Regexp) error {
		_, err := re.MatchString(ctx, large())
		return err
	})
	each("MatchReader", whole, func(ctx context.Context, re *saferegex.Regexp) error {
		_, err := re.MatchReader(ctx, strings.NewReader(large()))
		return err
	})
	each("FullMatch", whole, func(ctx context.Context, re *saferegex.Regexp) error {
		_, err := re.FullMatch(ctx, b())
		return err
	})
	each("FullMatchString", whole, func(ctx context.Context, re *saferegex.Regexp) error {
		_, err := re.FullMatchString(ctx, large())
		return err
	})
	each("Find", whole, func(ctx context.Context, re *saferegex.Regexp) error {
		_, err := re.Find(ctx, b())
		return err
	})
	each("FindString", whole, func(ctx context.Context, re *saferegex.Regexp) error {
		_, err := re.FindString(ctx, large())
		return err
	})
	each("FindIndex", whole, func(ctx context.Context, re *saferegex.Regexp) error {
		_, err := re.FindIndex(ctx, b())
		return err
	})
	each("FindStringIndex", whole, func(ctx context.Context, re *saferegex.Regexp) error {
		_, err := re.FindStringIndex(ctx, large())
		return err
	})
	each("FindSubmatch", whole, func(ctx context.Context, re *saferegex.Regexp) error {
		_, err := re.FindSubmatch(ctx, b())
		return err
	})
	each("FindStringSubmatch", whole, func(ctx context.Context, re *saferegex.Regexp) error {
		_, err := re.FindStringSubmatch(ctx, large())
		return err
	})
	each("FindSubmatchIndex", whole, func(ctx context.Context, re *saferegex.Regexp) error {
		_, err := re.FindSubmatchIndex(ctx, b())
		return err
	})
	each("FindStringSubmatchIndex", whole, func(ctx context.Context, re *saferegex.Regexp) error {
		_, err := re.FindStringSubmatchIndex(ctx, large())
		return err
	})
	each("FindReaderIndex", whole, func(ctx context.Context, re *saferegex.Regexp) error {
		_, err := re.FindReaderIndex(ctx, strings.NewReader(large()))
		return err
	})
	each("FindReaderSubmatchIndex", whole, func(ctx context.Context, re *saferegex.Regexp) error {
		_, err := re.FindReaderSubmatchIndex(ctx, strings.NewReader(large()))
		return err
	})
	// Matches of one letter, and empty ones at every letter.
	for _, pattern := range []string{parts, nothing} {
		each("FindAll", pattern, func(ctx context.Context, re *saferegex.Regexp) error {
			_, err := re.FindAll(ctx, b(), -1)
			return err
		})
		each("FindAllString", pattern, func(ctx context.Context, re *saferegex.Regexp) error {
			_, err := re.FindAllString(ctx, large(), -1)
			return err
		})
		each("FindAllIndex", pattern, func(ctx context.Context, re *saferegex.Regexp) error {
			_, err := re.FindAllIndex(ctx, b(), -1)
			return err
		})
		each("FindAllStringIndex", pattern, func(ctx context.Context, re *saferegex.Regexp) error {
			_, err := re.FindAllStringIndex(ctx, large(), -1)
			return err
		})
		each("FindAllSubmatch", pattern, func(ctx context.Context, re *saferegex.Regexp) error {
			_, err := re.FindAllSubmatch(ctx, b(), -1)
			return err
		})
		each("FindAllStringSubmatch", pattern, func(ctx context.Context, re *saferegex.Regexp) error {
			_, err := re.FindAllStringSubmatch(ctx, large(), -1)
			return err
		})
		each("FindAllSubmatchIndex", pattern, func(ctx context.Context, re *saferegex.Regexp) error {
			_, err := re.FindAllSubmatchIndex(ctx, b(), -1)
			return err
		})
		each("FindAllStringSubmatchIndex", pattern, func(ctx context.Context, re *saferegex.Regexp) error {
			_, err := re.FindAllStringSubmatchIndex(ctx, large(), -1)
			return err
		})
		each("ReplaceAll", pattern, func(ctx context.Context, re *saferegex.Regexp) error {
			_, err := re.ReplaceAll(ctx, b(), []byte("[$1]"))
			return err
		})
		each("ReplaceAllString", pattern, func(ctx context.Context, re *saferegex.Regexp) error {
			_, err := re.ReplaceAllString(ctx, large(), "[$1]")
			return err
		})
		each("ReplaceAllLiteral", pattern, func(ctx context.Context, re *saferegex.Regexp) error {
			_, err := re.ReplaceAllLiteral(ctx, b(), []byte("[$1]"))
			return err
		})
		each("ReplaceAllLiteralString", pattern, func(ctx context.Context, re *saferegex.Regexp) error {
			_, err := re.ReplaceAllLiteralString(ctx, large(), strings.Repeat("x", 1000))
			return err
		})
		each("ReplaceAllFunc", pattern, func(ctx context.Context, re *saferegex.Regexp) error {
			_, err := re.ReplaceAllFunc(ctx, b(), func([]byte) []byte { return []byte("longer") })
			return err
		})
		each("ReplaceAllStringFunc", pattern, func(ctx context.Context, re *saferegex.Regexp) error {
			_, err := re.ReplaceAllStringFunc(ctx, large(), func(string) string { return "longer" })
			return err
		})
		each("ReplaceAllSubmatchFunc", pattern, func(ctx context.Context, re *saferegex.Regexp) error {
			_, err := re.ReplaceAllSubmatchFunc(ctx, b(), func(saferegex.Match) ([]byte, error) {
				return []byte("longer"), nil
			})
			return err
		})
		each("ReplaceAllStringSubmatchFunc", pattern, func(ctx context.Context, re *saferegex.Regexp) error {
			_, err := re.ReplaceAllStringSubmatchFunc(ctx, large(), func(saferegex.Match) (string, error) {
				return "longer", nil
			})
			return err
		})
		each("Redact", pattern, func(ctx context.Context, re *saferegex.Regexp) error {
			_, err := re.Redact(ctx, io.Discard, strings.NewReader(large()), "[$1]", limits.KiB)
			return err
		})
		each("Split", pattern, func(ctx context.Context, re *saferegex.Regexp) error {
			_, err := re.Split(ctx, large(), -1)
			return err
		})
		each("Each", pattern, func(ctx context.Context, re *saferegex.Regexp) error {
			return re.Each(ctx, large(), func(saferegex.Match) error { return nil })
		})
	}
	template := sync.OnceValue(func() string { return strings.Repeat("$1", 1<<20) })
	each("Expand", parts, func(ctx context.Context, re *saferegex.Regexp) error {
		_, err := re.Expand(ctx, nil, []byte(template()), b()[:1000], []int{0, 1000, 0, 1000})
		return err
	})
	each("ExpandString", parts, func(ctx context.Context, re *saferegex.Regexp) error {
		_, err := re.ExpandString(ctx, nil, template(), large()[:1000], []int{0, 1000, 0, 1000})
		return err
	})
	return append(list, setOperations()...)
}

func setOperations() []operation {
	words := sync.OnceValue(func() []string {
		var list []string
		for i := range 5000 {
			list = append(list, fmt.Sprintf("word%dx", i))
		}
		return append(list, "(a|aa)*c", "(a)")
	})
	set := func(f func(ctx context.Context, s *regexset.Set) error,
	) func(*testing.T, context.Context, limits.Limits) error {
		return func(t *testing.T, ctx context.Context, lim limits.Limits) error {
			s, err := regexset.Compile(t.Context(), words()[4990:], lim)
			for try := 0; errors.Is(err, limits.ErrExceeded) && try < 50; try++ {
				s, err = regexset.Compile(t.Context(), words()[4990:], lim) // The machine is busy.
			}
			if err != nil {
				t.Fatal(err)
			}
			return f(ctx, s)
		}
	}
	return []operation{
		{name: "regexset.Compile", slow: func(_ *testing.T, ctx context.Context, lim limits.Limits) error {
			_, err := regexset.Compile(ctx, words(), lim)
			return err
		}},
		{name: "regexset.Set.Match", slow: set(func(ctx context.Context, s *regexset.Set) error {
			_, err := s.Match(ctx, large())
			return err
		})},
		{name: "regexset.Set.First", slow: set(func(ctx context.Context, s *regexset.Set) error {
			_, _, err := s.First(ctx, large()[1:]+"b")
			return err
		})},
		{name: "regexset.Set.Redact", slow: set(func(ctx context.Context, s *regexset.Set) error {
			_, err := s.Redact(ctx, io.Discard, strings.NewReader(large()), "x", limits.GiB)
			return err
		})},
		{name: "regexset.Set.Each", slow: set(func(ctx context.Context, s *regexset.Set) error {
			return s.Each(ctx, large(), func(regexset.SetMatch) error { return nil })
		})},
	}
}
