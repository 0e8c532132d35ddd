// Package inflate decodes DEFLATE (RFC 1951) and counts exactly which bytes of its source belong to
// the stream.
//
// It refuses what zlib refuses: the reserved block type, a stored length whose complement differs,
// more than 286 length codes or 30 distance codes, a length that repeats nothing or runs past the
// end, an over-subscribed code, an incomplete code except one of a single symbol with one bit (RFC
// 1951, 3.2.7), a code without the end of block, a symbol that has no meaning, and a distance that
// reaches before the start of the output.
//
// # How it is fast
//
// A [Decoder] begins with 2 KiB of input and 8 KiB of output, and its tables: a short stream pays
// for no more. Four times longer buffers take their place as a stream gets longer, up to a window
// and 64 KiB, and stay for the streams that follow. Bits wait in a 64-bit word that one eight-byte
// load fills. One look into the table of literals and lengths yields up to two literals: the table
// is made for one symbol an entry, and a block that has decoded a few thousand bytes pays for the
// pass that joins literals into pairs. Output follows the 32 KiB that a distance may reach in one
// array, so that a match is copied within it, eight bytes at a time.
//
// decodeFast runs while 16 bytes of input and room for a longest match are left. decodeCareful does
// the rest, one symbol at a time, with the same tables.
//
// # What it costs
//
// One step is 64 bytes of input or of output, whichever is more, and one more for each block that
// yields nothing. The budget is looked at after each block and at the latest every 64 KiB.
package inflate
