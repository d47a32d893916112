package dev.convergence.cli;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// How help looks: nouns in groups, and the options of every command only on the first page.
final class HelpText {

    private static final int WIDTH = 96;
    private static final int NAMES = 18;
    private static final SequencedMap<String, List<String>> GROUPS = groups();

    private HelpText() {}

    private static SequencedMap<String, List<String>> groups() {
        SequencedMap<String, List<String>> groups = new LinkedHashMap<>();
        groups.put(
                "Tenants",
                List.of("tenant", "plan", "key", "quota", "credential", "webhook", "notification"));
        groups.put(
                "Pipelines", List.of("template", "pipeline", "apply", "run", "backfill", "slot"));
        groups.put(
                "Jobs",
                List.of(
                        "job",
                        "job-run",
                        "group",
                        "job-template",
                        "schedule",
                        "direct",
                        "reservation"));
        groups.put("Data", List.of("data", "sql", "cost", "finding"));
        groups.put(
                "Operating",
                List.of("queue", "worker", "scheduler", "dead-letter", "audit", "doctor"));
        groups.put("This command line", List.of("config", "whoami", "version", "completion"));
        return groups;
    }

    static SequencedMap<String, List<String>> nouns() {
        return GROUPS;
    }

    static void install(CommandLine program) {
        program.getCommandSpec()
                .usageMessage()
                .commandListHeading("")
                .sectionMap()
                .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, HelpText::grouped);
        each(program);
    }

    private static void each(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.width(WIDTH).abbreviateSynopsis(true).sortOptions(false);
        usage.sectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpText::options);
        command.getSubcommands().values().forEach(HelpText::each);
    }

    private static String grouped(Help help) {
        StringBuilder text = new StringBuilder();
        GROUPS.forEach((title, names) -> {
            text.append(System.lineSeparator()).append(title).append(System.lineSeparator());
            TextTable table =
                    TextTable.forColumns(
                            help.colorScheme(),
                            new Column(NAMES, 2, Overflow.SPAN),
                            new Column(WIDTH - NAMES, 2, Overflow.WRAP));
            for (String name : names) {
                Help of = help.allSubcommands().get(name);
                if (of != null) {
                    String[] said = of.commandSpec().usageMessage().description();
                    table.addRowValues(name, said.length == 0 ? "" : said[0]);
                }
            }
            text.append(table);
        });
        return text.toString();
    }

    private static String options(Help help) {
        List<OptionSpec> own =
                help.commandSpec().options().stream()
                        .filter(option -> !option.inherited() && !option.hidden())
                        .sorted(Comparator.comparing(HelpText::isStandard))
                        .toList();
        boolean isFirstPage = help.commandSpec().parent() == null;
        return help.optionListExcludingGroups(own)
                + (isFirstPage
                        ? ""
                        : "  -o, -t, --context, --server, -y and more: convergence help"
                                + System.lineSeparator());
    }

    private static boolean isStandard(OptionSpec option) {
        return option.usageHelp() || option.versionHelp();
    }
}
