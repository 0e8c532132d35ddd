// Package saferegex matches regular expressions under a budget of time, steps and memory.
package saferegex
