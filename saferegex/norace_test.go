//go:build !race

package saferegex_test

// sample is how much of its data a test uses: one in so many.
const sample = 150
