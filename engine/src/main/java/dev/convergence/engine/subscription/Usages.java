package dev.convergence.engine.subscription;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.FieldFaults;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.LongCounts;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.template.Template;
import dev.convergence.engine.template.TemplateCatalog;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reads what tenants have used; changes nothing.
public final class Usages {

    public static final int HISTORY_DAYS_MAX = 366;

    private static final int PIPELINE_ID_LENGTH_MAX = 300;

    private final Database database;
    private final TemplateCatalog templates;
    private final SubscriptionStore subscriptions = new SubscriptionStore();
    private final UsageStore store = new UsageStore();
    private final OverrideStore overrides = new OverrideStore();
    private final LongCounts longCounts = new LongCounts();

    public Usages(Database database, TemplateCatalog templates) {
        this.database = database;
        this.templates = templates;
    }

    public Usage today(TenantId tenant, Instant now) {
        return database.read(handle -> usage(handle, tenant, now));
    }

    /// The days that have a row, newest first.
    public List<Usage.Day> history(TenantId tenant, int days, Instant now) {
        FieldFaults faults = new FieldFaults();
        faults.range("days", days, 1, HISTORY_DAYS_MAX);
        faults.refuseIfAny();
        LocalDate first = utcDay(now).minusDays(days - 1L);
        return database.read(handle -> store.days(handle, tenant, first));
    }

    /// What the tenants use that run something or have run something today, the busiest first.
    public List<Share> busiest(int limit, Instant now) {
        return database.read(handle -> store.shares(handle, utcDay(now), now, limit));
    }

    public PipelineCounts pipelineCounts(TenantId tenant, Instant now) {
        return database.count(
                handle -> store.pipelineCounts(handle, longCounts, tenant, utcDay(now), now));
    }

    /// Answers as a manual run would be answered, without starting it.
    public RunCheck check(TenantId tenant, @Nullable String pipelineId, Instant now) {
        FieldFaults faults = new FieldFaults();
        String wanted = faults.text("pipeline_id", pipelineId, 1, PIPELINE_ID_LENGTH_MAX);
        faults.refuseIfAny();
        Usage usage = today(tenant, now);
        List<String> reasons = new ArrayList<>();
        subscriptionReasons(usage.subscription(), utcDay(now), reasons);
        quotaReasons(usage, reasons);
        if (!isKnown(tenant, wanted)) {
            reasons.add("There is no pipeline " + wanted + ".");
        }
        return new RunCheck(usage, reasons);
    }

    private Usage usage(Handle handle, TenantId tenant, Instant now) {
        LocalDate today = utcDay(now);
        Subscription subscription =
                subscriptions
                        .find(handle, tenant)
                        .orElseThrow(() ->
                                EngineException.notFound("There is no tenant " + tenant + "."));
        UsageStore.Now held = store.now(handle, tenant);
        Usage.Day newest =
                store.newestOfMonth(handle, tenant, today).orElse(Usage.Day.empty(today));
        Usage.Day day = newest.date().equals(today) ? newest : Usage.Day.empty(today);
        return new Usage(
                tenant,
                subscription,
                overrides.holding(handle, tenant, now).orElse(null),
                day,
                newest.runMonth(),
                held.running(),
                held.providers());
    }

    private static void subscriptionReasons(
            Subscription subscription, LocalDate today, List<String> reasons) {
        if (!subscription.status().isUsable()) {
            reasons.add("The subscription is " + subscription.status() + ".");
        }
        if (subscription.end() != null && subscription.end().isBefore(today)) {
            reasons.add("The subscription expired on " + subscription.end() + ".");
        }
        if (subscription.trialEnd() != null && subscription.trialEnd().isBefore(today)) {
            reasons.add("The trial expired on " + subscription.trialEnd() + ".");
        }
    }

    private static void quotaReasons(Usage usage, List<String> reasons) {
        Limits limits = usage.limits();
        if (usage.dailyRemaining() == 0) {
            reasons.add(exceeded("Daily pipeline quota", usage.today().run(), limits.daily()));
        }
        if (usage.monthlyRemaining() == 0) {
            reasons.add(exceeded("Monthly pipeline quota", usage.runMonth(), limits.monthly()));
        }
        if (usage.concurrentRemaining() == 0) {
            reasons.add(
                    exceeded("Concurrent pipeline limit", usage.running(), limits.concurrent()));
        }
    }

    private static String exceeded(String what, int used, int limit) {
        return what + " exceeded (" + used + "/" + limit + ").";
    }

    /// A pipeline is known by its template's path or by the id that its runs have.
    private boolean isKnown(TenantId tenant, String pipelineId) {
        String wanted = pipelineId.toLowerCase(Locale.ROOT);
        String prefix = tenant.value().toLowerCase(Locale.ROOT) + "-";
        return templates.list(tenant).stream()
                .map(Template::path)
                .map(Object::toString)
                .anyMatch(path ->
                        wanted.equals(path) || wanted.equals(prefix + path.replace('/', '-')));
    }

    private static LocalDate utcDay(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }
}
