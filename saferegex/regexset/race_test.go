//go:build race

package regexset_test

// sample is how much of its data a test uses: one text in so many. Under the race detector RE2 is
// twenty times as slow.
const sample = 12
