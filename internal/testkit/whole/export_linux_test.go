//go:build !race

package whole

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
)

// export has TestLimitedExport read that many MiB of records in this process.
var export = flag.Int("export", 0, "how many MiB of records TestLimitedExport reads in a process of its own")

// mostMemory is what a process may take that reads records, the runtime and the program included.
const mostMemory = 32 << 20

// TestLimitedExport reads 200 MiB of records, 2 GiB with -long, in a process of 32 MiB. Of the
// limits that have a default, Items alone is raised.
func TestLimitedExport(t *testing.T) {
	if *export > 0 {
		readExport(t, int64(*export)<<20)
		return
	}
	size := 200
	switch {
	case *long:
		size = 2048
	case testing.Short():
		size = 40
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestLimitedExport$", "-test.v",
		"-export="+strconv.Itoa(size))
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	found := regexp.MustCompile(`most: (\d+) kB`).FindSubmatch(out)
	if found == nil {
		t.Fatalf("the process has not told how much memory it took:\n%s", out)
	}
	most, err := strconv.Atoi(string(found[1]))
	if err != nil || most<<10 > mostMemory {
		t.Errorf("%d MiB of records took %d KiB of memory, %v", size, most, err)
	}
	t.Logf("%d MiB of records: %d KiB of memory at most", size, most)
}

// readExport reads a generated document and says how much memory the process took at most.
func readExport(t *testing.T, size int64) {
	t.Helper()
	type sale struct {
		ID       int64     `xml:"id,attr"`
		Customer string    `xml:"customer>name"`
		When     time.Time `xml:"when"`
		Lines    []struct {
			SKU   string  `xml:"sku,attr"`
			Price float64 `xml:"price"`
		} `xml:"line"`
	}
	sales, lines := int64(0), int64(0)
	src := &generated{left: size}
	n, err := safexml.EachRecord(t.Context(), src, "export/sale", limits.Limits{
		InputBytes: limits.Bytes(size) + limits.KiB,
		Items:      size / 16,
		Time:       10 * time.Minute,
	}, func(s sale) error {
		if s.ID != sales || s.Customer == "" || s.When.IsZero() || len(s.Lines) != 2 || s.Lines[1].Price != 0.5 {
			return fmt.Errorf("sale %d is %+v", sales, s) //nolint:err113 // For the test alone.
		}
		sales++
		lines += int64(len(s.Lines))
		return nil
	})
	if err != nil || n != sales || n != src.n {
		t.Fatalf("%d of %d sales, %v", n, src.n, err)
	}
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Printf("%d sales, %d lines; most: %s kB\n", n, lines,
		regexp.MustCompile(`VmHWM:\s*(\d+) kB`).FindSubmatch(status)[1])
}

// A generated document has sales up to a size.
type generated struct {
	left int64
	n    int64
	b    bytes.Buffer
	over bool
}

// Read implements io.Reader.
func (g *generated) Read(p []byte) (int, error) {
	for g.b.Len() < len(p) && !g.over {
		if g.n == 0 {
			g.b.WriteString("<export>\n")
		}
		before := g.b.Len()
		fmt.Fprintf(&g.b, `<sale id="%d"><customer><name>Customer number %d</name></customer><when>`+
			`2026-01-02T03:04:05Z</when>`+
			`<line sku="A-%d"><price>12.25</price></line><line sku="B"><price>0.5</price></line></sale>`+"\n", g.n, g.n, g.n%100)
		g.n++
		if g.left -= int64(g.b.Len() - before); g.left <= 0 {
			g.b.WriteString("</export>\n")
			g.over = true
		}
	}
	n, _ := g.b.Read(p)
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}
