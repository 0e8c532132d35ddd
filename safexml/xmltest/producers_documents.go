package xmltest

import "github.com/seed73825598/airlock/limits"

// A service that takes documents of any kind chooses these words.
const documentWords = "SkipDoctype, HTMLEntities"

// made returns a recipe for a document in the shape of a program that writes such ones.
func made(rule limits.Rule, program, document string) recipe {
	return under(documentWords, text(rule, "by-"+program, document))
}

// located is made for formats whose documents say where their schema is, which their readers know.
func located(program, document string) recipe {
	return under("UnsafeAllow(RuleSchemaLocation)", text(schemaLocation, "by-"+program, document))
}

// benignWeb has feeds, sitemaps and messages in the shape of each program that sends them.
func benignWeb() []recipe {
	return []recipe{
		made(external, "wordpress", `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
	xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/"
	xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
	xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"
	>

<channel>
	<title>Notes &#8211; a blog</title>
	<atom:link href="https://example.org/feed/" rel="self" type="application/rss+xml" />
	<link>https://example.org</link>
	<lastBuildDate>Fri, 02 Jan 2026 03:04:05 +0000</lastBuildDate>
	<sy:updatePeriod>
	hourly	</sy:updatePeriod>
	<generator>https://wordpress.org/?v=6.4.2</generator>
	<item>
		<title>Hello &#038; welcome</title>
		<dc:creator><![CDATA[admin]]></dc:creator>
		<guid isPermaLink="false">https://example.org/?p=1</guid>
		<description><![CDATA[<p>First post [&#8230;]</p>]]></description>
		<content:encoded><![CDATA[<p>First <script>post</script> <img src="https://example.org/a.png"></p>]]>
</content:encoded>
		<slash:comments>1</slash:comments>
		<enclosure url="https://example.org/a.mp3" length="1" type="audio/mpeg" />
	</item>
</channel></rss>
`),
		made(instruction, "blogger", `<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom'
 xmlns:openSearch='http://a9.com/-/spec/opensearchrss/1.0/' xmlns:blogger='http://schemas.google.com/blogger/2008'
 xmlns:gd="http://schemas.google.com/g/2005" xmlns:thr='http://purl.org/syndication/thread/1.0'><id>
tag:blogger.com,1999:blog-1</id><updated>2026-01-02T03:04:05.006-07:00</updated><title type='text'>Notes</title><link
 rel='http://schemas.google.com/g/2005#feed' type='application/atom+xml'
 href='https://example.org/feeds/posts/default'/>
<openSearch:totalResults>1</openSearch:totalResults><entry><content
 type='html'>&lt;p&gt;Text&amp;nbsp;&lt;/p&gt;</content>
<gd:extendedProperty name="OpenSocialUserId" value="1"/><thr:total>0</thr:total></entry></feed>`),
		made(entity, "rss-with-names-of-html", `<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
 "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>Caf&eacute; &copy;&nbsp;2026</title><link>http://example.org/</link></channel>
</rss>`),
		under("SkipDoctype, HTMLEntities, charset.Allow(iso-8859-1)", text(encoding, "by-newspaper",
			"<?xml version=\"1.0\" encoding=\"ISO-8859-1\" ?>\n<rss version=\"2.0\"><channel>"+
				"<title>Nachrichten f\xfcr M\xfcnchen"+
				"</title><link>http://example.org/</link></channel></rss>\n")),
		made(external, "podcast", `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
 xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0"
 xmlns:media="http://search.yahoo.com/mrss/"><channel><itunes:image href="https://example.org/a.jpg"/><item><enclosure
 url="https://example.org/1.mp3" length="1" type="audio/mpeg"/><podcast:transcript url="https://example.org/1.vtt"
 type="text/vtt"/><media:content url="https://example.org/1.mp4" medium="video"/></item></channel></rss>`),
		made(schemaLocation, "sitemap", `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc>https://example.org/a?b&amp;c</loc><lastmod>
2026-01-02</lastmod><xhtml:link rel="alternate" hreflang="de" href="https://example.org/de"/><image:image><image:loc>
https://example.org/a.png</image:loc></image:image></url></urlset>`),
		located("sitemap-generator", `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://www.sitemaps.org/schemas/sitemap/0.9
 http://www.sitemaps.org/schemas/sitemap/0.9/sitemap.xsd">
<url><loc>https://example.org/</loc></url></urlset>`),
		made(external, "opml-reader", `<?xml version="1.0" encoding="ISO-8859-1"?>
<opml version="2.0"><head><title>feeds</title><ownerEmail>a@example.org</ownerEmail></head><body><outline text="News">
<outline text="A &amp; B" type="rss" xmlUrl="https://example.org/feed" htmlUrl="https://example.org/"/></outline>
</body></opml>
`),
		made(notWellFormed, "soap", `<?xml version="1.0" encoding="utf-8"?><soap:Envelope
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"
 xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><AddResponse xmlns="http://tempuri.org/"><AddResult
 xsi:type="xsd:int">3</AddResult><Note xsi:nil="true"/></AddResponse></soap:Body></soap:Envelope>`),
		made(notWellFormed, "webdav", `<?xml version="1.0" encoding="utf-8"?>
<D:multistatus xmlns:D="DAV:" xmlns:ns0="urn:uuid:c2f41010-65b3-11d1-a29f-00aa00c14882/"><D:response
 xmlns:lp1="DAV:"><D:href>
/dav/a%20b/</D:href><D:propstat><D:prop><lp1:resourcetype><D:collection/></lp1:resourcetype><ns0:x/></D:prop>
<D:status>
HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>`),
		made(doctype, "xml-rpc", `<?xml version="1.0"?><methodCall><methodName>pingback.ping</methodName><params><param>
<value>`+
			`<string>https://example.org/</string></value></param></params></methodCall>`),
		made(active, "blackboard", `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="man00001" xmlns:bb="http://www.blackboard.com/content-packaging/"><organizations
 default="toc00001"><organization identifier="toc00001"><item identifier="itm00001" identifierref="res00001">
<title>--TOP--
</title></item></organization></organizations><resources><resource bb:file="res00001.dat" bb:title="a"
 identifier="res00001" type="assessment/x-bb-qti-test" xml:base="res00001"/></resources></manifest>`),
	}
}

// benignPrograms has files of builds and settings in the shape of each program that writes them.
func benignPrograms() []recipe {
	return []recipe{
		made(doctype, "xcode", `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>CFBundleIdentifier</key><string>$(PRODUCT_BUNDLE_IDENTIFIER)</string>
	<key>NSAppTransportSecurity</key><dict><key>NSAllowsArbitraryLoads</key><false/></dict>
	<key>Icon</key><data>
	iVBORw0KGgo=
	</data>
</dict>
</plist>
`),
		made(doctype, "interface-builder", `<?xml version="1.0" encoding="UTF-8"?>
<document type="com.apple.InterfaceBuilder3.CocoaTouch.Storyboard.XIB" version="3.0" useAutolayout="YES"
 initialViewController="a"><dependencies><plugIn identifier="com.apple.InterfaceBuilder.IBCocoaTouchPlugin"
 version="1"/>
</dependencies><scenes><scene sceneID="b"><objects><viewController id="a" customClass="ViewController"/></objects>
</scene>
</scenes></document>`),
		located("maven", `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://maven.apache.org/POM/4.0.0 http://maven.apache.org/xsd/maven-4.0.0.xsd">
  <modelVersion>4.0.0</modelVersion><groupId>org.example</groupId><artifactId>a</artifactId>
<version>${revision}</version>
  <dependencies><dependency><groupId>junit</groupId><artifactId>junit</artifactId></dependency></dependencies>
</project>`),
		made(schemaLocation, "maven-without-schema", `<project xmlns="http://maven.apache.org/POM/4.0.0">
<modelVersion>4.0.0`+
			`</modelVersion><build><plugins><plugin><configuration><target><echo message="${a}"/></target></configuration>`+
			`</plugin></plugins></build></project>`),
		made(notWellFormed, "android", `<?xml version="1.0" encoding="utf-8"?>
<manifest xmlns:android="http://schemas.android.com/apk/res/android" xmlns:tools="http://schemas.android.com/tools"
    package="org.example.app"><uses-permission android:name="android.permission.INTERNET"/><application
    android:label="@string/app_name" tools:targetApi="31"><activity android:name=".Main" android:exported="true"/>
</application></manifest>`),
		made(subset, "android-strings", `<?xml version="1.0" encoding="utf-8"?>
<resources xmlns:xliff="urn:oasis:names:tc:xliff:document:1.2"><string name="a">It\'s <xliff:g
 id="n">%1$d</xliff:g> &#8230;
</string><string name="b"><![CDATA[<b>bold</b>]]></string></resources>`),
		made(external, "csproj", "\ufeff"+`<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net8.0`+
			`</TargetFramework></PropertyGroup><ItemGroup><PackageReference Include="A" Version="1.0"/><Compile `+
			`Remove="b\**"/></ItemGroup></Project>`),
		made(schemaImport, "resx", `<?xml version="1.0" encoding="utf-8"?>
<root>
  <xsd:schema id="root" xmlns="" xmlns:xsd="http://www.w3.org/2001/XMLSchema"
    xmlns:msdata="urn:schemas-microsoft-com:xml-msdata"><xsd:import namespace="http://www.w3.org/XML/1998/namespace"/>
    <xsd:element name="root" msdata:IsDataSet="true"/></xsd:schema>
  <data name="a" xml:space="preserve"><value>text</value></data>
</root>`),
		made(active, "dotnet-config", `<?xml version="1.0"?>
<configuration><configSections><section name="a"
 type="System.Configuration.AppSettingsSection, System.Configuration"/>
</configSections><connectionStrings><add name="db" connectionString="Server=.;Database=a"/></connectionStrings>
<runtime>
<assemblyBinding xmlns="urn:schemas-microsoft-com:asm.v1"><dependentAssembly><bindingRedirect
 oldVersion="0.0.0.0-9.0.0.0"
 newVersion="9.0.0.0"/></dependentAssembly></assemblyBinding></runtime></configuration>`),
		made(doctype, "qt-linguist", `<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de"><context><name>Main</name><message numerus="yes"><location filename="a.cpp" line="1"/>
<source>%n file(s)</source><translation><numerusform>%n Datei</numerusform></translation></message></context></TS>`),
		made(doctype, "kde", `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE kpartgui SYSTEM "kpartgui.dtd">
<kpartgui name="app" version="4"><MenuBar><Menu name="file"><text>&amp;File</text><Action name="open"/></Menu>
</MenuBar>
</kpartgui>`),
		made(doctype, "freedesktop", `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><match target="pattern"><edit name="family" mode="append"><string>sans</string></edit></match>
</fontconfig>`),
		made(doctype, "dbus", `<!DOCTYPE node PUBLIC "-//freedesktop//DTD D-BUS Object Introspection 1.0//EN"
"http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd">
<node><interface name="org.example.A"><method name="B"><arg type="s" direction="in"/></method></interface></node>`),
		made(notWellFormed, "xliff", `<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file source-language="en" target-language="de"
 datatype="plaintext" original="a"><body><trans-unit id="1"><source>A <ph id="1">{0}</ph></source><target
 state="translated">B <ph id="1">{0}</ph></target></trans-unit></body></file></xliff>`),
		made(notWellFormed, "junit", `<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="1" failures="1"><testsuite name="a" time="0.1"><testcase name="T" classname="a"><failure
 message="Failed"><![CDATA[    a_test.go:1: got <nil> && want]]></failure></testcase></testsuite></testsuites>`),
		made(notWellFormed, "cyclonedx", `<?xml version="1.0" encoding="UTF-8"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.4" serialNumber="urn:uuid:00000000-0000-0000-0000-000000000000"
 version="1">
<components><component type="library"><name>a</name><externalReferences><reference type="website">
<url>https://example.org
</url></reference></externalReferences></component></components></bom>`),
		made(xinclude, "libvirt", `<domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
<name>a</name>`+
			`<devices><disk type='file' device='disk'><source file='/var/lib/a.qcow2'/></disk></devices></domain>`),
	}
}

// benignBooks has books, maps and music in the shape of each program that writes them.
func benignBooks() []recipe {
	return []recipe{
		made(external, "epub-package", `<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en"
 prefix="rendition: http://www.idpf.org/vocab/rendition/#"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:opf="http://www.idpf.org/2007/opf"><dc:identifier id="id">urn:isbn:0</dc:identifier><dc:creator
 opf:role="aut">A</dc:creator><meta name="cover" content="img"/></metadata><manifest><item id="c1"
 href="Text/c1.xhtml"
 media-type="application/xhtml+xml"/><item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>
<spine toc="ncx"><itemref idref="c1"/></spine></package>`),
		made(doctype, "epub-contents", `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><navMap><navPoint id="n1" playOrder="1"><navLabel>
<text>A
</text></navLabel><content src="Text/c1.xhtml#a"/></navPoint></navMap></ncx>`),
		made(entity, "epub-chapter", `<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="en"><head>
<title>One</title>
<link href="../Styles/a.css" rel="stylesheet" type="text/css"/><style
 type="text/css">@page { margin: 5pt } p &gt; a {}</style>
</head><body><p epub:type="z">&ldquo;Caf&eacute;&rdquo;&nbsp;&mdash; <a href="c2.xhtml#b">b</a><img alt=""
 src="../Images/a.jpg"/>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"><image width="9"
 height="9" xlink:href="../Images/cover.jpg"/></svg></p></body></html>`),
		made(entity, "docbook", `<?xml version="1.0"?>
<!DOCTYPE book PUBLIC "-//OASIS//DTD DocBook XML V4.5//EN" "http://www.oasis-open.org/docbook/xml/4.5/docbookx.dtd">
<book><title>A</title><chapter id="c"><title>B</title><para>See <ulink
 url="https://example.org/">x</ulink> &amp; <xref
linkend="c"/>&hellip;</para><programlisting><![CDATA[<a/>]]></programlisting></chapter></book>`),
		made(external, "docbook-5", `<article xmlns="http://docbook.org/ns/docbook"
 xmlns:xlink="http://www.w3.org/1999/xlink" `+
			`version="5.0"><title>A</title><para><link xlink:href="https://example.org/">x</link></para><mediaobject>`+
			`<imageobject><imagedata fileref="a.png"/></imageobject></mediaobject></article>`),
		made(doctype, "musescore", `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 3.1 Partwise//EN"
 "http://www.musicxml.org/dtds/partwise.dtd">
<score-partwise version="3.1"><identification><encoding><software>MuseScore 3.6.2</software></encoding>
</identification>
<part-list><score-part id="P1"><part-name>Piano</part-name></score-part></part-list><part id="P1"><measure number="1">
<note><pitch><step>C</step><octave>4</octave></pitch><duration>4</duration></note></measure></part>
</score-partwise>`),
		located("garmin", `<?xml version="1.0" encoding="UTF-8"?>
<gpx creator="Garmin Connect" version="1.1" xsi:schemaLocation="http://www.topografix.com/GPX/1/1
 http://www.topografix.com/GPX/11.xsd" xmlns:ns3="http://www.garmin.com/xmlschemas/TrackPointExtension/v1"
 xmlns="http://www.topografix.com/GPX/1/1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><trk><trkseg><trkpt
 lat="48.1" lon="11.5"><ele>500</ele><extensions><ns3:TrackPointExtension><ns3:hr>90</ns3:hr>
</ns3:TrackPointExtension>
</extensions></trkpt></trkseg></trk></gpx>`),
		made(schemaLocation, "gpx-writer", `<?xml version="1.0"?><gpx version="1.1" creator="a" `+
			`xmlns="http://www.topografix.com/GPX/1/1"><metadata><link href="https://example.org/"/></metadata><wpt lat="1" `+
			`lon="2"><name>A</name></wpt></gpx>`),
		made(external, "google-earth", `<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document><name>A</name>
<Style
 id="s"><IconStyle><Icon><href>files/pin.png</href></Icon></IconStyle></Style><Placemark><description>
<![CDATA[<b>x</b>]]>
</description><styleUrl>#s</styleUrl><Point><coordinates>11.5,48.1,0</coordinates></Point></Placemark></Document>
</kml>`),
		made(notWellFormed, "openstreetmap", `<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6" generator="CGImap 0.8"><bounds minlat="1" minlon="1" maxlat="2" maxlon="2"/><node id="1" lat="1.5"
 lon="1.5"><tag k="name" v="A &quot;B&quot;"/></node></osm>`),
		made(notWellFormed, "mathml", `<math xmlns="http://www.w3.org/1998/Math/MathML"><mrow><mi>&alpha;</mi>
<mo>&minus;</mo>`+
			`<mn>1</mn></mrow></math>`),
		made(external, "opendocument", `<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" office:version="1.3"><office:body><office:text>
<text:p><text:a
 xlink:type="simple" xlink:href="https://example.org/">x</text:a><draw:frame><draw:image xlink:href="Pictures/1.png"
 xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p></office:text></office:body>
</office:document-content>`),
	}
}
