// Package unpack makes the tree of an archive on disk: it is all of an extraction that touches the
// file system. The tree has been accepted before (package tree), so every name in it is plain, and
// none is there twice.
//
// A [Place] says where the tree is made: in a stage that one rename puts in place ([NewDir]), or in
// a directory that the caller holds open ([Held]). A [Build] makes the nodes: directories first,
// then files, by any number of workers, and links last, so that nothing is ever made through what
// the archive has put there. [Build.Commit] makes it final; [Build.Undo] removes what was made.
package unpack
