package svg

import (
	"encoding/base64"
	"net/url"
	"strings"
)

// A dataURI is the content of a data: URI in Base64 (RFC 2397).
type dataURI struct {
	mediaType string // in lower case, without its parameters
	payload   string // Base64, perhaps with white space and escapes
}

// parseDataURI reads a data: URI. Parameters stand between the media type and base64; they must be
// names and values.
func parseDataURI(uri string) (dataURI, bool) {
	uri = strings.Trim(uri, " \t\n\r")
	if len(uri) < len("data:") || !strings.EqualFold(uri[:len("data:")], "data:") {
		return dataURI{}, false
	}
	head, payload, ok := strings.Cut(uri[len("data:"):], ",")
	if !ok {
		return dataURI{}, false
	}
	parts := strings.Split(head, ";")
	last := len(parts) - 1
	if last < 1 || !strings.EqualFold(strings.TrimSpace(parts[last]), "base64") {
		return dataURI{}, false
	}
	for _, parameter := range parts[1:last] {
		if name, _, ok := strings.Cut(parameter, "="); !ok || strings.TrimSpace(name) == "" {
			return dataURI{}, false
		}
	}
	return dataURI{strings.ToLower(strings.TrimSpace(parts[0])), payload}, true
}

// decode returns the first bytes of the content, at most n. A character that is not Base64 ends it.
func (d dataURI) decode(n int) []byte {
	payload := d.payload
	// Every byte takes two characters, or six of escapes; white space is rare.
	if most := 8*n + 1024; len(payload) > most {
		payload = payload[:most]
	}
	if strings.Contains(payload, "%") {
		if i := strings.LastIndexByte(payload, '%'); i > len(payload)-3 {
			payload = payload[:i]
		}
		if plain, err := url.PathUnescape(payload); err == nil {
			payload = plain
		}
	}
	clean := make([]byte, 0, min(len(payload), 2*n))
	for i := 0; i < len(payload) && len(clean) < 2*n; i++ {
		switch c := payload[i]; c {
		case ' ', '\t', '\n', '\r', '\f':
		case '=':
			i = len(payload)
		default:
			clean = append(clean, c)
		}
	}
	out := make([]byte, base64.RawStdEncoding.DecodedLen(len(clean)))
	// Up to the first fault the bytes are there.
	got, _ := base64.RawStdEncoding.Decode(out, clean)
	return out[:min(got, n)]
}

// IsRasterImage reports whether a URI holds an image of pixels: by its media type, which some
// editors leave out, and by its first bytes, which is what programs that draw go by.
func IsRasterImage(uri string) bool {
	d, ok := parseDataURI(uri)
	if !ok {
		return false
	}
	switch d.mediaType {
	case "", "image/png", "image/jpeg", "image/jpg", "image/gif", "image/webp", "image/avif", "image/pjpeg", "image/x-png":
		return formatOf(d.decode(16)) != noImage
	}
	return false
}

// IsFont reports whether a URI holds a font: by its media type, which Illustrator leaves out, and
// by its first bytes.
func IsFont(uri string) bool {
	d, ok := parseDataURI(uri)
	if !ok {
		return false
	}
	switch d.mediaType {
	case "", "font/ttf", "font/otf", "font/woff", "font/woff2", "font/opentype", "font/truetype", "font/sfnt",
		"font/collection", "application/font-woff", "application/font-woff2", "application/x-font-woff",
		"application/x-font-woff2", "application/font-ttf", "application/font-otf", "application/font-sfnt",
		"application/x-font-ttf", "application/x-font-truetype", "application/x-font-otf",
		"application/x-font-opentype", "application/vnd.ms-opentype", "application/octet-stream", "type/opentype":
	default:
		return false
	}
	switch string(d.decode(4)) {
	case "wOFF", "wOF2", "\x00\x01\x00\x00", "OTTO", "true", "ttcf":
		return true
	}
	return false
}
