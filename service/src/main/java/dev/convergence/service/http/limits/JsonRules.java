package dev.convergence.service.http.limits;

import dev.convergence.service.http.problem.Refusal;
import dev.convergence.service.http.problem.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Refuses JSON that is valid but that nothing behind can keep: a NUL or half a character in a
/// text, a number of thousands of digits.
///
/// PostgreSQL refuses the first two, and the third costs whoever writes it out a hundred kilobytes
/// for nine. Only bodies that might hold one are read token by token.
final class JsonRules {

    private static final int SCALE_MAX = 400;

    private static final Pattern SUSPICIOUS =
            Pattern.compile("\\\\u0000|\\\\u[dD][89a-fA-F]|[0-9.][eE][+-]?[0-9]{3,}");

    private static final JsonFactory JSON = new JsonFactory();

    private JsonRules() {}

    static void require(byte[] body) {
        if (SUSPICIOUS.matcher(new String(body, StandardCharsets.ISO_8859_1)).find()) {
            try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
                requireAll(parser);
            } catch (JacksonException notJson) {
                return; // whoever decodes it says so
            }
        }
    }

    private static void requireAll(JsonParser parser) {
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            switch (token) {
                case PROPERTY_NAME, VALUE_STRING -> requireText(parser);
                case VALUE_NUMBER_FLOAT -> requireNumber(parser);
                default -> {}
            }
        }
    }

    private static void requireText(JsonParser parser) {
        String text = parser.getString();
        if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw refused(parser, "INVALID_VALUE", "holds a NUL or half a character.");
        }
    }

    private static void requireNumber(JsonParser parser) {
        if (Math.abs((long) parser.getDecimalValue().scale()) > SCALE_MAX) {
            throw refused(parser, "OUT_OF_RANGE", "is a number beyond all use.");
        }
    }

    private static RefusedException refused(JsonParser parser, String code, String detail) {
        String path = parser.streamReadContext().pathAsPointer().toString().replace('\0', '?');
        String field = path.isEmpty() ? "body" : path.substring(1).replace('/', '.');
        return new RefusedException(Refusal.invalidField(field, code, detail));
    }
}
