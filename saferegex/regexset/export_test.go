package regexset

// CompileRE2 is what go-re2 does without the care that is taken here.
func CompileRE2(patterns []string) error {
	_, err := compileRE2(patterns, largeBytes)
	return err
}

// AllRE2 has RE2 find all patterns that it can have, which are those that it is slower for as well.
func AllRE2() Option { return func(c *config) { c.allRE2 = true } }
