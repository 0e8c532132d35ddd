// Package regexset matches many regular expressions at once, within a budget of time, steps and
// memory.
//
// To ask each of 5,000 patterns about a text takes 5,000 readings of it. A set reads it once: RE2
// (https://github.com/google/re2, compiled for Go by github.com/wasilibs/go-re2) makes one
// automaton of all patterns and says which of them match, and package saferegex says where:
//
//	set, err := regexset.Compile(ctx, patterns, limits.Limits{
//		InputBytes: limits.MiB,
//		Time:       100 * time.Millisecond,
//	})
//
//	matching, err := set.Match(ctx, text) // [3 17 4711]
//
// It is for patterns that you or your operators have written, such as the rules of a filter: there
// are many of them, they stay for hours, and the texts are hostile. For one pattern, or ten,
// package saferegex is the better choice: it can be stopped anywhere, and links nothing but the
// standard library.
//
// # Limits
//
// The limits given to Compile bound compiling and each later call. One step is one byte that RE2
// reads, one step of package saferegex where it is asked, or a sixteenth of what it takes to make a
// pattern's engine, for each pattern of which Each says where it matches: the same call costs the
// same steps, first or last.
//
//	Field        Required  Default                            Meaning
//	InputBytes   yes       none                               length of the text of one call; never more than 64 MiB (MaxInputBytes)
//	OutputBytes  no        64 MiB (DefaultOutputBytes)        text of the matches that Each hands over, and 8 bytes for each index that Match returns
//	Items        no        100000 (DefaultItems)              indexes that Match returns, or matches that Each hands over
//	Depth        no        100 (DefaultDepth)                 groups of a pattern within each other
//	Steps        no        100000000 (DefaultSteps)           work, about 0.3 s of it
//	MemoryBytes  no        128 MiB (DefaultMemoryBytes)       held at once by one call: RE2's memory for the set while it is compiled, the copy of the text for RE2, engines of single patterns
//	Time         yes       none                               wall clock of one call
//
// Besides, a set may have 10,000 patterns ([DefaultPatterns], see [Patterns]) and take 64 MiB of
// RE2's memory ([DefaultSetBytes], see [SetBytes]), and each pattern may have what package
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
// A call of RE2 cannot be interrupted. It takes time linear in the text, at worst with the size of
// the set as a factor: nearly always some nanoseconds a byte, and a hundred microseconds a byte if
// every byte of a text leads a set of 5,000 patterns into a state that it has not been in before.
// So where the worst would take longer than there is time, a text is first read in pieces of 4 KiB,
// with a look at clock and context behind each, and is refused if to read it as a whole would take
// too long. What remains is: Compile may be late by the time that RE2 needs to compile a set, 25 ms
// for 1,000 patterns; Match and Each may be late by the time of one piece, and after a context has
// ended by the time that the pieces took.
//
// # Memory
//
// RE2 has one memory for the process, of which 4 GiB of address space are reserved by the first
// set. It grows and never shrinks: what a set has taken is used again for others after it is freed,
// which happens some time after it is garbage or closed. All sets of a process together may hold
// [ProcessBytes], and [Stats] says what they do. That there is memory is found out before RE2 asks
// for it: if there is none, Compile and Match return an [*EngineError], which is no refusal. RE2
// prints nothing. Should it panic all the same, that is an EngineError as well, and the last call
// of RE2 in this process.
//
// # What is not
//
// go-re2 reads the environment variable RE2_MAX_STACK_BYTES. Nothing here depends on it, and
// nothing is gained by setting it.
package regexset
