package dev.convergence.steps.sample;

import dev.convergence.engine.id.TenantId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;

/// One line of a day before it has a vendor's shape.
///
/// @param index its place in the day, from 0; decides the rarer kinds of lines (tax, credit, fee)
/// @param dice the line's own; whoever shapes it throws in a fixed order
/// @param late it was missing from the first export of its day
/// @param restated its amounts were corrected after the first export
/// @param crossMonth it is billed in the month after its day's
record SampleLine(
        TenantId tenant,
        String format,
        SampleKnobs knobs,
        LocalDate day,
        int index,
        Dice dice,
        boolean late,
        boolean restated,
        boolean crossMonth) {

    private static final int HOURS_A_DAY = 24;
    private static final int DAYS_THAT_CROSS = 3;
    private static final BigDecimal RESTATEMENT = new BigDecimal("1.1");

    static SampleLine of(
            TenantId tenant, String format, SampleKnobs knobs, LocalDate day, int index) {
        Dice fate = Dice.of("fate", knobs.seed(), format, day, index);
        boolean late = fate.percent(knobs.latePercent());
        boolean restated = fate.percent(knobs.restatedPercent()) && !knobs.firstEdition();
        boolean monthEnds =
                !YearMonth.from(day).equals(YearMonth.from(day.plusDays(DAYS_THAT_CROSS)));
        boolean crossMonth = fate.percent(knobs.crossMonthPercent()) && monthEnds;
        Dice dice = Dice.of(knobs.seed(), format, day, index);
        return new SampleLine(tenant, format, knobs, day, index, dice, late, restated, crossMonth);
    }

    /// The line before or after this one on the same day, with fresh dice: what refers to another
    /// line repeats its throws.
    SampleLine sibling(int distance) {
        return of(tenant, format, knobs, day, index + distance);
    }

    boolean exported() {
        return !late || !knobs.firstEdition();
    }

    /// An identifier that belongs to the seed, not to the line: an account, a project, a resource.
    String id(int digits, String what) {
        return Dice.name(digits, knobs.seed(), what);
    }

    /// Such an identifier in decimal digits.
    String number(int digits, String what) {
        long low = BigDecimal.TEN.pow(digits - 1).longValueExact();
        return Long.toString(Dice.of(knobs.seed(), what).between(low, low * 10 - 1));
    }

    /// The same in the shape of a UUID.
    String uuid(String what) {
        return id(32, what).replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    }

    BigDecimal restate(BigDecimal amount) {
        return restated ? amount.multiply(RESTATEMENT) : amount;
    }

    YearMonth billingMonth() {
        return crossMonth ? YearMonth.from(day).plusMonths(1) : YearMonth.from(day);
    }

    Instant start() {
        return midnight(day).plus(Duration.ofHours(index % HOURS_A_DAY));
    }

    Instant end() {
        return start().plus(Duration.ofHours(1));
    }

    Instant billingStart() {
        return midnight(billingMonth().atDay(1));
    }

    Instant billingEnd() {
        return midnight(billingMonth().plusMonths(1).atDay(1));
    }

    static Instant midnight(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
