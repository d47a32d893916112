package dev.convergence.engine.step;

import java.time.LocalDate;
import java.util.stream.Stream;

/// The days that a run loads, both ends included.
///
/// @param asked true when the caller named the dates; false when they are the default (yesterday),
///   so that a load of files takes the billing periods found in the files instead
public record DateWindow(LocalDate start, LocalDate end, boolean asked) {

    public Stream<LocalDate> days() {
        return start.datesUntil(end.plusDays(1));
    }
}
