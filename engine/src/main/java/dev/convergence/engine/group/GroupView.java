package dev.convergence.engine.group;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A group as somebody sees it who asks now.
///
/// @param startedAt when its first member was claimed
public record GroupView(
        JobGroup group, GroupStatus status, @Nullable Instant startedAt, GroupCounts counts) {}
