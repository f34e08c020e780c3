package io.carabiner.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The migrations that this program brings, by version, with Flyway's checksum: so that a start on tables that are at
 * this version need not load Flyway to find it out.
 */
final class MigrationFiles {

    private static final String FOLDER = "db/migration";
    private static final String VERSION_END = "__";

    private MigrationFiles() {}

    /** The checksum of each version. */
    static Map<String, Integer> checksums() {
        Map<String, Integer> checksums = new HashMap<>();
        try {
            for (URL folder :
                    Collections.list(MigrationFiles.class.getClassLoader().getResources(FOLDER))) {
                for (String name : names(folder)) {
                    if (name.startsWith("V") && name.endsWith(".sql") && name.contains(VERSION_END)) {
                        checksums.put(name.substring(1, name.indexOf(VERSION_END)), checksum(name));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return checksums;
    }

    private static List<String> names(URL folder) throws IOException {
        if (folder.openConnection() instanceof JarURLConnection jar) {
            jar.setUseCaches(true);
            return jar.getJarFile().stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith(FOLDER + "/"))
                    .map(name -> name.substring(FOLDER.length() + 1))
                    .toList();
        }
        try (Stream<Path> files = Files.list(Path.of(uri(folder)))) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    private static URI uri(URL folder) throws IOException {
        try {
            return folder.toURI();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    /** As Flyway reckons it: over the bytes of the lines, without their ends. */
    private static int checksum(String name) throws IOException {
        CRC32 crc = new CRC32();
        try (InputStream file = MigrationFiles.class.getClassLoader().getResourceAsStream(FOLDER + "/" + name)) {
            if (file == null) {
                throw new IOException(name + " is not in the program");
            }
            new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))
                    .lines()
                    .forEach(line -> crc.update(line.getBytes(StandardCharsets.UTF_8)));
        }
        return (int) crc.getValue();
    }
}
