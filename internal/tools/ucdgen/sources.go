package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A source is one input of the generator, held to its bytes.
type source struct{ name, from, sum string }

const (
	ucdFolder = "/usr/share/unicode" // where Debian's unicode-data puts the files
	npmName   = "unhomoglyph@1.0.6"
)

var sources = []source{
	{"UnicodeData.txt", "unicode-data 15.0.0-1", "806e9aed65037197f1ec85e12be6e8cd870fc5608b4de0fffd990f689f376a73"},
	{"CaseFolding.txt", "unicode-data 15.0.0-1", "cdd49e55eae3bbf1f0a3f6580c974a0263cb86a6a08daa10fbf705b4808a56f7"},
	{"DerivedCoreProperties.txt", "unicode-data 15.0.0-1",
		"d367290bc0867e6b484c68370530bdd1a08b6b32404601b8c7accaf83e05628d"},
	{"DerivedNormalizationProps.txt", "unicode-data 15.0.0-1",
		"d5687a48c95c7d6e1ec59cb29c0f2e8b052018eb069a4371b7368d0561e12a29"},
	{"PropList.txt", "unicode-data 15.0.0-1", "e05c0a2811d113dae4abd832884199a3ea8d187ee1b872d8240a788a96540bfd"},
	{"Scripts.txt", "unicode-data 15.0.0-1", "cca85d830f46aece2e7c1459ef1249993dca8f2e46d51e869255be140d7ea4b0"},
	{"ScriptExtensions.txt", "unicode-data 15.0.0-1",
		"7e07313d9d0bee42220c476b64485995130ae30917bbcf7780b602d677d7e33f"},
	{"PropertyValueAliases.txt", "unicode-data 15.0.0-1",
		"13a7666843abea5c6b7eb8c057c57ab9bb2ba96cfc936e204224dd67d71cafad"},
	{"auxiliary/GraphemeBreakProperty.txt", "unicode-data 15.0.0-1",
		"5a0f8748575432f8ff95e1dd5bfaa27bda1a844809e17d6939ee912bba6568a1"},
	{"extracted/DerivedBidiClass.txt", "unicode-data 15.0.0-1",
		"4841f2090c2dbc592d3ce43bb74c2191b3da50fb9a0d00274f1448c202851b02"},
	{"extracted/DerivedJoiningType.txt", "unicode-data 15.0.0-1",
		"c4870b11e2b8b7d0eb70b99ce85608e5c28a399efa316cca97238a58ae160e5e"},
	{"extracted/DerivedCombiningClass.txt", "unicode-data 15.0.0-1",
		"ca54f6360cd288ad92113415bf1f77749015abe11cbd6798d21f7fa81f04205d"},
	{"extracted/DerivedGeneralCategory.txt", "unicode-data 15.0.0-1",
		"fe29a45c0882500e591140aaa5c4f5067e6a5d746806148af34400c48b9c06f9"},
	{"emoji/emoji-data.txt", "unicode-data 15.0.0-1",
		"29071dba22c72c27783a73016afb8ffaeb025866740791f9c2d0b55cc45a3470"},
	{"emoji/emoji-sequences.txt", "unicode-data 15.0.0-1",
		"5c2222d8a432d896a031a68c2f54b04fbf47b0fce2e69853f1eb8a3e945eb56d"},
	{"data.json", "unhomoglyph 1.0.6", "2fb1ef5aa83ace3438c1cbd6f2fd413cd62ab20906b6101511eb5db11e70ae1c"},
	{"allowed", "libicu72", "84aa6cdf10832053074f1ee3d84969ad9ae2a7848ffe465fb3783082f37deec6"},
	{"confusables", "libicu72", "6806e9a3ca7ade7314df1e71370e844059055949f462e3d39bf81599a9c597f8"},
	{"cldr-misc-full-48.2.0.tgz", "cldr-misc-full 48.2.0",
		"c6ba8384d7ea8701cf86935db0461379231ddd970cc41c249f4a33b9857ded3c"},
	{"letters.txt", "airlock", "e1c89dfa4dfc7089af6894523bc4945fb9db89a08c309785522bbb05a41e025d"},
	{"overlay.txt", "airlock", "3af347eebc54fa9aa172c1dd3cfe0d5e8b9949ede51cd531e72849b95b8cf753"},
}

// opened holds the sources' bytes by name.
type opened struct {
	files map[string][]byte
	tmp   string
}

func (o *opened) close() { _ = os.RemoveAll(o.tmp) }

// open gathers every source and holds it to its hash. All missing sources are named at once, with
// the packages that install them.
func open(dir string) (*opened, error) {
	tmp, err := os.MkdirTemp("", "ucd-gen")
	if err != nil {
		return nil, err
	}
	o := &opened{files: map[string][]byte{}, tmp: tmp}
	var errs []error
	for _, s := range sources {
		data, err := o.fetch(s, dir)
		if err == nil {
			err = s.check(data)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s (%s): %w", s.name, s.from, err))
		}
		o.files[s.name] = data
	}
	if err := errors.Join(errs...); err != nil {
		o.close()
		return nil, err
	}
	return o, nil
}

func (s source) check(data []byte) error {
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != s.sum {
		return fmt.Errorf("SHA-256 is %x, not %s", sum, s.sum)
	}
	return nil
}

func (o *opened) fetch(s source, dir string) ([]byte, error) {
	switch s.from {
	case "unicode-data 15.0.0-1":
		return os.ReadFile(filepath.Join(ucdFolder, s.name))
	case "unhomoglyph 1.0.6":
		return o.npm()
	case "cldr-misc-full 48.2.0":
		if _, err := o.output("npm", "pack", "--silent", "--pack-destination", o.tmp, "cldr-misc-full@48.2.0"); err != nil {
			return nil, err
		}
		return os.ReadFile(filepath.Join(o.tmp, s.name))
	case "libicu72":
		return o.icu(dir, s.name)
	}
	return os.ReadFile(filepath.Join(dir, "..", "tools", "ucdgen", s.name))
}

// npm downloads the package and takes data.json from it.
func (o *opened) npm() ([]byte, error) {
	if _, err := o.output("npm", "pack", "--silent", "--pack-destination", o.tmp, npmName); err != nil {
		return nil, err
	}
	return o.output("tar", "-xzOf", filepath.Join(o.tmp, "unhomoglyph-1.0.6.tgz"), "package/data.json")
}

// icu builds the C program once and has it print one table.
func (o *opened) icu(dir, table string) ([]byte, error) {
	program := filepath.Join(o.tmp, "icu")
	if _, err := os.Stat(program); err != nil {
		if _, err := o.output("cc", "-O1", "-o", program, filepath.Join(dir, "..", "tools", "ucdgen", "icu", "icu.c"),
			"-licuuc", "-licui18n"); err != nil {
			return nil, err
		}
	}
	return o.output(program, table)
}

func (o *opened) output(name string, args ...string) ([]byte, error) {
	cmd := exec.Command(name, args...)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %s", name, err, strings.TrimSpace(said.String()))
	}
	return out, nil
}
