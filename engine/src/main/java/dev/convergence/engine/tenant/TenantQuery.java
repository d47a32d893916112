package dev.convergence.engine.tenant;

import dev.convergence.engine.error.FieldFaults;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.subscription.Plan;
import org.jspecify.annotations.Nullable;

/// Which tenants to list: a page by number, or the page after a tenant, which stays fast at any
/// depth.
///
/// @param limit the size of a page; null takes `pageSize`
/// @param after the id after which the page begins; null for the page of that number
public record TenantQuery(
        int page,
        int pageSize,
        @Nullable Integer limit,
        @Nullable String after,
        @Nullable String status,
        @Nullable String plan,
        @Nullable String search) {

    private static final int PAGE_MAX = 1_000_000;
    private static final int PAGE_SIZE_MAX = 100;
    private static final int LIMIT_MAX = 200;
    private static final int SEARCH_LENGTH_MAX = 200;

    record Checked(
            @Nullable TenantStatus status,
            @Nullable Plan plan,
            @Nullable String pattern,
            @Nullable TenantId after,
            int limit,
            long offset) {}

    Checked check() {
        FieldFaults faults = new FieldFaults();
        faults.range("page", page, 1, PAGE_MAX);
        faults.range("page_size", pageSize, 1, PAGE_SIZE_MAX);
        faults.range("limit", limit, 1, LIMIT_MAX);
        TenantStatus wishedStatus = faults.word("status", status, TenantStatus.class);
        Plan wishedPlan = faults.word("subscription_plan", plan, Plan.class);
        String text = faults.optionalText("search", search, 1, SEARCH_LENGTH_MAX);
        faults.refuseIfAny();
        int size = limit == null ? pageSize : limit;
        TenantId last = after == null ? null : new TenantId(after);
        long offset = last == null ? (page - 1L) * size : 0;
        return new Checked(wishedStatus, wishedPlan, pattern(text), last, size, offset);
    }

    private static @Nullable String pattern(@Nullable String text) {
        return text == null ? null : "%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%";
    }
}
