package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

// A module is what one tag releases.
type module struct {
	path, version string
	files         map[string][]byte // by their slash-separated names within the module
}

func newModule(path string) *module { return &module{path: path, files: map[string][]byte{}} }

// require has m depend on a release of other, which stood in a replace line.
func (m *module) require(other *module) error {
	dir, err := os.MkdirTemp("", "airlock-release-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	file := filepath.Join(dir, "go.mod")
	if err := os.WriteFile(file, m.files["go.mod"], 0o600); err != nil {
		return err
	}
	//nolint:gosec // run has checked the version.
	edit := exec.Command("go", "mod", "edit", "-dropreplace="+other.path, "-require="+other.path+"@"+other.version, file)
	if said, err := edit.CombinedOutput(); err != nil {
		return fmt.Errorf("go mod edit: %w: %s", err, said)
	}
	if m.files["go.mod"], err = os.ReadFile(file); err != nil { //nolint:gosec // It was made here.
		return err
	}
	sums := string(m.files["go.sum"]) + other.path + " " + other.version + " " + other.sum() + "\n" +
		other.path + " " + other.version + "/go.mod " + sum(map[string][]byte{"go.mod": other.files["go.mod"]}, "") + "\n"
	m.files["go.sum"] = []byte(sums)
	return nil
}

// sum is the hash of m that go.sum has.
func (m *module) sum() string { return sum(m.files, m.path+"@"+m.version+"/") }

// sum is the hash "h1" of go.sum over files whose names have a prefix.
func sum(files map[string][]byte, prefix string) string {
	all := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(all, "%x  %s\n", sha256.Sum256(files[name]), prefix+name)
	}
	return "h1:" + base64.StdEncoding.EncodeToString(all.Sum(nil))
}

// write puts m where the GOPROXY protocol has it below dir. The paths of these modules have no
// capital letters, which the protocol would escape.
func (m *module) write(dir string) error {
	dir = filepath.Join(dir, filepath.FromSlash(m.path), "@v")
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // A proxy is for everyone to read.
		return err
	}
	var archive bytes.Buffer
	w := zip.NewWriter(&archive)
	for _, name := range slices.Sorted(maps.Keys(m.files)) {
		f, err := w.Create(m.path + "@" + m.version + "/" + name)
		if err != nil {
			return err
		}
		if _, err := f.Write(m.files[name]); err != nil {
			return err
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	info, err := json.Marshal(struct {
		Version string
		Time    time.Time
	}{m.version, time.Now().UTC().Truncate(time.Second)})
	if err != nil {
		return err
	}
	for name, data := range map[string][]byte{
		"list": []byte(m.version + "\n"), m.version + ".info": info, m.version + ".mod": m.files["go.mod"],
		m.version + ".zip": archive.Bytes(),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil { //nolint:gosec // As above.
			return err
		}
	}
	return nil
}
