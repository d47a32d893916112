package dev.convergence.service.http.group;

import dev.convergence.api.group.GroupAnswer;
import dev.convergence.engine.group.GroupCounts;
import dev.convergence.engine.group.GroupView;
import dev.convergence.engine.group.JobGroup;
import dev.convergence.engine.id.TimeOrderedId;
import dev.convergence.engine.job.JobView;
import dev.convergence.service.http.job.JobWords;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Groups as words on the wire.
final class GroupWords {

    private GroupWords() {}

    /// @param jobs null in lists
    static GroupAnswer answer(GroupView view, @Nullable List<JobView> jobs) {
        JobGroup group = view.group();
        return new GroupAnswer(
                group.id().toString(),
                group.tenant().value(),
                group.tenant().value(),
                group.name(),
                group.mode().name(),
                group.onFailure().name(),
                group.priority(),
                view.status().name(),
                counts(view.counts()),
                group.createdBy(),
                TimeOrderedId.madeAt(group.id().value()),
                view.startedAt(),
                group.finishedAt(),
                group.cancelRequestedAt(),
                jobs == null ? null : jobs.stream().map(JobWords::job).toList());
    }

    private static GroupAnswer.Counts counts(GroupCounts counts) {
        return new GroupAnswer.Counts(
                counts.total(),
                counts.queued(),
                counts.running(),
                counts.completed(),
                counts.failed(),
                counts.skipped(),
                counts.cancelled());
    }
}
