package dev.convergence.service.config;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The texts that were given for the variables, and the list of what is wrong with them.
///
/// An empty text counts as not given, because that is how container files unset a variable.
final class GivenValues {

    private static final String PREFIX = "CONVERGENCE_";
    private static final Set<String> OF_THE_COMMAND_LINE =
            Set.of(
                    "CONVERGENCE_SERVER",
                    "CONVERGENCE_API_KEY",
                    "CONVERGENCE_CONTEXT",
                    "CONVERGENCE_TENANT");
    private static final Set<String> OF_THE_SERVER =
            Stream.of(Variable.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());

    private final Map<Variable, String> texts = new EnumMap<>(Variable.class);
    private final List<String> problems = new ArrayList<>();

    /// Takes every key of a file, where each must be known.
    void takeFile(Map<String, String> file) {
        for (String name : new TreeSet<>(file.keySet())) {
            if (OF_THE_SERVER.contains(name)) {
                take(name, file.getOrDefault(name, ""));
            } else {
                refuseUnknown(name, OF_THE_SERVER);
            }
        }
    }

    /// Takes what is ours from the environment; only the own prefix must be known.
    void takeEnvironment(Map<String, String> environment) {
        for (String name : new TreeSet<>(environment.keySet())) {
            if (OF_THE_SERVER.contains(name)) {
                take(name, environment.getOrDefault(name, ""));
            } else if (name.startsWith(PREFIX) && !OF_THE_COMMAND_LINE.contains(name)) {
                refuseUnknown(name, ownNames());
            }
        }
    }

    boolean has(Variable variable) {
        return texts.containsKey(variable);
    }

    /// The value of a variable, or null where neither given nor defaulted; a text that cannot be
    /// read is noted, and then the answer does not matter.
    <T> @Nullable T read(Variable variable, Function<String, T> reader) {
        String text = texts.getOrDefault(variable, variable.fallback());
        if (text == null) {
            return null;
        }
        try {
            return reader.apply(text);
        } catch (UnreadableValue e) {
            refuse(variable + ": " + e.getMessage());
            return null;
        }
    }

    <T> T readOr(Variable variable, Function<String, T> reader, T otherwise) {
        T value = read(variable, reader);
        return value == null ? otherwise : value;
    }

    void refuse(String problem) {
        problems.add(problem);
    }

    void throwIfRefused() {
        if (!problems.isEmpty()) {
            throw new SettingsRefused(problems);
        }
    }

    private void take(String name, String text) {
        if (!text.isBlank()) {
            texts.put(Variable.valueOf(name), text.strip());
        }
    }

    private void refuseUnknown(String name, Set<String> known) {
        refuse(name + " is not known. Did you mean " + NearestName.of(name, known) + "?");
    }

    private static Set<String> ownNames() {
        return Stream.concat(OF_THE_SERVER.stream(), OF_THE_COMMAND_LINE.stream())
                .filter(name -> name.startsWith(PREFIX))
                .collect(Collectors.toUnmodifiableSet());
    }
}
