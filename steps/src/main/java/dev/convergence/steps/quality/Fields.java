package dev.convergence.steps.quality;

import dev.convergence.engine.error.FieldError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The fields of a JSON object as a suite file has them; faults are collected, not thrown, so that
/// all of a file are told at once.
final class Fields {

    private final JsonNode node;
    private final String path;
    private final List<FieldError> faults;
    private final Set<String> read = new HashSet<>();

    Fields(JsonNode node, String path, List<FieldError> faults) {
        this.node = node;
        this.path = path;
        this.faults = faults;
        if (!node.isObject()) {
            faults.add(new FieldError(path, "WRONG_TYPE", "must be an object."));
        }
    }

    void fault(String field, String code, String detail) {
        String place = path.isEmpty() ? field : path + "." + field;
        faults.add(new FieldError(place, code, detail));
    }

    boolean has(String field) {
        return node.has(field);
    }

    String text(String field) {
        JsonNode value = value(field);
        if (value == null) {
            fault(field, "REQUIRED", "is missing.");
            return "";
        }
        return textOf(field, value);
    }

    String text(String field, String otherwise) {
        JsonNode value = value(field);
        return value == null ? otherwise : textOf(field, value);
    }

    List<String> texts(String field) {
        JsonNode value = value(field);
        if (value == null || !value.isArray() || value.isEmpty()) {
            fault(field, "REQUIRED", "must be a list with at least one entry.");
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        value.forEach(entry -> texts.add(textOf(field, entry)));
        return texts;
    }

    /// A text that may stand as a name in SQL.
    String name(String field) {
        return checkedName(field, text(field));
    }

    List<String> names(String field) {
        return texts(field).stream().map(name -> checkedName(field, name)).toList();
    }

    /// One name in `column`, or several in `columns`.
    List<String> columns() {
        return has("columns") ? names("columns") : List.of(name("column"));
    }

    @Nullable BigDecimal decimal(String field) {
        JsonNode value = value(field);
        if (value != null && !value.isNumber()) {
            fault(field, "WRONG_TYPE", "must be a number.");
            return null;
        }
        return value == null ? null : value.decimalValue();
    }

    boolean flag(String field) {
        JsonNode value = value(field);
        if (value != null && !value.isBoolean()) {
            fault(field, "WRONG_TYPE", "must be true or false.");
        }
        return value != null && value.booleanValue(false);
    }

    <E extends Enum<E>> E word(String field, Class<E> words, E otherwise) {
        String text = text(field, otherwise.name());
        for (E word : words.getEnumConstants()) {
            if (word.name().equals(text)) {
                return word;
            }
        }
        fault(field, "UNKNOWN_VALUE", "must be one of " + List.of(words.getEnumConstants()) + ".");
        return otherwise;
    }

    /// The objects of a list, each read by itself.
    <T> List<T> each(String field, Function<Fields, T> reader) {
        JsonNode value = value(field);
        if (value == null || !value.isArray() || value.isEmpty()) {
            fault(field, "REQUIRED", "must be a list with at least one entry.");
            return List.of();
        }
        List<T> entries = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            Fields entry = new Fields(value.get(i), path + field + "[" + i + "]", faults);
            entries.add(reader.apply(entry));
            entry.nothingElse();
        }
        return entries;
    }

    /// The fields of an object whose names are not fixed.
    List<Fields.Entry> entries(String field) {
        JsonNode value = value(field);
        List<Entry> entries = new ArrayList<>();
        if (value != null && value.isObject()) {
            value.properties().forEach(e -> entries.add(new Entry(e.getKey(), e.getValue())));
        } else if (value != null) {
            fault(field, "WRONG_TYPE", "must be an object.");
        }
        return entries;
    }

    record Entry(String name, JsonNode value) {}

    void nothingElse() {
        node.propertyNames().stream()
                .filter(name -> !read.contains(name))
                .forEach(name -> fault(name, "UNKNOWN_FIELD", "is not known here."));
    }

    private @Nullable JsonNode value(String field) {
        read.add(field);
        return node.get(field);
    }

    private String textOf(String field, JsonNode value) {
        if (!value.isString()) {
            fault(field, "WRONG_TYPE", "must be text.");
            return "";
        }
        return value.stringValue();
    }

    private String checkedName(String field, String name) {
        if (!name.isEmpty() && !Identifier.isOne(name)) {
            fault(field, "INVALID_NAME", "has letters, digits and underscores only.");
        }
        return name;
    }
}
