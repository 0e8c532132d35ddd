#!/usr/bin/env bash
# Collects real tar archives for realtars: collect.sh DIR [deb|source|npm|modules|packers]…
#
# Each stage fetches named packages with the ordinary client of its registry, and leaves archives as DIR/PRODUCER/NAME. The downloads take
# about 400 MB together; a package that is not to be had is reported and left out, since the program counts what there is. Stages:
#
#   deb     data.tar and control.tar of Debian packages that are installed here and small (written by dpkg-deb)
#   source  upstream archives from Debian's source packages: CPAN, cargo, cabal, R, Python sdists, "make dist", GitHub's and others
#   npm     packages of npm as they are published
#   packers two small trees, by each packer in each of its modes (packers.sh)
#   modules the sources of Go modules, packed once more by each packer in its default mode
set -euo pipefail
shopt -s nullglob

mkdir -p "${1:?usage: collect.sh DIR [deb|source|npm|packers|modules]...}"
root=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
shift
[ $# -gt 0 ] || set -- deb source npm packers modules

npm_packages=(acorn ajv ansi-styles archiver async axios bluebird body-parser chalk chokidar commander cors debug dotenv ejs esbuild-wasm
	eslint express fastify fflate fs-extra glob got handlebars helmet immer jest joi jquery jszip koa lodash luxon mocha moment mongoose
	morgan nanoid node-fetch passport pg picocolors pino postcss preact prettier prop-types react redis rimraf rollup rxjs semver
	socket.io tar tar-stream tslib typescript@4.9.5 underscore uuid vite vue ws yargs zod)
# JavaScript libraries that write archives; packers.cjs calls them.
npm_writers=(@napi-rs/tar archiver compressing fstream modern-tar nanotar tar tar-fs tar-js tar-stream tarts)
deb_packers=(ant busybox cpio git libarchive-tools libcommons-compress-java mercurial p7zip-full pax perl php-cli
	python3-libarchive-c python3-setuptools r-base-core ruby)
go_modules=(github.com/BurntSushi/toml@v1.3.2 github.com/gin-gonic/gin@v1.9.1 github.com/go-chi/chi/v5@v5.0.11
	github.com/google/go-cmp@v0.7.0 github.com/google/uuid@v1.6.0 github.com/gorilla/mux@v1.8.1 github.com/spf13/cobra@v1.8.0
	github.com/spf13/pflag@v1.0.5 github.com/stretchr/testify@v1.8.4 go.uber.org/zap@v1.26.0 golang.org/x/mod@v0.14.0
	golang.org/x/sync@v0.6.0 golang.org/x/time@v0.5.0 gopkg.in/yaml.v3@v3.0.1 github.com/go-git/go-billy/v5@v5.5.0)
# Source packages, by what writes such archives.
declare -A sources=(
	[cargo]='rust-aho-corasick rust-anyhow rust-bitflags rust-bytes rust-cc rust-cfg-if rust-either rust-fnv rust-hex rust-itoa rust-log
		rust-memchr rust-quote rust-rand rust-ryu rust-semver rust-serde rust-syn rust-unicode-ident rust-url'
	[cabal]='haskell-aeson haskell-async haskell-attoparsec haskell-hashable haskell-primitive haskell-random haskell-split haskell-tar
		haskell-unordered-containers haskell-vector haskell-zlib'
	[cpan]='libclass-accessor-perl libdbi-perl libjson-perl libhttp-message-perl liblwp-protocol-https-perl libmoo-perl libpath-tiny-perl
		libtext-csv-perl libtry-tiny-perl liburi-perl libwww-perl libxml-simple-perl libyaml-perl libtest-deep-perl libio-string-perl'
	[R]='r-cran-cli r-cran-crayon r-cran-digest r-cran-glue r-cran-jsonlite r-cran-magrittr r-cran-r6 r-cran-rlang r-cran-withr r-cran-zoo'
	[python-sdist]='markupsafe python-click python-certifi python-idna python-packaging pytz requests six python-urllib3 wheel pyyaml
		python-toml flask werkzeug jinja2 itsdangerous python-colorama python-pluggy python-iniconfig simplejson'
	[make-dist]='diffutils gawk grep gzip hello m4 make-dfsg patch sed tar time wdiff which bison flex libtasn1-6 libidn2 nettle gzip cpio
		datamash'
	[github]='cjson inih jq libyaml lz4 tmux rapidjson fmtlib spdlog catch2 nlohmann-json3 pugixml tinyxml2 golang-github-pkg-errors
		golang-github-google-uuid node-semver node-ms node-debug ruby-rack ruby-tilt'
	[pecl]='php-apcu php-redis php-igbinary php-msgpack'
	[ruby]='ruby-addressable ruby-i18n ruby-mime-types ruby-mustermann ruby-thor'
	[debian-native]='apt adduser base-files debconf debianutils dpkg lsb init-system-helpers ucf'
)

missing() { echo "collect: not to be had: $1" >&2; }

# plain FILE OUT writes an archive to OUT as it is if safetar may know its compression, and without it otherwise.
plain() {
	case $1 in
	*.xz) xz -dc "$1" >"$2" ;;
	*.zst) zstd -qdc "$1" >"$2" ;;
	*) cp "$1" "$2" ;;
	esac
}

collect_deb() {
	local p deb member
	mkdir -p "$root/fetched/deb" "$root/dpkg-deb"
	local want=()
	mapfile -t want < <(dpkg-query -W -f '${Installed-Size} ${Package}\n' | awk '$1 < 900 { print $2 }' | grep -v '^google-' | sort | head -n 160)
	(cd "$root/fetched/deb" && apt-get -qq download "${want[@]}" 2>/dev/null) || for p in "${want[@]}"; do
		(cd "$root/fetched/deb" && compgen -G "${p}_*" >/dev/null || apt-get -qq download "$p" 2>/dev/null) || missing "$p"
	done
	for deb in "$root"/fetched/deb/*.deb; do
		for member in $(ar t "$deb" | grep 'tar'); do
			p=$root/fetched/$member
			ar p "$deb" "$member" >"$p"
			plain "$p" "$root/dpkg-deb/$(basename "${deb%%_*}")-${member%%.*}.tar"
			rm "$p"
		done
	done
}

collect_source() {
	local producer p file name etc=$root/fetched/apt
	mkdir -p "$etc/lists/partial" "$etc/parts" "$root/fetched/source"
	# The machine's own sources of Debian, as sources of sources.
	sed 's/^Types: deb$/Types: deb-src/' /etc/apt/sources.list.d/debian.sources >"$etc/parts/debian.sources"
	local apt=(apt-get -qq -o Dir::Etc::SourceList=- -o "Dir::Etc::SourceParts=$etc/parts" -o "Dir::State::Lists=$etc/lists")
	"${apt[@]}" update
	for producer in "${!sources[@]}"; do
		mkdir -p "$root/$producer" "$root/debian-diff" "$root/fetched/source/$producer"
		local fetch=("${apt[@]}" source --download-only --only-source --tar-only)
		# All at once, which asks for the lists once, and one by one if one of them is not to be had.
		# shellcheck disable=SC2086
		(cd "$root/fetched/source/$producer" && "${fetch[@]}" ${sources[$producer]} >/dev/null 2>&1) || for p in ${sources[$producer]}; do
			(cd "$root/fetched/source/$producer" && "${fetch[@]}" "$p" >/dev/null 2>&1) || missing "$p"
		done
		# Mirrors keep fewer of Debian's own changes. Those that are there do.
		# shellcheck disable=SC2086
		(cd "$root/fetched/source/$producer" && "${apt[@]}" source --download-only --only-source --diff-only ${sources[$producer]} >/dev/null 2>&1) || true
		for file in "$root/fetched/source/$producer"/*.tar.*; do
			name=$(basename "$file")
			case $name in
			*.asc) ;;
			*.debian.tar.*) plain "$file" "$root/debian-diff/${name%.tar.*}.tar" ;;
			*) plain "$file" "$root/$producer/$name" ;;
			esac
		done
	done
}

collect_npm() {
	local p
	mkdir -p "$root/npm-registry"
	cd "$root/npm-registry"
	npm pack --silent --ignore-scripts "${npm_packages[@]}" >/dev/null 2>&1 || for p in "${npm_packages[@]}"; do
		npm pack --silent --ignore-scripts "$p" >/dev/null 2>&1 || missing "$p"
	done
	cd "$here"
}

install_writers() {
	mkdir -p "$root/fetched/writers"
	npm install --silent --prefix "$root/fetched/writers" --ignore-scripts "${npm_writers[@]}" || missing "${npm_writers[*]}"
	if [ "$(id -u)" -eq 0 ]; then
		apt-get -qq -y --no-install-recommends install "${deb_packers[@]}" >/dev/null || missing "${deb_packers[*]}"
	fi
}

collect_packers() {
	install_writers
	bash "$here/packers.sh" "$root" "$root/fetched/writers" modes
}

collect_modules() {
	local m dir
	mkdir -p "$root/fetched/go"
	for m in "${go_modules[@]}"; do
		(cd "$root" && GOFLAGS=-modcacherw GOMODCACHE="$root/fetched/go" go mod download "$m" >/dev/null 2>&1) || missing "$m"
		dir=$root/fetched/go/$(sed 's/[A-Z]/!\L&/g' <<<"$m")
		[ ! -d "$dir" ] || bash "$here/packers.sh" "$root" "$root/fetched/writers" "$(basename "${m//\//-}")" "$dir"
	done
}

for stage; do
	"collect_$stage"
done
