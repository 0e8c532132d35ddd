// Package promises holds what stays the same while code moves: exported names with their
// signatures, rule ids and mechanism ids. Its test reads the source of every public package and
// asks that no line of testdata/promises.txt is gone.
package promises
