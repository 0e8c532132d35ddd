import java.io.*;
import java.nio.charset.Charset;
import java.nio.file.*;
import java.util.*;
import java.util.stream.*;
import net.lingala.zip4j.ZipFile;
import net.lingala.zip4j.model.ZipParameters;
import net.lingala.zip4j.model.enums.*;
import org.apache.commons.compress.archivers.zip.*;
import org.codehaus.plexus.archiver.zip.ZipArchiver;

/** Jars OUT TREE writes the files below the working directory to OUT/LIBRARY--MODE.zip with libraries of Java, in the modes that they have. */
public class Jars {
  interface Packer { void pack(File to) throws Exception; }

  static String out, tree;
  static List<Path> files;

  static void write(String library, String mode, Packer p) {
    String name = tree.equals("default") ? mode : mode.equals("default") ? tree : tree + "-" + mode;
    File to = new File(out, library + "--" + name + ".zip");
    to.delete();
    try {
      p.pack(to);
    } catch (Exception | LinkageError e) {
      System.err.println("packers: " + library + ", " + name + ": " + e);
      to.delete();
    }
  }

  interface Setting { void set(ZipArchiveOutputStream z) throws Exception; }

  static void commons(ZipArchiveOutputStream z, Setting s) throws Exception {
    try (z) {
      s.set(z);
      for (Path f : files) {
        z.putArchiveEntry(new ZipArchiveEntry(f.toFile(), Paths.get(".").relativize(f).toString()));
        Files.copy(f, z);
        z.closeArchiveEntry();
      }
    }
  }

  static void zip4j(File to, ZipParameters p, char[] password) throws Exception {
    try (ZipFile z = new ZipFile(to, password)) {
      for (File f : new TreeSet<>(Arrays.asList(new File(".").listFiles()))) {
        if (f.isDirectory()) z.addFolder(f, p); else z.addFile(f, p);
      }
    }
  }

  static ZipParameters encrypted(EncryptionMethod m) {
    ZipParameters p = new ZipParameters();
    p.setEncryptFiles(true);
    p.setEncryptionMethod(m);
    return p;
  }

  public static void main(String[] a) throws Exception {
    out = a[0];
    tree = a[1];
    try (Stream<Path> s = Files.walk(Paths.get("."))) { files = s.filter(Files::isRegularFile).sorted().collect(Collectors.toList()); }
    Map<String, Setting> settings = new TreeMap<>();
    settings.put("default", z -> {});
    settings.put("stored", z -> z.setLevel(0));
    settings.put("zip64", z -> z.setUseZip64(Zip64Mode.Always));
    settings.put("commented", z -> z.setComment("a comment"));
    if (tree.equals("names")) {
      settings.put("no-flag", z -> z.setUseLanguageEncodingFlag(false));
      settings.put("extra", z -> z.setCreateUnicodeExtraFields(ZipArchiveOutputStream.UnicodeExtraFieldPolicy.ALWAYS));
      settings.put("in-CP437", z -> { z.setEncoding("Cp437"); z.setFallbackToUTF8(true); });
      settings.put("in-CP850-extra", z -> {
        z.setEncoding("Cp850");
        z.setCreateUnicodeExtraFields(ZipArchiveOutputStream.UnicodeExtraFieldPolicy.ALWAYS);
      });
    }
    settings.forEach((mode, s) -> write("commons-compress", mode, to -> commons(new ZipArchiveOutputStream(to), s)));
    write("commons-compress", "streamed", to -> commons(new ZipArchiveOutputStream(new FileOutputStream(to)), z -> {}));
    write("commons-compress", "streamed-zip64", to ->
        commons(new ZipArchiveOutputStream(new FileOutputStream(to)), z -> z.setUseZip64(Zip64Mode.Always)));
    write("commons-compress", "parallel", to -> {
      ParallelScatterZipCreator c = new ParallelScatterZipCreator();
      for (Path f : files) {
        ZipArchiveEntry e = new ZipArchiveEntry(Paths.get(".").relativize(f).toString());
        e.setMethod(ZipArchiveEntry.DEFLATED);
        c.addArchiveEntry(e, () -> { try { return Files.newInputStream(f); } catch (IOException x) { throw new UncheckedIOException(x); } });
      }
      try (ZipArchiveOutputStream z = new ZipArchiveOutputStream(to)) { c.writeTo(z); }
    });

    ZipParameters stored = new ZipParameters();
    stored.setCompressionMethod(CompressionMethod.STORE);
    write("zip4j", "default", to -> zip4j(to, new ZipParameters(), null));
    write("zip4j", "stored", to -> zip4j(to, stored, null));
    write("zip4j", "aes", to -> zip4j(to, encrypted(EncryptionMethod.AES), "secret".toCharArray()));
    write("zip4j", "encrypted", to -> zip4j(to, encrypted(EncryptionMethod.ZIP_STANDARD), "secret".toCharArray()));
    write("zip4j", "in-memory", to -> {
      try (net.lingala.zip4j.io.outputstream.ZipOutputStream z =
          new net.lingala.zip4j.io.outputstream.ZipOutputStream(new FileOutputStream(to))) {
        for (Path f : files) {
          ZipParameters p = new ZipParameters();
          p.setFileNameInZip(Paths.get(".").relativize(f).toString());
          z.putNextEntry(p);
          Files.copy(f, z);
          z.closeEntry();
        }
      }
    });
    if (tree.equals("default")) {
      write("zip4j", "commented", to -> { zip4j(to, new ZipParameters(), null); new ZipFile(to).setComment("a comment"); });
    }

    write("plexus-archiver", "default", to -> {
      ZipArchiver z = new ZipArchiver();
      z.addDirectory(new File("."));
      z.setDestFile(to);
      z.createArchive();
    });
    write("java-ZipOutputStream", "commented", to -> {
      try (java.util.zip.ZipOutputStream z = new java.util.zip.ZipOutputStream(new FileOutputStream(to), Charset.forName("UTF-8"))) {
        z.setComment("a comment");
        for (Path f : files) {
          java.util.zip.ZipEntry e = new java.util.zip.ZipEntry(Paths.get(".").relativize(f).toString());
          e.setComment("of an entry");
          e.setLastModifiedTime(Files.getLastModifiedTime(f));
          z.putNextEntry(e);
          Files.copy(f, z);
          z.closeEntry();
        }
      }
    });
    System.exit(0);
  }
}
