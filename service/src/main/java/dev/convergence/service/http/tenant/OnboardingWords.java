package dev.convergence.service.http.tenant;

import dev.convergence.api.tenant.DryRunAnswer;
import dev.convergence.api.tenant.OnboardAnswer;
import dev.convergence.api.tenant.OnboardRequest;
import dev.convergence.engine.tenant.DryRun;
import dev.convergence.engine.tenant.IssuedKey;
import dev.convergence.engine.tenant.NewTenant;
import dev.convergence.engine.tenant.Onboarded;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Onboarding's words on the wire and in the engine.
final class OnboardingWords {

    private static final String STARTER = "STARTER";

    private OnboardingWords() {}

    static NewTenant wish(OnboardRequest request) {
        return new NewTenant(
                request.tenantId(),
                request.companyName(),
                request.adminEmail(),
                request.subscriptionPlan(),
                isTrue(request.forceRecreateDataset()),
                isTrue(request.forceRecreateTables()),
                isTrue(request.rotateKey()));
    }

    static OnboardAnswer answer(Onboarded onboarded) {
        String id = onboarded.tenant().id().value();
        IssuedKey key = onboarded.key();
        return new OnboardAnswer(
                id,
                id,
                key == null ? null : key.clearText(),
                onboarded.tenant().plan().name(),
                onboarded.tenant().status().name(),
                id,
                id,
                onboarded.dataset().created(),
                onboarded.dataset().tables(),
                onboarded.verified() ? "SUCCESS" : "FAILED",
                key == null
                        ? "Tenant " + id + " keeps its profile and its API key."
                        : "Tenant " + id + " is ready. The API key is shown this once; keep it.");
    }

    static DryRunAnswer answer(DryRun dryRun) {
        NewTenant wish = dryRun.wish();
        boolean ready = dryRun.isReady();
        return new DryRunAnswer(
                ready ? "SUCCESS" : "FAILED",
                wish.id(),
                wish.id(),
                plan(wish.plan()),
                wish.companyName(),
                wish.adminEmail(),
                summary(dryRun.checks()),
                dryRun.checks().stream().map(OnboardingWords::result).toList(),
                ready ? "Ready for onboarding." : "Not ready: see the checks that failed.",
                ready);
    }

    private static DryRunAnswer.Summary summary(List<DryRun.Check> checks) {
        int passed = (int) checks.stream().filter(DryRun.Check::passed).count();
        int failed = checks.size() - passed;
        return new DryRunAnswer.Summary(checks.size(), passed, failed, failed == 0);
    }

    private static DryRunAnswer.Result result(DryRun.Check check) {
        return new DryRunAnswer.Result(
                check.name(), check.passed(), check.message(), check.details(), check.checkedAt());
    }

    private static String plan(@Nullable String wished) {
        return wished == null ? STARTER : wished.toUpperCase(Locale.ROOT);
    }

    private static boolean isTrue(@Nullable Boolean value) {
        return Boolean.TRUE.equals(value);
    }
}
