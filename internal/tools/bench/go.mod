module github.com/seed73825598/airlock/internal/tools/bench

go 1.26.6

require (
	github.com/beevik/etree v1.5.1
	github.com/dlclark/regexp2 v1.12.0
	github.com/grafana/regexp v0.0.0-20250905101755-5eb4f3acbf71
	github.com/klauspost/compress v1.18.0
	github.com/mholt/archives v0.1.5
	github.com/muktihari/xmltokenizer v0.0.5
	github.com/seed73825598/airlock v0.0.0
	github.com/wasilibs/go-re2 v1.13.0
	golang.org/x/sys v0.48.0
	golang.org/x/text v0.43.0
)

require (
	github.com/STARRY-S/zip v0.2.3 // indirect
	github.com/andybalholm/brotli v1.2.0 // indirect
	github.com/bodgit/plumbing v1.3.0 // indirect
	github.com/bodgit/sevenzip v1.6.1 // indirect
	github.com/bodgit/windows v1.0.1 // indirect
	github.com/dsnet/compress v0.0.2-0.20230904184137-39efe44ab707 // indirect
	github.com/hashicorp/golang-lru/v2 v2.0.7 // indirect
	github.com/klauspost/pgzip v1.2.6 // indirect
	github.com/mikelolasagasti/xz v1.0.1 // indirect
	github.com/minio/minlz v1.0.1 // indirect
	github.com/nwaples/rardecode/v2 v2.2.0 // indirect
	github.com/pierrec/lz4/v4 v4.1.22 // indirect
	github.com/sorairolake/lzip-go v0.3.8 // indirect
	github.com/spf13/afero v1.15.0 // indirect
	github.com/ulikunitz/xz v0.5.15 // indirect
	go4.org v0.0.0-20230225012048-214862532bf5 // indirect
)

replace github.com/seed73825598/airlock => ../../../
