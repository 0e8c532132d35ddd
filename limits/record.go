package limits

import (
	"log/slog"

	"github.com/seed73825598/airlock/internal/record"
)

// named adds a name that a program has chosen, unless it is empty. It is escaped and cut like a
// quoted text all the same.
func named(r record.Record, key, value string) record.Record {
	value = printable(value)
	return r.Text(key, value[:min(len(value), quoteBytes)])
}

// placed adds where in the input something is: the offset always, -1 if it is not known.
func placed(r record.Record, where string, offset int64, line, column int) record.Record {
	if where != "" {
		where = Quote(where)
	}
	return append(r.Text("where", where), slog.Int64("offset", offset)).Number("line", int64(line)).
		Number("column", int64(column))
}
