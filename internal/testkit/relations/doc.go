// Package relations fuzzes what must hold between two runs, where the right answer to one is not
// known: all faces of safezip judge an archive alike, a budget never changes the answer of a
// pattern, a name comes back from JSON and from a database with its key, and what an operation of
// safezip, safexml and unicodeid has used is exactly what it needs.
package relations
