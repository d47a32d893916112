package dev.convergence.benchmark.lists;

import dev.convergence.benchmark.engine.line.Figure;
import dev.convergence.benchmark.engine.line.Unit;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Asks each question many times: for its first page, and for one deep in the list.
final class Pages {

    private static final int DEPTH_PAGES = 25;
    private static final double SLOW_MILLIS = 2_000;
    private static final String WHO = "convergence";

    private final Asking server;
    private final int requests;
    private final double within;
    private final PrintStream progress;

    /// @param within how many milliseconds the 95th percentile may be
    Pages(Asking server, int requests, double within, PrintStream progress) {
        this.server = server;
        this.requests = requests;
        this.within = within;
        this.progress = progress;
    }

    List<Figure> measure(List<Question> questions) throws IOException, InterruptedException {
        for (Question question : questions) {
            server.ask(question.who(), question.path()); // the first are for the compiler
        }
        List<Figure> figures = new ArrayList<>();
        for (Question question : questions) {
            figures.add(measured(question.label(), question.who(), question.path()));
            Optional<String> deep = question.isPaged() ? deep(question) : Optional.empty();
            if (deep.isPresent()) {
                figures.add(measured(question.label() + ", deep", question.who(), deep.get()));
            }
        }
        return figures;
    }

    /// The page behind so many large ones, or the last but one; none where there is but one.
    private Optional<String> deep(Question question) throws IOException, InterruptedException {
        String large = question.path() + (question.path().contains("?") ? "&" : "?") + "limit=200";
        String page = large;
        Optional<String> deepest = Optional.empty();
        for (int pages = 0; pages < DEPTH_PAGES; pages++) {
            Asking.Answer answer = server.ask(question.who(), page);
            JsonNode next = answer.isGood() ? answer.json().path("next_cursor") : null;
            if (next == null || !next.isString()) {
                return deepest;
            }
            deepest = Optional.of(Asking.behind(question.path(), next.asString()));
            page = Asking.behind(large, next.asString());
            if (answer.millis() > SLOW_MILLIS) {
                return deepest;
            }
        }
        return deepest;
    }

    private Figure measured(String label, Who who, String path)
            throws IOException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (int number = 0; number < requests && faults.isEmpty(); number++) {
            Asking.Answer answer = server.ask(who, path);
            millis.add(answer.millis());
            if (!answer.isGood()) {
                faults.add("answered " + answer.status());
            }
        }
        Figure figure = Figure.of(label, WHO, Unit.MILLISECONDS, millis);
        double p95 = Percentiles.of(figure).p95();
        if (p95 > within) {
            faults.add("p95 is %.0f ms, more than %.0f".formatted(p95, within));
        }
        progress.printf("%s: %.1f ms %s%n", label, p95, String.join(", ", faults));
        return figure.faults(faults);
    }
}
