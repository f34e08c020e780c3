package io.carabiner.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A libsecp256k1 for tests: the machine's, else the one that a test jar carries for Linux. */
final class TestLibrary {

    private TestLibrary() {}

    /** Where to look, in order. */
    static List<String> names() {
        var names = new ArrayList<>(NativeLibrary.NAMES);
        names.add(unpacked().toString());
        return names;
    }

    /** The library of the jar as a file, which is deleted at the end. */
    static Path unpacked() {
        String machine =
                System.getProperty("os.arch").toLowerCase(Locale.ROOT).equals("aarch64") ? "aarch64" : "x86_64";
        String name = "/fr/acinq/secp256k1/jni/native/linux-" + machine + "/libsecp256k1-jni.so";
        try (InputStream stream = TestLibrary.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the test jar has no " + name);
            }
            Path file = Files.createTempFile("secp256k1", ".so");
            file.toFile().deleteOnExit();
            Files.copy(stream, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
