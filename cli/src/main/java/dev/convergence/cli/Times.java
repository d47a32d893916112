package dev.convergence.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads spans of time as people write them: `90s`, `5m`, `1h30m`, or `PT5M`.
final class Times implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        try {
            Duration read = Duration.parse(upper.startsWith("P") ? upper : "PT" + upper);
            if (!read.isNegative()) {
                return read;
            }
        } catch (DateTimeParseException notATime) {
            // told below
        }
        throw new TypeConversionException("\"" + text + "\" is no time such as 90s, 5m or 2h.");
    }
}
