// Package rematch runs compiled regular expressions under a meter.
//
// It executes the program that the standard library has parsed and compiled ([regexp/syntax.Prog]),
// so syntax, Unicode classes and the meaning of a pattern are Go's; only the loop over the text is
// its own, because the one in the regexp package cannot be stopped.
//
// # Engines
//
// The Pike machine (machine.go, pike.go) runs all threads of a program side by side, with captures
// and assertions. It can do everything, in time of the text's length times the program's.
//
// # Characters
//
// Programs are of characters, not of bytes, and so are the engines. All characters are divided into
// classes that no instruction tells apart (class.go); a text is decoded and classified once, and an
// instruction asks for a class or a set of classes. A byte that is no part of valid UTF-8 counts as
// U+FFFD, as it does in the regexp package. An automaton over bytes would save the decoding, and
// would have to see, several bytes too late, that what began as a character is none.
package rematch
