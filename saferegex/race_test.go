//go:build race

package saferegex_test

// sample is how much of its data a test uses: one in so many. The race detector makes an engine
// some ten times as slow.
const sample = 500
