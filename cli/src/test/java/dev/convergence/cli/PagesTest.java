package dev.convergence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.cli.HelpTest.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// The documentation names the commands that there are, and all of them.
class PagesTest {

    private static final Path PAGE = Approved.root().resolve("docs/reference/cli.md");
    private static final String START = "<!-- verbs: start -->\n";
    private static final String END = "<!-- verbs: end -->";
    private static final Pattern COMMAND =
            Pattern.compile(
                    "(?:`|^|\\$ )(?:\\./)?convergence ((?:[a-z][a-z-]*)(?: [a-z][a-z-]*)?)");

    @Test
    void the_reference_has_every_noun_and_verb() throws IOException {
        String page = Files.readString(PAGE);
        String before = page.substring(0, page.indexOf(START) + START.length());
        String after = page.substring(page.indexOf(END));

        Approved.file(PAGE, before + tables() + after);
    }

    private static String tables() {
        StringBuilder text = new StringBuilder();
        HelpText.nouns()
                .forEach((title, nouns) -> {
                    text.append("\n### ")
                            .append(title)
                            .append("\n\n| command | does |\n|---|---|\n");
                    nouns.forEach(noun -> rows(Program.subcommand(noun)).forEach(text::append));
                });
        return text.append("\n").toString();
    }

    private static Stream<String> rows(CommandSpec noun) {
        List<CommandSpec> verbs =
                noun.subcommands().isEmpty()
                        ? List.of(noun)
                        : noun.subcommands().values().stream()
                                .map(CommandLine::getCommandSpec)
                                .toList();
        return verbs.stream().map(PagesTest::row);
    }

    private static String row(CommandSpec verb) {
        String words =
                verb.positionalParameters().stream()
                        .map(each ->
                                each.required() ? each.paramLabel() : "[" + each.paramLabel() + "]")
                        .collect(Collectors.joining(" "));
        String name = verb.qualifiedName().substring("convergence ".length());
        return "| `"
                + (name + " " + words).strip()
                + "` | "
                + verb.usageMessage().description()[0].replace("|", "\\|")
                + " |\n";
    }

    @Test
    void every_command_that_a_page_names_is_there() throws IOException {
        List<String> unknown = new ArrayList<>();
        try (Stream<Path> pages = Files.walk(Approved.root().resolve("docs"))) {
            for (Path page :
                    Stream.concat(pages, Stream.of(Approved.root().resolve("README.md")))
                            .filter(path -> path.toString().endsWith(".md"))
                            .toList()) {
                String text = Files.readString(page);
                text.lines()
                        .flatMap(line -> COMMAND.matcher(line).results())
                        .map(found -> found.group(1))
                        .filter(words -> !isThere(words))
                        .forEach(words -> unknown.add(page + ": " + words));
            }
        }
        assertThat(unknown).isEmpty();
    }

    private static boolean isThere(String words) {
        String[] parts = words.split(" ");
        if (List.of("serve", "demo", "bench", "help").contains(parts[0])) {
            return true;
        }
        CommandLine noun = Program.command().getSubcommands().get(parts[0]);
        return noun != null
                && (parts.length == 1
                        || noun.getSubcommands().isEmpty()
                        || noun.getSubcommands().containsKey(parts[1]));
    }
}
