package dev.convergence.steps.landing;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Arrays;

/// A path or glob below a tenant's folder, in which no step leads out of it.
///
/// @param start the folder, or the file, at which the search begins; no wildcard in it
/// @param matcher tells for a path below the tenant's folder whether it is meant
record FilePattern(String start, PathMatcher matcher) {

    private static final int LENGTH_MAX = 1024;
    private static final String WILDCARDS = "*?[{";

    static FilePattern below(String folder) {
        return new FilePattern(folder, path -> true);
    }

    static FilePattern of(String pattern) {
        check(pattern);
        int wildcard = firstWildcard(pattern);
        if (wildcard < 0) {
            Path exact = Path.of(pattern).normalize();
            return new FilePattern(exact.toString(), exact::equals);
        }
        int slash = pattern.lastIndexOf('/', wildcard);
        return new FilePattern(slash < 0 ? "" : pattern.substring(0, slash), glob(pattern));
    }

    private static void check(String pattern) {
        if (pattern.isBlank() || pattern.length() > LENGTH_MAX || pattern.indexOf('\0') >= 0) {
            throw refused("is not a path.");
        }
        if (pattern.startsWith("/") || pattern.startsWith("~") || pattern.contains("\\")) {
            throw refused("must be relative to the tenant's landing zone.");
        }
        if (Arrays.asList(pattern.split("[/{},]", -1)).contains("..")) {
            throw refused("must not contain '..'.");
        }
    }

    private static int firstWildcard(String pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            if (WILDCARDS.indexOf(pattern.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private static PathMatcher glob(String pattern) {
        try {
            Glob glob = Glob.of(pattern);
            return path -> glob.matches(path.toString());
        } catch (IllegalArgumentException badGlob) {
            throw refused("is not a glob: " + badGlob.getMessage() + ".");
        }
    }

    private static EngineException refused(String why) {
        return new EngineException(ErrorCode.INVALID_PARAMETER, "file: the path " + why);
    }
}
