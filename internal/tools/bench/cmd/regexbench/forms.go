package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"

	"github.com/seed73825598/airlock/saferegex"
)

// forms are patterns of fields in a form, each with a text that matches and one that does not.
var forms = []struct {
	name, pattern, good, bad string
	groups                   bool
}{
	{"semver with groups", `^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?$`, "1.20.3-rc.1+build.5",
		"1.20", true},
	{"semver", `^v?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$`, "v1.20.3-rc.1", "1.20.x", false},
	{"date", `^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$`, "2026-11-29", "2026-13-29", false},
	{"date with groups", `^(\d{4})-(\d{2})-(\d{2})$`, "2026-11-29", "2026/11/29", true},
	{"date anywhere", `(\d{4})-(\d{2})-(\d{2})`, "due on 2026-11-29, noon", "due on 2026/11/29, noon", true},
	{"time", `^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$`, "23:59:59", "24:00", false},
	{"RFC 3339", `^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$`,
		"2026-11-29T23:45:10.123+01:00", "2026-11-29", false},
	{"e-mail", `^[a-zA-Z0-9.!#$%&'*+/=?^_{|}~-]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)*$`, "someone.else@mail.example.com",
		"someone at example.com", false},
	{"host", `^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$`, "www.mail.example.com", "www..example", false},
	{"IPv4", `^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$`, "192.168.100.254", "192.168.300.1",
		false},
	{"UUID", `^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$`,
		"f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "f81d4fae7dec11d0", false},
	{"slug", `^[a-z0-9]+(?:-[a-z0-9]+)*$`, "how-to-match-a-slug-2", "How to", false},
	{"user name", `^[a-zA-Z][a-zA-Z0-9_]{2,31}$`, "some_user42", "4_user", false},
	{"phone", `^\+?[1-9]\d{0,2}[ -]?\(?\d{1,4}\)?(?:[ -]?\d{2,4}){1,4}$`, "+49 (30) 1234 5678", "+49 x", false},
	{"color", `^#(?:[0-9a-fA-F]{3}){1,2}$`, "#a0b1c2", "#a0b1c", false},
	{"IBAN", `^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$`, "DE89370400440532013000", "DE8937", false},
	{"URL with groups", `^(https?)://([^/:?#]+)(?::(\d+))?(/[^?#]*)?(?:\?([^#]*))?(?:#(.*))?$`,
		"https://example.com:8080/a/b?c=d#e", "ftp://example.com", true},
	{"key=value", `(\w+)=(\w+)`, "some text and key=value here", "some text without any", true},
	{"words", `\b(?:error|warning|fatal)\b`, "2026-11-29 a fatal mistake", "2026-11-29 all is well", false},
	{"decimal", `^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$`, "-12.5e+10", "12.5.1", false},
}

// compareForms prints what short texts cost.

func compareForms(ctx context.Context, out io.Writer, rounds, _ int) error {
	fmt.Fprintf(out, "\nFields of forms, processor time of the fastest of %d rounds\n\n", rounds)
	fmt.Fprintln(out, "| field | bytes | matches | regexp ns | saferegex ns | × regexp |\n|---|---|---|---|---|---|")
	product, n := 1.0, 0
	for _, f := range forms {
		std := regexp.MustCompile(f.pattern)
		safe, err := saferegex.Compile(ctx, f.pattern, budget)
		if err != nil {
			return err
		}
		for _, text := range []string{f.good, f.bad} {
			calls := []func() (int, error){
				func() (int, error) { return count(std.MatchString(text)), nil },
				func() (int, error) { found, err := safe.MatchString(ctx, text); return count(found), err },
			}
			if f.groups {
				calls = []func() (int, error){
					func() (int, error) { return len(std.FindStringSubmatchIndex(text)), nil },
					func() (int, error) { found, err := safe.FindStringSubmatchIndex(ctx, text); return len(found), err },
				}
			}
			results := fastest(calls, rounds)
			if results[1].failed != nil {
				return results[1].failed
			}
			if results[0].answer != results[1].answer {
				return errors.New("another answer for " + f.name)
			}
			ratio := results[0].ns / results[1].ns
			fmt.Fprintf(out, "| %s | %d | %t | %.0f | %.0f | %.2f |\n", f.name, len(text), results[0].answer > 0, results[0].ns,
				results[1].ns, ratio)
			product, n = product*ratio, n+1
		}
	}
	fmt.Fprintf(out, "| geometric mean | | | | | %.2f |\n", math.Pow(product, 1/float64(n)))
	return nil
}

func count(found bool) int {
	if found {
		return 1
	}
	return 0
}
