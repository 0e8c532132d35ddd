module github.com/seed73825598/airlock/examples/accounts

go 1.26.6

// Database drivers without cgo. They take longer to compile than the library, and the command in
// ../airlock needs none of them: hence a module of its own.
require (
	github.com/go-sql-driver/mysql v1.9.3
	github.com/lib/pq v1.12.3
	github.com/seed73825598/airlock v0.0.0
	modernc.org/sqlite v1.44.3
)

require (
	filippo.io/edwards25519 v1.1.0 // indirect
	github.com/dustin/go-humanize v1.0.1 // indirect
	github.com/google/uuid v1.6.0 // indirect
	github.com/mattn/go-isatty v0.0.20 // indirect
	github.com/ncruces/go-strftime v1.0.0 // indirect
	github.com/remyoudompheng/bigfft v0.0.0-20230129092748-24d4a6f8daec // indirect
	golang.org/x/exp v0.0.0-20251023183803-a4bb9ffd2546 // indirect
	golang.org/x/sys v0.48.0 // indirect
	modernc.org/libc v1.67.6 // indirect
	modernc.org/mathutil v1.7.1 // indirect
	modernc.org/memory v1.11.0 // indirect
)

replace github.com/seed73825598/airlock => ../../
