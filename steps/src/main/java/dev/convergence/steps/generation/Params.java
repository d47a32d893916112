package dev.convergence.steps.generation;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A job's parameters, read one by one.
record Params(Map<String, Object> values) {

    /// Those that nobody reads, so that a misspelt one does not go unnoticed.
    Set<String> besides(Set<String> known) {
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(known);
        return unknown;
    }

    Optional<String> text(String name) throws InvalidParam {
        Object value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return Optional.of(text.strip());
        }
        throw new InvalidParam(name, "must be a text.");
    }

    boolean flag(String name) throws InvalidParam {
        Object value = values.get(name);
        if (value == null) {
            return false;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw new InvalidParam(name, "must be true or false.");
    }

    Optional<Integer> number(String name, int least, int most) throws InvalidParam {
        Object value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        try {
            int number = new BigDecimal(value.toString()).intValueExact();
            if (number >= least && number <= most) {
                return Optional.of(number);
            }
        } catch (ArithmeticException | NumberFormatException noNumber) {
            // The sentence below says what is expected.
        }
        throw new InvalidParam(name, "must be a whole number from " + least + " to " + most + ".");
    }

    List<String> texts(String name, int most) throws InvalidParam {
        Object value = values.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> items
                && items.size() <= most
                && items.stream().allMatch(String.class::isInstance)) {
            return items.stream().map(item -> String.valueOf(item).strip()).toList();
        }
        throw new InvalidParam(name, "must be a list of at most " + most + " texts.");
    }
}
