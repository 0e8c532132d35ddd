package zipscan

import "time"

// modified returns the entry's time: from the extra fields if they hold one, or from the MS-DOS
// fields (APPNOTE 4.4.6), which count two seconds and know no zone; UTC is assumed, as archive/zip
// does. A date that no calendar has gives the zero Time.
func (x *extra) modified(date, clock uint16) time.Time {
	if !x.mtime.IsZero() {
		return x.mtime
	}
	year, month, day := 1980+int(date>>9), time.Month(date>>5&15), int(date&31)
	hour, minute, second := int(clock>>11), int(clock>>5&63), 2*int(clock&31)
	t := time.Date(year, month, day, hour, minute, second, 0, time.UTC)
	if t.Month() != month || t.Day() != day || t.Hour() != hour || t.Minute() != minute {
		return time.Time{}
	}
	return t
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
