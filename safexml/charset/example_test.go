package charset_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/seed73825598/airlock/safexml/charset"
)

// Labels fills the list from which an operator chooses. Case does not count.
func ExampleLabels() {
	all := slices.Collect(charset.Labels())
	for _, label := range []string{"latin1", "koi8-r", "utf-7"} {
		fmt.Println(label, slices.ContainsFunc(all, func(l string) bool {
			return strings.EqualFold(l, label)
		}))
	}
	// Output:
	// latin1 true
	// koi8-r true
	// utf-7 false
}
