package dev.convergence.benchmark.engine.contestant;

import java.nio.file.Path;
import java.security.CodeSource;

/// Which version of a library is on the class path, by the name of its jar.
final class Versions {

    private Versions() {}

    static String of(Class<?> type, String artifact) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null) {
            return "unknown";
        }
        String file = String.valueOf(Path.of(source.getLocation().getPath()).getFileName());
        return file.replace(artifact + "-", "").replace(".jar", "");
    }
}
