package dev.convergence.steps.quality;

import java.util.regex.Pattern;

/// Names of columns, tables and suites that may stand in SQL or in a path.
final class Identifier {

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    private Identifier() {}

    static boolean isOne(String name) {
        return SHAPE.matcher(name).matches();
    }

    static String quoted(String name) {
        if (!isOne(name)) {
            throw new IllegalStateException("A name reached SQL that was not checked before");
        }
        return '"' + name + '"';
    }
}
