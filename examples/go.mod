module github.com/seed73825598/airlock/examples

go 1.26.6

// The progress bar of airlock unzip. Of the three bars that were looked at it brings the fewest modules (four, two of them golang.org/x), draws on the
// goroutine that calls it, and asks the terminal that it writes to for its width. It links net/http for a server that is never started.
// cheggaaa/pb v3.2.1 brings seven modules, makes a program as large, and opens /dev/tty when it is imported.
// vbauerster/mpb v8.9.3 is the smallest, draws from goroutines of its own, and had its last release in February 2025.
require github.com/schollz/progressbar/v3 v3.19.1

require (
	github.com/google/go-cmp v0.7.0
	github.com/klauspost/compress v1.18.0 // zstd, as airlock gunzip brings it into decompress
	github.com/seed73825598/airlock v0.0.0
	golang.org/x/term v0.47.0 // is standard error a terminal? progressbar brings it
)

// The databases of the accounts example: drivers without cgo.
require (
	github.com/lib/pq v1.12.3
	modernc.org/sqlite v1.44.3
)

require (
	github.com/beevik/etree v1.7.0
	github.com/go-sql-driver/mysql v1.9.3
	github.com/russellhaering/gosaml2 v0.12.0
	github.com/russellhaering/goxmldsig v1.6.1
)

require (
	filippo.io/edwards25519 v1.1.0 // indirect
	github.com/dustin/go-humanize v1.0.1 // indirect
	github.com/google/uuid v1.6.0 // indirect
	github.com/jonboulle/clockwork v0.5.0 // indirect
	github.com/mattermost/xml-roundtrip-validator v0.1.0 // indirect
	github.com/mattn/go-isatty v0.0.22 // indirect
	github.com/mitchellh/colorstring v0.0.0-20190213212951-d06e56a500db // indirect
	github.com/ncruces/go-strftime v1.0.0 // indirect
	github.com/remyoudompheng/bigfft v0.0.0-20230129092748-24d4a6f8daec // indirect
	github.com/rivo/uniseg v0.4.7 // indirect
	github.com/wasilibs/go-re2 v1.13.0 // indirect
	golang.org/x/exp v0.0.0-20251023183803-a4bb9ffd2546 // indirect
	golang.org/x/sys v0.49.0 // indirect
	golang.org/x/text v0.43.0 // indirect
	modernc.org/libc v1.67.6 // indirect
	modernc.org/mathutil v1.7.1 // indirect
	modernc.org/memory v1.11.0 // indirect
)

replace github.com/seed73825598/airlock => ../
