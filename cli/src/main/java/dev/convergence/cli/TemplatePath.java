package dev.convergence.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A template as the command line names it: `gcp/cost/cost_billing`.
record TemplatePath(String provider, String domain, String name) {

    String text() {
        return provider + "/" + domain + "/" + name;
    }

    /// Reads the three parts between the slashes.
    static final class Converter implements ITypeConverter<TemplatePath> {

        @Override
        public TemplatePath convert(String text) {
            String[] parts = text.split("/", -1);
            if (parts.length != 3 || text.startsWith("/") || text.endsWith("/")) {
                throw new TypeConversionException(
                        "\""
                                + text
                                + "\" is not provider/domain/template, such as gcp/cost/billing.");
            }
            return new TemplatePath(parts[0], parts[1], parts[2]);
        }
    }
}
