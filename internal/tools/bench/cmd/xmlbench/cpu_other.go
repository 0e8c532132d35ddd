//go:build !unix

package main

import "time"

var began = time.Now()

// cpu returns how long the process has run.
func cpu() time.Duration { return time.Since(began) }
