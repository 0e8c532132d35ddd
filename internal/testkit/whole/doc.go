// Package whole holds tests that ask the same of all packages at once: that the heap stays in
// proportion to the memory they account for, and that nothing is left, however operations end.
// There is nothing in it to import.
package whole
