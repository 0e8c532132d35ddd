package saferegex

import "regexp/syntax"

// flags are the flags that options set for a whole pattern.
type flags struct {
	fold, multiLine, dotAll bool
}

// CaseInsensitive has the whole pattern match without regard to case, as (?i) before it does. Two
// characters are equal if simple folding of Unicode says so: K stands for the Kelvin sign as well.
// A group may take the flag away again with (?-i:...). Positions in errors are those of the pattern
// as it was given.
func CaseInsensitive() Option {
	return func(c *config) { c.flags.fold = true }
}

// MultiLine lets ^ and $ match at the beginning and end of each line as well, as (?m) before the
// pattern does. \A and \z keep to the text, and so does FullMatch. Under [POSIX] they always do.
func MultiLine() Option {
	return func(c *config) { c.flags.multiLine = true }
}

// DotAll lets . match a newline as well, as (?s) before the pattern does.
func DotAll() Option {
	return func(c *config) { c.flags.dotAll = true }
}

// String returns the letters that a group would set the flags with.
func (f flags) String() string {
	var letters []byte
	if f.fold {
		letters = append(letters, 'i')
	}
	if f.multiLine {
		letters = append(letters, 'm')
	}
	if f.dotAll {
		letters = append(letters, 's')
	}
	return string(letters)
}

// syntaxFlags returns what the parser is told. It is told and the pattern left alone, so that
// positions in its errors are the caller's, and because POSIX has no syntax for flags.
func syntaxFlags(posix bool, f flags) syntax.Flags {
	to := syntax.Perl
	if posix {
		to = syntax.POSIX
	}
	if f.fold {
		to |= syntax.FoldCase
	}
	if f.multiLine {
		to &^= syntax.OneLine
	}
	if f.dotAll {
		to |= syntax.DotNL
	}
	return to
}
