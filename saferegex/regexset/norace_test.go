//go:build !race

package regexset_test

// sample is how much of its data a test uses: one text in so many, all of them without the race
// detector.
const sample = 1
