package zipscan

import "time"

// modified returns the entry's time: from the extra fields if they hold one, or from the MS-DOS
// fields (APPNOTE 4.4.6), which count two seconds and know no zone; UTC is assumed, as archive/zip
// does. A date that no calendar has gives the zero Time.
func (x *extra) modified(date, clock uint16) time.Time {
	if !x.mtime.IsZero() {
		return x.mtime
	}
	year, month, day := 1980+int64(date>>9), int64(date>>5&15), int64(date&31)
	hour, minute, second := int64(clock>>11), int64(clock>>5&63), 2*int64(clock&31)
	if day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 59 {
		return time.Time{}
	}
	return time.Unix(((daysBefore(year, month)+day-1)*24+hour)*3600+minute*60+second, 0).UTC()
}

// daysIn returns the length of a month, and 0 for one that no calendar has. No year from 1980 to
// 2107 but 2100 is divisible by 4 and without a leap day.
func daysIn(year, month int64) int64 {
	switch month {
	case 1, 3, 5, 7, 8, 10, 12:
		return 31
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && year != 2100 {
			return 29
		}
		return 28
	}
	return 0
}

// daysBefore returns the days from the first of January 1970 to the first of a month from 1980 to
// 2107. For this, a year begins in March, so that the leap day is its last: from March on, five
// months have 153 days.
func daysBefore(year, month int64) int64 {
	if month -= 3; month < 0 {
		year, month = year-1, month+12
	}
	days := (year-1970)*365 + (year-1968)/4 + (153*month+2)/5 + 59
	if year >= 2100 {
		days--
	}
	return days
}

// timeOfNTFS converts a count of 100 ns since 1601. A year that no calendar program writes (JSON
// and most databases end at 9999) gives the zero Time.
func timeOfNTFS(ticks uint64) time.Time {
	const perSecond, to1970 = 10_000_000, 11_644_473_600
	t := time.Unix(int64(ticks/perSecond)-to1970, int64(ticks%perSecond)*100).UTC() //nolint:gosec // Both fit by far.
	if t.Year() > 9999 {
		return time.Time{}
	}
	return t
}
