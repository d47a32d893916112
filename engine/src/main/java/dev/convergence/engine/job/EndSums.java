package dev.convergence.engine.job;

/// What ended within some time, in numbers.
///
/// @param completedToday runs that completed since midnight
/// @param failedToday runs that failed since midnight
/// @param averageSeconds mean duration of those that completed; 0 when none did
public record EndSums(long completedToday, long failedToday, double averageSeconds) {

    private static final double MICROS = 1e6;

    static EndSums of(Sums sums) {
        long completed = sums.part(2);
        return new EndSums(
                sums.part(0), sums.part(1), completed == 0 ? 0 : sums.part(3) / MICROS / completed);
    }
}
