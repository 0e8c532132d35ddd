#!/usr/bin/env bash
# packers.sh OUT WRITERS modes       packs small trees with every packer that is installed, each in the modes that it has
# packers.sh OUT WRITERS NAME DIR    packs the folder DIR with every packer in its default mode
#
# The archives are OUT/PACKER/NAME-MODE.tar…. WRITERS is where collect.sh has installed the JavaScript libraries; packers.cjs calls them. What
# is not installed is left out: realtars counts what there is.
set -uo pipefail

mkdir -p "${1:?usage: packers.sh OUT WRITERS modes, or packers.sh OUT WRITERS NAME DIR}"
out=$(cd "$1" && pwd)
writers=${2:?usage: packers.sh OUT WRITERS NAME [DIR]}
name=${3:?usage: packers.sh OUT WRITERS NAME [DIR]}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

have() { command -v "$1" >/dev/null; }

# to PACKER MODE SUFFIX prints where an archive goes, and removes what stands there.
to() {
	mkdir -p "$out/$1"
	rm -f "$out/$1/$name-$2.$3"
	echo "$out/$1/$name-$2.$3"
}

# The small trees: one with plain files, one with names beyond ASCII, and one with links.
make_tree() {
	mkdir -p "$1/empty" "$1/docs/deep" "$1/$(printf 'long-%.0s' $(seq 20))/$(printf 'longer-%.0s' $(seq 20))"
	printf 'Read me first.\n' >"$1/readme.txt"
	for i in $(seq 400); do echo "line $i of a text that compresses"; done >"$1/docs/text.txt"
	: >"$1/docs/deep/none"
	echo x >"$1/$(printf 'long-%.0s' $(seq 20))/$(printf 'longer-%.0s' $(seq 20))/$(printf 'n%.0s' $(seq 110))"
	head -c 3000 /dev/urandom >"$1/image.png"
	printf '#!/bin/sh\necho run\n' >"$1/run.sh" && chmod 755 "$1/run.sh"
}
plain=$work/plain names=$work/names links=$work/links default=${4:-$work/plain}
if [ "$name" = modes ]; then
	make_tree "$plain" && make_tree "$names" && make_tree "$links"
	printf 'x' >"$names/Größe.txt" && printf 'x' >"$names/日本語.txt"
	ln -s readme.txt "$links/link" && ln -s docs "$links/dir" && ln "$links/readme.txt" "$links/hard"
fi

# each PACKER COMMAND… runs a command that packs the folder it stands in to its last argument: in DIR, or in each of the small trees.
each() {
	local packer=$1 suffix=$2; shift 2
	(cd "$default" && "$@" "$(to "$packer" default "$suffix")") >/dev/null 2>&1
	[ "$name" = modes ] || return 0
	(cd "$names" && "$@" "$(to "$packer" names "$suffix")") >/dev/null 2>&1
	(cd "$links" && "$@" "$(to "$packer" links "$suffix")") >/dev/null 2>&1
}

programs() {
	in_tar() { tar -czf "$1" .; }; each gnu-tar tar.gz in_tar
	in_bsdtar() { bsdtar -cf "$1" .; }; have bsdtar && each bsdtar tar in_bsdtar
	in_busybox() { busybox tar -czf "$1" .; }; have busybox && each busybox tar.gz in_busybox
	in_7z() { 7z a -bd -ttar "$1" .; }; have 7z && each 7zip tar in_7z
	in_cpio() { find . | cpio -o -H ustar >"$1"; }; have cpio && each gnu-cpio tar in_cpio
	in_bsdcpio() { find . | bsdcpio -o -H pax >"$1"; }; have bsdcpio && each bsdcpio tar in_bsdcpio
	in_pax() { pax -w -x ustar -f "$1" .; }; have pax && each pax tar in_pax
	in_git() {
		git init -q . && git add -A -f && git -c user.name=a -c user.email=a@b.test commit -qm x
		git archive --format=tar.gz --prefix=top/ -o "$1" HEAD
		rm -rf .git
	}
	have git && [ ! -d "$default/.git" ] && each git-archive tar.gz in_git
	in_hg() { hg init . && hg -q add . && hg commit -q -u a -m x && hg archive -t tgz "$1"; rm -rf .hg; }
	have hg && each mercurial tar.gz in_hg
	in_ant() {
		echo "<project default='p'><target name='p'><tar destfile='$1' basedir='$PWD' longfile='posix'/></target></project>" >"$work/build.xml"
		ant -q -f "$work/build.xml"
	}
	have ant && each ant tar in_ant
	in_r() { Rscript -e 'a <- commandArgs(TRUE); tar(a[1], ".", compression = "gzip", tar = "internal")' "$1"; }
	have Rscript && each R-internal tar.gz in_r
}

scripting() {
	in_python() { python3 -c 'import sys, tarfile; t = tarfile.open(sys.argv[1], "w:gz"); t.add("."); t.close()' "$1"; }
	have python3 && each python-tarfile tar.gz in_python
	in_shutil() { python3 -c 'import sys, shutil; shutil.make_archive(sys.argv[1][:-7], "gztar", ".")' "$1"; }
	have python3 && each python-shutil tar.gz in_shutil
	in_libarchive() {
		/usr/bin/python3 -c 'import sys, libarchive
with libarchive.file_writer(sys.argv[1], "pax_restricted") as a: a.add_files(".")' "$1"
	}
	have python3 && each python-libarchive tar in_libarchive
	in_perl() { perl -MArchive::Tar -MFile::Find -e 'my $t = Archive::Tar->new; find({no_chdir => 1, wanted => sub { push @f, $_ }}, "."); $t->add_files(@f); $t->write($ARGV[0])' "$1"; }
	have perl && each perl-Archive-Tar tar in_perl
	in_ruby() {
		ruby -rrubygems/package -e 'File.open(ARGV[0], "wb") { |o| Gem::Package::TarWriter.new(o) { |t|
			Dir.glob("**/*").sort.each { |f| File.directory?(f) ? t.mkdir(f, 0755) : t.add_file_simple(f, 0644, File.size(f)) { |w| w.write File.binread(f) } } } }' "$1"
	}
	have ruby && each rubygems tar in_ruby
	in_php() { php -d phar.readonly=0 -r '$p = new PharData($argv[1]); $p->buildFromDirectory(".");' "$1"; }
	have php && each php-PharData tar in_php
	in_java() { java -cp "/usr/share/java/commons-compress.jar:$work" "$work/Pack.java" "$1"; }
	write_java >"$work/Pack.java"
	have java && [ -f /usr/share/java/commons-compress.jar ] && each commons-compress tar in_java
	in_node() { NODE_PATH=$writers/node_modules node "$here/packers.cjs" "$1"; }
	have node && [ -d "$writers/node_modules" ] && each node tar in_node
	in_go() { "$work/gopack" "$1"; }
	(cd "$here/../../.." && go build -o "$work/gopack" ./bench/cmd/realtars/gopack) && each go tar in_go
}

write_java() {
	cat <<'JAVA'
import java.io.*;
import java.nio.file.*;
import org.apache.commons.compress.archivers.tar.*;

public class Pack {
  public static void main(String[] a) throws Exception {
    try (TarArchiveOutputStream t = new TarArchiveOutputStream(new FileOutputStream(a[0])); var files = Files.walk(Paths.get("."))) {
      t.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      t.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      t.setAddPaxHeadersForNonAsciiNames(true);
      for (Path f : (Iterable<Path>) files.sorted()::iterator) {
        if (f.toString().equals(".")) continue;
        String name = Paths.get(".").relativize(f).toString();
        t.putArchiveEntry(new TarArchiveEntry(f.toFile(), name));
        if (Files.isRegularFile(f)) Files.copy(f, t);
        t.closeArchiveEntry();
      }
    }
  }
}
JAVA
}

# The flags that choose a format, of the programs that have some.
formats() {
	local f tree
	for tree in plain names links; do
		cd "${!tree}" || return
		for f in v7 oldgnu gnu ustar posix; do tar -cf "$(to gnu-tar "$f-$tree" tar)" --format=$f . 2>/dev/null; done
		for f in v7 ustar gnutar pax paxr; do bsdtar -cf "$(to bsdtar "$f-$tree" tar)" --format=$f . 2>/dev/null; done
		for f in USTAR GNU PAX; do
			python3 -c 'import sys, tarfile; t = tarfile.open(sys.argv[1], "w", format=getattr(tarfile, sys.argv[2] + "_FORMAT")); t.add("."); t.close()' \
				"$(to python-tarfile "$f-$tree" tar)" $f 2>/dev/null || rm "$out/python-tarfile/$name-$f-$tree.tar" # USTAR has no room for long names.
		done
		for f in tar ustar; do find . | cpio -o --quiet -H $f >"$(to gnu-cpio "$f-$tree" tar)" 2>/dev/null; done
		for f in newc odc; do find . | cpio -o --quiet -H $f >"$work/no.cpio" 2>/dev/null; done
		7z a -bd -ttar -mm=pax "$(to 7zip "pax-$tree" tar)" . >/dev/null 2>&1
		7z a -bd -ttar -mm=gnu "$(to 7zip "gnu-$tree" tar)" . >/dev/null 2>&1
		for f in ustar tar; do have pax && pax -w -x $f -f "$(to pax "$f-$tree" tar)" . 2>/dev/null; done
	done
	cd "$plain" || return
	tar -cjf "$(to gnu-tar bzip2 tar.bz2)" .
	tar -cf "$(to gnu-tar blocking-1 tar)" -b 1 .
	tar -cf "$(to gnu-tar label tar)" --label=backup .
	tar -cf "$(to gnu-tar incremental tar)" -g "$work/snapshot" .
	tar -cf "$(to gnu-tar incremental-posix tar)" --format=posix -g "$work/snapshot2" .
	tar -cf "$(to gnu-tar attributes tar)" --format=posix --xattrs --acls .
	tar -cf "$(to gnu-tar reproducible tar)" --format=posix --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner \
		--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime .
	tar -cf "$(to gnu-tar global-option tar)" --format=posix --pax-option=globexthdr.name=g,SCHILY.xattr.user.a=b .
	tar -cf "$(to gnu-tar names-alone tar)" readme.txt docs/text.txt
	tar -cPf "$(to gnu-tar absolute tar)" "$plain/readme.txt"
	tar -cf "$(to gnu-tar appended tar)" readme.txt && tar -rf "$out/gnu-tar/$name-appended.tar" docs
	tar -cf "$(to gnu-tar updated tar)" readme.txt && touch -d '+1 day' readme.txt && tar -uf "$out/gnu-tar/$name-updated.tar" readme.txt
	cat "$out/gnu-tar/$name-names-alone.tar" "$out/gnu-tar/$name-appended.tar" >"$(to gnu-tar concatenated tar)"
	(truncate -s 2M "$work/sparse" && cd "$work" && tar -cSf "$(to gnu-tar sparse tar)" sparse && tar -cSf "$(to gnu-tar sparse-posix tar)" --format=posix sparse)
	(mkfifo "$work/fifo" && cd "$work" && tar -cf "$(to gnu-tar fifo tar)" fifo)
	gzip -c "$out/gnu-tar/$name-names-alone.tar" >"$work/one.gz" && cat "$work/one.gz" "$work/one.gz" >"$(to gnu-tar two-members tar.gz)"
	split -b 4000 "$out/gnu-tar/$name-gnu-plain.tar" "$work/part-" && for f in "$work"/part-*; do gzip -c "$f"; done >"$(to gnu-tar members tar.gz)"
	python3 -c 'import sys, tarfile; t = tarfile.open(sys.argv[1], "w|bz2"); t.add("."); t.close()' "$(to python-tarfile streamed tar.bz2)"
	dpkg-deb-like "$plain"
	docker_like
	(cd "$work" && cat >setup.py <<'PY' && python3 setup.py -q sdist 2>/dev/null && cp dist/*.tar.gz "$(to python-sdist setuptools tar.gz)"
from setuptools import setup
setup(name="example", version="1", py_modules=["setup"])
PY
	)
}

dpkg-deb-like() {
	have dpkg-deb || return 0
	mkdir -p "$work/deb/DEBIAN" && cp -r "$1"/docs "$work/deb" && printf 'Package: a\nVersion: 1\nArchitecture: all\nMaintainer: a <a@b.test>\nDescription: a\n' >"$work/deb/DEBIAN/control"
	dpkg-deb -Zgzip -b "$work/deb" "$work/a.deb" >/dev/null && ar p "$work/a.deb" data.tar.gz >"$(to dpkg-deb built tar.gz)"
}

# docker_like writes what "docker save" does: layers, as archives of a system's files, a configuration and a manifest in one archive.
docker_like() {
	mkdir -p "$work/image/layer1" "$work/image/layer2" "$work/rootfs/etc" "$work/rootfs/bin"
	cp -a /etc/alternatives /etc/init.d "$work/rootfs/etc" 2>/dev/null
	cp -a /bin/ls /bin/sh "$work/rootfs/bin" && : >"$work/rootfs/etc/.wh.motd"
	(cd "$work/rootfs" && tar --numeric-owner --owner=0 --group=0 -cf "$work/image/layer1/layer.tar" . && cp "$work/image/layer1/layer.tar" "$(to docker-layer system tar)")
	(cd "$plain" && tar --numeric-owner --owner=0 --group=0 -cf "$work/image/layer2/layer.tar" .)
	echo '[{"Config":"config.json","RepoTags":["a:1"],"Layers":["layer1/layer.tar","layer2/layer.tar"]}]' >"$work/image/manifest.json"
	echo '{"architecture":"amd64","os":"linux"}' >"$work/image/config.json"
	(cd "$work/image" && "$work/gopack" "$(to docker-save image tar)")
}

(programs)
scripting
[ "$name" != modes ] || (formats)
find "$out" -name "$name-*" -size 0 -delete
