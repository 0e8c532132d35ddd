package zipscan

import "github.com/seed73825598/airlock/safezip/internal/nature"

// nature says what a file without an end record is.
func (s *scanner) nature() (string, error) {
	if s.size == 0 {
		return "the file is empty", nil
	}
	head, err := s.near.at(0, int(min(s.size, nature.Bytes)))
	if err != nil {
		return "", err
	}
	switch what := nature.Of(head); what {
	case nature.Zip:
		return what + " that is cut off", nil
	case "":
		return "not a zip file, or one that is cut off at both ends", nil
	default:
		return what, nil
	}
}
