package dev.convergence.service.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.webhook.EventName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The page of webhooks shows a program that the stories use, and names all events.
class WebhooksPageTest {

    private static final String PAGE = "docs/reference/webhooks.md";
    private static final Path SAMPLE =
            Path.of("service/src/test/java/dev/convergence/service/docs/WebhookCheck.java");

    @Test
    void the_sample_is_the_one_that_checks_real_webhooks() throws IOException {
        String sample = Files.readString(Pages.root().resolve(SAMPLE));

        assertThat(Pages.found(Pages.text(PAGE), "(?s)```java\n(.*?)```"))
                .singleElement()
                .isEqualTo(sample.substring(sample.indexOf("import")));
    }

    @Test
    void every_event_is_named() {
        assertThat(Pages.found(Pages.section(PAGE, "## Events"), "^\\| `([a-z.]+)` \\|"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(EventName.values()).map(EventName::word).toList());
    }
}
