package dev.convergence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// Help of every command, as somebody approved it.
class HelpTest {

    static Stream<String> nouns() {
        return HelpText.nouns().values().stream().flatMap(List::stream);
    }

    @Test
    void the_first_page_groups_the_nouns() {
        Approved.text("help/convergence.txt", Program.usage());
    }

    @ParameterizedTest
    @MethodSource("nouns")
    void the_help_of_a_noun_and_its_verbs_is_as_approved(String noun) {
        Approved.text(
                "help/" + noun + ".txt",
                Program.all(Program.subcommand(noun))
                        .map(command -> command.commandLine().getUsageMessage())
                        .collect(Collectors.joining("\n")));
    }

    @Test
    void every_noun_is_in_a_group_and_in_the_launchers_help() throws Exception {
        Set<String> visible =
                Program.command().getSubcommands().entrySet().stream()
                        .filter(entry -> !entry.getValue().getCommandSpec().usageMessage().hidden())
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(nouns()).containsExactlyInAnyOrderElementsOf(visible);
        String launcher = Files.readString(Approved.root().resolve("convergence"));
        HelpText.nouns()
                .values()
                .forEach(names -> assertThat(launcher).contains(String.join(", ", names)));
    }

    @Test
    void every_command_and_every_option_says_in_a_sentence_what_it_is_for() {
        for (CommandSpec command : Program.all(Program.command().getCommandSpec()).toList()) {
            assertThat(command.usageMessage().description())
                    .as(command.qualifiedName())
                    .hasSize(1)
                    .allMatch(HelpTest::isSentence);
            for (ArgSpec argument : command.args()) {
                assertThat(argument.description())
                        .as("%s %s", command.qualifiedName(), argument.paramLabel())
                        .hasSize(1)
                        .allMatch(HelpTest::isSentence);
                if (argument.arity().max() > 0) {
                    assertThat(argument.paramLabel()).doesNotContain("<");
                }
            }
        }
    }

    private static boolean isSentence(String text) {
        return text.endsWith(".") && !Character.isWhitespace(text.charAt(0));
    }

    /// The program without a run.
    static final class Program {

        private Program() {}

        static CommandLine command() {
            return Main.program(new Main(Machines.at(Path.of("."))));
        }

        static String usage() {
            return command().getUsageMessage();
        }

        static CommandSpec subcommand(String name) {
            CommandLine found = command().getSubcommands().get(name);
            assertThat(found).as(name).isNotNull();
            return Objects.requireNonNull(found).getCommandSpec();
        }

        /// A command and all below it that people see.
        static Stream<CommandSpec> all(CommandSpec command) {
            return command.usageMessage().hidden()
                    ? Stream.empty()
                    : Stream.concat(
                            Stream.of(command),
                            command.subcommands().values().stream()
                                    .map(CommandLine::getCommandSpec)
                                    .flatMap(Program::all));
        }
    }
}
