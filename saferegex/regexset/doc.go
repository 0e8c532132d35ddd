// Package regexset matches many regular expressions at once, within a budget of time, steps and
// memory.
//
// To ask each of 5,000 patterns about a text takes 5,000 readings of it. A set reads it once, for
// the literals of which each match has one, and asks a pattern only about a text that has one of
// its own:
//
//	set, err := regexset.Compile(ctx, patterns, limits.Limits{
//		InputBytes: limits.MiB,
//		Time:       100 * time.Millisecond,
//	})
//
//	matching, err := set.Match(ctx, text) // [3 17 4711]
//
// It is for patterns that you or your operators have written, such as the rules of a filter: there
// are many of them, they stay for hours, and the texts are hostile. For a few patterns
// package saferegex is as fast, and links nothing but the standard library.
//
// # By what a pattern is found
//
// [Compile] looks at the tree of each pattern for strings of which every match contains one, and
// chooses. The answers are the same whatever it chooses; [Stats] says how many patterns there are
// of each kind.
//
//   - The strings are all that the pattern matches, as error or (?i)fatal|panic: where one of them
//     stands, the pattern matches.
//   - Every match begins with one, as token=[0-9a-f]+: the pattern's engine looks where one stands.
//   - Every match contains one, as [a-z]+@example\.com: the pattern's engine reads a text that has
//     one.
//   - There are none, or they are in every text: the pattern's engine reads each text. Patterns that
//     are anchored at the start of the text are done at its first characters.
//   - RE2 (https://github.com/google/re2, compiled for Go by github.com/wasilibs/go-re2) reads the
//     text for all patterns of the last kind together, if there are at least 8 of them that repeat
//     nothing but digits and other characters that are rare in texts. For others its automaton has a
//     new state at nearly every byte of a new text, which is slower than all engines one by one.
//
// The strings of all patterns are searched for in one pass, by an Aho-Corasick automaton, if that
// is cheaper than the engines: up to 4 words of common letters, or 22 with a rare letter each, are
// searched for one after the other.
//
// # Limits
//
// The limits given to Compile bound compiling and each later call. One step is one byte that is
// read for literals or by RE2, one literal found, one step of package saferegex where an engine is
// asked, or a sixteenth of what it takes to make an engine that is not kept: the same call costs
// the same steps, first or last.
//
//	Field        Required  Default                            Meaning
//	InputBytes   yes       none                               length of the text of one call; never more than 64 MiB (MaxInputBytes)
//	OutputBytes  no        64 MiB (DefaultOutputBytes)        text of the matches that Each hands over, and 8 bytes for each index that Match returns
//	Items        no        100000 (DefaultItems)              indexes that Match returns, or matches that Each hands over
//	Depth        no        100 (DefaultDepth)                 groups of a pattern within each other
//	Steps        no        100000000 (DefaultSteps)           work, about 0.3 s of it
//	MemoryBytes  no        128 MiB (DefaultMemoryBytes)       held at once by one call: while the set is compiled what it keeps, which is the search for literals, engines up to half of this, and RE2's memory; the copy of the text for RE2, what engines hold
//	Time         yes       none                               wall clock of one call
//
// Besides, a set may have 10,000 patterns ([DefaultPatterns], see [Patterns]) that take 64 MiB
// together ([DefaultSetBytes], see [SetBytes]), and each pattern may have what package
// saferegex allows it: 32 KiB ([PatternBytes]), 10,000 instructions ([ProgramSize]), 250 groups
// ([Groups]).
//
// # Policy
//
// Patterns are refused under the rules that [Rules] lists: those of package saferegex for each
// pattern, and two for the set. None of them can be lifted. [PatternError] says which pattern it
// was.
//
// The answers are those of package regexp for each pattern alone. RE2 and Go read some patterns
// differently and have different tables of Unicode, and so RE2 never sees the text of a pattern: Go
// parses it, and what RE2 gets is written anew from Go's tree, in numbers of characters. A few
// things are left to package saferegex: patterns with \B in text that is not ASCII, and patterns
// that would be too large for RE2, as a class with hundreds of ranges that is repeated. Text that
// is not valid UTF-8 is read as Go reads it: each byte that is no part of a valid character counts
// as one character U+FFFD.
//
// # Time
//
// A set that RE2 has no pattern of is stopped as an operation of package saferegex is, wherever it
// is. A call of RE2 cannot be interrupted. It takes time linear in the text, at worst with the size
// of the set as a factor: nearly always some nanoseconds a byte, and a hundred microseconds a byte
// if every byte of a text leads a set of 5,000 patterns into a state that it has not been in
// before. So where the worst would take longer than there is time, a text is first read in pieces
// of 4 KiB, with a look at clock and context after each, and is refused if to read it as a whole
// would take too long. These delays remain: Compile may be late by the time that RE2 needs to
// compile a set, 25 ms for 1,000 patterns; Match and Each may be late by the time of one piece, and
// after a context has ended by the time that the pieces took.
//
// # Memory
//
// RE2 has one memory for the process, of which 4 GiB of address space are reserved by the first
// set that has patterns for it. It grows and never shrinks: what a set has taken is used again for
// others after it is freed, which happens some time after it is garbage or closed. All sets of a
// process together may hold [ProcessBytes], and [Stats] says what they do. That there is memory is
// found out before RE2 asks for it: if there is none, Compile and Match return an [*EngineError],
// which is no refusal. RE2 prints nothing. Should it panic all the same, that is an EngineError as
// well, and the last call of RE2 in this process.
//
// # What is not
//
// go-re2 reads the environment variable RE2_MAX_STACK_BYTES. Nothing here depends on it, and
// nothing is gained by setting it.
package regexset
