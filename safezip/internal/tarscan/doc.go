// Package tarscan reads the headers of a tar stream in one pass and proves that there is one
// reading of them: ustar (POSIX.1-1988), pax (POSIX.1-2001) and the long names of GNU tar. It asks
// nothing of names and makes nothing on disk.
//
// A [Scanner] goes from header to header ([Scanner.Next]) and hands out what lies between them
// ([Scanner.Body]). Each block of 512 bytes is a header, a record about the next header, data that
// a header has announced, or the end: whatever two programs could take for different ones of these
// is refused.
//
// A finding goes to Config.Report. If that returns nil the rule is lifted or the caller wants to
// see more; the Scanner goes on where the finding leaves one way to go on, and otherwise ends with
// an error for which [Stopped] is true.
package tarscan
