package dev.convergence.engine.template;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import java.util.Locale;
import java.util.regex.Pattern;

/// Where a template is found: `{provider}/{domain}/{name}`, compared in lower case.
public record TemplatePath(String provider, String domain, String name) {

    private static final Pattern SEGMENT = Pattern.compile("[a-zA-Z0-9_-]+");

    public TemplatePath {
        provider = segment("provider", provider);
        domain = segment("domain", domain);
        name = segment("template_name", name);
    }

    private static String segment(String what, String value) {
        if (!SEGMENT.matcher(value).matches()) {
            throw new EngineException(
                    ErrorCode.INVALID_PARAMETER,
                    what + " has letters, digits, underscores and hyphens only.");
        }
        return value.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return provider + "/" + domain + "/" + name;
    }
}
