// Package rematch runs compiled regular expressions under a meter.
//
// It executes the program that the standard library has parsed and compiled ([regexp/syntax.Prog]),
// so syntax, Unicode classes and the meaning of a pattern are Go's; only the loop over the text is
// its own, because the one in the regexp package cannot be stopped.
//
// # Engines
//
// [Find] and [Full] choose the first of these that can answer, in this order:
//
//	Engine         File           Runs when
//	refusal        shortest.go    the text is shorter than every match
//	words          words.go       the program is a list of many words without groups, or of a few that begin beyond
//	                              ASCII, and the text is not short
//	one-pass       onepass.go     the program is anchored and one-pass; for groups, and where there are no tables
//	sweep          sweep.go       the searches of a find-all have read far beyond their matches
//	literal        search.go      the program is a literal; a prefix says where the other engines begin
//	tables         table.go       the whole DFA has a few hundred states at most, and was made with the program
//	backtracker    bitstate.go    the text has at most 256 bytes; the program has no preference for the longest match;
//	                              also for the groups of a match of at most 64 bytes that a lazy DFA has found
//	lazy DFA       automaton.go   no assertion stands in a loop that reads nothing, and some states fit into the memory
//	Pike VM        pike.go        always
//
// The Pike VM is an NFA simulation: it runs all threads of a program side by side, with groups and
// assertions, in time of the text's length times the program's. The epsilon closures of its threads
// are worked out beforehand where they are small (flat.go), and for most threads the next character
// leaves one way to go, which is looked up. Where no groups are asked for, a loop of its own has
// nothing to copy, and reads on without a queue while one thread is alone (pikelight.go).
//
// A lazy DFA makes its states while it runs (forward.go, backward.go). One that runs forwards finds
// where a match ends, one that runs backwards where it begins, and the states that that one has
// kept say where the groups are (walk.go). It gives up for the rest of an operation if too few
// characters are read for each state that is made; the Pike VM goes on.
//
// Where every match contains a literal, a search goes from one place of it to the next: an automaton
// that reads backwards from there finds where a match may have begun (ahead.go). A literal is
// searched for by its rarest byte (needle.go).
//
// Where matches begin with a literal or with one of a few rare bytes, an automaton without an open
// match goes on at the next place at which one may begin (idle.go). In a text that has such bytes
// everywhere it stops doing so.
//
// Texts that are sure to take fewer steps than a meter does between two looks go without a meter
// (quick.go), by the same engines and with the same answers.
//
// The backtracker visits each pair of an instruction and a position once. It makes no states, so
// that a short text costs the same whether it is the first one or not.
//
// All engines have the same answers, and tests of their own; which one runs depends on pattern,
// text and limits alone, and so do the steps.
//
// # Characters
//
// Programs are of characters, not of bytes, and so are the engines. All characters are divided into
// classes that no instruction tells apart (class.go); a text is decoded and classified once, and an
// instruction asks for a class or a set of classes. A byte that is no part of valid UTF-8 counts as
// U+FFFD, as it does in the regexp package. An automaton over bytes would save the decoding, and
// would have to see, several bytes too late, that what began as a character is none.
package rematch
