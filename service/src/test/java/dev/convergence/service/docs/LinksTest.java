package dev.convergence.service.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Links between pages lead somewhere.
class LinksTest {

    private static final String LINK = "\\[[^\\]]*]\\(([^)\\s]+)\\)";
    private static final String HEADING = "^#{1,6} (.+)$";
    private static final String CODE = "(?s)```.*?```";

    @Test
    void every_link_names_a_file_and_a_heading_that_are_there() {
        List<String> broken = new ArrayList<>();
        for (Path page : Pages.all()) {
            Pages.found(Pages.text(page).replaceAll(CODE, ""), LINK).stream()
                    .filter(target -> !target.matches("[a-z]+:.*"))
                    .filter(target -> !leadsSomewhere(page, target))
                    .forEach(target -> broken.add(Pages.root().relativize(page) + ": " + target));
        }

        assertThat(broken).isEmpty();
    }

    @Test
    void every_page_can_be_reached_from_the_readme() {
        Set<Path> reached = new java.util.LinkedHashSet<>();
        reach(Pages.root().resolve("README.md"), reached);

        assertThat(reached).containsAll(Pages.all());
    }

    private static void reach(Path page, Set<Path> reached) {
        if (reached.add(page)) {
            Pages.found(Pages.text(page), LINK).stream()
                    .filter(target -> target.replaceAll("#.*", "").endsWith(".md"))
                    .filter(target -> !target.contains("://"))
                    .map(target -> file(page, target))
                    .filter(Files::exists)
                    .forEach(next -> reach(next, reached));
        }
    }

    private static boolean leadsSomewhere(Path page, String target) {
        Path file = file(page, target);
        int hash = target.indexOf('#');
        return Files.exists(file)
                && (hash < 0 || anchors(file).contains(target.substring(hash + 1)));
    }

    private static Path file(Path page, String target) {
        String path = target.replaceAll("#.*", "");
        return path.isEmpty() ? page : page.resolveSibling(path).normalize();
    }

    private static Set<String> anchors(Path page) {
        return Pages.found(Pages.text(page).replaceAll(CODE, ""), HEADING).stream()
                .map(LinksTest::anchor)
                .collect(Collectors.toSet());
    }

    /// As the usual renderers make it of a heading.
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
