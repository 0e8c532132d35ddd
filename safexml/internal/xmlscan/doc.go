// Package xmlscan proves that bytes are an XML document: every production of XML 1.0 (fifth
// edition) and every constraint of Namespaces in XML 1.0 that a document without an internal DTD
// subset can break.
//
// A [Scanner] reads its source through one window of fixed size and never looks back. Whatever the
// document leaves unbounded, be it text, a comment, an attribute value, white space in a tag or the
// leading zeros of a character reference, is scanned in pieces, and the states between the pieces
// are few (see state). Whatever must be seen whole has a cap: names, delimiters, the two
// declarations. So the input can be split anywhere, memory does not grow with the length of
// anything that is not kept, and there is no recursion: depth is a number that is counted, because
// a goroutine whose stack overflows cannot be stopped.
//
// Plain characters are skipped eight at a time. Where the scan neither stops at elements nor keeps
// text, whole plain tags are passed over without the states; that path (plain.go) refuses nothing,
// and what it cannot pass it leaves to them. Open elements, attributes and namespaces are spans of
// a few arenas, which are accounted for before they grow; a token costs no allocation. Attributes
// and prefixes are looked up one by one while they are few and through a seeded hash when they are
// many, so a sender cannot choose names that make the look-up quadratic.
//
// Verdicts do not depend on where the input is split: of two faults the one with the smaller offset
// is reported, and costs are settled at the offset of a fault before the fault is told.
//
// A document that is well-formed and still dangerous is not judged here. [Scanner.Step] stops at
// every event that its user is interested in, and a user who wants a verdict alone is interested in
// next to none.
package xmlscan
