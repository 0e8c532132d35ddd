package decode_test

import (
	"reflect"
	"testing"
)

// FuzzUnmarshal fills values of generated types from any document, and holds them to encoding/xml.
func FuzzUnmarshal(f *testing.F) {
	for seed := range uint64(400) {
		f.Add(seed, []byte(documentOf(seed)))
	}
	f.Fuzz(func(t *testing.T, typeSeed uint64, data []byte) {
		typ := typeOf(typeSeed)
		if !misplacesName(typ, map[reflect.Type]bool{}) {
			sameValue(t, typ, data)
		}
	})
}
