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

require (
	github.com/beevik/etree v1.7.0
	github.com/russellhaering/gosaml2 v0.12.0
	github.com/russellhaering/goxmldsig v1.6.1
)

require (
	github.com/jonboulle/clockwork v0.5.0 // indirect
	github.com/mattermost/xml-roundtrip-validator v0.1.0 // indirect
	github.com/mitchellh/colorstring v0.0.0-20190213212951-d06e56a500db // indirect
	github.com/rivo/uniseg v0.4.7 // indirect
	github.com/wasilibs/go-re2 v1.13.0 // indirect
	golang.org/x/sys v0.49.0 // indirect
	golang.org/x/text v0.43.0 // indirect
)

replace github.com/seed73825598/airlock => ../
