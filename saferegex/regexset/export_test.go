package regexset

// CompileRE2 is what go-re2 does without the care that is taken here.
func CompileRE2(patterns []string) error {
	_, err := compileRE2(patterns, largeBytes)
	return err
}
