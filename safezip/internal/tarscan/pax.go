package tarscan

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
)

// nextRecord takes one record from the body of a pax header: its length in decimal digits, a space,
// a key, "=", a value, and a newline (POSIX.1-2001, pax, "Extended Header").
func nextRecord(body []byte) (key, value string, rest []byte, err error) {
	digits, _, found := bytes.Cut(body, []byte{' '})
	if !found || len(digits) == 0 || len(digits) > 7 || digits[0] == '0' {
		return "", "", nil, errRecord
	}
	n := 0
	for _, b := range digits {
		if b < '0' || b > '9' {
			return "", "", nil, errRecord
		}
		n = n*10 + int(b-'0')
	}
	if n <= len(digits)+1 || n > len(body) || body[n-1] != '\n' {
		return "", "", nil, errRecord
	}
	key, value, found = strings.Cut(string(body[len(digits)+1:n-1]), "=")
	if !found || key == "" || strings.IndexByte(key, 0) >= 0 {
		return "", "", nil, errRecord
	}
	return key, value, body[n:], nil
}

// parsePax reads the body of a pax header.
func (s *Scanner) parsePax(body []byte, at int64) (*paxRecords, error) {
	p := &paxRecords{}
	seen := map[string]bool{}
	for len(body) > 0 {
		key, value, rest, err := nextRecord(body)
		if err != nil {
			return nil, s.refuse(Malformed, at, "the pax header holds what is not a pax record")
		}
		body = rest
		if seen[key] {
			return nil, s.refuse(DuplicateRecord, at, "the pax key %s comes twice", limits.Quote(key))
		}
		seen[key] = true
		if err := s.use(p, key, value, at); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// use takes from a record what concerns the entry.
func (s *Scanner) use(p *paxRecords, key, value string, at int64) error {
	if value == "" && (key == "path" || key == "linkpath" || key == "size") {
		return s.refuse(Malformed, at, "the pax key %s has no value: some programs keep the header's, others have none",
			limits.Quote(key))
	}
	if key == "linkpath" || key == "uname" || key == "gname" { // A name is judged as all names are.
		if strings.IndexByte(value, 0) >= 0 {
			return s.refuse(Malformed, at, "the pax key %s has a NUL in its value, at which some programs end it",
				limits.Quote(key))
		}
	}
	switch key {
	case "path":
		p.path = &value
	case "linkpath":
		p.link = &value
	case "size":
		n, err := strconv.ParseUint(value, 10, 63)
		if err != nil {
			return s.refuse(NumberFormat, at, "the pax size is %s, which is no decimal number below 2^63", limits.Quote(value))
		}
		size := int64(n)
		p.size = &size
	case "mtime", "atime", "ctime":
		t, ok := parseTime(value)
		if !ok {
			return s.refuse(NumberFormat, at, "the pax %s is %s, which is no decimal number", key, limits.Quote(value))
		}
		if key == "mtime" {
			p.modified = &t
		}
	case "uid", "gid":
		if _, err := strconv.ParseInt(value, 10, 64); err != nil && value != "" {
			return s.refuse(NumberFormat, at, "the pax %s is %s, which is no decimal number of 64 bits", key,
				limits.Quote(value))
		}
	case "hdrcharset":
		p.binary = value != "ISO-IR 10646 2000 UTF-8"
	case "uname", "gname", "comment", "charset":
	default:
		return s.vendor(key, at)
	}
	return nil
}

// parseTime reads seconds since 1970 with a fraction. An empty text is no time.
func parseTime(value string) (time.Time, bool) {
	if value == "" {
		return time.Time{}, true
	}
	seconds, fraction, _ := strings.Cut(value, ".")
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil || strings.HasPrefix(seconds, "+") || len(fraction) > 100 ||
		strings.Trim(fraction, "0123456789") != "" ||
		n > math.MaxInt32*1000 || n < -math.MaxInt32*1000 {
		return time.Time{}, false
	}
	nanoseconds, _ := strconv.ParseInt((fraction + "000000000")[:9], 10, 64) // Digits.
	if strings.HasPrefix(seconds, "-") {
		nanoseconds = -nanoseconds
	}
	return time.Unix(n, nanoseconds), true
}

// isSparseKey reports a key that makes a file sparse or gives it another size.
func isSparseKey(key string) bool {
	return strings.HasPrefix(key, "GNU.sparse.") || key == "SCHILY.realsize" || key == "SUN.holesdata"
}

// vendorFamilies are keys outside of POSIX that change no name, size, type or content: attributes,
// access lists, device and inode numbers, and what made the archive.
var vendorFamilies = [...]string{
	"SCHILY.xattr.", "SCHILY.acl.", "SCHILY.fflags", "SCHILY.dev", "SCHILY.ino", "SCHILY.nlink",
	"SCHILY.release", "LIBARCHIVE.", "RHT.security.", "MSWINDOWS.", "NODETAR.", "APK-TOOLS.", "security.", "realtime.",
	"com.apple.", "COMPRESSOR.", "TOC.", "GNU.volume.",
}

// vendor judges a key outside of POSIX. One of those that change nothing is dropped, with a note
// for the first of each family.
func (s *Scanner) vendor(key string, at int64) error {
	if isSparseKey(key) {
		return s.refuse(Sparse, at, "a sparse file: the pax key %s", limits.Quote(key))
	}
	for _, family := range vendorFamilies {
		if !strings.HasPrefix(key, family) {
			continue
		}
		if s.noted[family] {
			return nil
		}
		s.noted[family] = true
		return s.cfg.Note(Finding{Where: s.where, Offset: at, Detail: "pax keys " + family + "… are not used"})
	}
	return s.allow(VendorKeys, at, "the pax key %s is known to some programs only", limits.Quote(key))
}
