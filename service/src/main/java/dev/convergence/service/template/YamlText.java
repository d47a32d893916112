package dev.convergence.service.template;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads YAML into a JSON tree and remembers the line of every value.
///
/// Only what JSON can say, too: no anchors (a few lines of them can stand for gigabytes), no tags,
/// text keys only, each once, nothing nested without end.
final class YamlText {

    private static final int CHARACTERS_MAX = 256 * 1024;
    private static final int DEPTH_MAX = 50;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final List<TemplateProblem> problems;
    private final Map<String, Integer> lines = new HashMap<>();
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    YamlText(List<TemplateProblem> problems) {
        this.problems = problems;
    }

    /// The tree; empty when the text is no YAML, which is added to the problems.
    Optional<JsonNode> read(String text) {
        if (text.length() > CHARACTERS_MAX) {
            return nothing(1, "A template has at most " + CHARACTERS_MAX + " characters.");
        }
        try {
            LoadSettings settings = LoadSettings.builder().setLabel("template").build();
            if (tooDeep(new Parse(settings).parseString(text))) {
                return nothing(1, "The template is nested deeper than " + DEPTH_MAX + " levels.");
            }
            Optional<Node> root = new Compose(settings).composeString(text);
            return root.isEmpty()
                    ? nothing(1, "The template is empty.")
                    : root.map(n -> tree(n, ""));
        } catch (MarkedYamlEngineException e) {
            return nothing(line(e.getProblemMark()), "This is no YAML: " + e.getProblem() + ".");
        } catch (YamlEngineException e) {
            return nothing(1, "This is no YAML: " + e.getMessage());
        }
    }

    /// The line of a JSON pointer, or of the nearest thing around it.
    int line(String pointer) {
        String at = pointer;
        while (!lines.containsKey(at) && !at.isEmpty()) {
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return lines.getOrDefault(at, 1);
    }

    private static boolean tooDeep(Iterable<Event> events) {
        int depth = 0;
        for (Event event : events) {
            switch (event.getEventId()) {
                case SequenceStart, MappingStart -> depth++;
                case SequenceEnd, MappingEnd -> depth--;
                default -> {}
            }
            if (depth > DEPTH_MAX) {
                return true;
            }
        }
        return false;
    }

    private JsonNode tree(Node node, String pointer) {
        lines.putIfAbsent(pointer, line(node.getStartMark()));
        if (!(node instanceof ScalarNode) && !seen.add(node)) {
            problem(node, pointer, "ANCHOR", "anchors and aliases cannot be used");
            return JSON.nullNode();
        }
        return switch (node) {
            case MappingNode mapping -> object(mapping, pointer);
            case SequenceNode sequence -> array(sequence, pointer);
            case ScalarNode scalar -> scalar(scalar);
            default -> JSON.nullNode();
        };
    }

    private ObjectNode object(MappingNode mapping, String pointer) {
        ObjectNode object = JSON.objectNode();
        for (NodeTuple pair : mapping.getValue()) {
            if (!(pair.getKeyNode() instanceof ScalarNode key)) {
                problem(pair.getKeyNode(), pointer, "INVALID_KEY", "has a key that is no text");
                continue;
            }
            String at = pointer + "/" + key.getValue().replace("~", "~0").replace("/", "~1");
            lines.putIfAbsent(at, line(key.getStartMark()));
            if (object.has(key.getValue())) {
                problem(key, at, "DUPLICATE_KEY", "stands here twice");
            }
            object.set(key.getValue(), tree(pair.getValueNode(), at));
        }
        return object;
    }

    private ArrayNode array(SequenceNode sequence, String pointer) {
        ArrayNode array = JSON.arrayNode();
        for (Node item : sequence.getValue()) {
            array.add(tree(item, pointer + "/" + array.size()));
        }
        return array;
    }

    private static JsonNode scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return JSON.booleanNode(Boolean.parseBoolean(text));
        }
        return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? number(text) : JSON.stringNode(text);
    }

    private static JsonNode number(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            boolean whole = text.matches("[-+]?\\d{1,18}");
            return whole ? JSON.numberNode(number.longValueExact()) : JSON.numberNode(number);
        } catch (NumberFormatException infinite) {
            return JSON.stringNode(text);
        }
    }

    private void problem(Node node, String pointer, String code, String what) {
        String path = TemplateSchema.path(pointer);
        problems.add(
                new TemplateProblem(
                        path, line(node.getStartMark()), code, (path + " " + what + ".").strip()));
    }

    private Optional<JsonNode> nothing(int line, String message) {
        problems.add(new TemplateProblem("", line, "INVALID_YAML", message));
        return Optional.empty();
    }

    private static int line(Optional<Mark> mark) {
        return mark.map(m -> m.getLine() + 1).orElse(1);
    }
}
