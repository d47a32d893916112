package dev.convergence.service.config;

import java.util.List;

/// The settings cannot be used; says everything that is wrong with them at once.
public final class SettingsRefused extends RuntimeException {

    private final List<String> problems;

    public SettingsRefused(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
