// Package saferegex matches regular expressions within a budget of time, steps and memory.
//
// The regexp package of the standard library answers in time linear in the text, and that may still
// be far too long: 64 KiB against an alternative of 5,000 words keep it busy for seconds, finding
// all matches can take quadratic time, a pattern of twenty characters may need a hundred megabytes,
// and nothing can interrupt it. Here every operation takes a context, spends from a budget, and
// stops when that is spent, also in the middle of a match:
//
//	var mail = saferegex.MustCompile(`[a-z0-9._-]+@[a-z0-9.-]+`, limits.Limits{
//		InputBytes: 64 * limits.KiB,
//		Time:       50 * time.Millisecond,
//	})
//
//	found, err := mail.FindAllString(ctx, text, -1)
//
// Either found is everything, or there is an error that says which budget ran out. The pattern may
// come from outside as well: [Compile] refuses, before it works on it, what would take too much.
//
// The methods are those of *[regexp.Regexp] with a context in front and an error after.
// [Regexp.FullMatch] is what validation means, and [Regexp.Each] hands over one match after the
// other.
//
// # Limits
//
// The limits given to Compile bound compiling and each later call. One call is one operation: a
// FindAll, a ReplaceAll or a Split spends from one budget, whatever it finds. One step is one byte
// or character looked at, one thread of the machine that waits at a position, one instruction
// passed on the way there, one position copied, or 64 bytes of output copied. Each search of a
// find-all, a replace or a split costs 32 steps more, whether it finds an empty match, another one
// or none. States that automata keep from earlier calls are charged as if they were made in this
// one: the same call costs the same steps, first or last, on every machine.
//
//	Field        Required  Default                            Meaning
//	InputBytes   yes       none                               length of the text of one call
//	OutputBytes  no        64 MiB (DefaultOutputBytes)        text made by ReplaceAll and Expand, parts returned by Split
//	Items        no        InputBytes + 1                     matches returned or replaced by one call
//	Depth        no        100 (DefaultDepth)                 groups of the pattern within each other
//	Steps        no        100000000 (DefaultSteps)           work, about 0.3 s of it
//	MemoryBytes  no        8 MiB (DefaultMemoryBytes)         held at once by one call: the program while it is made, threads, states, positions of matches, and output; unset it is 2 × OutputBytes more for calls that make output
//	Time         yes       none                               wall clock of one call
//
// Besides, a pattern may have 32 KiB ([DefaultPatternBytes], see [PatternBytes]), 10,000
// instructions ([DefaultProgramSize], see [ProgramSize]) and 250 groups that capture
// ([DefaultGroups], see [Groups]).
//
// Matches and output are collected in blocks of 256 KiB and joined at the end, so that they are
// held twice for a moment and charged twice: the results of FindAll to MemoryBytes, and the output
// of ReplaceAll, Expand and Split to MemoryBytes and to OutputBytes.
//
// # Policy
//
// A pattern is refused under one of the rules that [Rules] lists; none of them can be lifted, their
// limits can be raised. Syntax is that of [regexp/syntax], which parses and compiles the patterns:
// what Go does not accept, such as look-around and backreferences, is a [*SyntaxError] that says
// why and what to write instead. Mistakes of the standard library stay as they are there: this
// package differs from regexp in what it may cost, and in nothing else.
//
// On text that is not valid UTF-8 it behaves as regexp does: each byte that is no part of a valid
// character counts as one character U+FFFD, which . and [^a] match, and positions are those of
// bytes.
//
// # What is guaranteed
//
// An operation ends within 65,536 steps after its budget of time or its context has ended, or its
// budget of steps is spent, wherever it is. There is no result together with an error. Finding all
// matches takes time linear in the text wherever an automaton can be kept within the memory, and is
// stopped where it cannot. No goroutine is started, and nothing is left running.
//
// Memory is accounted, not measured: an operation's peak of the heap stays below three times of
// what is accounted for, and 2 MiB; at GOGC=100, with nothing else in the heap, below four times,
// and 2 MiB. The output of a replacement is accounted for as it is: its peak is 2.1 times the
// output, and 2 MiB, at either. A panic in a callback, a reader or an observer leaves nothing
// after: the place in a Pool and the memory of an envelope are given back. Between operations a
// Regexp keeps the states of its automata, at most MemoryBytes for each goroutine that used it at
// the same time, until the next garbage collections.
//
// # What is not
//
// Parsing a pattern is not interrupted: what it may take is found out and charged before it begins.
// Callbacks and readers of the caller's are not interrupted. Whether a pattern says what its author
// means is not checked.
package saferegex
