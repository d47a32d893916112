package dev.convergence.steps.notify;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.convergence.engine.notification.Notice;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// A message as a mail has it: in plain text, and in HTML.
final class MailBody {

    private static final String PAGE = "/notifications/mail.html";

    private final Template page = Mustache.compiler().compile(file());

    private static String file() {
        try (InputStream file = MailBody.class.getResourceAsStream(PAGE)) {
            return new String(
                    Objects.requireNonNull(file, PAGE).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(Notice notice) {
        String facts =
                Fact.of(notice).stream()
                        .map(fact -> fact.label() + ": " + fact.value())
                        .collect(Collectors.joining("\n"));
        return Wording.PLAIN.title(notice)
                + "\n\n"
                + Wording.PLAIN.text(notice)
                + "\n\n"
                + facts
                + "\n";
    }

    String html(Notice notice) {
        List<String> paragraphs = List.of(Wording.HTML.text(notice).split("\n"));
        return page.execute(
                Map.of(
                        "title", Wording.PLAIN.title(notice),
                        "severity", notice.severity().name(),
                        "paragraphs", paragraphs,
                        "facts", Fact.of(notice)));
    }
}
