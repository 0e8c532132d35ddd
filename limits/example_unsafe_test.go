package limits_test

import (
	"errors"
	"fmt"

	"github.com/seed73825598/airlock/limits"
)

// The limits of a nightly job stand in the source. UnsafeParse takes a word that a flag or a file
// cannot say.
func ExampleUnsafeParse() {
	const nightly = "input=unsafe-unlimited time=2h"
	lim, err := limits.UnsafeParse(nightly)
	fmt.Println(lim.InputBytes == limits.UnsafeUnlimited, lim.Time, err)
	_, err = limits.Parse(nightly)
	fmt.Println(errors.Is(err, limits.ErrConfig))
	// Output:
	// true 2h0m0s <nil>
	// true
}

func ExampleUnsafeParseBytes() {
	n, err := limits.UnsafeParseBytes("unsafe-unlimited")
	fmt.Println(n == limits.UnsafeUnlimited, err)
	n, err = limits.UnsafeParseBytes("10 MiB")
	fmt.Println(n, err)
	// Output:
	// true <nil>
	// 10 MiB <nil>
}
