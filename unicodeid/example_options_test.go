package unicodeid_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
)

// tryAll registers each name under one option and prints why it is refused.
func tryAll(option unicodeid.Option, raws ...string) {
	profile, err := unicodeid.New(names, option)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, raw := range raws {
		name, err := profile.Register(context.Background(), raw)
		if refusal, ok := errors.AsType[*unicodeid.Error](err); ok {
			fmt.Printf("%q is refused: %s\n", raw, refusal.Problems[0].Rule)
			continue
		}
		fmt.Printf("%q is %s %v\n", raw, name.Key().Text(), err)
	}
}

// Blocked finds its phrases anywhere in a name, and in the spellings that people try next.
func ExampleBlocked() {
	tryAll(unicodeid.Blocked("casino"), "casinofan", "c.a.s.i.n.o", "CA51NO", "casimir")
	// Output:
	// "casinofan" is refused: blocked
	// "c.a.s.i.n.o" is refused: blocked
	// "CA51NO" is refused: blocked
	// "casimir" is casimir <nil>
}

// Exact is for the words of routes: no user may have the page /login, and a name that only looks
// like such a word is a name like any other.
func ExampleExact() {
	tryAll(unicodeid.Exact("login", "settings"), "Login", "l0gin", "logins")
	// Output:
	// "Login" is refused: reserved
	// "l0gin" is l0gin <nil>
	// "logins" is logins <nil>
}

// Except lets a name in that a word would refuse.
func ExampleExcept() {
	profile, err := unicodeid.New(names, unicodeid.Blocked("admin"), unicodeid.Except("badminton"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, raw := range []string{"Badminton", "badmin"} {
		_, err := profile.Register(context.Background(), raw)
		fmt.Println(raw, err)
	}
	// Output:
	// Badminton <nil>
	// badmin unicodeid.Register: blocked at character 1: the name holds a phrase that is not allowed
}

func ExampleAllowEmoji() {
	tryAll(unicodeid.AllowEmoji(), "ann🌻", "👩‍🚀", "🌻\u200d")
	// Output:
	// "ann🌻" is ann🌻 <nil>
	// "👩\u200d🚀" is 👩🚀 <nil>
	// "🌻\u200d" is refused: restricted-character
}

// AllowJoiners changes nothing: a joiner is let in where it changes what is seen, as in Persian.
func ExampleAllowJoiners() {
	tryAll(unicodeid.AllowJoiners(), "می\u200cخواهم", "ann\u200cbob")
	// Output:
	// "می\u200cخواهم" is میخواهم <nil>
	// "ann\u200cbob" is refused: invisible
}

// AllowAuxiliary lets letters in that a language writes in foreign names or old ones alone, as the
// yat of Bulgarian names.
func ExampleAllowAuxiliary() {
	tryAll(unicodeid.Graphemes(32), "Вѣра")
	tryAll(unicodeid.AllowAuxiliary(), "Вѣра")
	// Output:
	// "Вѣра" is refused: restricted-character
	// "Вѣра" is вѣра <nil>
}

// AllowScripts adds a script that Unicode does not recommend for identifiers: Cherokee.
func ExampleAllowScripts() {
	tryAll(unicodeid.AllowScripts("Cher"), "ᏣᎳᎩ", "ann")
	tryAll(unicodeid.Reserved("admin"), "ᏣᎳᎩ")
	// Output:
	// "ᏣᎳᎩ" is ᏣᎳᎩ <nil>
	// "ann" is ann <nil>
	// "ᏣᎳᎩ" is refused: restricted-character
}

func ExampleAllowInnerSpace() {
	tryAll(unicodeid.AllowInnerSpace(), "Ada Lovelace", "Ada  Lovelace", "Ada\u00a0Lovelace")
	// Output:
	// "Ada Lovelace" is ada lovelace <nil>
	// "Ada  Lovelace" is refused: inner-space
	// "Ada\u00a0Lovelace" is refused: inner-space
}

func ExampleEdgePunctuation() {
	tryAll(unicodeid.EdgePunctuation(), "_mika_", "J.R.R.", "-mika")
	// Output:
	// "_mika_" is _mika_ <nil>
	// "J.R.R." is j.r.r. <nil>
	// "-mika" is refused: punctuation
}

// Punctuation says what may stand within a name, and nothing else may.
func ExamplePunctuation() {
	tryAll(unicodeid.Punctuation("-"), "anna-maria", "anna_maria", "anna-", "anna--maria")
	// Output:
	// "anna-maria" is anna-maria <nil>
	// "anna_maria" is refused: restricted-character
	// "anna-" is refused: punctuation
	// "anna--maria" is refused: punctuation
}

// Graphemes counts what people count as characters: a letter with its marks, or a family of four,
// is one.
func ExampleGraphemes() {
	tryAll(unicodeid.Graphemes(4), "jose\u0301", "josef")
	// Output:
	// "josé" is josé <nil>
	// "josef" is refused: too-long
}

func ExampleMinGraphemes() {
	tryAll(unicodeid.MinGraphemes(3), "al", "ali", "e\u0301a")
	// Output:
	// "al" is refused: too-short
	// "ali" is ali <nil>
	// "éa" is refused: too-short
}

// DisplayName is for what people are called on a page. Such names are not unique: they have no key,
// so they cannot become a login by mistake.
func ExampleDisplayName() {
	profile, err := unicodeid.New(limits.Limits{InputBytes: 512, Items: 128}, unicodeid.DisplayName(),
		unicodeid.Reserved("admin"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, raw := range []string{"Dr. Ada Lovelace", "Иван Smith", "Admin", "Ann\u202e"} {
		name, err := profile.Register(context.Background(), raw)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(name.Display(), name.Key().IsZero())
	}
	// Output:
	// Dr. Ada Lovelace true
	// Иван Smith true
	// unicodeid.Register: reserved at character 1: the name is reserved
	// unicodeid.Register: bidi-control at character 4 (U+202E): a control of the writing direction
}

// Reserved compares words as they are shown: a lookalike is refused like the word.
func ExampleReserved() {
	tryAll(unicodeid.Reserved("admin", "anywhere:airlock"), "Аdmin", "the.admin", "adminton", "myairlockname")
	// Output:
	// "Аdmin" is refused: reserved
	// "the.admin" is refused: reserved
	// "adminton" is adminton <nil>
	// "myairlockname" is refused: reserved
}
