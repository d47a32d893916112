package dev.convergence.cli;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All nouns by their names.
///
/// Reading a command's annotations takes longer than doing what it says, so only those are read
/// that a line names; all of them where it names none, as a line that asks for help.
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
        all.put("scheduler", SchedulerNoun.class);
        all.put("dead-letter", DeadLetterNoun.class);
        all.put("config", ConfigNoun.class);
        all.put("doctor", DoctorCommand.class);
        all.put("whoami", WhoamiCommand.class);
        all.put("version", VersionCommand.class);
        all.put("completion", CompletionCommand.class);
        all.put(COMPLETE, CompleteCommand.class);
        all.put("__train", TrainCommand.class);
        return all;
    }

    static Collection<Class<?>> of(String... line) {
        List<String> words = List.of(line);
        List<Class<?>> named =
                words.contains(COMPLETE)
                        ? List.of()
                        : ALL.entrySet().stream()
                                .filter(noun -> words.contains(noun.getKey()))
                                .<Class<?>>map(Map.Entry::getValue)
                                .toList();
        return named.isEmpty() ? ALL.values() : named;
    }
}
