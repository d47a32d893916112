package dev.convergence.steps.source;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// What one load has read, so that nothing counts twice: whole files, and the buckets of reports.
final class SeenOnce {

    private final Map<String, String> files = new HashMap<>();
    private final Set<Long> buckets = new HashSet<>();

    /// The file that had the same bytes; null for one that is new. Empty files are all new.
    @Nullable String earlier(String file, Fingerprint bytes) {
        String print = bytes.text();
        return print.startsWith("0 ") ? null : files.putIfAbsent(print, file);
    }

    boolean isNew(String bucket) {
        byte[] bytes = bucket.getBytes(StandardCharsets.UTF_8);
        CRC32 one = new CRC32();
        CRC32C other = new CRC32C();
        one.update(bytes);
        other.update(bytes);
        return buckets.add(one.getValue() << 32 | other.getValue());
    }
}
