package dev.convergence.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Plans, and which one a tenant has.
@Command(name = "plan", description = "Lists plans, shows and changes a tenant's subscription.")
final class PlanNoun extends Noun {

    @Command(description = "Lists the plans with their limits and prices.")
    void list() {
        list(As.ANYONE, Route.of("/plans"), "plans", "plan_name", "monthly_price_usd", "limits");
    }

    @Command(description = "Shows a tenant's subscription.")
    void show() {
        show(As.EITHER, Route.of("/tenants/{}/subscription", tenant()));
    }

    @Command(description = "Moves a tenant to a higher plan, with the operator's key.")
    void upgrade(
            @Parameters(paramLabel = "PLAN", description = "PROFESSIONAL or SCALE.") String plan) {
        post(
                As.OPERATOR,
                Route.of("/tenants/{}/subscription/upgrade", tenant()),
                new Body().with("new_plan", plan));
    }

    @Command(
            description = "Changes plan, status, limits or dates, with the operator's key.",
            footer = {
                "",
                "Example:",
                "  convergence plan update --tenant acme --set plan_name=SCALE"
            })
    void update(@Mixin Fields fields) {
        send(
                As.OPERATOR,
                "PUT",
                Route.of("/tenants/{}/subscription", tenant()),
                fields.over(new Body(), session().machine()));
    }
}
