package main

import (
	"archive/zip"
	"encoding/json"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const version = "v0.99.0"

var whole = flag.Bool("install", false, "compile and run the command that is installed; takes half a minute")

// TestInstall: the command can be installed from a proxy that has the two modules as they would be
// tagged, and it knows which release it is.
func TestInstall(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds")
	}
	proxy, bin := t.TempDir(), t.TempDir()
	if err := run("../../..", version, proxy); err != nil {
		t.Fatal(err)
	}
	env := goEnv(t, "GOMODCACHE", "GOPROXY")
	// The cache of downloaded modules serves as a proxy for all else.
	proxies := fileURL(proxy) + "," + fileURL(filepath.Join(env["GOMODCACHE"], "cache", "download")) + "," + env["GOPROXY"]
	args := []string{"install", library + "/examples/airlock@" + version}
	if !*whole {
		args = slices.Insert(args, 1, "-n") // All is loaded and nothing is compiled.
	}
	install := exec.CommandContext(t.Context(), "go", args...)
	install.Dir = bin // Outside the workspace.
	install.Env = append(os.Environ(), "GOBIN="+bin, "GOMODCACHE="+filepath.Join(t.TempDir(), "mod"), "GOWORK=off",
		"GOSUMDB=off", "GOFLAGS=-modcacherw -trimpath", "CGO_ENABLED=0",
		"GOPROXY="+proxies)
	if said, err := install.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	if !*whole {
		return
	}
	said, err := exec.CommandContext(t.Context(), filepath.Join(bin, "airlock"), "inspect", "-json", emptyZip(t)).Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	var o struct {
		Verdict string
		Basis   struct{ Library string }
	}
	if err := json.Unmarshal(said, &o); err != nil || o.Verdict != "accepted" || o.Basis.Library != version {
		t.Errorf("%v in %s", err, said)
	}
}

// TestSums: the hashes that go.sum of the examples has are those that the go command finds.
func TestSums(t *testing.T) {
	proxy := t.TempDir()
	if err := run("../../..", version, proxy); err != nil {
		t.Fatal(err)
	}
	download := exec.CommandContext(t.Context(), "go", "mod", "download", "-json", library+"@"+version)
	download.Dir = t.TempDir()
	download.Env = append(os.Environ(), "GOMODCACHE="+filepath.Join(t.TempDir(), "mod"), "GOWORK=off", "GOSUMDB=off",
		"GOFLAGS=-modcacherw -trimpath", "GOPROXY="+fileURL(proxy))
	said, err := download.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	var got struct{ Sum, GoModSum string }
	if err := json.Unmarshal(said, &got); err != nil {
		t.Fatal(err)
	}
	r, err := zip.OpenReader(filepath.Join(proxy, library, "examples", "@v", version+".zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	sums := fileOf(t, r, "go.sum")
	for _, line := range []string{library + " " + version + " " + got.Sum, library + " " + version + "/go.mod " +
		got.GoModSum} {
		if !strings.Contains(sums, line+"\n") {
			t.Errorf("go.sum has no line %s", line)
		}
	}
	if mod := fileOf(t, r, "go.mod"); strings.Contains(mod, "replace") || !strings.Contains(mod, library+" "+version) {
		t.Errorf("go.mod is\n%s", mod)
	}
	if fileOf(t, r, "LICENSE") == "" {
		t.Error("there is no license")
	}
}

// TestNestedModulesStayOut: a released module has no file of another module, and no symbolic link.
func TestNestedModulesStayOut(t *testing.T) {
	root, nested, err := modules("../../..")
	if err != nil {
		t.Fatal(err)
	}
	for name := range root.files {
		if strings.HasPrefix(name, "examples/") || strings.HasPrefix(name, "internal/tools/bench/") {
			t.Errorf("the library has %s", name)
		}
	}
	for name := range nested.files {
		if strings.HasPrefix(name, "accounts/") {
			t.Errorf("the examples have %s", name)
		}
	}
	if len(nested.files["go.mod"]) == 0 || len(nested.files["airlock/main.go"]) == 0 {
		t.Error("files of the examples are missing")
	}
	if len(root.files["go.mod"]) == 0 || len(root.files["limits/limits.go"]) == 0 {
		t.Error("files of the library are missing")
	}
}

func TestVersions(t *testing.T) {
	for _, bad := range []string{"", "1.2.3", "v1.2", "v2.0.0", "v1.2.3+meta", "v1.02.3", "v1.2.3 -x"} {
		if err := run("../../..", bad, t.TempDir()); err == nil || !strings.Contains(err.Error(), "-version") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// fileURL is a directory as GOPROXY names it.
func fileURL(dir string) string { return "file:///" + strings.TrimPrefix(filepath.ToSlash(dir), "/") }

func goEnv(t *testing.T, names ...string) map[string]string {
	t.Helper()
	said, err := exec.CommandContext(t.Context(), "go", append([]string{"env", "-json"}, names...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	env := map[string]string{}
	if err := json.Unmarshal(said, &env); err != nil {
		t.Fatal(err)
	}
	return env
}

func fileOf(t *testing.T, r *zip.ReadCloser, name string) string {
	t.Helper()
	data, err := r.Open(library + "/examples@" + version + "/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = data.Close() }()
	var text strings.Builder
	if _, err := io.Copy(&text, data); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

func emptyZip(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "empty.zip")
	if err := os.WriteFile(file, []byte("PK\x05\x06"+strings.Repeat("\x00", 18)), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
