package dev.convergence.steps.duckdb;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A table's or column's name that is safe to stand in SQL.
public final class Identifier {

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    private Identifier() {}

    /// @throws EngineException INVALID_TEMPLATE for anything but letters, digits and underscores
    public static String checked(String setting, @Nullable Object name) {
        if (!(name instanceof String text) || !SHAPE.matcher(text).matches()) {
            throw new EngineException(
                    ErrorCode.INVALID_TEMPLATE,
                    setting + ": a name has letters, digits and underscores only.");
        }
        return text;
    }

    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
