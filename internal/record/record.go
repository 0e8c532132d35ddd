// Package record writes errors, events and reports as data: a group in a log, an object in JSON.
//
// The keys are lower case, and they are promises: members may join, and none may go or change. The
// text that a sender has chosen is quoted, escaped or cut before it comes here.
package record

import (
	"encoding/json"
	"log/slog"
	"strings"
)

// A Record is a list of members in their order.
type Record []slog.Attr

// Text adds a text, unless it is empty.
func (r Record) Text(key, value string) Record {
	if value == "" {
		return r
	}
	return append(r, slog.String(key, value))
}

// Number adds a number, unless it is zero.
func (r Record) Number(key string, n int64) Record {
	if n == 0 {
		return r
	}
	return append(r, slog.Int64(key, n))
}

// LogValue is the record in a log.
func (r Record) LogValue() slog.Value { return slog.GroupValue(r...) }

// MarshalJSON writes the members in their order. A duration is a number of nanoseconds, under a key
// that says so: "elapsed_ns" for elapsed.
func (r Record) MarshalJSON() ([]byte, error) {
	var s strings.Builder
	for i, a := range r {
		key, value := a.Key, a.Value.Any()
		if a.Value.Kind() == slog.KindDuration {
			key, value = key+"_ns", int64(a.Value.Duration())
		}
		text, err := json.Marshal(value)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			s.WriteByte(',')
		}
		s.WriteString(`"` + key + `":`)
		s.Write(text)
	}
	return []byte("{" + s.String() + "}"), nil
}
