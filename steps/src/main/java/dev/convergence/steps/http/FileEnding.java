package dev.convergence.steps.http;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The ending of a fetched file, by which its format is known; none that we do not read.
final class FileEnding {

    private static final Pattern KNOWN =
            Pattern.compile("\\.(csv|json|jsonl|ndjson|parquet)(\\.gz)?$");

    private FileEnding() {}

    static String of(URI url) {
        String path = url.getPath() == null ? "" : url.getPath().toLowerCase(Locale.ROOT);
        Matcher known = KNOWN.matcher(path);
        return known.find() ? known.group() : ".jsonl";
    }
}
