package dev.convergence.service.http.tenant;

import dev.convergence.api.tenant.DryRunAnswer;
import dev.convergence.api.tenant.OnboardAnswer;
import dev.convergence.api.tenant.OnboardRequest;
import dev.convergence.engine.tenant.Onboarding;
import dev.convergence.engine.tenant.Rehearsal;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Who;
import java.time.InstantSource;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// How tenants come. Whether that takes the operator's key is the engine's to judge, because it
/// depends on the installation.
@RestController
public final class OnboardingRoutes {

    private final Onboarding onboarding;
    private final Rehearsal rehearsal;
    private final InstantSource clock;

    public OnboardingRoutes(Onboarding onboarding, Rehearsal rehearsal, InstantSource clock) {
        this.onboarding = onboarding;
        this.rehearsal = rehearsal;
        this.clock = clock;
    }

    @Access(Who.ANYONE)
    @PostMapping({"/api/v1/tenants/onboard", "/api/v1/customers/onboard"})
    public OnboardAnswer onboard(@RequestBody OnboardRequest request, Caller caller) {
        return OnboardingWords.answer(
                onboarding.onboard(
                        OnboardingWords.wish(request), Requesters.of(caller), clock.instant()));
    }

    @Access(Who.ANYONE)
    @PostMapping({"/api/v1/tenants/dryrun", "/api/v1/customers/dryrun"})
    public DryRunAnswer rehearse(@RequestBody OnboardRequest request, Caller caller) {
        return OnboardingWords.answer(
                rehearsal.rehearse(
                        OnboardingWords.wish(request), Requesters.of(caller), clock.instant()));
    }
}
