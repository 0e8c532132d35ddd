// Package swap attacks what safezip writes: while an archive is unpacked, directories of the stage
// and of the destination are exchanged for links to a directory that is not ours. Extract and
// ExtractRoot must never write there, nor change or remove what is there, whether they succeed or
// fail; the plain loop over archive/zip does under the same attack, or the attack shows nothing.
//
// The test exchanges when the archive is read, by a seed, and waits for nothing. With -exchanges a
// process does nothing but exchange, as fast as it can:
//
//	go test ./internal/testkit/swap -v -exchanges=1000000
package swap
