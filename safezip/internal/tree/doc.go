// Package tree holds the tree that an archive describes, built in memory before anything is made on
// disk: names, collisions, links and the directories that names only imply. It asks no file system:
// what it proves holds whatever is on the disk. Package unpack makes the tree.
//
// An archive's names go through [Tree.Name], which judges each by itself, and [Tree.Add], which
// enters it into the tree, where two names meet that would end up in one place. [Tree.Choose] marks
// what is wanted, and [Tree.CheckLinks] follows each symbolic link through the tree.
package tree
