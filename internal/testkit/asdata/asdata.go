// Package asdata holds errors, events and reports to what they are in a log and for a program.
package asdata

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
)

// Check fails t if v has another JSON, or another text in a log under the key "e". Both are
// promises: members may join, and none may go or change.
func Check(t *testing.T, name string, v any, inLog, inJSON string) {
	t.Helper()
	got, err := json.Marshal(v)
	if err != nil || string(got) != inJSON {
		t.Errorf("%s, error %v:\n%s\nwant\n%s", name, err, got, inJSON)
	}
	var out bytes.Buffer
	handler := slog.NewTextHandler(&out, &slog.HandlerOptions{ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
		if len(groups) == 0 && a.Key != "e" {
			return slog.Attr{}
		}
		return a
	}})
	slog.New(handler).Info("", "e", v)
	if line := strings.TrimSpace(out.String()); line != inLog {
		t.Errorf("%s, in a log:\n%s\nwant\n%s", name, line, inLog)
	}
}
