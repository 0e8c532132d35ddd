package safezip

import (
	"time"

	"github.com/seed73825598/airlock/safezip/internal/unpack"
)

// RemoveStale removes the staging directories that killed processes have left beside dir, in the
// directory that contains it, and returns how many. Nothing removes them unasked: call it when a
// service starts, for instance.
//
// Copies of streams that a process killed in ExtractStream or OpenStream has left are removed as
// well if they lie there: for those in TempDir, or os.TempDir, give a dir in that directory. Where
// the process was killed while it replaced a directory (see Replace), what is kept is moved to
// where it belongs before anything is removed; what cannot be moved stays, and is an error.
//
// Only directories that are ours beyond doubt are removed: a directory (no link) whose name has our
// form, with our user as owner and mode 0700, unchanged for at least age, and empty or holding a
// lock file that no living process has locked; or a file of mode 0600 with the name of such a copy.
// Everything else is left alone. The lock works within one machine; on a network file system whose
// locks do not reach other machines, choose an age that no extraction reaches. Where the system has
// no flock the error is errors.ErrUnsupported. One that cannot be removed does not keep the others
// from being removed; the errors come together.
func RemoveStale(dir string, age time.Duration) (int, error) {
	return unpack.RemoveStale("safezip.RemoveStale", dir, age)
}
