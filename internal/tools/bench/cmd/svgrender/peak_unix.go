//go:build unix

package main

import (
	"os/exec"
	"syscall"
)

// peak returns the most memory that the command and what it started held, in KiB.
func peak(cmd *exec.Cmd) int64 {
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		return usage.Maxrss
	}
	return 0
}
