package dev.convergence.benchmark.lists;

import java.time.Instant;
import java.util.Locale;

/// Functions of one connection that say what the n-th row of the history is, so that tables agree
/// without being joined.
///
/// Rows come in blocks of ten, every second block is the large tenant's: six scheduled runs, one
/// asked for by hand, three jobs of people. In every second block of the large tenant those three
/// are a group.
final class Helpers {

    private Helpers() {}

    // An id's time is where in the history its row stands; its last bit is the run's.
    private static final String SQL =
            """
            CREATE FUNCTION pg_temp.made(n bigint) RETURNS timestamptz LANGUAGE sql STABLE AS
            $$ SELECT timestamptz '%1$s' - interval '1 second' * (%2$d - n * (%2$d::float8 / %3$d)) $$;

            CREATE FUNCTION pg_temp.id(at timestamptz, n bigint) RETURNS uuid LANGUAGE sql STABLE AS
            $$ SELECT (lpad(to_hex(floor(extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7'
                       || lpad(to_hex(n & 4095), 3, '0') || '8000' || lpad(to_hex(n), 11, '0') || '0')::uuid $$;

            CREATE FUNCTION pg_temp.job(n bigint) RETURNS uuid LANGUAGE sql STABLE AS
            $$ SELECT pg_temp.id(pg_temp.made(n), n) $$;

            CREATE FUNCTION pg_temp.tenant(t bigint) RETURNS text LANGUAGE sql STABLE AS
            $$ SELECT 'tenant-' || lpad(t::text, 6, '0') $$;

            CREATE FUNCTION pg_temp.owner(n bigint) RETURNS bigint LANGUAGE sql STABLE AS
            $$ SELECT CASE (n / 10) %% 2 WHEN 0 THEN 0 ELSE 1 + (n / 20) %% (%4$d - 1) END $$;

            CREATE FUNCTION pg_temp.config(t bigint, c bigint) RETURNS uuid LANGUAGE sql STABLE AS
            $$ SELECT pg_temp.id(timestamptz '%1$s' - interval '400 days',
                                 CASE t WHEN 0 THEN c %% %5$d ELSE %5$d + (t - 1) * %6$d + c %% %6$d END) $$;

            CREATE FUNCTION pg_temp.grouped(n bigint) RETURNS boolean LANGUAGE sql STABLE AS
            $$ SELECT n %% 10 >= 7 AND (n / 10) %% 4 = 0 $$;

            CREATE FUNCTION pg_temp.state(n bigint) RETURNS text LANGUAGE sql STABLE AS
            $$ SELECT CASE WHEN pg_temp.grouped(n) THEN 'COMPLETED'
                           WHEN n %% 97 < 4 THEN 'FAILED' WHEN n %% 97 = 5 THEN 'SKIPPED'
                           WHEN n %% 97 = 6 THEN 'CANCELLED' ELSE 'COMPLETED' END $$;
            """;

    private static final long SECONDS_OF_A_DAY = 86_400;

    /// The newest row is an hour old, so that all has ended.
    static String sql(Scale scale, Instant now) {
        return String.format(
                Locale.ROOT,
                SQL,
                now.minusSeconds(3600),
                scale.days() * SECONDS_OF_A_DAY,
                Math.max(1, scale.runs()),
                scale.tenants(),
                scale.configsOfLarge(),
                scale.configsOfSmall());
    }
}
