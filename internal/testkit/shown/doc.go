// Package shown holds the public packages to their examples. Its test reads the source of every
// public package of the module, and asks that each entry point is shown by an Example with Output,
// which go test runs, and that each package has an example that a reader can copy as a whole file.
package shown
