package dev.convergence.service.http.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/// The console's files by their path below `/console/`, read once; libraries come from WebJars.
public final class ConsoleFiles {

    static final String PAGE = "index.html";

    private static final String FOLDER = "/console/";
    private static final String LIBRARY = "classpath*:META-INF/resources/webjars/preact/*/";

    private static final Map<String, String> FROM_LIBRARIES =
            Map.of(
                    "lib/preact.js", LIBRARY + "dist/preact.umd.js",
                    "lib/preact-hooks.js", LIBRARY + "hooks/dist/hooks.umd.js");

    private final Map<String, ConsoleFile> files;

    private ConsoleFiles(Map<String, ConsoleFile> files) {
        this.files = Map.copyOf(files);
    }

    public static ConsoleFiles load() {
        PathMatchingResourcePatternResolver resources = new PathMatchingResourcePatternResolver();
        Map<String, ConsoleFile> files = new HashMap<>();
        try {
            for (Resource found : resources.getResources("classpath*:console/**/*.*")) {
                String address = found.getURL().toString();
                add(files, address.substring(address.indexOf(FOLDER) + FOLDER.length()), found);
            }
            for (Map.Entry<String, String> library : FROM_LIBRARIES.entrySet()) {
                for (Resource found : resources.getResources(library.getValue())) {
                    add(files, library.getKey(), found);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ConsoleFiles(files);
    }

    private static void add(Map<String, ConsoleFile> files, String path, Resource found)
            throws IOException {
        ConsoleFile.of(path, withoutMap(found.getContentAsByteArray()))
                .ifPresent(file -> files.put(path, file));
    }

    /// A library's script ends in the address of its source map, which nobody here serves.
    private static byte[] withoutMap(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        return text.replaceFirst("\n//# sourceMappingURL=\\S+\\s*$", "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    Optional<ConsoleFile> find(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /// What a browser that comes for the first time loads, compressed.
    int packedBytes() {
        return files.values().stream().mapToInt(file -> file.packed().length).sum();
    }
}
