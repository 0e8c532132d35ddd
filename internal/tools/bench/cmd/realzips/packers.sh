#!/usr/bin/env bash
# packers.sh OUT WRITERS packs one small tree with every packer that is installed, each in the modes that it has, to OUT/PACKER--MODE.zip.
# WRITERS is where collect.sh has installed the JavaScript libraries; pack.cjs calls them. A packer that is not installed is left out: realzips -modes
# counts what there is.
#
# The tree has an empty directory, a program, text, an image, an empty file, and in the modes called "names" also names beyond ASCII.
set -uo pipefail

mkdir -p "${1:?usage: packers.sh OUT WRITERS}"
out=$(cd "$1" && pwd)
writers=${2:?usage: packers.sh OUT WRITERS}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

have() { command -v "$1" >/dev/null; }

# to PACKER MODE prints where an archive goes, and removes what stands there.
to() { rm -f "$out/$1--$2.zip"; echo "$out/$1--$2.zip"; }

make_tree() {
	mkdir -p "$1/empty" "$1/docs/deep"
	printf 'Read me first.\n' >"$1/readme.txt"
	for i in $(seq 400); do echo "line $i of a text that compresses"; done >"$1/docs/text.txt"
	: >"$1/docs/deep/none"
	head -c 3000 /dev/urandom >"$1/image.png"
	printf '#!/bin/sh\necho run\n' >"$1/run.sh" && chmod 755 "$1/run.sh"
}
plain=$work/plain names=$work/names links=$work/links
make_tree "$plain" && make_tree "$names" && make_tree "$links"
printf 'x' >"$names/Größe.txt" && printf 'x' >"$names/日本語.txt"
ln -s readme.txt "$links/link" && ln -s docs "$links/dir"

# both PACKER COMMAND… runs a command that packs the folder it stands in to its last argument, in both trees.
both() {
	local packer=$1; shift
	(cd "$plain" && "$@" "$(to "$packer" default)") >/dev/null 2>&1
	(cd "$names" && "$@" "$(to "$packer" names)") >/dev/null 2>&1
}

info_zip() {
	in_zip() { zip -qr "$1" .; }
	both infozip in_zip
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
	(cd "$names" && LC_ALL=C zip -qr "$(to infozip names-in-C)" . && LC_ALL=C.UTF-8 zip -qr "$(to infozip names-in-UTF-8)" .)
	(cd "$links" && zip -qry "$(to infozip links)" .)
	zip -qr "$(to infozip commented)" . && echo comment | zip -qz "$out/infozip--commented.zip"
	cat /bin/true "$out/infozip--default.zip" >"$(to infozip self-extracting)"
	(zip -qr -s 64k "$work/split.zip" . "$here" && cp "$work/split.zip" "$(to infozip split-in-parts)")
}

seven_zip() {
	in_7z() { 7z a -bd -tzip "$1" .; }
	both 7zip in_7z
	cd "$plain" || return
	for mode in m=Copy m=Deflate64 m=BZip2 m=LZMA x=9 cu=on; do 7z a -bd -tzip "-m$mode" "$(to 7zip "${mode#*=}")" . >/dev/null; done
	7z a -bd -tzip -psecret -mem=AES256 "$(to 7zip aes)" . >/dev/null
	7z a -bd -tzip -si "$(to 7zip from-stdin)" <readme.txt >/dev/null
}

libarchive() {
	in_bsdtar() { bsdtar -cf "$1" --format zip .; }
	both bsdtar in_bsdtar
	cd "$plain" || return
	bsdtar -cf - --format zip . | cat >"$(to bsdtar to-a-pipe)"
	bsdtar -cf "$(to bsdtar stored)" --format zip --options zip:compression=store .
	bsdtar -cf "$(to bsdtar zip64)" --format zip --options zip:zip64 .
	(cd "$links" && bsdtar -cf "$(to bsdtar links)" --format zip .)
}

small_programs() {
	in_git() { git init -q . && git add -A && git -c user.name=a -c user.email=a@b.test commit -qm x; git archive --format=zip -o "$1" HEAD; rm -rf .git; }
	have git && both git in_git && (cd "$plain" && git init -q . && git add -A && git -c user.name=a -c user.email=a@b.test commit -qm x &&
		git archive --format=zip -0 -o "$(to git stored)" HEAD && git archive --format=zip --prefix=top/ -o "$(to git prefix)" HEAD; rm -rf .git)
	in_hg() { hg init . && hg -q add . && hg commit -q -u a -m x && hg archive -t zip "$1"; rm -rf .hg; }
	have hg && both mercurial in_hg
	in_minizip() { rm -f "$1"; find . -type f | sed 's|^\./||' | xargs minizip -o "${1%.zip}"; [ -f "$1" ] || mv "${1%.zip}" "$1"; }
	have minizip && both minizip in_minizip
	in_advzip() { find . -type f | sed 's|^\./||' | xargs advzip -a -2 "$1"; }
	have advzip && both advzip in_advzip
	in_ziptool() { local args=() f; for f in $(find . -type f | sed 's|^\./||'); do args+=(add_file "$f" "$f" 0 -1); done; ziptool -n "$1" "${args[@]}"; }
	have ziptool && both libzip in_ziptool
	in_jar() { jar --create --file "$1" -C . .; }
	have jar && both jar in_jar && (cd "$plain" && jar --create --no-manifest --no-compress --file "$(to jar stored)" -C . .)
	in_perl() { perl -MArchive::Zip -e '$z = Archive::Zip->new; $z->addTree("."); $z->writeToFileNamed($ARGV[0])' "$1"; }
	have perl && both perl-Archive-Zip in_perl
	in_io() { find . -type f | sed 's|^\./||' >"$work/list"; perl -MIO::Compress::Zip=zip -e 'open F, $ARGV[1]; chomp(@f = <F>); zip \@f => $ARGV[0]' "$1" "$work/list"; }
	have perl && both perl-IO-Compress in_io
	in_ruby() { ruby -rzip -e 'Zip::File.open(ARGV[0], Zip::File::CREATE) { |z| Dir.glob("**/*").each { |f| z.add(f, f) } }' "$1"; }
	have ruby && both rubyzip in_ruby
	in_ruby_stream() { ruby -rzip -e 'Zip::OutputStream.open(ARGV[0]) { |z| Dir.glob("**/*").select { |f| File.file? f }.each { |f| z.put_next_entry(f); z.write File.binread(f) } }' "$1"; }
	have ruby && both rubyzip-stream in_ruby_stream
	in_php() { php -r '$z = new ZipArchive; $z->open($argv[1], ZipArchive::CREATE); foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator(".", FilesystemIterator::SKIP_DOTS)) as $f) $z->addFile($f, substr($f, 2)); $z->close();' "$1"; }
	have php && both php in_php
}

python() {
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
	for how in deflated stored bzip2 lzma writestr pipe pipe-stored force-zip64 shutil; do (cd "$plain" && python3 "$script" $how "$(to python "$how")") 2>/dev/null; done
	(cd "$names" && python3 "$script" deflated "$(to python names)")
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
	(cd "$names" && NODE_PATH=$writers/node_modules node "$here/packers.cjs" "$out" names)
}

go_writers() {
	(cd "$here/../../.." && go build -o "$work/gopack" ./bench/cmd/realzips/gopack) || return
	(cd "$plain" && "$work/gopack" "$out" default)
	(cd "$names" && "$work/gopack" "$out" names)
}

have zip && (info_zip)
have 7z && (seven_zip)
have bsdtar && (libarchive)
(small_programs)
have python3 && (python)
(java_writers)
(javascript)
(go_writers)
find "$out" -name '*.zip' -size 0 -delete
