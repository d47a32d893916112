package dev.convergence.steps.source;

import java.util.EnumSet;
import java.util.Set;

/// SQL that reads texts as [SourceRow], [Money] and [Times] do.
final class Typing {

    private Typing() {}

    /// Nearly every value is clean already; what tells so is asked first, for it is asked of every
    /// value of every line. To take the last letter of a text is dearer than to ask for its four
    /// possible blanks.
    private static final String CLEANED =
            """
            CASE WHEN %1$s >= '!'%2$s
                THEN %1$s
              WHEN %1$s IS NULL OR trim(%1$s, E' \\t\\r\\n') IN ('', 'NULL')
                  OR starts_with(trim(%1$s, E' \\t\\r\\n'), '0001-01-01')
                THEN NULL
              ELSE trim(%1$s, E' \\t\\r\\n') END\
            """;

    /// A value without the blanks around it; nothing for what counts as no value.
    static String cleaned(String column) {
        return cleaned(column, EnumSet.allOf(Trace.class));
    }

    /// The same where only some of the traces can be.
    static String cleaned(String column, Set<Trace> possible) {
        return CLEANED.formatted(column, Trace.none(possible, column));
    }

    /// Hardly a value has one of the two anywhere; only those are trimmed.
    private static final String EMPTY_WORD =
            """
            CASE WHEN contains(%1$s, 'NULL') OR contains(%1$s, '0001-01-01')
              THEN trim(%1$s) = 'NULL' OR starts_with(trim(%1$s), '0001-01-01') ELSE false END\
            """;

    /// Whether it is a word for nothing.
    static String emptyWord(String column) {
        return EMPTY_WORD.formatted(column);
    }

    /// DuckDB rounds half away from zero. Of a text of few letters nothing is rounded, nor of one
    /// with at most eleven places and an exponent of one digit, as floating point numbers are
    /// written; of others those that lie half between are moved to the even neighbour. Nearly all
    /// have six digits and twelve places or fewer: a number of eight bytes is made in a third of
    /// the time that one of sixteen takes.
    private static final String MONEY =
            """
            CASE WHEN instr(%1$s, '.') BETWEEN 1 AND 7 AND strlen(%1$s) - instr(%1$s, '.') <= 12
                  AND NOT contains(%1$s, 'e') AND NOT contains(%1$s, 'E') AND NOT contains(%1$s, '_')
                THEN TRY_CAST(%1$s AS DECIMAL(18,12))::DECIMAL(38,20)
              WHEN strlen(%1$s) <= 21 AND NOT contains(%1$s, 'e') AND NOT contains(%1$s, 'E')
                  AND NOT contains(%1$s, '_')
                THEN TRY_CAST(%1$s AS DECIMAL(38,20))
              WHEN strlen(%1$s) <= 15 AND NOT contains(%1$s, '_')
                  AND (instr(%1$s, 'e-0') = strlen(%1$s) - 3 OR instr(%1$s, 'E-0') = strlen(%1$s) - 3
                    OR instr(%1$s, 'e-') = strlen(%1$s) - 2 OR instr(%1$s, 'E-') = strlen(%1$s) - 2)
                THEN TRY_CAST(%1$s AS DECIMAL(38,20))
              WHEN contains(%1$s, '_') OR strlen(%1$s) > 400 THEN NULL
              WHEN abs(TRY_CAST(%1$s AS DECIMAL(38,29))
                    - TRY_CAST(TRY_CAST(%1$s AS DECIMAL(38,20)) AS DECIMAL(38,29)))
                  = 0.000000000000000000005
                  AND ascii(right(TRY_CAST(%1$s AS DECIMAL(38,20))::VARCHAR, 1)) %% 2 = 1
                THEN TRY_CAST(%1$s AS DECIMAL(38,20))
                  - CASE WHEN starts_with(%1$s, '-') THEN -0.00000000000000000001
                    ELSE 0.00000000000000000001 END::DECIMAL(38,20)
              ELSE TRY_CAST(%1$s AS DECIMAL(38,20)) END\
            """;

    static String money(String text) {
        return MONEY.formatted(text);
    }

    /// The session's time zone is UTC, so a time without one is.
    private static final String TIME =
            """
            CASE WHEN contains(%1$s, '/') THEN try_strptime(%1$s, '%%m/%%d/%%Y')
              WHEN %1$s NOT LIKE '____-__-__%%' THEN NULL
              WHEN strlen(%1$s) <= 19 OR suffix(%1$s, 'Z') THEN TRY_CAST(%1$s AS TIMESTAMP)
              WHEN contains(%1$s, ' +') OR contains(%1$s, ' -')
                THEN TRY_CAST(replace(replace(%1$s, ' +', '+'), ' -', '-') AS TIMESTAMPTZ)
                  AT TIME ZONE 'UTC'
              ELSE TRY_CAST(%1$s AS TIMESTAMPTZ) AT TIME ZONE 'UTC' END\
            """;

    static String time(String text) {
        return TIME.formatted(text);
    }

    /// The value of a column's type that a text holds; null where it holds none.
    static String typed(ColumnType type, String text) {
        return switch (type) {
            case TEXT -> text;
            case JSON -> "TRY_CAST(" + text + " AS JSON)";
            case MONEY -> money(text);
            case WHOLE -> "TRY_CAST(" + text + " AS BIGINT)";
            case TIME -> time(text);
            case DAY -> "(" + time(text) + ")::DATE";
        };
    }
}
