package dev.convergence.service.template;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import tools.jackson.databind.JsonNode;

/// The published JSON Schema of templates: the structural half of their validation.
final class TemplateSchema {

    private static final String RESOURCE = "/schemas/pipeline-template.json";

    private static final Map<String, String> CODES =
            Map.of(
                    "required", "REQUIRED",
                    "additionalProperties", "UNKNOWN_FIELD",
                    "type", "WRONG_TYPE",
                    "enum", "NOT_ALLOWED",
                    "pattern", "PATTERN",
                    "minimum", "OUT_OF_RANGE",
                    "maximum", "OUT_OF_RANGE",
                    "minItems", "EMPTY",
                    "minLength", "EMPTY",
                    "uniqueItems", "DUPLICATE");

    private final Schema schema =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text());

    static String text() {
        try (InputStream in = TemplateSchema.class.getResourceAsStream(RESOURCE)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<TemplateProblem> check(JsonNode template, ToIntFunction<String> lineOf) {
        return schema.validate(template).stream().map(e -> problem(e, lineOf)).distinct().toList();
    }

    private static TemplateProblem problem(Error error, ToIntFunction<String> lineOf) {
        String around = error.getInstanceLocation().toString();
        String property = error.getProperty();
        String pointer = property == null ? around : around + "/" + property;
        String path = path(pointer);
        String code = CODES.getOrDefault(error.getKeyword(), "INVALID");
        return new TemplateProblem(
                path, lineOf.applyAsInt(pointer), code, path + ": " + sentence(error, code));
    }

    private static String sentence(Error error, String code) {
        return switch (code) {
            case "REQUIRED" -> "is required.";
            case "UNKNOWN_FIELD" -> "is no field of a template here.";
            case "EMPTY" -> "must not be empty.";
            default -> {
                String message = error.getMessage();
                int colon = message.startsWith("/") ? message.indexOf(": ") : -1;
                yield message.substring(colon < 0 ? 0 : colon + 2) + ".";
            }
        };
    }

    /// `/steps/1/ps_type` → `steps[1].ps_type`.
    static String path(String pointer) {
        return pointer.replaceAll("/(\\d+)(?=/|$)", "[$1]")
                .replace("/", ".")
                .replaceFirst("^\\.", "")
                .replace("~1", "/")
                .replace("~0", "~");
    }
}
