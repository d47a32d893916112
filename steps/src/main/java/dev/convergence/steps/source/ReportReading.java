package dev.convergence.steps.source;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.step.StepContext;
import dev.convergence.steps.http.ReportPage;
import dev.convergence.steps.intake.Intake;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Follows the pages of one report to its end. A vendor that says it is asked too often is waited
/// for as long as it says; when that is too long, what was read stays for the next attempt.
final class ReportReading {

    private static final int PAGES_MAX = 10_000;
    private static final int PAUSES_MAX = 30;
    private static final Duration PAUSE_MAX = Duration.ofMinutes(5);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int TROUBLES_MAX = 3;
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final StepContext context;
    private final CloudApis apis;
    private final Report report;
    private final Checkpoint checkpoint;
    private final Set<String> tokens = new HashSet<>();
    private @Nullable ReportPage lastAnswer;

    ReportReading(StepContext context, CloudApis apis, Report report, Checkpoint checkpoint) {
        this.context = context;
        this.apis = apis;
        this.report = report;
        this.checkpoint = checkpoint;
    }

    /// The files of all its pages; none when the vendor has no such report and need not.
    List<Path> pages() throws IOException {
        List<Path> pages = checkpoint.pages(context.startedAt());
        String next = pages.isEmpty() ? null : resumed(pages);
        boolean first = pages.isEmpty();
        while (first || next != null) {
            if (pages.size() == PAGES_MAX) {
                throw refusal("has more than " + PAGES_MAX + " pages.");
            }
            URI url = next == null ? report.first() : report.page(next);
            int status = ask(url);
            if (status == NOT_FOUND && report.optional() && first) {
                context.log("The vendor has no report of " + report + "; it is left out.");
                return List.of();
            }
            if (status == BAD_REQUEST && !first) {
                checkpoint.clear();
            }
            refuseUnlessOk(status);
            context.confirm();
            pages.add(checkpoint.keep(pages.size() + 1, context.startedAt()));
            next = next(pages.getLast());
            first = false;
        }
        return pages;
    }

    private @Nullable String resumed(List<Path> pages) throws IOException {
        String next = null;
        for (Path page : pages) {
            next = next(page);
        }
        context.log("Went on behind page %d of the report of %s.".formatted(pages.size(), report));
        return next;
    }

    /// The token of the page behind this one; null behind the last.
    private @Nullable String next(Path page) throws IOException {
        JsonNode json = parsed(page);
        if (!json.path("has_more").asBoolean(false)) {
            return null;
        }
        String token = JsonText.text(json.get("next_page"));
        if (token == null || !tokens.add(token)) {
            checkpoint.clear();
            throw refusal(
                    token == null
                            ? "has more pages, but does not say where."
                            : "leads to the same page twice.");
        }
        return token;
    }

    private JsonNode parsed(Path page) throws IOException {
        try {
            JsonNode json = JsonText.MAPPER.readTree(Files.readString(page));
            if (json != null && Pages.isPage(json)) {
                return json;
            }
        } catch (JacksonException broken) {
            // As good as a page of another form.
        }
        Files.delete(page);
        throw refusal("is not in the form that is known.");
    }

    private int ask(URI url) {
        Duration trouble = FIRST_PAUSE;
        int troubles = 0;
        for (int pauses = 0; pauses < PAUSES_MAX; pauses++) {
            ReportPage answer =
                    apis.api()
                            .get(url, report.headers(), checkpoint.incoming(), Intake.of(context));
            lastAnswer = answer;
            int status = answer.status();
            if (status == TOO_MANY_REQUESTS) {
                pause(RetryAfter.of(answer, context.startedAt()).orElse(trouble));
            } else if (status >= SERVER_ERROR && troubles++ < TROUBLES_MAX) {
                pause(trouble);
                trouble = trouble.multipliedBy(2);
            } else {
                return status;
            }
        }
        throw unavailable("is still asked too often after " + PAUSES_MAX + " pauses");
    }

    private void pause(Duration time) {
        if (time.compareTo(PAUSE_MAX) > 0) {
            throw unavailable("asks to wait " + time.toSeconds() + " seconds");
        }
        context.log("Waits " + time.toSeconds() + " s, as " + host() + " asks.");
        apis.patience().pause(time, context.cancellation());
    }

    private void refuseUnlessOk(int status) {
        if (status == OK) {
            return;
        }
        if (status >= SERVER_ERROR) {
            throw unavailable("answers with the status " + status);
        }
        throw refusal("is refused with the status " + status + "; is the key an admin key?");
    }

    Optional<String> header(String name) {
        return lastAnswer == null ? Optional.empty() : lastAnswer.header(name);
    }

    private EngineException unavailable(String what) {
        return new EngineException(
                ErrorCode.SERVICE_UNAVAILABLE,
                "%s %s; what was read of the report of %s is kept, and the next attempt goes on there."
                        .formatted(host(), what, report));
    }

    private EngineException refusal(String what) {
        return new EngineException(
                ErrorCode.EXTERNAL_API_ERROR,
                "The report of %s of %s %s".formatted(report, host(), what));
    }

    private String host() {
        return report.first().getHost();
    }
}
