package dev.convergence.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Cron expressions, and the schedules that make jobs of job templates.
@Command(name = "schedule", description = "Explains cron expressions; manages schedules of jobs.")
final class ScheduleNoun extends Noun {

    private static final String ONE = "/schedules/{}";

    @Command(
            description = "Shows the next due instants; days are marked on which clocks change.",
            footer = {
                "",
                "Example:",
                "  convergence schedule explain '0 2 * * 1-5' --tz Europe/Berlin --count 6"
            })
    void explain(
            @Parameters(paramLabel = "CRON", description = "Five fields, quoted.") String cron,
            @Option(
                            names = {"--timezone", "--tz"},
                            defaultValue = "UTC",
                            paramLabel = "ZONE",
                            description = "An IANA name (default: UTC).")
                    String timezone,
            @Option(
                            names = "--count",
                            defaultValue = "5",
                            paramLabel = "N",
                            description = "How many (default: 5).")
                    int count,
            @Option(
                            names = "--from",
                            paramLabel = "TIME",
                            description = "After a time or day (default: now).")
                    @Nullable String from,
            @Option(
                            names = "--dst-gap",
                            paramLabel = "RULE",
                            description = "SHIFT_FORWARD or SKIP.")
                    @Nullable String gap,
            @Option(
                            names = "--dst-overlap",
                            paramLabel = "RULE",
                            description = "FIRST, SECOND or BOTH.")
                    @Nullable String overlap) {
        Query query =
                new Query()
                        .with("cron", cron)
                        .with("timezone", timezone)
                        .with("count", count)
                        .with("from", from)
                        .with("dst_gap", gap)
                        .with("dst_overlap", overlap);
        list(
                As.EITHER,
                Route.of("/scheduler/explain") + query,
                "next",
                "at",
                "local_time",
                "dst",
                "note");
    }

    @Command(
            description = "Makes a schedule of jobs.",
            footer = {
                "",
                "Example:",
                "  convergence schedule create hourly --template $ID --cron @hourly"
            })
    void create(
            @Parameters(paramLabel = "NAME", description = "Its name.") String name,
            @Option(
                            names = "--template",
                            paramLabel = "JOB_TEMPLATE",
                            required = true,
                            description = "What its jobs are made of.")
                    String template,
            @Option(
                            names = "--cron",
                            required = true,
                            paramLabel = "CRON",
                            description = "Five fields, quoted.")
                    String cron,
            @Option(
                            names = {"--timezone", "--tz"},
                            paramLabel = "ZONE",
                            description = "An IANA name (default: UTC).")
                    @Nullable String timezone,
            @Mixin Fields fields) {
        Body body =
                new Body()
                        .with("name", name)
                        .with("template_id", template)
                        .with("cron", cron)
                        .with("timezone", timezone);
        post(As.TENANT, Route.of("/schedules"), fields.over(body, session().machine()));
    }

    @Command(description = "Lists schedules of jobs, the newest first.")
    void list(
            @Mixin Page page,
            @Option(
                            names = "--enabled",
                            arity = "1",
                            paramLabel = "BOOL",
                            description = "true or false.")
                    @Nullable Boolean enabled) {
        list(
                As.TENANT,
                Route.of("/schedules"),
                page.with("enabled", enabled),
                "schedules",
                "schedule_id",
                "name",
                "cron",
                "timezone",
                "enabled",
                "next_trigger_at",
                "last_triggered_at");
    }

    @Command(description = "Shows one.")
    void show(@Parameters(paramLabel = "SCHEDULE", description = "Its id.") String schedule) {
        show(As.TENANT, Route.of(ONE, schedule));
    }

    @Command(description = "Changes what is given.")
    void update(
            @Parameters(paramLabel = "SCHEDULE", description = "Its id.") String schedule,
            @Mixin Fields fields) {
        Body body = fields.over(new Body(), session().machine());
        send(As.TENANT, "PATCH", Route.of(ONE, schedule), body);
    }

    @Command(description = "Switches one on.")
    void enable(@Parameters(paramLabel = "SCHEDULE", description = "Its id.") String schedule) {
        post(As.TENANT, Route.of(ONE + "/enable", schedule));
    }

    @Command(description = "Switches one off.")
    void disable(@Parameters(paramLabel = "SCHEDULE", description = "Its id.") String schedule) {
        post(As.TENANT, Route.of(ONE + "/disable", schedule));
    }

    @Command(description = "Makes a job now; its rhythm does not move.")
    void trigger(@Parameters(paramLabel = "SCHEDULE", description = "Its id.") String schedule) {
        post(As.TENANT, Route.of(ONE + "/trigger", schedule));
    }

    @Command(description = "Removes one; its jobs stay.")
    void delete(@Parameters(paramLabel = "SCHEDULE", description = "Its id.") String schedule) {
        session().confirm("Delete schedule " + schedule + "?");
        delete(As.TENANT, Route.of(ONE, schedule));
    }
}
