package saferegex_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
)

// A person's own search pattern, as it comes from a request. It may be hostile: each refusal is an
// answer for the person.
func ExampleCompile_search() {
	ctx := context.Background()
	lim := limits.Limits{InputBytes: limits.MiB, Time: 50 * time.Millisecond}
	notes := []string{"call Ann", "buy milk", "call Bob"}
	for _, pattern := range []string{`^call \w+`, `(?=a)b`, `((a{100}){100}){100}`} {
		re, err := saferegex.Compile(ctx, pattern, lim, saferegex.CaseInsensitive())
		if err != nil {
			if syntax, ok := errors.AsType[*saferegex.SyntaxError](err); ok {
				fmt.Println("not a pattern, at", syntax.Offset, "-", syntax.Construct)
			} else {
				fmt.Println("refused:", errors.Is(err, limits.ErrRefused))
			}
			continue
		}
		for _, note := range notes {
			if found, err := re.MatchString(ctx, note); err == nil && found {
				fmt.Println(note)
			}
		}
	}
	// Output:
	// call Ann
	// call Bob
	// not a pattern, at 0 - look-ahead
	// refused: true
}

// A form field whose pattern stands in a configuration. A pattern that is wrong is found when the
// configuration is read.
func ExamplePattern() {
	var config struct {
		Postcode saferegex.Pattern
	}
	if err := json.Unmarshal([]byte(`{"Postcode": "[0-9]{5}"}`), &config); err != nil {
		fmt.Println(err)
	}
	ctx := context.Background()
	re, err := config.Postcode.Compile(ctx, limits.Limits{InputBytes: 100, Time: time.Second})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, value := range []string{"10115", "10115; DROP TABLE"} {
		ok, err := re.FullMatchString(ctx, value)
		fmt.Println(value, ok, err)
	}
	fmt.Println(json.Unmarshal([]byte(`{"Postcode": ""}`), &config))
	// Output:
	// 10115 true <nil>
	// 10115; DROP TABLE false <nil>
	// saferegex.Pattern.UnmarshalText: the Pattern is empty or not set: write (?:) for one that matches every text
}

// The user's text never becomes syntax.
func ExampleCompilef() {
	ctx := context.Background()
	lim := limits.Limits{InputBytes: limits.MiB, Time: time.Second}
	user := ".*"
	re, err := saferegex.Compilef(ctx, lim, `^%s: (\d+)$`, user, saferegex.MultiLine())
	if err != nil {
		fmt.Println(err)
		return
	}
	found, err := re.FindStringSubmatch(ctx, "ann: 1\n.*: 2\n")
	fmt.Printf("%s %q %v\n", re, found, err)
	_, err = saferegex.Compilef(ctx, lim, `[%s]`, user)
	fmt.Println(errors.Is(err, limits.ErrConfig))
	// Output:
	// ^(?:\.\*): (\d+)$ [".*: 2" "2"] <nil>
	// true
}

func ExampleFormat() {
	pattern, err := saferegex.Format(`^/users/%s/(\d+)$`, "ann+bob")
	fmt.Println(pattern, err)
	// Output: ^/users/(?:ann\+bob)/(\d+)$ <nil>
}

func ExampleQuoteMeta() {
	fmt.Println(saferegex.QuoteMeta("1+1=2?"))
	// Output: 1\+1=2\?
}

// The bytes of a file format, whatever they would mean as text.
func ExampleBytes() {
	magic := saferegex.MustCompile(`^\x89PNG\r\n\x1a\n`, limits.Limits{InputBytes: limits.MiB, Time: time.Second},
		saferegex.Bytes())
	ok, err := magic.Match(context.Background(), []byte("\x89PNG\r\n\x1a\n\x00\x00\xff"))
	fmt.Println(ok, err)
	// Output: true <nil>
}

func ExampleRegexp_ReplaceAllStringSubmatchFunc() {
	re := saferegex.MustCompile(`(\w+)=(\w+)`, limits.Limits{InputBytes: limits.MiB, Time: time.Second})
	masked, err := re.ReplaceAllStringSubmatchFunc(context.Background(), "user=ann token=abc123",
		func(m saferegex.Match) (string, error) {
			if m.Group(1) != "token" {
				return m.Text(), nil
			}
			return m.Group(1) + "=" + strings.Repeat("*", len(m.Group(2))), nil
		})
	fmt.Println(masked, err)
	// Output: user=ann token=****** <nil>
}

// A library that wants a *regexp.Regexp gets one, without any guarantee.
func ExampleRegexp_UnsafeStd() {
	re := saferegex.MustCompile(`a+|b`, limits.Limits{InputBytes: limits.MiB, Time: time.Second},
		saferegex.CaseInsensitive())
	std, err := re.UnsafeStd()
	if err != nil {
		fmt.Println(err)
		return
	}
	count := func(re *regexp.Regexp, s string) int { return len(re.FindAllString(s, -1)) }
	fmt.Println(count(std, "AAb"))
	// Output: 2
}

// Secrets out of a log, on its way from one place to the other.
func ExampleRegexp_Redact() {
	re := saferegex.MustCompile(`(password|token)=\S+`, limits.Limits{InputBytes: limits.GiB, Time: time.Minute})
	log := strings.NewReader("login user=ann password=hunter2\nfetch token=abc123 ok\n")
	var out strings.Builder
	usage, err := re.Redact(context.Background(), &out, log, "$1=***", 64*limits.KiB)
	fmt.Print(out.String())
	fmt.Println(usage.InputBytes, err)
	// Output:
	// login user=ann password=***
	// fetch token=*** ok
	// 54 B <nil>
}
