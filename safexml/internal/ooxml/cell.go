package ooxml

import "strings"

// The largest row and column of SpreadsheetML (Excel specifications and limits).
const (
	MaxRow    = 1_048_576
	MaxColumn = 16_384 // XFD
)

// MaxSpan is how many columns or rows of a table a cell may take. Word and PowerPoint make tables
// of less than a hundred; the grid of one whose rows differ has more.
const MaxSpan = 1_024

// MaxStrings is how many shared strings a workbook may say that it has: a column full of different
// ones, sixteen times.
const MaxStrings = 16 * MaxRow

// Row reports whether a text is the number of a row.
func Row(text string) bool { return number(text, MaxRow) }

// Column reports whether a text is the number of a column.
func Column(text string) bool { return number(text, MaxColumn) }

// index reports whether a text is a number that counts rows or columns from 0.
func index(text string, limit int) bool {
	return strings.Trim(text, "0") == "" && text != "" || number(text, limit-1)
}

// number reports whether a text is a decimal number from 1 to a limit.
func number(text string, limit int) bool {
	n := 0
	for i := range len(text) {
		c := text[i]
		if c < '0' || c > '9' {
			return false
		}
		if n = n*10 + int(c-'0'); n > limit {
			return false
		}
	}
	return n > 0
}

// Cells reports whether a text holds references to cells, rows, columns and ranges of them, such as
// "A1:XFD1048576 $B$2 C:D 5:6", and none beyond the last row or column.
func Cells(text string) bool {
	for field := range strings.FieldsSeq(text) {
		if field == "#REF!" { // What is left of a reference to cells that were deleted.
			continue
		}
		from, to, isRange := strings.Cut(field, ":")
		if !cell(from, isRange) || isRange && !cell(to, true) {
			return false
		}
	}
	return true
}

// cell reports whether a text is a reference to a cell, or in a range to a row or column.
func cell(text string, inRange bool) bool {
	letters := strings.TrimPrefix(text, "$")
	n := 0
	column := 0
	for n < len(letters) {
		c := letters[n] | 0x20
		if c < 'a' || c > 'z' {
			break
		}
		if column = column*26 + int(c-'a') + 1; column > MaxColumn {
			return false
		}
		n++
	}
	row := strings.TrimPrefix(letters[n:], "$")
	switch {
	case n == 0:
		return inRange && Row(row)
	case row == "":
		return inRange
	}
	return Row(row)
}
