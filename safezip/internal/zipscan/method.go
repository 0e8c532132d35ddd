package zipscan

import "fmt"

// MethodName is the name of a compression method (APPNOTE 4.4.5).
func MethodName(method uint16) string {
	switch method {
	case Store:
		return "stored"
	case 1:
		return "shrunk"
	case 2, 3, 4, 5:
		return "reduced"
	case 6:
		return "imploded"
	case Deflate:
		return "deflate"
	case 9:
		return "Deflate64" // Windows Explorer, above 2 GiB.
	case 10:
		return "PKWARE imploded"
	case 12:
		return "bzip2"
	case 14:
		return "LZMA"
	case 20, 93:
		return "Zstandard"
	case 94:
		return "MP3"
	case 95:
		return "xz"
	case 96:
		return "JPEG"
	case 97:
		return "WavPack"
	case 98:
		return "PPMd"
	case methodAES:
		return "AES"
	}
	return fmt.Sprintf("method %d", method)
}
