package dev.convergence.engine;

import dev.convergence.engine.group.OnFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a group promises, in memory: whose turn it is, what becomes of the rest, how it ends.
final class ModelGroup {

    /// A member by its last attempt.
    ///
    /// @param end null as long as it has not ended
    /// @param isHeld whether it waits for those before it
    private record Member(UUID job, @Nullable String end, boolean isHeld) {
        boolean isLive() {
            return end == null;
        }
    }

    /// A member whose wait is over, because of others.
    record Dropped(UUID job, String state) {}

    private final OnFailure onFailure;
    private final List<Member> members = new ArrayList<>();
    private boolean isCancelled;

    ModelGroup(boolean isSequential, OnFailure onFailure, List<UUID> jobs) {
        this.onFailure = onFailure;
        for (UUID job : jobs) {
            members.add(new Member(job, null, isSequential && !members.isEmpty()));
        }
    }

    void cancelled() {
        isCancelled = true;
    }

    boolean isCancelled() {
        return isCancelled;
    }

    boolean hasEnded() {
        return members.stream().noneMatch(Member::isLive);
    }

    Set<UUID> held() {
        Set<UUID> held = new HashSet<>();
        members.stream().filter(Member::isHeld).forEach(member -> held.add(member.job()));
        return held;
    }

    List<UUID> live() {
        return members.stream().filter(Member::isLive).map(Member::job).toList();
    }

    void retried(int number, UUID retry) {
        members.set(number, new Member(retry, null, false));
    }

    /// Work that was stopped is a failure, and a cancelled retry leaves the one before it standing.
    ///
    /// @param isFirst whether it was cancelled before anything of it had started
    void ended(int number, String state, boolean isFirst) {
        String end = state.equals("CANCELLED") && !isFirst ? "FAILED" : state;
        members.set(number, new Member(members.get(number).job(), end, false));
    }

    /// Moves the group on after a member has ended.
    ///
    /// @return whose wait ends without a start
    List<Dropped> moveOn() {
        boolean isBusy = members.stream().anyMatch(member -> member.isLive() && !member.isHeld());
        boolean hasFailed = members.stream().anyMatch(member -> "FAILED".equals(member.end()));
        if (isCancelled) {
            return drop("CANCELLED");
        }
        if (isBusy) {
            return List.of();
        }
        if (hasFailed && onFailure != OnFailure.CONTINUE) {
            return drop("SKIPPED");
        }
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).isHeld()) {
                members.set(i, new Member(members.get(i).job(), null, false));
                break;
            }
        }
        return List.of();
    }

    private List<Dropped> drop(String state) {
        List<Dropped> dropped = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            if (member.isHeld()) {
                members.set(i, new Member(member.job(), state, false));
                dropped.add(new Dropped(member.job(), state));
            }
        }
        return dropped;
    }

    /// Empty as long as a member has not ended.
    String status() {
        if (!hasEnded()) {
            return "";
        }
        Set<String> ends = new HashSet<>();
        members.forEach(member -> ends.add(String.valueOf(member.end())));
        if (ends.contains("FAILED")) {
            return "PARTIAL";
        }
        if (!ends.contains("CANCELLED")) {
            return "COMPLETED";
        }
        return ends.contains("COMPLETED") && !isCancelled ? "PARTIAL" : "CANCELLED";
    }
}
