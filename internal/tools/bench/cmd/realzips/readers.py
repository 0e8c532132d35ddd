#!/usr/bin/env python3
"""readers.py ARCHIVES UNPACKED compares what safezip has unpacked (realzips -modes -into UNPACKED ARCHIVES) with what Python's zipfile, unzip,
bsdtar and 7z read in the same archives: the names and the contents of all files, or, where names are in a code page, the contents alone.

An archive that a reader does not read whole is told as well. Directories, and what the option SkipMacOS leaves out, are not compared.
"""
import hashlib, os, re, subprocess, sys, tempfile, zipfile

archives, unpacked = sys.argv[1:3]


def left_out(name):
    parts = name.split("/")
    return "__MACOSX" in parts or parts[-1] in (".DS_Store", "Icon\r", "Icon_", "Icon^M", "Icon") or parts[-1].startswith("._")


def tree(root):
    root, found = os.fsencode(root), {}
    for folder, _, files in os.walk(root):
        for f in files:
            path = os.path.join(folder, f)
            name = os.path.relpath(path, root).decode("utf-8", "surrogateescape")
            with open(path, "rb") as data:
                found[name] = hashlib.sha256(data.read()).hexdigest()
    return found


def by_python(path):
    with zipfile.ZipFile(path) as z:
        names = {}
        for i in z.infolist():
            name = i.filename
            if not i.flag_bits & 0x800 and not name.isascii():  # zipfile reads CP437; most programs here, the bytes
                name = name.encode("cp437").decode("utf-8", "surrogateescape")
            if not name.endswith("/"):
                names[os.path.normpath(name).lstrip("/")] = hashlib.sha256(z.read(i)).hexdigest()
        return names


def by_program(*command):
    def read(path):
        with tempfile.TemporaryDirectory() as to:
            argv = [part.replace("ARCHIVE", path).replace("INTO", to) for part in command]
            status = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                    env={**os.environ, "LC_ALL": "C.UTF-8"}, check=False)
            found = tree(to)
            empty = b"zipfile is empty" in status.stderr
            if status.returncode not in (0, 1) or status.returncode == 1 and not found and not empty:
                raise ValueError(f"status {status.returncode}: {status.stderr[-120:]!r}")
            return found
    return read


readers = {
    "python": by_python,
    "unzip": by_program("unzip", "-qq", "-o", "ARCHIVE", "-d", "INTO"),
    "bsdtar": by_program("bsdtar", "-x", "-f", "ARCHIVE", "-C", "INTO"),
    "7z": by_program("7z", "x", "-bd", "-y", "-oINTO", "ARCHIVE"),
}
alike = {name: 0 for name in readers}
renamed = {name: 0 for name in readers}
shapes = sorted(os.listdir(unpacked))
for shape in shapes:
    want = {n: h for n, h in tree(os.path.join(unpacked, shape)).items() if not left_out(n)}
    for reader, read in readers.items():
        try:
            got = {n: h for n, h in read(os.path.join(archives, shape + ".zip")).items() if not left_out(n)}
        except Exception as e:
            print(f"{shape}: {reader} does not read it: {e}")
            continue
        if re.search("in-CP|no-flag", shape):
            same = sorted(want.values()) == sorted(got.values())
        else:
            same = want == got
        alike[reader] += same
        if not same and sorted(h for n, h in want.items() if not n.isascii()) == sorted(h for n, h in got.items() if n not in want):
            renamed[reader] += 1
        elif not same:
            print(f"{shape}: {reader} differs: {sorted(set(want.items()) ^ set(got.items()))[:4]}")
print(f"{len(shapes)} archives")
for reader, n in alike.items():
    print(f"{reader}: {n} alike, {renamed[reader]} with other names beyond ASCII")
