package dev.convergence.engine.notification;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.run.StepRecord;
import dev.convergence.engine.run.StepRecords;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.step.QualityCheck;
import dev.convergence.engine.webhook.NoteStore;
import dev.convergence.engine.webhook.NoteStore.Noted;
import dev.convergence.engine.webhook.RunFact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes messages of what was noted: one for each channel that a rule, a template or a config sends
/// it to.
///
/// The note goes in the transaction that makes its messages and begins their cool-downs, so each is
/// made once, by whichever node comes first.
public final class NoticeFanOut implements Duty {

    private static final Logger LOG = LoggerFactory.getLogger(NoticeFanOut.class);

    /// Payloads of a batch are in memory together.
    private static final int BATCH_MAX = 100;

    private final Database database;
    private final StepRecords records;
    private final Composer composer;

    public NoticeFanOut(Database database, StepRecords records, Composer composer) {
        this.database = database;
        this.records = records;
        this.composer = composer;
    }

    @Override
    public boolean runOnce(Instant now) {
        boolean isMore = false;
        for (TenantId tenant : database.read(h -> NoteStore.tenants(h, Notices.TOPIC))) {
            try {
                isMore |= database.inTransaction(handle -> tell(handle, tenant, now));
            } catch (RuntimeException failure) {
                LOG.warn(
                        "Notifications of {} could not be made and will be tried again",
                        tenant,
                        failure);
            }
        }
        return isMore;
    }

    private boolean tell(Handle handle, TenantId tenant, Instant now) {
        List<Noted> noted = NoteStore.lock(handle, Notices.TOPIC, tenant, BATCH_MAX);
        Addressees addressees = Addressees.of(handle, tenant, now);
        for (Noted one : noted) {
            messages(handle, tenant, one, addressees)
                    .forEach(message -> NoticeStore.insert(handle, message, composer, now));
        }
        NoteStore.done(handle, noted);
        return noted.size() == BATCH_MAX;
    }

    private Collection<NewMessage> messages(
            Handle handle, TenantId tenant, Noted noted, Addressees addressees) {
        RunFact run = noted.run();
        if (run != null) {
            return run.isTold() ? ofRun(handle, tenant, run, addressees) : List.of();
        }
        Map<String, Object> payload = noted.payload();
        return payload == null
                ? List.of()
                : addressees.byRules(notice(tenant, payload, noted.happenedAt()));
    }

    private static Notice notice(TenantId tenant, Map<String, Object> payload, Instant at) {
        NoticeEvent event = NoticeEvent.valueOf(String.valueOf(payload.get("event")));
        Map<String, @Nullable Object> data = data(payload);
        return new Notice(
                tenant,
                event,
                event.severity(),
                String.valueOf(payload.get("fact")),
                String.valueOf(payload.get("about")),
                data.get("job_id") instanceof String job ? JobId.of(UUID.fromString(job)) : null,
                data.get("pipeline_id") instanceof String pipeline ? pipeline : null,
                false,
                at,
                data);
    }

    private static Map<String, @Nullable Object> data(Map<String, Object> payload) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        if (payload.get("data") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> data.put(String.valueOf(name), value));
        }
        return data;
    }

    private List<NewMessage> ofRun(
            Handle handle, TenantId tenant, RunFact run, Addressees addressees) {
        List<NewMessage> messages = new ArrayList<>();
        List<StepRecord> steps = run.isPipeline() ? records.ofRun(tenant, run.job()) : List.of();
        List<QualityCheck> checks = records.checksOfRun(tenant, run.job());
        for (Notice notice : RunNotices.of(tenant, run, steps, checks)) {
            messages.addAll(addressees.byRules(notice));
        }
        if (run.isPipeline()) {
            messages.addAll(ofPipeline(handle, tenant, run, steps, addressees));
        }
        return messages;
    }

    /// What a template's steps and the config itself ask for. The config's people hear of a failure
    /// once: in the words of the template where it has some for them.
    private List<NewMessage> ofPipeline(
            Handle handle,
            TenantId tenant,
            RunFact run,
            List<StepRecord> records,
            Addressees addressees) {
        List<StepNotice> steps =
                records.stream().flatMap(step -> StepNotice.of(step, run).stream()).toList();
        UUID config = run.config();
        List<String> people =
                config == null ? List.of() : NoticeStore.emailsOf(handle, tenant, config);
        List<NewMessage> messages = new ArrayList<>();
        for (StepNotice step : steps) {
            Notice notice = step.notice(tenant, run);
            if (step.type() == ChannelType.EMAIL) {
                List<String> to = step.isOfConfig() ? people : step.recipients();
                addressees.direct(notice, to).ifPresent(messages::add);
            } else {
                messages.addAll(addressees.ofType(notice, step.type()));
            }
        }
        if (run.state().equals("FAILED") && steps.stream().noneMatch(StepNotice::isOfConfig)) {
            Optional<NewMessage> plain =
                    addressees.direct(
                            RunNotices.notice(tenant, run, NoticeEvent.PIPELINE_FAILURE, Map.of()),
                            people);
            plain.ifPresent(messages::add);
        }
        return messages;
    }
}
