#!/usr/bin/env bash
# packers.sh OUT WRITERS [PART...] packs one small tree with every packer that is installed, each in the modes that it has, to OUT/PACKER--MODE.zip.
# WRITERS is where collect.sh has installed the JavaScript libraries; pack.cjs calls them. A packer that is not installed is left out: realzips -modes
# counts what there is.
#
# The tree has an empty directory, a program, text, an image, an empty file, and in the modes called "names" also names beyond ASCII. In the modes
# "old" its files are from before 1980, in "empty" it has none, in "macos" it has what the Finder leaves, and in "names-in-PAGE" its names are
# in a code page. programs.sh, Jars.java and _go are parts of this script.
set -uo pipefail

mkdir -p "${1:?usage: packers.sh OUT WRITERS}"
out=$(cd "$1" && pwd)
writers=${2:?usage: packers.sh OUT WRITERS}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Go libraries that write archives; _go calls them.
go_packers=(github.com/klauspost/compress@v1.18.0 github.com/yeka/zip@v0.0.0-20231116150916-03d6312748a9
	github.com/alexmullins/zip@v0.0.0-20180717182244-4affb64b04d0 github.com/saracen/fastzip@v0.2.0 golang.org/x/mod@v0.30.0
	github.com/xuri/excelize/v2@v2.9.0 github.com/mholt/archiver/v3@v3.5.1 github.com/go-shiori/go-epub@v1.2.1
	github.com/jhoonb/archivex@v0.0.0-20201016144719-6a343cdae81d github.com/STARRY-S/zip@v0.2.3 github.com/tealeg/xlsx/v3@v3.3.13
	github.com/pierrre/archivefile@v0.0.0-20170218184037-e2d100bc74f5 github.com/hillu/go-archive-zip-crypto@v0.0.0-20200712202847-bd5cf365dd44)

have() { command -v "$1" >/dev/null; }
# shellcheck source=packers/programs.sh
. "$here/packers/programs.sh"

# to PACKER MODE prints where an archive goes, and removes what stands there.
to() { rm -f "$out/$1--$2.zip"; echo "$out/$1--$2.zip"; }

make_tree() {
	mkdir -p "$1/empty" "$1/docs/deep"
	printf 'Read me first.\n' >"$1/readme.txt"
	for i in $(seq 400); do echo "line $i of a text that compresses"; done >"$1/docs/text.txt"
	: >"$1/docs/deep/none"
	seq 9000 | gzip -n | head -c 3000 >"$1/image.png"
	printf '#!/bin/sh\necho run\n' >"$1/run.sh" && chmod 755 "$1/run.sh"
}
plain=$work/plain names=$work/names links=$work/links old=$work/old empty=$work/empty macos=$work/macos
for tree in plain names links old macos; do make_tree "${!tree}"; done
printf 'x' >"$names/Größe.txt" && printf 'x' >"$names/日本語.txt"
ln -s readme.txt "$links/link" && ln -s docs "$links/dir"
mkdir -p "$empty" "$macos/__MACOSX/docs"
printf 'x' | tee "$macos/.DS_Store" "$macos/docs/._text.txt" "$macos/__MACOSX/docs/._text.txt" >"$macos/Icon"$'\r'
find "$old" -exec touch -d '1970-01-01 00:00:01 UTC' {} +
# The same word as the systems of its country write it; the second byte of the Japanese one is a backslash, taken by itself.
declare -A pages=([CP437]=$'Gr\x94\xe1e' [CP850]=$'\xe2l\x97' [CP866]=$'\x8f\xe0\xa8' [CP932]=$'\x95\x5c\x8e\xa6' [CP936]=$'\xd6\xd0\xce\xc4'
	[CP949]=$'\xc7\xd1\xb1\xdb' [CP950]=$'\xa4\xa4\xa4\xe5')
for page in "${!pages[@]}"; do make_tree "$work/$page" && printf 'x' >"$work/$page/${pages[$page]}.txt"; done

# each PACKER COMMAND… runs a command that packs the folder it stands in to its last argument, in the trees that every packer gets.
each() {
	local packer=$1 tree; shift
	(cd "$plain" && "$@" "$(to "$packer" default)") >/dev/null 2>&1 </dev/null
	for tree in names old empty; do (cd "${!tree}" && "$@" "$(to "$packer" "$tree")") >/dev/null 2>&1 </dev/null; done
}

# foreign PACKER COMMAND… does so where names are bytes and not UTF-8, and where a Mac has been.
foreign() {
	local packer=$1 page; shift
	(cd "$macos" && "$@" "$(to "$packer" macos)") >/dev/null 2>&1 </dev/null
	for page in "${!pages[@]}"; do (cd "$work/$page" && LC_ALL=C "$@" "$(to "$packer" "names-in-$page")") >/dev/null 2>&1 </dev/null; done
}

# wide is both.
wide() { each "$@"; foreign "$@"; }

info_zip() {
	have zip || return
	in_zip() { zip -qr "$1" .; }
	wide infozip in_zip
	cd "$plain" || return
	zip -qr0 "$(to infozip stored)" .
	zip -qr9X "$(to infozip best)" .
	zip -qrD "$(to infozip no-directories)" .
	zip -qrfz "$(to infozip forced-zip64)" .
	zip -qr - . >"$(to infozip streamed)"
	zip -qr0 - . >"$(to infozip stored-streamed)"
	tar -cf - . | zip -q "$(to infozip from-stdin)" -
	zip -qrP secret "$(to infozip encrypted)" .
	zip -qr -Z bzip2 "$(to infozip bzip2)" .
	zip -qr1 "$(to infozip fastest)" .
	zip -qrjD "$(to infozip no-paths)" docs image.png
	zip -qro "$(to infozip oldest-time)" .
	zip -qr "$(to infozip updated)" docs && zip -qru "$out/infozip--updated.zip" . && zip -qd "$out/infozip--updated.zip" image.png
	zip -qrg "$(to infozip grown)" docs && zip -qrg "$out/infozip--grown.zip" .
	zip -qrc "$(to infozip entries-commented)" . < <(yes 'of an entry' | head -n 20)
	zip -qr -x '*' -i nothing "$(to infozip nothing)" . || true
	mkfifo "$work/fifo" && (cat readme.txt >"$work/fifo" & zip -q --fifo "$(to infozip fifo)" "$work/fifo")
	cp "$out/infozip--default.zip" "$(to infozip concatenated)" && cat "$out/infozip--stored.zip" >>"$out/infozip--concatenated.zip"
	(cd "$names" && LC_ALL=C zip -qr "$(to infozip names-in-C)" . && LC_ALL=C.UTF-8 zip -qr "$(to infozip names-in-UTF-8)" .)
	(cd "$links" && zip -qry "$(to infozip links)" .)
	zip -qr "$(to infozip commented)" . && echo comment | zip -qz "$out/infozip--commented.zip"
	cat /bin/true "$out/infozip--default.zip" >"$(to infozip self-extracting)"
	cp "$out/infozip--self-extracting.zip" "$(to infozip self-extracting-adjusted)" && zip -qA "$out/infozip--self-extracting-adjusted.zip"
	zip -qr0X "$(to infozip epub)" readme.txt && zip -qr9X "$out/infozip--epub.zip" docs
	(mkdir -p "$work/large" && cd "$work/large" && head -c 100000 /dev/urandom >data && zip -q -s 64k "$work/split.zip" data && # two parts
		cp "$work/split.zip" "$(to infozip split-in-parts)")
}

seven_zip() {
	have 7z || return
	in_7z() { 7z a -bd -tzip "$1" .; }
	wide 7zip in_7z
	cd "$plain" || return
	for mode in m=Copy m=Deflate64 m=BZip2 m=LZMA m=PPMd m=Deflate x=1 x=9 cu=on tc=on tc=off tm=off; do 7z a -bd -tzip "-m$mode" "$(to 7zip "${mode#*=}")" . >/dev/null; done
	7z a -bd -tzip -psecret -mem=AES256 "$(to 7zip aes)" . >/dev/null
	7z a -bd -tzip -psecret "$(to 7zip encrypted)" . >/dev/null
	7z a -bd -tzip -si "$(to 7zip from-stdin)" <readme.txt >/dev/null
	7z a -bd -tzip -sireadme.txt "$(to 7zip from-stdin-named)" <readme.txt >/dev/null
	7z a -bd -tzip "$(to 7zip updated)" docs >/dev/null && 7z u -bd -tzip "$out/7zip--updated.zip" . >/dev/null
	7z a -bd -tzip -v4k "$work/parts.zip" . >/dev/null && cp "$work/parts.zip.001" "$(to 7zip first-part)"
	(cd "$names" && 7z a -bd -tzip -mcp=437 "$(to 7zip names-in-CP437-switch)" . && 7z a -bd -tzip -mcl=on "$(to 7zip names-local)" .) >/dev/null
	(cd "$links" && 7z a -bd -tzip "$(to 7zip links-followed)" . && 7z a -bd -tzip -snl "$(to 7zip links)" .) >/dev/null
}

libarchive() {
	have bsdtar || return
	in_bsdtar() { bsdtar -cf "$1" --format zip .; }
	wide bsdtar in_bsdtar
	cd "$plain" || return
	bsdtar -cf - --format zip . | cat >"$(to bsdtar to-a-pipe)"
	bsdtar -cf "$(to bsdtar stored)" --format zip --options zip:compression=store .
	bsdtar -cf "$(to bsdtar zip64)" --format zip --options zip:zip64 .
	(cd "$links" && bsdtar -cf "$(to bsdtar links)" --format zip . && bsdtar -chf "$(to bsdtar links-followed)" --format zip .)
	bsdtar -cf "$(to bsdtar encrypted)" --format zip --options zip:encryption --passphrase secret .
	bsdtar -cf "$(to bsdtar aes)" --format zip --options zip:encryption=aes256 --passphrase secret .
	bsdtar -caf "$(to bsdtar by-extension)" .
	bsdtar -cf "$(to bsdtar not-zip64)" --format zip --options '!zip:zip64' .
	tar -cf - . | bsdtar -cf "$(to bsdtar from-tar)" --format zip @-
	(cd "$names" && bsdtar -cf "$(to bsdtar names-in-CP437-charset)" --format zip --options zip:hdrcharset=CP437 .)
	(cd "$names" && LC_ALL=C.UTF-8 bsdtar -cf "$(to bsdtar names-UTF-8)" --format zip .)
}

small_programs() {
	in_git() { git init -q . && git add -A && git -c user.name=a -c user.email=a@b.test commit --allow-empty -qm x; git archive --format=zip -o "$1" HEAD; rm -rf .git; }
	have git && wide git in_git && (cd "$plain" && git init -q . && git add -A && git -c user.name=a -c user.email=a@b.test commit --allow-empty -qm x &&
		git archive --format=zip -0 -o "$(to git stored)" HEAD && git archive --format=zip --prefix=top/ -o "$(to git prefix)" HEAD; rm -rf .git)
	in_hg() { hg init . && hg -q add . && hg commit -q -u a -m x && hg archive -t zip "$1"; rm -rf .hg; }
	have hg && each mercurial in_hg
	in_minizip() { rm -f "$1"; find . -type f | sed 's|^\./||' | xargs -d '\n' minizip -o "${1%.zip}"; [ -f "$1" ] || mv "${1%.zip}" "$1"; }
	have minizip && wide minizip in_minizip
	in_advzip() { find . -type f | sed 's|^\./||' | xargs -d '\n' advzip -a -2 "$1"; }
	have advzip && each advzip in_advzip
	in_ziptool() { local args=() f; for f in $(find . -type f | sed 's|^\./||'); do args+=(add_file "$f" "$f" 0 -1); done; ziptool -n -- "$1" "${args[@]}"; }
	have ziptool && wide libzip in_ziptool
	in_jar() { jar --create --file "$1" -C . .; }
	have jar && each jar in_jar && (cd "$plain" && jar --create --no-manifest --no-compress --file "$(to jar stored)" -C . .)
	in_perl() { perl -MArchive::Zip -e '$z = Archive::Zip->new; $z->addTree("."); $z->writeToFileNamed($ARGV[0])' "$1"; }
	have perl && wide perl-Archive-Zip in_perl
	in_io() { find . -type f | sed 's|^\./||' >"$work/list"; perl -MIO::Compress::Zip=zip -e 'open F, $ARGV[1]; chomp(@f = <F>); zip \@f => $ARGV[0]' "$1" "$work/list"; }
	have perl && each perl-IO-Compress in_io
	in_ruby() { ruby -rzip -e 'Zip::File.open(ARGV[0], Zip::File::CREATE) { |z| Dir.glob("**/*").each { |f| z.add(f, f) } }' "$1"; }
	have ruby && wide rubyzip in_ruby
	in_ruby_stream() { ruby -rzip -e 'Zip::OutputStream.open(ARGV[0]) { |z| Dir.glob("**/*").select { |f| File.file? f }.each { |f| z.put_next_entry(f); z.write File.binread(f) } }' "$1"; }
	have ruby && each rubyzip-stream in_ruby_stream
	in_php() { php -r '$z = new ZipArchive; $z->open($argv[1], ZipArchive::CREATE); foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator(".", FilesystemIterator::SKIP_DOTS)) as $f) $z->addFile($f, substr($f, 2)); $z->close();' "$1"; }
	have php && wide php in_php
}

python() {
	have python3 || return
	local script=$work/pack.py
	cat >"$script" <<'PY'
import os, sys, zipfile
how, out = sys.argv[1:3]
files = sorted(os.path.relpath(os.path.join(d, f)) for d, _, fs in os.walk(".") for f in fs)
if how in ("deflated", "stored", "bzip2", "lzma"):
    method = {"deflated": zipfile.ZIP_DEFLATED, "stored": zipfile.ZIP_STORED, "bzip2": zipfile.ZIP_BZIP2, "lzma": zipfile.ZIP_LZMA}[how]
    with zipfile.ZipFile(out, "w", method) as z:
        for f in files: z.write(f)
elif how == "writestr":
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for f in files: z.writestr(f, open(f, "rb").read())
elif how in ("pipe", "pipe-stored"):
    r, w = os.pipe()
    class Pipe:
        def __init__(self, f): self.f = f
        def write(self, b): return self.f.write(b)
        def flush(self): self.f.flush()
    with open(out, "wb") as f, zipfile.ZipFile(Pipe(f), "w", zipfile.ZIP_DEFLATED if how == "pipe" else zipfile.ZIP_STORED) as z:
        for name in files: z.write(name)
elif how == "force-zip64":
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for f in files:
            with z.open(f, "w", force_zip64=True) as to: to.write(open(f, "rb").read())
elif how == "folders":
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        z.mkdir("made"); z.writestr("made/a", "x")
        for f in files: z.write(f)
elif how == "commented":
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        z.comment = b"a comment"
        for f in files:
            i = zipfile.ZipInfo.from_file(f); i.comment = b"of an entry"; z.writestr(i, open(f, "rb").read())
elif how in ("appended", "twice"):
    for part in (files[:2], files[2:] if how == "appended" else files[:1]):
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as z:
            for f in part: z.write(f)
elif how in ("zipapp", "zipapp-shebang"):
    import zipapp
    zipapp.create_archive(".", out, "/usr/bin/env python3" if how == "zipapp-shebang" else None, "run:main")
elif how == "old":
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as z:
        for f in files: z.write(f)
elif how == "libarchive":
    import libarchive
    with libarchive.file_writer(out, "zip") as a: a.add_files(*sorted(os.listdir(".")))
elif how == "zipstream-ng":
    from zipstream import ZipStream
    z = ZipStream.from_path(".", compress_type=zipfile.ZIP_DEFLATED)
    open(out, "wb").writelines(z)
elif how == "shutil":
    import shutil
    shutil.make_archive(out[:-4], "zip", ".")
PY
	local how
	for how in deflated stored bzip2 lzma writestr pipe pipe-stored force-zip64 shutil folders commented appended zipapp zipapp-shebang twice; do (cd "$plain" && python3 "$script" $how "$(to python "$how")") 2>/dev/null; done
	(cd "$names" && python3 "$script" deflated "$(to python names)")
	(cd "$old" && python3 "$script" old "$(to python old)")
	(cd "$empty" && python3 "$script" deflated "$(to python empty)")
	(cd "$macos" && python3 "$script" deflated "$(to python macos)")
	mkdir -p "$work/wheel/a" && printf '' >"$work/wheel/a/__init__.py" && printf 'from setuptools import setup\nsetup(name="a", version="1", packages=["a"])\n' \
		>"$work/wheel/setup.py" && (cd "$work/wheel" && for how in bdist_wheel bdist_egg 'sdist --formats=zip'; do
		# shellcheck disable=SC2086
		/usr/bin/python3 setup.py -q $how && find dist -type f -exec mv {} "$(to python-setuptools "${how%% *}")" \;; done) >/dev/null 2>&1
	for how in libarchive zipstream-ng; do
		(cd "$plain" && /usr/bin/python3 "$script" $how "$(to "python-$how" default)") 2>/dev/null
		(cd "$names" && /usr/bin/python3 "$script" $how "$(to "python-$how" names)") 2>/dev/null
	done
	/usr/bin/python3 -c 'import sys, xlsxwriter; w = xlsxwriter.Workbook(sys.argv[1]); w.add_worksheet().write(0, 0, "x"); w.close()' "$(to python-xlsxwriter default)" 2>/dev/null
	/usr/bin/python3 -c 'import sys, openpyxl; openpyxl.Workbook().save(sys.argv[1])' "$(to python-openpyxl default)" 2>/dev/null
	/usr/bin/python3 -c 'import sys, docx; d = docx.Document(); d.add_paragraph("x"); d.save(sys.argv[1])' "$(to python-docx default)" 2>/dev/null
	perl -MExcel::Writer::XLSX -e '$w = Excel::Writer::XLSX->new($ARGV[0]); $w->add_worksheet->write(0, 0, "x"); $w->close' "$(to perl-Excel-Writer default)" 2>/dev/null
}

java_writers() {
	cat >"$work/Pack.java" <<'JAVA'
import java.io.*;
import java.net.URI;
import java.nio.file.*;
import java.util.*;
import java.util.stream.*;
import java.util.zip.*;

public class Pack {
  public static void main(String[] a) throws Exception {
    List<Path> files;
    try (Stream<Path> s = Files.walk(Paths.get("."))) { files = s.filter(Files::isRegularFile).sorted().collect(Collectors.toList()); }
    if (a[0].equals("zipfs")) {
      try (FileSystem z = FileSystems.newFileSystem(URI.create("jar:" + Paths.get(a[1]).toUri()), Map.of("create", "true"))) {
        for (Path f : files) {
          Path to = z.getPath("/" + Paths.get(".").relativize(f));
          if (to.getParent() != null) Files.createDirectories(to.getParent());
          Files.copy(f, to);
        }
      }
      return;
    }
    try (ZipOutputStream z = new ZipOutputStream(new FileOutputStream(a[1]))) {
      for (Path f : files) {
        ZipEntry e = new ZipEntry(Paths.get(".").relativize(f).toString());
        byte[] data = Files.readAllBytes(f);
        if (a[0].equals("stored")) {
          CRC32 c = new CRC32(); c.update(data);
          e.setMethod(ZipEntry.STORED); e.setSize(data.length); e.setCrc(c.getValue());
        }
        z.putNextEntry(e); z.write(data); z.closeEntry();
      }
    }
  }
}
JAVA
	have java || return
	local how
	for how in deflated stored; do
		(cd "$plain" && java "$work/Pack.java" $how "$(to java-ZipOutputStream $how)")
	done
	(cd "$names" && java "$work/Pack.java" deflated "$(to java-ZipOutputStream names)")
	(cd "$plain" && java "$work/Pack.java" zipfs "$(to java-zipfs default)")
	(cd "$names" && java "$work/Pack.java" zipfs "$(to java-zipfs names)")
}

javascript() {
	have node && [ -d "$writers/node_modules" ] || return
	(cd "$plain" && NODE_PATH=$writers/node_modules node "$here/packers.cjs" "$out" default)
	local tree; for tree in names old; do (cd "${!tree}" && NODE_PATH=$writers/node_modules node "$here/packers.cjs" "$out" "$tree"); done
}

go_writers() {
	(cd "$here/../../.." && go build -o "$work/gopack" ./bench/cmd/realzips/gopack) || return
	local tree
	(cd "$plain" && "$work/gopack" "$out" default)
	for tree in names old empty macos; do (cd "${!tree}" && "$work/gopack" "$out" "$tree"); done
	# Libraries that the benchmarks do not otherwise need: a module of its own.
	mkdir -p "$work/gomod" && cp "$here"/packers/_go/*.go "$work/gomod" && cd "$work/gomod" || return
	go mod init gopackers && go get "${go_packers[@]}" && go mod tidy && go build -o "$work/gopackers" . || return
	(cd "$plain" && "$work/gopackers" "$out" default)
	for tree in names old; do (cd "${!tree}" && "$work/gopackers" "$out" "$tree"); done
}

jars() {
	local path=/usr/share/java tree
	path=$path/slf4j-api.jar:$path/slf4j-nop.jar:$path/commons-compress.jar:$path/zip4j.jar:$path/plexus-archiver.jar:$path/plexus-io.jar:$path/plexus-utils.jar:$path/commons-io.jar
	have javac && javac -cp "$path" -d "$work" "$here/packers/Jars.java" || return
	(cd "$plain" && java -cp "$path:$work" Jars "$out" default)
	for tree in names old empty; do (cd "${!tree}" && java -cp "$path:$work" Jars "$out" "$tree"); done
}

# The parts, or those that the arguments name.
shift 2
[ $# -gt 0 ] || set -- info_zip seven_zip libarchive small_programs python version_control databases_and_builders documents languages java_writers jars \
	javascript go_writers
for part; do ("$part"); done
find "$out" -name '*.zip' -size 0 -delete
