package unicodeid

import (
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
	lim            limits.Limits
	graphemes      int
	emoji, joiners bool
	space          bool
	scripts        ucd.Scripts
	scriptNames    []string
	punctuation    string
	reserved       []string
	blocked        []string
	list           func() *Words
	problems       setup.Problems
}

// Reserved refuses names that nobody may have, in every spelling that has their key, looks like
// them, or reads digits and signs as letters (4dm1n). They are compared with the whole name, with
// the name without its separators, and with each part between separators. What has no key cannot be
// reserved: that is a *limits.ConfigError.
func Reserved(names ...string) Option {
	return func(c *config) { c.reserved = append(c.reserved, names...) }
}

// Blocked refuses names that hold one of the phrases anywhere, separators left out, in every
// spelling that Reserved knows. A phrase of one character is a *limits.ConfigError: it would refuse
// nearly everything.
func Blocked(phrases ...string) Option {
	return func(c *config) { c.blocked = append(c.blocked, phrases...) }
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

// AllowJoiners lets U+200C and U+200D in where they change what is seen: behind a virama, and
// U+200C between letters that would join (RFC 5892, appendix A.1 and A.2), as Persian and several
// Indic languages write. They are not in the key.
func AllowJoiners() Option { return func(c *config) { c.joiners = true } }

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
		c.punctuation = chars
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
