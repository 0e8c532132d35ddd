// Command release writes the modules of this repository as a release would have them into a
// directory that serves as a module proxy, and prints the tags to make. It pushes nothing.
//
//	go run ./internal/tools/release -version v1.2.3 -o DIR
//	GOPROXY=file://DIR,$(go env GOPROXY) go install github.com/seed73825598/airlock/examples/airlock@v1.2.3
//
// There are two modules: the library, and the examples with the command. The accounts example and
// the benchmarks are modules that are not released. In a checkout the go.mod
// of the examples has a replace line, which go install refuses: in a release it names the library's
// version, and go.sum has its hashes.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

const (
	library  = "github.com/seed73825598/airlock"
	examples = "examples" // the directory of the nested module
)

func main() {
	version := flag.String("version", "", "the release, such as `v1.2.3`")
	dir := flag.String("o", "", "write the modules into `DIR`")
	flag.Parse()
	if err := run(".", *version, *dir); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

// semver is a version as tags have it, of a major version that needs no other module path.
var semver = regexp.MustCompile(`^v[01]\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?$`)

// run writes the modules of the repository at top.
func run(top, version, dir string) error {
	if !semver.MatchString(version) {
		return fmt.Errorf("-version is %q; want v0.Y.Z or v1.Y.Z", version)
	}
	if dir == "" {
		return errors.New("-o is not set")
	}
	root, nested, err := modules(top)
	if err != nil {
		return err
	}
	root.version, nested.version = version, version
	if err := root.write(dir); err != nil {
		return err
	}
	if err := nested.require(root); err != nil {
		return err
	}
	if err := nested.write(dir); err != nil {
		return err
	}
	fmt.Printf("%s: %d files, %s\n%s: %d files, %s\n", root.path, len(root.files), root.sum(), nested.path,
		len(nested.files), nested.sum())
	fmt.Printf("to tag, once go.mod and go.sum of %s are as in %s:\n\tgit tag %s\n\tgit tag %s/%s\n", examples, dir,
		version, examples, version)
	return nil
}

// modules reads the library and the examples from the files that git knows.
func modules(top string) (root, nested *module, err error) {
	git := exec.Command("git", "ls-files", "-z")
	git.Dir = top
	list, err := git.Output()
	if err != nil {
		return nil, nil, fmt.Errorf("git ls-files: %w", err)
	}
	names := strings.Split(strings.TrimSuffix(string(list), "\x00"), "\x00")
	var others []string // directories of the other modules
	for _, name := range names {
		if dir, is := strings.CutSuffix(name, "/go.mod"); is && dir != examples {
			others = append(others, dir+"/")
		}
	}
	root, nested = newModule(library), newModule(library+"/"+examples)
	for _, name := range names {
		data, regular, err := read(top, name)
		switch {
		case err != nil:
			return nil, nil, err
		case !regular:
			continue
		}
		if within(name, others) {
			continue
		}
		if inside, is := strings.CutPrefix(name, examples+"/"); is {
			nested.files[inside] = data
		} else {
			root.files[name] = data
		}
	}
	// A nested module without a license of its own has that of the repository.
	if _, own := nested.files["LICENSE"]; !own {
		nested.files["LICENSE"] = root.files["LICENSE"]
	}
	return root, nested, nil
}

// read returns a file; what is not a regular file has no place in a module.
func read(top, name string) (data []byte, regular bool, err error) {
	path := filepath.Join(top, filepath.FromSlash(name))
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() {
		return nil, false, err
	}
	data, err = os.ReadFile(path) //nolint:gosec // git names it.
	return data, true, err
}

func within(name string, dirs []string) bool {
	for _, dir := range dirs {
		if strings.HasPrefix(name, dir) {
			return true
		}
	}
	return false
}
