package dev.convergence.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// How far somebody has typed: which command, how many of its words, and what is expected now.
///
/// @param option whose value is typed now, or null
/// @param last the word that is to be completed, perhaps empty
record Words(CommandSpec command, int positionals, @Nullable OptionSpec option, String last) {

    static Words read(CommandSpec root, List<String> words, Shared shared) {
        CommandSpec command = root;
        int positionals = 0;
        OptionSpec open = null;
        List<String> before = words.isEmpty() ? words : words.subList(0, words.size() - 1);
        for (String word : before) {
            CommandLine sub = command.subcommands().get(word);
            if (open != null) {
                keep(shared, open, word);
                open = null;
            } else if (word.startsWith("-")) {
                OptionSpec known = command.findOption(word);
                open = known != null && known.arity().max() > 0 ? known : null;
            } else if (sub != null) {
                command = sub.getCommandSpec();
            } else {
                positionals++;
            }
        }
        return new Words(command, positionals, open, words.isEmpty() ? "" : words.getLast());
    }

    /// Whose ids are asked for, and where, is what was typed before.
    private static void keep(Shared shared, OptionSpec option, String value) {
        switch (option.longestName()) {
            case "--context" -> shared.context = value;
            case "--server" -> shared.server = value;
            case "--tenant" -> shared.tenant = value;
            case "--key-file", "--api-key-file" -> shared.keyFile = Path.of(value);
            case "--admin-key-file" -> shared.adminKeyFile = Path.of(value);
            default -> {}
        }
    }

    List<String> candidates(Ids ids) {
        return all(ids).filter(line -> line.startsWith(last)).distinct().toList();
    }

    private Stream<String> all(Ids ids) {
        OptionSpec typed = option;
        if (typed != null) {
            return values(typed, ids);
        }
        if (last.startsWith("-")) {
            return command.options().stream()
                    .filter(each -> !each.hidden())
                    .map(each -> line(name(each), each.description()));
        }
        if (!command.subcommands().isEmpty()) {
            List<String> lines = new ArrayList<>();
            command.subcommands()
                    .forEach((name, sub) -> {
                        if (!sub.getCommandSpec().usageMessage().hidden()) {
                            lines.add(
                                    line(name, sub.getCommandSpec().usageMessage().description()));
                        }
                    });
            return lines.stream();
        }
        return command.positionalParameters().stream()
                .filter(each -> each.index().contains(positionals))
                .limit(1)
                .flatMap(each -> values(each, ids));
    }

    private static Stream<String> values(ArgSpec of, Ids ids) {
        Iterable<String> fixed = of.completionCandidates();
        if (fixed != null) {
            return StreamSupport.stream(fixed.spliterator(), false);
        }
        if (of.typeInfo().isEnum()) {
            return of.typeInfo().getEnumConstantNames().stream()
                    .map(name -> name.toLowerCase(Locale.ROOT));
        }
        boolean isContext =
                of instanceof OptionSpec named && named.longestName().equals("--context");
        return ids.of(isContext ? "CONTEXT" : of.paramLabel());
    }

    /// The first long one: the others are older spellings.
    private static String name(OptionSpec option) {
        return Stream.of(option.names())
                .filter(name -> name.startsWith("--"))
                .findFirst()
                .orElse(option.longestName());
    }

    private static String line(String name, String... description) {
        return description.length == 0 ? name : name + "\t" + description[0];
    }
}
