package dev.convergence.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

    private static final Pattern LINE =
            Pattern.compile("^\\| `([A-Z_]+)` \\| ([^|]*) \\| .+ \\|$", Pattern.MULTILINE);

    @Test
    void the_page_has_every_variable_with_its_default() throws IOException {
        Map<String, String> known = new LinkedHashMap<>();
        for (Variable variable : Variable.values()) {
            known.put(variable.name(), variable.shownDefault());
        }

        assertThat(documented()).containsExactlyEntriesOf(known);
    }

    private static Map<String, String> documented() throws IOException {
        Map<String, String> lines = new LinkedHashMap<>();
        Matcher matcher = LINE.matcher(Files.readString(page()));
        while (matcher.find()) {
            lines.put(matcher.group(1), matcher.group(2).replace("`", "").strip());
        }
        return lines;
    }

    private static Path page() {
        return Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
                .limit(3)
                .map(folder -> folder.resolve("docs/configuration.md"))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }
}
