// Package zipscan reads the structure of a zip file byte by byte and proves that there is only one
// way to read it.
//
// A zip file describes each entry twice or three times (central directory, local header, data
// descriptor), says in several places where things are, and is read from its end by some programs
// and from its start by others. Whatever those places say differently, two programs will read
// differently: a scanner sees one file and the unpacker after it another. So Scan takes nothing on
// trust. It reads the end records (APPNOTE 4.3.14 to 4.3.16), the central directory (4.3.12), every
// local header (4.3.7) and every data descriptor (4.3.9), compares each field with its twin, and
// proves that headers, data, descriptors, directory and end records tile the file exactly once: no
// byte belongs to two of them, and every byte to one.
//
// Nothing is inflated and no data is looked at: the cost is one small read an entry, or one of 64 KiB
// for all the entries whose headers lie in it. Only the directory's entries are held in memory, and
// what they will take is asked of the budget before it is allocated.
//
// Scan decides nothing about what may be lifted. Every broken rule is a Finding handed to
// Config.Report, which ends the scan by returning an error or lets it go on; then the central
// directory's word is taken.
package zipscan
