# shellcheck shell=bash
# programs.sh is read by packers.sh: programs and libraries of other languages than those that stand there, each in the trees of "each".

# files prints the regular files below the working directory.
files() { find . -type f | sed 's|^\./||' | sort; }

version_control() {
	in_fossil() {
		local repo=$work/fossil.repo
		rm -rf "$repo" "$work/fossil" && mkdir "$work/fossil" && cp -R . "$work/fossil" && fossil init --admin-user a "$repo" && cd "$work/fossil" &&
			fossil open --user a -f "$repo" && { [ -z "$(files)" ] || fossil add --dotfiles .; } && fossil commit --user a --allow-empty --no-warnings -m x &&
			fossil zip trunk "$1" -R "$repo" --name "${fossil_name-top}"
	}
	have fossil && HOME=$work each fossil in_fossil && (cd "$plain" && fossil_name='' HOME=$work in_fossil "$(to fossil no-top)") >/dev/null 2>&1
	in_brz() {
		rm -rf "$work/brz" && cp -R . "$work/brz" && brz init -q "$work/brz" && brz add -q "$work/brz" &&
			brz commit -q --unchanged -m x "$work/brz" && brz export "${brz_args[@]}" --format=zip "$1" "$work/brz"
	}
	local brz_args=()
	have brz && BRZ_EMAIL=a@b.test each breezy in_brz && brz_args=(--root=top) &&
		(cd "$plain" && BRZ_EMAIL=a@b.test in_brz "$(to breezy prefix)") >/dev/null 2>&1
	in_restic() {
		rm -rf "$work/restic" && restic -q init && restic -q --no-cache backup . && restic -q --no-cache dump -a zip latest / >"$1"
	}
	have restic && RESTIC_REPOSITORY=$work/restic RESTIC_PASSWORD=x each restic in_restic
}

databases_and_builders() {
	in_sqlite() {
		files | { echo "select writefile('$1', zipfile(name, mode, mtime, data)) from (select name, mode, mtime, data from (select '' name, 0 mode, 0 mtime, null data limit 0)"
			while read -r f; do echo "union all select '$f', 33188, $(stat -c %Y "$f"), readfile('$f')"; done
			echo ");"; } | sqlite3 :memory:
	}
	have sqlite3 && each sqlite in_sqlite
	have cmake && {
		in_cmake() { cmake -E tar cf "$1" --format=zip -- *; }
		each cmake in_cmake
		(cd "$plain" && cmake -E tar cf "$(to cmake dated)" --format=zip --mtime=1979-01-01 -- *)
		printf 'set(CPACK_PACKAGE_NAME a)\nset(CPACK_GENERATOR ZIP)\nset(CPACK_PACKAGE_VERSION 1)\nset(CPACK_PACKAGE_FILE_NAME a)\nset(CPACK_INSTALLED_DIRECTORIES "%s" .)\n' \
			"$plain" >"$work/cpack.cmake" && (cd "$work" && cpack --config cpack.cmake && mv a.zip "$(to cpack default)")
	} >/dev/null 2>&1
	in_ant() {
		cat >"$work/build.xml" <<-XML
			<project default="p"><target name="p">
			  <$ant_task destfile="$1" $ant_args><fileset dir="$PWD" defaultexcludes="no"/></$ant_task>
			</target></project>
		XML
		ant -q -f "$work/build.xml"
	}
	local ant_task=zip ant_args='encoding="UTF-8"' how
	if have ant; then
		each ant in_ant
		while IFS='|' read -r how ant_task ant_args; do (cd "$names" && in_ant "$(to ant "$how")") >/dev/null 2>&1 </dev/null; done <<-'MODES'
			names-no-flag|zip|encoding="UTF-8" useLanguageEncodingFlag="false"
			names-in-CP437|zip|encoding="Cp437" fallbacktoUTF8="true"
			names-in-CP437-extra|zip|encoding="Cp437" createUnicodeExtraFields="always"
			names-not-encodeable|zip|encoding="Cp437" createUnicodeExtraFields="not-encodeable"
			names-zip64|zip|encoding="UTF-8" zip64mode="always"
			names-stored|zip|encoding="UTF-8" compress="false"
			names-files-only|zip|encoding="UTF-8" filesonly="true"
			names-jar|jar|
			names-commented|zip|encoding="UTF-8" comment="a comment"
		MODES
	fi
	in_aapt() { rm -f "$1"; files | xargs -d '\n' aapt add "$1"; }
	have aapt && each aapt in_aapt
	have zipalign && [ -f "$out/infozip--stored.zip" ] && {
		zipalign -f 4 "$out/infozip--stored.zip" "$(to zipalign infozip)"
		zipalign -f -p 4 "$out/jar--default.zip" "$(to zipalign jar-by-pages)"
		zipalign -f -z 4 "$out/infozip--no-directories.zip" "$(to zipalign zopfli)"
	} >/dev/null 2>&1
	have aapt && have apksigner && {
		mkdir -p "$work/apk/res" && cd "$work/apk" &&
			echo '<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="a.b"><application/></manifest>' >AndroidManifest.xml &&
			aapt package -f -M AndroidManifest.xml -F "$(to aapt package)" &&
			keytool -genkeypair -keystore keys -storepass airlock-test -alias a -dname CN=a -keyalg RSA -validity 1000 &&
			apksigner sign --min-sdk-version 21 --ks keys --ks-pass pass:airlock-test --out "$(to apksigner default)" "$out/aapt--package.zip" &&
			apksigner sign --min-sdk-version 21 --v2-signing-enabled false --v3-signing-enabled false --ks keys --ks-pass pass:airlock-test \
				--out "$(to apksigner jar-signature)" "$out/aapt--package.zip"
	} >/dev/null 2>&1
}

# documents are what office programs and converters write: the archive is theirs, its content is not the tree.
documents() {
	printf '# Title\n\nSome *text*.\n' >"$work/a.md"
	printf 'Title\n=====\n\nSome *text*.\n' >"$work/a.rst"
	local kind
	have pandoc && for kind in docx odt epub epub2 epub3 pptx; do pandoc "$work/a.md" --metadata title=T -t "$kind" -o "$(to pandoc "$kind")"; done
	have rst2odt && rst2odt "$work/a.rst" "$(to docutils odt)" 2>/dev/null
	have gs && gs -q -dBATCH -dNOPAUSE -sDEVICE=xpswrite -o "$(to ghostscript xps)" -c '/Helvetica findfont 20 scalefont setfont 99 99 moveto (x) show showpage'
	have gs && gs -q -dBATCH -dNOPAUSE -sDEVICE=pdfwrite -o "$work/a.pdf" -c '/Helvetica findfont 20 scalefont setfont 99 99 moveto (x) show showpage'
	have mutool && [ -f "$work/a.pdf" ] && for kind in docx odt cbz; do mutool convert -F "$kind" -o "$(to mupdf "$kind")" "$work/a.pdf"; done
	printf 'solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nvertex 0 1 0\nendloop\nendfacet\nendsolid a\n' >"$work/a.stl"
	have assimp && assimp export "$work/a.stl" "$work/a.3mf" && cp "$work/a.3mf" "$(to assimp 3mf)"
	in_gsf() { rm -f "$1"; gsf createzip "$1" *; }
	have gsf && each libgsf in_gsf
	/usr/bin/python3 - "$(to python-odfpy default)" 2>/dev/null <<-'PY'
		import sys
		from odf.opendocument import OpenDocumentText
		from odf.text import P
		d = OpenDocumentText(); d.text.addElement(P(text="x")); d.save(sys.argv[1])
	PY
	/usr/bin/python3 - "$(to python-ebooklib default)" 2>/dev/null <<-'PY'
		import sys
		from ebooklib import epub
		b = epub.EpubBook(); b.set_identifier("a"); b.set_title("T"); b.set_language("en")
		c = epub.EpubHtml(title="c", file_name="c.xhtml"); c.content = "<h1>x</h1>"; b.add_item(c)
		b.toc = (c,); b.add_item(epub.EpubNcx()); b.add_item(epub.EpubNav()); b.spine = ["nav", c]
		epub.write_epub(sys.argv[1], b)
	PY
} >/dev/null 2>&1

languages() {
	in_erlang() {
		erl -noshell -eval "$(printf 'process_flag(trap_exit, true), {ok, _} = zip:create("%s", [%s], [%s]), halt().' "$1" \
			"$(for f in *; do [ -e "$f" ] && printf '"%s",' "$f"; done | sed 's/,$//')" "${erl_args-}")"
	}
	have erl && each erlang in_erlang && (cd "$plain" && erl_args='{uncompress, all}' in_erlang "$(to erlang stored)"
		erl_args='{comment, "a comment"}' in_erlang "$(to erlang commented)") >/dev/null 2>&1
	have escript && (cd "$work" && printf 'main(_) -> ok.\n' >m.erl && erl -noshell -eval '
		{ok, B} = file:read_file("m.erl"), {ok, Z} = escript:create(binary, [shebang, {archive, [{"m.erl", B}], []}]),
		ok = file:write_file("escript.zip", Z), halt().' && cp escript.zip "$(to erlang escript)") >/dev/null 2>&1
	in_lisp() { sbcl --noinform --non-interactive --eval '(require :asdf)' --eval '(asdf:load-system :zip)' --eval "(zip:zip \"$1\" \"$PWD/\" :if-exists :supersede)"; }
	have sbcl && each cl-zip in_lisp
	in_tcl() { echo "package require zipfile::mkzip; zipfile::mkzip::mkzip {$1} -directory . ${tcl_args-}" | tclsh; }
	have tclsh && each tcllib-mkzip in_tcl && (cd "$plain" && tcl_args='-comment {a comment}' in_tcl "$(to tcllib-mkzip commented)"
		tcl_args="-runtime /bin/true" in_tcl "$(to tcllib-mkzip runtime)") >/dev/null 2>&1
	in_phar() { php -r '$p = new PharData($argv[1]); $p->buildFromDirectory(".");' "$1"; }
	have php && each php-phar in_phar && (cd "$plain" && php -r '$p = new PharData($argv[1]); $p->buildFromDirectory("."); $p->compressFiles(Phar::GZ);' \
		"$(to php-phar deflated)" && php -r '$p = new PharData($argv[1]); $p->buildFromDirectory("."); $p->compressFiles(Phar::BZ2);' "$(to php-phar bzip2)") >/dev/null 2>&1
	in_pclzip() { php -r 'include "/usr/share/php/pclzip.lib.php"; $z = new PclZip($argv[1]); $z->create(".");' "$1"; }
	[ -f /usr/share/php/pclzip.lib.php ] && each php-pclzip in_pclzip
	in_autoar() {
		/usr/bin/python3 - "$1" <<-'PY'
			import gi, os, sys
			gi.require_version("GnomeAutoar", "0.1")
			from gi.repository import GnomeAutoar as A, Gio
			files = [Gio.File.new_for_path(os.path.abspath(f)) for f in sorted(os.listdir("."))]
			c = A.Compressor.new(files, Gio.File.new_for_path(sys.argv[1]), A.Format.ZIP, A.Filter.NONE, False)
			c.set_output_is_dest(True)
			c.start(Gio.Cancellable())
		PY
	}
	have gsf && each gnome-autoar in_autoar
	in_built() { local list; mapfile -t list < <(files); "$work/built" "$1" "${list[@]}"; }
	cat >"$work/zipios.cc" <<-'CC'
		#include <zipios++/zipoutputstream.h>
		#include <fstream>
		int main(int n, char **a) {
			zipios::ZipOutputStream z((std::string(a[1])));
			for (int i = 2; i < n; i++) { std::ifstream f(a[i], std::ios::binary); z.putNextEntry(zipios::ZipCDirEntry(a[i])); z << f.rdbuf(); }
			z.close();
		}
	CC
	g++ -std=c++14 -o "$work/built" "$work/zipios.cc" -lzipios -lz 2>/dev/null && each zipios in_built
	cat >"$work/poco.cc" <<-'CC'
		#include <Poco/Zip/Compress.h>
		#include <Poco/Path.h>
		#include <fstream>
		int main(int n, char **a) {
			std::ofstream f(a[1], std::ios::binary); Poco::Zip::Compress c(f, true);
			for (int i = 2; i < n; i++) c.addFile(Poco::Path(a[i]), Poco::Path(a[i]));
			c.close();
		}
	CC
	g++ -o "$work/built" "$work/poco.cc" -lPocoZip -lPocoFoundation 2>/dev/null && each poco in_built
	cat >"$work/pack.d" <<-'D'
		import std.file, std.zip;
		void main(string[] a) {
			auto z = new ZipArchive;
			foreach (f; a[2 .. $]) {
				auto m = new ArchiveMember; m.name = f; m.expandedData = cast(ubyte[]) read(f);
				m.compressionMethod = CompressionMethod.deflate; m.time = timeLastModified(f); z.addMember(m);
			}
			std.file.write(a[1], z.build());
		}
	D
	have gdc && gdc -o "$work/built" "$work/pack.d" 2>/dev/null && each d-std.zip in_built
	cat >"$work/pack.pas" <<-'PASCAL'
		program pack;
		{$mode objfpc}{$H+}
		uses zipper;
		var z: TZipper; i: integer;
		begin
		  z := TZipper.Create; z.FileName := ParamStr(1);
		  for i := 2 to ParamCount do z.Entries.AddFileEntry(ParamStr(i), ParamStr(i));
		  z.ZipAllFiles; z.Free
		end.
	PASCAL
	have fpc && fpc -o"$work/built" "$work/pack.pas" >/dev/null 2>&1 && each free-pascal in_built
	cat >"$work/pack.ml" <<-'OCAML'
		let () = let z = Zip.open_out Sys.argv.(1) in
		for i = 2 to Array.length Sys.argv - 1 do Zip.copy_file_to_entry Sys.argv.(i) z ~mtime:(Unix.stat Sys.argv.(i)).Unix.st_mtime Sys.argv.(i) done;
		Zip.close_out z
	OCAML
	have ocamlc && (cd "$work" && ocamlc -I +zip unix.cma zip.cma -o built pack.ml) >/dev/null 2>&1 && each camlzip in_built
	cat >"$work/pack.cs" <<-'CS'
		using System.IO; using System.IO.Compression;
		class P { static void Main(string[] a) {
			if (a[0] == "package") {
				using (var p = System.IO.Packaging.Package.Open(a[1], FileMode.Create)) {
					var part = p.CreatePart(new System.Uri("/a.xml", System.UriKind.Relative), "text/xml"); part.GetStream().WriteByte(60); }
				return; }
			if (a[0] == "stored") { ZipFile.CreateFromDirectory(".", a[1], CompressionLevel.NoCompression, true); return; }
			ZipFile.CreateFromDirectory(".", a[1]); } }
	CS
	in_mono() { rm -f "$1"; mono "$work/pack.exe" "${mono_mode:-default}" "$1"; }
	have mcs && mcs -out:"$work/pack.exe" -r:System.IO.Compression -r:System.IO.Compression.FileSystem -r:WindowsBase "$work/pack.cs" >/dev/null 2>&1 &&
		each mono in_mono && (cd "$plain" && mono_mode=stored in_mono "$(to mono stored)"; mono_mode=package in_mono "$(to mono-packaging default)") >/dev/null 2>&1
	return 0
}
