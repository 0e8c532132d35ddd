package svg

import (
	"math/big"
	"strings"
	"testing"
)

// TestLongNumbers reads numbers of many digits. strconv has lost the size of some with more than
// 800 digits before an exponent.
func TestLongNumbers(t *testing.T) {
	zeros, ones := strings.Repeat("0", 1000), strings.Repeat("1", 1000)
	for _, text := range []string{
		ones, "-" + ones, ones + "e-998", ones + "e-1000", "." + ones, "-." + zeros + "1e1003", "0." + zeros + "25e1002",
		zeros + "12", zeros + "." + zeros, zeros + "1.5", "1" + zeros + "e-999", "+1" + zeros + "." + ones + "E-1000",
		"1." + zeros + "e2", "123456789." + ones,
	} {
		exact, _, err := big.ParseFloat(text, 10, 200, big.ToNearestEven)
		if err != nil {
			t.Fatal(err)
		}
		want, _ := exact.Float64()
		isNumber(t, text, want)
	}
	for text, want := range map[string]float64{
		ones + "e-99999999999999999999":         0,
		ones + "e99999999999999999999":          mostNumber,
		"-." + zeros + "1e99999999999999999999": -mostNumber,
		zeros + "e99999999999999999999":         0,
	} {
		isNumber(t, text, want)
	}
}

func isNumber(t *testing.T, text string, want float64) {
	t.Helper()
	want = min(max(want, -mostNumber), mostNumber)
	if got := parseNumber([]byte(text)); got < want-1e-12*max(want, -want) || got > want+1e-12*max(want, -want) {
		t.Errorf("%.20s… of %d bytes: %v; want %v", text, len(text), got, want)
	}
}

// TestFilterFunctions finds the largest length in functions of filters, and those in one another
// take no longer than others: a megabyte of them is read at once.
func TestFilterFunctions(t *testing.T) {
	for text, want := range map[string]float64{
		"blur(2px)":                        2,
		"blur(2px) drop-shadow(1px 3px)":   3,
		"BLUR(1in)":                        96,
		"blur(blur(7px))":                  7,
		"blur(1px blur(9px) 12px":          9,
		"blur( calc(5px + blur(4px":        5,
		"grayscale(3)":                     0,
		"drop-shadow(0 0 1em red) blur(6)": 16,
		// Honest functions do not stand in one another as deep as that.
		strings.Repeat("blur(", 200_000) + "8px" + strings.Repeat(")", 200_000): mostNumber,
	} {
		if got := FilterFunctions([]byte(text)); got != want {
			t.Errorf("%.40s: %v; want %v", text, got, want)
		}
	}
}
