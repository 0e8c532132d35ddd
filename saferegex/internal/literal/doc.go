// Package literal finds out which literals every match of a pattern contains, and searches a text
// for the literals of many patterns at once.
//
// [Of] reads a parse tree and returns a set of strings, one of which stands in every match: all
// that a match can be, or what it begins with, or a part of it. [Build] makes an Aho-Corasick
// automaton (Aho and Corasick, Efficient string matching: an aid to bibliographic search, 1975) of
// the sets of many patterns. It reads a text once, whatever the number of patterns, and says where
// their literals occur.
package literal
