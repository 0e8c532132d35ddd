module github.com/seed73825598/airlock

go 1.26.6 // the first with the fixes this module leans on: os.Root CVE-2025-22873 CVE-2026-27139 CVE-2026-32282 CVE-2026-39822, encoding/xml CVE-2026-56859, archive/zip CVE-2025-61728

require github.com/google/go-cmp v0.7.0

require (
	github.com/wasilibs/go-re2 v1.13.0
	golang.org/x/sys v0.48.0
	golang.org/x/text v0.43.0
)
