package dev.convergence.benchmark.lists;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// What a tenant's questions are about: instants of its history, and one of each thing it has. What
/// it has none of is asked for by an id that nothing has.
///
/// @param middle an instant within the history
/// @param recent a day before its end
record Landmarks(
        String middle,
        String recent,
        String tenant,
        String config,
        String job,
        String group,
        String run,
        String endpoint,
        String channel) {

    private static final String NOTHING = new UUID(0x7000, 0x8L << 60).toString();
    private static final int DAY_LENGTH = 10;

    static Landmarks of(Asking asking, Who who, String tenant, Scale scale, Instant now)
            throws IOException, InterruptedException {
        Duration history = Duration.ofDays(scale.days());
        String ended = "/jobs?state=COMPLETED&limit=1";
        String channels = "/tenants/" + tenant + "/notifications/channels?limit=1";
        return new Landmarks(
                now.minus(history.dividedBy(2)).toString(),
                now.minus(Duration.ofDays(1)).toString(),
                tenant,
                first(asking, who, "/scheduler/pipeline-configs?limit=1", "config_id"),
                first(asking, who, ended, "job_id"),
                first(asking, who, "/job-groups?limit=1", "group_id"),
                first(asking, who, "/pipelines/runs?limit=1", "run_id"),
                first(asking, who, "/webhooks/endpoints?limit=1", "endpoint_id"),
                first(asking, who, channels, "channel_id"));
    }

    /// Of the first row of the page's only list.
    private static String first(Asking asking, Who who, String path, String id)
            throws IOException, InterruptedException {
        Asking.Answer page = asking.ask(who, path);
        if (!page.isGood()) {
            throw new IOException(path + " answered " + page.json());
        }
        for (JsonNode field : page.json()) {
            if (field.isArray() && !field.isEmpty()) {
                return field.get(0).path(id).asString();
            }
        }
        return NOTHING;
    }

    /// In the order in which the questions name them.
    Object[] all() {
        String day = middle.substring(0, DAY_LENGTH);
        return new Object[] {
            middle, tenant, day, config, job, recent, group, run, endpoint, channel
        };
    }
}
