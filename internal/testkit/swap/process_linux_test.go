package swap

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
)

// told is what an attacker writes before the number of its exchanges.
const told = "exchanged "

// attackForEver exchanges directories until the process that began it is gone.
func attackForEver(g ground) {
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		_, _ = os.Stdin.Read(make([]byte, 1)) // It ends with the other process.
	}()
	for n, last := 0, 0; ; {
		for _, where := range []string{"out", ".out.safezip-*/tree"} {
			n += g.exchange(where)
		}
		if n >= last+100 {
			fmt.Printf("%s%d\n", told, n)
			last = n
		}
		select {
		case <-gone:
			return
		default:
		}
	}
}

// A process attacks while the test runs.
type process struct {
	done atomic.Int64 // exchanges that it has told of
}

// begin starts a process that attacks a directory until the test ends.
func begin(t *testing.T, base string) *process {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestExchangeAllTheTime$", "-attack="+base)
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &process{}
	read := make(chan struct{})
	go func() {
		defer close(read)
		for lines := bufio.NewScanner(stdout); lines.Scan(); {
			number, ok := strings.CutPrefix(lines.Text(), told)
			if n, err := strconv.ParseInt(number, 10, 64); ok && err == nil {
				p.done.Store(n)
			}
		}
	}()
	t.Cleanup(func() {
		_ = stdin.Close()
		<-read
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	})
	return p
}
