package dev.convergence.benchmark.chaos.work;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The tenants and jobs of one run: the same ones whenever the seed is the same.
public final class Workload {

    private static final int[] LIMITS = {1, 2, 3, 5, 8, 13};
    private static final int GIANTS_LIMIT = 24;
    private static final int GIANTS_WEIGHT = 2;
    private static final double GIANTS_SHARE = 0.2;
    private static final double NARROW_SHARE = 0.015;
    private static final double WIDE_SHARE = 0.04;
    private static final double FAIL_SHARE = 0.05;
    private static final double FLAKY_SHARE = 0.05;
    private static final double LONG_SHARE = 0.02;
    private static final int LONG_MILLIS_MAX = 1_500;
    private static final int SHORT_MILLIS_MAX = 20;
    private static final int PRIORITY_MAX = 10;
    private static final int RETRIES_MAX = 3;

    private final long seed;
    private final List<TenantPlan> tenants;

    public Workload(long seed, int tenantCount) {
        this.seed = seed;
        SplittableRandom dice = new SplittableRandom(seed);
        tenants = IntStream.range(0, tenantCount).mapToObj(number -> tenant(number, dice)).toList();
    }

    /// The first tenant owns a fifth of the jobs, and the highest limit.
    private static TenantPlan tenant(int number, SplittableRandom dice) {
        String name = "tenant-%03d".formatted(number);
        return number == 0
                ? new TenantPlan(name, GIANTS_LIMIT, GIANTS_WEIGHT)
                : new TenantPlan(name, LIMITS[dice.nextInt(LIMITS.length)], 1);
    }

    public List<TenantPlan> tenants() {
        return tenants;
    }

    /// The n-th job of the run.
    public PlannedJob job(int number) {
        SplittableRandom dice = new SplittableRandom(seed * 1_000_003 + number);
        int tenant = dice.nextDouble() < GIANTS_SHARE ? 0 : dice.nextInt(tenants.size());
        Pool pool = pool(dice.nextDouble());
        boolean isLong = pool == null && dice.nextDouble() < LONG_SHARE;
        return new PlannedJob(
                tenants.get(tenant).name(),
                plan(dice.nextDouble()),
                dice.nextInt(PRIORITY_MAX + 1),
                pool,
                dice.nextInt(RETRIES_MAX + 1),
                1 + dice.nextInt(isLong ? LONG_MILLIS_MAX : SHORT_MILLIS_MAX),
                dice.nextBoolean());
    }

    private static @Nullable Pool pool(double dice) {
        if (dice < NARROW_SHARE) {
            return Pool.NARROW;
        }
        return dice < NARROW_SHARE + WIDE_SHARE ? Pool.WIDE : null;
    }

    private static Plan plan(double dice) {
        if (dice < FAIL_SHARE) {
            return Plan.FAIL;
        }
        return dice < FAIL_SHARE + FLAKY_SHARE ? Plan.FLAKY : Plan.COMPLETE;
    }
}
