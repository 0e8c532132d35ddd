// Package decompress reads gzip, zlib, raw DEFLATE and bzip2 streams from senders that you need not
// trust: bodies of requests, tokens, cookies, SAML messages, logs.
//
// A stream of 334 KB becomes 229 MB, and its reader learns that at the end. decompress asks first
// how much it may become:
//
//	r, err := decompress.NewReader(ctx, body, decompress.Gzip, limits.Limits{
//		OutputBytes: 10 * limits.MiB,
//		Time:        5 * time.Second,
//	})
//	if err != nil {
//		return err
//	}
//	defer r.Close()
//	_, err = io.Copy(dst, r)
//
// [Bytes] is the same for data in memory, all or nothing. [ContentCodings] is the value for
// limitshttp.Options.Decode, which decodes the bodies of requests. [NewFormat] brings in a form
// that another library decodes, such as zstd.
//
// Do not use it for archives: safezip and safetar read them whole.
//
// # Limits
//
// One step is 64 bytes (begun) of input or of output, whichever is more, and one more for each
// DEFLATE block that yields nothing. For what [NewFormat] brings in it is 64 bytes of output.
//
//	Field        Required  Default                              Meaning
//	InputBytes   no        OutputBytes + OutputBytes/1024 + 64 KiB  bytes of the stream; a longer one compresses nothing
//	OutputBytes  yes       none                                 bytes that come out, to the byte
//	Items        no        1 Mi (DefaultItems)                  members of a gzip file and streams of a bzip2 file; more than one needs Multistream
//	Depth        no        1                                    a stream within a stream is data, so nothing is deeper than 1
//	Steps        no        16 Mi (DefaultSteps) + OutputBytes/64  blocks of 64 bytes, and empty blocks
//	MemoryBytes  no        16 MiB (DefaultMemoryBytes)          windows and tables; for Bytes OutputBytes twice besides, which hold the result while it is made
//	Time         yes       none                                 wall clock inside the calls; it stands still between two Reads
//
// # Policy
//
// Every check is a rule with a stable id; [Rules] lists them with the attack that each one stops.
// [Multistream] is policy: several gzip members or bzip2 streams one after another are one file for
// some programs and the first of them for others, so they are refused without it. [UnsafeAllow]
// lifts what may be lifted.
//
// # What is guaranteed
//
// io.EOF means that the checksum and the length were verified, and that the source is at its end:
// a stream that is accepted has one reading, and no byte that any other program could read as
// something else. Not one byte more than OutputBytes is handed out. Work is bounded by Steps,
// memory by MemoryBytes.
//
// # What is not
//
// Bytes that were read before io.EOF are not verified yet: act on them only after it, or use
// [Bytes]. Content is not looked at. zlib and raw DEFLATE do not say how long they are, and raw
// DEFLATE has no checksum. A format that [NewFormat] brings in is bounded by bytes and by the
// memory that it is told, not by its structure, and bytes that its decoder reads past the end of
// the stream are not seen. bzip2 sorts blocks of up to 900 KB, and the time is looked at between
// two of them.
package decompress
