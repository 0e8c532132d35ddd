//go:build !linux

package unpack

import (
	"errors"
	"os"
)

// exchangeNames is for systems without a call that does it: two renames take its place.
func exchangeNames(*os.Root, string, string) error { return errors.ErrUnsupported }
