package dev.convergence.cli;

import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// All nouns by their names.
///
/// Reading a command's annotations takes longer than doing what it says, so only those nouns and
/// verbs are read that a line names; all of them where it names none, as a line that asks for help.
final class Nouns {

    static final String COMPLETE = "__complete";

    private static final Map<String, Class<?>> ALL = all();

    private Nouns() {}

    private static Map<String, Class<?>> all() {
        Map<String, Class<?>> all = new LinkedHashMap<>();
        all.put("tenant", TenantNoun.class);
        all.put("plan", PlanNoun.class);
        all.put("key", KeyNoun.class);
        all.put("quota", QuotaNoun.class);
        all.put("credential", CredentialNoun.class);
        all.put("webhook", WebhookNoun.class);
        all.put("notification", NotificationNoun.class);
        all.put("template", TemplateNoun.class);
        all.put("pipeline", PipelineNoun.class);
        all.put("apply", ApplyCommand.class);
        all.put("run", RunNoun.class);
        all.put("backfill", BackfillNoun.class);
        all.put("slot", SlotNoun.class);
        all.put("job", JobNoun.class);
        all.put("job-run", JobRunNoun.class);
        all.put("group", GroupNoun.class);
        all.put("job-template", JobTemplateNoun.class);
        all.put("schedule", ScheduleNoun.class);
        all.put("direct", DirectNoun.class);
        all.put("reservation", ReservationNoun.class);
        all.put("data", DataNoun.class);
        all.put("sql", SqlCommand.class);
        all.put("cost", CostNoun.class);
        all.put("finding", FindingNoun.class);
        all.put("queue", QueueNoun.class);
        all.put("worker", WorkerNoun.class);
        all.put("scheduler", SchedulerNoun.class);
        all.put("dead-letter", DeadLetterNoun.class);
        all.put("config", ConfigNoun.class);
        all.put("audit", AuditNoun.class);
        all.put("doctor", DoctorCommand.class);
        all.put("whoami", WhoamiCommand.class);
        all.put("version", VersionCommand.class);
        all.put("completion", CompletionCommand.class);
        all.put(COMPLETE, CompleteCommand.class);
        all.put("__train", TrainCommand.class);
        return all;
    }

    static List<CommandLine> of(String... line) {
        List<String> given = List.of(line);
        List<String> words = given.contains(COMPLETE) ? List.of() : given;
        List<Class<?>> named =
                ALL.entrySet().stream()
                        .filter(noun -> words.contains(noun.getKey()))
                        .<Class<?>>map(Map.Entry::getValue)
                        .toList();
        if (isOfTheWhole(words)) {
            return ALL.values().stream().map(CommandLine::new).toList();
        }
        return (named.isEmpty() ? ALL.values() : named)
                .stream().map(noun -> withVerbs(noun, words)).toList();
    }

    /// Help and version alone name no noun, and need no verbs.
    private static boolean isOfTheWhole(List<String> words) {
        return words.size() == 1 && words.getFirst().startsWith("-");
    }

    private static CommandLine withVerbs(Class<?> noun, List<String> words) {
        CommandLine command = new CommandLine(noun);
        List<Method> all = CommandLine.getCommandMethods(noun, null);
        List<Method> named = all.stream().filter(verb -> isNamed(verb, words)).toList();
        (named.isEmpty() ? all : named)
                .forEach(verb -> command.addSubcommand(new CommandLine(verb)));
        return command;
    }

    private static boolean isNamed(Method verb, List<String> words) {
        Command own = verb.getAnnotation(Command.class);
        return words.contains(verb.getName()) || (own != null && words.contains(own.name()));
    }
}
