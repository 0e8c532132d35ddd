package unicodeid

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
	"github.com/seed73825598/airlock/limits"
)

// An Option chooses a part of the policy. Options are validated by New; a mistake in one is a
// *limits.ConfigError. None touches the key.
type Option func(*config)

// config gathers options until New has validated them.
type config struct {
	lim          limits.Limits
	graphemes    int
	minGraphemes int
	emoji        bool
	space        bool
	auxiliary    bool
	edges        bool
	display      bool
	scripts      ucd.Scripts
	scriptNames  []string
	punctuation  *string
	words        []entry
	list         func() *Words
	problems     setup.Problems
}

// Reserved refuses names that no user may have. A word is compared with the whole name, with the
// name without its separators, and with each part between separators (punctuation, symbols and
// spaces).
//
// Lookalikes are compared as they are shown, one character at a time: a capital I may be an l, and
// the i of Ali is none; a digit or sign may be read as a letter (4dm1n), but only in a match that
// has a letter of its own, and a run of digits counts whole or not at all. Two letters that look
// like one (rn and m, vv and w, cl and d) are read as that one in words of five letters or more,
// and never the other way; so is a small l as a capital I. A word of that length without marks is
// found under marks as well (admín), as the whole name or a part of it. Modifier letters, as in
// adminʼ, separate at either end of a part, and may stand within a word.
//
// A word may begin with its kind; that of a word without one is token.
//
//	exact:login      the key of the name alone, without lookalikes: for the words of routes
//	token:admin      as above
//	anywhere:admin   anywhere in the name, as in Blocked
//	except:badminton this whole name, by its key, is refused by no word of any list
//
// A word that has no key, a word with an unknown kind, with a sign that stands between words or
// before a remark (a comma, a semicolon, a number sign, an asterisk, a slash, a vertical bar, an
// equals sign, a parenthesis), and a word without letter or digit that is no emoji are a
// *limits.ConfigError.
func Reserved(names ...string) Option { return wordOption("Reserved", RuleReserved, wordToken, names) }

// Blocked refuses names that hold one of the phrases anywhere, separators left out, in every
// spelling that Reserved knows. A match begins and ends with a character of the name. A phrase is a
// word as in Reserved, and of the kind anywhere if it names none. One of that kind with a single
// letter is a *limits.ConfigError: it would refuse nearly everything. A single emoji is not.
func Blocked(phrases ...string) Option {
	return wordOption("Blocked", RuleBlocked, wordAnywhere, phrases)
}

// Exact reserves names by their keys alone: no lookalike, no part and no digit counts. It is for
// the words of routes ("login", "settings"), which are not taken for a person.
func Exact(names ...string) Option { return wordOption("Exact", RuleReserved, wordExact, names) }

// Except lets whole names in, by their keys, that a word would refuse (badminton under
// Blocked("admin")). It wins over every word of every list.
func Except(names ...string) Option { return wordOption("Except", RuleReserved, wordExcept, names) }

func wordOption(field string, rule Rule, kind wordKind, texts []string) Option {
	return func(c *config) {
		for _, text := range texts {
			e := entry{text: text, rule: rule, kind: kind, field: field}
			if (kind == wordExact || kind == wordExcept) && strings.Contains(text, ":") {
				c.problems.Add(field, "%s has a colon, which is in no name", limits.Quote(text))
				continue
			}
			c.words = append(c.words, e)
		}
	}
}

// wordTexts returns the words of the options under a rule, with their kinds.
func (c *config) wordTexts(rule Rule) []string {
	var all []string
	for _, e := range c.words {
		if e.rule == rule {
			all = append(all, fmt.Sprint(e.kind, e.text))
		}
	}
	return all
}

// WordList has each Register ask f for the words, besides those of Reserved and Blocked: an
// administrator edits them while the service runs. f must be safe for concurrent use and quick
// (load an atomic pointer); nil is no words. The list is not part of Profile.ID.
func WordList(f func() *Words) Option {
	return func(c *config) {
		if f == nil {
			c.problems.Nil("WordList")
		}
		c.list = f
	}
}

// AllowEmoji lets well-formed emoji in: with a default or requested emoji presentation, modifiers,
// joined sequences, flags and keycaps (UTS 51). The joiners and selectors within them are not in
// the key.
func AllowEmoji() Option { return func(c *config) { c.emoji = true } }

// AllowJoiners does nothing more: U+200C and U+200D are let in by default where they change what is
// seen.
//
// Deprecated: leave it out.
func AllowJoiners() Option { return func(*config) {} }

// AllowAuxiliary lets the auxiliary exemplar characters of CLDR in: letters and marks that a
// language of a recommended script writes in foreign names or old ones. The main ones are let in by
// default.
func AllowAuxiliary() Option { return func(c *config) { c.auxiliary = true } }

// EdgePunctuation lets a low line stand first and last, and a full stop last: _mika, mika_, J.R.R.
// Both are in the key.
func EdgePunctuation() Option { return func(c *config) { c.edges = true } }

// DisplayName is a preset for what people are called on a page, rather than what they log in by:
// single spaces, the punctuation of DisplayPunctuation also at the ends, the rules of one script
// and one direction by word (Иван Smith, رضا ۱۲), and 64 grapheme clusters. A few signs stand where
// names have them: ዶ/ር, H:son, 藤子・F, Mª, ن۔ م۔, प्रो॰, a last tsheg. A character that is invisible,
// reorders text, is one of a pile of marks or is a control is refused as ever, and so are reserved
// words and blocked phrases.
//
// Such names are not unique. Register returns a Name whose Key is zero and whose Skeletons are nil,
// so that it cannot be stored or looked up as a login by mistake; Lookup, UnsafeAdopt and Audit are
// a *limits.ConfigError. Other options beside it change it, in whatever order. Items below 64, or
// InputBytes below four times Graphemes, is a *limits.ConfigError, as is the preset twice.
func DisplayName() Option {
	return func(c *config) {
		if c.display {
			c.problems.Add("DisplayName", "is given twice")
		}
		c.display = true
	}
}

// The bounds of DisplayName.
const (
	DisplayPunctuation = "-.,'’&()\"“”„‘«»"
	DisplayGraphemes   = 64

	displayItems = 64
	displayBytes = 4 // for a grapheme cluster
)

// settle gives what no option has set its default.
func (c *config) settle() {
	punctuation, graphemes := DefaultPunctuation, DefaultGraphemes
	if c.display {
		punctuation, graphemes = DisplayPunctuation, DisplayGraphemes
		c.space = true
	}
	if c.punctuation == nil {
		c.punctuation = &punctuation
	}
	if c.graphemes == 0 {
		c.graphemes = graphemes
	}
	if !c.display {
		return
	}
	if c.lim.Items > 0 && c.lim.Items < displayItems {
		c.problems.Add("Items", "is %d: DisplayName takes at least %d", c.lim.Items, displayItems)
	}
	if least := limits.Bytes(displayBytes * c.graphemes); c.lim.InputBytes > 0 && c.lim.InputBytes < least {
		c.problems.Add("InputBytes", "is %v: DisplayName takes at least four bytes for each grapheme cluster, %v",
			c.lim.InputBytes, least)
	}
}

// AllowInnerSpace lets single U+0020 stand between other characters. They are in the key.
func AllowInnerSpace() Option { return func(c *config) { c.space = true } }

// AllowScripts lets letters, marks and digits of scripts in that Unicode does not recommend for
// identifiers, by their four letters (ISO 15924): "Cher", "Adlm", "Nkoo". A script that is
// recommended already, or unknown, is a *limits.ConfigError.
func AllowScripts(scripts ...string) Option {
	return func(c *config) {
		for _, name := range scripts {
			set, ok := ucd.Script(name)
			switch {
			case !ok:
				c.problems.Add("AllowScripts", "%s is no script of Unicode %s; use the four letters of ISO 15924, as Cher",
					limits.Quote(name), ucd.Version)
			case recommended(set):
				c.problems.Add("AllowScripts", "%s is recommended for identifiers and allowed anyway", name)
			default:
				c.scripts = c.scripts.Or(set)
				c.scriptNames = append(c.scriptNames, name)
			}
		}
	}
}

// recommended reports whether a letter of the one script in the set is in Identifier_Status
// Allowed.
func recommended(set ucd.Scripts) bool {
	for r := range rune(utf8.MaxRune + 1) {
		p := ucd.Of(r)
		if of := ucd.ScriptsOf(p); p.Has(layout.Allowed) && p.Category().Letter() && !of.Common() &&
			!of.And(set).Empty() {
			return true
		}
	}
	return false
}

// DefaultPunctuation may stand within a name: not first, not last, not two in a row.
const DefaultPunctuation = "-_."

// Punctuation replaces the punctuation that may stand within a name. Each must be punctuation or a
// symbol, not a compatibility form and not invisible; "" allows none. The default is
// DefaultPunctuation.
func Punctuation(chars string) Option {
	return func(c *config) {
		for _, r := range chars {
			p := ucd.Of(r)
			if !p.Category().Punctuation() || p.Has(layout.NFKCNo|layout.DefaultIgnorable) || r == braille {
				c.problems.Add("Punctuation", "U+%04X is not punctuation that is seen as it is stored", r)
			}
		}
		c.punctuation = &chars
	}
}

// Graphemes bounds the grapheme clusters of the display form, what people count as characters: from
// 1 to MaxGraphemes; the default is DefaultGraphemes.
func Graphemes(n int) Option {
	return func(c *config) {
		if c.problems.Between("Graphemes", int64(n), 1, MaxGraphemes) {
			c.graphemes = n
		}
	}
}

// MinGraphemes asks for at least n grapheme clusters of the display form: from 1 to what Graphemes
// allows; the default is 1.
func MinGraphemes(n int) Option { return func(c *config) { c.minGraphemes = n } }
